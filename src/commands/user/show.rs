use clap::Args;

use super::email::email;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::report::access::{UserAccess, user_access};
use clawctl_wire::credential::Credential;
use clawctl_wire::user::AccessUser;

/// Show one user, and what is held through what
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl user show ada@example.com
  clawctl user show ada@example.com -o json | jq -r '.held[].policyId'")]
pub struct Show {
    /// Address of the user
    #[arg(add = complete::users())]
    email: String,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<UserAccess> {
    let email = email(&args.email)?;
    let client = ctx.client()?;
    let user = client.one::<AccessUser>(&email).await?;
    let (bindings, rules) = (client.bindings().await?, client.rules().await?);
    let is_own = |key: &Credential| key.principal_id.as_ref() == Some(&user.email);
    let keys = client.credentials_where(is_own).await?;
    Ok(user_access(user, &bindings, &rules, &keys))
}
