use clap::Args;

use super::change::carry_out;
use super::flags::ScopeFlags;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Create a policy
///
/// A policy says which providers and models its keys may reach and what they may spend together.
/// An id that exists already is refused; `policy set` and `policy scope` change one.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy create team_alpha --provider openai,anthropic --budget '$250'
  clawctl policy create ci --provider openai --model 'openai/gpt-5*' --budget 20usd
  clawctl policy create ops --all-providers --no-budget")]
pub struct Create {
    /// Id of the new policy: letters, digits and underscores
    id: String,

    /// Create it switched off
    #[arg(long)]
    disabled: bool,

    #[command(flatten)]
    flags: ScopeFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Create) -> Result<impl View + use<>> {
    clawctl_wire::id::check_id(&args.id)?;
    let client = ctx.client()?;
    let mut policy = args.flags.describe(ctx, client, &args.id).await?;
    policy.enabled = !args.disabled;
    let planned = client.plan_new(policy).await?;
    carry_out(ctx, client, planned).await
}
