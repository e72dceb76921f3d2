//! Whether a key that was proved may be used at all.

use jiff::Timestamp;

use super::step::noted;
use super::{Check, Outcome, Step};
use crate::refusal::Refusal;
use clawctl_wire::error::code;

/// What the use of a key depends on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct KeyFacts {
    pub(crate) enabled: bool,
    pub(crate) expires_at: Option<Timestamp>,
    /// Nothing if the policy does not exist.
    pub(crate) policy: Option<PolicyFacts>,
}

/// The same of the policy that it is under.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct PolicyFacts {
    pub(crate) enabled: bool,
    /// Whether the key was registered under this very policy, and not under an earlier one of its
    /// name.
    pub(crate) is_the_keys: bool,
}

/// Checks the state of a key. The order is part of the contract.
pub(crate) fn check_key(
    key: &KeyFacts,
    now: Timestamp,
    note: &mut dyn FnMut(Step),
) -> Result<(), Refusal> {
    let policy = key.policy.unwrap_or(PolicyFacts { enabled: true, is_the_keys: true });
    for (check, is_fine, code, message) in [
        (
            Check::PolicyExists,
            key.policy.is_some(),
            code::CREDENTIAL_POLICY_MISSING,
            "the policy of this key does not exist",
        ),
        (Check::KeyEnabled, key.enabled, code::PROXY_KEY_REVOKED, "this key is revoked"),
        (
            Check::KeyExpiry,
            key.expires_at.is_none_or(|end| end > now),
            code::PROXY_KEY_EXPIRED,
            "this key's time is over",
        ),
        (
            Check::PolicyEnabled,
            policy.enabled,
            code::POLICY_REVOKED,
            "the policy of this key is revoked",
        ),
        (
            Check::Generation,
            policy.is_the_keys,
            code::CREDENTIAL_POLICY_STALE,
            "this key was registered under an earlier policy of the same name",
        ),
    ] {
        let refused = || Refusal::forbidden(code, message);
        noted(note, check, is_fine.then_some(Outcome::Passed).ok_or_else(refused))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_fault_in_the_order_of_the_contract_is_named() {
        let now: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
        let policy = |enabled, is_the_keys| Some(PolicyFacts { enabled, is_the_keys });
        let check = |enabled, expires_at, policy, expected: Option<&str>| {
            let facts = KeyFacts { enabled, expires_at, policy };
            let mut steps = Vec::new();
            let checked = check_key(&facts, now, &mut |step| steps.push(step));
            assert_eq!(checked.err().map(|refusal| refusal.code), expected, "{facts:?}");
            let refused = steps.iter().position(|step| step.outcome == Outcome::Refused);
            assert_eq!(refused.is_some(), expected.is_some(), "{facts:?}");
            assert!(refused.is_none_or(|at| at + 1 == steps.len()), "{steps:?}");
        };
        let over = Some(now);
        check(false, over, None, Some(code::CREDENTIAL_POLICY_MISSING));
        check(false, over, policy(false, false), Some(code::PROXY_KEY_REVOKED));
        check(true, over, policy(false, false), Some(code::PROXY_KEY_EXPIRED));
        check(true, None, policy(false, false), Some(code::POLICY_REVOKED));
        check(true, None, policy(true, false), Some(code::CREDENTIAL_POLICY_STALE));
        let later = now.checked_add(jiff::SignedDuration::from_secs(1)).unwrap();
        check(true, Some(later), policy(true, true), None);
    }
}
