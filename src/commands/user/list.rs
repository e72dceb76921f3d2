use std::collections::{BTreeSet, HashMap};

use clap::Args;

use crate::client::Client;
use crate::commands::listing::StateFlags;
use crate::commands::{complete, listing};
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::user::COLUMNS;
use clawctl_wire::binding::{Binding, PrincipalType};
use clawctl_wire::user::{AccessUser, UserGrants};

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

    #[command(flatten)]
    state: StateFlags,
}

pub(super) async fn run(ctx: &Ctx, args: List) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let client = ctx.client()?;
    let group = args.group.map(|name| name.trim().to_lowercase());
    let is_wanted = |UserGrants { user, policy_ids }: &UserGrants| {
        args.tenant.as_ref().is_none_or(|tenant| user.tenant_id == *tenant)
            && group.as_ref().is_none_or(|name| user.groups.contains(name))
            && args.policy.as_ref().is_none_or(|id| policy_ids.contains(id))
            && args.state.takes(user.enabled)
    };
    let mut granted = granted(client).await?;
    let takes = |user: AccessUser| {
        let policy_ids = granted.remove(&user.email).unwrap_or_default();
        Some(UserGrants { user, policy_ids }).filter(is_wanted)
    };
    let rows = client.rows_of::<AccessUser>().await?;
    listing::show(ctx, rows, COLUMNS, "No users.", takes).await
}

/// The policies that are bound to addresses themselves, by the address.
async fn granted(client: &Client) -> Result<HashMap<String, BTreeSet<String>>> {
    let mut granted: HashMap<_, BTreeSet<_>> = HashMap::new();
    let mut rows = client.rows_of::<Binding>().await?;
    while let Some(row) = rows.next().await? {
        if row.enabled && row.principal_type == PrincipalType::User {
            granted.entry(row.principal_id).or_default().insert(row.policy_id);
        }
    }
    Ok(granted)
}
