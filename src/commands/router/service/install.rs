use clap::Args;

use super::{Home, KeeperFlag, NAME, ServeFlags, environment_file};
use crate::commands::programs::{exists, run_all};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::foreign::file::look;
use crate::service::Keeper;
use crate::view::service::{Installed, Step};

/// Keep `router serve` running, from now on and at every login
///
/// The unit is written, and the commands that start it are shown, or carried out with `--start`.
/// Doing it again changes nothing, or takes the new flags over. There has to be an admin token
/// already, because one that a service made would be seen by nobody.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router token rotate --to file:admin.token
  clawctl router service install --start
  clawctl router service install --listen 127.0.0.1:9000 --start
  clawctl router service install --dry-run")]
pub struct Install {
    #[command(flatten)]
    serve: ServeFlags,

    #[command(flatten)]
    keeper: KeeperFlag,

    /// Carry out the commands that start it
    #[arg(long)]
    start: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Install) -> Result<Installed> {
    let home = Home::find()?;
    let keeper = args.keeper.keeper();
    let unit = args.serve.unit(ctx, &home)?;
    check_keeper(ctx, keeper)?;
    check_token(ctx)?;
    let path = keeper.path(NAME, home.folders());
    let text = keeper.text(&unit);
    let found = look(&path)?;
    let there = found.content.is_some();
    let same = there && found.bytes() == text.as_bytes();
    if there && !same {
        let shown = path.display();
        ctx.ui.status(format!("`{shown}` is there, with other words."));
        if !ctx.settings.dry_run {
            ctx.ui.confirm(&format!("Replace `{shown}`?"))?;
        }
    }
    if !same && !ctx.settings.dry_run {
        // It is no secret, and administrators of the machine may read it.
        found.replace(text.as_bytes(), 0o644)?;
    }
    let commands = keeper.start(NAME, home.folders());
    let started = args.start && !ctx.settings.dry_run;
    if started {
        run_all(ctx, &commands)?;
    }
    let mut notes = vec![format!(
        "Keys of providers come from `{}`, lines of `NAME=value` (mode 0600).",
        environment_file(ctx).display()
    )];
    if keeper == Keeper::Systemd {
        notes.push("To run without a login: `loginctl enable-linger`.".to_owned());
    }
    notes.push(format!("Its log: `{}`.", keeper.look(&unit)));
    Ok(Installed {
        keeper: keeper.as_str(),
        path: path.display().to_string(),
        step: if same { Step::Unchanged } else { Step::Written },
        done: started,
        commands: commands.iter().map(|command| command.join(" ")).collect(),
        dry_run: ctx.settings.dry_run,
        notes,
    })
}

fn check_keeper(ctx: &Ctx, keeper: Keeper) -> Result<()> {
    if exists(ctx, keeper.program()) {
        return Ok(());
    }
    let (name, program) = (keeper.as_str(), keeper.program());
    Err(Error::usage(format!("there is no {name} here: no `{program}` in the PATH"))
        .hint("have your own supervisor run `clawctl router serve`")
        .hint("`clawctl router service print` shows what to tell it"))
}

/// The first start makes a token and writes it to stdout, which a service throws away.
fn check_token(ctx: &Ctx) -> Result<()> {
    if ctx.open_router()?.admin_token_hash_is_set()? {
        return Ok(());
    }
    Err(Error::usage("there is no admin token yet, and one that the service made would be lost")
        .run("make one first", "clawctl router token rotate --to file:admin.token"))
}
