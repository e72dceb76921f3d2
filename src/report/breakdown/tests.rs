use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use clawctl_wire::usage_query::QueryWindow;

const NOW_MS: i64 = 1_795_200_000_000;

fn event(n: i64, policy: &str, model: Option<&str>, cost: u64) -> Value {
    json!({
        "id": n.to_string(), "occurred_at_ms": NOW_MS - n * 3_600_000, "policy_id": policy,
        "model": model, "provider": "openai", "status": if cost > 0 { "success" } else { "denied" },
        "input_tokens": 10, "output_tokens": null, "total_tokens": 12, "actual_cost_micros": cost,
    })
}

fn snapshot(requests: u64, events: Vec<Value>) -> UsageSnapshot {
    let value = json!({
        "summary": {"requestCount": requests}, "events": events,
        "providers": [{"provider": "openai", "requestCount": requests, "actualCostMicros": 7}],
        "daily": [{"dayStartMs": 1_795_132_800_000_i64, "requestCount": requests}],
    });
    serde_json::from_value(value).unwrap()
}

fn plain(by: &[Dimension], requests: u64, events: Vec<Value>, filter: UsageFilter) -> Breakdown {
    of_snapshot(by, &snapshot(requests, events), &filter, instant(NOW_MS))
}

/// The names in the order of the groups, with their requests.
fn shape(breakdown: &Breakdown) -> Vec<(String, u64)> {
    let name = |group: &Group| {
        let words: Vec<&str> = breakdown
            .by
            .iter()
            .map(|one| group.key[one.as_str()].as_deref().unwrap_or("none"))
            .collect();
        words.join(" ")
    };
    breakdown.groups.iter().map(|group| (name(group), group.sums.request_count)).collect()
}

fn some_events() -> Vec<Value> {
    vec![
        event(0, "team", Some("openai/a"), 5),
        event(1, "team", Some("openai/b"), 90),
        event(2, "team", Some("openai/a"), 5),
        event(3, "rest", None, 0),
    ]
}

#[test]
fn events_are_counted_by_every_dimension_at_once() {
    let by = [Dimension::Policy, Dimension::Model];
    let mut found = plain(&by, 4, some_events(), UsageFilter::default());
    found.sort(Sort::Cost);
    let named = |name: &str, count| (name.to_owned(), count);
    let expected = [named("team openai/b", 1), named("team openai/a", 2), named("rest none", 1)];
    assert_eq!(shape(&found), expected);
    assert_eq!(found.coverage, Coverage::Complete);
    assert_eq!(found.totals.actual_cost_micros, Micros(100));
    assert_eq!((found.totals.input_tokens, found.totals.output_tokens), (Some(40), Some(0)));
    assert_eq!((found.totals.success_count, found.totals.error_count), (3, 1));
    let shares: Vec<_> = found.groups.iter().map(|group| group.cost_share_permille).collect();
    assert_eq!(shares, [Some(900), Some(100), Some(0)]);
    let twice = &found.groups[1];
    assert_eq!(twice.first_at, Some(instant(NOW_MS - 7_200_000)));
    assert_eq!(twice.last_at, Some(instant(NOW_MS)));
    let json = serde_json::to_value(&found.groups[2]).unwrap();
    assert_eq!((&json["policy"], &json["model"]), (&json!("rest"), &Value::Null));
    assert_eq!(json["coverage"]["state"], "complete");
}

#[test]
fn a_hundred_of_many_is_said_to_be_a_sample() {
    let found = plain(&[Dimension::Policy], 130, some_events(), UsageFilter::default());
    let sampled = Coverage::Sampled { seen: 4, of: 130 };
    assert_eq!(found.coverage, sampled);
    assert!(found.groups.iter().all(|group| group.coverage == sampled));
}

#[test]
fn the_routers_own_sums_serve_while_nothing_is_filtered() {
    let filter = UsageFilter { policy: Some("team".to_owned()), ..UsageFilter::default() };
    for (by, name) in [(Dimension::Provider, "openai"), (Dimension::Day, "2026-11-20")] {
        let whole = plain(&[by], 130, some_events(), UsageFilter::default());
        assert_eq!(whole.coverage, Coverage::Complete);
        assert_eq!(shape(&whole), [(name.to_owned(), 130)]);
        assert_eq!(whole.totals.input_tokens, None, "not given is not zero");
        let part = plain(&[by], 130, some_events(), filter.clone());
        assert_eq!(part.coverage, Coverage::Sampled { seen: 4, of: 130 });
        assert_eq!(part.totals.request_count, 3);
    }
    let both =
        plain(&[Dimension::Provider, Dimension::Day], 130, some_events(), UsageFilter::default());
    assert_eq!(both.coverage, Coverage::Sampled { seen: 4, of: 130 });
}

#[test]
fn a_router_that_gives_no_days_is_counted_from_its_events() {
    let mut without = snapshot(130, some_events());
    without.daily = None;
    let filter = UsageFilter::default();
    let found = of_snapshot(&[Dimension::Day], &without, &filter, instant(NOW_MS));
    assert_eq!(found.coverage, Coverage::Sampled { seen: 4, of: 130 });
}

#[test]
fn a_router_that_counts_says_what_it_covers() {
    let page = |asked| {
        let window = QueryWindow { since_ms: 70_000, until_ms: 90_000, retained_since_ms: 70_000 };
        let group = json!({"key": {"model": null}, "requestCount": 3, "actualCostMicros": 8});
        let groups = vec![serde_json::from_value(group).unwrap()];
        let page = GroupPage { by: vec!["model".to_owned()], groups, window };
        of_page(&[Dimension::Model], page, asked)
    };
    assert_eq!(page(None).coverage, Coverage::Complete);
    assert_eq!(page(Some(0)).coverage, Coverage::Gap { before: instant(70_000) });
    assert_eq!(page(None).groups[0].cost_share_permille, Some(1000));
}

#[test]
fn the_most_are_kept_in_the_order_that_there_is() {
    let mut found = plain(&[Dimension::Hour], 4, some_events(), UsageFilter::default());
    found.sort(Sort::Name);
    found.keep(2, Sort::Name);
    let hours: Vec<_> = shape(&found).into_iter().map(|(hour, _)| hour).collect();
    assert_eq!(hours, ["2026-11-20T16:00Z", "2026-11-20T17:00Z"], "the dearest two, in order");
    assert_eq!(found.groups_left_out, 2);
    assert_eq!(found.totals.request_count, 4);
    found.keep(5, Sort::Cost);
    assert_eq!((found.groups.len(), found.groups_left_out), (2, 2));
}

#[test]
fn where_nothing_costs_there_are_no_shares() {
    let found =
        plain(&[Dimension::Policy], 1, vec![event(0, "p", None, 0)], UsageFilter::default());
    assert_eq!(found.groups[0].cost_share_permille, None);
}

proptest! {
    #[test]
    fn nothing_is_lost_between_groups_and_totals(
        made in prop::collection::vec((0..4_u8, 0..3_u8, 0..1000_u64), 0..60),
        keep in 0..10_usize,
    ) {
        let events: Vec<_> = made
            .iter()
            .enumerate()
            .map(|(n, (policy, model, cost))| {
                let model = (*model > 0).then(|| format!("m{model}"));
                event(i64::try_from(n).unwrap(), &format!("p{policy}"), model.as_deref(), *cost)
            })
            .collect();
        let by = [Dimension::Policy, Dimension::Model];
        let count = events.len() as u64;
        let mut found = plain(&by, count, events, UsageFilter::default());
        let total: u64 = made.iter().map(|(.., cost)| cost).sum();
        prop_assert_eq!(found.totals.actual_cost_micros, Micros(total));
        prop_assert_eq!(found.totals.request_count, count);
        let sum = |groups: &[Group]| groups.iter().map(|g| g.sums.request_count).sum::<u64>();
        prop_assert_eq!(sum(&found.groups), count);
        let shares = found.groups.iter().filter_map(|group| group.cost_share_permille);
        prop_assert!(shares.sum::<u64>() <= 1000);
        let all = found.groups.len();
        found.sort(Sort::Cost);
        prop_assert!(found.groups.is_sorted_by_key(|g| Reverse(g.sums.actual_cost_micros)));
        found.keep(keep, Sort::Cost);
        prop_assert_eq!(found.groups.len() + found.groups_left_out, all);
        prop_assert_eq!(found.totals.request_count, count);
    }
}
