//! What a sink may know of the process that it runs in, given as values.

use std::ffi::{OsStr, OsString};
use std::fs::File;
use std::os::fd::AsFd;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use crate::keychain::Keychain;

/// How long a command may take, if nothing else is said.
pub const COMMAND_LIMIT: Duration = Duration::from_secs(60);

/// Where programs are found, what they may inherit, and how long they may take.
pub struct Surroundings {
    pub path: OsString,
    /// Is this a Wayland session, an X session, or both?
    pub wayland: bool,
    pub x11: bool,
    /// Environment variables that no command may inherit, such as the admin token's.
    pub withheld: Vec<String>,
    pub terminal: PathBuf,
    pub command_limit: Duration,
    pub keychain: Keychain,
    /// A lock file for writes to the keychain. Its folder exists by the time of a delivery.
    pub keychain_lock: Option<PathBuf>,
    /// Where commands write to. `None` is our own stderr, because stdout carries data only.
    pub command_output: Option<File>,
}

impl Surroundings {
    /// Those of this process, as far as `env` shows them.
    pub fn new(env: &dyn Fn(&str) -> Option<OsString>, withheld: &[&str]) -> Self {
        let set = |name| env(name).is_some_and(|value| !value.is_empty());
        Self {
            path: env("PATH").unwrap_or_else(|| "/usr/local/bin:/usr/bin:/bin".into()),
            wayland: set("WAYLAND_DISPLAY"),
            x11: set("DISPLAY"),
            withheld: withheld.iter().map(|name| (*name).to_owned()).collect(),
            terminal: "/dev/tty".into(),
            command_limit: COMMAND_LIMIT,
            keychain: Keychain::system(),
            keychain_lock: None,
            command_output: None,
        }
    }

    /// The first executable of this name in the PATH.
    pub(super) fn find(&self, program: &str) -> Option<PathBuf> {
        std::env::split_paths(&self.path)
            // A relative directory in the PATH would run what lies in the present one.
            .filter(|directory| directory.is_absolute())
            .map(|directory| directory.join(OsStr::new(program)))
            .find(|file| {
                file.metadata().is_ok_and(|m| m.is_file() && m.permissions().mode() & 0o111 != 0)
            })
    }

    pub(super) fn shell(&self) -> Option<PathBuf> {
        self.find("sh")
    }

    /// A copy of the stream that a command's output goes to.
    pub(super) fn output(&self) -> std::io::Result<Stdio> {
        let stderr = std::io::stderr();
        let stream = match &self.command_output {
            Some(file) => file.as_fd(),
            None => stderr.as_fd(),
        };
        Ok(stream.try_clone_to_owned()?.into())
    }
}
