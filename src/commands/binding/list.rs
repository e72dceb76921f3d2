use clap::Args;

use crate::commands::listing::StateFlags;
use crate::commands::user::email;
use crate::commands::{complete, listing};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::binding::COLUMNS;
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

    #[command(flatten)]
    state: StateFlags,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let user = args.user.as_deref().map(email).transpose()?;
    let group = args.group.map(|name| name.trim().to_lowercase());
    let is_wanted = |row: &Binding| {
        let is_group = row.principal_type == PrincipalType::Group;
        args.policy.as_ref().is_none_or(|id| row.policy_id == *id)
            && user.as_ref().is_none_or(|email| row.is_of(email))
            && group.as_ref().is_none_or(|name| is_group && row.principal_id == *name)
            && args.state.takes(row.enabled)
    };
    let rows = ctx.client()?.rows_of::<Binding>().await?;
    listing::show(ctx, rows, COLUMNS, "No bindings.", |row| Some(row).filter(is_wanted)).await
}
