//! `clawctl key`: issuing keys, and everything that happens to them afterwards.

pub(in crate::commands) mod deliver;
mod edit;
mod enable;
mod exec;
pub mod expiry;
pub(in crate::commands) mod fresh;
pub mod inspect;
mod issue;
mod list;
mod r#move;
mod reap;
mod revoke;
pub(in crate::commands) mod rotate;
mod show;
mod unready;
mod unused;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Key {
    Issue(issue::Issue),
    List(list::List),
    Show(show::Show),
    Inspect(inspect::Inspect),
    Rotate(rotate::Rotate),
    Revoke(revoke::Revoke),
    Enable(enable::Enable),
    Move(r#move::Move),
    Reap(reap::Reap),
    Exec(exec::Exec),
}

pub async fn run(ctx: &Ctx, verb: Key) -> Result<Exit> {
    match verb {
        Key::Issue(args) => ctx.show(issue::run(ctx, args).await?),
        Key::List(args) => list::run(ctx, args).await,
        Key::Show(args) => ctx.show(show::run(ctx, args).await?),
        Key::Inspect(args) => ctx.show(inspect::run(ctx, args).await?),
        Key::Rotate(args) => rotate::run(ctx, args).await,
        Key::Revoke(args) => ctx.show(revoke::run(ctx, args).await?),
        Key::Enable(args) => ctx.show(enable::run(ctx, args).await?),
        Key::Move(args) => ctx.show(r#move::run(ctx, args).await?),
        Key::Reap(args) => reap::run(ctx, args).await,
        Key::Exec(args) => exec::run(ctx, args).await,
    }
}
