use clap::Args;

use super::name::GrantName;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::grant::GrantDetail;

/// Show one grant, with what was last seen of its limits
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl grant show policies/team/main
  clawctl grant show main --policy team -o json | jq .quotaWindows")]
pub struct Show {
    #[command(flatten)]
    name: GrantName,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<GrantDetail> {
    let key = args.name.key()?;
    let grant = ctx.client()?.grant(&key).await?;
    Ok(GrantDetail::new(grant, ctx.now()))
}
