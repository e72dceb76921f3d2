//! Undoing the last edit of a client's file.

use std::path::Path;

use super::files;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::foreign::backups::Backups;
use crate::recipe::Client;
use crate::view::connect::PutBack;

/// The backups that are kept for a client.
pub(super) fn of(ctx: &Ctx, client: Client) -> Backups {
    Backups::at(ctx.settings.home.data.join("connect").join(client.as_str()))
}

pub(super) fn undo(ctx: &Ctx, client: Client, named: Option<&Path>) -> Result<PutBack> {
    let backups = of(ctx, client);
    let last = backups.last()?;
    if let Some(named) = named
        && files::file(ctx, client, Some(named))? != last
    {
        return Err(Error::conflict(format!(
            "the last edit was of `{}`, and edits are undone one after the other",
            last.display()
        )));
    }
    let file = last.display().to_string();
    if ctx.settings.dry_run {
        return Ok(PutBack { client: client.as_str(), file, removed: false, dry_run: true });
    }
    let undone = backups.undo()?;
    let client = client.as_str();
    Ok(PutBack { client, file, removed: undone.removed, dry_run: false })
}
