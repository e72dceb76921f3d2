//! `clawctl router`: the router in this program, its file and its token.

mod access_log;
mod backup;
mod descriptors;
mod info;
mod listen;
mod provider;
mod restore;
mod reveal;
mod serve;
pub mod service;
mod shown;
pub(super) mod signals;
mod token;

use clap::Subcommand;

use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use crate::settings::{Source, Target};

#[derive(Debug, Subcommand)]
pub enum Router {
    Serve(serve::Serve),
    Info(info::Info),
    Backup(backup::Backup),
    Restore(restore::Restore),
    /// Replace the admin token of the served router
    #[command(subcommand)]
    Token(token::Token),
    /// Keep `router serve` running
    #[command(subcommand)]
    Service(service::Service),
    /// Look at provider manifests, and check your own
    #[command(subcommand)]
    Provider(provider::Provider),
}

pub fn run(ctx: &Ctx, verb: Router) -> Result<Exit> {
    check_target(ctx)?;
    match verb {
        Router::Serve(args) => serve::run(ctx, &args),
        Router::Info(args) => ctx.show(info::run(ctx, &args)?),
        Router::Backup(args) => ctx.show(backup::run(ctx, &args)?),
        Router::Restore(args) => ctx.show(restore::run(ctx, &args)?),
        Router::Token(verb) => token::run(ctx, verb),
        Router::Service(verb) => service::run(ctx, verb),
        Router::Provider(verb) => provider::run(ctx, verb),
    }
}

/// These commands are about this machine. A flag that names another router is a mistake; a
/// current context is merely not meant.
fn check_target(ctx: &Ctx) -> Result<()> {
    match (&ctx.settings.target, &ctx.settings.target_source) {
        (Target::Remote { .. }, Source::Flag(flag)) => Err(Error::usage(format!(
            "`router` commands are about the router in this program, and `{flag}` names another"
        ))
        .hint(format!("leave `{flag}` out"))),
        (Target::Remote { .. }, _) => {
            ctx.ui.detail("This is about the router in this program, not the one in force.");
            Ok(())
        }
        (Target::Embedded, _) => Ok(()),
    }
}

/// The embedded router, if it was used before: looking at it does not make it.
fn open_existing(ctx: &Ctx) -> Result<clawctl_router::Router> {
    check_existing(ctx)?;
    ctx.open_router()
}

fn check_existing(ctx: &Ctx) -> Result<()> {
    let database = ctx.settings.home.database();
    if !database.exists() {
        let message = format!("there is no database yet at `{}`", database.display());
        return Err(Error::not_found(message)
            .hint("the first command that needs it makes it, such as `clawctl policy list`")
            .hint("`CLAWCTL_HOME` chooses another folder"));
    }
    Ok(())
}

/// Runs the few calls that such a client is asked for.
fn block_on<T>(future: impl Future<Output = T>) -> Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().build();
    let runtime = runtime.map_err(|e| Error::failed("cannot start").cause(e))?;
    Ok(runtime.block_on(future))
}
