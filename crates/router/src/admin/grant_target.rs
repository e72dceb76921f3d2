//! Which grant a path names, and what is to be done with it.

use super::target::decode;
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::grant::{BadGrantKey, GrantKey, GrantScope};

/// The end of an admin path, taken apart: `<scope>/<id>/<ref>[/<verb>]`.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct GrantTarget {
    pub(super) key: GrantKey,
    pub(super) verb: Option<GrantVerb>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum GrantVerb {
    Revoke,
    Refresh,
    QuotaRefresh,
    Authorize,
}

impl GrantVerb {
    fn of(word: &str) -> Option<Self> {
        match word {
            "revoke" => Some(Self::Revoke),
            "refresh" => Some(Self::Refresh),
            "quota-refresh" => Some(Self::QuotaRefresh),
            "authorize" => Some(Self::Authorize),
            _ => None,
        }
    }
}

impl GrantTarget {
    pub(super) fn parse(tail: &str) -> Result<Self, Refusal> {
        let bad = |reason: String| Refusal::bad(code::INVALID_UPSTREAM_GRANT_ROUTE, reason);
        let shape = || bad(BadGrantKey::Shape.to_string());
        let segments: Vec<&str> = tail.split('/').collect();
        let (scope, id, token_ref, verb) = match segments.as_slice() {
            [scope, id, token_ref] => (scope, id, token_ref, None),
            [scope, id, token_ref, verb] => {
                (scope, id, token_ref, Some(GrantVerb::of(verb).ok_or_else(shape)?))
            }
            _ => return Err(shape()),
        };
        let scope = GrantScope::of(scope).ok_or_else(shape)?;
        let key = GrantKey::new(scope, &decode(id)?, &decode(token_ref)?);
        Ok(Self { key: key.map_err(|error| bad(error.to_string()))?, verb })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grant_has_three_segments_and_perhaps_a_verb() {
        let check = |tail: &str, name: &str, verb| {
            let target = GrantTarget::parse(tail).unwrap();
            assert_eq!((target.key.to_string().as_str(), target.verb), (name, verb), "{tail}");
        };
        check("policies/team/main", "policies/team/main", None);
        check("tenants/acme/main/revoke", "tenants/acme/main", Some(GrantVerb::Revoke));
        check("policies/team/refresh", "policies/team/refresh", None);
        check("policies/a-b/c.d%20e", "policies/a-b/c.d e", None);
        check("policies/t/r/quota-refresh", "policies/t/r", Some(GrantVerb::QuotaRefresh));
    }

    #[test]
    fn what_is_no_grant_is_refused() {
        for tail in [
            "",
            "policies",
            "policies/x",
            "policies/x/y/z",
            "policies/x/y/revoke/z",
            "teams/x/y",
            "policies/has%2Fslash/y",
            "policies/tenants/y",
            "policies//y",
            "policies/x/..",
            "policies/x/%0A",
        ] {
            let refusal = GrantTarget::parse(tail).unwrap_err();
            assert_eq!(refusal.code, code::INVALID_UPSTREAM_GRANT_ROUTE, "{tail}");
        }
        assert_eq!(GrantTarget::parse("policies/x/%zz").unwrap_err().status.as_u16(), 500);
    }
}
