use clap::Args;

use crate::commands::complete;
use crate::config::EMBEDDED;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::context::{ContextDetail, TokenPlace};

/// Remove a context, and forget its token
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl context remove staging
  clawctl context remove staging --yes")]
pub struct Remove {
    /// Name of the context
    #[arg(add = complete::contexts())]
    name: String,
}

pub(super) fn run(ctx: &Ctx, args: &Remove) -> Result<ContextDetail> {
    let name = args.name.as_str();
    if name == EMBEDDED {
        return Err(Error::usage("`embedded` is the router in this program, and stays"));
    }
    super::row(ctx, &ctx.settings.config, name)?;
    if !ctx.settings.dry_run {
        ctx.ui.confirm(&format!("Remove context {name} and forget its token?"))?;
    }
    let (_, mut row) = super::edit(ctx, |config| {
        let row = super::row(ctx, config, name)?;
        if !ctx.settings.dry_run {
            ctx.token_store().forget(name)?;
        }
        config.remove(name);
        Ok(row)
    })?;
    let was_current = std::mem::take(&mut row.current);
    if was_current {
        ctx.ui.status("The embedded router is the current one again.");
    }
    Ok(ContextDetail::new(row, TokenPlace::None).done("removed"))
}
