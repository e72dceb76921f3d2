//! `key rotate`. The new key is delivered first and replaces the old one last, so that at no point
//! a key is valid that nobody holds.

use clap::Args;

use super::deliver::{Delivery, SinkFlags};
use super::issue::issued;
use super::steps::{
    Holds, Replaced, Steps, holds, make_key, refuse_other_sinks, sinks_of, to_resume,
};
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::journal::{Entry, Kind, Step};
use crate::secret::issued::IssuedKey;
use crate::view::issued::{Holder, Issued};
use crate::wire::credential::{Credential, PutCredential, SecretHash};
use crate::wire::id::check_key_id;
use crate::wire::key::Mode;

/// Give a key a new secret; the old one dies at once
///
/// The new key is delivered, then its hash replaces the old one. If it cannot be delivered, the
/// sinks are put back and the old secret stays valid. Policy, principal and budget stay.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key rotate alice
  clawctl key rotate alpha_ci --to env-file:.env:CLAWROUTER_API_KEY --yes
  clawctl key rotate alpha_ci --resume")]
pub struct Rotate {
    /// Id of the key
    #[arg(add = complete::keys())]
    id: String,

    /// Mark the new key as one for tests
    #[arg(long)]
    test: bool,

    /// Finish what a crash or a lost answer cut off
    #[arg(long)]
    resume: bool,

    #[command(flatten)]
    sinks: SinkFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Rotate) -> Result<Issued> {
    check_key_id(&args.id)?;
    if args.resume {
        let entry = to_resume(ctx, &args.id, Kind::Rotate)?;
        return resume(ctx, &entry, &args.sinks).await;
    }
    let client = ctx.client()?;
    let credential = client.credential(&args.id).await?;
    let result = described(ctx, &credential).await?;
    if ctx.settings.dry_run {
        return dry_run(ctx, &args, result);
    }
    let mut delivery = Delivery::check(ctx, args.sinks.specs(), args.sinks.is_default())?;
    ctx.ui.confirm(&format!("Rotate key {}? The old secret stops working at once.", args.id))?;
    let mode = if args.test { Mode::Test } else { Mode::Live };
    let (key, hash) = make_key(mode.as_str(), &args.id)?;
    let put = PutCredential::unchanged(&credential, SecretHash::Sha256(hash));
    let sinks = args.sinks.specs();
    let steps = Steps::begin(ctx, Kind::Rotate, &key, mode.as_str(), &put, &sinks)?;
    let mut result = result;
    if let Err(e) = delivery.deliver(ctx, key.text(), &mut result) {
        // The router has heard nothing and the sinks are as they were.
        steps.abandon()?;
        return Err(e);
    }
    complete(ctx, steps, &mut delivery, &key).await?;
    Ok(result)
}

async fn resume(ctx: &Ctx, entry: &Entry, named: &SinkFlags) -> Result<Issued> {
    let id = entry.credential_id.as_str();
    let credential = ctx.client()?.credential(id).await?;
    let mut result = described(ctx, &credential).await?;
    // The sinks may be in order by now, or others may be named for this attempt.
    let specs = if named.is_default() { sinks_of(entry)? } else { named.specs() };
    match entry.step {
        Step::Prepared => {
            let mut delivery = Delivery::check(ctx, specs, false)?;
            let (key, hash) = make_key(&entry.key_mode, id)?;
            let mut steps = Steps::resume(ctx, entry)?;
            steps.restart(hash)?;
            delivery.deliver(ctx, key.text(), &mut result).map_err(|e| steps.resumable(e))?;
            complete(ctx, steps, &mut delivery, &key).await?;
        }
        Step::Delivered => {
            refuse_other_sinks(entry, named)?;
            let mut steps = Steps::resume(ctx, entry)?;
            let now = steps.replace_again(id).await?;
            steps.finish()?;
            report(ctx, &now);
            result.delivered_before(&entry.sinks);
        }
        _ => {
            refuse_other_sinks(entry, named)?;
            Steps::resume(ctx, entry)?.finish()?;
            result.delivered_before(&entry.sinks);
        }
    }
    Ok(result)
}

/// From the delivered key to the one that works.
async fn complete(
    ctx: &Ctx,
    mut steps: Steps<'_>,
    delivery: &mut Delivery,
    key: &IssuedKey,
) -> Result<()> {
    steps.delivered()?;
    let now = match steps.replace(key).await? {
        Replaced::Done(now) => now,
        Replaced::Refused(error) => {
            ctx.ui.warning("the router kept the old secret, so the new one is taken back");
            delivery.take_back(ctx);
            steps.abandon()?;
            return Err(*error);
        }
    };
    // The router has the last word on the new key.
    let proof = holds(ctx.client()?, key).await.map_err(|e| steps.resumable(e.into()))?;
    steps.finish()?;
    if proof == Holds::Another {
        return Err(Error::failed("the router does not accept the new secret")
            .hint(format!("rotate it again: `clawctl key rotate {}`", key.id())));
    }
    report(ctx, &now);
    Ok(())
}

fn report(ctx: &Ctx, now: &Credential) {
    let id = &now.credential_id;
    ctx.ui.status(format!("Key {id} was rotated; the old secret is dead."));
    if !now.enabled {
        ctx.ui.warning(format!("key {id} was revoked before, and still is"));
    }
}

async fn described(ctx: &Ctx, credential: &Credential) -> Result<Issued> {
    let policy = ctx.client()?.policy(&credential.policy_id).await?;
    let holder = Holder {
        principal_id: credential.principal_id.clone(),
        label: credential.label.clone(),
        expires_at: credential.expires_at,
    };
    Ok(issued(ctx, &credential.credential_id, &policy, holder))
}

fn dry_run(ctx: &Ctx, args: &Rotate, mut result: Issued) -> Result<Issued> {
    ctx.ui.status(format!("Key {} would get a new secret", args.id));
    for spec in args.sinks.specs() {
        ctx.ui.status(format!("  and be delivered to {spec}"));
    }
    ctx.ui.status("Nothing was sent: this is a dry run.");
    result.revealed_on_stdout = ctx.ui.look().format.is_none();
    Ok(result)
}
