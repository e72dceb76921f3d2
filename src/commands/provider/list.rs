use clap::Args;

use crate::ctx::Ctx;
use crate::error::Result;
use crate::report::budget::provider_row;
use crate::view::provider::{COLUMNS, ProviderRow, Providers};
use clawctl_wire::catalog::Readiness;
use clawctl_wire::connection::Connection;

/// List providers, with whether they can be called
///
/// A provider is ready when it is switched on and has the keys and settings that it needs; the
/// state says how sure the router is of it. What is spent is counted only against a budget.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl provider list
  clawctl provider list --ready
  clawctl provider list --columns providerId,missingConfig")]
pub struct List {
    /// Only those that can be called
    #[arg(long)]
    ready: bool,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Providers> {
    ctx.check_columns(COLUMNS)?;
    let client = ctx.client()?;
    ctx.say_judge();
    let status = client.provider_status().await?;
    let connections = client.connections().await?;
    let rows = status
        .iter()
        .filter(|ready| !args.ready || ready.executable)
        .map(|ready| {
            let connection = connections.iter().find(|c| c.provider_id == ready.id);
            row(ctx, ready, connection)
        })
        .collect();
    Ok(Providers { rows })
}

pub(super) fn row(ctx: &Ctx, ready: &Readiness, connection: Option<&Connection>) -> ProviderRow {
    // A provider that has no connection yet is one that was never changed.
    let untouched = || Connection {
        provider_id: ready.id.clone(),
        enabled: ready.connection_enabled,
        label: None,
        monthly_budget_micros: None,
        spent_micros: None,
        remaining_micros: None,
        unknown: serde_json::Map::new(),
    };
    let connection = connection.cloned().unwrap_or_else(untouched);
    let budget = provider_row(&connection, ctx.now());
    ProviderRow::new(ready, connection.label, &budget)
}
