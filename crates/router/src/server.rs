//! What a serving process leaves in the database about itself.
//!
//! Other processes on the same file have another environment. What they say about readiness would
//! be untrue of the router that clients reach, so they judge by this notice while its process lives.
//! A lock on a file beside the database tells whether it does: the system lifts the lock when the
//! process ends, however it ends.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// A process that serves the database. It holds names and addresses, and no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    pub pid: u32,
    pub since: Timestamp,
    /// Where clients on this machine reach it.
    pub url: String,
    /// Where it found the user's own manifests.
    pub providers_dir: Option<PathBuf>,
    /// The base URLs that it was given in place of those of the manifests.
    pub upstreams: BTreeMap<String, String>,
    /// The configuration names that have a value there.
    pub configured: BTreeSet<String>,
    /// The name of the locked file, which lies beside the database.
    pub(crate) lock: String,
}

impl Server {
    pub(crate) fn is_alive(&self, database: &Path) -> bool {
        let Some(path) = beside(database, &self.lock) else { return false };
        let Ok(file) = File::open(path) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}

/// A name that was read is not followed to another folder.
pub(crate) fn beside(database: &Path, lock: &str) -> Option<PathBuf> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let name = database.file_name().filter(|_| lock.bytes().all(plain))?;
    let mut name = name.to_owned();
    name.push(".");
    name.push(lock);
    Some(database.with_file_name(name))
}
