use clap::Args;

use super::change::change;
use crate::client::FusionEdit;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Switch fusion off; requests for it are refused at once
///
/// Its models and limits stay as they are.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl fusion disable
  clawctl fusion disable --yes")]
pub struct Disable {}

pub(super) async fn run(ctx: &Ctx, Disable {}: Disable) -> Result<impl View + use<>> {
    change(ctx, &FusionEdit { enabled: Some(false), ..FusionEdit::default() }).await
}
