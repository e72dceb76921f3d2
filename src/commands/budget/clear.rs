use clap::Args;

use super::target::Target;
use crate::client::Change;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};

/// Take the monthly budget of a policy or a provider away
///
/// From then on nothing limits what is spent, and nothing is counted.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl budget clear team_alpha
  clawctl budget clear --provider openai --yes")]
pub struct Clear {
    #[command(flatten)]
    target: Target,
}

pub(super) async fn run(ctx: &Ctx, args: Clear) -> Result<Exit> {
    args.target.change(ctx, Change::Clear).await
}
