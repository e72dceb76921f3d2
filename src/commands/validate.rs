//! `clawctl validate`: is this a manifest? Nobody is asked, so it runs anywhere.

use clap::Args;

use super::desired::files::FileFlags;
use super::desired::rejected;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::plan::manifest::Manifest;
use crate::ui::Report;
use crate::view::ci::{GithubProblems, JunitProblems};
use crate::view::problems::Problems;

/// Check manifests without asking a router
///
/// Every problem is told with its file, line and column, and with what to write instead. What only a
/// router knows, such as whether a provider is there, is checked by `diff`. Exit code 2 if something
/// is wrong.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl validate
  clawctl validate -f clawrouter.yaml -f teams/
  clawctl validate -f teams/ -o github")]
pub struct Validate {
    #[command(flatten)]
    files: FileFlags,
}

pub fn run(ctx: &Ctx, args: &Validate) -> Result<Exit> {
    let sources = args.files.read()?;
    match Manifest::read(&sources, &|name| ctx.env.lookup(name)) {
        Ok(manifest) => {
            let files = manifest.names().to_vec();
            let view = Problems { valid: true, files, problems: Vec::new() };
            match ctx.ui.look().report {
                Some(Report::Github) => ctx.show(GithubProblems(view)),
                Some(Report::Junit) => ctx.show(JunitProblems(view)),
                None => ctx.show(view),
            }
        }
        Err(found) => rejected::tell(ctx, &found.names, &found.problems),
    }
}
