//! Hazards of keys. There may be very many, so they are taken in one after the other, and only the ids
//! of those that are worth a word are kept.

use std::collections::{BTreeSet, HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::budgets::PrincipalLedgers;
use super::{State, about};
use crate::view::doctor::{Finding, Level};
use clawctl_wire::credential::Credential;
use clawctl_wire::id::check_key_id;
use clawctl_wire::lineage::{Successors, lease_end};
use clawctl_wire::policy::Policy;

/// How long before the end of a key somebody should know of it.
const NOTICE_DAYS: i64 = 7;

/// How long a key may lie unused before it is worth a look.
const UNUSED_DAYS: i64 = 30;

/// How long a key and its successor may both work before it is worth a look.
const OVERLAP_HOURS: i64 = 24;

/// The ids of keys with one hazard.
type Ids = Vec<String>;

/// What matters of all keys.
pub(in crate::commands::doctor) struct Keys<'a> {
    policies: HashMap<&'a str, &'a Policy>,
    now: Timestamp,
    pub(super) ledgers: PrincipalLedgers<'a>,
    successors: Successors,
    unusable_ids: Ids,
    policies_missing: Ids,
    stale: Ids,
    superseded: Ids,
    leases_over: Ids,
    expiring: Ids,
    expired: Ids,
    unused: Ids,
    /// The policies that have an enabled key.
    policies_in_use: HashSet<&'a str>,
}

impl<'a> Keys<'a> {
    pub(in crate::commands::doctor) fn new(policies: &'a [Policy], now: Timestamp) -> Self {
        Self {
            policies: policies.iter().map(|policy| (policy.policy_id.as_str(), policy)).collect(),
            now,
            ledgers: PrincipalLedgers::new(now),
            successors: Successors::default(),
            unusable_ids: Ids::new(),
            policies_missing: Ids::new(),
            stale: Ids::new(),
            superseded: Ids::new(),
            leases_over: Ids::new(),
            expiring: Ids::new(),
            expired: Ids::new(),
            unused: Ids::new(),
            policies_in_use: HashSet::new(),
        }
    }

    /// Takes in a key.
    pub(in crate::commands::doctor) fn add(&mut self, key: &Credential) {
        if key.active {
            self.successors.add(&key.credential_id);
        }
        let policy = self.policies.get(key.policy_id.as_str()).copied();
        if let Some(policy) = policy {
            self.ledgers.add(policy, key);
        }
        if !key.enabled {
            return;
        }
        self.policies_in_use.extend(policy.map(|policy| policy.policy_id.as_str()));
        let hazards = [
            (check_key_id(&key.credential_id).is_err(), &mut self.unusable_ids),
            (policy.is_none(), &mut self.policies_missing),
            (policy.is_some() && !key.generation_matches, &mut self.stale),
            (
                lease_end(&key.credential_id).is_some_and(|end| end <= self.now),
                &mut self.leases_over,
            ),
            (is_expiring(key, self.now), &mut self.expiring),
            (key.expires_at.is_some_and(|end| end <= self.now), &mut self.expired),
            (is_unused(key, self.now), &mut self.unused),
        ];
        for (_, ids) in hazards.into_iter().filter(|(is_one, _)| *is_one) {
            ids.push(key.credential_id.clone());
        }
    }

    /// Says whether the keys have to be taken in once more, now that all successors are known.
    pub(in crate::commands::doctor) fn has_successors(&mut self) -> bool {
        self.successors = std::mem::take(&mut self.successors).sorted();
        !self.successors.is_empty()
    }

    /// Takes in a key once more.
    pub(in crate::commands::doctor) fn add_again(&mut self, key: &Credential) {
        let long_ago = self.now - SignedDuration::from_hours(OVERLAP_HOURS);
        let successor = self.successors.of(&key.credential_id);
        if key.enabled && successor.is_some_and(|since| since <= long_ago) {
            self.superseded.push(key.credential_id.clone());
        }
    }
}

/// A key that was made for a shorter time ends as it was meant to.
fn is_expiring(key: &Credential, now: Timestamp) -> bool {
    let notice = SignedDuration::from_hours(24 * NOTICE_DAYS);
    key.expires_at.is_some_and(|end| {
        let is_long_lived = key.created_at.is_none_or(|made| end - notice > made);
        is_long_lived && now < end && end <= now + notice
    })
}

/// Only a router that notes when a key was made and used can show this.
fn is_unused(key: &Credential, now: Timestamp) -> bool {
    let since = now - SignedDuration::from_hours(24 * UNUSED_DAYS);
    key.last_used_at.is_none() && key.created_at.is_some_and(|at| at < since)
}

pub(super) fn unusable_ids(state: &State<'_>) -> Option<Finding> {
    let finding = Finding::new(Level::Problem, "key.id", "keys that can never work")
        .because("a router stores such an id, but cannot take a key with it apart")
        .remedy("clawctl key revoke ID, then issue one with a longer id");
    about(state.keys.unusable_ids.iter().cloned(), finding)
}

pub(super) fn policies_missing(state: &State<'_>) -> Option<Finding> {
    let finding = Finding::new(Level::Problem, "key.policy_missing", "keys without their policy")
        .because("every request with them is refused (403 credential_policy_missing)")
        .remedy("clawctl key move ID --policy POLICY, or clawctl key revoke ID");
    about(state.keys.policies_missing.iter().cloned(), finding)
}

pub(super) fn stale(state: &State<'_>) -> Option<Finding> {
    let finding =
        Finding::new(Level::Problem, "key.stale", "keys of an earlier policy of that name")
            .because("every request with them is refused (403 credential_policy_stale)")
            .remedy("clawctl key rotate ID, or clawctl key revoke ID");
    about(state.keys.stale.iter().cloned(), finding)
}

pub(super) fn dormant(state: &State<'_>) -> Option<Finding> {
    let under: &HashSet<&str> = &state.keys.policies_in_use;
    let dormant = state.policies.iter().filter(|p| !p.enabled && under.contains(&*p.policy_id));
    let dormant: BTreeSet<_> = dormant.map(|policy| policy.policy_id.clone()).collect();
    let finding = Finding::new(
        Level::Warning,
        "policy.disabled_with_keys",
        "disabled policies with enabled keys",
    )
    .because("the keys do not work, and all work again once the policy is enabled")
    .remedy("clawctl key list --policy POLICY, then clawctl key revoke ID");
    about(dormant.into_iter(), finding)
}

pub(super) fn superseded(state: &State<'_>) -> Option<Finding> {
    let finding =
        Finding::new(Level::Warning, "key.superseded", "keys that stay enabled beside a successor")
            .because("anyone who has the old key can still use it")
            .remedy("clawctl key rotate ID --finish --if-idle 30m");
    about(state.keys.superseded.iter().cloned(), finding)
}

pub(super) fn leases_over(state: &State<'_>) -> Option<Finding> {
    let finding =
        Finding::new(Level::Warning, "key.lease_over", "leases that are over and still enabled")
            .because("the command that had the key was killed before it could give it back")
            .remedy("clawctl key reap --leases --yes");
    about(state.keys.leases_over.iter().cloned(), finding)
}

pub(super) fn expiring(state: &State<'_>) -> Option<Finding> {
    let what = format!("keys that end within {NOTICE_DAYS} days");
    let finding = Finding::new(Level::Warning, "key.expires_soon", what)
        .because("after that, every request with one is refused (403 proxy_key_expired)")
        .remedy("clawctl key rotate ID --overlap --expires 90d");
    about(state.keys.expiring.iter().cloned(), finding)
}

pub(super) fn expired(state: &State<'_>) -> Option<Finding> {
    let finding = Finding::new(Level::Info, "key.expired", "expired keys that are still enabled")
        .because("they do not work, but they would with a later expiry")
        .remedy("clawctl key revoke ID");
    about(state.keys.expired.iter().cloned(), finding)
}

pub(super) fn unused(state: &State<'_>) -> Option<Finding> {
    let what = format!("keys that were never used in {UNUSED_DAYS} days and more");
    let finding = Finding::new(Level::Info, "key.never_used", what)
        .because("a key that nobody needs can only be lost")
        .remedy("clawctl key revoke ID");
    about(state.keys.unused.iter().cloned(), finding)
}
