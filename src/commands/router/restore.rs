use std::path::PathBuf;

use clap::{Args, ValueHint};

use crate::changes::Own;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::router;
use crate::view::router::{Copied, counted};

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
    if ctx.settings.dry_run {
        ctx.ui.status(format!("`{shown}` would replace `{}`.", database.display()));
        return Ok(Copied::new("nothing was restored", &args.file, &database));
    }
    if !args.file.is_file() {
        return Err(Error::usage(format!("there is no file `{shown}`")));
    }
    if database.exists() {
        let what = match ctx.open_router(Vec::new()).map(|router| router.info()) {
            Ok(Ok(info)) => {
                let policies = counted(info.policies, "policy", "policies");
                format!("{policies} and {}", counted(info.credentials, "key", "keys"))
            }
            _ => "a database that cannot be read".to_owned(),
        };
        ctx.ui.confirm(&format!("Replace {what} in {} by {shown}?", database.display()))?;
    }
    ctx.changing(Own::Database, || router::restore(&args.file, &database))?;
    ctx.ui.hint("the admin token is again the one that it was when the backup was made");
    say_what_stays_sealed(ctx)?;
    Ok(Copied::new("the database is restored", &args.file, &database))
}

/// The key is not in a backup, and the one that is here may be another.
fn say_what_stays_sealed(ctx: &Ctx) -> Result<()> {
    let unopened = ctx.open_router(Vec::new())?.unopened()?;
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
