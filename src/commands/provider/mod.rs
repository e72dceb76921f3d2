//! `clawctl provider`: what can be reached upstream, its switch and its budget.

pub mod change;
mod check;
mod disable;
mod enable;
mod flags;
mod list;
mod set;
mod show;
mod vitals;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Provider {
    List(list::List),
    Show(show::Show),
    Check(check::Check),
    Set(set::Set),
    Enable(enable::Enable),
    Disable(disable::Disable),
}

pub async fn run(ctx: &Ctx, verb: Provider) -> Result<Exit> {
    match verb {
        Provider::List(args) => ctx.show(list::run(ctx, args).await?),
        Provider::Show(args) => ctx.show(show::run(ctx, args).await?),
        Provider::Check(args) => ctx.show(check::run(ctx, args).await?),
        Provider::Set(args) => ctx.show(set::run(ctx, args).await?),
        Provider::Enable(args) => ctx.show(enable::run(ctx, args).await?),
        Provider::Disable(args) => ctx.show(disable::run(ctx, args).await?),
    }
}
