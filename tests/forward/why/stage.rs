//! A router in this process with the upstream behind it, on which scenes are played.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use bytes::Bytes;
use clawctl::client::Client;
use clawctl::ctx::in_process;
use clawctl_router::why::{self, Asker, Question, Snapshot};
use clawctl_router::{self, Options, Router};
use clawctl_secret::Secret;
use clawctl_wire::key::sha256_hex;
use clawctl_wire::why::{Explanation, Verdict};
use http::{Method, Request, Response};
use http_body_util::BodyExt as _;
use proptest::prelude::*;
use proptest::test_runner::TestCaseError;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use super::ask::AskOf;
use super::fusion::{self, FusionOf, PartOf};
use super::scene::{ConnectionOf, Held, KeyState, PROVIDERS, Routing, Scene};
use crate::upstream::Upstream;

pub(super) const SECRET: &str = "secret-of-the-differential-suite";

/// What is set in the environment. Of xai there is no key, of openrouter only a part.
const CONFIGURED: [&str; 8] = [
    "ANTHROPIC_API_KEY",
    "GOOGLE_API_KEY",
    "GROQ_API_KEY",
    "LOCAL_OPENAI_BASE_URL",
    "MISTRAL_API_KEY",
    "OPENAI_API_KEY",
    "OPENROUTER_API_KEY",
    "REPLICATE_API_TOKEN",
];

/// Where providers are reached that do not say so in the environment.
const REPLACED: [&str; 11] = [
    "anthropic",
    "claude-max-proxy",
    "clawpool",
    "firecrawl",
    "google-gemini",
    "groq",
    "local-openai",
    "mistral",
    "openai",
    "openrouter",
    "replicate",
];

pub(super) struct Stage {
    runtime: Runtime,
    router: Arc<Router>,
    client: Client,
    pub(super) database: rusqlite::Connection,
    scenes: Cell<u32>,
    /// How often each code came up; none is a request that passed.
    tally: RefCell<BTreeMap<String, u32>>,
    /// What was written of the providers last.
    connections: RefCell<BTreeMap<&'static str, ConnectionOf>>,
    fusion: RefCell<Option<FusionOf>>,
    reserved: Cell<u32>,
    _upstream: Upstream,
    _folder: tempfile::TempDir,
}

/// What really happened.
#[derive(Debug, PartialEq)]
struct Happened {
    status: u16,
    code: Option<String>,
    /// What a client is told of a budget.
    message: Option<String>,
    reserved: u64,
    provider: Option<String>,
    parts: Vec<PartOf>,
}

impl Stage {
    pub(super) fn new() -> Self {
        let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
        let guard = runtime.enter();
        let upstream = Upstream::start().unwrap();
        drop(guard);
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("router.db");
        #[expect(clippy::disallowed_methods, reason = "this is the clock of the router")]
        let mut options = Options::new(path.clone(), Box::new(jiff::Timestamp::now));
        options.upstreams =
            REPLACED.map(|id| (id.to_owned(), upstream.url().parse().unwrap())).to_vec();
        options.environment =
            Box::new(|name| CONFIGURED.contains(&name).then(|| format!("value-of-{name}")));
        options.sealing_key = Box::new(|_| Ok(Some(zeroize::Zeroizing::new([7; 32]))));
        let router = Arc::new(Router::open(options).unwrap());
        let client = in_process(Arc::clone(&router), "here".to_owned());
        let database = rusqlite::Connection::open(path).unwrap();
        database.pragma_update(None, "foreign_keys", false).unwrap();
        Self {
            runtime,
            router,
            client,
            database,
            scenes: Cell::new(0),
            tally: RefCell::default(),
            connections: RefCell::default(),
            fusion: RefCell::default(),
            reserved: Cell::new(0),
            _upstream: upstream,
            _folder: folder,
        }
    }

    pub(super) fn tally(&self) -> BTreeMap<String, u32> {
        self.tally.borrow().clone()
    }

    /// How many requests that passed had money set aside.
    pub(super) fn reserved(&self) -> u32 {
        self.reserved.get()
    }

    pub(super) fn play(&self, scene: &Scene) -> Result<(), TestCaseError> {
        let number = self.scenes.get();
        self.scenes.set(number + 1);
        let id = format!("scene_{number}");
        self.arrange(scene, &id);
        let kid = if scene.key.held == Held::UnknownId { "nobody" } else { id.as_str() };
        let key = match scene.key.held {
            Held::Key | Held::UnknownId => format!("clawrouter-live-{kid}-{SECRET}"),
            Held::WrongSecret => format!("clawrouter-live-{kid}-not-{SECRET}"),
            Held::NoKey => "sk-of-somebody-else".to_owned(),
        };
        for (turn, ask) in scene.asks.iter().enumerate() {
            self.compare(scene, &id, &key, (turn, ask))?;
        }
        Ok(())
    }

    /// Asks twice: what would happen, and then what does.
    fn compare(
        &self,
        scene: &Scene,
        id: &str,
        key: &str,
        (turn, ask): (usize, &AskOf),
    ) -> Result<(), TestCaseError> {
        let request = ask.request(self.router.manifests());
        let secret = Secret::new(key.to_owned());
        let question = Question { asker: Asker::Key(&secret), request: &request, session: None };
        let told = self.router.why(&question).unwrap().unwrap();
        // What is seen from elsewhere is everything that there is, so it is not asked for each time.
        let is_asked = turn == 0 && self.scenes.get().is_multiple_of(2);
        let seen = (is_asked && scene.key.held != Held::NoKey)
            .then(|| self.seen_from_elsewhere(scene, id, &request, false));
        let request_id = format!("{id}-{turn}");
        let happened = self.ask(key, &request, id, &request_id);
        self.count(scene, &told, &happened);
        if happened.reserved > 0 {
            self.reserved.set(self.reserved.get() + 1);
        }
        prop_assert_eq!(&foretold(&told), &happened, "{:#?}", told);
        prop_assert_ne!(told.verdict, Verdict::Unknown);
        if let Some(seen) = seen
            && seen.verdict != Verdict::Unknown
            && seen.status.is_some()
            // Of a part it may be unknown whether its provider is configured.
            && seen.parts.iter().all(|part| part.status.is_some())
        {
            prop_assert_eq!(&foretold(&seen), &happened, "from elsewhere: {:#?}", seen);
        }
        Ok(())
    }

    /// What is foretold of the first request of a scene by what a router of another make shows.
    pub(super) fn foretell_of_another_make(&self, scene: &Scene) -> Explanation {
        let id = format!("scene_{}", self.scenes.get());
        self.scenes.set(self.scenes.get() + 1);
        self.arrange(scene, &id);
        let request = scene.asks[0].request(self.router.manifests());
        self.seen_from_elsewhere(scene, &id, &request, true)
    }

    /// Counts what came up.
    fn count(&self, scene: &Scene, told: &Explanation, happened: &Happened) {
        let count = |what: &str| *self.tally.borrow_mut().entry(what.to_owned()).or_default() += 1;
        let code = happened.code.as_deref().unwrap_or_default();
        count(code);
        for part in &happened.parts {
            count(&format!("{} {}", part.stage, part.status));
        }
        let routing = scene.policy.routing;
        if code == "upstream_grant_pool_unavailable" && routing == Routing::Usual {
            count("refused for want of a grant that works");
        }
        let upstream = told.steps.iter().find(|step| step.check == "upstream");
        let with = upstream.map_or("", |step| &step.detail);
        if code.is_empty() && with.starts_with("with grant") {
            count("sent with a grant");
        }
        let provider = told.provider.as_deref();
        let arranged = scene.grants.iter().any(|grant| Some(grant.provider) == provider);
        if code.is_empty() && arranged && with.contains("environment") {
            count(match routing {
                Routing::Fallback => "sent with the environment, by leave",
                _ => "sent with the environment, beside grants of others",
            });
        }
    }

    fn arrange(&self, scene: &Scene, id: &str) {
        self.arrange_grants(&scene.grants, id);
        if self.fusion.borrow().as_ref() != Some(&scene.fusion) {
            self.put("fusion", &scene.fusion.body());
            *self.fusion.borrow_mut() = Some(scene.fusion.clone());
        }
        self.put(&format!("policies/{id}"), &scene.policy.body(id));
        let expired = scene.key.state == KeyState::Expired;
        self.put_key(
            id,
            json!({
                "enabled": scene.key.state != KeyState::Revoked,
                "principalId": scene.key.principal,
                "expiresAt": expired.then_some("2020-01-01T00:00:00Z"),
            }),
        );
        // These two states come about by an import or by a race, not by any call.
        let sql = match scene.key.state {
            KeyState::Stale => "UPDATE credentials SET generation = 'earlier' WHERE id = ?1",
            KeyState::Orphan => "DELETE FROM policies WHERE id = ?1",
            _ => "",
        };
        if !sql.is_empty() {
            self.database.execute(sql, [id]).unwrap();
        }
        for provider in PROVIDERS {
            let told = scene.connections.iter().find(|told| told.provider == provider);
            let usual = ConnectionOf { provider, enabled: true, budget: None };
            let next = told.unwrap_or(&usual);
            if told.is_none() && self.connections.borrow().get(provider) == Some(next) {
                continue;
            }
            self.connections.borrow_mut().insert(provider, next.clone());
            let ConnectionOf { enabled, budget, .. } = next;
            // What was spent at a provider stays spent, so limits are counted from there.
            let limit = budget.map(|limit| match limit {
                0 => 0,
                limit => limit + self.spent_at(provider),
            });
            let body = json!({ "enabled": enabled, "monthlyBudgetMicros": limit });
            self.put(&format!("connections/{provider}"), &body);
        }
    }

    pub(super) fn put_key(&self, id: &str, mut body: Value) {
        body["policyId"] = json!(id);
        body["secretSha256"] = json!(sha256_hex(SECRET));
        self.put(&format!("credentials/{id}"), &body);
    }

    /// Nothing that is written of a provider stands in the way of a request.
    pub(super) fn open_connection(&self, provider: &'static str) {
        let open = ConnectionOf { provider, enabled: true, budget: None };
        let body = json!({ "enabled": true, "monthlyBudgetMicros": null });
        self.put(&format!("connections/{provider}"), &body);
        self.connections.borrow_mut().insert(provider, open);
    }

    fn spent_at(&self, provider: &str) -> u64 {
        let sql = "SELECT coalesce(sum(spent_micros), 0) FROM ledgers WHERE window_key LIKE ?1";
        let key = format!("provider:{provider}/%");
        let spent: i64 = self.database.query_row(sql, [key], |row| row.get(0)).unwrap();
        spent.unsigned_abs()
    }

    /// What is foretold by what the router shows its administrator; `is_plain` takes it for one of
    /// another make.
    fn seen_from_elsewhere(
        &self,
        scene: &Scene,
        id: &str,
        request: &why::Request,
        is_plain: bool,
    ) -> Explanation {
        let snapshot = self.runtime.block_on(async {
            let usage = self.client.admin_usage().await.unwrap();
            let row = usage.policies.into_iter().find(|row| row.policy.policy_id == id);
            Snapshot {
                state: self.client.bootstrap().await.unwrap(),
                providers: self.client.providers().await.unwrap(),
                budget: row.map(|row| row.budget),
                is_plain,
                #[expect(clippy::disallowed_methods, reason = "this is the clock of the router")]
                now: jiff::Timestamp::now(),
            }
        });
        let proof = match scene.key.held {
            Held::WrongSecret => why::Proof::Wrong,
            _ => why::Proof::Given,
        };
        let id = if scene.key.held == Held::UnknownId { "nobody" } else { id };
        snapshot.why(why::Identified::Key { id, proof }, request, None).unwrap()
    }

    /// Makes the request.
    fn ask(&self, key: &str, request: &why::Request, policy: &str, request_id: &str) -> Happened {
        let real = Request::builder()
            .method(request.method.clone())
            .uri(&request.path)
            .header("authorization", format!("Bearer {key}"))
            .header("x-request-id", request_id)
            .body(request.body.clone())
            .unwrap();
        let answer = self.as_client(real);
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
        let provider = header("x-clawrouter-upstream-provider").map(str::to_owned);
        let body: Value = serde_json::from_slice(answer.body()).unwrap_or_default();
        let code = body["error"]["code"].as_str().map(str::to_owned);
        let message = body["error"]["message"].as_str().map(str::to_owned);
        // A request for fusion leaves five at most.
        let path = format!("/v1/admin/usage/events?policy={policy}&limit=5");
        let events = self.as_admin(Request::get(path).body(Bytes::new()).unwrap());
        let events: Value = serde_json::from_slice(events.body()).unwrap();
        let events = events["events"].as_array().unwrap();
        let event = events.iter().find(|event| event["request_id"] == request_id);
        let compound = event.map(|event| &event["compound_request_id"]);
        let is_part = |event: &&Value| Some(&event["compound_request_id"]) == compound;
        let parts = events.iter().filter(is_part).filter_map(PartOf::happened).collect();
        let parts = fusion::sorted(parts);
        let reserved = match (event, parts.is_empty()) {
            (Some(event), true) => event["reserved_cost_micros"].as_u64().unwrap(),
            _ => parts.iter().map(|part| part.reserved).sum(),
        };
        let status = answer.status().as_u16();
        let code = code.filter(|_| status != 200);
        let message = message.filter(|_| is_of_money(status, code.as_deref()));
        Happened { status, code, message, reserved, provider, parts }
    }

    pub(super) fn put(&self, path: &str, body: &Value) {
        let request = Request::builder()
            .method(Method::PUT)
            .uri(format!("/v1/admin/{path}"))
            .body(body.to_string().into())
            .unwrap();
        let answer = self.as_admin(request);
        assert_eq!(answer.status(), 200, "PUT {path} {body}: {:?}", answer.body());
    }

    pub(super) fn as_admin(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.answer(request, clawctl_router::Caller::InProcess)
    }

    pub(super) fn as_client(&self, request: Request<Bytes>) -> Response<Bytes> {
        self.answer(request, clawctl_router::Caller::Network)
    }

    fn answer(&self, request: Request<Bytes>, caller: clawctl_router::Caller) -> Response<Bytes> {
        self.runtime.block_on(async {
            let (head, body) = self.router.handle(request, caller).await.into_parts();
            Response::from_parts(head, body.collect().await.unwrap().to_bytes())
        })
    }
}

/// Whether a refusal says what a request costs.
fn is_of_money(status: u16, code: Option<&str>) -> bool {
    status == 402 || code == Some("pricing_required")
}

/// What was said would happen.
fn foretold(told: &Explanation) -> Happened {
    let passes = told.verdict == Verdict::Passes;
    let status = told.status.unwrap_or_default();
    let is_of_money = is_of_money(status, told.code.as_deref());
    Happened {
        status,
        code: told.code.clone(),
        message: told.message.clone().filter(|_| is_of_money),
        reserved: told.reserved_micros.0,
        provider: told.provider.clone().filter(|_| passes),
        parts: fusion::foretold(told),
    }
}
