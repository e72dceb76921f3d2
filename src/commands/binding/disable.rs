use clap::Args;

use super::target::BindingTarget;
use crate::client::{BindingEdit, IfMissing};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Switch a binding off; what it granted is no longer held
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl binding disable --policy team_alpha --group platform
  clawctl binding disable --policy ops --user ada@example.com --yes")]
pub struct Disable {
    #[command(flatten)]
    target: BindingTarget,
}

pub(super) async fn run(ctx: &Ctx, args: Disable) -> Result<impl View + use<>> {
    let edit = BindingEdit { enabled: Some(false), priority: None };
    args.target.edit(ctx, &edit, IfMissing::Fail).await
}
