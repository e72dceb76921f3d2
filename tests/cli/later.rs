//! A ClawRouter after 0.2: a served router behind an adapter that answers in the later shapes, with
//! the later routes. What is kept is kept by the real router.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::proxy::{Act, Heard, Proxy, ask};

/// Which of them. Each has what those before it have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Version {
    /// Grant routing with two members more, grants that are kept warm, a version.
    V03,
    V04,
    /// Keys are created and rotated by routes of their own, an owner can be disabled, models have
    /// prices of other shapes, and events are one's own.
    Next,
    /// Old grants without a provider or a time.
    NextA,
    /// Usage of background requests can be recovered.
    NextB,
    /// A pool has a status, and the choice of grants a member more.
    NextC,
}

impl Version {
    pub(crate) const ALL: [Self; 6] =
        [Self::V03, Self::V04, Self::Next, Self::NextA, Self::NextB, Self::NextC];

    fn word(self) -> &'static str {
        match self {
            Self::V03 => "0.3.0",
            // No version tells the unreleased ones apart.
            Self::V04 | Self::Next | Self::NextA | Self::NextB | Self::NextC => "0.4.0",
        }
    }

    /// The later members of the choice of grants, with their defaults.
    fn routing(self) -> impl Iterator<Item = (&'static str, i64)> {
        let pool = (self >= Self::NextC).then_some(("includedQuotaReservePercent", 10));
        [("switchAtUsedPercent", 90), ("hysteresisPercent", 10)].into_iter().chain(pool)
    }
}

pub(crate) struct Later {
    proxy: Proxy,
}

impl Later {
    /// In front of a served router.
    pub(crate) fn start(upstream: &str, version: Version) -> Self {
        let proxy = Proxy::start(upstream);
        let shape = Shape { version, upstream: upstream.to_owned(), kept: Mutex::default() };
        let shape = Arc::new(shape);
        let _ = proxy.follow(move |_, heard| shape.act(heard));
        Self { proxy }
    }

    /// All requests that came.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.proxy.heard()
    }

    pub(crate) fn url(&self) -> &str {
        &self.proxy.url
    }
}

/// What the served router has no place for.
#[derive(Default)]
struct Kept {
    /// The later members, by the policy.
    routing: HashMap<String, Value>,
    admin: Option<String>,
}

struct Shape {
    version: Version,
    upstream: String,
    /// Held over every change of a key, so that each is made alone.
    kept: Mutex<Kept>,
}

fn answer((status, body): (u16, Value)) -> Act {
    let body = body.to_string();
    let head = "content-type: application/json\r\nx-request-id: req_later\r\ncontent-length:";
    Act::Answer(format!("HTTP/1.1 {status} Said\r\n{head} {}\r\n\r\n{body}", body.len()).into())
}

fn refusal(status: u16, code: &str) -> (u16, Value) {
    (status, json!({ "error": { "code": code, "message": "a later router says so" } }))
}

impl Shape {
    fn act(&self, heard: &Heard) -> Act {
        let mut words = heard.line.split(' ');
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        let bearer = bearer(heard);
        if path.starts_with("/v1/admin/") {
            self.kept.lock().unwrap().admin.clone_from(&bearer);
        }
        let body: Value = serde_json::from_slice(&heard.body).unwrap_or_default();
        let forward =
            |body: Option<&Value>| ask(&self.upstream, method, path, bearer.as_deref(), body);
        let parts: Vec<_> = path.trim_start_matches("/v1/").split('/').collect();
        let next = self.version >= Version::Next;
        match (method, parts.as_slice()) {
            ("GET", ["health"]) => answer((200, self.health())),
            ("PUT", ["admin", "policies", id]) => answer(self.put_policy(id, body, forward)),
            ("PUT", ["admin", "upstream-grants", ..]) => {
                let mut body = body;
                let members = body.as_object_mut().unwrap();
                members.remove("maintenance");
                answer(self.told(path, forward(Some(&body))))
            }
            ("POST", ["admin", "credentials"]) if next => answer(self.create(&body, forward)),
            ("POST", ["admin", "credentials"]) => answer(refusal(404, "route_not_found")),
            ("POST", ["admin", "credentials", id, "rotate"]) if next => {
                answer(self.rotate(id, &body))
            }
            ("POST", ["admin", "usage", "recovery"]) if self.version >= Version::NextB => {
                answer(refusal(400, "invalid_recovery_request"))
            }
            ("GET", ["pool"]) if self.version >= Version::NextC => {
                answer(refusal(404, "pool_status_hidden"))
            }
            ("PUT" | "POST", ["admin", "credentials", ..]) => {
                let alone = self.kept.lock().unwrap();
                let told = forward(Some(&body).filter(|body| !body.is_null()));
                drop(alone);
                answer(self.told(path, told))
            }
            ("GET", ["admin", ..] | ["providers"]) => answer(self.told(path, forward(None))),
            ("GET", ["key", "inspect"] | ["catalog"] | ["usage"] | ["me"]) => {
                let told = forward(None);
                let disabled = next && told.0 == 200 && self.owner_is_disabled(bearer.as_deref());
                answer(if disabled {
                    refusal(403, "principal_disabled")
                } else {
                    self.told(path, told)
                })
            }
            _ => Act::Forward,
        }
    }

    fn health(&self) -> Value {
        json!({ "ok": true, "service": "clawrouter-edge", "version": self.version.word(),
            "runtime": "typescript", "environment": "production", "observability":
            { "mode": "metadata_only", "requestContentRetentionDefault": true } })
    }

    fn put_policy(
        &self,
        id: &str,
        mut body: Value,
        forward: impl FnOnce(Option<&Value>) -> (u16, Value),
    ) -> (u16, Value) {
        let mut later = json!({});
        for (name, default) in self.version.routing() {
            let given = body["grantRouting"].as_object_mut().and_then(|it| it.remove(name));
            later[name] = given.unwrap_or_else(|| default.into());
        }
        let told = forward(Some(&body));
        if told.0 == 200 {
            self.kept.lock().unwrap().routing.insert(id.to_owned(), later);
        }
        self.told("/v1/admin/policies", told)
    }

    fn create(
        &self,
        body: &Value,
        forward: impl FnOnce(Option<&Value>) -> (u16, Value),
    ) -> (u16, Value) {
        let Some(id) = body["credentialId"].as_str().filter(|id| id.len() >= 4) else {
            return refusal(400, "invalid_credential");
        };
        drop(forward);
        let alone = self.kept.lock().unwrap();
        let bearer = alone.admin.clone();
        let path = format!("/v1/admin/credentials/{id}");
        if ask(&self.upstream, "GET", &path, bearer.as_deref(), None).0 != 404 {
            return refusal(409, "credential_exists");
        }
        let mut put = body.clone();
        put.as_object_mut().unwrap().remove("credentialId");
        let told = ask(&self.upstream, "PUT", &path, bearer.as_deref(), Some(&put));
        drop(alone);
        match self.told(&path, told) {
            (200, row) => (201, row),
            refused => refused,
        }
    }

    fn rotate(&self, id: &str, body: &Value) -> (u16, Value) {
        if body.as_object().is_none_or(|members| members.len() != 1) {
            return refusal(400, "invalid_credential");
        }
        let disabled = self.disabled_users();
        let alone = self.kept.lock().unwrap();
        let bearer = alone.admin.clone();
        let path = format!("/v1/admin/credentials/{id}");
        let (status, mut row) = ask(&self.upstream, "GET", &path, bearer.as_deref(), None);
        if status == 404 {
            return refusal(404, "unknown_credential");
        }
        with_owner(&mut row, &disabled);
        if row["active"] != true {
            return refusal(409, "credential_inactive");
        }
        let put = json!({ "secretSha256": body["secretSha256"], "policyId": row["policyId"],
            "enabled": true, "principalId": row["principalId"] });
        let told = ask(&self.upstream, "PUT", &path, bearer.as_deref(), Some(&put));
        drop(alone);
        self.told(&path, told)
    }

    fn disabled_users(&self) -> Vec<String> {
        let admin = self.kept.lock().unwrap().admin.clone();
        let (_, list) =
            ask(&self.upstream, "GET", "/v1/admin/access-users", admin.as_deref(), None);
        let users = list["users"].as_array().cloned().unwrap_or_default().into_iter();
        let disabled = users.filter(|user| user["enabled"] == false);
        disabled.map(|user| user["email"].as_str().unwrap().to_owned()).collect()
    }

    fn owner_is_disabled(&self, key: Option<&str>) -> bool {
        let Some(id) = key.and_then(|key| key.split('-').nth(2)) else { return false };
        let admin = self.kept.lock().unwrap().admin.clone();
        let path = format!("/v1/admin/credentials/{id}");
        let (_, row) = ask(&self.upstream, "GET", &path, admin.as_deref(), None);
        let owner = row["principalId"].as_str();
        owner.is_some_and(|owner| self.disabled_users().iter().any(|user| user == owner))
    }

    /// The served router's answer, in the later shape.
    fn told(&self, path: &str, (status, mut body): (u16, Value)) -> (u16, Value) {
        if status != 200 {
            return (status, body);
        }
        let next = self.version >= Version::Next;
        for list in ["policies", "keys"] {
            let policies = body.get_mut(list).and_then(Value::as_array_mut);
            policies.into_iter().flatten().for_each(|policy| self.with_routing(policy));
        }
        if body.get("grantRouting").is_some() {
            self.with_routing(&mut body);
        }
        if next {
            let disabled =
                if path.starts_with("/v1/admin/credentials") || path == "/v1/admin/bootstrap" {
                    self.disabled_users()
                } else {
                    Vec::new()
                };
            let keys = body.get_mut("credentials").and_then(Value::as_array_mut);
            keys.into_iter().flatten().for_each(|key| with_owner(key, &disabled));
            if body.get("credentialId").is_some() {
                with_owner(&mut body, &disabled);
            }
            if matches!(path, "/v1/providers" | "/v1/catalog") {
                let providers = body.get_mut("providers").and_then(Value::as_array_mut);
                providers.into_iter().flatten().for_each(with_later_prices);
            }
            if path == "/v1/catalog" {
                body["observedAt"] = json!("2026-10-11T12:00:00Z");
                body["scope"] = json!({ "authType": "proxy_key", "credentialId": "x",
                    "principalId": null });
            }
            if let Some(usage) = body.get_mut("usage") {
                with_unpriced(usage);
                if path == "/v1/usage" {
                    usage["events"] = json!([]);
                    usage["summary"]["requestCount"] = json!(5);
                }
            }
        }
        let grants = body.get_mut("grants").and_then(Value::as_array_mut);
        grants.into_iter().flatten().for_each(|grant| self.with_maintenance(grant));
        if body.get("tokenRef").is_some() {
            self.with_maintenance(&mut body);
        }
        (status, body)
    }

    fn with_routing(&self, policy: &mut Value) {
        let id = policy["policyId"].as_str().unwrap_or_default().to_owned();
        let kept = self.kept.lock().unwrap().routing.get(&id).cloned().unwrap_or_default();
        if let Some(routing) = policy.get_mut("grantRouting") {
            for (name, default) in self.version.routing() {
                routing[name] = kept.get(name).cloned().unwrap_or_else(|| default.into());
            }
        }
    }

    fn with_maintenance(&self, grant: &mut Value) {
        grant["maintenance"] = json!({ "keepWarm": false });
        grant["credentialStatus"] = json!("active");
        if self.version >= Version::NextA {
            grant["credentialGeneration"] = json!(1);
            grant["tokenResponseError"] = Value::Null;
            grant["createdAt"] = Value::Null;
        }
    }
}

fn bearer(heard: &Heard) -> Option<String> {
    let find = |wanted: &str| {
        heard.headers.iter().find_map(|header| {
            let (name, value) = header.split_once(": ")?;
            name.eq_ignore_ascii_case(wanted).then(|| value.to_owned())
        })
    };
    let bearer = find("authorization").map(|text| text.trim_start_matches("Bearer ").to_owned());
    bearer.or_else(|| find("x-api-key"))
}

fn with_owner(row: &mut Value, disabled: &[String]) {
    let owner = row["principalId"].as_str();
    let enabled = !owner.is_some_and(|owner| disabled.iter().any(|user| user == owner));
    row["principalEnabled"] = enabled.into();
    row["active"] = (row["active"] == true && enabled).into();
}

/// Subscriptions that are kept warm, a price by characters, one of a shape that nobody knows, and tiers in those that are known.
fn with_later_prices(provider: &mut Value) {
    if provider["id"] == "anthropic" {
        provider["auth"]["grantTransports"]["subscription"]["maintenance"] =
            json!({ "keepWarm": { "default": true } });
    }
    let is_openai = provider["id"] == "openai";
    let Some(models) = provider.get_mut("models").and_then(Value::as_array_mut) else { return };
    for model in models.iter_mut() {
        if model["pricing"].is_object() {
            model["pricing"]["serviceTiers"] = json!([{ "id": "flex", "aliases": [] }]);
        }
    }
    if is_openai {
        models.push(json!({ "id": "openai/tts-1", "upstream": "tts-1",
            "capabilities": ["audio.speech"], "pricing_ref": "openai/tts-1", "pricing": {
                "unit": "character", "effectiveAt": "2026-09-24", "source": "https://prices.example",
                "inputMicrosPerMillionCharacters": 15_000_000, "maxInputCharacters": 4096 } }));
        models.push(json!({ "id": "openai/of-tomorrow", "upstream": "of-tomorrow",
            "capabilities": ["llm.chat"], "pricing_ref": null,
            "pricing": { "unit": "second", "microsPerSecond": 7 } }));
    }
}

fn with_unpriced(usage: &mut Value) {
    if let Some(summary) = usage.get_mut("summary").filter(|it| it.is_object()) {
        summary["unpricedRequestCount"] = json!(2);
    }
    for list in ["providers", "daily"] {
        let rows = usage.get_mut(list).and_then(Value::as_array_mut);
        rows.into_iter().flatten().for_each(|row| row["unpricedRequestCount"] = json!(1));
    }
}
