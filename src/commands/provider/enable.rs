use clap::Args;

use super::change::{carry_out, plan};
use super::flags::ConnectionFlags;
use crate::commands::complete;
use crate::commands::terms::agree;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Switch a provider on
///
/// Whether it is ready also takes its keys and settings; `provider show` says what is missing.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl provider enable openai
  clawctl provider enable openai --label 'main account' --budget '$2000'")]
pub struct Enable {
    /// Id of the provider
    #[arg(add = complete::providers())]
    id: String,

    #[command(flatten)]
    flags: ConnectionFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Enable) -> Result<impl View + use<>> {
    let edit = args.flags.edit(Some(true))?;
    let client = ctx.client()?;
    let planned = plan(client, &args.id, &edit).await?;
    agree(ctx, &planned.after.provider_id)?;
    carry_out(ctx, client, planned, true).await
}
