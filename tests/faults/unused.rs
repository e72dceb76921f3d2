//! Which keys are unused, on routers that know it and on one that does not.

use serde_json::{Value, json};

use super::against;
use super::server::{Server, health, json as answer};

fn key(id: &str, more: Value) -> Value {
    let mut key = json!({ "credentialId": id, "policyId": "team", "enabled": true,
        "policyEnabled": true, "generationMatches": true, "active": true, "principalId": null });
    key.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    key
}

fn router(extensions: &[&str], keys: Value, usage: Value) -> Server {
    let known = json!({ "ok": true, "extensions": extensions }).to_string();
    let keys = json!({ "credentials": keys }).to_string();
    let usage = json!({ "policies": [], "keys": [], "usage": usage }).to_string();
    let plain = extensions.is_empty();
    Server::start(move |line| match line.split(' ').nth(1).unwrap() {
        "/v1/health" if plain => health(),
        "/v1/health" => answer("200 OK", &known),
        "/v1/admin/credentials" => answer("200 OK", &keys),
        _ => answer("200 OK", &usage),
    })
}

fn unused(server: &Server) -> (Option<i32>, Vec<String>, String) {
    let run = against(server, &["key", "list", "--unused", "30d", "-o", "json"]);
    let rows: Value = serde_json::from_str(&run.stdout).unwrap();
    let ids = rows.as_array().unwrap().iter();
    let ids = ids.map(|row| row["credentialId"].as_str().unwrap().to_owned()).collect();
    (run.code, ids, run.stderr)
}

const LONG_AGO: &str = "2020-01-01T00:00:00Z";
const YET_TO_COME: &str = "2100-01-01T00:00:00Z";

#[test]
fn a_router_that_notes_uses_is_believed() {
    let keys = json!([
        key("never", json!({ "createdAt": LONG_AGO })),
        key("once", json!({ "createdAt": LONG_AGO, "lastUsedAt": LONG_AGO })),
        key("used", json!({ "createdAt": LONG_AGO, "lastUsedAt": YET_TO_COME })),
        key("young", json!({ "createdAt": YET_TO_COME })),
    ]);
    let server = router(&["credential.metadata"], keys, json!({}));
    let (code, ids, _) = unused(&server);
    assert_eq!((code, ids), (Some(0), vec!["never".to_owned(), "once".to_owned()]));
}

#[test]
fn elsewhere_the_events_say_what_they_can() {
    let keys = || json!([key("quiet", json!({})), key("busy", json!({}))]);
    let used = |key: &str, ms: i64| json!({ "id": "u", "occurred_at_ms": ms, "key_id": key });
    let event = used("busy", 4_102_444_800_000);
    // All that there was in thirty days is among the events.
    let whole = json!({ "summary": { "requestCount": 1 }, "events": [event] });
    let (code, ids, _) = unused(&router(&[], keys(), whole));
    assert_eq!((code, ids), (Some(0), vec!["quiet".to_owned()]));
    // They are the newest of many, so the other key may be among those that are not shown.
    let part = json!({ "summary": { "requestCount": 900 }, "events": [event] });
    let (code, ids, said) = unused(&router(&[], keys(), part));
    assert_eq!((code, ids), (Some(7), vec!["quiet".to_owned()]));
    assert!(said.contains("reach back to"), "{said}");
}
