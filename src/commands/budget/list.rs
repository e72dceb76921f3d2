use clap::Args;

use super::which::{all, is_set, named};
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::report::{BudgetRow, State};
use crate::view::budget::{Budgets, COLUMNS};
use clawctl_wire::model::ModelPattern;

/// List budgets with what is spent and left
///
/// One row for every policy, or for every principal of it where each has a budget of its own, and
/// one for every provider that has a budget. Unlimited, zero (which blocks) and not known are
/// three different things. What is spent includes what open requests have reserved.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl budget list
  clawctl budget list --policy 'team_*'
  clawctl budget list --provider openai
  clawctl budget list --exhausted -o json")]
pub struct List {
    /// Only policies whose id matches, `*` for any run of characters
    #[arg(long, value_name = "PATTERN", add = complete::policies())]
    policy: Option<ModelPattern>,

    /// Only this provider; repeat it for more
    #[arg(long = "provider", value_name = "ID", value_delimiter = ',')]
    #[arg(add = complete::providers())]
    providers: Vec<String>,

    /// Only budgets that refuse requests now: used up, or zero
    #[arg(long)]
    exhausted: bool,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Budgets> {
    ctx.check_columns(COLUMNS)?;
    let mut rows = all(ctx).await?;
    if args.policy.is_some() || !args.providers.is_empty() {
        let of_providers = named(rows.clone(), &[], &args.providers)?;
        rows.retain(|row| matches(args.policy.as_ref(), row));
        rows.extend(of_providers);
    } else {
        rows.retain(is_set);
    }
    if args.exhausted {
        rows.retain(|row| matches!(row.state, State::Exhausted | State::Blocked));
    }
    Ok(Budgets { rows })
}

fn matches(pattern: Option<&ModelPattern>, row: &BudgetRow) -> bool {
    let Some(id) = &row.policy_id else { return false };
    pattern.is_some_and(|pattern| pattern.matches(id))
}
