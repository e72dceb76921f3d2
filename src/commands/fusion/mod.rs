//! `clawctl fusion`: the model that asks several others.

mod change;
mod disable;
mod enable;
mod flags;
mod preview;
mod set;
mod show;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Fusion {
    Show(show::Show),
    Set(set::Set),
    Preview(preview::Preview),
    Enable(enable::Enable),
    Disable(disable::Disable),
}

pub async fn run(ctx: &Ctx, verb: Fusion) -> Result<Exit> {
    match verb {
        Fusion::Show(args) => ctx.show(show::run(ctx, args).await?),
        Fusion::Set(args) => ctx.show(set::run(ctx, args).await?),
        Fusion::Preview(args) => ctx.show(preview::run(ctx, args).await?),
        Fusion::Enable(args) => ctx.show(enable::run(ctx, args).await?),
        Fusion::Disable(args) => ctx.show(disable::run(ctx, args).await?),
    }
}
