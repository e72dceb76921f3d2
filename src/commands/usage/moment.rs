//! A moment as it is typed, to begin or to end a window at.

use jiff::civil::DateTime;
use jiff::{Timestamp, tz::TimeZone};

use crate::error::{Error, Result};
use crate::settings::parse_duration;
use clawctl_wire::window::Month;

/// Reads `7d` (ago), `today`, `month`, `now`, `2026-11-01` or `2026-11-01T12:00Z`, all in UTC.
/// Days and months stand for their first instant.
pub(super) fn parse(text: &str, now: Timestamp) -> Result<Timestamp> {
    let typed = text.trim();
    let in_utc = |time: DateTime| time.to_zoned(TimeZone::UTC).map(|zoned| zoned.timestamp()).ok();
    let found = match typed {
        "now" => Some(now),
        "today" => in_utc(now.to_zoned(TimeZone::UTC).date().into()),
        "month" => Some(Month::of(now).start()),
        _ => {
            if let Ok(length) = parse_duration(typed) {
                now.checked_sub(length).ok()
            } else if let Ok(at) = typed.parse::<Timestamp>() {
                Some(at)
            } else {
                let civil = typed.strip_suffix('Z').unwrap_or(typed);
                civil.parse::<DateTime>().ok().and_then(in_utc)
            }
        }
    };
    found.ok_or_else(|| {
        Error::usage(format!("`{typed}` is not a moment"))
            .hint("write `7d`, `24h`, `today`, `month`, `2026-11-01` or `2026-11-01T12:00Z`")
    })
}

/// Is it a length of time, such as `7d`?
pub(super) fn is_length(text: &str) -> bool {
    parse_duration(text.trim()).is_ok()
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
        check("7d", "2026-11-13T19:00:00.5Z");
        check("24h", "2026-11-19T19:00:00.5Z");
        check("now", "2026-11-20T19:00:00.5Z");
        check("today", "2026-11-20T00:00:00Z");
        check("month", "2026-11-01T00:00:00Z");
        check("2026-11-01", "2026-11-01T00:00:00Z");
        check("2026-11-01T12:00Z", "2026-11-01T12:00:00Z");
        check("2026-11-01T12:00", "2026-11-01T12:00:00Z");
        check(" 2026-11-01 12:00:30Z ", "2026-11-01T12:00:30Z");
        check("2026-11-01T12:00:00.25+02:00", "2026-11-01T10:00:00.25Z");
        for bad in ["yesterday", "-7d", "", "7", "2026-13-01", "2026-11-01T25:00Z", "1 month"] {
            let error = parse(bad, now).unwrap_err();
            assert!(error.hints[0].to_string().contains("2026-11-01T12:00Z"), "{bad}");
        }
    }
}
