//! `clawctl content`: what a router keeps of requests, where their policy says so.

mod show;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Content {
    Show(show::Show),
}

pub async fn run(ctx: &Ctx, verb: Content) -> Result<Exit> {
    match verb {
        Content::Show(args) => ctx.show(show::run(ctx, args).await?),
    }
}
