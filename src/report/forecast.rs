//! When a budget will be used up, if the month goes on as it went so far.

use jiff::{SignedDuration, Timestamp};

use clawctl_wire::money::Micros;
use clawctl_wire::window::Month;

/// How much of the month must have passed before it says anything about the rest.
const DATA_MIN: SignedDuration = SignedDuration::from_hours(24);

/// A spend below this part of the limit is too little to draw a line through.
const SPENT_MIN_ONE_IN: u128 = 10;

/// The moment at which a straight line from nothing at the start of the month through today's
/// spend meets the limit, if that is before the reset.
///
/// It says nothing on the first day of a month, nor before a tenth of the limit is spent: one busy
/// hour in the night of the first would sound the alarm otherwise. A burst of today is averaged
/// over the month, so the answer is rather late than early.
pub fn runs_out_at(spent: Micros, limit: Micros, now: Timestamp) -> Option<Timestamp> {
    let month = Month::of(now);
    let elapsed = now.duration_since(month.start());
    if elapsed < DATA_MIN || spent >= limit {
        return None;
    }
    if u128::from(spent.0) * SPENT_MIN_ONE_IN < u128::from(limit.0) {
        return None;
    }
    let whole = elapsed.as_millis().unsigned_abs() * u128::from(limit.0) / u128::from(spent.0);
    let at = month.start() + SignedDuration::from_millis(i64::try_from(whole).ok()?);
    (at < month.end()).then_some(at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use clawctl_wire::money::MICROS_MAX;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_straight_line_meets_the_limit() {
        let check = |spent, limit, now: &str, expected: Option<&str>| {
            let found = runs_out_at(Micros(spent), Micros(limit), at(now));
            assert_eq!(found, expected.map(at), "{spent} of {limit} at {now}");
        };
        // Ten of thirty days gone, half spent: the other half lasts ten days more.
        check(50, 100, "2026-11-11T00:00:00Z", Some("2026-11-21T00:00:00Z"));
        // A third of the month, a third of the money: it lasts exactly to the reset.
        check(10, 30, "2026-11-11T00:00:00Z", None);
        check(11, 30, "2026-11-11T00:00:00Z", Some("2026-11-28T06:32:43.636Z"));
        // December is a day longer.
        check(30, 90, "2026-12-11T00:00:00Z", Some("2026-12-31T00:00:00Z"));
    }

    #[test]
    fn it_is_silent_where_there_is_too_little_to_go_by() {
        let check = |spent, limit, now: &str| {
            assert_eq!(runs_out_at(Micros(spent), Micros(limit), at(now)), None);
        };
        check(50, 100, "2026-11-01T23:59:59Z");
        check(9, 100, "2026-11-02T12:00:00Z");
        check(0, 100, "2026-11-20T00:00:00Z");
        check(0, 0, "2026-11-20T00:00:00Z");
        check(100, 100, "2026-11-20T00:00:00Z");
        check(150, 100, "2026-11-20T00:00:00Z");
    }

    proptest! {
        #[test]
        fn it_lies_between_now_and_the_reset(
            spent in 0..=MICROS_MAX,
            limit in 0..=MICROS_MAX,
            seconds in 1_793_000_000_i64..1_830_000_000,
        ) {
            let now = Timestamp::from_second(seconds).unwrap();
            if let Some(at) = runs_out_at(Micros(spent), Micros(limit), now) {
                prop_assert!(now <= at && at < Month::of(now).end());
                prop_assert!(spent < limit);
            }
        }
    }
}
