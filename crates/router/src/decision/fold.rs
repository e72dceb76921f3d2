//! Names of members as the most lenient reader takes them.
//!
//! Some servers read names without regard to case, and some take `max_tokens` for `maxTokens`. A
//! member that may cost more counts under every spelling that anybody may understand.

/// No name that matters is longer, without its underscores.
const LENGTH_MAX: usize = 32;

/// A name in lower case and without underscores; empty if it can be no name that matters.
pub(super) struct Folded {
    bytes: [u8; LENGTH_MAX],
    length: usize,
}

impl Folded {
    pub(super) fn of(name: &str) -> Self {
        let mut folded = Self { bytes: [0; LENGTH_MAX], length: 0 };
        for c in name.chars() {
            let byte = match c {
                '_' | '-' => continue,
                // Unicode folds these two to letters of ASCII, and Go's JSON reader does as well.
                '\u{17f}' => b's',
                '\u{212a}' => b'k',
                c if c.is_ascii() => c.to_ascii_lowercase() as u8,
                _ => return Self { length: 0, ..folded },
            };
            match folded.bytes.get_mut(folded.length) {
                Some(place) => *place = byte,
                None => return Self { length: 0, ..folded },
            }
            folded.length += 1;
        }
        folded
    }

    pub(super) fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..self.length]).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_name_is_the_same() {
        let check = |name: &str, folded: &str| assert_eq!(Folded::of(name).as_str(), folded);
        for name in ["max_tokens", "maxTokens", "MAX-TOKENS", "max_to\u{212a}en\u{17f}"] {
            check(name, "maxtokens");
        }
        check("", "");
        check("modèle", "");
        check(&"x".repeat(32), &"x".repeat(32));
        check(&"x".repeat(33), "");
        check(&"x_".repeat(32), &"x".repeat(32));
    }
}
