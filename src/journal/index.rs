//! The hashes of finished operations, one JSON object on each line, the newest last.
//!
//! A router without the extension `credential.keepSecret` wants the hash in every write, and
//! never tells it. With the index a key that was issued here can be enabled and moved later.

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
struct Line {
    target: String,
    credential_id: String,
    secret_sha256: String,
    at: Timestamp,
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

    /// The first line that makes no sense. The others are used nevertheless.
    pub(super) fn damage(&self) -> Result<Option<Unreadable>, JournalError> {
        let text = self.read()?;
        let damaged = lines(&text).find_map(Result::err);
        Ok(damaged.map(|number| Unreadable {
            path: self.path(),
            why: format!("line {number} is damaged and was left out"),
        }))
    }

    pub(super) fn append(&self, entry: &Entry, at: Timestamp) -> Result<(), JournalError> {
        let line = Line {
            target: entry.target.place().to_owned(),
            credential_id: entry.credential_id.clone(),
            secret_sha256: entry.secret_sha256.clone(),
            at,
        };
        let _lock = self.lock()?;
        let before = self.read()?;
        let failed = JournalError::io("write", &self.path());
        let added = match before.len() > self.bytes_max {
            true => self.compact(&before, line),
            false => self.add(&before, &line),
        };
        added.map_err(failed)
    }

    fn add(&self, before: &[u8], line: &Line) -> io::Result<()> {
        let mut text = serde_json::to_vec(line)?;
        text.push(b'\n');
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

    fn compact(&self, before: &[u8], line: Line) -> io::Result<()> {
        let mut newest = HashMap::new();
        for line in lines(before).filter_map(Result::ok).chain([line]) {
            newest.insert((line.target.clone(), line.credential_id.clone()), line);
        }
        let mut kept: Vec<Line> = newest.into_values().collect();
        kept.sort_by_key(|line| line.at);
        let mut text = Vec::new();
        for line in kept {
            serde_json::to_writer(&mut text, &line)?;
            text.push(b'\n');
        }
        replace(&self.path(), &text)
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

/// Every line, or its number where it makes no sense.
fn lines(text: &[u8]) -> impl Iterator<Item = Result<Line, usize>> {
    let numbered = text.split(|b| *b == b'\n').enumerate().filter(|(_, line)| !line.is_empty());
    numbered.map(|(at, line)| match serde_json::from_slice::<Line>(line) {
        Ok(line) if is_sha256_hex(&line.secret_sha256) => Ok(line),
        _ => Err(at + 1),
    })
}
