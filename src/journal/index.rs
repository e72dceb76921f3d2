//! What is known of the keys of finished operations, one JSON object on each line, the newest last.
//!
//! A router without the extension `credential.keepSecret` wants the hash in every write, and
//! never tells it. With the index a key that was issued here can be enabled and moved later, and
//! rotated into the same sinks together with many others.

use std::collections::HashMap;
use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Entry, JournalError, Unreadable, lock, replace};
use crate::wire::key::is_sha256_hex;

/// From this size on, older lines of the same credentials are dropped.
const INDEX_BYTES_MAX: usize = 4 * 1024 * 1024;

/// How often and how long to wait for another process that writes its line.
const LOCK_TRIES: u32 = 250;
const LOCK_PAUSE: Duration = Duration::from_millis(20);

pub(super) struct Index<'a> {
    dir: &'a Path,
    bytes_max: usize,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Line {
    target: String,
    credential_id: String,
    secret_sha256: String,
    /// As they were named. Older versions did not keep them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    sinks: Vec<String>,
    at: Timestamp,
}

/// What is known here of a key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    pub secret_sha256: String,
    /// Where its secret was delivered to; empty where that is not known.
    pub sinks: Vec<String>,
    /// Since when it has this secret.
    pub at: Timestamp,
}

impl Line {
    pub(super) fn of(entry: &Entry, at: Timestamp) -> Self {
        Self {
            target: entry.target.place().to_owned(),
            credential_id: entry.credential_id.clone(),
            secret_sha256: entry.secret_sha256.clone(),
            sinks: entry.sinks.clone(),
            at,
        }
    }
}

impl<'a> Index<'a> {
    pub(super) fn in_directory(dir: &'a Path) -> Self {
        Self { dir, bytes_max: INDEX_BYTES_MAX }
    }

    #[cfg(test)]
    pub(super) fn with_limit(self, bytes_max: usize) -> Self {
        Self { bytes_max, ..self }
    }

    pub(super) fn find(
        &self,
        place: &str,
        credential_id: &str,
    ) -> Result<Option<String>, JournalError> {
        let text = self.read()?;
        Ok(lines(&text)
            .filter_map(Result::ok)
            .filter(|line| line.target == place && line.credential_id == credential_id)
            .last()
            .map(|line| line.secret_sha256))
    }

    /// What is known of all credentials of a router.
    pub(super) fn all(&self, place: &str) -> Result<HashMap<String, Known>, JournalError> {
        let text = self.read()?;
        let ours = lines(&text).filter_map(Result::ok).filter(|line| line.target == place);
        // A later line takes the place of an earlier one.
        Ok(ours
            .map(|line| {
                let Line { credential_id, secret_sha256, sinks, at, .. } = line;
                (credential_id, Known { secret_sha256, sinks, at })
            })
            .collect())
    }

    /// The first line that makes no sense. The others are used nevertheless.
    pub(super) fn damage(&self) -> Result<Option<Unreadable>, JournalError> {
        let text = self.read()?;
        let damaged = lines(&text).find_map(Result::err);
        Ok(damaged.map(|number| Unreadable {
            path: self.path(),
            why: format!("line {number} is damaged and was left out"),
        }))
    }

    pub(super) fn append_all(
        &self,
        new: impl IntoIterator<Item = Line>,
    ) -> Result<(), JournalError> {
        let new: Vec<Line> = new.into_iter().collect();
        if new.is_empty() {
            return Ok(());
        }
        let _lock = self.lock()?;
        let before = self.read()?;
        let failed = JournalError::io("write", &self.path());
        let added = match before.len() > self.bytes_max {
            true => self.compact(&before, new),
            false => self.add(&before, &new),
        };
        added.map_err(failed)
    }

    fn add(&self, before: &[u8], new: &[Line]) -> io::Result<()> {
        let mut text = text(new)?;
        // A line that a crash cut off stays alone, and does not spoil this one.
        if !before.is_empty() && !before.ends_with(b"\n") {
            text.insert(0, b'\n');
        }
        let path = self.path();
        let mut file = OpenOptions::new().create(true).append(true).mode(0o600).open(path)?;
        file.write_all(&text)?;
        file.sync_all()?;
        // Only a file that may be new has a name that is not on the disk yet.
        if before.is_empty() { File::open(self.dir)?.sync_all() } else { Ok(()) }
    }

    fn compact(&self, before: &[u8], new: Vec<Line>) -> io::Result<()> {
        let mut newest = HashMap::new();
        for line in lines(before).filter_map(Result::ok).chain(new) {
            newest.insert((line.target.clone(), line.credential_id.clone()), line);
        }
        let mut kept: Vec<Line> = newest.into_values().collect();
        kept.sort_by_key(|line| line.at);
        replace(&self.path(), &text(&kept)?)
    }

    fn lock(&self) -> Result<File, JournalError> {
        let path = self.dir.join(".lock-issued");
        let failed = || JournalError::io("lock", &path);
        let file = lock::open(&path).map_err(failed())?;
        for _ in 0..LOCK_TRIES {
            match file.try_lock() {
                Ok(()) => return Ok(file),
                Err(TryLockError::WouldBlock) => thread::sleep(LOCK_PAUSE),
                Err(TryLockError::Error(cause)) => return Err(failed()(cause)),
            }
        }
        Err(failed()(io::ErrorKind::TimedOut.into()))
    }

    fn read(&self) -> Result<Vec<u8>, JournalError> {
        match fs::read(self.path()) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Vec::new()),
            other => other.map_err(JournalError::io("read", &self.path())),
        }
    }

    fn path(&self) -> PathBuf {
        self.dir.join("issued")
    }
}

fn text(lines: &[Line]) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    for line in lines {
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
    }
    Ok(text)
}

/// Every line, or its number where it makes no sense.
fn lines(text: &[u8]) -> impl Iterator<Item = Result<Line, usize>> {
    let numbered = text.split(|b| *b == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
    numbered.map(|(at, line)| match serde_json::from_slice::<Line>(line) {
        Ok(line) if is_sha256_hex(&line.secret_sha256) => Ok(line),
        _ => Err(at + 1),
    })
}
