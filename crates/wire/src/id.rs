//! Ids of policies and credentials.

use thiserror::Error;

/// The longest id that a router stores.
pub const ID_CHARS_MAX: usize = 128;

/// The shortest credential id with which a key can be parsed by the router.
pub const KEY_ID_CHARS_MIN: usize = 4;

/// Why an id is refused before anything is sent.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum BadId {
    #[error("an id cannot be empty")]
    Empty,
    #[error("`{id}` has {length} characters, and an id has at most {ID_CHARS_MAX}")]
    TooLong { id: String, length: usize },
    #[error(
        "`{id}` has {length} of the {KEY_ID_CHARS_MIN} characters that the id of a key needs; the \
         router would store it, and refuse every request with the key"
    )]
    TooShortForKey { id: String, length: usize },
    #[error("`{id}` contains `{bad}`; an id is made of letters, digits and underscores")]
    BadCharacter { id: String, bad: char },
}

impl BadId {
    /// The nearest id that would be accepted.
    pub fn suggestion(&self) -> Option<String> {
        let Self::BadCharacter { id, .. } = self else { return None };
        let mended: String =
            id.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
        mended.chars().any(|c| c.is_ascii_alphanumeric()).then_some(mended)
    }
}

/// Is this an id that the admin API accepts? One to 128 letters, digits and underscores.
pub fn check_id(id: &str) -> Result<(), BadId> {
    if id.is_empty() {
        return Err(BadId::Empty);
    }
    if let Some(bad) = id.chars().find(|c| !(c.is_ascii_alphanumeric() || *c == '_')) {
        return Err(BadId::BadCharacter { id: id.to_owned(), bad });
    }
    if id.len() > ID_CHARS_MAX {
        return Err(BadId::TooLong { id: id.to_owned(), length: id.len() });
    }
    Ok(())
}

/// Is this an id with which an issued key can work? The admin API does not check that.
pub fn check_key_id(id: &str) -> Result<(), BadId> {
    check_id(id)?;
    if id.len() < KEY_ID_CHARS_MIN {
        return Err(BadId::TooShortForKey { id: id.to_owned(), length: id.len() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_follow_the_admin_api() {
        for good in ["a", "alice", "A_1", "ops_42", &"x".repeat(128)] {
            assert_eq!(check_id(good), Ok(()), "{good}");
        }
        for bad in ["", "a-b", "a.b", "a b", "é", "a/b", &"x".repeat(129)] {
            assert!(check_id(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_key_id_is_long_enough_to_be_parsed() {
        assert!(matches!(check_key_id("abc"), Err(BadId::TooShortForKey { length: 3, .. })));
        assert_eq!(check_key_id("abcd"), Ok(()));
    }

    #[test]
    fn a_mended_id_is_suggested() {
        let refused = check_id("team-alpha.ci").unwrap_err();
        assert_eq!(refused.suggestion().as_deref(), Some("team_alpha_ci"));
        assert_eq!(check_id("--").unwrap_err().suggestion(), None);
    }
}
