//! `clawctl rule`: who gets which groups and policies without being named.

mod change;
mod disable;
mod enable;
mod list;
mod put;
mod reconcile;
mod show;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Rule {
    List(list::List),
    Show(show::Show),
    Put(put::Put),
    Enable(enable::Enable),
    Disable(disable::Disable),
    Reconcile(reconcile::Reconcile),
}

pub async fn run(ctx: &Ctx, verb: Rule) -> Result<Exit> {
    match verb {
        Rule::List(args) => list::run(ctx, args).await,
        Rule::Show(args) => ctx.show(show::run(ctx, args).await?),
        Rule::Put(args) => ctx.show(put::run(ctx, args).await?),
        Rule::Enable(args) => ctx.show(enable::run(ctx, args).await?),
        Rule::Disable(args) => ctx.show(disable::run(ctx, args).await?),
        Rule::Reconcile(args) => ctx.show(reconcile::run(ctx, args).await?),
    }
}
