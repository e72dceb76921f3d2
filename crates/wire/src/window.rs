//! Budget windows: calendar months in UTC.

use jiff::{Span, Timestamp, civil::Date, tz::TimeZone};

/// One calendar month, from its first instant to the first of the next, half-open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Month {
    first: Date,
}

impl Month {
    /// The month that an instant falls in.
    pub fn of(now: Timestamp) -> Self {
        Self { first: now.to_zoned(TimeZone::UTC).date().first_of_month() }
    }

    /// As in a ledger's key: `2026-11`.
    pub fn key(self) -> String {
        self.first.strftime("%Y-%m").to_string()
    }

    pub fn start(self) -> Timestamp {
        instant(self.first)
    }

    /// When the budget starts again.
    pub fn end(self) -> Timestamp {
        instant(self.first.checked_add(Span::new().months(1)).unwrap_or(self.first))
    }

    /// Whole days until the budget starts again, the current one included.
    pub fn days_left(self, now: Timestamp) -> i64 {
        let seconds = self.end().as_second() - now.as_second();
        (seconds + 86_399).div_euclid(86_400)
    }
}

fn instant(date: Date) -> Timestamp {
    date.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()).unwrap_or(Timestamp::UNIX_EPOCH)
}

/// The ledger of a policy, or of one principal under it. Names are joined as the contract does.
pub fn ledger_key(tenant: &str, policy: &str, principal: Option<&str>, month: Month) -> String {
    match principal {
        Some(principal) => format!("{tenant}/{policy}/{principal}/{}", month.key()),
        None => format!("{tenant}/{policy}/{}", month.key()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_month_is_half_open_and_in_utc() {
        let check = |now: &str, key: &str, days| {
            let now: Timestamp = now.parse().unwrap();
            let month = Month::of(now);
            assert_eq!((month.key().as_str(), month.days_left(now)), (key, days), "{now}");
            assert!(month.start() <= now && now < month.end());
        };
        check("2026-11-20T19:00:00Z", "2026-11", 11);
        check("2026-11-30T23:59:59Z", "2026-11", 1);
        check("2026-12-01T00:00:00Z", "2026-12", 31);
        check("2026-12-31T23:59:59.999Z", "2026-12", 1);
        check("2028-02-01T00:00:00Z", "2028-02", 29);
    }
}
