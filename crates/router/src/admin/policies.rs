//! Policies: `GET /v1/admin/policies`, and `GET`, `PUT` and `POST …/revoke` on one.

use super::fields::Fields;
use super::listing;
use super::policy_body::{self, Ground};
use super::target::Target;
use crate::exchange::Exchange;
use crate::precondition::Precondition;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::policies::{self, PolicyRecord};
use crate::store::{Db, StoreError};
use clawctl_wire::error::code;
use clawctl_wire::policy::Policy;

pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    listing::list(exchange, "policies", |db, after, take| {
        policies::walk(db, after, |record| take(&record.policy.policy_id, &record.policy))
    })
}

/// A PUT behind which `/revoke` stands is a PUT; the contract has it so.
pub(super) fn one(exchange: &Exchange<'_>, tail: &str) -> Result<Reply, Refusal> {
    let target = Target::parse(tail, code::INVALID_POLICY)?;
    match (exchange.method().as_str(), target.revoke) {
        ("GET", false) => read(exchange, &target.id),
        ("PUT", _) => put(exchange, &target.id),
        ("POST", true) => revoke(exchange, &target.id),
        _ => Err(Refusal::wrong_method()),
    }
}

/// Extension `read.one`.
fn read(exchange: &Exchange<'_>, id: &str) -> Result<Reply, Refusal> {
    shown(&exchange.core.store.read(|db| known(db, id))?)
}

fn put(exchange: &Exchange<'_>, id: &str) -> Result<Reply, Refusal> {
    let body = exchange.json()?;
    let fields = Fields::of(&body, code::INVALID_POLICY)?;
    let precondition = Precondition::of(exchange.headers());
    let record = exchange.core.store.write(|db| {
        let present = policies::find(db, id)?;
        let policy = asked_for(exchange, fields, id, present.as_ref())?;
        precondition.check(present.as_ref().map(|record| record.revision))?;
        save(exchange, db, present, policy)
    })?;
    shown(&record)
}

fn revoke(exchange: &Exchange<'_>, id: &str) -> Result<Reply, Refusal> {
    let precondition = Precondition::of(exchange.headers());
    let record = exchange.core.store.write(|db| {
        let present = known(db, id)?;
        precondition.check(Some(present.revision))?;
        let policy = Policy { enabled: false, ..present.policy.clone() };
        save(exchange, db, Some(present), policy)
    })?;
    shown(&record)
}

fn known(db: &Db, id: &str) -> Result<PolicyRecord, Refusal> {
    let missing = || Refusal::missing(code::UNKNOWN_POLICY, format!("there is no policy `{id}`"));
    policies::find(db, id)?.ok_or_else(missing)
}

fn shown(record: &PolicyRecord) -> Result<Reply, Refusal> {
    Ok(Reply::private(&record.policy)?.with_revision(record.revision))
}

/// The policy that a body describes, against the one that is there.
pub(super) fn asked_for(
    exchange: &Exchange<'_>,
    fields: Fields<'_>,
    id: &str,
    present: Option<&PolicyRecord>,
) -> Result<Policy, Refusal> {
    let manifests = exchange.core.manifests();
    policy_body::read(
        fields,
        &Ground {
            id,
            present: present.map(|record| &record.policy),
            is_provider: &|provider| manifests.get(provider).is_some(),
            retain_default: exchange.core.retain_default,
        },
    )
}

/// Writes a policy, unless it is so already: then its revision stays, and nothing waits for a disk.
pub(super) fn save(
    exchange: &Exchange<'_>,
    db: &Db,
    present: Option<PolicyRecord>,
    policy: Policy,
) -> Result<PolicyRecord, Refusal> {
    let record = match present {
        Some(present) if present.policy == policy => return Ok(present),
        Some(present) => PolicyRecord { policy, revision: present.revision + 1, ..present },
        None => PolicyRecord { policy, generation: fresh_generation()?, revision: 1 },
    };
    policies::put(db, &record, exchange.now)?;
    Ok(record)
}

fn fresh_generation() -> Result<String, StoreError> {
    let mut random = [0; 16];
    getrandom::fill(&mut random)
        .map_err(|error| StoreError::Other(format!("no random bytes: {error}").into()))?;
    Ok(format!("{:032x}", u128::from_be_bytes(random)))
}
