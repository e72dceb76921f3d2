//! Model references such as `openai/gpt-5.6`, and patterns over them.

use serde::{Deserialize, Serialize};
use thiserror::Error;

/// The most patterns that one policy may carry.
pub const PATTERNS_MAX: usize = 256;

/// The longest pattern.
pub const PATTERN_CHARS_MAX: usize = 256;

/// An exact model id, or one with `*` for any run of characters.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(transparent)]
pub struct ModelPattern(String);

/// Why a text is not a model pattern.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadPattern {
    #[error("a model pattern cannot be empty")]
    Empty,
    #[error("a model pattern has at most {PATTERN_CHARS_MAX} characters")]
    TooLong,
    #[error("`{0}` contains white space or a control character, which no model id has")]
    Character(String),
}

impl ModelPattern {
    pub fn parse(text: &str) -> Result<Self, BadPattern> {
        let text = text.trim();
        if text.is_empty() {
            return Err(BadPattern::Empty);
        }
        if text.chars().count() > PATTERN_CHARS_MAX {
            return Err(BadPattern::TooLong);
        }
        if text.chars().any(|c| c.is_whitespace() || c.is_control()) {
            return Err(BadPattern::Character(text.escape_debug().to_string()));
        }
        Ok(Self(text.to_owned()))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }

    pub fn is_exact(&self) -> bool {
        !self.0.contains('*')
    }

    /// Does the whole id match? `*` stands for any run of characters, also none, also slashes.
    pub fn matches(&self, id: &str) -> bool {
        glob(self.0.as_bytes(), id.as_bytes())
    }
}

/// Iterative matching with one point to fall back to: linear in practice, never exponential.
fn glob(pattern: &[u8], text: &[u8]) -> bool {
    let (mut p, mut t) = (0, 0);
    let mut fall_back: Option<(usize, usize)> = None;
    while t < text.len() {
        match pattern.get(p) {
            Some(b'*') => {
                fall_back = Some((p, t));
                p += 1;
            }
            Some(byte) if *byte == text[t] => {
                p += 1;
                t += 1;
            }
            _ => {
                let Some((star, from)) = fall_back else { return false };
                fall_back = Some((star, from + 1));
                p = star + 1;
                t = from + 1;
            }
        }
    }
    pattern[p..].iter().all(|byte| *byte == b'*')
}

/// Does a policy's allow list let this model through? No list means all.
pub fn allows(patterns: Option<&[ModelPattern]>, model_id: &str) -> bool {
    patterns.is_none_or(|list| list.iter().any(|pattern| pattern.matches(model_id)))
}

impl std::fmt::Display for ModelPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.0)
    }
}

impl std::str::FromStr for ModelPattern {
    type Err = BadPattern;
    fn from_str(text: &str) -> Result<Self, BadPattern> {
        Self::parse(text)
    }
}

impl<'de> Deserialize<'de> for ModelPattern {
    fn deserialize<D: serde::Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        Self::parse(&String::deserialize(d)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn pattern(text: &str) -> ModelPattern {
        ModelPattern::parse(text).unwrap()
    }

    #[test]
    fn a_star_stands_for_any_run() {
        let check = |glob: &str, id: &str, expected| {
            assert_eq!(pattern(glob).matches(id), expected, "{glob} on {id}");
        };
        check("openai/gpt-5*", "openai/gpt-5.6", true);
        check("openai/gpt-5*", "openai/gpt-5", true);
        check("openai/gpt-5*", "openai/gpt-4.1-mini", false);
        check("openai/gpt-5*", "xopenai/gpt-5", false);
        check("openai/*", "openai/a/b", true);
        check("*", "anything", true);
        check("*mini*", "openai/gpt-4.1-mini", true);
        check("a*b*c", "a_b_b_c", true);
        check("a*b*c", "a_c_b", false);
        check("openai/gpt-5.6", "openai/gpt-5.60", false);
        check("openai/GPT-5.6", "openai/gpt-5.6", false);
    }

    #[test]
    fn no_list_allows_all_and_an_empty_list_nothing() {
        assert!(allows(None, "openai/gpt-5.6"));
        assert!(!allows(Some(&[]), "openai/gpt-5.6"));
    }

    /// The definition of a glob, written the slow and obvious way.
    fn by_definition(pattern: &[u8], text: &[u8]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some((b'*', rest)) => (0..=text.len()).any(|skip| by_definition(rest, &text[skip..])),
            Some((byte, rest)) => text.first() == Some(byte) && by_definition(rest, &text[1..]),
        }
    }

    proptest! {
        #[test]
        fn matching_agrees_with_the_definition(glob in "[ab/*]{1,8}", id in "[ab/]{0,10}") {
            prop_assert_eq!(
                pattern(&glob).matches(&id),
                by_definition(glob.as_bytes(), id.as_bytes())
            );
        }

        #[test]
        fn an_exact_pattern_matches_itself_alone(a in "[a-z./-]{1,12}", b in "[a-z./-]{1,12}") {
            prop_assert_eq!(pattern(&a).matches(&b), a == b);
        }
    }
}
