//! Plans on disk: written for a review, read when they are carried out.

use std::fs;
use std::path::Path;

use super::lock_file::LockFile;
use super::planning::Wishes;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::plan::Plan;
use crate::plan::manifest::{FILE_BYTES_MAX, Manifest, Source};
use crate::plan::reviewed::{Reviewed, Terms};
use clawctl_secret::disk::{self, Access};
use clawctl_secret::sink::SinkSpec;

/// Writes a plan for its owner alone: a command of an `exec:` sink may say more than its user knows.
pub(in crate::commands) fn write(
    ctx: &Ctx,
    path: &Path,
    manifest: &Manifest,
    sources: &[Source],
    plan: &Plan,
    lock: &LockFile,
    wishes: &Wishes,
) -> Result<()> {
    let here = std::env::current_dir().unwrap_or_default();
    let terms = Terms {
        made_at: ctx.now(),
        router: ctx.journal_target(),
        lock: lock.path.as_ref().map(|path| here.join(path)),
        prune: wishes.prune,
        sinks: wishes.sinks.iter().map(SinkSpec::as_typed).collect(),
    };
    let reviewed = Reviewed::new(terms, manifest, sources, plan);
    let text = serde_json::to_string_pretty(&reviewed)
        .map_err(|e| Error::failed("cannot write the plan").cause(e))?;
    let written = disk::replace(path, text.as_bytes(), Access::PRIVATE);
    let shown = path.display();
    written.map_err(|e| Error::failed(format!("cannot write the plan to `{shown}`")).cause(e))?;
    ctx.ui.status(format!("The plan is in {shown}; carry it out with `clawctl apply {shown}`"));
    Ok(())
}

pub(in crate::commands) fn read(ctx: &Ctx, path: &Path) -> Result<Reviewed> {
    let shown = path.display();
    let bad = || Error::usage(format!("`{shown}` cannot be carried out"));
    let length = fs::metadata(path).map_err(|e| bad().cause(e))?.len();
    if length > 4 * FILE_BYTES_MAX as u64 {
        return Err(bad().cause("it is too large"));
    }
    let text = fs::read_to_string(path).map_err(|e| bad().cause(e))?;
    let reviewed = Reviewed::parse(&text).map_err(|e| {
        bad().cause(e).run("if it is a manifest", format!("clawctl apply -f {shown}"))
    })?;
    if reviewed.router != ctx.journal_target() {
        let (theirs, ours) = (&reviewed.router, ctx.journal_target());
        return Err(Error::conflict("this plan was made for another router")
            .cause(format!("it is for {theirs}, and this is {ours}"))
            .hint("choose the router with `--context NAME`, or make a new plan"));
    }
    Ok(reviewed)
}
