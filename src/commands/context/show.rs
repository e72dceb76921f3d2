use clap::Args;

use crate::commands::complete;
use crate::config::EMBEDDED;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::context::{ContextDetail, TokenPlace};

/// Show a context, and where its token is kept
///
/// The token itself is never shown.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl context show
  clawctl context show prod -o json | jq -r .adminToken")]
pub struct Show {
    /// Name of the context; without it, the one in force
    #[arg(add = complete::contexts())]
    name: Option<String>,
}

pub(super) fn run(ctx: &Ctx, args: Show) -> Result<ContextDetail> {
    let name = super::named_or_in_force(ctx, args.name)?;
    let row = super::row(ctx, &ctx.settings.config, &name)?;
    if name == EMBEDDED {
        return Ok(ContextDetail::new(row, TokenPlace::NotNeeded));
    }
    let place = match ctx.token_store().load(&name)? {
        Some((stored, place)) if stored.admin_token.is_some() => Some(place),
        _ => None,
    };
    Ok(ContextDetail::new(row, super::token_place(place.as_ref())))
}
