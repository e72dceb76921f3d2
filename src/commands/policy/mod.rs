//! `clawctl policy`: what keys may reach and spend.

pub mod change;
mod copy;
mod create;
mod disable;
mod enable;
pub mod flags;
mod list;
mod routing;
mod scope;
mod set;
mod show;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Policy {
    Create(create::Create),
    List(list::List),
    Show(show::Show),
    Set(set::Set),
    Scope(scope::Scope),
    Copy(copy::Copy),
    Enable(enable::Enable),
    Disable(disable::Disable),
}

pub async fn run(ctx: &Ctx, verb: Policy) -> Result<Exit> {
    match verb {
        Policy::Create(args) => ctx.show(create::run(ctx, args).await?),
        Policy::List(args) => list::run(ctx, args).await,
        Policy::Show(args) => ctx.show(show::run(ctx, args).await?),
        Policy::Set(args) => ctx.show(set::run(ctx, args).await?),
        Policy::Scope(args) => ctx.show(scope::run(ctx, args).await?),
        Policy::Copy(args) => ctx.show(copy::run(ctx, args).await?),
        Policy::Enable(args) => ctx.show(enable::run(ctx, args).await?),
        Policy::Disable(args) => ctx.show(disable::run(ctx, args).await?),
    }
}
