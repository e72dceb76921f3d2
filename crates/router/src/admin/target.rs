//! Which resource a path names: `<id>`, or `<id>/revoke`.

use std::borrow::Cow;

use http::StatusCode;

use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::id::check_id;
use clawctl_wire::percent;

/// The end of an admin path, taken apart.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) id: String,
    /// Whether `/revoke` stands behind the id.
    pub(super) revoke: bool,
}

impl Target {
    /// Reads an id that must be one of letters, digits and underscores. `code` is for one that is
    /// not.
    pub(super) fn parse(tail: &str, code: &'static str) -> Result<Self, Refusal> {
        let (encoded, revoke) = match tail.strip_suffix("/revoke") {
            Some(encoded) => (encoded, true),
            None => (tail, false),
        };
        let decoded = decode(encoded)?;
        let id = decoded.trim();
        check_id(id).map_err(|error| Refusal::bad(code, error.to_string()))?;
        Ok(Self { id: id.to_owned(), revoke })
    }
}

/// Undoes percent-encoding. The contract's answer to a broken escape is status 500.
pub(super) fn decode(text: &str) -> Result<Cow<'_, str>, Refusal> {
    let broken = || {
        let message = "the path has a percent sign with no UTF-8 behind it";
        Refusal::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL_ERROR, message)
    };
    percent::decode(text).ok_or_else(broken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_decoded_and_trimmed() {
        let check = |tail: &str, id: &str, revoke| {
            let expected = Target { id: id.to_owned(), revoke };
            assert_eq!(Target::parse(tail, "invalid_policy"), Ok(expected), "{tail}");
        };
        check("alpha", "alpha", false);
        check("alpha/revoke", "alpha", true);
        check("revoke", "revoke", false);
        check("revoke/revoke", "revoke", true);
        check("%20trimmed%20", "trimmed", false);
        check("%61lpha", "alpha", false);
    }

    #[test]
    fn what_is_no_id_is_refused() {
        let check = |tail: &str, status: u16| {
            let refusal = Target::parse(tail, "invalid_policy").unwrap_err();
            assert_eq!(refusal.status.as_u16(), status, "{tail}");
        };
        for tail in ["", "/revoke", "a-b", "a.b", "a%2Fb", "a/b", "a/b/revoke", "a%20b", "%C3%A9"] {
            check(tail, 400);
        }
        for tail in ["a%zz", "a%", "a%2", "%FF"] {
            check(tail, 500);
        }
    }
}
