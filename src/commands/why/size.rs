//! How long a prompt is, as people say it: `40k`, `1.5m`, `160kB`.

use std::str::FromStr;

/// How many bytes a token of English text has, roughly.
const BYTES_PER_TOKEN: u64 = 4;

/// The length of a prompt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Size {
    Tokens(u64),
    Bytes(u64),
}

impl Size {
    pub(super) fn bytes(self) -> usize {
        let bytes = match self {
            Self::Tokens(count) => count.saturating_mul(BYTES_PER_TOKEN),
            Self::Bytes(count) => count,
        };
        usize::try_from(bytes).unwrap_or(usize::MAX)
    }
}

impl FromStr for Size {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (number, is_bytes) = match text.strip_suffix(['b', 'B']) {
            Some(number) => (number, true),
            None => (text, false),
        };
        let count = parse_count(number).map_err(|_| {
            format!("`{text}` is not a size; write tokens as `40k`, or bytes as `160kB`")
        })?;
        Ok(if is_bytes { Self::Bytes(count) } else { Self::Tokens(count) })
    }
}

/// A whole number, also of thousands (`40k`) or millions (`1.5m`).
pub(super) fn parse_count(text: &str) -> Result<u64, String> {
    let bad = || format!("`{text}` is not a number; write `4000`, `4k` or `1.5m`");
    let (number, unit, digits) = match text.as_bytes().last() {
        Some(b'k' | b'K') => (&text[..text.len() - 1], 1_000, 3),
        Some(b'm' | b'M') => (&text[..text.len() - 1], 1_000_000, 6),
        _ => (text, 1, 0),
    };
    let (whole, part) = number.split_once('.').unwrap_or((number, "0"));
    let numeric = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let has_point = number.contains('.');
    if !numeric(whole) || !numeric(part) || (has_point && part.len() > digits) {
        return Err(bad());
    }
    let whole: u64 = whole.parse().map_err(|_| bad())?;
    let part: u64 = format!("{part:0<digits$}").parse().map_err(|_| bad())?;
    whole.checked_mul(unit).and_then(|count| count.checked_add(part)).ok_or_else(bad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_said_in_tokens_or_in_bytes() {
        let check = |text: &str, bytes: usize| {
            assert_eq!(text.parse::<Size>().map(Size::bytes), Ok(bytes), "{text}");
        };
        check("0", 0);
        check("7", 28);
        check("40k", 160_000);
        check("1.5m", 6_000_000);
        check("160kB", 160_000);
        check("7b", 7);
        check("2.5KB", 2_500);
        for text in ["", "k", "B", "-1", "1e3", "1.5", "1.", ".5k", "1.2345k", "40 k", "forty"] {
            assert!(text.parse::<Size>().is_err(), "{text}");
        }
        assert!(parse_count("99999999999999999999").is_err());
        assert!(parse_count("99999999999999999m").is_err());
    }
}
