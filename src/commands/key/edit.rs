//! The way of every change to a credential.
//!
//! The contract demands the hash of the secret with every write and never gives it back. Where a
//! router can keep the one it has, it is asked to; elsewhere the hash comes from the key itself,
//! or from the journal of what was issued here.

use jiff::Timestamp;

use crate::client::{self, Client, CredentialEdit};
use crate::commands::key_source::KeySourceFlags;
use crate::commands::write::Proposal;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::plan::credential_change;
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::credential::{Credential, PutCredential, SecretHash};
use clawctl_wire::health::Extension;
use clawctl_wire::key::ProxyKey;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

/// Plans an edit, shows it in a dry run, or writes it and reads it back.
pub(super) async fn carry_out(
    ctx: &Ctx,
    id: &str,
    edit: &CredentialEdit,
    key_source: &KeySourceFlags,
) -> Result<Changed<Credential>> {
    let client = ctx.client()?;
    let read = client.read_credential(id).await?;
    let secret = secret_hash(ctx, client, id, key_source).await?;
    let unchanged = PutCredential::unchanged(&read.credential, secret);
    let mut put = unchanged.clone();
    edit.apply(&mut put);
    let policies = policies(client, &read.credential.policy_id, &put.policy_id).await?;
    let policies = policies.as_ref().map(|(from, to)| (from, to));
    let after = match put == unchanged {
        true => read.credential.clone(),
        false => as_written(&read.credential, &put, policies.map(|(_, to)| to), ctx.now()),
    };
    let change = credential_change(&read.credential, &after, policies);
    let mut body = put.body(
        client.has(Extension::CredentialMetadata).await?,
        client.has(Extension::CredentialExpiresAt).await?,
    );
    if let Some(hash) = body.get_mut("secretSha256") {
        // A hash is no secret, but there is no need to spread it either.
        *hash = "(the hash of its secret)".into();
    }
    let request = HeldBack::put(format!("/v1/admin/credentials/{id}"), body);
    Proposal::new(change, Some(read.credential.clone()), after, request)
        .carry_out(ctx, client, async || Ok(client.edit_credential(&read, &put).await?))
        .await
}

/// The old and the new policy of a key that is put under another one.
async fn policies(client: &Client, from: &str, to: &str) -> Result<Option<(Policy, Policy)>> {
    if from == to {
        return Ok(None);
    }
    let to = client.policy(to).await?;
    match client.policy(from).await {
        Ok(from) => Ok(Some((from, to))),
        // Nothing was allowed under a policy that is gone, so everything is gained.
        Err(client::Error::Missing { .. }) => {
            let nothing = Policy {
                enabled: false,
                models: Some(Vec::new()),
                monthly_budget_micros: Some(Micros::ZERO),
                ..Policy::with_defaults(from, &to.scope())
            };
            Ok(Some((nothing, to)))
        }
        Err(e) => Err(e.into()),
    }
}

/// The credential as the write will leave it. `policy` is the new one, if it changes.
fn as_written(
    before: &Credential,
    put: &PutCredential,
    policy: Option<&Policy>,
    now: Timestamp,
) -> Credential {
    let mut after = before.clone();
    after.enabled = put.enabled;
    if after.principal_id != put.principal_id {
        after.principal_id.clone_from(&put.principal_id);
        // Whether another owner is enabled is the router's to say.
        after.principal_enabled = None;
    }
    after.label.clone_from(&put.label);
    after.expires_at = put.expires_at;
    if let Some(policy) = policy {
        after.policy_id.clone_from(&policy.policy_id);
        after.policy_enabled = policy.enabled;
    }
    // Every write takes on the policy's present generation.
    after.generation_matches = true;
    after.active = after.enabled
        && after.policy_enabled
        && after.principal_enabled != Some(false)
        && after.expires_at.is_none_or(|end| end > now);
    after
}

/// The hash to write, by the best way that this router and this machine offer.
async fn secret_hash(
    ctx: &Ctx,
    client: &Client,
    id: &str,
    key_source: &KeySourceFlags,
) -> Result<SecretHash> {
    if key_source.is_given() {
        let secret = key_source.read(ctx)?;
        let key = ProxyKey::parse(secret.expose())
            .map_err(|e| Error::usage("what was given is not a key").cause(e))?;
        if key.id != id {
            return Err(Error::usage(format!(
                "the key that was given is `{}`, not `{id}`",
                key.id
            )));
        }
        return Ok(SecretHash::Sha256(key.secret_sha256()));
    }
    if client.has(Extension::CredentialKeepSecret).await? {
        return Ok(SecretHash::Keep);
    }
    if let Some(hash) = ctx.journal().known_hash(&ctx.journal_target(), id)? {
        return Ok(SecretHash::Sha256(hash));
    }
    Err(Error::usage(format!(
        "this router wants the hash of the secret with every write, and the key `{id}` was not \
         issued from here"
    ))
    .hint("give the key itself with `--key-stdin`, `--key-file` or `--key-env`")
    .hint(format!("or give it a new secret: `clawctl key rotate {id}`")))
}
