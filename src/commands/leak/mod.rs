//! `clawctl leak`: keys where they should not be.

mod diff;
mod places;
mod report;
mod respond;
mod scan;
mod window;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Leak {
    Scan(scan::Scan),
    Respond(respond::Respond),
}

pub async fn run(ctx: &Ctx, verb: Leak) -> Result<Exit> {
    match verb {
        Leak::Scan(args) => scan::run(ctx, &args),
        Leak::Respond(args) => ctx.show(respond::run(ctx, args).await?),
    }
}
