use clap::Args;

use super::target::BindingTarget;
use crate::client::{BindingEdit, IfMissing};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Bind a policy to a person or to a group
///
/// It decides what they may use in the router's console; keys do not depend on it. A binding that
/// there is keeps what is not named, also that it is switched off.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl binding put --policy team_alpha --group platform
  clawctl binding put --policy ops --user ada@example.com --priority 10
  clawctl binding put --policy ops --group night --disabled --dry-run")]
pub struct Put {
    #[command(flatten)]
    target: BindingTarget,

    /// Which binding counts first: the one with the lowest number
    #[arg(long, value_name = "N", allow_negative_numbers = true)]
    priority: Option<u64>,

    /// Leave it switched off
    #[arg(long)]
    disabled: bool,
}

pub(super) async fn run(ctx: &Ctx, args: Put) -> Result<impl View + use<>> {
    let edit = BindingEdit { enabled: args.disabled.then_some(false), priority: args.priority };
    let changed = args.target.edit(ctx, &edit, IfMissing::Create).await?;
    if !changed.now.enabled && !args.disabled {
        ctx.ui
            .hint("the binding is switched off, and stays so; `clawctl binding enable` ends that");
    }
    Ok(changed)
}
