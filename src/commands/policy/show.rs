use clap::Args;

use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::policy::PolicyDetail;

/// Show one policy
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy show team_alpha
  clawctl policy show team_alpha -o json | jq .monthlyBudgetMicros")]
pub struct Show {
    /// Id of the policy
    #[arg(add = complete::policies())]
    id: String,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<PolicyDetail> {
    clawctl_wire::id::check_id(&args.id)?;
    let client = ctx.client()?;
    let policy = client.policy(&args.id).await?;
    let (mut enabled, mut count) = (0, 0);
    let mut keys = client.credential_rows().await?;
    while let Some(key) = keys.next().await? {
        let is_ours = key.policy_id == args.id;
        count += usize::from(is_ours);
        enabled += usize::from(is_ours && key.enabled);
    }
    Ok(PolicyDetail { policy, keys: Some((enabled, count)) })
}
