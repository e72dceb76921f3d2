//! Grants that a scene has: whose they are, and what became of them.

use bytes::Bytes;
use http::Request;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::stage::{SECRET, Stage};

/// Providers that grants are for, with a model by which they can be asked in the form of OpenAI.
const MODELS: [(&str, &str); 3] = [
    ("openai", "openai/gpt-4.1-mini"),
    ("groq", "groq/gpt-oss-120b"),
    ("mistral", "mistral/mistral-small-2603"),
];

#[derive(Debug, Clone)]
pub(super) struct GrantOf {
    pub provider: &'static str,
    pub whose: Whose,
    pub state: State,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Whose {
    Policy,
    Tenant,
    AnotherPolicy,
    AnotherTenant,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum State {
    Works,
    Disabled,
    Revoked,
    /// A token that nobody can renew.
    Over,
    /// It has none of the secrets that its provider wants.
    Unfit,
    /// Its provider refused it a moment ago.
    Resting,
}

impl GrantOf {
    fn can_rest(&self) -> bool {
        self.state == State::Resting && matches!(self.whose, Whose::Policy | Whose::Tenant)
    }

    /// Where it is, for the scene with this name.
    fn path(&self, id: &str, place: usize) -> String {
        let (scope, holder) = match self.whose {
            Whose::Policy => ("policies", id.to_owned()),
            Whose::Tenant => ("tenants", tenant(id)),
            Whose::AnotherPolicy => ("policies", format!("another_{id}")),
            Whose::AnotherTenant => ("tenants", format!("another_{}", tenant(id))),
        };
        format!("upstream-grants/{scope}/{holder}/g{place}")
    }

    fn body(&self) -> Value {
        let secret = match self.state {
            State::Over => json!({ "kind": "oauth", "accessToken": "token-of-a-grant",
                "expiresAt": "2020-01-01T00:00:00Z" }),
            State::Unfit => json!({ "kind": "bundle", "credentials": { "nothing": "of-use" } }),
            State::Resting => json!({ "kind": "api_key", "credential": "secret-that-rests" }),
            _ => json!({ "kind": "api_key", "credential": "secret-of-a-grant" }),
        };
        let mut body = json!({ "provider": self.provider,
            "enabled": self.state != State::Disabled,
            // Those that are to rest come first, so that they are refused.
            "priority": if self.state == State::Resting { 1 } else { 2 } });
        body.as_object_mut().unwrap().extend(secret.as_object().unwrap().clone());
        body
    }
}

/// Each scene has a tenant of its own.
pub(super) fn tenant(id: &str) -> String {
    format!("t_{id}")
}

pub(super) fn grants() -> impl Strategy<Value = Vec<GrantOf>> {
    use State::{Disabled, Over, Resting, Revoked, Unfit, Works};
    use Whose::{AnotherPolicy, AnotherTenant, Policy, Tenant};
    let one = (
        prop::sample::select(MODELS.map(|(provider, _)| provider).to_vec()),
        prop::sample::select(vec![Policy, Policy, Tenant, Tenant, AnotherPolicy, AnotherTenant]),
        prop::sample::select(vec![Works, Works, Disabled, Revoked, Over, Unfit, Resting]),
    )
        .prop_map(|(provider, whose, state)| GrantOf { provider, whose, state });
    prop_oneof![2 => Just(Vec::new()), 3 => prop::collection::vec(one, 1..4)]
}

impl Stage {
    /// Puts the grants of a scene in the place of those of the last one.
    pub(super) fn arrange_grants(&self, grants: &[GrantOf], id: &str) {
        let clear = "DELETE FROM grants; DELETE FROM grant_states;
            UPDATE authority SET version = version + 1;";
        self.database.execute_batch(clear).unwrap();
        for (place, grant) in grants.iter().enumerate() {
            let path = grant.path(id, place);
            self.put(&path, &grant.body());
            if grant.state == State::Revoked {
                let request = Request::post(format!("/v1/admin/{path}/revoke"));
                let answer = self.as_admin(request.body(Bytes::new()).unwrap());
                assert_eq!(answer.status(), 200, "{path}: {:?}", answer.body());
            }
        }
        for (provider, model) in MODELS {
            let resting = || {
                let all = grants.iter().enumerate();
                all.filter(|(_, grant)| grant.provider == provider && grant.can_rest())
            };
            if resting().next().is_some() {
                self.weary(provider, model, id, resting().count());
            }
            for (place, grant) in resting() {
                assert!(self.rests(&grant.path(id, place)), "{grant:?} does not rest in {id}");
            }
        }
    }

    /// Has a provider refuse all grants that are to rest, by requests that nothing else refuses.
    fn weary(&self, provider: &'static str, model: &str, id: &str, count: usize) {
        self.open_connection(provider);
        self.put(
            &format!("policies/{id}"),
            &json!({ "allProviders": true, "tenantId": tenant(id), "enabled": true }),
        );
        self.put_key(id, json!({ "enabled": true }));
        let orders = "!refuse=rests status=429 header=retry-after:3600";
        let body = json!({ "model": model, "messages": [{ "role": "user", "content": orders }] });
        for _ in 0..count {
            let request = Request::post("/v1/chat/completions")
                .header("authorization", format!("Bearer clawrouter-live-{id}-{SECRET}"))
                .body(body.to_string().into())
                .unwrap();
            let answer = self.as_client(request);
            // One request may already have wearied them all.
            assert!([200, 429, 503].contains(&answer.status().as_u16()), "{:?}", answer.body());
        }
    }

    fn rests(&self, path: &str) -> bool {
        let request = Request::get("/v1/admin/upstream-grants").body(Bytes::new()).unwrap();
        let listed: Value = serde_json::from_slice(self.as_admin(request).body()).unwrap();
        let named = |grant: &&Value| {
            let member = |name: &str| grant[name].as_str().unwrap().to_owned();
            let (scope, holder, name) = (member("scope"), member("scopeId"), member("tokenRef"));
            format!("upstream-grants/{scope}/{holder}/{name}") == path
        };
        let found = listed["grants"].as_array().unwrap().iter().find(named);
        found.unwrap()["cooldownUntil"].is_string()
    }
}
