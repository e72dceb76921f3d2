use clap::Args;

use crate::commands::listing::StateFlags;
use crate::commands::{complete, listing};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::rule::COLUMNS;
use clawctl_wire::rule::Rule;

/// List assignment rules in the order in which they apply
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl rule list
  clawctl rule list --policy team_alpha -o json
  clawctl rule list --columns ruleId,kind,subject,provenance")]
pub struct List {
    /// Only those that give this policy
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: Option<String>,

    /// Only those that give this group
    #[arg(long, value_name = "NAME", add = complete::groups())]
    group: Option<String>,

    #[command(flatten)]
    state: StateFlags,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let group = args.group.map(|name| name.trim().to_lowercase());
    let is_wanted = |rule: &Rule| {
        args.policy.as_ref().is_none_or(|id| rule.policy_ids.contains(id))
            && group.as_ref().is_none_or(|name| rule.groups.contains(name))
            && args.state.takes(rule.enabled)
    };
    let rows = ctx.client()?.rows_of::<Rule>().await?;
    listing::show(ctx, rows, COLUMNS, "No rules.", |row| Some(row).filter(is_wanted)).await
}
