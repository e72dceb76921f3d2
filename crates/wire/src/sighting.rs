//! Keys that stand in some text: a log, a file of settings, a diff.

use super::key::ProxyKey;

/// The longest key that is looked for. The ids and secrets that anybody makes are far shorter.
pub const KEY_BYTES_MAX: usize = 512;

/// How a key begins, in both of its forms.
const BEGINNINGS: [&[u8]; 4] =
    [b"clawrouter-live-", b"clawrouter-test-", b"ocpk_live_", b"ocpk_test_"];

/// A key, and where in the text it begins.
#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Sighting<'a> {
    pub at: usize,
    pub key: ProxyKey<'a>,
    /// The key as it stands there. It is a secret.
    text: &'a str,
}

impl<'a> Sighting<'a> {
    /// The whole key, for a caller that keeps it as a secret.
    pub fn expose(&self) -> &'a str {
        self.text
    }
}

/// All keys in a text, from its beginning to its end. What only begins like one, such as the
/// pattern in a manual, is none.
pub fn keys_in(text: &[u8]) -> Vec<Sighting<'_>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(at) = next_beginning(text, from) {
        let run = text[at..].iter().take(KEY_BYTES_MAX).take_while(|b| is_of_key(**b)).count();
        let candidate = std::str::from_utf8(&text[at..at + run]).unwrap_or("");
        match ProxyKey::parse(candidate) {
            Ok(key) => {
                found.push(Sighting { at, key, text: candidate });
                from = at + run;
            }
            Err(_) => from = at + 1,
        }
    }
    found
}

fn is_of_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}

fn next_beginning(text: &[u8], from: usize) -> Option<usize> {
    BEGINNINGS
        .iter()
        .filter_map(|word| memchr::memmem::find(&text[from..], word))
        .min()
        .map(|at| from + at)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn seen(text: &str) -> Vec<(usize, &str)> {
        keys_in(text.as_bytes()).iter().map(|sighting| (sighting.at, sighting.key.id)).collect()
    }

    #[test]
    fn keys_are_found_among_anything() {
        let check = |text: &str, want: &[(usize, &str)]| assert_eq!(seen(text), want, "{text}");
        check("nothing", &[]);
        check("clawrouter-live-alice-s3cret-99", &[(0, "alice")]);
        check("KEY='clawrouter-test-al_ice-s3cret_99'\n", &[(5, "al_ice")]);
        check("x ocpk_live_abcd_12345678, ocpk_test_efgh_12345678.", &[(2, "abcd"), (27, "efgh")]);
        check("https://h/?k=clawrouter-live-alice-12345678&x=1", &[(13, "alice")]);
        // What cannot be a key is none, and hides none behind it.
        check("a key reads `clawrouter-live-<id>-<secret>`", &[]);
        check("clawrouter-live-abc-12345678", &[]);
        check("clawrouter-live-alice-123 clawrouter-live-robert-12345678", &[(26, "robert")]);
        check("clawrouter-live-ocpk_live_abcd_12345678", &[(16, "abcd")]);
    }

    #[test]
    fn bytes_that_are_no_text_hide_nothing() {
        let text = [b"\xff\0".as_slice(), b"clawrouter-live-alice-12345678", b"\xc3("].concat();
        assert_eq!(keys_in(&text).len(), 1);
    }

    proptest! {
        #[test]
        fn every_key_is_found(
            before in "[ -~]{0,40}[^A-Za-z0-9_-]",
            id in "[A-Za-z0-9_]{4,40}",
            secret in "[A-Za-z0-9_-]{8,64}",
            after in "([^A-Za-z0-9_-][ -~]{0,40})?",
        ) {
            let key = format!("clawrouter-live-{id}-{secret}");
            let text = format!("{before}{key}{after}");
            let want = ProxyKey::parse(&key);
            let found = keys_in(text.as_bytes());
            prop_assert!(found.iter().any(|sighting| Ok(sighting.key) == want), "{text}");
        }
    }
}
