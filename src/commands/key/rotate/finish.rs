//! `--finish`: the keys that have a successor are retired.

use super::Rotate;
use super::fleet::filter;
use crate::commands::listing::Listing;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::lifecycle::families::Families;
use crate::lifecycle::family::Family;
use crate::lifecycle::members::Members;
use crate::lifecycle::retire::{self, Condition, Ending, Looked};
use crate::view::handover::{COLUMNS, Outcome, Retirement};
use clawctl_wire::credential::Credential;

fn condition(args: &Rotate) -> Condition {
    match args.if_idle {
        Some(idle) => Condition::Idle(idle),
        None if args.force => Condition::Forced,
        None => Condition::NotInUse,
    }
}

/// Evidence takes the place of a question.
fn is_asked(ctx: &Ctx, condition: Condition) -> bool {
    !matches!(condition, Condition::Idle(_)) && !ctx.settings.dry_run
}

/// The predecessors of one key, by any id of its family.
pub(super) async fn one(ctx: &Ctx, args: &Rotate, id: &str) -> Result<Exit> {
    let family = Family::of(id, &Family::kin(ctx.client()?, id).await?)?;
    retire::check(ctx, &family, id)?;
    let condition = condition(args);
    let looked = retire::look(ctx, &family, condition).await?;
    if !family.older.is_empty() && looked.stops.is_none() && is_asked(ctx, condition) {
        ctx.confirm(&question(&family.older[0].credential_id, family.older.len()))?;
    }
    ctx.show(end(ctx, &family, looked).await?)
}

/// Those of every family that the filters leave.
pub(super) async fn all(ctx: &Ctx, args: &Rotate) -> Result<Exit> {
    let filter = filter(ctx, args);
    let client = ctx.client()?;
    let known = filter.known_ages(ctx)?;
    let is_chosen =
        |key: &Credential| filter.lets(key, known.get(&key.credential_id)) != Some(false);
    let families = Families::find(client, is_chosen).await?;
    let condition = condition(args);
    let old = families.older().count();
    if let Some(first) = families.older().next()
        && is_asked(ctx, condition)
    {
        ctx.confirm(&question(&first, old))?;
    }
    let members = Members::of(client, |id| families.has(id)).await?;
    let mut listing = Listing::new(ctx, COLUMNS);
    let mut stopped = false;
    for ids in families.ids() {
        match checked(ctx, Family::read(&members, &ids).await, condition).await {
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

async fn checked(ctx: &Ctx, family: Result<Family>, condition: Condition) -> Result<Retirement> {
    let family = family?;
    retire::check(ctx, &family, &family.newest.credential_id)?;
    retire(ctx, &family, condition).await
}

/// Retires what may be retired, and says what stands against it otherwise.
pub(super) async fn retire(ctx: &Ctx, family: &Family, condition: Condition) -> Result<Retirement> {
    let looked = retire::look(ctx, family, condition).await?;
    end(ctx, family, looked).await
}

async fn end(ctx: &Ctx, family: &Family, looked: Looked) -> Result<Retirement> {
    let (evidence, ending) = retire::end(ctx, family, looked).await?;
    Ok(match ending {
        Ending::Retired => Retirement::new(evidence, Outcome::Retired),
        Ending::WouldRetire => Retirement::new(evidence, Outcome::WouldRetire),
        Ending::InUse(uses) => Retirement::in_use(evidence, uses),
        Ending::Nothing => Retirement::new(evidence, Outcome::Nothing),
    })
}

fn question(first: &str, old: usize) -> String {
    match old {
        1 => format!("Retire key {first}? It stops working at once."),
        many => format!("Retire {many} keys? They stop working at once."),
    }
}
