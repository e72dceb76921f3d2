//! Keys that had their time, as their ids tell.

use jiff::{SignedDuration, Timestamp};

use super::{State, about, keys};
use crate::view::doctor::{Finding, Level};
use crate::wire::credential::Credential;
use crate::wire::lineage::{Lineage, lease_end};

/// How long a key and its successor may both work before it is worth a look.
const OVERLAP_HOURS: i64 = 24;

pub(super) fn superseded_keys(state: &State<'_>) -> Option<Finding> {
    let since = state.now - SignedDuration::from_hours(OVERLAP_HOURS);
    let finding =
        Finding::new(Level::Warning, "key.superseded", "keys that stay enabled beside a successor")
            .because("whoever holds the old key can still use it")
            .remedy("clawctl key rotate ID --finish --if-idle 30m");
    about(keys(state, |key| has_successor(state, key, since)), finding)
}

fn has_successor(state: &State<'_>, key: &Credential, since: Timestamp) -> bool {
    let old = Lineage::of(&key.credential_id);
    state.credentials.iter().filter(|other| other.active).any(|other| {
        let new = Lineage::of(&other.credential_id);
        new.base == old.base && new.since > old.since && new.since.is_some_and(|at| at <= since)
    })
}

pub(super) fn leases_over(state: &State<'_>) -> Option<Finding> {
    let is_over =
        |key: &Credential| lease_end(&key.credential_id).is_some_and(|end| end <= state.now);
    let finding =
        Finding::new(Level::Warning, "key.lease_over", "leases that are over and still enabled")
            .because("the command that had the key was killed before it could give it back")
            .remedy("clawctl key reap --leases --yes");
    about(keys(state, is_over), finding)
}
