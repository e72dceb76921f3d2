//! `key rotate`, in all its forms. Whichever it is: the new key is delivered before it becomes
//! valid or the old one ends, so that at no point a key is valid that nobody holds.

mod finish;
mod fleet;
mod proven;

use std::time::Duration;

use clap::Args;
use jiff::Timestamp;

use super::deliver::{Delivery, Shown, SinkFlags};
use super::expiry;
use super::fresh::{self, issued};
use crate::client::Client;
use crate::commands::complete;
use crate::commands::key_source::KeySourceFlags;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::journal::{Entry, Kind};
use crate::lifecycle::overlap::OldKey;
use crate::lifecycle::rotation::{Rotation, Successor};
use crate::lifecycle::sinks::Claim;
use crate::lifecycle::steps::{Steps, is_lost, refuse_other_sinks, sinks_of, to_resume};
use crate::lifecycle::way::Way;
use crate::lifecycle::{family, overlap, rotation};
use crate::settings::parse_duration;
use crate::view::issued::{Holder, Issued};
use clawctl_wire::credential::Credential;
use clawctl_wire::health::Extension;
use clawctl_wire::id::check_key_id;
use clawctl_wire::key::Mode;

/// Give a key a new secret, or a successor
///
/// By itself it replaces the secret in place: the new key is delivered, then its hash replaces the
/// old one, which dies at once. If it cannot be delivered, the sinks are put back and the old secret
/// stays valid. Policy, principal and budget stay.
///
/// With `--overlap` the old key stays valid beside a successor with an id of its own, such as
/// `alice_20261127T0915`, until `--finish` retires it. A key that was used within the last 10 minutes
/// is not retired; `--force` retires it all the same. With `--until-proven` it is retired as soon as
/// the usage shows that the successor is used and the old key is not.
///
/// With `--all` every key that the filters leave is rotated, each into the sinks that it was
/// delivered to from here before, or where `--to` says, in which `{id}` stands for the id without
/// the time of a rotation. What was cut off is taken up by running the same command again.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key rotate alice
  clawctl key rotate alpha_ci --to env-file:.env:CLAWROUTER_API_KEY --yes
  clawctl key rotate alpha_ci --resume
  clawctl key rotate alpha_ci --overlap --to file:/run/keys/alpha_ci
  clawctl key rotate alpha_ci --finish --if-idle 30m
  clawctl key rotate alpha_ci --until-proven --within 24h --to file:/run/keys/alpha_ci
  clawctl key rotate --all --policy 'team_*' --older-than 90d --yes
  clawctl key rotate --all --to 'file:/run/keys/{id}' --overlap --yes

Exit codes: 1 at least one key failed, 7 what still uses the old key was named, or it was stopped")]
pub struct Rotate {
    /// Id of the key
    #[arg(required_unless_present = "all", conflicts_with = "all", add = complete::keys())]
    id: Option<String>,

    /// Mark the new key as one for tests
    #[arg(long)]
    test: bool,

    /// Finish what a crash or a lost answer cut off
    #[arg(long)]
    resume: bool,

    /// Issue a successor, and leave the old key valid
    #[arg(long)]
    overlap: bool,

    /// Retire the keys that have a successor
    #[arg(long, conflicts_with_all = ["overlap", "resume", "test"])]
    finish: bool,

    /// Issue a successor, and retire the old key when nobody uses it any more
    #[arg(long, conflicts_with_all = ["finish", "resume", "all"])]
    until_proven: bool,

    /// Retire only what was not used for this long, while its successor was: `30m`
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    if_idle: Option<Duration>,

    /// Replace what the destination already holds; with `--finish`, retire a key still in use
    ///
    /// Without it, a destination that holds another key or anything else is refused (exit code 5),
    /// and a key that was used within the last 10 minutes is not retired.
    #[arg(long, conflicts_with = "if_idle")]
    force: bool,

    /// Give up waiting after this long
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "24h")]
    #[arg(requires = "until_proven")]
    within: Duration,

    /// How often to ask
    #[arg(long, value_name = "TIME", value_parser = parse_duration, default_value = "30s")]
    #[arg(requires = "until_proven")]
    interval: Duration,

    /// Let the successor begin with an untouched budget of its own
    #[arg(long)]
    reset_counter: bool,

    /// When the successor ends, if not with the old key: `90d`, `2027-01-31`
    #[arg(long, value_name = "WHEN", conflicts_with = "finish")]
    expires: Option<String>,

    #[command(flatten)]
    fleet: fleet::FleetFlags,

    #[command(flatten)]
    sinks: SinkFlags,

    #[command(flatten)]
    old_key: KeySourceFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Rotate) -> Result<Exit> {
    check_words(&args)?;
    let Some(id) = args.id.clone() else {
        return match args.finish {
            true => finish::all(ctx, &args).await,
            false => fleet::run(ctx, &args).await,
        };
    };
    check_key_id(&id)?;
    if args.finish {
        return finish::one(ctx, &args, &id).await;
    }
    if args.until_proven {
        return proven::run(ctx, &args, &id).await;
    }
    let result = match (args.resume, args.overlap) {
        (true, overlap) => resume(ctx, &id, overlap, &args).await?,
        (false, true) => successor(ctx, &args, &id).await?,
        (false, false) => in_place(ctx, &id, mode(&args), &args.sinks, args.force).await?,
    };
    ctx.show(result)
}

/// What clap cannot say of the flags.
fn check_words(args: &Rotate) -> Result<()> {
    let makes_successor = args.overlap || args.until_proven;
    let refuse = |flag: &str, with: &str| Err(Error::usage(format!("`{flag}` goes with {with}")));
    if args.if_idle.is_some() && !(args.finish || args.until_proven) {
        return refuse("--if-idle", "`--finish` or `--until-proven`");
    }
    if !makes_successor && (args.expires.is_some() || args.reset_counter) {
        let flag = if args.reset_counter { "--reset-counter" } else { "--expires" };
        return refuse(flag, "`--overlap` or `--until-proven`");
    }
    if args.old_key.is_given() && (args.fleet.all || !makes_successor) {
        return refuse("--key-…", "`--overlap` of one key, whose old key it is");
    }
    Ok(())
}

/// Gives one key a new secret, delivered to these sinks.
pub(in crate::commands) async fn in_place(
    ctx: &Ctx,
    id: &str,
    mode: &str,
    sinks: &SinkFlags,
    force: bool,
) -> Result<Issued> {
    let client = ctx.client()?;
    let credential = client.credential(id).await?;
    let mut result = described(client, ctx, id, &credential).await?;
    if ctx.settings.dry_run {
        ctx.ui.status(format!("Key {id} would get a new secret"));
        return Ok(dry_run(ctx, sinks, result));
    }
    let mut delivery =
        Delivery::check(ctx, sinks.specs(), sinks.is_default(), Claim::key(id, force))?;
    ctx.confirm(&format!("Rotate key {id}? The old secret stops working at once."))?;
    let mut shown = Shown { delivery: &mut delivery, issued: &mut result };
    let mut way = Way::Shown(&mut shown);
    let specs = sinks.specs();
    let rotation = Rotation { key: &credential, mode, sinks: &specs, successor: None };
    let done = rotation::rotate(ctx, None, &rotation, &mut way).await?;
    rotation::report(ctx, &done, &OldKey::unknown());
    Ok(result)
}

async fn successor(ctx: &Ctx, args: &Rotate, id: &str) -> Result<Issued> {
    let client = ctx.client()?;
    let old = client.credential(id).await?;
    let policy = client.policy(&old.policy_id).await?;
    overlap::refuse_what_has_none(ctx, &old)?;
    overlap::guard_counter(&old, &policy, args.reset_counter)?;
    let next = overlap::next_id(id, ctx.now())?;
    let expires_at = expiry_of(ctx, client, args, &old).await?;
    let holder =
        Holder { principal_id: old.principal_id.clone(), label: old.label.clone(), expires_at };
    let mut result = issued(ctx, &next, &policy, holder);
    result.predecessor_id = Some(id.to_owned());
    if ctx.settings.dry_run {
        ctx.ui.status(format!("Key {id} would get the successor {next}, and stay valid"));
        return Ok(dry_run(ctx, &args.sinks, result));
    }
    let mut delivery = Delivery::check(
        ctx,
        args.sinks.specs(),
        args.sinks.is_default(),
        Claim::key(id, args.force),
    )?;
    let mut proof = old_key(ctx, args, id)?;
    if !proof.is_known() {
        proof = OldKey::in_sinks(delivery.held(), id)?;
    }
    // Whether it works is asked before anything is sent: a key that does not has no successor.
    proof.check(ctx, id).await?;
    let mut shown = Shown { delivery: &mut delivery, issued: &mut result };
    let mut way = Way::Shown(&mut shown);
    let (mode, sinks) = (mode(args), args.sinks.specs());
    let next = Some(Successor { id: &next, expires_at, proof: &proof });
    let rotation = Rotation { key: &old, mode, sinks: &sinks, successor: next };
    let done = rotation::rotate(ctx, None, &rotation, &mut way).await?;
    rotation::report(ctx, &done, &proof);
    Ok(result)
}

/// The old key, if flags say where it is.
fn old_key(ctx: &Ctx, args: &Rotate, id: &str) -> Result<OldKey> {
    match args.old_key.is_given() {
        true => OldKey::given(&args.old_key.read(ctx)?, id),
        false => Ok(OldKey::unknown()),
    }
}

/// The end of the successor: that of the old key, unless another one is asked for.
async fn expiry_of(
    ctx: &Ctx,
    client: &Client,
    args: &Rotate,
    old: &Credential,
) -> Result<Option<Timestamp>> {
    let Some(text) = &args.expires else { return Ok(old.expires_at) };
    client.require(Extension::CredentialExpiresAt, "--expires").await?;
    expiry::parse(text, ctx.now()).map(Some)
}

async fn resume(ctx: &Ctx, id: &str, overlap: bool, args: &Rotate) -> Result<Issued> {
    let Rotate { sinks: named, force, .. } = args;
    let kind = if overlap { Kind::Overlap } else { Kind::Rotate };
    let entry = match overlap {
        // Any id of the family stands for what is unfinished in it.
        true => family::unfinished(ctx, id)?.map_or_else(|| to_resume(ctx, id, kind), Ok)?,
        false => to_resume(ctx, id, kind)?,
    };
    let client = ctx.client()?;
    let mut result = match &entry.predecessor {
        // What was noted is what the successor gets, and the old key may be gone.
        Some(_) => fresh::noted(ctx, &entry).await?,
        None => described(client, ctx, id, &client.credential(id).await?).await?,
    };
    result.predecessor_id.clone_from(&entry.predecessor);
    // Without the old key nothing is delivered any more.
    let has_ended = entry.predecessor.is_some() && overlap::has_ended(ctx, &entry).await?;
    if !is_lost(&entry) || has_ended {
        if !has_ended {
            refuse_other_sinks(&entry, named.named().as_deref())?;
        }
        result.delivered_before(&entry.sinks);
        let steps = Steps::resume(ctx, &entry)?;
        end_resumed(ctx, &entry, steps, &mut Way::Delivered).await?;
        return Ok(result);
    }
    // The sinks may be in order by now, or others may be named for this attempt.
    let specs = if named.is_default() { sinks_of(&entry)? } else { named.specs() };
    let mut delivery =
        Delivery::check(ctx, specs, false, Claim::key(&entry.credential_id, *force))?;
    let steps = Steps::resume(ctx, &entry)?;
    let mut shown = Shown { delivery: &mut delivery, issued: &mut result };
    let mut way = Way::Shown(&mut shown);
    end_resumed(ctx, &entry, steps, &mut way).await?;
    Ok(result)
}

async fn end_resumed(ctx: &Ctx, entry: &Entry, steps: Steps<'_>, way: &mut Way<'_>) -> Result<()> {
    let done = rotation::go_on(ctx, steps, way).await?;
    match &entry.predecessor {
        Some(old) if overlap::has_ended(ctx, entry).await? => ctx.ui.status(format!(
            "Key {} works. Its predecessor {old} was revoked or expired.",
            entry.credential_id
        )),
        _ => rotation::report(ctx, &done, &OldKey::unknown()),
    }
    Ok(())
}

async fn described(
    client: &Client,
    ctx: &Ctx,
    id: &str,
    credential: &Credential,
) -> Result<Issued> {
    let policy = client.policy(&credential.policy_id).await?;
    let holder = Holder {
        principal_id: credential.principal_id.clone(),
        label: credential.label.clone(),
        expires_at: credential.expires_at,
    };
    Ok(issued(ctx, id, &policy, holder))
}

fn mode(args: &Rotate) -> &'static str {
    if args.test { Mode::Test } else { Mode::Live }.as_str()
}

fn dry_run(ctx: &Ctx, sinks: &SinkFlags, mut result: Issued) -> Issued {
    for spec in sinks.specs() {
        ctx.ui.status(format!("  and be delivered to {spec}"));
    }
    ctx.ui.status("Nothing was sent: this is a dry run.");
    result.revealed_on_stdout = ctx.ui.look().format.is_none();
    result
}
