//! Days, hours and months as groups: which of them a window touches, and which only in part.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp, tz::TimeZone};

use super::breakdown::Breakdown;
use super::coverage::{Coverage, Interval};
use super::dimension::Dimension;
use clawctl_wire::window::Month;

/// A longer window is not filled: nobody reads so many rows.
const BUCKETS_MAX: usize = 10_000;

/// The finest unit of time among some dimensions.
pub fn unit(by: &[Dimension]) -> Option<Dimension> {
    let finest = [Dimension::Hour, Dimension::Day, Dimension::Month];
    finest.into_iter().find(|unit| by.contains(unit))
}

/// The beginning of the day, hour or month that an instant falls in.
pub fn floor(dimension: Dimension, at: Timestamp) -> Timestamp {
    bucket(dimension, at).from
}

fn bucket(dimension: Dimension, at: Timestamp) -> Interval {
    let utc = at.to_zoned(TimeZone::UTC);
    match dimension {
        Dimension::Month => {
            let month = Month::of(at);
            Interval { from: month.start(), to: month.end() }
        }
        Dimension::Hour => {
            let from = at - SignedDuration::from_secs(at.as_second().rem_euclid(3600));
            let from = Timestamp::from_second(from.as_second()).unwrap_or(from);
            Interval { from, to: from + SignedDuration::from_hours(1) }
        }
        _ => {
            let day = utc.date().to_zoned(TimeZone::UTC).map_or(at, |day| day.timestamp());
            Interval { from: day, to: day + SignedDuration::from_hours(24) }
        }
    }
}

/// Everything that a window touches, in order. Nothing if it is too much.
fn touched(dimension: Dimension, window: &Interval) -> Vec<Interval> {
    let mut found = Vec::new();
    let mut next = bucket(dimension, window.from);
    while next.from < window.to {
        if found.len() == BUCKETS_MAX {
            return Vec::new();
        }
        found.push(next);
        next = bucket(dimension, next.to);
    }
    found
}

/// Marks the rows that are only a part of their day, hour or month, and adds those in which nothing
/// happened. Without `from_start` they are added from the first row on.
pub fn complete(breakdown: &mut Breakdown, from_start: bool, now: Timestamp) {
    let Some(dimension) = unit(&breakdown.by) else { return };
    let window = Interval { to: breakdown.window.to.min(now), ..breakdown.window };
    let (first, last) = (bucket(dimension, window.from), bucket(dimension, before(window.to)));
    let is_part = |one: &Interval| one.from < window.from || one.to > window.to;
    let parts: HashSet<String> =
        [first, last].into_iter().filter(is_part).map(|one| dimension.name_of(one.from)).collect();
    let alone = breakdown.by.len() == 1;
    let first = breakdown.groups.iter().filter_map(|group| name(&group.key, dimension)).min();
    // In a sample, what is missing may have been there. Without a row there is nothing to compare.
    let is_known = matches!(breakdown.coverage, Coverage::Complete | Coverage::Gap { .. });
    if let Some(first) = first.filter(|_| alone && is_known) {
        let there: HashSet<String> =
            breakdown.groups.iter().filter_map(|group| name(&group.key, dimension)).collect();
        let names = touched(dimension, &window).into_iter().map(|one| dimension.name_of(one.from));
        let missing = names.filter(|name| !there.contains(name) && (from_start || *name > first));
        let missing: Vec<String> = missing.collect();
        missing.into_iter().for_each(|name| breakdown.add_empty(dimension, name));
    }
    for group in &mut breakdown.groups {
        group.partial = Some(name(&group.key, dimension).is_some_and(|name| parts.contains(&name)));
    }
}

fn before(at: Timestamp) -> Timestamp {
    at.checked_sub(SignedDuration::from_millis(1)).unwrap_or(at)
}

fn name(
    key: &std::collections::BTreeMap<String, Option<String>>,
    dimension: Dimension,
) -> Option<String> {
    key.get(dimension.as_str()).cloned().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn names(dimension: Dimension, from: &str, to: &str) -> Vec<String> {
        let window = Interval { from: at(from), to: at(to) };
        touched(dimension, &window).iter().map(|one| dimension.name_of(one.from)).collect()
    }

    #[test]
    fn a_window_touches_whole_days_hours_and_months() {
        let days = names(Dimension::Day, "2026-11-29T11:18:00Z", "2026-12-01T00:00:00Z");
        assert_eq!(days, ["2026-11-29", "2026-11-30"]);
        let hours = names(Dimension::Hour, "2026-11-30T23:59:59.9Z", "2026-12-01T00:00:01Z");
        assert_eq!(hours, ["2026-11-30T23:00Z", "2026-12-01T00:00Z"]);
        let months = names(Dimension::Month, "2026-11-29T11:18:00Z", "2027-01-01T00:00:01Z");
        assert_eq!(months, ["2026-11", "2026-12", "2027-01"]);
        let floored = floor(Dimension::Hour, at("2026-11-30T11:18:05.25Z"));
        assert_eq!(floored, at("2026-11-30T11:00:00Z"));
        assert_eq!(floor(Dimension::Day, floored), at("2026-11-30T00:00:00Z"));
        // Nobody asked for a century of hours.
        assert!(names(Dimension::Hour, "1926-11-30T00:00:00Z", "2026-11-30T00:00:00Z").is_empty());
    }
}
