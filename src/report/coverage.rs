//! How much of the truth a number holds.

use jiff::{SignedDuration, Timestamp, tz::TimeZone};
use serde::Serialize;

use clawctl_wire::usage::{EVENTS_MAX, WINDOW_DAYS};
use clawctl_wire::usage_query::QueryWindow;

/// What is lost to clocks alone.
const CLOCKS_DIFFER_MS: i64 = 60_000;

/// Whether a figure covers everything in its window.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "state", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum Coverage {
    Complete,
    /// Only the newest of several.
    Sampled {
        seen: u64,
        of: u64,
    },
    /// The router lists only the caller's own, and counts those of others as well.
    Own {
        seen: u64,
        of: u64,
    },
    /// The window begins with events that are no longer kept.
    Gap {
        before: Timestamp,
    },
    /// It could not be seen.
    Unavailable {
        reason: &'static str,
    },
}

impl Coverage {
    /// The newest events against how many there were.
    pub fn of_events(seen: u64, of: u64) -> Self {
        if seen >= of { Self::Complete } else { Self::Sampled { seen, of } }
    }

    /// The same for the holder of a key. A router that lists those of all keys lists its newest
    /// hundred; one that lists fewer than there were lists only the caller's own.
    pub fn of_key_events(seen: u64, of: u64) -> Self {
        if seen < of && seen < EVENTS_MAX as u64 {
            return Self::Own { seen, of };
        }
        Self::of_events(seen, of)
    }

    /// What a router says that it looked at, against what it was asked for.
    ///
    /// Its clock is another one, and time passes on the way to it: "all that is kept" is cut by a
    /// little nearly always, and then it is the window that says so.
    pub fn of_window(asked_since_ms: Option<i64>, window: &QueryWindow) -> Self {
        let cut = |asked| window.retained_since_ms.saturating_sub(asked) > CLOCKS_DIFFER_MS;
        if asked_since_ms.is_some_and(cut) {
            Self::Gap { before: instant(window.retained_since_ms) }
        } else {
            Self::Complete
        }
    }

    pub fn words(&self) -> String {
        match self {
            Self::Complete => "complete".to_owned(),
            Self::Sampled { seen, of } => format!("sampled: newest {seen} of {of} events"),
            Self::Own { seen, of } => {
                format!("own: {seen} events of the key's owner, of {of} of the policy")
            }
            Self::Gap { before } => format!("gap: events before {before:.0} are no longer kept"),
            Self::Unavailable { reason } => format!("not available: {reason}"),
        }
    }
}

/// A figure with its coverage. It has no value where it could not be seen.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Part<T> {
    pub coverage: Coverage,
    pub value: Option<T>,
}

impl<T> Part<T> {
    pub fn new(coverage: Coverage, value: T) -> Self {
        Self { coverage, value: Some(value) }
    }

    pub fn complete(value: T) -> Self {
        Self::new(Coverage::Complete, value)
    }

    pub fn unavailable(reason: &'static str) -> Self {
        Self { coverage: Coverage::Unavailable { reason }, value: None }
    }
}

/// A half-open stretch of time: `from` is in it, `to` is not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Interval {
    pub from: Timestamp,
    pub to: Timestamp,
}

impl Interval {
    /// The rolling window of a router's sums.
    pub fn rolling(now: Timestamp) -> Self {
        let to = Timestamp::from_second(now.as_second()).unwrap_or(now);
        Self { from: to - SignedDuration::from_hours(24 * i64::from(WINDOW_DAYS)), to }
    }

    /// The UTC days of a router's daily figures, today included.
    pub fn days(now: Timestamp) -> Self {
        let to = midnight(now) + SignedDuration::from_hours(24);
        Self { from: to - SignedDuration::from_hours(24 * i64::from(WINDOW_DAYS)), to }
    }

    /// What a router with `usage.query` says that it looked at.
    pub fn of_query(window: &QueryWindow) -> Self {
        Self { from: instant(window.since_ms), to: instant(window.until_ms) }
    }

    pub fn words(&self) -> String {
        format!("[{:.0}, {:.0})", self.from, self.to)
    }
}

/// Milliseconds since 1970, where they are a time at all.
pub(super) fn instant(ms: i64) -> Timestamp {
    Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH)
}

fn midnight(now: Timestamp) -> Timestamp {
    let date = now.to_zoned(TimeZone::UTC).date();
    date.to_zoned(TimeZone::UTC).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_windows_are_half_open_and_in_utc() {
        let now: Timestamp = "2026-11-20T19:30:00.25Z".parse().unwrap();
        let rolling = Interval::rolling(now).words();
        assert_eq!(rolling, "[2026-10-21T19:30:00Z, 2026-11-20T19:30:00Z)");
        let days = Interval::days(now).words();
        assert_eq!(days, "[2026-10-22T00:00:00Z, 2026-11-21T00:00:00Z)");
    }

    #[test]
    fn a_hundred_of_a_hundred_and_thirty_is_a_sample() {
        assert_eq!(Coverage::of_events(100, 130), Coverage::Sampled { seen: 100, of: 130 });
        assert_eq!(Coverage::of_events(100, 100), Coverage::Complete);
        assert_eq!(Coverage::of_events(0, 0), Coverage::Complete);
        let sampled = serde_json::to_value(Coverage::of_events(100, 130)).unwrap();
        assert_eq!(sampled, serde_json::json!({"state": "sampled", "seen": 100, "of": 130}));
    }

    #[test]
    fn fewer_events_than_a_list_holds_are_ones_own() {
        assert_eq!(Coverage::of_key_events(5, 5), Coverage::Complete);
        assert_eq!(Coverage::of_key_events(0, 5), Coverage::Own { seen: 0, of: 5 });
        assert_eq!(Coverage::of_key_events(99, 130), Coverage::Own { seen: 99, of: 130 });
        assert_eq!(Coverage::of_key_events(100, 130), Coverage::Sampled { seen: 100, of: 130 });
        assert_eq!(Coverage::of_key_events(0, 0), Coverage::Complete);
    }

    #[test]
    fn what_was_asked_for_and_is_gone_is_a_gap() {
        let kept = 90_000;
        let window = QueryWindow { since_ms: kept, until_ms: 99_000, retained_since_ms: kept };
        assert_eq!(Coverage::of_window(None, &window), Coverage::Complete);
        assert_eq!(Coverage::of_window(Some(kept - 60_000), &window), Coverage::Complete);
        let gap = Coverage::of_window(Some(kept - 60_001), &window);
        assert_eq!(gap.words(), "gap: events before 1970-01-01T00:01:30Z are no longer kept");
        let said = serde_json::to_value(&gap).unwrap();
        let expected = serde_json::json!({"state": "gap", "before": "1970-01-01T00:01:30Z"});
        assert_eq!(said, expected);
    }
}
