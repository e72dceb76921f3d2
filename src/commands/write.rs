//! The way of every write of people, bindings and rules: show it, or ask and write it.

use serde_json::Value;

use super::caution::ask;
use crate::client::{self, Planned};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::ChangeSet;
use crate::view::change::{Changed, HeldBack};

/// Carries out a planned change, or only shows it in a dry run.
pub(super) async fn carry_out<T: Clone>(
    ctx: &Ctx,
    planned: &Planned<T>,
    change: ChangeSet,
    path: String,
    body: Value,
    write: impl AsyncFnOnce(&Planned<T>) -> client::Result<T>,
) -> Result<Changed<T>> {
    let after = planned.after.clone();
    if change.is_empty() && planned.before.is_some() {
        return Ok(Changed { change, now: after, dry_run: false, request: None });
    }
    if ctx.settings.dry_run {
        let request = Some(HeldBack { method: "PUT", path, body });
        return Ok(Changed { change, now: after, dry_run: true, request });
    }
    ask(ctx, &change, &[])?;
    let now = write(planned).await?;
    Ok(Changed { change, now, dry_run: false, request: None })
}
