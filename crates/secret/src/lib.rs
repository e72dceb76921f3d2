//! The one-time-revealed part of a key: how it is made, where it comes from, where it goes.
//!
//! Only a sink, the reveal and the transport may look into a [`Secret`]. Nothing here reads the
//! environment, a clock or the user's configuration; all of that is given as values.

pub mod disk;
pub mod issued;
pub mod keychain;
pub mod reference;
pub mod sink;
pub mod source;
pub mod spelling;

use std::fmt;

use subtle::ConstantTimeEq;
use thiserror::Error;
use zeroize::Zeroizing;

/// How many characters a made secret has. 43 of 62 kinds carry just over 256 bits.
pub const MADE_CHARS: usize = 43;

/// Text that must not be shown. Its memory is overwritten when it is dropped.
///
/// It is neither `Clone` nor `Serialize`, so that no derive on a type around it makes a copy or
/// writes it out. Comparison takes constant time.
pub struct Secret {
    text: Zeroizing<String>,
}

/// The operating system gave no random bytes.
#[derive(Debug, Error)]
#[error("the system's random source failed: {0}")]
pub struct NoRandomness(getrandom::Error);

impl Secret {
    /// Takes the text over. The caller keeps no other copy of it.
    pub fn new(text: String) -> Self {
        Self { text: Zeroizing::new(text) }
    }

    /// Has a text the shape of what [`Self::generate`] makes?
    pub fn looks_generated(text: &str) -> bool {
        let text = text.trim();
        text.len() == MADE_CHARS && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
    }

    /// A fresh secret from the operating system's random source.
    ///
    /// It is base62: a double click selects all of it, no shell or dotenv dialect has a meaning
    /// for any of it, and it can never begin with a dash.
    pub fn generate() -> Result<Self, NoRandomness> {
        const KINDS: &[u8; 62] = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
        // 248 is the largest multiple of 62 in a byte. Taking the bytes above it too would make
        // the first eight characters likelier than the rest.
        const FAIR: u8 = 248;
        let mut text = Zeroizing::new(String::with_capacity(MADE_CHARS));
        let mut bytes = Zeroizing::new([0_u8; 64]);
        while text.len() < MADE_CHARS {
            getrandom::fill(bytes.as_mut_slice()).map_err(NoRandomness)?;
            let fair = bytes.iter().filter(|byte| **byte < FAIR);
            for byte in fair.take(MADE_CHARS - text.len()) {
                text.push(char::from(KINDS[usize::from(byte % 62)]));
            }
        }
        Ok(Self { text })
    }

    /// The text itself. Every call is a place where a secret can leak: this is for the sinks, the
    /// one reveal of a key, the hash of it and the transport, and for nothing that is logged.
    pub fn expose(&self) -> &str {
        &self.text
    }

    /// A second copy, made on purpose. Both are overwritten when they are dropped.
    pub fn duplicate(&self) -> Self {
        Self { text: self.text.clone() }
    }
}

impl PartialEq for Secret {
    fn eq(&self, other: &Self) -> bool {
        self.text.as_bytes().ct_eq(other.text.as_bytes()).into()
    }
}

impl Eq for Secret {}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("[secret]")
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn a_secret_shows_nothing_of_itself() {
        let secret = Secret::new("canary-canary".into());
        let shown = format!("{secret} {secret:?} {secret:#?} {secret:>20}");
        assert!(!shown.contains("canary"), "{shown}");
        assert!(shown.contains("[secret]"));
    }

    #[test]
    fn made_secrets_are_long_plain_and_never_alike() {
        let made: HashSet<String> =
            (0..500).map(|_| Secret::generate().unwrap().expose().to_owned()).collect();
        assert_eq!(made.len(), 500);
        for text in &made {
            assert_eq!(text.len(), MADE_CHARS);
            assert!(text.bytes().all(|b| b.is_ascii_alphanumeric()), "{text}");
        }
    }

    #[test]
    fn every_character_of_a_made_secret_is_as_likely() {
        let mut seen = [0_u32; 128];
        for _ in 0..2_000 {
            for byte in Secret::generate().unwrap().expose().bytes() {
                seen[usize::from(byte)] += 1;
            }
        }
        // 86 000 draws over 62 kinds: 1387 each, with a deviation of 37. Six of those is a bug.
        for kind in (b'0'..=b'9').chain(b'a'..=b'z').chain(b'A'..=b'Z') {
            let count = seen[usize::from(kind)];
            assert!((1_165..1_610).contains(&count), "{} came {count} times", char::from(kind));
        }
    }

    #[test]
    fn secrets_are_compared_whole() {
        let secret = Secret::new("abcd".into());
        assert_eq!(secret, secret.duplicate());
        for other in ["abce", "abc", "abcde", ""] {
            assert_ne!(secret, Secret::new(other.into()));
        }
    }
}
