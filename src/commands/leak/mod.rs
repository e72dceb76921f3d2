//! `clawctl leak`: keys where they should not be.

mod diff;
mod places;
mod scan;
mod window;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Leak {
    Scan(scan::Scan),
}

pub async fn run(ctx: &Ctx, verb: Leak) -> Result<Exit> {
    match verb {
        Leak::Scan(args) => scan::run(ctx, &args),
    }
}
