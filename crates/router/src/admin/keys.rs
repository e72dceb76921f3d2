//! The old combined keys: a policy and a credential of the same id, written in one call.

use http::StatusCode;
use serde::Serialize;

use super::credential_body::{CredentialBody, secret_hash};
use super::fields::Fields;
use super::target::Target;
use super::{credentials, policies};
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store;
use crate::store::credentials::CredentialRecord;
use crate::store::policies::PolicyRecord;
use clawctl_wire::credential::SecretHash;
use clawctl_wire::error::code;
use clawctl_wire::policy::Policy;

#[derive(Serialize)]
struct CombinedKeys {
    keys: Vec<CombinedKey>,
}

#[derive(Serialize)]
struct CombinedKey {
    kid: String,
    #[serde(flatten)]
    policy: Policy,
}

pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let records = exchange.core.store.read(store::policies::all)?;
    let keys = records
        .into_iter()
        .map(|PolicyRecord { policy, .. }| CombinedKey { kid: policy.policy_id.clone(), policy });
    Reply::private(&CombinedKeys { keys: keys.collect() })
}

pub(super) fn one(exchange: &Exchange<'_>, tail: &str) -> Result<Reply, Refusal> {
    let code =
        if tail.ends_with("/revoke") { code::INVALID_CREDENTIAL } else { code::INVALID_POLICY };
    let target = Target::parse(tail, code)?;
    match (exchange.method().as_str(), target.revoke) {
        ("PUT", false) => put(exchange, &target.id),
        // It writes no key: a wrong method must not enable the key that a caller means to revoke.
        ("PUT", true) => Err(Refusal::bad(code, "a key is revoked with POST")),
        ("POST", true) => revoke(exchange, &target.id),
        _ => Err(Refusal::wrong_method()),
    }
}

/// Both writes happen or neither does; in the original they can part.
fn put(exchange: &Exchange<'_>, id: &str) -> Result<Reply, Refusal> {
    let body = exchange.json()?;
    let fields = Fields::of(&body, code::INVALID_POLICY)?;
    let hash = secret_hash(Fields::of(&body, code::INVALID_CREDENTIAL)?)?;
    let (record, policy) = exchange.core.store.write(|db| {
        let present = store::policies::find(db, id)?;
        let credential = store::credentials::find(db, id)?;
        let policy = policies::asked_for(exchange, fields, id, present.as_ref())?;
        let secret = match (hash, &credential) {
            (Some(hex), _) => SecretHash::Sha256(hex),
            (None, Some(_)) => SecretHash::Keep,
            (None, None) => {
                let message = "`secretSha256` is missing, and there is none yet";
                return Err(Refusal::bad(code::INVALID_CREDENTIAL, message));
            }
        };
        if changes_both(present.as_ref(), &policy, credential.as_ref(), &secret) {
            return Err(Refusal::new(
                StatusCode::CONFLICT,
                code::COMBINED_POLICY_SECRET_ROTATION,
                "one call changes either the policy or the secret of a combined key",
            ));
        }
        let body = CredentialBody {
            secret,
            policy_id: id.to_owned(),
            enabled: policy.enabled,
            principal_id: None,
            label: None,
            expires_at: None,
        };
        let policy = policies::save(exchange, db, present, policy)?;
        let record = credentials::save(exchange, db, id, credential, &policy, body)?;
        Ok((record, policy))
    })?;
    credentials::shown(exchange, &record, Some(&policy))
}

fn changes_both(
    present: Option<&PolicyRecord>,
    policy: &Policy,
    credential: Option<&CredentialRecord>,
    secret: &SecretHash,
) -> bool {
    let new_policy = present.is_some_and(|record| record.policy != *policy);
    let new_secret = match (credential, secret) {
        (Some(record), SecretHash::Sha256(hex)) => record.secret_sha256 != *hex,
        _ => false,
    };
    new_policy && new_secret
}

/// The policy stays as it is.
fn revoke(exchange: &Exchange<'_>, id: &str) -> Result<Reply, Refusal> {
    let (record, policy) = exchange.core.store.write(|db| {
        let present = credentials::known(db, id)?;
        credentials::disable(exchange, db, present)
    })?;
    credentials::shown(exchange, &record, policy.as_ref())
}
