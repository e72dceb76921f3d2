//! Credentials: `GET /v1/admin/credentials`, and `GET`, `PUT` and `POST …/revoke` on one.

use super::credential_body::CredentialBody;
use super::fields::Fields;
use super::listing;
use super::target::Target;
use crate::exchange::Exchange;
use crate::precondition::Precondition;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::Db;
use crate::store::credentials::{self, CredentialRecord, PolicyState};
use crate::store::policies::{self, PolicyRecord};
use clawctl_wire::credential::{CredentialHash, SecretHash};
use clawctl_wire::error::code;

pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    listing::list(exchange, "credentials", |db, after, take| {
        credentials::walk(db, after, |record, policy| {
            take(&record.id, &record.shown(policy.as_ref(), exchange.now))
        })
    })
}

/// Extension `credential.hash`.
pub(super) fn hashes(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    listing::list(exchange, "hashes", |db, after, take| {
        credentials::walk(db, after, |record, _| {
            let CredentialRecord { id, secret_sha256, .. } = record;
            take(&id.clone(), &CredentialHash { credential_id: id, secret_sha256 })
        })
    })
}

/// A PUT behind which `/revoke` stands is a PUT; the contract has it so.
pub(super) fn one(exchange: &Exchange<'_>, tail: &str) -> Result<Reply, Refusal> {
    let target = Target::parse(tail, code::INVALID_CREDENTIAL)?;
    match (exchange.method().as_str(), target.revoke) {
        ("GET", false) => read(exchange, &target.id),
        ("PUT", _) => put(exchange, &target.id),
        ("POST", true) => revoke(exchange, &target.id),
        _ => Err(Refusal::wrong_method()),
    }
}

/// Extension `read.one`.
fn read(exchange: &Exchange<'_>, id: &str) -> Result<Reply, Refusal> {
    let (record, policy) = exchange.core.store.read(|db| {
        let record = known(db, id)?;
        let policy = policies::find(db, &record.policy_id)?;
        Ok::<_, Refusal>((record, policy))
    })?;
    shown(exchange, &record, policy.as_ref())
}

fn put(exchange: &Exchange<'_>, id: &str) -> Result<Reply, Refusal> {
    let body = exchange.json()?;
    let fields = Fields::of(&body, code::INVALID_CREDENTIAL)?;
    let body = CredentialBody::read(fields)?;
    let precondition = Precondition::of(exchange.headers());
    let (record, policy) = exchange.core.store.write(|db| {
        let present = credentials::find(db, id)?;
        if body.secret == SecretHash::Keep && present.is_none() {
            return Err(fields.refuse("`keepSecret`: there is no secret yet that could be kept"));
        }
        let Some(policy) = policies::find(db, &body.policy_id)? else {
            let message = format!("there is no policy `{}`", body.policy_id);
            return Err(Refusal::missing(code::UNKNOWN_POLICY, message));
        };
        precondition.check(present.as_ref().map(|record| record.revision))?;
        let record = save(exchange, db, id, present, &policy, body)?;
        Ok((record, policy))
    })?;
    shown(exchange, &record, Some(&policy))
}

fn revoke(exchange: &Exchange<'_>, id: &str) -> Result<Reply, Refusal> {
    let precondition = Precondition::of(exchange.headers());
    let (record, policy) = exchange.core.store.write(|db| {
        let present = known(db, id)?;
        precondition.check(Some(present.revision))?;
        disable(exchange, db, present)
    })?;
    shown(exchange, &record, policy.as_ref())
}

/// Switches a credential off, unless it is off already.
pub(super) fn disable(
    exchange: &Exchange<'_>,
    db: &Db,
    present: CredentialRecord,
) -> Result<(CredentialRecord, Option<PolicyRecord>), Refusal> {
    let policy = policies::find(db, &present.policy_id)?;
    if !present.enabled {
        return Ok((present, policy));
    }
    let record = CredentialRecord { enabled: false, revision: present.revision + 1, ..present };
    credentials::disable(db, &record.id, record.revision, exchange.now)?;
    Ok((record, policy))
}

pub(super) fn known(db: &Db, id: &str) -> Result<CredentialRecord, Refusal> {
    let message = || format!("there is no credential `{id}`");
    credentials::find(db, id)?.ok_or_else(|| Refusal::missing(code::UNKNOWN_CREDENTIAL, message()))
}

pub(super) fn shown(
    exchange: &Exchange<'_>,
    record: &CredentialRecord,
    policy: Option<&PolicyRecord>,
) -> Result<Reply, Refusal> {
    let state = policy.map(|record| PolicyState {
        enabled: record.policy.enabled,
        generation: record.generation.clone(),
    });
    let credential = record.shown(state.as_ref(), exchange.now);
    Ok(Reply::private(&credential)?.with_revision(record.revision))
}

/// Writes a credential, unless it is so already: then its revision stays, and nothing waits for a
/// disk.
pub(super) fn save(
    exchange: &Exchange<'_>,
    db: &Db,
    id: &str,
    present: Option<CredentialRecord>,
    policy: &PolicyRecord,
    body: CredentialBody,
) -> Result<CredentialRecord, Refusal> {
    let before = present.as_ref();
    let secret_sha256 = match body.secret {
        SecretHash::Sha256(hex) => hex,
        SecretHash::Keep => before.map(|record| record.secret_sha256.clone()).unwrap_or_default(),
    };
    let record = CredentialRecord {
        id: id.to_owned(),
        secret_sha256,
        policy_id: policy.policy.policy_id.clone(),
        generation: policy.generation.clone(),
        enabled: body.enabled,
        principal_id: body.principal_id,
        label: body.label.unwrap_or_else(|| before.and_then(|record| record.label.clone())),
        expires_at: body.expires_at.unwrap_or_else(|| before.and_then(|record| record.expires_at)),
        revision: before.map_or(1, |record| record.revision),
        created_at: before.map_or(exchange.now, |record| record.created_at),
        last_used_at: before.and_then(|record| record.last_used_at),
    };
    if before == Some(&record) {
        return Ok(record);
    }
    let revision = before.map_or(1, |record| record.revision + 1);
    let record = CredentialRecord { revision, ..record };
    credentials::put(db, &record, exchange.now)?;
    Ok(record)
}
