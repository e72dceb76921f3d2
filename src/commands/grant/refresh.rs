use clap::Args;

use super::change::explained;
use super::name::GrantName;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::grant::GrantDetail;

/// Have the access token of a grant renewed now
///
/// A router renews a token by itself when a request needs it; this shows whether it can. It takes a
/// refresh token and the address where it is exchanged.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl grant refresh tenants/acme/shared
  clawctl grant refresh shared --tenant acme -o json | jq .expiresAt")]
pub struct Refresh {
    #[command(flatten)]
    name: GrantName,
}

pub(super) async fn run(ctx: &Ctx, args: Refresh) -> Result<GrantDetail> {
    let key = args.name.key()?;
    let client = ctx.client()?;
    if ctx.settings.dry_run {
        let grant = client.grant(&key).await?;
        let place = grant.refresh_token_url.as_deref().unwrap_or("where its provider says");
        ctx.ui.status(format!("The token of {key} would be renewed at {place}."));
        return Ok(GrantDetail::new(grant, ctx.now()));
    }
    let grant = client.refresh_grant(&key).await.map_err(explained)?;
    ctx.ui.status(format!("The token of {key} is renewed."));
    Ok(GrantDetail::new(grant, ctx.now()))
}
