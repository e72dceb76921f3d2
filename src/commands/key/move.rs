use clap::Args;

use super::edit::carry_out;
use crate::client::CredentialEdit;
use crate::commands::complete;
use crate::commands::key_source::KeySourceFlags;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::change::Changed;
use clawctl_wire::credential::Credential;
use clawctl_wire::id::{check_id, check_key_id};

/// Put a key under another policy
///
/// The secret stays the same. What was spent so far stays with the old policy. What the key gains and
/// loses under the other policy is shown, and confirmed first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key move alice --policy team_beta
  clawctl key move alice --policy team_beta --dry-run")]
pub struct Move {
    /// Id of the key
    #[arg(add = complete::keys())]
    id: String,

    /// Policy to put it under
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: String,

    #[command(flatten)]
    key_source: KeySourceFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Move) -> Result<Changed<Credential>> {
    check_key_id(&args.id)?;
    check_id(&args.policy)?;
    // Asked first, so that a mistyped policy is told before anything else.
    let policy = ctx.client()?.policy(&args.policy).await?;
    if !policy.enabled {
        ctx.ui
            .warning(format!("policy {} is disabled, so the key will not work", policy.policy_id));
    }
    let edit = CredentialEdit { policy_id: Some(args.policy), ..CredentialEdit::default() };
    carry_out(ctx, &args.id, &edit, &args.key_source).await
}
