//! `clawctl usage`: who spent what.

mod by;
mod events;
mod filter;
pub(in crate::commands) mod follow;
mod moment;
mod summary;
mod tail;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::report::Coverage;

#[derive(Debug, Subcommand)]
pub enum Usage {
    Summary(summary::Summary),
    By(by::By),
    Events(events::Events),
    Tail(tail::Tail),
}

pub async fn run(ctx: &Ctx, verb: Usage) -> Result<Exit> {
    match verb {
        Usage::Summary(args) => ctx.show(summary::run(ctx, args).await?),
        Usage::By(args) => ctx.show(by::run(ctx, args).await?),
        Usage::Events(args) => events::run(ctx, args).await,
        Usage::Tail(args) => tail::run(ctx, args).await,
    }
}

/// Warns where a list or a sum is less than it may look like. A table says it by itself.
fn say_coverage(ctx: &Ctx, coverage: &Coverage) {
    if ctx.ui.look().format.is_some() && *coverage != Coverage::Complete {
        ctx.ui.warning(coverage.words());
    }
}
