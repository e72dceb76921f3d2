//! `clawctl binding`: which policies people and groups hold in the router's console.

mod disable;
mod enable;
mod list;
mod put;
mod target;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Binding {
    List(list::List),
    Put(put::Put),
    Enable(enable::Enable),
    Disable(disable::Disable),
}

pub async fn run(ctx: &Ctx, verb: Binding) -> Result<Exit> {
    match verb {
        Binding::List(args) => list::run(ctx, args).await,
        Binding::Put(args) => ctx.show(put::run(ctx, args).await?),
        Binding::Enable(args) => ctx.show(enable::run(ctx, args).await?),
        Binding::Disable(args) => ctx.show(disable::run(ctx, args).await?),
    }
}
