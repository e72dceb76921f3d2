use clap::Args;

use crate::commands::complete;
use crate::commands::user::email;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view;
use clawctl_wire::binding::{Binding, PrincipalType};

/// List policy bindings, those that count first at the top
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl binding list
  clawctl binding list --policy team_alpha --enabled
  clawctl binding list --group platform -o json")]
pub struct List {
    /// Only those of this policy
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: Option<String>,

    /// Only those to this address
    #[arg(long, value_name = "EMAIL", add = complete::users())]
    user: Option<String>,

    /// Only those to this group
    #[arg(long, value_name = "NAME", conflicts_with = "user", add = complete::groups())]
    group: Option<String>,

    /// Only those that are switched on
    #[arg(long)]
    enabled: bool,

    /// Only those that are switched off
    #[arg(long, conflicts_with = "enabled")]
    disabled: bool,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<view::List<Binding>> {
    ctx.check_columns(view::binding::COLUMNS)?;
    let user = args.user.as_deref().map(email).transpose()?;
    let group = args.group.map(|name| name.trim().to_lowercase());
    let mut rows = ctx.client()?.bindings().await?;
    rows.retain(|row| {
        let is_group = row.principal_type == PrincipalType::Group;
        args.policy.as_ref().is_none_or(|id| row.policy_id == *id)
            && user.as_ref().is_none_or(|email| row.is_of(email))
            && group.as_ref().is_none_or(|name| is_group && row.principal_id == *name)
            && (!args.enabled || row.enabled)
            && (!args.disabled || !row.enabled)
    });
    Ok(view::List { rows, columns: view::binding::COLUMNS, empty: "No bindings." })
}
