use clap::Args;

use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view;
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

    /// Only those that are switched on
    #[arg(long)]
    enabled: bool,

    /// Only those that are switched off
    #[arg(long, conflicts_with = "enabled")]
    disabled: bool,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<view::List<Rule>> {
    ctx.check_columns(view::rule::COLUMNS)?;
    let group = args.group.map(|name| name.trim().to_lowercase());
    let mut rows = ctx.client()?.rules().await?;
    rows.retain(|rule| {
        args.policy.as_ref().is_none_or(|id| rule.policy_ids.contains(id))
            && group.as_ref().is_none_or(|name| rule.groups.contains(name))
            && (!args.enabled || rule.enabled)
            && (!args.disabled || !rule.enabled)
    });
    Ok(view::List { rows, columns: view::rule::COLUMNS, empty: "No rules." })
}
