use clap::Args;

use super::row;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::router::{MANIFESTS, ManifestRow, Problem};
use crate::view::{self};
use clawctl_router::manifest::Manifests;

/// List the provider manifests of the embedded router
///
/// Bundled ones, and your own from the `providers` folder beside the database, which add to them
/// or override them by id.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router provider list
  clawctl router provider list --own
  clawctl router provider list --columns id,configKeys")]
pub struct List {
    /// Only your own
    #[arg(long)]
    own: bool,
}

pub(super) fn run(ctx: &Ctx, args: &List) -> Result<view::List<ManifestRow>> {
    ctx.check_columns(MANIFESTS)?;
    let manifests = Manifests::load(Some(&ctx.settings.home.providers()));
    let rows = manifests.iter().filter(|m| !args.own || m.path.is_some()).map(row).collect();
    for problem in manifests.problems().iter().map(Problem::from) {
        ctx.ui.warning(format!("left out: {}: {}", problem.place(), problem.reason));
    }
    Ok(view::List { rows, columns: MANIFESTS, empty: "No manifests." })
}
