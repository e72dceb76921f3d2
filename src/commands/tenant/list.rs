use clap::Args;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::report::tenant::{TenantRow, rows};
use crate::view;

/// List tenants
///
/// A tenant exists only through its policies. The sum of budgets is the router's: it counts
/// disabled policies too, and one without a limit as nothing, so those are named beside it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl tenant list
  clawctl tenant list -o csv --columns tenantId,keys,monthlyBudgetMicros")]
pub struct List {}

pub(super) async fn run(ctx: &Ctx, List {}: List) -> Result<view::List<TenantRow>> {
    ctx.check_columns(view::tenant::COLUMNS)?;
    let client = ctx.client()?;
    let rows = rows(client.tenants().await?, &client.policies().await?);
    Ok(view::List { rows, columns: view::tenant::COLUMNS, empty: "No tenants." })
}
