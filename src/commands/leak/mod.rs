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
use crate::view::router::counted;

#[derive(Debug, Subcommand)]
pub enum Leak {
    Scan(scan::Scan),
    Respond(respond::Respond),
}

pub async fn run(ctx: &Ctx, verb: Leak) -> Result<Exit> {
    match verb {
        Leak::Scan(args) => scan::run(ctx, &args),
        Leak::Respond(args) => {
            let responded = respond::run(ctx, args).await?;
            let unread = responded.unread;
            let exit = ctx.show(responded)?;
            say_incomplete(ctx, unread);
            Ok(exit)
        }
    }
}

/// The last line, so that nobody takes a part for the whole.
fn say_incomplete(ctx: &Ctx, unread: u64) {
    if unread > 0 {
        let places = counted(unread, "file or folder", "files or folders");
        ctx.ui.warning(format!("the scan is incomplete: {places} could not be read"));
    }
}
