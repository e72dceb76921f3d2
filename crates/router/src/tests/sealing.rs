//! What becomes of upstream secrets when their key is another one, or gone.

use std::sync::{Arc, Mutex};

use serde_json::json;
use tempfile::TempDir;
use zeroize::Zeroizing;

use super::{Answer, Caller, ask};
use crate::{Options, Router};

/// The key beside a database, as a test wants it.
type Held = Arc<Mutex<Option<u8>>>;

fn open(dir: &TempDir, held: &Held) -> Router {
    let now = || "2026-11-20T12:00:00Z".parse().unwrap();
    let mut options = Options::new(dir.path().join("router.db"), Box::new(now));
    let held = Arc::clone(held);
    options.sealing_key = Box::new(move |make| {
        let mut held = held.lock().unwrap();
        if held.is_none() && make {
            *held = Some(5);
        }
        Ok(held.map(|byte| Zeroizing::new([byte; 32])))
    });
    Router::open(options).unwrap()
}

fn put(router: &Router, name: &str, body: &serde_json::Value) -> Answer {
    let path = format!("/v1/admin/upstream-grants/policies/team/{name}");
    ask(router, Caller::InProcess, "PUT", &path, &[], &body.to_string())
}

fn secret(text: &str) -> serde_json::Value {
    json!({ "provider": "openai", "kind": "api_key", "credential": text })
}

#[test]
fn the_key_is_made_with_the_first_secret_and_not_before() {
    let (dir, held) = (tempfile::tempdir().unwrap(), Held::default());
    let router = open(&dir, &held);
    let list = ask(&router, Caller::InProcess, "GET", "/v1/admin/upstream-grants", &[], "");
    assert_eq!(list.status, 200);
    assert_eq!(*held.lock().unwrap(), None);
    assert_eq!(put(&router, "main", &secret("sk-1")).status, 200);
    assert_eq!(*held.lock().unwrap(), Some(5));
    assert_eq!(router.unopened().unwrap(), []);
}

#[test]
fn a_copied_database_opens_nothing_without_its_key() {
    let (dir, held) = (tempfile::tempdir().unwrap(), Held::default());
    assert_eq!(put(&open(&dir, &held), "main", &secret("sk-1")).status, 200);
    for other in [None, Some(2)] {
        let other = Arc::new(Mutex::new(other));
        let router = open(&dir, &other);
        let unopened = router.unopened().unwrap();
        assert_eq!(unopened.len(), 1, "{unopened:?}");
        assert_eq!(unopened[0].0, "policies/team/main");
        let answer = put(&router, "more", &secret("sk-2"));
        assert_eq!(answer.status, 500, "nothing is sealed under a second key: {}", answer.body);
        let answer = put(&router, "main", &json!({ "kind": "api_key", "label": "x" }));
        assert_eq!(answer.status, 200, "what is no secret can be changed without the key");
        let answer = put(&router, "main", &json!({ "kind": "api_key", "refreshToken": "rt" }));
        assert_eq!(answer.status, 500, "what is there cannot be merged with: {}", answer.body);
        assert_ne!(*other.lock().unwrap(), Some(5), "no key is made where there was another");
    }
    assert_eq!(open(&dir, &held).unopened().unwrap(), [], "nothing was lost by trying");
}

#[test]
fn after_a_lost_key_grants_are_revoked_and_given_anew() {
    let (dir, held) = (tempfile::tempdir().unwrap(), Held::default());
    let router = open(&dir, &held);
    for name in ["one", "two"] {
        assert_eq!(put(&router, name, &secret("sk-1")).status, 200);
    }
    *held.lock().unwrap() = None;
    let router = open(&dir, &held);
    assert_eq!(put(&router, "one", &secret("sk-2")).status, 500);
    let path = "/v1/admin/upstream-grants/policies/team/two/revoke";
    assert_eq!(ask(&router, Caller::InProcess, "POST", path, &[], "").status, 200);
    *held.lock().unwrap() = Some(9);
    let router = open(&dir, &held);
    let mark = router.sealed().unwrap().key_mark;
    assert_eq!(put(&router, "one", &secret("sk-2")).status, 200, "it is the only one left");
    assert_ne!(router.sealed().unwrap().key_mark, mark);
    assert_eq!(put(&router, "two", &secret("sk-3")).status, 200);
    assert_eq!(router.unopened().unwrap(), []);
}

#[test]
fn members_that_nobody_knows_are_kept_and_not_shown() {
    let (dir, held) = (tempfile::tempdir().unwrap(), Held::default());
    let router = open(&dir, &held);
    let mut body = secret("sk-1");
    body["apiSecret"] = "canary-unknown-member".into();
    let answer = put(&router, "main", &body);
    assert!(!answer.body.to_string().contains("canary"), "{}", answer.body);
    drop(router);
    for file in ["router.db", "router.db-wal"] {
        let bytes = std::fs::read(dir.path().join(file)).unwrap_or_default();
        assert!(!bytes.windows(6).any(|part| part == b"canary"), "{file}");
    }
}
