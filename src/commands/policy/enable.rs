use clap::Args;

use super::change::carry_out;
use crate::client::PolicyEdit;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;
use clawctl_wire::id::check_id;
use clawctl_wire::policy::Policy;

/// Switch a policy on again
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy enable team_alpha")]
pub struct Enable {
    /// Id of the policy
    #[arg(add = complete::policies())]
    id: String,
}

pub(super) async fn run(ctx: &Ctx, args: Enable) -> Result<impl View + use<>> {
    check_id(&args.id)?;
    let client = ctx.client()?;
    let edit = PolicyEdit { enabled: Some(true), ..PolicyEdit::default() };
    let planned = client.plan_edit::<Policy>(&args.id, &edit).await?;
    carry_out(ctx, client, planned).await
}
