use clap::Args;

use crate::changes::Own;
use crate::commands::context::token::TokenFlags;
use crate::ctx::Ctx;
use crate::error::{Error, Exit, Result};
use clawctl_wire::key::sha256_hex;

/// A token that is shorter can be guessed by trying.
const TOKEN_CHARS_MIN: usize = 20;

/// Let the served router take an admin token that you bring
///
/// For several machines that share one. Only its hash is kept; the old token stops working at
/// once.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router token set
  openssl rand -hex 32 | tee token.txt | clawctl router token set --token-stdin --yes")]
pub struct Set {
    #[command(flatten)]
    token: TokenFlags,
}

pub(super) fn run(ctx: &Ctx, args: &Set) -> Result<Exit> {
    let router = ctx.open_router()?;
    let token = args.token.read(ctx, "new admin token (hidden)")?;
    if token.expose().len() < TOKEN_CHARS_MIN {
        return Err(Error::usage(format!(
            "an admin token has at least {TOKEN_CHARS_MIN} characters"
        ))
        .hint("`clawctl router token rotate` makes a good one"));
    }
    if ctx.settings.dry_run {
        ctx.ui.status("The admin token would be replaced: this is a dry run.");
        return Ok(Exit::DONE);
    }
    if router.admin_token_hash_is_set()? {
        ctx.ui.confirm("Replace the admin token, and let the old one stop working?")?;
    }
    super::warn_of_environment(ctx);
    let hash = sha256_hex(token.expose());
    ctx.changing(Own::AdminToken, || router.set_admin_token_sha256(&hash))?;
    ctx.ui.status("The router takes this admin token now, and no other.");
    Ok(Exit::DONE)
}
