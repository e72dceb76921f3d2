//! What is known of the keys of finished operations, one JSON object on each line, the newest last.
//!
//! A router without the extension `credential.keepSecret` wants the hash in every write, and
//! never tells it. With the index a key that was issued here can be enabled and moved later, and
//! rotated into the same sinks together with many others.

use std::collections::{BTreeSet, HashMap};
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{Entry, JournalError, Unreadable};
use clawctl_secret::disk::{self, Access, Locked};
use clawctl_wire::key::is_sha256_hex;

/// From this size on, older lines of the same credentials are dropped.
const INDEX_BYTES_MAX: usize = 4 * 1024 * 1024;

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

    /// The router for which a secret of this hash was delivered from here.
    pub(super) fn router_of(&self, secret_sha256: &str) -> Result<Option<String>, JournalError> {
        let text = self.read()?;
        // A fleet asks this for every key, so only the line that matters is read.
        let Some(at) = memchr::memmem::find(&text, secret_sha256.as_bytes()) else {
            return Ok(None);
        };
        let start = text[..at].iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        Ok(lines(&text[start..]).next().and_then(Result::ok).map(|line| line.target))
    }

    /// Every place that a key of any router was delivered to.
    pub(super) fn sinks(&self) -> Result<BTreeSet<String>, JournalError> {
        let text = self.read()?;
        Ok(lines(&text).filter_map(Result::ok).flat_map(|line| line.sinks).collect())
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
        let path = self.path();
        let locked = disk::lock(&path).map_err(JournalError::io("lock", &path))?;
        let before = self.read()?;
        let added = match before.len() > self.bytes_max {
            true => compact(&locked, &before, new),
            false => text(&new).and_then(|text| locked.append(&text, 0o600, true)),
        };
        added.map_err(JournalError::io("write", &path))
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

fn compact(locked: &Locked, before: &[u8], new: Vec<Line>) -> io::Result<()> {
    let mut newest = HashMap::new();
    for line in lines(before).filter_map(Result::ok).chain(new) {
        newest.insert((line.target.clone(), line.credential_id.clone()), line);
    }
    let mut kept: Vec<Line> = newest.into_values().collect();
    kept.sort_by_key(|line| line.at);
    locked.replace(&text(&kept)?, Access::PRIVATE)
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
