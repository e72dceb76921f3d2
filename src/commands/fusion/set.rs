use clap::Args;

use super::change::change;
use super::flags::FusionFlags;
use crate::client::FusionEdit;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::View;

/// Change the models or the limits of fusion, and nothing else
///
/// Advisers that are named take the place of all that were there. A value that the router would
/// change without a word is refused before anything is sent.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl fusion set --adviser local/qwen3:8b --aggregator openai/gpt-4.1-mini
  clawctl fusion set --adviser groq/gpt-oss-120b --adviser local/qwen3:8b --dry-run
  clawctl fusion set --adviser-timeout 20s --max-output-tokens 512")]
pub struct Set {
    #[command(flatten)]
    flags: FusionFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Set) -> Result<impl View + use<>> {
    let edit = args.flags.edit();
    if edit == FusionEdit::default() {
        return Err(Error::usage("nothing to change was named")
            .hint("`clawctl fusion set --help` lists what can be changed"));
    }
    change(ctx, &edit).await
}
