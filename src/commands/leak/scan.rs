use clap::Args;

use super::places::PlaceFlags;
use super::say_incomplete;
use crate::ctx::Ctx;
use crate::error::{Exit, Result};
use crate::view::leak::{COLUMNS, Leaked, Sarif, Scanned};

/// Look for keys where they should not be
///
/// Finds keys of ClawRouter in files, folders, standard input, what is staged, or what commits
/// added. It says where they stand and whose they are, never the secret, and asks no router:
/// `leak respond` says which of them work. Exit code 1 means that a key was found, or that the
/// scan is incomplete because something cannot be read; 2 that nothing can be read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  clawctl leak scan --staged
  clawctl leak scan . -o json
  kubectl logs job/build | clawctl leak scan
  clawctl leak scan --git origin/main..HEAD --sarif > keys.sarif

As a pre-commit hook:
  printf '#!/bin/sh\\nexec clawctl leak scan --staged\\n' > .git/hooks/pre-commit
  chmod +x .git/hooks/pre-commit")]
pub struct Scan {
    #[command(flatten)]
    places: PlaceFlags,

    /// Print a SARIF report, as code scanners exchange them
    #[arg(long)]
    sarif: bool,
}

pub(super) fn run(ctx: &Ctx, args: &Scan) -> Result<Exit> {
    ctx.check_columns(COLUMNS)?;
    let looked = args.places.look(ctx)?;
    let rows: Vec<_> = looked
        .found
        .into_iter()
        .map(|found| Leaked {
            key_id: found.key_id,
            mode: found.mode,
            fingerprint: fingerprint(&found.secret_sha256),
            place: found.place,
        })
        .collect();
    let failed = looked.unread > 0;
    let exit = match args.sarif {
        true => ctx.show(Sarif { rows, failed })?,
        false => ctx.show(Scanned { rows, failed })?,
    };
    say_incomplete(ctx, looked.unread);
    Ok(exit)
}

/// Enough of a hash to tell two secrets of one key apart.
pub(super) fn fingerprint(sha256: &str) -> String {
    sha256.chars().take(12).collect()
}
