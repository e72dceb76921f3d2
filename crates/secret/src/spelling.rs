//! How a secret may be written where somebody repeats it: as it is, in a URL, in JSON.

use zeroize::Zeroizing;

/// A shorter text is no secret: its letters are part of many ordinary words.
const CHARS_MIN: usize = 8;

/// Every way of writing a secret, each once; nothing for a text that is too short to be one.
pub fn spellings(secret: &str) -> Vec<Zeroizing<String>> {
    if secret.len() < CHARS_MIN {
        return Vec::new();
    }
    let mut texts = vec![Zeroizing::new(secret.to_owned())];
    // Most secrets look the same in a URL and in JSON.
    if secret.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)) {
        return texts;
    }
    let in_url = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
    let in_json = serde_json::Value::from(secret).to_string();
    // One quote on each side is JSON's; more of them belong to the secret.
    let in_json = in_json[1..in_json.len() - 1].to_owned();
    for text in [in_url, in_json].map(Zeroizing::new) {
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_known_in_every_spelling() {
        let check = |secret: &str, expected: &[&str]| {
            let found: Vec<String> = spellings(secret).iter().map(|t| t.to_string()).collect();
            assert_eq!(found, expected, "{secret}");
        };
        check("canary-1234_5.6", &["canary-1234_5.6"]);
        check("canary/12+34", &["canary/12+34", "canary%2F12%2B34"]);
        check("canary\"1234", &["canary\"1234", "canary%221234", "canary\\\"1234"]);
        check("short12", &[]);
    }
}
