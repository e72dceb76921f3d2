//! The router from the outside: requests in, responses out. One case for each recorded exchange of
//! the contract, with expectations of our own.

mod access;
mod admin_wire;
mod aggregates;
mod client;
mod connections;
mod credentials;
mod extensions;
mod failing;
mod fusion;
mod grants;
mod heard;
mod legacy_keys;
mod policies;
mod races;
mod sealing;
mod serving;
mod strangers;
mod usage;
mod usage_query;
mod wire_basics;

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use http::{HeaderMap, Request, Response};
use hyper::body::Bytes;
use jiff::Timestamp;
use serde_json::{Value, json};
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::{Caller, Options, Router};
use clawctl_wire::key::sha256_hex;

const TOKEN: &str = "admin-token-of-the-tests";
const SECRET: &str = "first-secret_0001";
const OTHER_SECRET: &str = "second-secret_0002";

/// What is configured, as on the machine of the recordings.
const CONFIGURED: [&str; 7] = [
    "ANTHROPIC_API_KEY",
    "GOOGLE_API_KEY",
    "LOCAL_OPENAI_BASE_URL",
    "MISTRAL_API_KEY",
    "OPENAI_API_KEY",
    "OPENROUTER_API_KEY",
    "OPENROUTER_SITE_URL",
];

/// A router on a database of its own, with a clock that stands still.
struct House {
    dir: TempDir,
    router: Router,
    clock: Arc<AtomicI64>,
}

/// A response, read.
struct Answer {
    status: u16,
    headers: HeaderMap,
    body: Value,
}

impl House {
    fn new() -> Self {
        let dir = tempfile::tempdir().unwrap();
        let start: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let clock = Arc::new(AtomicI64::new(start.as_millisecond()));
        let router = open(&dir, &clock);
        Self { dir, router, clock }
    }

    /// As another process would see the same file.
    fn another(&self) -> Router {
        open(&self.dir, &self.clock)
    }

    fn later(&self, seconds: i64) {
        self.clock.fetch_add(seconds * 1000, Ordering::SeqCst);
    }

    /// A request as the owner of the file: `PUT policies/alpha` is short for the whole path.
    fn admin(&self, request: &str, body: &str) -> Answer {
        let (method, path) = request.split_once(' ').unwrap();
        ask(&self.router, Caller::InProcess, method, &format!("/v1/admin/{path}"), &[], body)
    }

    fn admin_with(&self, request: &str, header: (&str, &str), body: &str) -> Answer {
        let (method, path) = request.split_once(' ').unwrap();
        ask(&self.router, Caller::InProcess, method, &format!("/v1/admin/{path}"), &[header], body)
    }

    /// An admin request that must succeed, and what must be in its answer.
    fn does(&self, request: &str, body: Value, facts: Value) -> Answer {
        let answer = self.admin(request, &body.to_string());
        assert_eq!(answer.status, 200, "{request} {body}: {}", answer.body);
        answer.shows(&facts, request);
        answer
    }

    /// An admin request that must be refused.
    fn refuses(&self, request: &str, body: &str, status: u16, code: &str) {
        let answer = self.admin(request, body);
        assert_eq!((answer.status, answer.code()), (status, code), "{request} {body}");
    }

    /// A request from somewhere else.
    fn network(&self, request: &str, headers: &[(&str, &str)]) -> Answer {
        let (method, path) = request.split_once(' ').unwrap();
        ask(&self.router, Caller::Network, method, path, headers, "")
    }

    /// A `GET` with a key.
    fn with_key(&self, path: &str, key: &str) -> Answer {
        self.network(&format!("GET {path}"), &[("authorization", &format!("Bearer {key}"))])
    }

    /// A policy with these members, and the key `id` under it.
    fn issue(&self, id: &str, policy: Value) -> String {
        self.does(&format!("PUT policies/{id}"), policy, json!({}));
        let body = json!({"secretSha256": sha256_hex(SECRET), "policyId": id});
        self.does(&format!("PUT credentials/{id}"), body, json!({"active": true}));
        format!("clawrouter-live-{id}-{SECRET}")
    }
}

impl Answer {
    fn read(response: Response<Bytes>) -> Self {
        let (head, body) = response.into_parts();
        let body = match body.as_ref() {
            b"" => Value::Null,
            text => serde_json::from_slice(text).unwrap(),
        };
        Self { status: head.status.as_u16(), headers: head.headers, body }
    }

    fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or("")
    }

    fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).map(|value| value.to_str().unwrap())
    }

    /// Each of `facts` is in the body as it is.
    fn shows(&self, facts: &Value, what: &str) {
        for (name, value) in facts.as_object().unwrap() {
            assert_eq!(self.body.get(name), Some(value), "`{name}` of {what}");
        }
    }

    /// The ids of a list in the body, in order.
    fn ids(&self, list: &str, id: &str) -> Vec<String> {
        let rows = self.body[list].as_array().unwrap();
        rows.iter().map(|row| row[id].as_str().unwrap().to_owned()).collect()
    }

    fn row(&self, list: &str, id: &str, wanted: &str) -> &Value {
        let rows = self.body[list].as_array().unwrap();
        rows.iter().find(|row| row[id] == wanted).unwrap()
    }
}

fn open(dir: &TempDir, clock: &Arc<AtomicI64>) -> Router {
    let clock = Arc::clone(clock);
    let now = move || Timestamp::from_millisecond(clock.load(Ordering::SeqCst)).unwrap();
    let mut options = Options::new(dir.path().join("data/router.db"), Box::new(now));
    options.environment =
        Box::new(|name| CONFIGURED.contains(&name).then(|| format!("value of {name}")));
    options.admin_token_sha256 = Some(sha256_hex(TOKEN));
    options.sealing_key = Box::new(|_| Ok(Some(Zeroizing::new([7; 32]))));
    Router::open(options).unwrap()
}

/// A router with an administrator and nothing else.
fn open_at(database: &Path) -> Router {
    let now = || "2026-11-20T12:00:00Z".parse::<Timestamp>().unwrap();
    let mut options = Options::new(database.to_owned(), Box::new(now));
    options.admin_token_sha256 = Some(sha256_hex(TOKEN));
    Router::open(options).unwrap()
}

fn ask(
    router: &Router,
    caller: Caller,
    method: &str,
    path: &str,
    headers: &[(&str, &str)],
    body: &str,
) -> Answer {
    let mut request = Request::builder().method(method).uri(path);
    for (name, value) in headers {
        request = request.header(*name, *value);
    }
    let request = request.body(Bytes::copy_from_slice(body.as_bytes())).unwrap();
    Answer::read(router.answer(request, caller))
}
