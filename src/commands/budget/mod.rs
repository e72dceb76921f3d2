//! `clawctl budget`: what may be spent in a month, and what is left of it.

mod check;
mod clear;
mod list;
mod set;
mod target;
pub mod which;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Budget {
    List(list::List),
    Set(set::Set),
    Clear(clear::Clear),
    Check(check::Check),
}

pub async fn run(ctx: &Ctx, verb: Budget) -> Result<Exit> {
    match verb {
        Budget::List(args) => ctx.show(list::run(ctx, args).await?),
        Budget::Set(args) => set::run(ctx, args).await,
        Budget::Clear(args) => clear::run(ctx, args).await,
        Budget::Check(args) => ctx.show(check::run(ctx, args).await?),
    }
}
