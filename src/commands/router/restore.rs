use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::changes::Own;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::view::router::{Copied, counted};
use clawctl_router::{self, Revived};

/// Put a backup in the place of the embedded router's database
///
/// What is in the database now is lost, wholly and at once; back it up before. A router that is
/// being served has to be stopped first.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router backup before.db && clawctl router restore monday.db
  clawctl router restore monday.db --yes")]
pub struct Restore {
    /// File that `router backup` made
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
}

pub(super) fn run(ctx: &Ctx, args: &Restore) -> Result<Copied> {
    let database = ctx.settings.home.database();
    let shown = args.file.display();
    if !args.file.is_file() {
        return Err(Error::usage(format!("there is no file `{shown}`")));
    }
    let revived = clawctl_router::preview_restore(&args.file, &database, ctx.now())?;
    if ctx.settings.dry_run {
        ctx.ui.status(format!("`{shown}` would replace `{}`.", database.display()));
        say_revived(ctx, revived.as_ref(), "would be valid again");
        return Ok(
            Copied::new("nothing was restored", &args.file, &database).reviving(revived.as_ref())
        );
    }
    let existed = database.exists();
    if existed {
        let what = match ctx.open_router().map(|router| router.info()) {
            Ok(Ok(info)) => {
                let policies = counted(info.policies, "policy", "policies");
                format!("{policies} and {}", counted(info.credentials, "key", "keys"))
            }
            _ => "a database that cannot be read".to_owned(),
        };
        if !ctx.ui.look().yes {
            say_revived(ctx, revived.as_ref(), "would be valid again");
        }
        ctx.ui.confirm(&format!("Replace {what} in {} by {shown}?", database.display()))?;
    }
    let revived =
        ctx.changing(Own::Database, || clawctl_router::restore(&args.file, &database, ctx.now()))?;
    ctx.ui.hint("the admin token is again the one that it was when the backup was made");
    say_revived(ctx, revived.as_ref(), "valid again");
    if existed && revived.is_none() {
        ctx.ui.warning(
            "the replaced database could not be read: keys that were revoked since the backup work \
             again",
        );
        ctx.ui.hint("check them: `clawctl key list`");
    }
    say_what_stays_sealed(ctx)?;
    Ok(Copied::new("the database is restored", &args.file, &database).reviving(revived.as_ref()))
}

/// What was refused before and is not any more.
fn say_revived(ctx: &Ctx, revived: Option<&Revived>, work: &str) {
    let Some(Revived { keys, secrets, policies, providers, grants }) = revived else { return };
    let say = |names: &[String], (one, many): (&str, &str), what: &str, undo: &str| {
        if names.is_empty() {
            return;
        }
        let count = counted(names.len() as u64, one, many);
        ctx.ui.warning(format!("{work}: {count} {what}: {}", listed(names)));
        ctx.ui.hint(format!("if that is not intended: `{undo}`"));
    };
    let since = "revoked since the backup";
    say(keys, ("key", "keys"), since, "clawctl key revoke ID");
    let replaced = "with a secret that was replaced since the backup";
    say(secrets, ("key", "keys"), replaced, "clawctl key rotate ID");
    let disabled = "disabled since the backup";
    say(policies, ("policy", "policies"), disabled, "clawctl policy disable ID");
    say(providers, ("provider", "providers"), disabled, "clawctl provider disable ID");
    say(
        grants,
        ("grant", "grants"),
        "disabled or revoked since the backup",
        "clawctl grant revoke NAME",
    );
}

/// How many names are said; `-o json` has all of them.
const NAMES_MAX: usize = 10;

fn listed(names: &[String]) -> String {
    let mut text = names.iter().take(NAMES_MAX).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > NAMES_MAX {
        text.push_str(&format!(" and {} more", names.len() - NAMES_MAX));
    }
    text
}

/// The key is not in a backup, and the one that is here may be another.
fn say_what_stays_sealed(ctx: &Ctx) -> Result<()> {
    let unopened = ctx.open_router()?.unopened()?;
    let Some((_, reason)) = unopened.first() else { return Ok(()) };
    let secrets = counted(unopened.len() as u64, "upstream secret", "upstream secrets");
    ctx.ui.warning(format!("{secrets} cannot be opened here: {reason}"));
    let file = ctx.key_places()?.file();
    ctx.ui.hint(format!(
        "put the key that belongs to the backup back into {} or into the keychain, or revoke those \
         grants and give them their secrets anew: `clawctl grant list`",
        file.display()
    ));
    Ok(())
}
