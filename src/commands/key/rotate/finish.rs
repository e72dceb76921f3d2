//! `--finish`: the keys that have a successor are retired.

use std::time::Duration;

use super::Rotate;
use super::select::{Filter, known_ages};
use crate::commands::listing::Listing;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::lifecycle::evidence;
use crate::lifecycle::families::Families;
use crate::lifecycle::family::{self, Family};
use crate::lifecycle::members::Members;
use crate::report::coverage::{Coverage, Interval};
use crate::report::handover::{Handover, Seen};
use crate::view::handover::{COLUMNS, Outcome, Retirement};
use clawctl_wire::credential::Credential;

/// A key that was used so lately still has a user, and is retired only by force.
const IN_USE: Duration = Duration::from_secs(10 * 60);

/// What has to be seen before a key is retired.
#[derive(Debug, Clone, Copy)]
pub(super) enum Condition {
    /// Its successor is used, and it is not for this long.
    Idle(Duration),
    /// No use of it was seen of late.
    NotInUse,
    /// Nothing.
    Forced,
}

impl Condition {
    fn of(args: &Rotate) -> Self {
        match args.if_idle {
            Some(idle) => Self::Idle(idle),
            None if args.force => Self::Forced,
            None => Self::NotInUse,
        }
    }

    /// Evidence takes the place of a question.
    fn is_asked(self, ctx: &Ctx) -> bool {
        !matches!(self, Self::Idle(_)) && !ctx.settings.dry_run
    }
}

/// The predecessors of one key, by any id of its family.
pub(super) async fn one(ctx: &Ctx, args: &Rotate, id: &str) -> Result<Exit> {
    let family = Family::of(id, &Family::kin(ctx.client()?, id).await?)?;
    refuse_unfinished(ctx, id)?;
    family.check_newest()?;
    let condition = Condition::of(args);
    let looked = look(ctx, &family, condition).await?;
    if !family.older.is_empty() && looked.stops.is_none() && condition.is_asked(ctx) {
        ctx.confirm(&question(&family.older[0].credential_id, family.older.len()))?;
    }
    ctx.show(end(ctx, &family, looked).await?)
}

/// Those of every family that the filters leave.
pub(super) async fn all(ctx: &Ctx, args: &Rotate) -> Result<Exit> {
    let filter = Filter::of(ctx, args);
    let client = ctx.client()?;
    let known = known_ages(ctx, args)?;
    let is_chosen =
        |key: &Credential| filter.lets(key, known.get(&key.credential_id)) != Some(false);
    let families = Families::find(client, is_chosen).await?;
    let condition = Condition::of(args);
    let old = families.older().count();
    if let Some(first) = families.older().next()
        && condition.is_asked(ctx)
    {
        ctx.confirm(&question(&first, old))?;
    }
    let members = Members::of(client, |id| families.has(id)).await?;
    let mut listing = Listing::new(ctx, COLUMNS);
    let mut stopped = false;
    for ids in families.ids() {
        match retire_checked(ctx, Family::read(&members, &ids).await, condition).await {
            Ok(done) => {
                stopped |= done.outcome == Outcome::StillUsed;
                listing.push(done)?;
            }
            Err(error) => ctx.ui.failure(&error),
        }
    }
    let exit = listing.end("No key has a successor.")?;
    Ok(if exit == Exit::DONE && stopped { Exit::STOPPED } else { exit })
}

async fn retire_checked(
    ctx: &Ctx,
    family: Result<Family>,
    condition: Condition,
) -> Result<Retirement> {
    let family = family?;
    refuse_unfinished(ctx, &family.newest.credential_id)?;
    family.check_newest()?;
    retire(ctx, &family, condition).await
}

fn question(first: &str, old: usize) -> String {
    match old {
        1 => format!("Retire key {first}? It stops working at once."),
        many => format!("Retire {many} keys? They stop working at once."),
    }
}

/// A successor that is half made must not be taken for one.
fn refuse_unfinished(ctx: &Ctx, id: &str) -> Result<()> {
    match family::unfinished(ctx, id)? {
        None => Ok(()),
        Some(entry) => Err(Error::conflict(format!("a rotation of `{id}` was cut off"))
            .hint(format!("finish it first: `{}`", entry.resume_command()))),
    }
}

/// What usage says, and what of it stands against retiring the old keys.
struct Looked {
    evidence: Handover,
    stops: Option<Vec<String>>,
}

async fn look(ctx: &Ctx, family: &Family, condition: Condition) -> Result<Looked> {
    if family.older.is_empty() {
        return Ok(Looked { evidence: unseen(ctx, family), stops: None });
    }
    if let Condition::Idle(idle) = condition {
        let evidence = evidence::look(ctx, family, idle).await?;
        let stops = Some(evidence.doubts()).filter(|doubts| !doubts.is_empty());
        return Ok(Looked { evidence, stops });
    }
    // What cannot be seen stops nothing: only a use that was seen does.
    let evidence = evidence::look(ctx, family, IN_USE).await.unwrap_or_else(|e| {
        ctx.ui.warning(format!("who uses the old key is unknown: {}", e.message));
        unseen(ctx, family)
    });
    let uses = Some(evidence.uses()).filter(|uses| !uses.is_empty());
    match condition {
        Condition::NotInUse => Ok(Looked { evidence, stops: uses }),
        _ => {
            uses.iter().flatten().for_each(|used| ctx.ui.warning(used));
            Ok(Looked { evidence, stops: None })
        }
    }
}

/// Retires what may be retired, and says what stands against it otherwise.
pub(super) async fn retire(ctx: &Ctx, family: &Family, condition: Condition) -> Result<Retirement> {
    let looked = look(ctx, family, condition).await?;
    end(ctx, family, looked).await
}

async fn end(ctx: &Ctx, family: &Family, looked: Looked) -> Result<Retirement> {
    let Looked { evidence, stops } = looked;
    if family.older.is_empty() {
        ctx.ui.status(format!("No key waits to be retired before {}", family.newest.credential_id));
        return Ok(Retirement::new(evidence, Outcome::Nothing));
    }
    if let Some(stops) = stops {
        ctx.ui.hint("retire a key that is still used: `--force` instead of `--if-idle`");
        return Ok(Retirement::in_use(evidence, stops));
    }
    if ctx.settings.dry_run {
        ctx.ui.status("Nothing was sent: this is a dry run.");
        return Ok(Retirement::new(evidence, Outcome::WouldRetire));
    }
    for old in &family.older {
        ctx.client()?.revoke_credential(&old.credential_id).await?;
        ctx.ui.status(format!("Key {} is retired.", old.credential_id));
    }
    Ok(Retirement::new(evidence, Outcome::Retired))
}

/// Without usage there is only what the keys say of themselves.
fn unseen(ctx: &Ctx, family: &Family) -> Handover {
    let seen = |key: &Credential| Seen::nothing(&key.credential_id).and_recorded(key.last_used_at);
    let now = ctx.now();
    Handover {
        successor: seen(&family.newest),
        predecessors: family.older.iter().map(seen).collect(),
        window: Interval { from: now - IN_USE, to: now },
        coverage: Coverage::Unavailable { reason: "usage cannot be read" },
        newest_only: false,
    }
}
