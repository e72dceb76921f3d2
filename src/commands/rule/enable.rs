use clap::Args;

use super::change::switch;
use crate::commands::complete;
use crate::commands::lock_out::LockOutFlag;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Enable a rule again; users who match it get what it gives
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl rule enable engineers")]
pub struct Enable {
    /// Id of the rule
    #[arg(add = complete::rules())]
    id: String,

    #[command(flatten)]
    lock_out: LockOutFlag,
}

pub(super) async fn run(ctx: &Ctx, args: Enable) -> Result<impl View + use<>> {
    switch(ctx, &args.id, true, args.lock_out.console()).await
}
