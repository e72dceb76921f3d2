//! A new key, for `key issue` and for whatever else makes one. Becoming valid is the last step: the
//! hash is registered switched off, the key is delivered, and only then it is switched on. A kill
//! at any point leaves no enabled credential that nobody holds.

use super::steps::{Holds, Purpose, Steps, holds, make_key};
use super::way::Way;
use crate::client::NewCredential;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::{Entry, Kind, Step};
use clawctl_secret::issued::IssuedKey;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::Credential;

/// Everything about a key but its secret.
pub(crate) struct NewKey<'n> {
    pub(crate) id: &'n str,
    pub(crate) mode: &'n str,
    pub(crate) credential: &'n NewCredential,
    pub(crate) sinks: &'n [SinkSpec],
}

/// Makes, registers, delivers and enables. The policy is there, and the sinks were checked.
///
/// A record that is `there` is one that an issue elsewhere left behind, switched off.
pub(crate) async fn issue(
    ctx: &Ctx,
    new: &NewKey<'_>,
    there: Option<&Credential>,
    way: &mut Way<'_>,
) -> Result<()> {
    let NewKey { id, mode, credential, sinks } = *new;
    let (key, hash) = make_key(mode, id)?;
    let put = credential.put(&hash, true);
    let purpose = Purpose { kind: Kind::Issue, predecessor: None, mode, put: &put, sinks };
    let steps = Steps::begin(ctx, None, &key, &purpose).await?;
    let steps = steps.register_again(&key, there).await?;
    complete(ctx, steps, way, &key).await
}

/// From the registered hash to the working key.
async fn complete(
    ctx: &Ctx,
    mut steps: Steps<'_>,
    way: &mut Way<'_>,
    key: &IssuedKey,
) -> Result<()> {
    way.deliver(ctx, key).await.map_err(|e| steps.resumable(e))?;
    steps.delivered().await?;
    steps.enable(key.id()).await?;
    let proof = holds(ctx.client()?, key).await;
    if proof.map_err(|e| steps.resumable(e.into()))? == Holds::Another {
        return Err(
            steps.resumable(Error::failed("the router does not accept the key it was given"))
        );
    }
    let policy = steps.entry().put.policy_id.clone();
    steps.finish()?;
    ctx.ui.status(format!("Key {} is enabled, under policy {policy}", key.id()));
    Ok(())
}

/// Takes up an issue that was cut off. A secret that was not delivered is lost, and a new one
/// takes its place; one that was delivered only has to be switched on.
pub(crate) async fn resume(ctx: &Ctx, entry: &Entry, way: &mut Way<'_>) -> Result<()> {
    let id = entry.credential_id.as_str();
    let client = ctx.client()?;
    match entry.step {
        Step::Prepared | Step::Registered => {
            client.learn_key_routes().await?;
            let there = client.find_one::<Credential>(id).await?;
            let (key, hash) = make_key(&entry.key_mode, id)?;
            let mut steps = Steps::resume(ctx, entry)?;
            steps.restart(hash).await?;
            let steps = steps.register_again(&key, there.as_ref()).await?;
            complete(ctx, steps, way, &key).await
        }
        Step::Delivered => {
            let mut steps = Steps::resume(ctx, entry)?;
            steps.enable(id).await?;
            steps.finish()?;
            let policy = &entry.put.policy_id;
            ctx.ui.status(format!("Key {id} is enabled, under policy {policy}"));
            Ok(())
        }
        _ => Steps::resume(ctx, entry)?.finish(),
    }
}
