use clap::Args;

use super::change::{ask, explained, left};
use super::name::GrantName;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::plan::grant_revocation;
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::grant::Grant;

/// Erase the secrets of a grant; nothing is sent with it any more
///
/// They cannot be brought back. Where no other grant is left for the provider, the embedded router
/// refuses requests; a ClawRouter uses the operator's own key from its environment instead.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl grant revoke policies/team/main
  clawctl grant revoke main --policy team --dry-run")]
pub struct Revoke {
    #[command(flatten)]
    name: GrantName,
}

pub(super) async fn run(ctx: &Ctx, args: Revoke) -> Result<Changed<Grant>> {
    let key = args.name.key()?;
    let client = ctx.client()?;
    let before = client.grant(&key).await?;
    let change = grant_revocation(&key, &before, left(client, &key, &before.provider).await?);
    if change.is_empty() {
        return Ok(Changed { change, now: before, dry_run: false, request: None });
    }
    if ctx.settings.dry_run {
        let path = format!("{}/revoke", key.path());
        let request = Some(HeldBack { method: "POST", path, body: serde_json::Value::Null });
        let now = Grant { enabled: false, usable: false, ..before };
        return Ok(Changed { change, now, dry_run: true, request });
    }
    ask(ctx, &change, "Revoke")?;
    let now = client.revoke_grant(&key).await.map_err(explained)?;
    Ok(Changed { change, now, dry_run: false, request: None })
}
