//! Percent-encoding of what stands in a path.

use std::borrow::Cow;

/// Undoes percent-encoding; nothing if an escape is broken or what it stands for is no UTF-8.
pub fn decode(text: &str) -> Option<Cow<'_, str>> {
    if !text.contains('%') {
        return Some(text.into());
    }
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((byte, tail)) = rest.split_first() {
        rest = tail;
        if *byte != b'%' {
            bytes.push(*byte);
            continue;
        }
        let (&[high, low], tail) = rest.split_first_chunk::<2>()?;
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let value = digit(high)? * 16 + digit(low)?;
        bytes.push(u8::try_from(value).ok()?);
        rest = tail;
    }
    String::from_utf8(bytes).map(Cow::Owned).ok()
}

/// Appends a text with everything escaped but what RFC 3986 reserves for nothing.
pub fn encode(out: &mut String, text: &str) {
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            out.push(char::from(byte));
        } else {
            let digit = |value: u8| char::from(b"0123456789ABCDEF"[usize::from(value)]);
            out.extend(['%', digit(byte >> 4), digit(byte & 15)]);
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn broken_escapes_are_noticed() {
        let check = |text, expected: Option<&str>| {
            assert_eq!(decode(text).as_deref(), expected, "{text}");
        };
        check("plain", Some("plain"));
        check("a%20b%2Fc%c3%a9", Some("a b/cé"));
        check("%", None);
        check("%2", None);
        check("%zz", None);
        check("%+1", None);
        check("%ff", None);
    }

    proptest! {
        #[test]
        fn decoding_undoes_encoding(text in "\\PC{0,16}") {
            let mut encoded = String::new();
            encode(&mut encoded, &text);
            prop_assert!(encoded.bytes().all(|b| b.is_ascii_alphanumeric() || b"-._~%".contains(&b)));
            let decoded = decode(&encoded);
            prop_assert_eq!(decoded.as_deref(), Some(text.as_str()));
        }
    }
}
