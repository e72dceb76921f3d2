//! Extension `usage.query` from the outside, and what was kept of a request.

use serde_json::{Value, json};

use super::House;
use crate::store::contents::{self, ContentRecord};
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::UsageEvent;

/// Noon of the day on which the clock of the tests stands.
const NOON_MS: i64 = 1_795_176_000_000;
const HOUR_MS: i64 = 3_600_000;

fn event(id: u64, hours_ago: i64, members: Value) -> UsageEvent {
    let mut event = json!({
        "id": format!("usage_{id}"), "type": "clawrouter.usage.v1",
        "occurred_at_ms": NOON_MS - hours_ago * HOUR_MS, "tenant_id": "default",
        "policy_id": "team", "credential_id": "alice", "provider": "openai",
        "model": "openai/gpt-5.5", "capability": "llm.chat", "request_id": format!("call-{id}"),
        "input_tokens": 10, "output_tokens": 5, "total_tokens": 15, "cached_input_tokens": 4,
        "actual_cost_micros": 100, "status": "success",
    });
    for (name, value) in members.as_object().unwrap() {
        event[name] = value.clone();
    }
    serde_json::from_value(event).unwrap()
}

/// Six requests of three days.
fn house() -> House {
    let house = House::new();
    for event in [
        event(1, 50, json!({"project_id": "web", "session_id": "s1"})),
        event(2, 26, json!({"policy_id": "rest", "credential_id": "bob", "actual_cost_micros": 7})),
        event(3, 25, json!({"project_id": "web", "agent_id": "a", "client": "openclaw"})),
        event(4, 2, json!({"status": "denied", "actual_cost_micros": 0, "model": null})),
        event(5, 1, json!({"provider": "xai", "capability": "llm.responses"})),
        event(6, 1, json!({"tenant_id": "acme", "principal_id": "ada@x", "project_id": "web"})),
    ] {
        house.router.record_usage(&event).unwrap();
    }
    house
}

fn ids(house: &House, query: &str) -> Vec<String> {
    house.does(&format!("GET usage/events{query}"), json!({}), json!({})).ids("events", "id")
}

#[test]
fn every_parameter_filters() {
    let house = house();
    let check = |query: &str, expected: &[u64]| {
        let expected: Vec<_> = expected.iter().map(|id| format!("usage_{id}")).collect();
        assert_eq!(ids(&house, query), expected, "{query}");
    };
    check("", &[6, 5, 4, 3, 2, 1]);
    check("?order=asc", &[1, 2, 3, 4, 5, 6]);
    check("?limit=2", &[6, 5]);
    let (since, until) = (NOON_MS - 26 * HOUR_MS, NOON_MS - 2 * HOUR_MS);
    check(&format!("?since={since}&until={until}"), &[3, 2]);
    check("?tenant=acme", &[6]);
    check("?policy=rest", &[2]);
    check("?credential=bob", &[2]);
    check("?principal=ada%40x", &[6]);
    check("?provider=xai", &[5]);
    check("?model=openai/gpt-5.5&policy=team", &[6, 5, 3, 1]);
    check("?capability=llm.responses", &[5]);
    check("?project=web&order=asc", &[1, 3, 6]);
    check("?session=s1", &[1]);
    check("?agent=a", &[3]);
    check("?client=openclaw", &[3]);
    check("?status=denied", &[4]);
    check("?request=call-3", &[3]);
    check("?policy=nobody", &[]);
}

#[test]
fn a_query_says_what_it_covers() {
    let house = house();
    let window = |query: &str| {
        house.does(&format!("GET usage/events{query}"), json!({}), json!({})).body["window"].clone()
    };
    let retained = NOON_MS - 90 * 24 * HOUR_MS;
    assert_eq!(
        window(""),
        json!({"sinceMs": retained, "untilMs": NOON_MS + 1, "retainedSinceMs": retained})
    );
    assert_eq!(
        window("?since=0&until=5"),
        json!({"sinceMs": retained, "untilMs": 5, "retainedSinceMs": retained})
    );
    // What is older than that is gone, even where it still is in the file.
    house.later(90 * 86_400 - 25 * 3600);
    assert_eq!(ids(&house, "?order=asc&since=0"), ["usage_3", "usage_4", "usage_5", "usage_6"]);
    let groups = house.does("GET usage/groups?by=policy", json!({}), json!({}));
    assert_eq!(groups.body["groups"][0]["requestCount"], 4);
}

#[test]
fn a_follower_misses_nothing_and_sees_nothing_twice() {
    let house = house();
    let mut cursor = None;
    let mut follow = || {
        let from = cursor.as_ref().map_or_else(String::new, |cursor| format!("&cursor={cursor}"));
        let request = format!("GET usage/events?order=asc&limit=4&policy=team{from}");
        let page = house.does(&request, json!({}), json!({}));
        cursor = Some(page.body["nextCursor"].as_str().unwrap().to_owned());
        page.ids("events", "id")
    };
    assert_eq!(follow(), ["usage_1", "usage_3", "usage_4", "usage_5"]);
    assert_eq!(follow(), ["usage_6"]);
    assert_eq!(follow(), [""; 0]);
    // One that began earlier and ended late, and one of somebody else.
    house.router.record_usage(&event(7, 30, json!({}))).unwrap();
    house.router.record_usage(&event(8, 0, json!({"policy_id": "rest"}))).unwrap();
    assert_eq!(follow(), ["usage_7"]);
    assert_eq!(follow(), [""; 0]);
}

#[test]
fn pages_go_back_to_the_oldest_and_end() {
    let house = house();
    let first = house.does("GET usage/events?limit=4", json!({}), json!({}));
    let cursor = first.body["nextCursor"].as_str().unwrap();
    // What comes in between belongs to no later page.
    house.router.record_usage(&event(9, 0, json!({}))).unwrap();
    let request = format!("GET usage/events?limit=4&cursor={cursor}");
    let last = house.does(&request, json!({}), json!({"nextCursor": null}));
    assert_eq!(last.ids("events", "id"), ["usage_2", "usage_1"]);
}

#[test]
fn a_parameter_that_means_nothing_is_refused_by_its_name() {
    let house = house();
    let check = |query: &str, name: &str| {
        let answer = house.admin(&format!("GET usage/{query}"), "");
        assert_eq!((answer.status, answer.code()), (400, "invalid_usage_query"), "{query}");
        let message = answer.body["error"]["message"].as_str().unwrap();
        assert!(message.starts_with(&format!("`{name}` ")), "{query}: {message}");
    };
    check("events?polcy=team", "polcy");
    check("events?since=yesterday", "since");
    check("events?until=1.5", "until");
    check("events?limit=0", "limit");
    check("events?limit=10001", "limit");
    check("events?limit=-1", "limit");
    check("events?order=newest", "order");
    check("events?cursor=x", "cursor");
    check("events?cursor=a5", "cursor");
    check("events?order=asc&cursor=b5.5", "cursor");
    check("events?policy=", "policy");
    check("events?policy=a&policy=b", "policy");
    check("events?by=day", "by");
    check("groups?by=colour", "by");
    check("groups?by=day,day", "by");
    check("groups?by=day,", "by");
    check("groups?by=day&limit=5", "limit");
    check("groups?by=day&%0a%1b=1", "\\n\\u{1b}");
    house.refuses("POST usage/events", "{}", 404, "route_not_found");
}

#[test]
fn groups_agree_in_every_dimension_and_the_dearest_is_first() {
    let house = house();
    let groups = |query: &str| {
        let answer = house.does(&format!("GET usage/groups{query}"), json!({}), json!({}));
        answer.body["groups"].as_array().unwrap().clone()
    };
    let brief = |query: &str| -> Vec<Value> {
        groups(query)
            .iter()
            .map(|group| json!([group["key"], group["requestCount"], group["actualCostMicros"]]))
            .collect()
    };
    assert_eq!(
        groups("?by=policy,tenant")[0],
        json!({
            "key": {"policy": "team", "tenant": "default"}, "requestCount": 4, "successCount": 3,
            "errorCount": 1, "inputTokens": 40, "outputTokens": 20, "totalTokens": 60,
            "cachedInputTokens": 16, "actualCostMicros": 300,
            "firstMs": NOON_MS - 50 * HOUR_MS, "lastMs": NOON_MS - HOUR_MS,
        })
    );
    assert_eq!(
        brief("?by=day"),
        [
            json!([{"day": "2026-11-20"}, 3, 200]),
            json!([{"day": "2026-11-19"}, 2, 107]),
            json!([{"day": "2026-11-18"}, 1, 100]),
        ]
    );
    assert_eq!(
        brief("?by=project,status&policy=team"),
        [
            json!([{"project": "web", "status": "success"}, 3, 300]),
            json!([{"project": null, "status": "success"}, 1, 100]),
            json!([{"project": null, "status": "denied"}, 1, 0]),
        ]
    );
    assert_eq!(brief("?by=hour&credential=bob")[0][0], json!({"hour": "2026-11-19T10:00Z"}));
    assert_eq!(brief("?by=month"), [json!([{"month": "2026-11"}, 6, 407])]);
    assert_eq!(brief(""), [json!([{}, 6, 407])]);
    assert_eq!(brief("?policy=nobody"), [Value::Null; 0]);
    let (since, until) = (NOON_MS - 26 * HOUR_MS, NOON_MS - 2 * HOUR_MS);
    assert_eq!(
        brief(&format!("?by=provider&since={since}&until={until}")),
        [json!([{"provider": "openai"}, 2, 107])]
    );
}

#[test]
fn only_an_administrator_asks_for_everything() {
    let house = house();
    for path in ["usage/events", "usage/groups?by=day"] {
        let answer = house.network(&format!("GET /v1/admin/{path}"), &[]);
        assert_eq!((answer.status, answer.code()), (401, "admin_unauthorized"));
    }
}

#[test]
fn what_was_enqueued_is_seen_by_the_next_read() {
    let house = house();
    let key = house.issue("team", json!({"providers": ["openai"]}));
    house.router.core.store.settle(None, Micros::ZERO, event(10, 0, json!({})));
    assert_eq!(ids(&house, "?limit=1"), ["usage_10"]);
    house.router.core.store.settle(None, Micros::ZERO, event(11, 0, json!({})));
    let own = house.with_key("/v1/usage", &key);
    assert_eq!(own.body["usage"]["events"][0]["id"], "usage_11");
    house.router.core.store.settle(None, Micros::ZERO, event(12, 0, json!({})));
    let all = house.does("GET usage", json!({}), json!({}));
    assert_eq!(all.body["usage"]["events"][0]["id"], "usage_12");
}

#[test]
fn a_retained_request_is_found_by_tenant_and_name() {
    let house = House::new();
    let kept = json!({"version": "clawrouter.retained-request.v1", "body": {"messages": []}});
    let record = ContentRecord {
        reference: "content_1".to_owned(),
        tenant: "a/b".to_owned(),
        expires_at: "2026-12-20T12:00:00Z".parse().unwrap(),
        json: kept.to_string(),
    };
    house.router.core.store.write(|db| contents::put(db, &record)).unwrap();
    let found = house.does("GET content?tenant=a%2Fb&ref=content_1", json!({}), json!({}));
    assert_eq!(found.body, kept);
    assert_eq!(found.header("cache-control"), Some("no-store"));
    house.refuses("GET content?tenant=a&ref=content_1", "", 404, "content_not_found");
    house.refuses("GET content?tenant=&ref=content_1", "", 400, "invalid_content_lookup");
    house.later(30 * 86_400);
    house.refuses("GET content?tenant=a%2Fb&ref=content_1", "", 404, "content_not_found");
}
