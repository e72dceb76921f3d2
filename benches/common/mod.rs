//! What the benches share: measuring programs in turn, judging the figures, and a home to run in.

pub(crate) mod measure;
pub(crate) mod report;

use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// Anything that ends a measurement.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

/// The admin token of every router here.
pub(crate) const TOKEN: &str = "bench";

/// A folder on the disk that the sources are on, with nothing in it.
pub(crate) struct Home {
    folder: TempDir,
}

impl Home {
    pub(crate) fn new() -> Result<Self, Failure> {
        Ok(Self { folder: tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))? })
    }

    pub(crate) fn path(&self, inside: &str) -> PathBuf {
        self.folder.path().join(inside)
    }

    /// clawctl in this home, with no environment but ours.
    pub(crate) fn clawctl(&self, words: &[&str]) -> Command {
        let mut command = bare(env!("CARGO_BIN_EXE_clawctl"));
        command
            .args(words)
            .env("HOME", self.folder.path())
            .env("CLAWCTL_HOME", self.folder.path())
            .env("CLAWROUTER_ADMIN_TOKEN", TOKEN);
        command
    }

    pub(crate) fn run(&self, words: &[&str]) -> Result<(), Failure> {
        let done = self.clawctl(words).stdin(Stdio::null()).output()?;
        if done.status.success() {
            return Ok(());
        }
        Err(format!("clawctl {words:?}: {}", String::from_utf8_lossy(&done.stderr)).into())
    }

    /// A database with one policy, `team`.
    pub(crate) fn with_policy() -> Result<Self, Failure> {
        let home = Self::new()?;
        home.run(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"])?;
        Ok(home)
    }
}

/// A program with no environment but the path.
pub(crate) fn bare(program: impl AsRef<std::ffi::OsStr>) -> Command {
    let mut command = Command::new(program);
    command.env_clear().env("PATH", search_path());
    command
}

#[expect(clippy::disallowed_methods, reason = "programs to compare with are looked for on it")]
pub(crate) fn search_path() -> std::ffi::OsString {
    std::env::var_os("PATH").unwrap_or_default()
}

/// What was asked for on the command line.
pub(crate) struct Wanted {
    pub parts: Vec<&'static str>,
    pub rounds: usize,
}

impl Wanted {
    /// Names of parts, all of them where none is named, and `--rounds N`.
    pub(crate) fn read(
        words: &[&str],
        parts: &[&'static str],
        rounds: usize,
    ) -> Result<Self, Failure> {
        let mut wanted = Self { parts: Vec::new(), rounds };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                // Cargo says so to every bench.
                "--bench" => {}
                "--rounds" => wanted.rounds = words.next().ok_or("how many rounds?")?.parse()?,
                word => match parts.iter().find(|part| **part == word) {
                    Some(part) => wanted.parts.push(part),
                    None => return Err(format!("the parts are {}", parts.join(", ")).into()),
                },
            }
        }
        if wanted.parts.is_empty() {
            wanted.parts = parts.to_vec();
        }
        Ok(wanted)
    }
}
