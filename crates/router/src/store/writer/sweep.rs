//! When the writer drops what is too old, and by which clock.
//!
//! A clock that is wrong for a minute must not cost years of history. If it jumps ahead, its jump does
//! not count until it has held for some days; what is too old then stays for that much longer.

use std::time::{Duration, Instant};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::store::events::DAY_MS;
use crate::store::{Db, StoreError, events, meta};

/// How often it drops what is too old, and how soon again while there is more of it.
const SWEEP_EVERY: Duration = Duration::from_secs(60);
const SWEEP_ON_AFTER: Duration = Duration::from_millis(25);

/// A clock that moves by more than this between two sweeps has jumped, or nobody was there.
const JUMP_MS: i64 = DAY_MS;

/// How long a clock has to hold after a jump.
pub(super) const HELD_DAYS: i64 = 7;

/// When this thread swept.
#[derive(Default)]
pub(super) struct Sweeps {
    last: Option<(Instant, Timestamp)>,
    is_more: bool,
}

impl Sweeps {
    /// Whether it is time again. A clock that was set back does not stop it.
    pub(super) fn are_due(&self, now: Timestamp) -> bool {
        let Some((at, clock)) = self.last else { return true };
        let again = if self.is_more { SWEEP_ON_AFTER } else { SWEEP_EVERY };
        at.elapsed() >= again || now.duration_since(clock).unsigned_abs() >= again
    }

    /// How long ago the last sweep was, in milliseconds, by a clock that nobody sets.
    pub(super) fn ticked_ms(&self) -> i64 {
        let ticked = self.last.map_or(Duration::ZERO, |(at, _)| at.elapsed());
        i64::try_from(ticked.as_millis()).unwrap_or(i64::MAX)
    }

    pub(super) fn swept(&mut self, now: Timestamp, is_more: bool) {
        *self = Self { last: Some((Instant::now(), now)), is_more };
    }
}

/// The clock as the sweeps of all processes saw it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct SweepClock {
    last_ms: i64,
    /// How far it jumped ahead, as long as that does not count.
    ahead_ms: i64,
    /// How long it has held since.
    held_ms: i64,
}

/// What a sweep may take for now.
pub(super) struct Believed {
    pub(super) now: Timestamp,
    /// How far the clock has just jumped, in days.
    pub(super) jumped_days: Option<i64>,
}

/// What the clock says, less the jumps that do not count yet; and remembers it.
pub(super) fn believe(db: &Db, now: Timestamp, ticked_ms: i64) -> Result<Believed, StoreError> {
    let now_ms = now.as_millisecond();
    let mut clock = match meta::sweep_clock(db)? {
        Some(clock) => clock,
        // What was here before tells how late it was.
        None => {
            let last_ms = events::newest_before(db, now_ms.saturating_sub(DAY_MS))?;
            SweepClock { last_ms: last_ms.unwrap_or(now_ms), ahead_ms: 0, held_ms: 0 }
        }
    };
    let jumped_ms = clock.advance(now_ms, ticked_ms);
    meta::set_sweep_clock(db, &clock)?;
    let now_ms = now_ms.saturating_sub(clock.ahead_ms);
    let now = Timestamp::from_millisecond(now_ms).unwrap_or(Timestamp::MIN);
    Ok(Believed { now, jumped_days: jumped_ms.map(|ms| ms / DAY_MS) })
}

impl SweepClock {
    /// Takes note of what the clock says now, and of how far it has jumped ahead, if it has.
    fn advance(&mut self, now_ms: i64, ticked_ms: i64) -> Option<i64> {
        let moved_ms = now_ms.saturating_sub(self.last_ms);
        let unexplained_ms = moved_ms.saturating_sub(ticked_ms);
        self.last_ms = now_ms;
        if unexplained_ms > JUMP_MS {
            self.ahead_ms = self.ahead_ms.saturating_add(unexplained_ms);
            return Some(unexplained_ms);
        }
        if moved_ms < 0 {
            self.ahead_ms = self.ahead_ms.saturating_add(moved_ms).max(0);
        } else if self.ahead_ms > 0 {
            self.held_ms = self.held_ms.saturating_add(moved_ms);
            if self.held_ms >= HELD_DAYS * DAY_MS {
                self.ahead_ms = 0;
            }
        }
        if self.ahead_ms == 0 {
            self.held_ms = 0;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR_MS: i64 = DAY_MS / 24;

    fn clock() -> SweepClock {
        SweepClock { last_ms: 1000 * DAY_MS, ahead_ms: 0, held_ms: 0 }
    }

    /// Sweeps once an hour until then, and says what is believed.
    fn held_until(clock: &mut SweepClock, end_ms: i64) -> i64 {
        while clock.last_ms < end_ms {
            assert_eq!(clock.advance(clock.last_ms + HOUR_MS, 0), None);
        }
        clock.last_ms - clock.ahead_ms
    }

    #[test]
    fn a_jump_counts_only_once_the_clock_has_held() {
        let mut clock = clock();
        let there = 3000 * DAY_MS;
        assert_eq!(clock.advance(there, 0), Some(2000 * DAY_MS));
        assert_eq!(held_until(&mut clock, there + 6 * DAY_MS), 1006 * DAY_MS);
        assert_eq!(held_until(&mut clock, there + 7 * DAY_MS), there + 7 * DAY_MS);
    }

    #[test]
    fn a_clock_that_is_set_back_leaves_nothing_behind() {
        let mut clock = clock();
        clock.advance(3000 * DAY_MS, 0);
        clock.advance(1001 * DAY_MS, 0);
        assert_eq!(clock, SweepClock { last_ms: 1001 * DAY_MS, ahead_ms: DAY_MS, held_ms: 0 });
        assert_eq!(held_until(&mut clock, 1008 * DAY_MS), 1008 * DAY_MS);
        clock.advance(0, 0);
        assert_eq!(clock, SweepClock { last_ms: 0, ahead_ms: 0, held_ms: 0 });
    }

    #[test]
    fn two_jumps_are_worth_no_more_than_one() {
        let mut clock = clock();
        clock.advance(2000 * DAY_MS, 0);
        clock.advance(3000 * DAY_MS, 0);
        clock.advance(3000 * DAY_MS + HOUR_MS, 0);
        assert_eq!(clock.last_ms - clock.ahead_ms, 1000 * DAY_MS + HOUR_MS);
    }

    /// A router that is off for every weekend is never more than some days behind.
    #[test]
    fn time_that_nobody_was_there_is_made_up_for() {
        let mut clock = clock();
        for week in 1..50 {
            held_until(&mut clock, (1000 + week * 7) * DAY_MS - 60 * HOUR_MS);
            assert!(clock.advance((1000 + week * 7) * DAY_MS, 0).is_some());
            assert!(clock.ahead_ms <= 8 * DAY_MS, "week {week}: {clock:?}");
        }
    }

    #[test]
    fn an_idle_router_has_seen_the_time_pass() {
        let mut clock = clock();
        assert_eq!(clock.advance(1030 * DAY_MS, 30 * DAY_MS), None);
        assert_eq!(clock.ahead_ms, 0);
    }
}
