use clap::Args;

use super::{Home, KeeperFlag, ServeFlags};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::service::Unit;

/// Print the unit that keeps `router serve` running
///
/// It is a systemd user unit, or a LaunchAgent on macOS. No secret is in it: the keys of providers
/// come from `router.env` in clawctl's folder, a file of `NAME=value` lines for your eyes only.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router service print
  clawctl router service print --for launchd --listen 127.0.0.1:9000")]
pub struct Print {
    #[command(flatten)]
    serve: ServeFlags,

    #[command(flatten)]
    keeper: KeeperFlag,
}

pub(super) fn run(ctx: &Ctx, args: &Print) -> Result<Unit> {
    let home = Home::find()?;
    let keeper = args.keeper.keeper();
    let unit = args.serve.unit(ctx, &home)?;
    Ok(Unit {
        keeper: keeper.as_str(),
        path: keeper.path(&unit.name, home.folders()).display().to_string(),
        text: keeper.text(&unit),
    })
}
