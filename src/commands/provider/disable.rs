use clap::Args;

use super::change::{carry_out, plan};
use super::flags::ConnectionFlags;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Switch a provider off; every request to it is refused at once, under any policy
///
/// Its label and its budget stay as they are unless they are named.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl provider disable openai
  clawctl provider disable openai --label 'key leaked, see #42' --yes")]
pub struct Disable {
    /// Id of the provider
    #[arg(add = complete::providers())]
    id: String,

    #[command(flatten)]
    flags: ConnectionFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Disable) -> Result<impl View + use<>> {
    let edit = args.flags.edit(Some(false))?;
    let client = ctx.client()?;
    let planned = plan(client, &args.id, &edit).await?;
    carry_out(ctx, client, planned, false).await
}
