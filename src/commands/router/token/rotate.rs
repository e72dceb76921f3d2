use clap::Args;

use super::super::reveal::Places;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::lifecycle::sinks;
use crate::view::Nothing;
use clawctl_secret::sink::SinkSpec;

/// Make a new admin token; the old one stops working at once
///
/// The new token is delivered first, and becomes valid last. It is shown once, and only its hash
/// is kept. A router that is being served obeys on the next request.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router token rotate
  clawctl router token rotate --yes --to file:admin-token.txt
  clawctl router token rotate --yes --to 'exec:pass insert -m -f clawrouter'")]
pub struct Rotate {
    /// Where the token is delivered; repeat it for more
    ///
    /// `stdout` (the default), `tty`, `file:PATH` (0600), `env-file:PATH:NAME`,
    /// `keyring:SERVICE/ACCOUNT`, `exec:COMMAND` (the token on its standard input), `clipboard`.
    #[arg(long = "to", value_name = "SINK", value_parser = sinks::parse)]
    to: Vec<SinkSpec>,
}

pub(super) fn run(ctx: &Ctx, args: &Rotate) -> Result<Exit> {
    let router = ctx.open_router()?;
    let specs = if args.to.is_empty() { vec![SinkSpec::Stdout] } else { args.to.clone() };
    let mut places = Places::check(ctx, &specs)?;
    let there = router.admin_token_hash_is_set()?;
    if ctx.settings.dry_run {
        let places: Vec<_> = specs.iter().map(SinkSpec::to_string).collect();
        ctx.ui.status(format!("A new admin token would go to {}.", places.join(" and ")));
        return ctx.show(Nothing);
    }
    if there {
        ctx.ui.confirm("Make a new admin token, and let the old one stop working?")?;
    }
    super::warn_of_environment(ctx);
    places.reveal_new_token(ctx, &router)?;
    ctx.ui.status("The new admin token is valid now, and is not shown again.");
    ctx.ui.hint("`clawctl context login NAME` stores it for a context");
    Ok(Exit::DONE)
}
