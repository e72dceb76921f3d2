//! `clawctl router token`: who may administer the served router.

mod rotate;
mod set;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::env;
use crate::error::{Exit, Result};

#[derive(Debug, Subcommand)]
pub enum Token {
    Rotate(rotate::Rotate),
    Set(set::Set),
}

pub(super) fn run(ctx: &Ctx, verb: Token) -> Result<Exit> {
    match verb {
        Token::Rotate(args) => rotate::run(ctx, &args),
        Token::Set(args) => set::run(ctx, &args),
    }
}

/// A hash that a server was started with goes before the one that is stored.
fn warn_of_environment(ctx: &Ctx) {
    let name = env::ADMIN_TOKEN_SHA256.name;
    if ctx.env.get(env::ADMIN_TOKEN_SHA256).is_some() {
        ctx.ui
            .warning(format!("a router that is served with `{name}` set takes that token instead"));
    }
}
