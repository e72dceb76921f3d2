//! What killed commands left: temporary files, which may hold valid keys.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::ctx::Ctx;
use crate::foreign::backups::Backups;
use crate::view::doctor::{Finding, Level};
use clawctl_secret::disk;
use clawctl_secret::sink::SinkSpec;

/// Removes it. A file that another clawctl writes right now is left alone.
pub(super) fn look(ctx: &Ctx) -> Vec<Finding> {
    let mut removed = 0;
    let mut findings = Vec::new();
    let mut failed = |folder: &Path, error: std::io::Error| {
        let what = format!("cannot look for temporary files in `{}`: {error}", folder.display());
        findings.push(Finding::new(Level::Warning, "leftovers", what));
    };
    for folder in folders(ctx) {
        // A folder that is gone or closed to us holds nothing of ours any more.
        let Ok(targets) = disk::unfinished_in(&folder) else { continue };
        for target in targets {
            match ctx.settings.dry_run {
                true => removed += disk::drafts(&target).map_or(0, |left| left.len()),
                false => match disk::sweep(&target) {
                    Ok(count) => removed += count,
                    Err(error) => failed(&folder, error),
                },
            }
        }
    }
    if removed > 0 {
        let files = if removed == 1 { "file" } else { "files" };
        let verb = if ctx.settings.dry_run { "found" } else { "removed" };
        let what = format!("{verb} {removed} temporary {files} of interrupted commands");
        let why = "such a file may hold a valid key";
        findings.push(Finding::new(Level::Info, "leftovers", what).because(why));
    }
    findings
}

/// Every folder that clawctl writes in, as far as this machine knows.
fn folders(ctx: &Ctx) -> BTreeSet<PathBuf> {
    let home = &ctx.settings.home;
    let connect = home.data.join("connect");
    let clients: Vec<PathBuf> = fs::read_dir(&connect)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    let edited = clients.iter().flat_map(|client| Backups::at(client.clone()).paths());
    let sinks = ctx.journal().sinks().unwrap_or_default();
    let delivered =
        sinks.iter().filter_map(|text| Some(text.parse::<SinkSpec>().ok()?.file()?.to_owned()));
    let beside = |path: PathBuf| disk::folder_of(&path).to_owned();
    let own = [home.config.clone(), home.credentials.clone(), home.database()];
    let files = own.into_iter().chain(edited).chain(delivered).map(beside);
    files.chain(clients.iter().cloned()).chain([home.journal(), home.changes()]).collect()
}
