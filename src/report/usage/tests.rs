use serde_json::{Value, json};

use super::*;

fn now() -> Timestamp {
    "2026-11-20T19:30:00Z".parse().unwrap()
}

fn event(policy: &str, provider: &str, status: &str, at: &str) -> Value {
    let at: Timestamp = at.parse().unwrap();
    json!({
        "policy_id": policy, "provider": provider, "status": status,
        "occurred_at_ms": at.as_millisecond(), "input_tokens": 11, "output_tokens": null,
        "total_tokens": 18, "actual_cost_micros": 5,
    })
}

/// What an admin is answered: `requests` in all, and these of them as events.
fn usage(requests: u64, events: Vec<Value>) -> AdminUsage {
    serde_json::from_value(json!({
        "policies": [], "keys": [],
        "usage": { "summary": { "requestCount": requests }, "events": events },
    }))
    .unwrap()
}

fn events() -> Vec<Value> {
    vec![
        event("team", "openai", "success", "2026-11-20T01:00:00Z"),
        event("team", "openai", "provider_error", "2026-11-19T23:59:59Z"),
        event("other", "openai", "success", "2026-11-19T12:00:00Z"),
        event("team", "xai", "success", "2026-11-19T00:00:00Z"),
    ]
}

#[test]
fn while_all_events_are_there_a_policy_is_seen_whole() {
    let report = of_policy(&usage(4, events()), "team", now());
    assert_eq!(report.summary.coverage, Coverage::Complete);
    let summary = report.summary.value.unwrap();
    assert_eq!((summary.request_count, summary.success_count, summary.error_count), (3, 2, 1));
    assert_eq!((summary.input_tokens, summary.output_tokens), (33, 0));
    assert_eq!(summary.actual_cost_micros, Micros(15));
    let providers = report.providers.value.unwrap();
    let read: Vec<_> =
        providers.iter().map(|row| (row.provider.as_str(), row.request_count)).collect();
    assert_eq!(read, [("openai", 2), ("xai", 1)]);
    let days: Vec<_> = report.daily.value.unwrap().iter().map(|day| day.request_count).collect();
    assert_eq!(days, [2, 1]);
}

#[test]
fn beyond_that_it_is_a_sample_and_has_no_days() {
    let report = of_policy(&usage(130, events()), "team", now());
    let sampled = Coverage::Sampled { seen: 4, of: 130 };
    assert_eq!((&report.summary.coverage, &report.events), (&sampled, &sampled));
    assert_eq!(report.summary.value.unwrap().request_count, 3);
    assert_eq!(report.daily, Part::unavailable(DAYS_OF_ALL));
    let json = serde_json::to_value(&report.daily).unwrap();
    assert!(json["value"].is_null() && json["coverage"]["state"] == "unavailable");
}

#[test]
fn missing_days_are_not_days_without_requests() {
    let report = of_all(&usage(130, events()), &[], false, now());
    assert_eq!(report.daily, Part::unavailable(NO_DAYS));
    assert_eq!(report.summary.coverage, Coverage::Complete);
    assert_eq!(report.events, Coverage::Sampled { seen: 4, of: 130 });
}

#[test]
fn a_day_that_is_not_listed_had_no_request() {
    let window = Interval::days(now());
    let day: Timestamp = "2026-11-19T00:00:00Z".parse().unwrap();
    let listed = DailyUsage {
        day_start_ms: day.as_millisecond(),
        request_count: 7,
        ..DailyUsage::default()
    };
    let days = every_day(&[listed], window);
    assert_eq!(days.len(), 30);
    assert_eq!(days[28].request_count, 7);
    assert_eq!(days.iter().map(|day| day.request_count).sum::<u64>(), 7);
    assert_eq!(days[0].day_start_ms, window.from.as_millisecond());
}
