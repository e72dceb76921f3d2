use clap::Args;

use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view;
use clawctl_wire::user::UserGrants;

/// List users
///
/// These are the people who sign in to the router's console. Keys need none of them; a key's
/// principal has a record here only if the person has signed in, or was registered.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl user list
  clawctl user list --group platform -o csv
  clawctl user list --policy team_alpha --enabled")]
pub struct List {
    /// Only those of this tenant
    #[arg(long, value_name = "NAME", add = complete::tenants())]
    tenant: Option<String>,

    /// Only those in this group
    #[arg(long, value_name = "NAME", add = complete::groups())]
    group: Option<String>,

    /// Only those to whose address this policy is bound
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: Option<String>,

    /// Only those that are switched on
    #[arg(long)]
    enabled: bool,

    /// Only those that are switched off
    #[arg(long, conflicts_with = "enabled")]
    disabled: bool,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<view::List<UserGrants>> {
    ctx.check_columns(view::user::COLUMNS)?;
    let client = ctx.client()?;
    let (users, bindings) = (client.users().await?, client.bindings().await?);
    let group = args.group.map(|name| name.trim().to_lowercase());
    let mut rows: Vec<_> = users.into_iter().map(|user| UserGrants::of(user, &bindings)).collect();
    rows.retain(|UserGrants { user, policy_ids }| {
        args.tenant.as_ref().is_none_or(|tenant| user.tenant_id == *tenant)
            && group.as_ref().is_none_or(|name| user.groups.contains(name))
            && args.policy.as_ref().is_none_or(|id| policy_ids.contains(id))
            && (!args.enabled || user.enabled)
            && (!args.disabled || !user.enabled)
    });
    Ok(view::List { rows, columns: view::user::COLUMNS, empty: "No users." })
}
