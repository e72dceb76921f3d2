use clap::Args;

use super::change::{carry_out, plan};
use super::flags::ConnectionFlags;
use crate::client::ConnectionEdit;
use crate::commands::complete;
use crate::commands::terms::agree;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::View;

/// Change the label or the budget of a provider, and nothing else
///
/// The budget is that of the provider as a whole, whichever policy spends it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl provider set openai --budget '$2000'
  clawctl provider set openai --label 'main account'
  clawctl provider set openai --no-label --no-budget --dry-run")]
pub struct Set {
    /// Id of the provider
    #[arg(add = complete::providers())]
    id: String,

    #[command(flatten)]
    flags: ConnectionFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Set) -> Result<impl View + use<>> {
    let edit = args.flags.edit(None)?;
    if edit == ConnectionEdit::default() {
        return Err(Error::usage("nothing to change was named")
            .hint("`clawctl provider set --help` lists what can be changed"));
    }
    let client = ctx.client()?;
    let planned = plan(client, &args.id, &edit).await?;
    agree(ctx, &planned.after.provider_id)?;
    carry_out(ctx, client, planned, false).await
}
