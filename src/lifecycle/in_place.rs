//! A new secret under the same id.

use super::steps::{Done, Holds, Replaced, Steps, holds, make_key};
use super::way::Way;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::{Entry, Step};
use crate::resource::key_state::KeyState;
use clawctl_secret::issued::IssuedKey;
use clawctl_wire::credential::Credential;

/// A router with a route for rotations refuses it for a key that is enabled and yet does not work.
/// That is said before a new key is shown to anybody.
pub(super) async fn refuse_inactive(ctx: &Ctx, credential: &Credential) -> Result<()> {
    let is_refused = credential.enabled && !credential.active;
    if !is_refused || !ctx.client()?.rotates_active_keys_only().await? {
        return Ok(());
    }
    let id = &credential.credential_id;
    let state = KeyState::of(credential).words();
    Err(Error::conflict(format!("cannot rotate key `{id}`: {state}"))
        .hint(format!("`clawctl key show {id}` shows its policy and its owner")))
}

/// Delivers the new key, and puts its hash in the place of the old one.
pub(super) async fn begun(
    ctx: &Ctx,
    steps: Steps<'_>,
    way: &mut Way<'_>,
    key: &IssuedKey,
) -> Result<Done> {
    if let Err(e) = way.deliver(ctx, key).await {
        // The router has heard nothing and the sinks are as they were.
        steps.abandon().await?;
        return Err(e);
    }
    complete(ctx, steps, way, key).await
}

/// Goes on with one that was cut off. A secret that was not delivered is lost, and a new one takes
/// its place.
pub(super) async fn go_on(ctx: &Ctx, mut steps: Steps<'_>, way: &mut Way<'_>) -> Result<Done> {
    let Entry { credential_id, key_mode, step, .. } = steps.entry().clone();
    match step {
        Step::Prepared => {
            let (key, hash) = make_key(&key_mode, &credential_id)?;
            steps.restart(hash).await?;
            way.deliver(ctx, &key).await.map_err(|e| steps.resumable(e))?;
            complete(ctx, steps, way, &key).await
        }
        Step::Delivered => {
            let now = steps.replace_again(&credential_id).await?;
            steps.end(now)
        }
        _ => {
            let now = ctx.client()?.credential(&credential_id).await?;
            steps.end(now)
        }
    }
}

/// From the delivered key to the one that works.
async fn complete(
    ctx: &Ctx,
    mut steps: Steps<'_>,
    way: &mut Way<'_>,
    key: &IssuedKey,
) -> Result<Done> {
    steps.delivered().await?;
    let now = match steps.replace(key).await? {
        Replaced::Done(now) => *now,
        Replaced::Refused(error) => {
            ctx.ui.warning("the router kept the old secret, so the new one is taken back");
            way.take_back(ctx);
            steps.abandon().await?;
            return Err(*error);
        }
    };
    // The router has the last word on the new key.
    let proof = holds(ctx.client()?, key).await.map_err(|e| steps.resumable(e.into()))?;
    let done = steps.end(now)?;
    if proof == Holds::Another {
        return Err(Error::failed("the router does not accept the new secret")
            .hint(format!("rotate it again: `clawctl key rotate {}`", key.id())));
    }
    Ok(done)
}
