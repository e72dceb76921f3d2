use clap::Args;

use super::change::{explained, left};
use super::name::GrantName;
use crate::commands::write::Proposal;
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
    let after = Grant {
        enabled: false,
        usable: false,
        has_credential: false,
        credential_fields: Vec::new(),
        has_access_token: false,
        has_refresh_token: false,
        ..before.clone()
    };
    let request = HeldBack::post(format!("{}/revoke", key.path()));
    Proposal { verb: Some("Revoke"), ..Proposal::new(change, Some(before), after, request) }
        .carry_out(ctx, client, async || client.revoke_grant(&key).await.map_err(explained))
        .await
}
