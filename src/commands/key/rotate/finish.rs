//! `--finish`: the keys that have a successor are retired.

use std::collections::BTreeSet;
use std::time::Duration;

use super::family::{self, Family};
use super::select::Filter;
use super::{Rotate, evidence, is_lease};
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::report::coverage::{Coverage, Interval};
use crate::report::handover::{Handover, Seen};
use crate::view;
use crate::view::handover::{COLUMNS, Outcome, Retirement};
use crate::wire::credential::Credential;
use crate::wire::lineage::Lineage;

/// The predecessors of one key, by any id of its family.
pub(super) async fn one(ctx: &Ctx, id: &str, idle: Option<Duration>) -> Result<Exit> {
    let all = ctx.client()?.credentials().await?;
    let family = Family::of(id, &all)?;
    refuse_unfinished(ctx, id)?;
    family.check_newest()?;
    if !family.older.is_empty() && idle.is_none() && !ctx.settings.dry_run {
        ctx.confirm(&question(&family.older))?;
    }
    ctx.show(retire(ctx, &family, idle).await?)
}

/// Those of every family that the filters leave.
pub(super) async fn all(ctx: &Ctx, args: &Rotate) -> Result<Exit> {
    let filter = Filter::of(ctx, args);
    let all = ctx.client()?.credentials().await?;
    let known = ctx.journal().known(&ctx.journal_target())?;
    let chosen = all.iter().filter(|key| key.enabled && !is_lease(&key.credential_id));
    let bases: BTreeSet<&str> = chosen
        .filter(|key| filter.lets(key, known.get(&key.credential_id)) != Some(false))
        .map(|key| Lineage::of(&key.credential_id).base)
        .collect();
    let families = bases.iter().map(|base| Family::of(base, &all)).collect::<Result<Vec<_>>>()?;
    let families: Vec<Family> = families.into_iter().filter(|f| !f.older.is_empty()).collect();
    let old: Vec<Credential> = families.iter().flat_map(|f| f.older.clone()).collect();
    if !old.is_empty() && args.if_idle.is_none() && !ctx.settings.dry_run {
        ctx.confirm(&question(&old))?;
    }
    let mut rows = Vec::new();
    let mut stopped = false;
    for family in families {
        let id = &family.newest.credential_id;
        let checked = refuse_unfinished(ctx, id).and_then(|()| family.check_newest());
        match checked {
            Ok(()) => match retire(ctx, &family, args.if_idle).await {
                Ok(done) => {
                    stopped |= done.outcome == Outcome::StillUsed;
                    rows.push(done);
                }
                Err(error) => ctx.ui.failure(&error),
            },
            Err(error) => ctx.ui.failure(&error),
        }
    }
    let exit = ctx.show(view::List { rows, columns: COLUMNS, empty: "No key has a successor." })?;
    Ok(if exit == Exit::DONE && stopped { Exit::STOPPED } else { exit })
}

fn question(old: &[Credential]) -> String {
    match old {
        [one] => format!("Retire key {}? It stops working at once.", one.credential_id),
        many => format!("Retire {} keys? They stop working at once.", many.len()),
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

/// Retires what may be retired, and says what stands against it otherwise.
pub(super) async fn retire(
    ctx: &Ctx,
    family: &Family,
    idle: Option<Duration>,
) -> Result<Retirement> {
    let evidence = match idle {
        Some(idle) if !family.older.is_empty() => evidence::look(ctx, family, idle).await?,
        _ => unasked(ctx, family),
    };
    if family.older.is_empty() {
        ctx.ui.status(format!("No key waits to be retired before {}", family.newest.credential_id));
        return Ok(Retirement::new(evidence, Outcome::Nothing));
    }
    if idle.is_some() && !evidence.is_proven() {
        return Ok(Retirement::new(evidence, Outcome::StillUsed));
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

/// Nobody asked for evidence, so there is only what the keys say of themselves.
fn unasked(ctx: &Ctx, family: &Family) -> Handover {
    let seen = |key: &Credential| Seen::nothing(&key.credential_id).and_recorded(key.last_used_at);
    let now = ctx.now();
    Handover {
        successor: seen(&family.newest),
        predecessors: family.older.iter().map(seen).collect(),
        window: Interval { from: now, to: now },
        coverage: Coverage::Unavailable { reason: "no evidence was asked for" },
        newest_only: false,
    }
}
