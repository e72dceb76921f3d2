use clap::Args;

use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::report::tenant::rows;
use crate::view::tenant::TenantDetail;

/// Show one tenant, its policies and its users
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl tenant show acme
  clawctl tenant show acme -o json | jq -r '.policyList[].policyId'")]
pub struct Show {
    /// Name of the tenant
    #[arg(add = complete::tenants())]
    name: String,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<TenantDetail> {
    let client = ctx.client()?;
    let (tenants, mut policies) = (client.tenants().await?, client.policies().await?);
    let mut tenants = rows(tenants, &policies);
    tenants.retain(|row| row.tenant.tenant_id == args.name);
    let Some(tenant) = tenants.pop() else {
        return Err(Error::not_found(format!("no policy belongs to a tenant `{}`", args.name))
            .hint("`clawctl tenant list` shows those there are"));
    };
    policies.retain(|policy| policy.tenant_id == args.name);
    let users = client.users().await?.into_iter().filter(|user| user.tenant_id == args.name);
    Ok(TenantDetail {
        tenant,
        policy_list: policies,
        users: users.map(|user| user.email).collect(),
    })
}
