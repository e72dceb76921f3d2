//! A program that the system keeps running for one person: a systemd user unit, or a LaunchAgent
//! of macOS. Texts and commands alone; nothing here writes or runs anything.
//!
//! A unit is readable by others, so no secret is ever in it: what the program needs of such comes
//! from a file that the unit names.

mod launchd;
mod systemd;

use std::path::{Path, PathBuf};

/// The first line of what is written here, by which it is known again.
pub const MARK: &str = "Written by clawctl.";

/// Who keeps it running.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Keeper {
    Systemd,
    Launchd,
}

/// What is to be kept running.
#[derive(Debug, Clone)]
pub struct Service {
    /// Such as `clawctl-router`.
    pub name: String,
    pub description: String,
    /// The program, by its whole path, and its arguments.
    pub command: Vec<String>,
    /// The folder that it runs in, which has to exist; else the one that the system chooses.
    pub directory: Option<PathBuf>,
    /// Settings that are no secrets.
    pub environment: Vec<(String, String)>,
    /// A file of `NAME=value` lines for the rest, which may be missing.
    pub environment_file: Option<PathBuf>,
    /// Is what it writes to stdout for everyone who may read its log?
    pub logs_stdout: bool,
    /// Where the log is under launchd, which keeps no journal.
    pub log: PathBuf,
}

/// The folders of the person that it runs for.
#[derive(Debug, Clone, Copy)]
pub struct Folders<'a> {
    pub home: &'a Path,
    pub config: &'a Path,
    pub user_id: u32,
}

impl Keeper {
    /// The one that this system has.
    pub fn of_this_system() -> Self {
        if cfg!(target_os = "macos") { Self::Launchd } else { Self::Systemd }
    }

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Systemd => "systemd",
            Self::Launchd => "launchd",
        }
    }

    /// The program that it is spoken to with.
    pub fn program(self) -> &'static str {
        match self {
            Self::Systemd => "systemctl",
            Self::Launchd => "launchctl",
        }
    }

    /// The unit's text.
    pub fn text(self, service: &Service) -> String {
        match self {
            Self::Systemd => systemd::text(service),
            Self::Launchd => launchd::text(service),
        }
    }

    /// Where the unit has to lie.
    pub fn path(self, name: &str, folders: Folders<'_>) -> PathBuf {
        match self {
            Self::Systemd => folders.config.join("systemd/user").join(format!("{name}.service")),
            Self::Launchd => {
                folders.home.join("Library/LaunchAgents").join(launchd::file_name(name))
            }
        }
    }

    /// The commands that start what was written, now and at every login.
    pub fn start(self, name: &str, folders: Folders<'_>) -> Vec<Vec<String>> {
        let path = self.path(name, folders).display().to_string();
        match self {
            Self::Systemd => vec![
                words(&["systemctl", "--user", "daemon-reload"]),
                words(&["systemctl", "--user", "enable", &format!("{name}.service")]),
                words(&["systemctl", "--user", "restart", &format!("{name}.service")]),
            ],
            Self::Launchd => vec![words(&["launchctl", "bootstrap", &domain(folders), &path])],
        }
    }

    /// The commands that stop it.
    pub fn stop(self, name: &str, folders: Folders<'_>) -> Vec<Vec<String>> {
        match self {
            Self::Systemd => {
                vec![words(&[
                    "systemctl",
                    "--user",
                    "disable",
                    "--now",
                    &format!("{name}.service"),
                ])]
            }
            Self::Launchd => {
                let label = format!("{}/{}", domain(folders), launchd::label(name));
                vec![words(&["launchctl", "bootout", &label])]
            }
        }
    }

    /// The command that shows its log.
    pub fn look(self, service: &Service) -> String {
        match self {
            Self::Systemd => format!("journalctl --user -u {}.service -f", service.name),
            Self::Launchd => format!("tail -f {}", service.log.display()),
        }
    }
}

fn domain(folders: Folders<'_>) -> String {
    format!("gui/{}", folders.user_id)
}

fn words(words: &[&str]) -> Vec<String> {
    words.iter().map(|word| (*word).to_owned()).collect()
}

#[cfg(test)]
mod tests;
