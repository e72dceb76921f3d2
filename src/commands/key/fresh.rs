//! A new key, for `key issue` and for whatever else makes one. Becoming valid is the last step: the
//! hash is registered switched off, the key is delivered, and only then it is switched on. A kill
//! at any point leaves no enabled credential that nobody holds.

use super::deliver::Delivery;
use super::steps::{Holds, Purpose, Steps, holds, make_key, refuse_other_sinks, sinks_of};
use crate::client::{self, NewCredential};
use crate::commands::sinks::Claim;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::{Entry, Kind, Step};
use crate::view::issued::{Holder, Issued};
use clawctl_secret::issued::IssuedKey;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::Credential;
use clawctl_wire::key::Mode;
use clawctl_wire::policy::Policy;

/// Everything about a key but its secret.
pub(in crate::commands) struct NewKey {
    pub(in crate::commands) id: String,
    pub(in crate::commands) mode: Mode,
    pub(in crate::commands) policy: Policy,
    pub(in crate::commands) holder: Holder,
    pub(in crate::commands) sinks: Vec<SinkSpec>,
}

/// Makes, registers, delivers and enables. The policy is there, and the sinks were checked.
pub(in crate::commands) async fn issue(
    ctx: &Ctx,
    new: NewKey,
    delivery: &mut Delivery,
) -> Result<Issued> {
    issue_over(ctx, new, None, delivery).await
}

/// The same over a record that is there: one that an issue elsewhere left behind, switched off.
pub(in crate::commands) async fn issue_over(
    ctx: &Ctx,
    new: NewKey,
    there: Option<&Credential>,
    delivery: &mut Delivery,
) -> Result<Issued> {
    let NewKey { id, mode, policy, holder, sinks } = new;
    let (key, hash) = make_key(mode.as_str(), &id)?;
    let credential = NewCredential {
        policy_id: policy.policy_id.clone(),
        principal_id: holder.principal_id.clone(),
        label: holder.label.clone(),
        expires_at: holder.expires_at,
    };
    let put = credential.put(&hash, true);
    let (kind, mode) = (Kind::Issue, mode.as_str());
    let purpose = Purpose { kind, predecessor: None, mode, put: &put, sinks: &sinks };
    let steps = Steps::begin(ctx, &key, &purpose)?;
    let steps = steps.register_again(&key, there).await?;
    let mut issued = issued(ctx, &id, &policy, holder);
    complete(ctx, steps, delivery, &key, &mut issued).await?;
    if !policy.enabled {
        let policy = &policy.policy_id;
        ctx.ui.warning(format!("policy {policy} is disabled, so the key does not work yet"));
    }
    Ok(issued)
}

/// From the registered hash to the working key.
async fn complete(
    ctx: &Ctx,
    mut steps: Steps<'_>,
    delivery: &mut Delivery,
    key: &IssuedKey,
    issued: &mut Issued,
) -> Result<()> {
    delivery.deliver(ctx, key.text(), issued).map_err(|e| steps.resumable(e))?;
    steps.delivered().await?;
    steps.enable(key.id()).await?;
    let proof = holds(ctx.client()?, key).await;
    if proof.map_err(|e| steps.resumable(e.into()))? == Holds::Another {
        return Err(
            steps.resumable(Error::failed("the router does not accept the key it was given"))
        );
    }
    steps.finish()?;
    ctx.ui.status(format!("Key {} is enabled, under policy {}", key.id(), issued.policy_id));
    Ok(())
}

/// Takes up an issue that was cut off. A secret that was not delivered is lost, and a new one
/// takes its place; one that was delivered only has to be switched on.
///
/// The sinks are those of the first attempt, unless others are `named` for this one.
pub(in crate::commands) async fn resume(
    ctx: &Ctx,
    entry: &Entry,
    named: Option<Vec<SinkSpec>>,
    claim: Claim<'_>,
) -> Result<Issued> {
    let id = entry.credential_id.as_str();
    let client = ctx.client()?;
    let mut issued = noted(ctx, entry).await?;
    match entry.step {
        Step::Prepared | Step::Registered => {
            // The sinks may be in order by now, or others may be named for this attempt.
            let specs = match named {
                Some(specs) => specs,
                None => sinks_of(entry)?,
            };
            let mut delivery = Delivery::check(ctx, specs, false, claim)?;
            client.learn_key_routes().await?;
            let there = match client.credential(id).await {
                Ok(there) => Some(there),
                Err(client::Error::Missing { .. }) => None,
                Err(e) => return Err(e.into()),
            };
            let (key, hash) = make_key(&entry.key_mode, id)?;
            let mut steps = Steps::resume(ctx, entry)?;
            steps.restart(hash).await?;
            let steps = steps.register_again(&key, there.as_ref()).await?;
            complete(ctx, steps, &mut delivery, &key, &mut issued).await?;
        }
        Step::Delivered => {
            refuse_other_sinks(entry, named.as_deref())?;
            let mut steps = Steps::resume(ctx, entry)?;
            steps.enable(id).await?;
            steps.finish()?;
            issued.delivered_before(&entry.sinks);
            ctx.ui.status(format!("Key {id} is enabled, under policy {}", issued.policy_id));
        }
        _ => {
            refuse_other_sinks(entry, named.as_deref())?;
            Steps::resume(ctx, entry)?.finish()?;
            issued.delivered_before(&entry.sinks);
        }
    }
    Ok(issued)
}

/// What is shown of the key of an operation, by what was noted of it.
pub(super) async fn noted(ctx: &Ctx, entry: &Entry) -> Result<Issued> {
    let policy = ctx.client()?.policy(&entry.put.policy_id).await?;
    let holder = Holder {
        principal_id: entry.put.principal_id.clone(),
        label: entry.put.label.clone(),
        expires_at: entry.put.expires_at,
    };
    Ok(issued(ctx, &entry.credential_id, &policy, holder))
}

pub(super) fn issued(ctx: &Ctx, id: &str, policy: &Policy, holder: Holder) -> Issued {
    let (url, serve_first) = ctx.client_url();
    Issued::new(id, policy, holder, url, serve_first)
}
