//! `clawctl usage`: who spent what.

mod summary;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Usage {
    Summary(summary::Summary),
}

pub async fn run(ctx: &Ctx, verb: Usage) -> Result<Exit> {
    match verb {
        Usage::Summary(args) => ctx.show(summary::run(ctx, args).await?),
    }
}
