//! `clawctl catalog`: the models that a policy or a key can really use.

pub mod from;
mod list;
mod show;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Catalog {
    List(list::List),
    Show(show::Show),
}

pub async fn run(ctx: &Ctx, verb: Catalog) -> Result<Exit> {
    match verb {
        Catalog::List(args) => ctx.show(list::run(ctx, args).await?),
        Catalog::Show(args) => ctx.show(show::run(ctx, args).await?),
    }
}
