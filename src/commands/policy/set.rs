use clap::Args;

use super::change::carry_out;
use super::flags::{either, words};
use super::routing::{RoutingFlags, check};
use crate::client::{Change, PolicyEdit};
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::View;
use clawctl_wire::id::check_id;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, Policy};

/// Change what is named, and nothing else
///
/// The policy is read, changed in the named fields, written with every field, read back and
/// compared. Providers and models are changed with `policy scope`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl policy set team_alpha --budget '$300'
  clawctl policy set team_alpha --budget-scope principal --yes
  clawctl policy set ci --request-cost 0.002 --dry-run
  clawctl policy set ci --grant-strategy priority --eligible-grant openai/main")]
pub struct Set {
    /// Id of the policy
    #[arg(add = complete::policies())]
    id: String,

    /// Budget per UTC month, such as `$50`; zero blocks
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    budget: Option<Micros>,

    /// No limit on what is spent
    #[arg(long, conflicts_with = "budget")]
    no_budget: bool,

    /// Who shares the budget; a change starts the counter of the month again
    #[arg(long, value_name = "SCOPE", value_parser = ["policy", "principal"])]
    budget_scope: Option<String>,

    /// Fixed price of every request
    #[arg(long, value_name = "AMOUNT", allow_hyphen_values = true)]
    request_cost: Option<Micros>,

    /// Requests cost what their model costs
    #[arg(long, conflicts_with = "request_cost")]
    no_request_cost: bool,

    /// Tenant that the policy belongs to; a change starts the counter of the month again
    #[arg(long, value_name = "NAME")]
    tenant: Option<String>,

    /// Role that the router notes with the policy
    #[arg(long, value_name = "WORD")]
    role: Option<String>,

    /// Use the operator's own key where there are grants and none of them can be used
    #[arg(long)]
    environment_fallback: bool,

    /// Refuse requests where there are grants and none of them can be used
    #[arg(long, conflicts_with = "environment_fallback")]
    no_environment_fallback: bool,

    /// Let the router keep request contents for thirty days
    #[arg(long)]
    retention: bool,

    /// Do not let the router keep request contents
    #[arg(long, conflicts_with = "retention")]
    no_retention: bool,

    #[command(flatten)]
    routing: RoutingFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Set) -> Result<impl View + use<>> {
    check_id(&args.id)?;
    let edit = PolicyEdit {
        budget: Change::of(args.budget, args.no_budget),
        request_cost: Change::of(args.request_cost, args.no_request_cost),
        budget_scope: args.budget_scope.as_deref().map(BudgetScope::from),
        tenant: args.tenant.as_deref().map(|text| words("--tenant", text)).transpose()?,
        token_role: args.role.as_deref().map(|text| words("--role", text)).transpose()?,
        retain_content: either(args.retention, args.no_retention),
        environment_fallback: either(args.environment_fallback, args.no_environment_fallback),
        routing: args.routing.edit()?,
        ..PolicyEdit::default()
    };
    if edit == PolicyEdit::default() {
        return Err(Error::usage("nothing to change was named")
            .hint("`clawctl policy set --help` lists what can be changed"));
    }
    let client = ctx.client()?;
    let planned = client.plan_edit::<Policy>(&args.id, &edit).await?;
    if let Some(before) = &planned.before {
        check(client, &edit.routing, before).await?;
    }
    carry_out(ctx, client, planned).await
}
