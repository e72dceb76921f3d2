use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::row;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::router::{Checked, Problem};
use clawctl_router::manifest::Manifests;

/// Check your own provider manifests
///
/// Each fault is told with its file, line and column. Nothing is written. Exit code 1 if there is
/// a fault.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router provider check
  clawctl router provider check ./providers -o json | jq .problems")]
pub struct Check {
    /// Folder of manifests; without it, the one beside the database
    #[arg(value_hint = ValueHint::DirPath)]
    folder: Option<PathBuf>,
}

pub(super) fn run(ctx: &Ctx, args: &Check) -> Result<Checked> {
    if let Some(folder) = args.folder.as_ref().filter(|folder| !folder.is_dir()) {
        return Err(Error::usage(format!("`{}` is not a folder", folder.display()))
            .hint("name the folder that the manifests are in"));
    }
    let folder = args.folder.clone().unwrap_or_else(|| ctx.settings.home.providers());
    let manifests = Manifests::load(Some(&folder));
    Ok(Checked {
        folder: folder.display().to_string(),
        good: manifests.iter().filter(|m| m.path.is_some()).map(row).collect(),
        problems: manifests.problems().iter().map(Problem::from).collect(),
    })
}
