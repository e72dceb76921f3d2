//! Reading the limits that providers report in their answers.

use http::HeaderMap;
use jiff::{SignedDuration, Timestamp};
use serde_json::Number;

use clawctl_wire::grant::{QuotaWindow, plain_number};
use clawctl_wire::provider::QuotaHeaders;

/// Larger numbers are a time, not a duration: as seconds, this is more than thirty years.
const EPOCH_SECONDS_MIN: f64 = 1e9;
const EPOCH_MILLISECONDS_MIN: f64 = 1e12;

/// The limits that an answer speaks of.
pub(crate) fn windows(
    limits: &[QuotaHeaders],
    headers: &HeaderMap,
    now: Timestamp,
) -> Vec<QuotaWindow> {
    let first =
        |names: &[String]| names.iter().find_map(|name| headers.get(name.as_str())?.to_str().ok());
    let read = |limit: &QuotaHeaders| {
        let fixed = limit.fixed_limit.as_ref().and_then(Number::as_f64);
        let ceiling = first(&limit.limit_headers).and_then(number).or(fixed);
        let used = first(&limit.used_headers).and_then(number);
        let remaining = first(&limit.remaining_headers)
            .and_then(number)
            .or_else(|| Some((ceiling? - used?).max(0.0)));
        let reset = first(&limit.reset_headers).and_then(|text| time(text, now));
        let said = remaining.is_some() || used.is_some() || reset.is_some();
        (said || (ceiling.is_some() && fixed.is_none())).then(|| QuotaWindow {
            id: limit.id.clone(),
            kind: limit.kind.clone(),
            unit: limit.unit.clone(),
            window: limit.window.clone(),
            remaining: remaining.and_then(plain_number),
            limit: ceiling.and_then(plain_number),
            reset_at: reset.map(|reset| format!("{reset:.3}")),
        })
    };
    limits.iter().filter_map(read).collect()
}

/// The part of a limit that is left. After its reset all of it is, as far as anyone knows.
pub(crate) fn left(window: &QuotaWindow, now: Timestamp) -> Option<f64> {
    let reset = window.reset_at.as_deref().and_then(|text| text.parse::<Timestamp>().ok());
    if reset.is_some_and(|reset| reset <= now) {
        return None;
    }
    let remaining = window.remaining.as_ref()?.as_f64()?;
    match window.limit.as_ref().and_then(Number::as_f64) {
        Some(limit) if limit > 0.0 => Some((remaining / limit).clamp(0.0, 1.0)),
        // Without a ceiling there is no part of it, but nothing is nothing.
        _ => (remaining <= 0.0).then_some(0.0),
    }
}

pub(crate) fn is_spent(window: &QuotaWindow) -> bool {
    window.remaining.as_ref().and_then(Number::as_f64).is_some_and(|left| left <= 0.0)
}

/// The value of `retry-after`: a number of seconds, or a date.
pub(crate) fn retry_after(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    match text.parse::<f64>() {
        Ok(seconds) => after(now, seconds),
        Err(_) => date(text),
    }
}

/// A number, whole or not. Structured fields write parameters behind it: `100;w=60`.
pub(crate) fn number(text: &str) -> Option<f64> {
    let text = text.split([';', ',']).next()?.trim();
    let number: f64 = text.trim_end_matches('%').parse().ok()?;
    (number.is_finite() && number >= 0.0).then_some(number)
}

/// When a limit is full again, in any of the ways in which providers say it.
pub(crate) fn time(text: &str, now: Timestamp) -> Option<Timestamp> {
    let text = text.trim();
    if let Some(number) = number(text).filter(|_| !text.contains(' ')) {
        return if number >= EPOCH_MILLISECONDS_MIN {
            Timestamp::from_millisecond(number as i64).ok()
        } else if number >= EPOCH_SECONDS_MIN {
            Timestamp::from_millisecond((number * 1000.0) as i64).ok()
        } else {
            after(now, number)
        };
    }
    match duration(text) {
        Some(seconds) => after(now, seconds),
        None => date(text),
    }
}

fn after(now: Timestamp, seconds: f64) -> Option<Timestamp> {
    let span = (seconds >= 0.0).then(|| SignedDuration::try_from_secs_f64(seconds).ok())??;
    now.checked_add(span).ok()
}

/// `1m30s`, `500ms`, `6h`, `1.5s`: in seconds.
fn duration(text: &str) -> Option<f64> {
    let mut rest = text;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit() && c != '.').filter(|at| *at > 0)?;
        let (amount, tail) = rest.split_at(digits);
        let letters = tail.find(|c: char| c.is_ascii_digit()).unwrap_or(tail.len());
        let (unit, tail) = tail.split_at(letters);
        let length = match unit {
            "us" | "µs" => 1e-6,
            "ms" => 1e-3,
            "s" => 1.0,
            "m" => 60.0,
            "h" => 3_600.0,
            "d" => 86_400.0,
            _ => return None,
        };
        seconds += amount.parse::<f64>().ok()? * length;
        rest = tail;
    }
    (!text.is_empty()).then_some(seconds)
}

/// A date of HTTP, or one of ISO 8601.
fn date(text: &str) -> Option<Timestamp> {
    let http = jiff::fmt::rfc2822::DateTimeParser::new().relaxed_weekday(true);
    text.parse().ok().or_else(|| http.parse_timestamp(text).ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-20T12:00:00Z".parse().unwrap()
    }

    #[test]
    fn every_way_of_saying_when_is_understood() {
        let check = |text: &str, expected: Option<&str>| {
            let read = time(text, now()).map(|time| format!("{time:.3}"));
            assert_eq!(read.as_deref(), expected, "{text}");
        };
        check("0", Some("2026-11-20T12:00:00.000Z"));
        check("90", Some("2026-11-20T12:01:30.000Z"));
        check("1.5", Some("2026-11-20T12:00:01.500Z"));
        check("1m30s", Some("2026-11-20T12:01:30.000Z"));
        check("500ms", Some("2026-11-20T12:00:00.500Z"));
        check("6h0m0.5s", Some("2026-11-20T18:00:00.500Z"));
        check("1d", Some("2026-11-21T12:00:00.000Z"));
        check("1795176000", Some("2026-11-20T12:00:00.000Z"));
        check("1795176000500", Some("2026-11-20T12:00:00.500Z"));
        check("2026-11-20T13:00:00Z", Some("2026-11-20T13:00:00.000Z"));
        check("Fri, 20 Nov 2026 13:00:00 GMT", Some("2026-11-20T13:00:00.000Z"));
        for nothing in ["", "soon", "-5", "1x", "m", "1m30", "1e400", "NaN", "999999999999999d"] {
            check(nothing, None);
        }
    }

    #[test]
    fn a_number_may_have_parameters() {
        let check = |text, expected| assert_eq!(number(text), expected, "{text}");
        check("100", Some(100.0));
        check("100;w=60", Some(100.0));
        check("100, 1000;w=3600", Some(100.0));
        check("42%", Some(42.0));
        check("-1", None);
        check("inf", None);
        check("many", None);
    }

    #[test]
    fn what_is_used_is_not_left() {
        let limit = QuotaHeaders {
            id: "primary".into(),
            kind: "subscription".into(),
            fixed_limit: Some(100.into()),
            used_headers: vec!["x-used".into()],
            ..QuotaHeaders::default()
        };
        let headers = HeaderMap::from_iter([(
            http::HeaderName::from_static("x-used"),
            http::HeaderValue::from_static("75"),
        )]);
        let seen = windows(std::slice::from_ref(&limit), &headers, now());
        assert_eq!(seen[0].remaining, Some(25.into()));
        assert_eq!(left(&seen[0], now()), Some(0.25));
        assert!(windows(&[limit], &HeaderMap::new(), now()).is_empty());
    }
}
