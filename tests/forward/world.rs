//! A served router with the upstream behind it, teams that may use it, and clients of theirs.

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, Weak};
use std::time::{Duration, Instant};

use clawctl_wire::key::sha256_hex;
use reqwest::{Client, RequestBuilder, Response};
use serde_json::{Value, json};

use crate::harness::{Sandbox, Served};
use crate::upstream::Upstream;

/// How long anything may take before the test gives up on it.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) const ADMIN_TOKEN: &str = "admin-token-of-the-forwarding-suite";

/// The providers here, with the names that their secrets have in the environment.
const PROVIDERS: [(&str, &str); 7] = [
    ("openai", "OPENAI_API_KEY"),
    ("anthropic", "ANTHROPIC_API_KEY"),
    ("google-gemini", "GOOGLE_API_KEY"),
    ("mistral", "MISTRAL_API_KEY"),
    ("groq", "GROQ_API_KEY"),
    ("replicate", "REPLICATE_API_TOKEN"),
    ("local-openai", "LOCAL_OPENAI_API_KEY"),
];

/// The upstream secret of a provider; nothing that a client or a log sees may contain it.
pub(crate) fn upstream_secret(provider: &str) -> String {
    format!("upstream-canary-{provider}-5527")
}

/// A router in a process of its own, and the upstream for all of its providers.
pub(crate) struct World {
    pub upstream: Upstream,
    pub sandbox: Sandbox,
    served: Served,
    teams: AtomicU32,
}

/// A policy with one key.
#[derive(Debug, Clone)]
pub(crate) struct Team {
    pub policy: String,
    pub key: String,
    secret: String,
}

impl Team {
    /// What a user says, for the upstream to obey; it can be looked up by the name of the policy.
    pub(crate) fn say(&self, orders: &str) -> String {
        format!("!mark={} {orders}", self.policy)
    }

    /// The part of the key that nobody but its holder knows.
    pub(crate) fn secret(&self) -> &str {
        &self.secret
    }
}

impl World {
    /// A world for one test, whose router is served with these flags.
    pub(crate) fn with(flags: &[&str]) -> Self {
        Self::logging("off", flags)
    }

    /// The same, with a log of every request.
    pub(crate) fn with_log() -> Self {
        Self::logging("json", &[])
    }

    /// The same, with one provider more, which the upstream stands for.
    pub(crate) fn with_provider(id: &str, manifest: &str, flags: &[&str]) -> Self {
        Self::with_files(&[(id, manifest)], &[id], flags)
    }

    /// The same, with more providers; the upstream stands for these of them.
    pub(crate) fn with_files(files: &[(&str, &str)], there: &[&str], flags: &[&str]) -> Self {
        let mut world = Self::logging("off", &[]);
        let folder = world.sandbox.path("clawctl/providers");
        std::fs::create_dir_all(&folder).unwrap();
        for (id, manifest) in files {
            std::fs::write(folder.join(format!("{id}.yaml")), manifest).unwrap();
        }
        let there: Vec<_> =
            there.iter().map(|id| format!("{id}={}", world.upstream.url())).collect();
        let mut words: Vec<&str> = there.iter().flat_map(|pair| ["--upstream", pair]).collect();
        words.extend(flags);
        world.served = serve(&world.sandbox, &world.upstream.url(), "off", &words);
        world
    }

    /// The same, where a shell does this before it becomes the router.
    pub(crate) fn after(prelude: &'static str) -> Self {
        Self::of(Sandbox::new().after(prelude), "off", &[])
    }

    fn logging(log: &str, flags: &[&str]) -> Self {
        Self::of(Sandbox::new(), log, flags)
    }

    fn of(sandbox: Sandbox, log: &str, flags: &[&str]) -> Self {
        let upstream = Upstream::start().unwrap();
        let mut sandbox = sandbox
            .with("CLAWROUTER_ADMIN_TOKEN_SHA256", &sha256_hex(ADMIN_TOKEN))
            .with("LOCAL_OPENAI_BASE_URL", &upstream.url());
        for (provider, name) in PROVIDERS {
            sandbox.set(name, &upstream_secret(provider));
        }
        let served = serve(&sandbox, &upstream.url(), log, flags);
        Self { upstream, sandbox, served, teams: AtomicU32::new(0) }
    }

    /// The world of all tests that do not touch what others see. It ends with the last of them:
    /// a process that hung on a static would outlive the test run.
    pub(crate) fn shared() -> Arc<Self> {
        static SHARED: Mutex<Weak<World>> = Mutex::new(Weak::new());
        let mut shared = SHARED.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        shared.upgrade().unwrap_or_else(|| {
            let world = Arc::new(Self::with(&[]));
            *shared = Arc::downgrade(&world);
            world
        })
    }

    pub(crate) fn url(&self) -> &str {
        &self.served.url
    }

    /// Another process on the same file.
    pub(crate) fn another_router(&self, flags: &[&str]) -> Served {
        serve(&self.sandbox, &self.upstream.url(), "off", flags)
    }

    /// Kills the router, as a power cut would, and serves the same file anew.
    pub(crate) fn kill_and_restart(&mut self) {
        let next = serve(&self.sandbox, &self.upstream.url(), "off", &[]);
        // What is replaced is dropped, and what is dropped is killed.
        drop(std::mem::replace(&mut self.served, next));
    }

    pub(crate) fn pid(&self) -> u32 {
        self.served.pid()
    }

    /// Stops the router, however that ends.
    pub(crate) fn end(self) -> (Option<i32>, String) {
        let (code, _, stderr) = self.served.stop();
        (code, stderr)
    }

    /// Stops the router in good order. Gives its files, and all that it said.
    pub(crate) fn stop(self) -> (Sandbox, String) {
        let (code, stdout, stderr) = self.served.stop();
        assert_eq!(code, Some(0), "{stderr}");
        (self.sandbox, stdout + &stderr)
    }

    /// Makes a policy with these members, and a key for it.
    pub(crate) async fn team(&self, policy: Value) -> Team {
        let number = self.teams.fetch_add(1, Ordering::SeqCst);
        self.team_called(&format!("team_{number:03}"), policy).await
    }

    pub(crate) async fn team_called(&self, id: &str, policy: Value) -> Team {
        let secret = format!("client-canary-{id}-8264");
        self.put(&format!("policies/{id}"), &policy).await;
        let credential = json!({ "policyId": id, "secretSha256": sha256_hex(&secret) });
        self.put(&format!("credentials/{id}"), &credential).await;
        let key = format!("clawrouter-live-{id}-{secret}");
        Team { policy: id.to_owned(), key, secret }
    }

    /// Writes something as an administrator.
    pub(crate) async fn put(&self, path: &str, body: &Value) -> Value {
        let request = client().put(format!("{}/v1/admin/{path}", self.url())).json(body);
        let answer = request.bearer_auth(ADMIN_TOKEN).send().await.unwrap();
        let status = answer.status();
        let text = answer.text().await.unwrap();
        assert_eq!(status, 200, "PUT {path}: {text}");
        serde_json::from_str(&text).unwrap()
    }

    /// Reads something as an administrator.
    pub(crate) async fn admin(&self, path: &str) -> Value {
        let request = client().get(format!("{}/v1/admin/{path}", self.url()));
        let answer = request.bearer_auth(ADMIN_TOKEN).send().await.unwrap();
        assert_eq!(answer.status(), 200, "GET {path}");
        answer.json().await.unwrap()
    }

    /// A request of a team's, without its body.
    pub(crate) fn request(&self, team: &Team, path: &str) -> RequestBuilder {
        client().post(format!("{}{path}", self.url())).bearer_auth(&team.key)
    }

    pub(crate) async fn ask(&self, team: &Team, path: &str, body: &Value) -> Response {
        self.request(team, path).json(body).send().await.unwrap()
    }

    /// What the team used so far, as it may see it itself.
    pub(crate) async fn usage(&self, team: &Team) -> Value {
        let request = client().get(format!("{}/v1/usage", self.url())).bearer_auth(&team.key);
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        answer.json().await.unwrap()
    }

    /// The team's usage, as soon as it has so many events, the oldest first. Who was answered may
    /// be quicker than the books.
    pub(crate) async fn events(&self, team: &Team, count: usize) -> Vec<Value> {
        let deadline = Instant::now() + PATIENCE;
        loop {
            let usage = self.usage(team).await;
            let mut events = usage["usage"]["events"].as_array().cloned().unwrap_or_default();
            if events.len() >= count || Instant::now() > deadline {
                assert_eq!(events.len(), count, "{usage}");
                events.reverse();
                return events;
            }
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }

    /// What is spent of the team's budget, open reservations and all.
    pub(crate) async fn spent(&self, team: &Team) -> u64 {
        let usage = self.usage(team).await;
        usage["budget"]["spentMicros"].as_u64().unwrap_or_else(|| panic!("{usage}"))
    }
}

fn serve(sandbox: &Sandbox, upstream: &str, log: &str, flags: &[&str]) -> Served {
    let upstreams = PROVIDERS.map(|(provider, _)| format!("{provider}={upstream}"));
    let mut words: Vec<&str> = upstreams.iter().flat_map(|pair| ["--upstream", pair]).collect();
    words.extend(flags);
    sandbox.serve_logging(log, &words)
}

/// A client that belongs to one test: its connections end with the runtime they were made in.
pub(crate) fn client() -> Client {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let builder = Client::builder().no_proxy().redirect(reqwest::redirect::Policy::none());
    builder.timeout(PATIENCE).build().unwrap()
}

/// A stream as it arrives, piece by piece.
pub(crate) async fn collect(mut answer: Response) -> Vec<String> {
    let mut pieces = Vec::new();
    while let Some(piece) = answer.chunk().await.unwrap() {
        pieces.push(String::from_utf8(piece.to_vec()).unwrap());
    }
    pieces
}

/// The code of the error envelope, with the status.
pub(crate) async fn refusal(answer: Response) -> (u16, String) {
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap_or_default();
    (status, body["error"]["code"].as_str().unwrap_or_default().to_owned())
}
