use clap::Args;

use super::email;
use crate::client::{IfMissing, UserEdit};
use crate::commands::complete;
use crate::commands::lock_out::LockOutFlag;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::View;

/// Let a user sign in to the console again
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl user enable ada@example.com")]
pub struct Enable {
    /// Address of the user
    #[arg(add = complete::users())]
    email: String,

    #[command(flatten)]
    lock_out: LockOutFlag,
}

pub(super) async fn run(ctx: &Ctx, args: Enable) -> Result<impl View + use<>> {
    let edit = UserEdit { enabled: Some(true), ..UserEdit::default() };
    email::edit(ctx, &args.email, &edit, IfMissing::Fail, args.lock_out.console()).await
}
