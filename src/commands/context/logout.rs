use clap::Args;

use crate::commands::complete;
use crate::config::EMBEDDED;
use crate::credential::Place;
use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Result};
use crate::view::context::{ContextDetail, TokenPlace};

/// Forget the admin token of a context
///
/// The context stays, and so does the token on the router: anyone with a copy can still use it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl context logout prod")]
pub struct Logout {
    /// Name of the context; without it, the one in force
    #[arg(add = complete::contexts())]
    name: Option<String>,
}

pub(super) fn run(ctx: &Ctx, args: Logout) -> Result<ContextDetail> {
    let name = super::named_or_in_force(ctx, args.name)?;
    let row = super::row(ctx, &ctx.settings.config, &name)?;
    if name == EMBEDDED {
        return Err(Error::usage("the router in this program has no login to forget"));
    }
    if ctx.settings.dry_run {
        ctx.ui.status("Nothing was forgotten: this is a dry run.");
        return Ok(ContextDetail::new(row, TokenPlace::NotAsked));
    }
    let places = ctx.token_store().forget(&name)?;
    if places.is_empty() {
        ctx.ui.status(format!("There was no token for {name} to forget."));
    } else {
        let places: Vec<_> = places.iter().map(Place::to_string).collect();
        ctx.ui.status(format!("Its token is gone from {}.", places.join(" and ")));
    }
    super::warn_of_environment(ctx, &[env::ADMIN_TOKEN]);
    Ok(ContextDetail::new(row, TokenPlace::None).done("is logged out"))
}
