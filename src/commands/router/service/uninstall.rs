use clap::Args;

use super::{Home, KeeperFlag, NAME};
use crate::commands::programs::run_all;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::foreign::file::{look, remove};
use crate::service::MARK;
use crate::view::service::{Installed, Step};

/// Take the unit away that keeps `router serve` running
///
/// The commands that stop it are shown, or carried out with `--stop`. The router's file, its keys
/// and its tokens stay.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router service uninstall --stop
  clawctl router service uninstall --dry-run")]
pub struct Uninstall {
    #[command(flatten)]
    keeper: KeeperFlag,

    /// Carry out the commands that stop it
    #[arg(long)]
    stop: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Uninstall) -> Result<Installed> {
    let home = Home::find()?;
    let keeper = args.keeper.keeper();
    let path = keeper.path(NAME, home.folders());
    let found = look(&path)?;
    let there = found.content.is_some();
    if there && !String::from_utf8_lossy(found.bytes()).contains(MARK) {
        return Err(Error::conflict(format!("`{}` was not written by clawctl", path.display()))
            .hint("remove it by hand if it is yours"));
    }
    let commands = if there { keeper.stop(NAME, home.folders()) } else { Vec::new() };
    let stopped = args.stop && there && !ctx.settings.dry_run;
    if stopped {
        // While the unit is still there, because its keeper looks it up.
        run_all(ctx, &commands)?;
    }
    if there && !ctx.settings.dry_run {
        remove(&found.path)?;
    }
    Ok(Installed {
        keeper: keeper.as_str(),
        path: path.display().to_string(),
        step: if there { Step::Removed } else { Step::NotThere },
        done: stopped,
        commands: commands.iter().map(|command| command.join(" ")).collect(),
        dry_run: ctx.settings.dry_run,
        notes: Vec::new(),
    })
}
