//! Who loses by a change, on routers that know it only in part or not at all.

use serde_json::{Value, json};

use super::against;
use super::harness::Run;
use super::server::{Server, health, json as answer};

fn policy() -> Value {
    json!({ "policyId": "team", "enabled": true, "providers": ["openai"], "tenantId": "default",
        "tokenRole": "service", "monthlyBudgetMicros": 5_000_000, "requestCostMicros": null,
        "budgetScope": "policy", "retainRequestContent": true, "grantRouting": {} })
}

/// What a policy that is blocked is said to take away; nothing is sent.
fn blocked(usage: Option<Value>) -> Run {
    let policies = json!({ "policies": [policy()] }).to_string();
    let server = Server::start(move |line| match line.split(' ').nth(1).unwrap() {
        "/v1/health" => health(),
        "/v1/admin/policies" => answer("200 OK", &policies),
        "/v1/admin/credentials" => answer("200 OK", r#"{"credentials":[]}"#),
        "/v1/admin/usage" if usage.is_some() => {
            let usage = json!({ "policies": [], "keys": [], "usage": usage }).to_string();
            answer("200 OK", &usage)
        }
        _ => answer("500 Internal Server Error", r#"{"error":{"code":"x","message":"no"}}"#),
    });
    against(&server, &["policy", "set", "team", "--budget", "0", "--dry-run"])
}

fn event(status: &str) -> Value {
    json!({ "id": "u", "occurred_at_ms": 4_102_444_800_000_i64, "policy_id": "team",
        "credential_id": "bobby", "provider": "openai", "status": status })
}

#[test]
fn a_sample_of_the_usage_is_called_one() {
    let usage = |of: u64| {
        let events = [event("success"), event("denied"), event("success")];
        json!({ "summary": { "requestCount": of }, "events": events })
    };
    let whole = blocked(Some(usage(3)));
    assert_eq!(whole.code, Some(0), "{whole}");
    assert!(whole.stdout.contains("BLOCKS: a budget of zero"), "{whole}");
    assert!(whole.stdout.contains("bobby used it 2 times this month"), "{whole}");
    let sampled = blocked(Some(usage(130)));
    assert!(sampled.stdout.contains("bobby used it 2 times in the newest 3 requests"), "{sampled}");
}

#[test]
fn usage_that_cannot_be_read_stops_no_change_and_is_not_taken_for_none() {
    let run = blocked(None);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("who uses it is unknown"), "{run}");
    assert!(!run.stdout.contains("nobody"), "{run}");
}
