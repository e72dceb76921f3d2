use clap::Args;

use super::change::described;
use crate::client::PolicyEdit;
use crate::commands::complete;
use crate::commands::write::Proposal;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::change::{Changed, HeldBack};
use clawctl_wire::id::check_id;
use clawctl_wire::policy::Policy;

/// Switch a policy off; its keys stop working at once
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy disable team_alpha
  clawctl policy disable team_alpha --yes")]
pub struct Disable {
    /// Id of the policy
    #[arg(add = complete::policies())]
    id: String,
}

pub(super) async fn run(ctx: &Ctx, args: Disable) -> Result<Changed<Policy>> {
    check_id(&args.id)?;
    let client = ctx.client()?;
    let edit = PolicyEdit { enabled: Some(false), ..PolicyEdit::default() };
    let planned = client.plan_edit::<Policy>(&args.id, &edit).await?;
    let change = described(client, &planned).await?;
    let request = HeldBack::post(format!("/v1/admin/policies/{}/revoke", args.id));
    // The router's own verb changes nothing else, whatever somebody else wrote meanwhile.
    Proposal::new(change, planned.before, planned.after, request)
        .carry_out(ctx, client, async || Ok(client.disable_policy(&args.id).await?))
        .await
}
