use clap::Args;

use super::change::change;
use super::flags::FusionFlags;
use crate::client::FusionEdit;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Switch fusion on, for every key whose policy reaches its aggregator
///
/// What is said in such a request goes to every adviser; `fusion preview` says what it would cost.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl fusion enable
  clawctl fusion enable --adviser local/qwen3:8b --aggregator openai/gpt-5.6 --dry-run")]
pub struct Enable {
    #[command(flatten)]
    flags: FusionFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Enable) -> Result<impl View + use<>> {
    change(ctx, &FusionEdit { enabled: Some(true), ..args.flags.edit() }).await
}
