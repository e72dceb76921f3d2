//! `clawctl user`: people who sign in to the router's console.

mod disable;
mod email;
mod enable;
mod grant;
mod list;
mod set;
mod show;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

pub(super) use self::email::email;
pub(super) use self::set::changed_groups;

#[derive(Debug, Subcommand)]
pub enum User {
    List(list::List),
    Show(show::Show),
    Set(set::Set),
    Grant(grant::Grant),
    Enable(enable::Enable),
    Disable(disable::Disable),
}

pub async fn run(ctx: &Ctx, verb: User) -> Result<Exit> {
    match verb {
        User::List(args) => list::run(ctx, args).await,
        User::Show(args) => ctx.show(show::run(ctx, args).await?),
        User::Set(args) => ctx.show(set::run(ctx, args).await?),
        User::Grant(args) => ctx.show(grant::run(ctx, args).await?),
        User::Enable(args) => ctx.show(enable::run(ctx, args).await?),
        User::Disable(args) => ctx.show(disable::run(ctx, args).await?),
    }
}
