//! Events against what one would count by hand.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use proptest::prelude::*;

use super::super::events::{self, Dimension, Start, Whose};
use super::super::{Db, Store};
use super::{event, now, open, scratch};
use clawctl_wire::usage_event::{EventStatus, UsageEvent};
use clawctl_wire::usage_query::UsageFilter;

const MINUTE_MS: i64 = 60_000;
const DAY_MS: i64 = 24 * 60 * MINUTE_MS;

/// Each from the smallest part of what can differ between two events.
fn some_event() -> impl Strategy<Value = UsageEvent> {
    let when = (0..45 * DAY_MS, prop_oneof![Just(0), Just(1), Just(-1)]);
    (when, 0..3u8, 0..2u8, any::<bool>(), 0..1000u64).prop_map(
        |((ago, edge), policy, provider, success, tokens)| {
            let mut event = event("");
            // Many at the very edge of an hour.
            let at = now().as_millisecond() - ago;
            event.occurred_at_ms =
                if edge == 0 { at } else { at - at.rem_euclid(60 * MINUTE_MS) + edge };
            event.policy_id = format!("p{policy}");
            event.tenant_id = format!("t{}", policy % 2);
            event.provider = format!("q{provider}");
            event.model = success.then(|| format!("m{provider}"));
            event.status = if success { EventStatus::Success } else { EventStatus::ProviderError };
            event.input_tokens = (tokens > 0).then_some(tokens);
            event.total_tokens = event.input_tokens;
            event.cached_input_tokens = event.input_tokens.map(|tokens| tokens / 2);
            event.actual_cost_micros.0 = tokens;
            event
        },
    )
}

fn some_events() -> impl Strategy<Value = Vec<UsageEvent>> {
    proptest::collection::vec(some_event(), 1..120).prop_map(|mut events| {
        for (number, event) in events.iter_mut().enumerate() {
            event.id = format!("usage_{number}");
        }
        events
    })
}

fn stored(store: &Store, all: &[UsageEvent]) {
    let add = |db: &Db| all.iter().try_for_each(|event| events::insert(db, event));
    store.write(add).unwrap();
}

/// Clients choose some of these texts, and a list of events holds a hundred.
#[test]
fn no_text_of_an_event_is_kept_whole_that_is_too_long() {
    const ROW_BYTES_MAX: usize = 16 * 1024;
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let mut plain = serde_json::to_value(event("usage_0")).unwrap();
    let members = plain.as_object_mut().unwrap();
    let texts: Vec<_> = members.iter().filter(|(_, value)| !value.is_number()).collect();
    let names: Vec<_> = texts.into_iter().map(|(name, _)| name.clone()).collect();
    // A count or a truth that is no text refuses to be one.
    let long = "ä".repeat(1_000_000);
    let mut written = Vec::new();
    for (number, name) in names.iter().map(String::as_str).chain(["a_newer_member"]).enumerate() {
        let mut value = serde_json::to_value(event(&format!("usage_{number}"))).unwrap();
        value[name] = long.clone().into();
        if let Ok(event) = serde_json::from_value::<UsageEvent>(value) {
            written.push(name.to_owned());
            stored(&store, &[event]);
        }
    }
    for name in ["model", "request_id", "principal_id", "session_id", "status", "a_newer_member"] {
        assert!(written.iter().any(|written| written == name), "{name} of {written:?}");
    }
    let snapshot = store.read(|db| events::snapshot(db, Whose::Everyone, now())).unwrap();
    assert_eq!(snapshot.events.len(), written.len());
    for event in &snapshot.events {
        let kept = serde_json::to_string(event).unwrap();
        assert!(kept.len() < ROW_BYTES_MAX, "{} bytes: {}", kept.len(), &kept[..400]);
    }
    let cut = snapshot.events.iter().filter(|event| {
        event["model"].as_str().is_some_and(|model| model.starts_with('ä') && model.ends_with('…'))
    });
    assert_eq!(cut.count(), 1);
}

/// What a provider reports is not to be trusted, and a sum of it must still be told.
#[test]
fn no_sum_overflows_whatever_was_reported() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let absurd = |number: i64| {
        let mut event = event(&format!("usage_{number}"));
        event.occurred_at_ms -= number * 1_000;
        event.model = Some("m".to_owned());
        event.actual_cost_micros.0 = u64::MAX;
        (event.input_tokens, event.output_tokens) = (Some(u64::MAX), Some(u64::MAX));
        (event.total_tokens, event.cached_input_tokens) = (Some(u64::MAX), Some(u64::MAX));
        event
    };
    stored(&store, &(0..2_100).map(absurd).collect::<Vec<_>>());
    // As an earlier version would have kept them.
    let undo = |db: &Db| {
        for table in ["usage_events SET actual_cost_micros", "usage_sums SET cost_micros"] {
            db.execute(&format!("UPDATE {table} = 9007199254740991"), ())?;
        }
        Ok::<_, crate::StoreError>(())
    };
    for round in 0..2 {
        for dimension in ["model", "policy", "hour"] {
            let by = [Dimension::named(dimension).unwrap()];
            let read = |db: &Db| events::groups(db, &UsageFilter::default(), 0, &by, 10);
            let groups = store.read(read).unwrap();
            assert!(groups[0].actual_cost_micros.0 > 0, "{round} {dimension}");
            assert!(groups[0].actual_cost_micros.0 <= clawctl_wire::money::MICROS_MAX);
        }
        store.read(|db| events::snapshot(db, Whose::Everyone, now())).unwrap();
        store.write(undo).unwrap();
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn a_snapshot_is_of_thirty_days_to_the_millisecond(all in some_events(), whose in 0..4u8) {
        let (_dir, path) = scratch();
        let store = open(&path).unwrap();
        stored(&store, &all);
        let (tenant, policy) = (format!("t{}", whose % 2), format!("p{whose}"));
        let (meant, whose) = if whose == 3 {
            (all.iter().collect::<Vec<_>>(), Whose::Everyone)
        } else {
            let own = all.iter().filter(|event| event.policy_id == policy).collect();
            (own, Whose::Policy { tenant: &tenant, policy: &policy })
        };
        let snapshot = store.read(|db| events::snapshot(db, whose, now())).unwrap();
        let now_ms = now().as_millisecond();
        let recent: Vec<_> = meant
            .iter()
            .filter(|event| event.occurred_at_ms >= now_ms - 30 * DAY_MS)
            .collect();
        let summary = &snapshot.summary;
        prop_assert_eq!(summary.request_count, recent.len() as u64);
        let tokens = |event: &UsageEvent| event.input_tokens.unwrap_or(0);
        let spent: u64 = recent.iter().map(|event| event.actual_cost_micros.0).sum();
        prop_assert_eq!(summary.actual_cost_micros.0, spent);
        prop_assert_eq!(summary.input_tokens, recent.iter().map(|event| tokens(event)).sum::<u64>());
        let succeeded = |event: &&&&UsageEvent| event.status == EventStatus::Success;
        prop_assert_eq!(summary.success_count, recent.iter().filter(succeeded).count() as u64);
        let shares: u64 = snapshot.providers.iter().map(|share| share.request_count).sum();
        prop_assert_eq!(shares, summary.request_count);
        let midnight = now_ms - now_ms.rem_euclid(DAY_MS) - 29 * DAY_MS;
        let mut days = BTreeMap::<i64, u64>::new();
        for event in meant.iter().filter(|event| event.occurred_at_ms >= midnight) {
            *days.entry(event.occurred_at_ms - event.occurred_at_ms.rem_euclid(DAY_MS))
                .or_default() += 1;
        }
        let daily = snapshot.daily.unwrap();
        let shown: BTreeMap<_, _> =
            daily.iter().map(|day| (day.day_start_ms, day.request_count)).collect();
        prop_assert_eq!(shown, days);
        prop_assert_eq!(snapshot.events.len(), recent.len().min(100));
    }

    #[test]
    fn groups_are_the_same_from_sums_as_from_events(
        all in some_events(),
        since in proptest::option::of(0..50 * DAY_MS),
        until in proptest::option::of(0..50 * DAY_MS),
        policy in proptest::option::of(0..3u8),
    ) {
        let (_dir, path) = scratch();
        let store = open(&path).unwrap();
        stored(&store, &all);
        let ago = |ms: i64| now().as_millisecond() - ms;
        let filter = UsageFilter {
            since: since.map(ago),
            until: until.map(ago),
            policy: policy.map(|policy| format!("p{policy}")),
            ..UsageFilter::default()
        };
        let retained = ago(40 * DAY_MS);
        let groups = |by: &[&str]| {
            let by: Vec<_> = by.iter().map(|name| Dimension::named(name).unwrap()).collect();
            store.read(|db| events::groups(db, &filter, retained, &by, 1000)).unwrap()
        };
        let meant: Vec<_> = all
            .iter()
            .filter(|event| event.occurred_at_ms >= retained)
            .filter(|event| filter.since.is_none_or(|since| event.occurred_at_ms >= since))
            .filter(|event| filter.until.is_none_or(|until| event.occurred_at_ms < until))
            .filter(|event| filter.policy.as_ref().is_none_or(|policy| event.policy_id == *policy))
            .collect();
        let total = groups(&[]);
        prop_assert_eq!(total.len(), usize::from(!meant.is_empty()));
        if let [total] = total.as_slice() {
            prop_assert_eq!(total.request_count, meant.len() as u64);
            let instants = || meant.iter().map(|event| event.occurred_at_ms);
            prop_assert_eq!(Some(total.first_ms), instants().min());
            prop_assert_eq!(Some(total.last_ms), instants().max());
        }
        for by in [&["day", "provider"][..], &["policy"], &["hour", "tenant"], &["month"]] {
            // The status is in no sum, so this reads the events themselves.
            let mut singly = by.to_vec();
            singly.push("status");
            let mut folded = BTreeMap::<_, [u64; 6]>::new();
            for mut group in groups(&singly) {
                group.key.remove("status");
                let sums = folded.entry(group.key).or_default();
                let more = [
                    group.request_count, group.success_count, group.input_tokens,
                    group.total_tokens, group.cached_input_tokens, group.actual_cost_micros.0,
                ];
                sums.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
            }
            let summed: BTreeMap<_, _> = groups(by)
                .into_iter()
                .map(|group| (group.key, [
                    group.request_count, group.success_count, group.input_tokens,
                    group.total_tokens, group.cached_input_tokens, group.actual_cost_micros.0,
                ]))
                .collect();
            prop_assert_eq!(summed, folded);
        }
    }

    #[test]
    fn pages_are_the_whole_and_nothing_twice(all in some_events(), limit in 1..20u32) {
        let (_dir, path) = scratch();
        let store = open(&path).unwrap();
        let (first, second) = all.split_at(all.len() / 2);
        stored(&store, first);
        let filter = UsageFilter { tenant: Some("t0".to_owned()), ..UsageFilter::default() };
        let page = |start| {
            store.read(|db| events::page(db, &filter, i64::MIN, start, limit)).unwrap()
        };
        let meant = |event: &&UsageEvent| event.tenant_id == "t0";
        let (mut start, mut seen) = (Start::Oldest, Vec::new());
        let mut follow = |expected: usize| {
            for _ in 0..=expected {
                let (events, next) = page(start);
                seen.extend(events);
                start = next.unwrap();
            }
            seen.clone()
        };
        let expected: Vec<_> = first.iter().filter(meant).cloned().collect();
        prop_assert_eq!(follow(expected.len()), expected);
        // A reader that follows sees what comes later, though it may have happened before.
        stored(&store, second);
        let expected: Vec<_> = all.iter().filter(meant).cloned().collect();
        prop_assert_eq!(follow(expected.len()), expected);

        let (mut start, mut seen) = (Some(Start::Newest), Vec::new());
        while let Some(from) = start {
            let (events, next) = page(from);
            seen.extend(events);
            start = next;
        }
        let times: Vec<_> = seen.iter().map(|event| event.occurred_at_ms).collect();
        prop_assert!(times.is_sorted_by(|a, b| a >= b));
        let ids: BTreeSet<_> = seen.iter().map(|event| &event.id).collect();
        prop_assert_eq!(ids.len(), seen.len());
        prop_assert_eq!(seen.len(), all.iter().filter(meant).count());
    }
}

#[test]
fn an_event_is_read_as_it_was_written() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let text = include_str!("../fixtures/event.json");
    let written: UsageEvent = serde_json::from_str(text).unwrap();
    stored(&store, std::slice::from_ref(&written));
    let read = |db: &Db| events::page(db, &UsageFilter::default(), 0, Start::Newest, 1);
    let (events, _) = store.read(read).unwrap();
    assert_eq!(events, [written]);
    let value: serde_json::Value = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_value(&events[0]).unwrap(), value);
    assert!(!text.contains("null"), "every member says something");
}

#[test]
fn a_provider_that_reports_nonsense_stops_no_report() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    for n in 0..2000 {
        let mut event = event(&format!("usage_{n}"));
        event.input_tokens = Some(u64::MAX);
        event.total_tokens = Some(u64::MAX);
        if n < 1000 {
            stored(&store, &[event]);
        } else {
            event.policy_id = format!("p{n}");
            stored(&store, &[event]);
        }
    }
    let snapshot = store.read(|db| events::snapshot(db, Whose::Everyone, now())).unwrap();
    assert_eq!(snapshot.summary.request_count, 2000);
    let by = [Dimension::named("status").unwrap()];
    let groups = store.read(|db| events::groups(db, &UsageFilter::default(), 0, &by, 10)).unwrap();
    assert_eq!(groups[0].request_count, 2000);
}

#[test]
fn what_is_too_old_is_dropped_bit_by_bit() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let days_ago = |n: i64| {
        let mut event = event(&format!("usage_{n}"));
        event.occurred_at_ms -= n * DAY_MS;
        event
    };
    stored(&store, &(80..=100).rev().map(days_ago).collect::<Vec<_>>());
    let since = events::retained_since(now(), 90);
    assert_eq!(store.write(|db| events::drop_before(db, since, 6)), Ok(6));
    assert_eq!(store.write(|db| events::drop_before(db, since, 6)), Ok(4));
    assert_eq!(store.write(|db| events::drop_before(db, since, 6)), Ok(0));
    // The last row of all stays where it is, so that no number is given twice.
    let later = events::retained_since(now() + SignedDuration::from_hours(24 * 30), 90);
    assert_eq!(store.write(|db| events::drop_before(db, later, 100)), Ok(10));
    stored(&store, &[event("usage_new")]);
    let filter = UsageFilter::default();
    let next =
        |seq| store.read(|db| events::page(db, &filter, 0, Start::After { seq }, 10)).unwrap();
    let (events, _) = next(20);
    let ids: Vec<_> = events.iter().map(|event| event.id.as_str()).collect();
    assert_eq!(ids, ["usage_80", "usage_new"]);
}
