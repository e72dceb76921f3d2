use clap::Args;

use super::target::Target;
use crate::client::Change;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use clawctl_wire::money::Micros;

/// Set the monthly budget of a policy or a provider
///
/// Nothing else changes, and what is spent already counts against the new limit. Zero blocks;
/// `budget clear` takes a limit away. Zero, and a limit a hundred times the old one, are confirmed.
#[derive(Debug, Args)]
#[command(allow_missing_positional = true)]
#[command(after_help = "Examples:
  clawctl budget set team_alpha '$300'
  clawctl budget set --provider openai '$2000'
  clawctl budget set team_alpha 0 --dry-run")]
pub struct Set {
    #[command(flatten)]
    target: Target,

    /// Budget per UTC month, such as `$50`; zero blocks
    #[arg(allow_negative_numbers = true)]
    amount: Micros,
}

pub(super) async fn run(ctx: &Ctx, args: Set) -> Result<Exit> {
    args.target.change(ctx, Change::Set(args.amount)).await
}
