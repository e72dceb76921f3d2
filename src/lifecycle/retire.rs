//! The keys that have a successor are retired, when usage lets them.

use std::time::Duration;

use super::evidence;
use super::family::{self, Family};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::report::coverage::{Coverage, Interval};
use crate::report::handover::{Handover, Seen};
use clawctl_wire::credential::Credential;

/// A key that was used so lately still has a user, and is retired only by force.
const IN_USE: Duration = Duration::from_secs(10 * 60);

/// What has to be seen before a key is retired.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Condition {
    /// Its successor is used, and it is not for this long.
    Idle(Duration),
    /// No use of it was seen of late.
    NotInUse,
    /// Nothing.
    Forced,
}

/// What became of the predecessors.
pub(crate) enum Ending {
    Retired,
    WouldRetire,
    /// Nothing is retired, because of these uses.
    InUse(Vec<String>),
    /// There is none.
    Nothing,
}

/// A successor that is half made must not be taken for one.
pub(crate) fn check(ctx: &Ctx, family: &Family, id: &str) -> Result<()> {
    match family::unfinished(ctx, id)? {
        None => family.check_newest(),
        Some(entry) => Err(Error::conflict(format!("a rotation of `{id}` was cut off"))
            .hint(format!("finish it first: `{}`", entry.resume_command()))),
    }
}

/// What usage says, and what of it stands against retiring the old keys.
pub(crate) struct Looked {
    evidence: Handover,
    pub(crate) stops: Option<Vec<String>>,
}

pub(crate) async fn look(ctx: &Ctx, family: &Family, condition: Condition) -> Result<Looked> {
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

/// Retires them, if nothing stands against it.
pub(crate) async fn end(ctx: &Ctx, family: &Family, looked: Looked) -> Result<(Handover, Ending)> {
    let Looked { evidence, stops } = looked;
    if family.older.is_empty() {
        ctx.ui.status(format!("No key waits to be retired before {}", family.newest.credential_id));
        return Ok((evidence, Ending::Nothing));
    }
    if let Some(stops) = stops {
        ctx.ui.hint("retire a key that is still used: `--force` instead of `--if-idle`");
        return Ok((evidence, Ending::InUse(stops)));
    }
    if ctx.settings.dry_run {
        ctx.ui.status("Nothing was sent: this is a dry run.");
        return Ok((evidence, Ending::WouldRetire));
    }
    for old in &family.older {
        ctx.client()?.revoke_credential(&old.credential_id).await?;
        ctx.ui.status(format!("Key {} is retired.", old.credential_id));
    }
    Ok((evidence, Ending::Retired))
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
