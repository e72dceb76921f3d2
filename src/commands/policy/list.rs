use clap::Args;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::view;
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

    /// Only those that are switched on
    #[arg(long)]
    enabled: bool,

    /// Only those that are switched off
    #[arg(long, conflicts_with = "enabled")]
    disabled: bool,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<view::List<Policy>> {
    ctx.check_columns(view::policy::COLUMNS)?;
    let mut rows = ctx.client()?.policies().await?;
    rows.retain(|policy| {
        args.tenant.as_ref().is_none_or(|tenant| policy.tenant_id == *tenant)
            && args.provider.as_ref().is_none_or(|id| policy.scope().contains(id))
            && (!args.enabled || policy.enabled)
            && (!args.disabled || !policy.enabled)
    });
    Ok(view::List { rows, columns: view::policy::COLUMNS, empty: "No policies." })
}
