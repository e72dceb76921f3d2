//! The text of a proxy key: `clawrouter-live-<id>-<secret>`.

use std::borrow::Cow;

use sha2::{Digest, Sha256};
use thiserror::Error;

/// The shortest secret with which a key can be parsed by the router.
pub const SECRET_CHARS_MIN: usize = 8;

/// What a key says of itself. The router treats both alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mode {
    Live,
    Test,
}

impl Mode {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Test => "test",
        }
    }
}

/// A key taken apart. It borrows the text, so that the secret is not copied about.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct ProxyKey<'a> {
    pub mode: Mode,
    pub id: &'a str,
    secret: &'a str,
}

/// Why a text is not a key. No variant repeats any of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadKey {
    #[error("it does not start with `clawrouter-live-` or `clawrouter-test-`")]
    Prefix,
    #[error("it has no secret after the id")]
    NoSecret,
    #[error("its id is shorter than 4 characters")]
    ShortId,
    #[error("its secret is shorter than {SECRET_CHARS_MIN} characters; was it cut off?")]
    ShortSecret,
    #[error("it contains a character that no key has; was it pasted with quotes or a line break?")]
    Character,
}

/// How keys begin, and what stands between their parts.
const FORMS: [(&str, Mode, char); 4] = [
    ("clawrouter-live-", Mode::Live, '-'),
    ("clawrouter-test-", Mode::Test, '-'),
    ("ocpk_live_", Mode::Live, '_'),
    ("ocpk_test_", Mode::Test, '_'),
];

impl<'a> ProxyKey<'a> {
    /// The first key that stands anywhere in a text.
    pub fn find_in(text: &'a str) -> Option<Self> {
        let starts = |form: &'static str| text.match_indices(form).map(|(at, _)| at);
        let mut starts: Vec<usize> = FORMS.iter().flat_map(|(form, ..)| starts(form)).collect();
        starts.sort_unstable();
        let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        starts.into_iter().find_map(|at| {
            let from = &text[at..];
            Self::parse(&from[..from.find(|c| !is_key(c)).unwrap_or(from.len())]).ok()
        })
    }

    /// Takes a key apart as the router does: at the first delimiter after the prefix.
    pub fn parse(text: &'a str) -> Result<Self, BadKey> {
        let (rest, mode, delimiter) = FORMS
            .iter()
            .find_map(|(prefix, mode, by)| text.strip_prefix(prefix).map(|rest| (rest, *mode, *by)))
            .ok_or(BadKey::Prefix)?;
        let (id, secret) = rest.split_once(delimiter).ok_or(BadKey::NoSecret)?;
        let legal =
            |part: &str| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-');
        if !legal(id) || !legal(secret) {
            return Err(BadKey::Character);
        }
        if id.len() < super::id::KEY_ID_CHARS_MIN {
            return Err(BadKey::ShortId);
        }
        if secret.is_empty() {
            return Err(BadKey::NoSecret);
        }
        if secret.len() < SECRET_CHARS_MIN {
            return Err(BadKey::ShortSecret);
        }
        Ok(Self { mode, id, secret })
    }

    /// What the router stores of this key, and all that it ever needs to know.
    pub fn secret_sha256(&self) -> String {
        sha256_hex(self.secret)
    }
}

impl std::fmt::Debug for ProxyKey<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "ProxyKey({}, {}, redacted)", self.mode.as_str(), self.id)
    }
}

/// Lower-case hex of the SHA-256 of a secret.
pub fn sha256_hex(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// In lower-case hex digits. There is room for the end of a line, so that the digits of a secret are
/// never copied to where there is more room.
pub fn hex(bytes: &[u8]) -> String {
    let mut hex = String::with_capacity(2 * bytes.len() + 1);
    for byte in bytes {
        for nibble in [byte >> 4, byte & 15] {
            hex.push(char::from(b"0123456789abcdef"[usize::from(nibble)]));
        }
    }
    hex
}

/// Does this look like the hex of a SHA-256, in either case?
pub fn is_sha256_hex(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// The text with `[secret]` in the place of the secret of every key in it: for words that may
/// repeat what somebody typed, such as a key where its id was meant.
pub fn masked(text: &str) -> Cow<'_, str> {
    // With underscores it is what becomes of a key whose dashes were mended away.
    const BEGINNINGS: [(&str, char); 6] = [
        ("clawrouter-live-", '-'),
        ("clawrouter-test-", '-'),
        ("clawrouter_live_", '_'),
        ("clawrouter_test_", '_'),
        ("ocpk_live_", '_'),
        ("ocpk_test_", '_'),
    ];
    let mut masked = String::new();
    let mut rest = text;
    while let Some((at, beginning, by)) = BEGINNINGS
        .iter()
        .filter_map(|(beginning, by)| rest.find(beginning).map(|at| (at, *beginning, *by)))
        .min_by_key(|(at, ..)| *at)
    {
        let (before, from) = rest.split_at(at + beginning.len());
        masked.push_str(before);
        let is_key = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '-';
        let (key, after) = from.split_at(from.find(|c| !is_key(c)).unwrap_or(from.len()));
        match key.split_once(by) {
            Some((id, secret)) if !secret.is_empty() => {
                masked.push_str(id);
                masked.push(by);
                masked.push_str("[secret]");
            }
            _ => masked.push_str(key),
        }
        rest = after;
    }
    if masked.is_empty() {
        return Cow::Borrowed(text);
    }
    masked.push_str(rest);
    Cow::Owned(masked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_are_taken_apart_at_the_first_delimiter() {
        let dash = ProxyKey::parse("clawrouter-live-under_score-se-cret_1").unwrap();
        assert_eq!((dash.id, dash.secret, dash.mode), ("under_score", "se-cret_1", Mode::Live));
        let old = ProxyKey::parse("ocpk_test_abcd_sec_ret-12").unwrap();
        assert_eq!((old.id, old.secret, old.mode), ("abcd", "sec_ret-12", Mode::Test));
    }

    #[test]
    fn what_the_router_cannot_parse_is_refused() {
        let check = |text, why| assert_eq!(ProxyKey::parse(text), Err(why), "{text}");
        check("sk-123", BadKey::Prefix);
        check("clawrouter-live-alice", BadKey::NoSecret);
        check("clawrouter-live-alice-", BadKey::NoSecret);
        check("clawrouter-live-abc-12345678", BadKey::ShortId);
        check("clawrouter-live-alice-1234567", BadKey::ShortSecret);
        check("clawrouter-live-alice-12345678\n", BadKey::Character);
    }

    #[test]
    fn the_hash_is_of_the_secret_alone() {
        let key = ProxyKey::parse("clawrouter-test-alice-secret-99").unwrap();
        assert_eq!(key.secret_sha256(), sha256_hex("secret-99"));
        assert_eq!(
            sha256_hex("abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
    }

    #[test]
    fn a_key_among_words_is_masked() {
        let check = |text: &str, want: &str| assert_eq!(masked(text), want);
        check("no key here", "no key here");
        check(
            "a key reads `clawrouter-live-<id>-<secret>`",
            "a key reads `clawrouter-live-<id>-<secret>`",
        );
        check("`clawrouter-live-alice`", "`clawrouter-live-alice`");
        check("`clawrouter-live-alice-s3-c_ret`!", "`clawrouter-live-alice-[secret]`!");
        check("use `clawrouter_live_alice_s3cret`", "use `clawrouter_live_alice_[secret]`");
        check(
            "ocpk_test_abcd_x and clawrouter-test-bob-y",
            "ocpk_test_abcd_[secret] and clawrouter-test-bob-[secret]",
        );
    }

    #[test]
    fn a_key_is_found_anywhere_in_a_text() {
        let check = |text: &str, id| {
            assert_eq!(ProxyKey::find_in(text).map(|key| key.id), id, "{text}");
        };
        check("clawrouter-live-alice-12345678", Some("alice"));
        check("for alice: `clawrouter-test-alice-12345678`.", Some("alice"));
        check("/v1/admin/policies/ocpk_live_bobby_12345678/revoke", Some("bobby"));
        check("clawrouter-live-x-y clawrouter-live-carol-12345678", Some("carol"));
        for none in ["", "clawrouter-live-alice", "a key reads clawrouter-live-ID-SECRET", "ocpk_"]
        {
            check(none, None);
        }
    }

    #[test]
    fn debug_shows_no_secret() {
        let key = ProxyKey::parse("clawrouter-live-alice-topsecret").unwrap();
        assert_eq!(format!("{key:?}"), "ProxyKey(live, alice, redacted)");
    }
}
