use clap::Args;

use super::flags::FusionFlags;
use crate::commands::complete;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::fusion::Previewed;
use clawctl_wire::id::check_id;

/// Show what fusion would do and reserve for the keys of a policy; nothing is called or changed
///
/// Without flags it is the configuration as it is stored; with them, one with these changes.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl fusion preview --policy team_alpha
  clawctl fusion preview --policy team_alpha --adviser local/qwen3:8b --max-output-tokens 256")]
pub struct Preview {
    /// Policy whose keys would ask
    #[arg(long, value_name = "ID", add = complete::policies())]
    policy: String,

    #[command(flatten)]
    flags: FusionFlags,
}

pub(super) async fn run(ctx: &Ctx, args: Preview) -> Result<Previewed> {
    check_id(&args.policy)?;
    let client = ctx.client()?;
    let config = args.flags.edit().apply(&client.fusion().await?);
    Ok(Previewed(client.preview_fusion(&args.policy, &config).await?))
}
