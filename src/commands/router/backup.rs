use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::open_existing;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::router::{Copied, counted};

/// Copy the embedded router's database as it is at one moment
///
/// It may be served and written to meanwhile. The copy is one file for your eyes only: it holds
/// policies, usage, and the hashes of keys and of the admin token, but no key. Upstream secrets in
/// it are sealed, and what they are sealed under is not in it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl router backup router-backup.db
  clawctl router backup \"backups/router-$(date +%F).db\"")]
pub struct Backup {
    /// File to write; it must not be there yet
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    file: PathBuf,
}

pub(super) fn run(ctx: &Ctx, args: &Backup) -> Result<Copied> {
    let router = open_existing(ctx)?;
    let database = ctx.settings.home.database();
    if ctx.settings.dry_run {
        ctx.ui.status("Nothing was written: this is a dry run.");
        return Ok(Copied::new("the database would be backed up", &database, &args.file));
    }
    router.backup(&args.file)?;
    let sealed = router.sealed()?.grants;
    if sealed > 0 {
        let place = ctx.key_places()?.place().ok().flatten();
        let place =
            place.map_or_else(|| "not to be found".to_owned(), |place| format!("in {place}"));
        let secrets = counted(sealed, "upstream secret", "upstream secrets");
        ctx.ui.hint(format!(
            "it holds {secrets}, sealed; the key for them is {place} and not in the copy, so keep \
             that as well, and elsewhere"
        ));
    }
    Ok(Copied::new("the database is backed up", &database, &args.file))
}
