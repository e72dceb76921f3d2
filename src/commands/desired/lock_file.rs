//! The lock beside a manifest, on disk.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::plan::lock::{Lock, Made, State};
use clawctl_secret::disk::{self, Access, Locked};

/// The lock's name in a folder of manifests.
const IN_FOLDER: &str = "clawrouter.lock";

/// A lock, and where it is kept. One without a place is forgotten with the process.
pub(in crate::commands) struct LockFile {
    pub(in crate::commands) path: Option<PathBuf>,
    router: String,
    lock: Lock,
    /// The text on disk, as far as it is known.
    text: String,
    /// Keeps another `apply` waiting: what this one makes is in its memory until it is written.
    held: Option<Locked>,
}

/// Where the lock of these manifests is: beside the first.
pub(in crate::commands) fn beside(paths: &[PathBuf]) -> Option<PathBuf> {
    let first = paths.first()?;
    if first == Path::new("-") {
        return None;
    }
    Some(if first.is_dir() { first.join(IN_FOLDER) } else { first.with_extension("lock") })
}

impl LockFile {
    /// Opens what is there, and lets no other run write it until this one is over.
    pub(in crate::commands) fn hold(path: Option<PathBuf>, router: &str) -> Result<Self> {
        let held = match path.as_deref().map(disk::lock).transpose() {
            Ok(held) => held,
            Err(e) if e.kind() == io::ErrorKind::TimedOut => {
                let shown = path.as_deref().unwrap_or(Path::new("")).display().to_string();
                return Err(Error::conflict(format!("another clawctl works with `{shown}`"))
                    .cause(e)
                    .hint("wait until it is done, or stop it"));
            }
            // A run that makes nothing needs no lock file, so it may lie where nothing is written.
            Err(_) => None,
        };
        Ok(Self { held, ..Self::open(path, router)? })
    }

    /// Opens what is there, to read it. A lock that makes no sense is not written over.
    pub(in crate::commands) fn open(path: Option<PathBuf>, router: &str) -> Result<Self> {
        let mut text = String::new();
        if let Some(path) = &path {
            text = match fs::read_to_string(path) {
                Ok(text) => text,
                Err(e) if e.kind() == io::ErrorKind::NotFound => String::new(),
                Err(e) => return Err(failed("read", path, e)),
            };
        }
        let lock = Lock::parse(&text).map_err(|e| {
            let shown = path.as_deref().unwrap_or(Path::new("")).display().to_string();
            Error::usage(format!("`{shown}` cannot be used"))
                .cause(e)
                .hint("bring it back from version control, or move it away: nothing is pruned then")
        })?;
        Ok(Self { path, router: router.to_owned(), lock, text, held: None })
    }

    pub(in crate::commands) fn made(&mut self) -> &mut Made {
        self.lock.of(&self.router)
    }

    /// Adds lines, and waits for the disk: what they speak of is about to be made.
    pub(in crate::commands) fn about_to_make(
        &mut self,
        things: &[(String, String, String)],
    ) -> Result<()> {
        if things.is_empty() {
            return Ok(());
        }
        let mut lines = String::new();
        for (noun, id, fingerprint) in things {
            self.made().put(noun, id, State::Making, fingerprint.clone());
            lines.push_str(&Lock::line(&self.router, noun, id, State::Making, fingerprint));
        }
        self.append(&lines, true)
    }

    /// It was made. The line before says that it was to be, so this one waits for nothing.
    pub(in crate::commands) fn made_it(
        &mut self,
        noun: &str,
        id: &str,
        fingerprint: &str,
    ) -> Result<()> {
        self.ended(noun, id, State::Made, fingerprint)
    }

    /// Somebody else made it before we did.
    pub(in crate::commands) fn made_by_another(
        &mut self,
        noun: &str,
        id: &str,
        fingerprint: &str,
    ) -> Result<()> {
        self.ended(noun, id, State::Not, fingerprint)
    }

    /// It was disabled because the manifest no longer names it, or it was brought back.
    pub(in crate::commands) fn pruned(&mut self, noun: &str, id: &str, pruned: bool) -> Result<()> {
        match self.lock.set_pruned(&self.router, noun, id, pruned) {
            Some(line) => self.append(&line, false),
            None => Ok(()),
        }
    }

    fn ended(&mut self, noun: &str, id: &str, state: State, fingerprint: &str) -> Result<()> {
        self.made().put(noun, id, state, fingerprint.to_owned());
        let line = Lock::line(&self.router, noun, id, state, fingerprint);
        self.append(&line, false)
    }

    fn append(&mut self, lines: &str, wait: bool) -> Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let mut added = String::new();
        if self.text.is_empty() {
            added.push_str(&Lock::head());
        } else if !self.text.ends_with('\n') {
            // A line that a crash cut off stays out of the way: the whole is written anew.
            return self.write();
        }
        added.push_str(lines);
        self.locked(path, |held| held.append(added.as_bytes(), 0o666, wait))?;
        self.text.push_str(&added);
        Ok(())
    }

    /// Writes it as short as it can be. One that says nothing is not made.
    pub(in crate::commands) fn write(&mut self) -> Result<()> {
        let Some(path) = &self.path else { return Ok(()) };
        let text = self.lock.text();
        if text == self.text || (self.lock.is_empty() && self.text.is_empty()) {
            return Ok(());
        }
        // As any file of a repository: there is nothing to hide in it.
        self.locked(path, |held| held.replace(text.as_bytes(), Access::mode(0o644)))?;
        self.text = text;
        Ok(())
    }

    fn locked(&self, path: &Path, write: impl FnOnce(&Locked) -> io::Result<()>) -> Result<()> {
        let written = match &self.held {
            Some(held) => write(held),
            None => disk::lock(path).and_then(|held| write(&held)),
        };
        written.map_err(|e| failed("write", path, e))
    }
}

fn failed(doing: &str, path: &Path, e: io::Error) -> Error {
    Error::failed(format!("cannot {doing} the lock file `{}`", path.display())).cause(e)
}
