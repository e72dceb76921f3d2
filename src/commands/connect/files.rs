//! Where each client keeps its configuration.

use std::path::{Path, PathBuf};

use crate::ctx::Ctx;
use crate::env;
use crate::error::{Error, Result};
use crate::recipe::Client;

/// The file that was named, or the one that the client reads.
pub(super) fn file(ctx: &Ctx, client: Client, named: Option<&Path>) -> Result<PathBuf> {
    if let Some(path) = named {
        return absolute(path);
    }
    let given = |variable| ctx.env.get(variable).map(PathBuf::from);
    let folder = |variable, usual: &str| match given(variable) {
        Some(folder) => Ok(folder),
        None => Ok::<_, Error>(home()?.join(usual)),
    };
    absolute(&match client {
        Client::Openclaw => match given(env::OPENCLAW_CONFIG_PATH) {
            Some(path) => path,
            None => folder(env::OPENCLAW_STATE_DIR, ".openclaw")?.join("openclaw.json"),
        },
        Client::Codex => folder(env::CODEX_HOME, ".codex")?.join("config.toml"),
        Client::ClaudeCode => folder(env::CLAUDE_CONFIG_DIR, ".claude")?.join("settings.json"),
        // The others have none of their own.
        _ => PathBuf::from(".env"),
    })
}

/// A receipt has to lead to the same file from every folder.
fn absolute(path: &Path) -> Result<PathBuf> {
    std::path::absolute(path)
        .map_err(|e| Error::usage(format!("`{}` is not a path", path.display())).cause(e))
}

fn home() -> Result<PathBuf> {
    etcetera::home_dir().map_err(|e| {
        Error::usage("there is no home folder").cause(e).hint("name the file with `--file PATH`")
    })
}
