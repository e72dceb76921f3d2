//! Budgets and usage, read from what forwarding will write.

use serde_json::{Value, json};

use super::House;
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::UsageEvent;

const DAY_MS: i64 = 86_400_000;
/// The day on which the clock of the tests stands.
const TODAY_MS: i64 = 1_795_132_800_000;

fn event(id: usize, ms: i64, policy: &str, members: Value) -> UsageEvent {
    let mut event = json!({
        "id": format!("usage_{id}"), "type": "clawrouter.usage.v1", "occurred_at_ms": ms,
        "tenant_id": "default", "policy_id": policy, "provider": "openai",
        "input_tokens": 10, "output_tokens": 5, "total_tokens": 15, "actual_cost_micros": 100,
        "status": "success",
    });
    for (name, value) in members.as_object().unwrap() {
        event[name] = value.clone();
    }
    serde_json::from_value(event).unwrap()
}

#[test]
fn sums_cover_thirty_days_and_events_are_the_newest_hundred() {
    let house = House::new();
    let key = house.issue("team", json!({"providers": ["openai"]}));
    house.issue("rest", json!({"providers": ["openai"]}));
    for n in 0..130 {
        let at = TODAY_MS + i64::try_from(n).unwrap();
        house.router.record_usage(&event(n, at, "team", json!({}))).unwrap();
    }
    let failed = json!({"status": "provider_error", "provider": "xai", "actual_cost_micros": 0});
    let yesterday = TODAY_MS - 1;
    house.router.record_usage(&event(130, yesterday, "team", failed)).unwrap();
    house.router.record_usage(&event(131, TODAY_MS - 29 * DAY_MS, "rest", json!({}))).unwrap();
    // Thirty days ago to the millisecond, and the one before: the window is not one of whole days.
    let start = TODAY_MS + DAY_MS / 2 - 30 * DAY_MS;
    house.router.record_usage(&event(132, start, "rest", json!({}))).unwrap();
    house.router.record_usage(&event(133, start - 1, "rest", json!({}))).unwrap();
    // The same event again is the same event.
    house.router.record_usage(&event(7, TODAY_MS + 7, "team", json!({}))).unwrap();

    let own = house.with_key("/v1/usage", &key);
    assert_eq!(own.body["policyId"], "team");
    let usage = &own.body["usage"];
    assert_eq!(
        usage["summary"],
        json!({
            "requestCount": 131, "successCount": 130, "errorCount": 1, "inputTokens": 1310,
            "outputTokens": 655, "totalTokens": 1965, "actualCostMicros": 13_000,
        })
    );
    assert_eq!(
        usage["providers"],
        json!([
            {"provider": "openai", "requestCount": 130, "successCount": 130, "errorCount": 0,
             "totalTokens": 1950, "actualCostMicros": 13_000},
            {"provider": "xai", "requestCount": 1, "successCount": 0, "errorCount": 1,
             "totalTokens": 15, "actualCostMicros": 0},
        ])
    );
    let days: Vec<_> =
        usage["daily"].as_array().unwrap().iter().map(|day| &day["dayStartMs"]).collect();
    assert_eq!(days, [&json!(TODAY_MS - DAY_MS), &json!(TODAY_MS)]);
    let events = usage["events"].as_array().unwrap();
    assert_eq!(events.len(), 100);
    assert_eq!((&events[0]["id"], &events[99]["id"]), (&json!("usage_129"), &json!("usage_30")));
    let newest = event(129, TODAY_MS + 129, "team", json!({}));
    assert_eq!(events[0], serde_json::to_value(newest).unwrap());

    let all = house.does("GET usage", json!({}), json!({}));
    assert_eq!(all.body["usage"]["summary"]["requestCount"], 133);
    assert_eq!(all.ids("policies", "kid"), ["rest", "team"]);
    assert_eq!(all.body["policies"], all.body["keys"]);
}

#[test]
fn history_stays_with_the_tenant_that_it_was_made_in() {
    let house = House::new();
    let key = house.issue("team", json!({"providers": ["openai"]}));
    house.router.record_usage(&event(1, TODAY_MS, "team", json!({}))).unwrap();
    house.does("PUT policies/team", json!({"providers": ["openai"], "tenantId": "t"}), json!({}));
    let own = house.with_key("/v1/usage", &key);
    assert_eq!(own.body["usage"]["summary"]["requestCount"], 0);
    // An administrator goes on seeing it; in the original it is out of sight.
    let all = house.does("GET usage", json!({}), json!({}));
    assert_eq!(all.body["usage"]["summary"]["requestCount"], 1);
}

#[test]
fn a_budget_says_what_is_left() {
    let house = House::new();
    let key = house.issue("team", json!({"providers": ["openai"]}));
    let check = |policy: Value, budget: Value| {
        house.does("PUT policies/team", policy, json!({}));
        assert_eq!(house.with_key("/v1/usage", &key).body["budget"], budget);
        let all = house.does("GET usage", json!({}), json!({}));
        assert_eq!(all.row("policies", "kid", "team")["budget"], budget);
    };
    check(
        json!({"providers": ["openai"]}),
        json!({
            "configured": false, "ledger": "unmetered", "windowKey": null, "limitMicros": null,
            "spentMicros": null, "remainingMicros": null,
        }),
    );
    house.router.record_spend("policy:default/team/2026-11", Micros(300)).unwrap();
    house.router.record_spend("policy:default/team/2026-11", Micros(400)).unwrap();
    let counted = |limit: u64, ledger: &str, remaining: u64| {
        json!({
            "configured": true, "ledger": ledger, "windowKey": "default/team/2026-11",
            "limitMicros": limit, "spentMicros": 700, "remainingMicros": remaining,
        })
    };
    let limited = |limit: u64| json!({"providers": ["openai"], "monthlyBudgetMicros": limit});
    check(limited(1000), counted(1000, "durable_object", 300));
    check(limited(500), counted(500, "durable_object", 0));
    check(limited(0), counted(0, "blocked", 0));
    // A new month and a new tenant each have a ledger of their own.
    house.does("PUT policies/team", limited(1000), json!({}));
    house.later(11 * 86_400);
    let december = house.with_key("/v1/usage", &key);
    assert_eq!(december.body["budget"]["windowKey"], "default/team/2026-12");
    assert_eq!(december.body["budget"]["spentMicros"], 0);
}

#[test]
fn a_principal_scoped_budget_is_counted_for_each_apart() {
    let house = House::new();
    let policy = json!({
        "providers": ["openai"], "monthlyBudgetMicros": 1000, "budgetScope": "principal",
    });
    let key = house.issue("team", policy);
    let body = json!({
        "secretSha256": "ab".repeat(32), "policyId": "team", "principalId": "ada@localhost",
    });
    house.does("PUT credentials/ada1", body.clone(), json!({}));
    house.does("PUT credentials/ada2", body, json!({}));
    house.router.record_spend("policy:default/team/ada@localhost/2026-11", Micros(250)).unwrap();
    house.router.record_spend("policy:default/team/2026-11", Micros(999)).unwrap();
    let share = |principal: &str, spent: u64| {
        json!({
            "principal": principal, "configured": true, "ledger": "durable_object",
            "windowKey": format!("default/team/{principal}/2026-11"), "limitMicros": 1000,
            "spentMicros": spent, "remainingMicros": 1000 - spent,
        })
    };
    let all = house.does("GET usage", json!({}), json!({}));
    let budget = &all.row("policies", "kid", "team")["budget"];
    assert_eq!(budget["ledger"], "per_principal");
    assert_eq!(budget["limitMicros"], 1000);
    assert_eq!(budget["breakdown"], json!([share("ada@localhost", 250), share("team", 0)]));
    let own = house.with_key("/v1/usage", &key);
    assert_eq!(own.body["budget"]["windowKey"], "default/team/team/2026-11");
    assert_eq!(own.body["budget"]["spentMicros"], 0);
}
