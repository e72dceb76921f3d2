use clap::Args;

use super::change::switch;
use crate::commands::complete;
use crate::commands::lock_out::LockOutFlag;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Switch a rule off; what it gave is taken away at once
///
/// That holds for a rule that keeps on loss, too: only one that is switched on keeps anything.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl rule disable engineers
  clawctl rule disable engineers --yes")]
pub struct Disable {
    /// Id of the rule
    #[arg(add = complete::rules())]
    id: String,

    #[command(flatten)]
    lock_out: LockOutFlag,
}

pub(super) async fn run(ctx: &Ctx, args: Disable) -> Result<impl View + use<>> {
    switch(ctx, &args.id, false, args.lock_out.console()).await
}
