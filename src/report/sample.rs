//! What a router of the plain contract shows of its events: the newest hundred, of all policies.

use jiff::Timestamp;

use super::coverage::{Coverage, Interval, instant};
use super::event::Event;
use clawctl_wire::usage::UsageSnapshot;
use clawctl_wire::usage_query::UsageFilter;

/// The events that were asked for, as far as they can be seen.
#[derive(Debug, Clone)]
pub struct Sample {
    /// The newest first.
    pub events: Vec<Event>,
    pub window: Interval,
    pub coverage: Coverage,
}

impl Sample {
    pub fn of(snapshot: &UsageSnapshot, filter: &UsageFilter, now: Timestamp) -> Self {
        let visible = Event::all(snapshot.events.clone());
        let window = window(filter, now);
        let coverage = coverage(&visible, snapshot.summary.request_count, filter, &window);
        let events = visible.into_iter().filter(|event| event.matches(filter)).collect();
        Self { events, window, coverage }
    }
}

/// What was asked for, within the days that a router keeps.
fn window(filter: &UsageFilter, now: Timestamp) -> Interval {
    let kept = Interval::rolling(now);
    let from = filter.since.map_or(kept.from, |since| instant(since).max(kept.from));
    Interval { from, to: filter.until.map_or(kept.to, instant) }
}

fn coverage(visible: &[Event], requests: u64, filter: &UsageFilter, window: &Interval) -> Coverage {
    let seen = visible.len() as u64;
    // Others of the same millisecond may be among those that are out of sight.
    let oldest = visible.iter().map(Event::at_ms).min();
    let reaches_back = oldest.is_some_and(|oldest| filter.since.is_some_and(|s| s > oldest));
    if seen < requests && !reaches_back {
        return Coverage::Sampled { seen, of: requests };
    }
    if filter.since.is_some_and(|since| since < window.from.as_millisecond()) {
        return Coverage::Gap { before: window.from };
    }
    Coverage::Complete
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    const NOW_MS: i64 = 1_795_200_000_000;

    /// Events of the last `seen` seconds, of `requests` in all.
    fn sample(seen: i64, requests: u64, filter: UsageFilter) -> Sample {
        let events: Vec<_> = (0..seen)
            .map(|n| json!({"id": n, "occurred_at_ms": NOW_MS - n * 1000, "policy_id": "p"}))
            .collect();
        let snapshot = json!({"summary": {"requestCount": requests}, "events": events});
        let now = instant(NOW_MS);
        Sample::of(&serde_json::from_value(snapshot).unwrap(), &filter, now)
    }

    fn since(ms: i64) -> UsageFilter {
        UsageFilter { since: Some(ms), ..UsageFilter::default() }
    }

    #[test]
    fn a_hundred_events_may_be_all_of_a_short_window() {
        let sampled = Coverage::Sampled { seen: 100, of: 130 };
        let check = |filter: UsageFilter, coverage: &Coverage, count: usize| {
            let found = sample(100, 130, filter.clone());
            assert_eq!((&found.coverage, found.events.len()), (coverage, count), "{filter:?}");
        };
        check(UsageFilter::default(), &sampled, 100);
        check(since(NOW_MS - 10_000), &Coverage::Complete, 11);
        check(since(NOW_MS - 98_999), &Coverage::Complete, 99);
        // The oldest that is visible may have had company.
        check(since(NOW_MS - 99_000), &sampled, 100);
        check(since(NOW_MS - 200_000), &sampled, 100);
        let other = UsageFilter { policy: Some("other".to_owned()), ..UsageFilter::default() };
        check(other, &sampled, 0);
    }

    #[test]
    fn beyond_thirty_days_there_is_nothing() {
        let found = sample(5, 5, since(0));
        assert_eq!(found.coverage, Coverage::Gap { before: found.window.from });
        assert_eq!(found.window, Interval::rolling(instant(NOW_MS)));
        assert_eq!(sample(5, 5, UsageFilter::default()).coverage, Coverage::Complete);
        assert_eq!(sample(0, 0, UsageFilter::default()).coverage, Coverage::Complete);
    }
}
