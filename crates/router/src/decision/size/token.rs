//! Single tokens of JSON, and how long they are where JavaScript writes them.

use std::borrow::Cow;

/// What a token says, if it is a string.
pub(super) fn string_text(token: &str) -> Cow<'_, str> {
    match token.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')) {
        Some(plain) if !plain.contains('\\') => Cow::Borrowed(plain),
        Some(_) => Cow::Owned(serde_json::from_str(token).unwrap_or_default()),
        None => Cow::Borrowed(""),
    }
}

/// A count, written as an integer or as a fraction without a part behind the point.
pub(super) fn whole(token: &str) -> Option<u64> {
    if let Ok(count) = token.parse() {
        return Some(count);
    }
    let number: f64 = token.parse().ok()?;
    // The conversion stops at the largest count there is.
    (number.is_finite() && number >= 0.0 && number.fract() == 0.0).then_some(number as u64)
}

/// The length of a text as a JSON string.
pub(super) fn text_length(text: &str) -> u64 {
    let length = |c: char| match c {
        '"' | '\\' | '\u{8}' | '\t' | '\n' | '\u{c}' | '\r' => 2,
        '\0'..='\u{1f}' => 6,
        other => other.len_utf8() as u64,
    };
    2 + text.chars().map(length).sum::<u64>()
}

/// The length of a string token once nothing in it is escaped that need not be.
pub(super) fn string_length(token: &str) -> u64 {
    if !token.contains('\\') {
        return token.len() as u64;
    }
    let bytes = token.as_bytes();
    let (mut length, mut at) = (0, 0);
    while let Some(byte) = bytes.get(at) {
        let (written, read) = match (byte, bytes.get(at + 1)) {
            (b'\\', Some(b'u')) => unit_length(bytes, at),
            (b'\\', Some(b'/')) => (1, 2),
            (b'\\', _) => (2, 2),
            _ => (1, 1),
        };
        length += written;
        at += read;
    }
    length
}

/// How long `\u` and its digits are written, and how many bytes they are read from.
fn unit_length(bytes: &[u8], at: usize) -> (u64, usize) {
    match unit(bytes, at) {
        Some(0xd800..=0xdbff) if matches!(unit(bytes, at + 6), Some(0xdc00..=0xdfff)) => (4, 12),
        // Half of a pair stays escaped.
        Some(0xd800..=0xdfff) => (6, 6),
        other => match other.and_then(|unit| char::from_u32(unit.into())) {
            Some(c) => (text_length(c.encode_utf8(&mut [0; 4])) - 2, 6),
            None => (6, 6),
        },
    }
}

fn unit(bytes: &[u8], at: usize) -> Option<u16> {
    let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
    u16::from_str_radix(std::str::from_utf8(digits).ok()?, 16).ok()
}

/// The length of a number, or of a word, which is written as it stands.
pub(super) fn number_length(token: &str) -> u64 {
    let plain = token.len() < 16 && !token.bytes().any(|b| matches!(b, b'.' | b'e' | b'E'));
    match token.parse::<f64>() {
        Ok(number) if !plain || number == 0.0 => float_length(number),
        _ => token.len() as u64,
    }
}

/// How long JavaScript writes a number: without an exponent from 1e-6 to 1e21.
fn float_length(number: f64) -> u64 {
    if number == 0.0 {
        return 1;
    }
    if !number.is_finite() {
        return "null".len() as u64;
    }
    let written = format!("{:e}", number.abs());
    let (mantissa, exponent) = written.split_once('e').unwrap_or((&written, "0"));
    let digits = mantissa.bytes().filter(u8::is_ascii_digit).count() as i64;
    let exponent: i64 = exponent.parse().unwrap_or(0);
    let length = match exponent {
        0..=20 if digits <= exponent + 1 => exponent + 1,
        0..=20 => digits + 1,
        -6..=-1 => digits + 1 - exponent,
        _ => {
            let point = i64::from(digits > 1);
            digits + point + 2 + exponent.unsigned_abs().to_string().len() as i64
        }
    };
    length.unsigned_abs() + u64::from(number < 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_long_as_in_javascript() {
        let check = |token: &str, written: &str| {
            assert_eq!(number_length(token), written.len() as u64, "{token} is {written}");
        };
        check("0", "0");
        check("-0", "0");
        check("0.0", "0");
        check("1.0", "1");
        check("0.70", "0.7");
        check("-12", "-12");
        check("1e2", "100");
        check("1E21", "1e+21");
        check("1e20", "100000000000000000000");
        check("1.5e300", "1.5e+300");
        check("123456.789", "123456.789");
        check("0.000001", "0.000001");
        check("0.0000001", "1e-7");
        check("0.00000012", "1.2e-7");
        check("12345678901234567890", "12345678901234567000");
        check("1e400", "null");
        check("true", "true");
        check("null", "null");
    }

    #[test]
    fn strings_are_as_long_as_in_javascript() {
        let check = |token: &str, bytes| assert_eq!(string_length(token), bytes, "{token}");
        check(r#""""#, 2);
        check(r#""a é""#, 6);
        check(r#""\u00e9""#, 4);
        check(r#""\/""#, 3);
        check(r#""\"\\\n""#, 8);
        check(r#""\u000a\u0001\u0022""#, 12);
        check(r#""\ud83d\ude00""#, 6);
        check(r#""\ud83d x""#, 10);
        check(r#""\ud83d\ud83d\ude00""#, 12);
        check(r#""\u2028""#, 5);
    }

    #[test]
    fn a_count_may_be_written_as_a_fraction() {
        let check = |token: &str, count| assert_eq!(whole(token), count, "{token}");
        check("12", Some(12));
        check("12.0", Some(12));
        check("1e3", Some(1000));
        check("1e30", Some(u64::MAX));
        check("12.5", None);
        check("-1", None);
        check("null", None);
        check("\"12\"", None);
        check("1e400", None);
    }
}
