use clap::Args;

use crate::commands::complete;
use crate::config::EMBEDDED;
use crate::ctx::Ctx;
use crate::env;
use crate::error::Result;
use crate::view::context::{ContextDetail, TokenPlace};

/// Make a context the current one
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl context use prod
  clawctl context use embedded")]
pub struct Use {
    /// Name of the context; `embedded` is the router in this program
    #[arg(add = complete::contexts())]
    name: String,
}

pub(super) fn run(ctx: &Ctx, args: &Use) -> Result<ContextDetail> {
    let name = args.name.as_str();
    let (config, ()) = super::edit(ctx, |config| {
        super::row(ctx, config, name)?;
        config.set_current(if name == EMBEDDED { None } else { Some(name) });
        Ok(())
    })?;
    super::warn_of_environment(ctx, &[env::BASE_URL, env::CONTEXT]);
    let row = super::row(ctx, &config, name)?;
    Ok(ContextDetail::new(row, TokenPlace::NotAsked).done("is now the current one"))
}
