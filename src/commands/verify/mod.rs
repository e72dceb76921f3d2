//! `clawctl verify`: whether a router does what it says.

mod enforcement;
mod throwaway;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Verify {
    Enforcement(enforcement::Enforcement),
}

pub async fn run(ctx: &Ctx, verb: Verify) -> Result<Exit> {
    match verb {
        Verify::Enforcement(args) => ctx.show(enforcement::run(ctx, args).await?),
    }
}
