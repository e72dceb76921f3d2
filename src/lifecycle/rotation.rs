//! What a rotation does to one key, alone or as one of many: a new secret under the same id, or a
//! successor beside it.

use jiff::Timestamp;

use super::overlap::OldKey;
use super::steps::{Done, Purpose, Steps, make_key};
use super::way::Way;
use super::{in_place, overlap};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::journal::Kind;
use crate::journal::fleet::Fleet;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::{Credential, PutCredential, SecretHash};

/// A key to rotate.
pub(crate) struct Rotation<'r> {
    pub(crate) key: &'r Credential,
    pub(crate) mode: &'r str,
    pub(crate) sinks: &'r [SinkSpec],
    /// What is to succeed it. Without it, the secret is replaced and the id stays.
    pub(crate) successor: Option<Successor<'r>>,
}

/// A key that is to succeed another.
#[derive(Clone, Copy)]
pub(crate) struct Successor<'s> {
    pub(crate) id: &'s str,
    pub(crate) expires_at: Option<Timestamp>,
    /// Shows that the old key works.
    pub(crate) proof: &'s OldKey,
}

/// Makes the new key, and leads it to where it works. What is done is written down in the journal of
/// many, or in one of its own.
pub(crate) async fn rotate<'a>(
    ctx: &'a Ctx,
    fleet: Option<&'a Fleet>,
    rotation: &Rotation<'_>,
    way: &mut Way<'_>,
) -> Result<Done> {
    let Rotation { key: old, mode, sinks, successor } = *rotation;
    let id = old.credential_id.as_str();
    if successor.is_none() {
        in_place::refuse_inactive(ctx, old).await?;
    }
    let (key, hash) = make_key(mode, successor.map_or(id, |next| next.id))?;
    let mut put = PutCredential::unchanged(old, SecretHash::Sha256(hash));
    let Some(Successor { expires_at, proof, .. }) = successor else {
        let purpose = Purpose { kind: Kind::Rotate, predecessor: None, mode, put: &put, sinks };
        let steps = Steps::begin(ctx, fleet, &key, &purpose).await?;
        return in_place::begun(ctx, steps, way, &key).await;
    };
    put.expires_at = expires_at;
    let purpose = Purpose { kind: Kind::Overlap, predecessor: Some(id), mode, put: &put, sinks };
    let steps = Steps::begin(ctx, fleet, &key, &purpose).await?;
    let steps = steps.register(&key).await?;
    overlap::complete(ctx, steps, proof, way, &key).await
}

/// Goes on with one that was cut off.
pub(crate) async fn go_on(ctx: &Ctx, steps: Steps<'_>, way: &mut Way<'_>) -> Result<Done> {
    match steps.entry().kind {
        Kind::Overlap => overlap::go_on(ctx, steps, way).await,
        _ => in_place::go_on(ctx, steps, way).await,
    }
}

/// Says what became of it.
pub(crate) fn report(ctx: &Ctx, done: &Done, proof: &OldKey) {
    let id = &done.entry.credential_id;
    let Some(old) = &done.entry.predecessor else {
        ctx.ui.status(format!("Key {id} was rotated; the old secret is dead."));
        if !done.now.enabled {
            ctx.ui.warning(format!("key {id} was revoked before, and still is"));
        }
        return;
    };
    ctx.ui.status(format!("Key {id} succeeds {old}, and both work."));
    if !proof.is_known() {
        ctx.ui.detail(format!(
            "That {old} works is what the router's record says; the key was not at hand."
        ));
    }
    ctx.ui.hint(format!("retire the old one: `clawctl key rotate {old} --finish --if-idle 30m`"));
}
