use clap::Args;

use super::change::explained;
use super::name::GrantName;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::grant::GrantDetail;

/// Ask the provider how much of a grant's limits is left
///
/// Few providers can be asked. What the others say of their limits in the answers to requests is
/// in `grant list` and `grant show`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl grant quota policies/team/main
  clawctl grant quota main --policy team -o json | jq .quotaWindows")]
pub struct Quota {
    #[command(flatten)]
    name: GrantName,
}

pub(super) async fn run(ctx: &Ctx, args: Quota) -> Result<GrantDetail> {
    let key = args.name.key()?;
    let client = ctx.client()?;
    if ctx.settings.dry_run {
        let grant = client.grant(&key).await?;
        ctx.ui.status(format!("Provider {} would be asked about {key}.", grant.provider));
        return Ok(GrantDetail::new(grant, ctx.now()));
    }
    let grant = client.refresh_grant_quota(&key).await.map_err(explained)?;
    Ok(GrantDetail::new(grant, ctx.now()))
}
