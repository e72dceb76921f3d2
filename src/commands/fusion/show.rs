use clap::Args;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::fusion::Configuration;

/// Show which models fusion asks, and within which limits
///
/// Fusion is the model `clawrouter/fusion`: its advisers are asked for proposals at the same time,
/// and its aggregator answers with these before it. Each of them is called, counted and paid like
/// any other model.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl fusion show
  clawctl fusion show -o json | jq .adviserModels")]
pub struct Show {}

pub(super) async fn run(ctx: &Ctx, Show {}: Show) -> Result<Configuration> {
    Ok(Configuration(ctx.client()?.fusion().await?))
}
