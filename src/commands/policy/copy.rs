use clap::Args;

use super::change::carry_out;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;
use clawctl_wire::id::check_id;
use clawctl_wire::money::Micros;

/// Create a policy like another one
///
/// Everything is copied but the keys and what was spent.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy copy team_alpha team_beta
  clawctl policy copy team_alpha trial --budget '$5'")]
pub struct Copy {
    /// Id of the policy to copy
    #[arg(add = complete::policies())]
    from: String,

    /// Id of the new policy
    to: String,

    /// A budget of its own
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    budget: Option<Micros>,

    /// No limit on what the copy spends
    #[arg(long, conflicts_with = "budget")]
    no_budget: bool,
}

pub(super) async fn run(ctx: &Ctx, args: Copy) -> Result<impl View + use<>> {
    check_id(&args.from)?;
    check_id(&args.to)?;
    let client = ctx.client()?;
    let mut policy = client.policy(&args.from).await?;
    policy.policy_id = args.to;
    if args.no_budget {
        policy.monthly_budget_micros = None;
    }
    if let Some(amount) = args.budget {
        policy.monthly_budget_micros = Some(amount);
    }
    let planned = client.plan_new(policy).await?;
    carry_out(ctx, client, planned).await
}
