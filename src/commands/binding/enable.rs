use clap::Args;

use super::target::BindingTarget;
use crate::client::{BindingEdit, IfMissing};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Switch a binding on again
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl binding enable --policy team_alpha --group platform")]
pub struct Enable {
    #[command(flatten)]
    target: BindingTarget,
}

pub(super) async fn run(ctx: &Ctx, args: Enable) -> Result<impl View + use<>> {
    let edit = BindingEdit { enabled: Some(true), priority: None };
    args.target.edit(ctx, &edit, IfMissing::Fail).await
}
