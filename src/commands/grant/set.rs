use clap::Args;

use super::change::carry_out;
use super::flags::GrantFlags;
use super::name::GrantName;
use crate::client::{GrantEdit, GrantSecrets};
use crate::commands::policy::flags::either;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::View;

/// Change what is named of a grant, and nothing else; its secrets stay
///
/// The grant is read, changed in the named members, written with every member, read back and
/// compared. A new secret, or another provider, is given with `grant put`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl grant set policies/team/main --priority 10
  clawctl grant set main --policy team --label 'main account' --weight 2.5
  clawctl grant set policies/team/spare --disable --yes
  clawctl grant set tenants/acme/shared --token-url https://login.example/token --client-id ours")]
pub struct Set {
    #[command(flatten)]
    name: GrantName,

    /// Send requests with it again
    #[arg(long)]
    enable: bool,

    /// Send no requests with it, and keep its secrets
    #[arg(long, conflicts_with = "enable")]
    disable: bool,

    #[command(flatten)]
    flags: GrantFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Set) -> Result<impl View + use<>> {
    let key = args.name.key()?;
    let edit = args.flags.edit(ctx)?;
    let edit = GrantEdit { enabled: either(args.enable, args.disable), ..edit };
    if edit == GrantEdit::default() {
        return Err(Error::usage("nothing to change was named")
            .hint("`clawctl grant set --help` lists what can be changed"));
    }
    let client = ctx.client()?;
    let planned = client.plan_grant(&key, &edit, GrantSecrets::default(), None).await?;
    let revoked = planned.before.as_ref().is_some_and(|grant| grant.revoked_at.is_some());
    if revoked {
        return Err(Error::conflict(format!("grant `{key}` was revoked and has no secret"))
            .run("give it one", format!("clawctl grant put {key}")));
    }
    carry_out(ctx, client, planned).await
}
