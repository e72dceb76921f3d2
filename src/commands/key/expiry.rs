//! When a key is to end, as it is typed.

use jiff::{Timestamp, civil::Date, tz::TimeZone};

use crate::error::{Error, Result};
use crate::settings::parse_duration;

/// Reads `90d`, `2027-01-31` (its end, UTC) or a full time such as `2027-01-31T12:00:00Z`.
pub fn parse(text: &str, now: Timestamp) -> Result<Timestamp> {
    let typed = text.trim();
    let at = if let Ok(length) = parse_duration(typed) {
        now.checked_add(length).ok()
    } else if let Ok(at) = typed.parse::<Timestamp>() {
        Some(at)
    } else if let Ok(day) = typed.parse::<Date>() {
        day.tomorrow().and_then(|next| next.to_zoned(TimeZone::UTC)).ok().map(|z| z.timestamp())
    } else {
        return Err(Error::usage(format!("`{typed}` is not a time at which anything can end"))
            .hint("write `90d`, `2027-01-31` or `2027-01-31T12:00:00Z`"));
    };
    // Whole seconds: nobody means more, and every router keeps as much.
    let at = at
        .and_then(|at| Timestamp::from_second(at.as_second()).ok())
        .ok_or_else(|| Error::usage(format!("`{typed}` is further away than time is counted")))?;
    if at <= now {
        return Err(Error::usage(format!("`{typed}` is in the past ({at})")));
    }
    Ok(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_days_and_times_are_read() {
        let now: Timestamp = "2026-11-20T19:00:00.5Z".parse().unwrap();
        let check = |text: &str, at: &str| {
            assert_eq!(parse(text, now).unwrap().to_string(), at, "{text}");
        };
        check("90d", "2027-02-18T19:00:00Z");
        check("12h", "2026-11-21T07:00:00Z");
        check("2027-01-31", "2027-02-01T00:00:00Z");
        check("2027-01-31T12:00:00+02:00", "2027-01-31T10:00:00Z");
        for bad in ["yesterday", "2020-01-01", "0s", "-5d", ""] {
            assert!(parse(bad, now).is_err(), "{bad}");
        }
    }
}
