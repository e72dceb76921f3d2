//! `clawctl tenant`: who policies belong to.

mod list;
mod show;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Tenant {
    List(list::List),
    Show(show::Show),
}

pub async fn run(ctx: &Ctx, verb: Tenant) -> Result<Exit> {
    match verb {
        Tenant::List(args) => ctx.show(list::run(ctx, args).await?),
        Tenant::Show(args) => ctx.show(show::run(ctx, args).await?),
    }
}
