//! `clawctl diff`: what `apply` would do.

use std::path::PathBuf;

use clap::Args;

use super::desired::files::FileFlags;
use super::desired::lock_file::{self, LockFile};
use super::desired::planning::{Wishes, plan};
use super::desired::{rejected, report, review};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::lifecycle::sinks;
use crate::plan::manifest::Manifest;
use crate::view::plan::Use;
use clawctl_secret::sink::SinkSpec;

/// Show what a manifest would change on the router, by its effect
///
/// What a manifest does not name is left alone, a thing as well as a member of one. Exit code 10 if
/// there are differences, 0 if there are none, 2 if the manifest is wrong.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl diff
  clawctl diff -f clawrouter.yaml --plan-out plan.json
  clawctl --context prod diff -f teams/ -o github")]
pub struct Diff {
    #[command(flatten)]
    pub(super) files: FileFlags,

    #[command(flatten)]
    pub(super) terms: TermFlags,

    /// Write the plan down, for `clawctl apply FILE`
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) plan_out: Option<PathBuf>,
}

/// How a plan is made.
#[derive(Debug, Clone, Default, Args)]
pub struct TermFlags {
    /// Disable what the lock file says that this manifest made, and which it no longer names
    #[arg(long)]
    pub(super) prune: bool,

    /// Where a new key goes that names no sink; `{id}` stands for its id
    #[arg(long = "to", value_name = "SINK", value_parser = sinks::parse)]
    pub(super) to: Vec<SinkSpec>,

    /// The lock file, if it is not beside the manifest
    #[arg(long, value_name = "FILE", value_hint = clap::ValueHint::FilePath)]
    pub(super) lock: Option<PathBuf>,
}

impl TermFlags {
    pub(super) fn wishes(&self, ctx: &Ctx) -> Wishes {
        let here = std::env::current_dir().unwrap_or_default();
        let lasting = |sink: &SinkSpec| sink.clone().from_directory(&here);
        Wishes {
            prune: self.prune,
            sinks: self.to.iter().map(lasting).collect(),
            terminal: ctx.ui.stdout_is_terminal() && ctx.ui.look().format.is_none(),
        }
    }

    /// The lock that belongs to these manifests, to read it.
    pub(super) fn lock(&self, ctx: &Ctx, files: &FileFlags) -> Result<LockFile> {
        LockFile::open(self.lock_path(files)?, &ctx.journal_target())
    }

    /// Where the lock is that belongs to these manifests.
    pub(super) fn lock_path(&self, files: &FileFlags) -> Result<Option<PathBuf>> {
        let path = match &self.lock {
            Some(path) => Some(path.clone()),
            None => lock_file::beside(&files.paths()?),
        };
        if self.prune && path.is_none() {
            return Err(crate::error::Error::usage(
                "`--prune` goes by a lock file, and standard input has none beside it",
            )
            .hint("name one with `--lock FILE`"));
        }
        Ok(path)
    }
}

pub async fn run(ctx: &Ctx, args: Diff) -> Result<Exit> {
    let sources = args.files.read()?;
    let manifest = match Manifest::read(&sources, &|name| ctx.env.lookup(name)) {
        Ok(manifest) => manifest,
        Err(found) => return rejected::tell(ctx, &found.names, &found.problems),
    };
    let mut lock = args.terms.lock(ctx, &args.files)?;
    // A key without a sink is a fault of the command that applies it, not of the manifest.
    let wishes = Wishes { terminal: true, ..args.terms.wishes(ctx) };
    let planned = match plan(ctx, &manifest, &mut lock, &wishes).await? {
        Ok(planned) => planned,
        Err(problems) => return rejected::tell(ctx, manifest.names(), &problems),
    };
    if let Some(path) = &args.plan_out {
        review::write(ctx, path, &manifest, &sources, &planned.plan, &lock, &wishes)?;
    }
    let view = report::view(ctx, &manifest, &planned.plan, Use::Look);
    report::show(ctx, view)
}
