use clap::Args;

use crate::commands::listing::{self, StateFlags};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::policy::COLUMNS;
use clawctl_wire::policy::Policy;

/// List policies
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy list
  clawctl policy list --tenant acme -o json
  clawctl policy list --columns policyId,tokenRole,requestCostMicros")]
pub struct List {
    /// Only those of this tenant
    #[arg(long, value_name = "NAME")]
    tenant: Option<String>,

    /// Only those that reach this provider
    #[arg(long, value_name = "ID")]
    provider: Option<String>,

    #[command(flatten)]
    state: StateFlags,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let is_wanted = |policy: &Policy| {
        args.tenant.as_ref().is_none_or(|tenant| policy.tenant_id == *tenant)
            && args.provider.as_ref().is_none_or(|id| policy.scope().contains(id))
            && args.state.takes(policy.enabled)
    };
    let rows = ctx.client()?.rows_of::<Policy>().await?;
    listing::show(ctx, rows, COLUMNS, "No policies.", |row| Some(row).filter(is_wanted)).await
}
