//! `clawctl grant`: the upstream secrets that policies and tenants are given.

mod authorize;
pub mod change;
mod flags;
mod list;
mod name;
mod put;
mod quota;
mod refresh;
mod revoke;
mod secrets;
mod set;
mod show;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Grant {
    List(list::List),
    Show(show::Show),
    // These two have many flags.
    Put(Box<put::Put>),
    Set(Box<set::Set>),
    Revoke(revoke::Revoke),
    Refresh(refresh::Refresh),
    Quota(quota::Quota),
    Authorize(authorize::Authorize),
}

pub async fn run(ctx: &Ctx, verb: Grant) -> Result<Exit> {
    match verb {
        Grant::List(args) => list::run(ctx, args).await,
        Grant::Show(args) => ctx.show(show::run(ctx, args).await?),
        Grant::Put(args) => ctx.show(put::run(ctx, *args).await?),
        Grant::Set(args) => ctx.show(set::run(ctx, *args).await?),
        Grant::Revoke(args) => ctx.show(revoke::run(ctx, args).await?),
        Grant::Refresh(args) => ctx.show(refresh::run(ctx, args).await?),
        Grant::Quota(args) => ctx.show(quota::run(ctx, args).await?),
        Grant::Authorize(args) => ctx.show(authorize::run(ctx, args).await?),
    }
}
