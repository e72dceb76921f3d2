//! Programs of the system that a command runs for a person: their words go to stderr, and they
//! inherit none of our tokens.

use std::os::fd::AsFd;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Result};

/// Is there a program of this name in the PATH?
pub fn exists(ctx: &Ctx, program: &str) -> bool {
    find(ctx, program).is_some()
}

/// The first file of this name in the PATH that can be run.
pub fn find(ctx: &Ctx, program: &str) -> Option<PathBuf> {
    use std::os::unix::fs::PermissionsExt;
    std::env::split_paths(&ctx.env.search_path())
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(program))
        .find(|file| {
            file.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
        })
}

/// Runs one after the other, until one fails.
pub fn run_all(ctx: &Ctx, commands: &[Vec<String>]) -> Result<()> {
    for words in commands {
        let Some((program, arguments)) = words.split_first() else { continue };
        let shown = words.join(" ");
        ctx.ui.status(format!("$ {shown}"));
        let failed = |e: std::io::Error| Error::failed(format!("cannot run `{shown}`")).cause(e);
        let stderr = std::io::stderr().as_fd().try_clone_to_owned().map_err(failed)?;
        let mut command = Command::new(program);
        command.args(arguments).stdin(Stdio::null()).stdout(Stdio::from(stderr));
        for variable in [env::ADMIN_TOKEN, env::ACCESS_CLIENT_ID, env::ACCESS_CLIENT_SECRET] {
            command.env_remove(variable.name);
        }
        let status = command.status().map_err(failed)?;
        if !status.success() {
            return Err(Error::failed(format!("`{shown}` failed: {status}"))
                .hint("what was written before it stays; repeat the command when it is mended"));
        }
    }
    Ok(())
}
