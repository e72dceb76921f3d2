use std::path::PathBuf;

use clap::{Args, ValueHint};

use super::open_existing;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::view::router::Copied;

/// Copy the embedded router's database as it is at one moment
///
/// It may be served and written to meanwhile. The copy is one file for your eyes only: it holds
/// policies, usage, and the hashes of keys and of the admin token, but no key.
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
    Ok(Copied::new("the database is backed up", &database, &args.file))
}
