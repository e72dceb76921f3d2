//! `clawctl context`: which routers there are, and which one is meant.

mod access;
mod add;
mod list;
mod login;
mod logout;
mod proof;
mod remove;
mod show;
pub mod token;
mod r#use;

use clap::Subcommand;

use crate::config::{Config, EMBEDDED, shown};
use crate::credential::Place;
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Exit, Result};
use crate::view::context::{ContextRow, TokenPlace};

#[derive(Debug, Subcommand)]
pub enum Context {
    List(list::List),
    Add(add::Add),
    Use(r#use::Use),
    Show(show::Show),
    Remove(remove::Remove),
    Login(login::Login),
    Logout(logout::Logout),
}

pub async fn run(ctx: &Ctx, verb: Context) -> Result<Exit> {
    match verb {
        Context::List(args) => ctx.show(list::run(ctx, &args)?),
        Context::Add(args) => ctx.show(add::run(ctx, args).await?),
        Context::Use(args) => ctx.show(r#use::run(ctx, &args)?),
        Context::Show(args) => ctx.show(show::run(ctx, args)?),
        Context::Remove(args) => ctx.show(remove::run(ctx, &args)?),
        Context::Login(args) => ctx.show(login::run(ctx, args).await?),
        Context::Logout(args) => ctx.show(logout::run(ctx, args)?),
    }
}

/// A context as it is listed; `embedded` is always there.
fn row(ctx: &Ctx, config: &Config, name: &str) -> Result<ContextRow> {
    let current = config.current.as_deref().unwrap_or(EMBEDDED) == name;
    if name == EMBEDDED {
        let database = ctx.settings.home.database().display().to_string();
        return Ok(ContextRow {
            name: name.to_owned(),
            current,
            url: None,
            database: Some(database),
            insecure_http: false,
            access: false,
        });
    }
    let context = config.context(name)?;
    Ok(ContextRow {
        name: name.to_owned(),
        current,
        url: Some(shown(&context.url).to_owned()),
        database: None,
        insecure_http: context.insecure_http,
        access: context.access,
    })
}

fn token_place(place: Option<&Place>) -> TokenPlace {
    match place {
        Some(Place::Keychain) => TokenPlace::Keychain,
        Some(Place::File) => TokenPlace::File,
        Some(Place::Environment(_)) => TokenPlace::Environment,
        None => TokenPlace::None,
    }
}

/// The context that was named, or else the one in force.
fn named_or_in_force(ctx: &Ctx, name: Option<String>) -> Result<String> {
    if let Some(name) = name {
        return Ok(name);
    }
    if let Some(trouble) = &ctx.settings.trouble {
        return Err(crate::error::Error::usage(trouble.message.clone())
            .hint("name the context that is meant"));
    }
    ctx.settings.target.context().map(str::to_owned).ok_or_else(|| {
        crate::error::Error::usage(
            "the router in force was given by its address and has no context",
        )
        .hint("name the context that is meant")
    })
}

/// Changes the contexts file, unless this is a dry run.
fn edit<T>(ctx: &Ctx, change: impl FnOnce(&mut Config) -> Result<T>) -> Result<(Config, T)> {
    let path = &ctx.settings.home.config;
    if !ctx.settings.dry_run {
        return Config::edit(path, change);
    }
    let mut config = Config::load(path)?;
    let changed = change(&mut config)?;
    ctx.ui.status("Nothing was written: this is a dry run.");
    Ok((config, changed))
}

/// Says which variable goes before what was just written.
fn warn_of_environment(ctx: &Ctx, variables: &[env::Variable]) {
    for variable in variables {
        if ctx.env.get(*variable).is_some() {
            ctx.ui.warning(format!("`{}` is set, and goes before it", variable.name));
        }
    }
}
