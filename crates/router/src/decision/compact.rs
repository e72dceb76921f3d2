//! JSON without the white space between its tokens. Strings and numbers stay as they are written.

/// Appends a text that is known to be JSON.
pub(super) fn push(out: &mut Vec<u8>, json: &str) {
    let bytes = json.as_bytes();
    // What has not been copied yet starts here.
    let mut from = 0;
    let mut at = 0;
    while at < bytes.len() {
        match bytes[at] {
            b'"' => at = string_end(bytes, at),
            b' ' | b'\t' | b'\n' | b'\r' => {
                out.extend_from_slice(&bytes[from..at]);
                at += 1;
                from = at;
            }
            _ => at += 1,
        }
    }
    out.extend_from_slice(&bytes[from..]);
}

/// Appends a text as a JSON string.
pub(super) fn push_text(out: &mut Vec<u8>, text: &str) {
    // A string has nothing that could not be written, and a vector takes all.
    let _ = serde_json::to_writer(out, text);
}

/// Behind the closing quote of the string that opens at `at`.
pub(super) fn string_end(bytes: &[u8], at: usize) -> usize {
    let mut at = at + 1;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' => return at + 1,
            b'\\' => at += 2,
            _ => at += 1,
        }
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn compact(json: &str) -> String {
        let mut out = Vec::new();
        push(&mut out, json);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn only_white_space_between_tokens_goes() {
        let check = |json, expected| assert_eq!(compact(json), expected);
        check(" { \"a b\" :\t[ 1.50 ,\r\n2e+5 ] } ", r#"{"a b":[1.50,2e+5]}"#);
        check(r#""a \" b""#, r#""a \" b""#);
        check(r#" "ends in \\" "#, r#""ends in \\""#);
        check(r#"["\u0041 \ud83d", "é "]"#, r#"["\u0041 \ud83d","é "]"#);
    }

    proptest! {
        #[test]
        fn it_undoes_indentation(texts in prop::collection::vec("\\PC{0,8}", 0..5)) {
            let value = serde_json::json!({ "texts": texts, "n": [1, null, { "x": true }] });
            let pretty = serde_json::to_string_pretty(&value).unwrap();
            prop_assert_eq!(compact(&pretty), value.to_string());
        }
    }
}
