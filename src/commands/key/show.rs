use clap::Args;

use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::key::KeyDetail;
use clawctl_wire::id::check_id;

/// Show one key and what it may reach
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl key show alice
  clawctl key show alice -o json | jq .policyId")]
pub struct Show {
    /// Id of the key
    #[arg(add = complete::keys())]
    id: String,
}

pub(super) async fn run(ctx: &Ctx, args: Show) -> Result<KeyDetail> {
    check_id(&args.id)?;
    let client = ctx.client()?;
    let credential = client.credential(&args.id).await?;
    let policy = client.find_one(credential.policy_id.as_str()).await?;
    Ok(KeyDetail { credential, policy })
}
