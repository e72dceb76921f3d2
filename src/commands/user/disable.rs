use clap::Args;

use super::email;
use crate::client::{IfMissing, UserEdit};
use crate::commands::complete;
use crate::commands::lock_out::LockOutFlag;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Refuse a user's sign-in to the console
///
/// Keys whose principal this is go on working; `clawctl key revoke` ends those.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl user disable ada@example.com
  clawctl user disable ada@example.com --yes")]
pub struct Disable {
    /// Address of the user
    #[arg(add = complete::users())]
    email: String,

    #[command(flatten)]
    lock_out: LockOutFlag,
}

pub(super) async fn run(ctx: &Ctx, args: Disable) -> Result<impl View + use<>> {
    let edit = UserEdit { enabled: Some(false), ..UserEdit::default() };
    email::edit(ctx, &args.email, &edit, IfMissing::Fail, args.lock_out.console()).await
}
