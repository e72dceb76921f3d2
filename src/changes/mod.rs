//! What clawctl changed on routers, so that it can be listed later, or undone.
//!
//! A file of JSON lines, two for each change: one before the request is sent, one when its end is
//! known, so that also a change that was cut off is seen. It holds what things were before and
//! after as a router showed them: never a secret, because a router shows none. A file that has
//! grown is put aside, and only so many are kept.

mod effect;
mod record;
mod recorder;

use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt, PermissionsExt};
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use thiserror::Error;

pub use self::effect::effects;
pub use self::record::{Outcome, Record, Was};
pub use self::recorder::{Own, Recorder, Scene};

use self::record::{Line, merge};

/// From this size on a file is put aside.
const FILE_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// How many are kept beside the one that is written to.
const ASIDE_MAX: usize = 8;

const CURRENT: &str = "changes.jsonl";
const ASIDE: &str = "changes-";

#[derive(Debug, Error)]
#[error("cannot {doing} `{}`: {cause}", path.display())]
pub struct ChangesError {
    doing: &'static str,
    path: PathBuf,
    #[source]
    cause: io::Error,
}

/// The changes of one machine's user.
#[derive(Debug, Clone)]
pub struct Changes {
    dir: PathBuf,
    bytes_max: u64,
}

impl Changes {
    /// In this directory, which is made when there is something to write.
    pub fn at(dir: &Path) -> Self {
        Self { dir: dir.to_owned(), bytes_max: FILE_BYTES_MAX }
    }

    /// All that are kept, the oldest first. What makes no sense is left out.
    pub fn read(&self) -> Result<Vec<Record>, ChangesError> {
        let mut lines = Vec::new();
        for path in self.aside()?.into_iter().chain([self.dir.join(CURRENT)]) {
            let text = match fs::read(&path) {
                Ok(text) => text,
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(cause) => return Err(ChangesError { doing: "read", path, cause }),
            };
            let each = text.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
            lines.extend(each.filter_map(|line| serde_json::from_slice::<Line>(line).ok()));
        }
        Ok(merge(lines))
    }

    fn append(&self, line: &Line, now: Timestamp) -> Result<(), ChangesError> {
        let path = self.dir.join(CURRENT);
        self.write(&path, line, now).map_err(|cause| ChangesError { doing: "write", path, cause })
    }

    fn write(&self, path: &Path, line: &Line, now: Timestamp) -> io::Result<()> {
        // It begins with the end of the line before, so that one which a crash cut off stays alone.
        let mut text = vec![b'\n'];
        serde_json::to_writer(&mut text, line)?;
        text.push(b'\n');
        let mut file = match self.open(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => {
                DirBuilder::new().recursive(true).mode(0o700).create(&self.dir)?;
                // It may be there from before, or from a process with a strange umask.
                fs::set_permissions(&self.dir, Permissions::from_mode(0o700))?;
                self.open(path)?
            }
            opened => opened?,
        };
        file.write_all(&text)?;
        if file.metadata()?.len() > self.bytes_max {
            self.put_aside(path, now)?;
        }
        Ok(())
    }

    fn open(&self, path: &Path) -> io::Result<File> {
        OpenOptions::new().create(true).append(true).mode(0o600).open(path)
    }

    /// A process that still has the file open goes on writing to it under its new name.
    fn put_aside(&self, path: &Path, now: Timestamp) -> io::Result<()> {
        let lock = self.dir.join(".lock-changes");
        let lock =
            OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(lock)?;
        // Somebody else does it already.
        if lock.try_lock().is_err() || fs::metadata(path)?.len() <= self.bytes_max {
            return Ok(());
        }
        let name = format!("{ASIDE}{:015}.jsonl", now.as_millisecond().max(0));
        fs::rename(path, self.dir.join(name))?;
        let mut aside = self.aside().map_err(|e| e.cause)?;
        aside.truncate(aside.len().saturating_sub(ASIDE_MAX));
        aside.iter().try_for_each(fs::remove_file)
    }

    /// The files that were put aside, the oldest first.
    fn aside(&self) -> Result<Vec<PathBuf>, ChangesError> {
        let failed = |cause| ChangesError { doing: "read", path: self.dir.clone(), cause };
        let listing = match fs::read_dir(&self.dir) {
            Ok(listing) => listing,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
            Err(cause) => return Err(failed(cause)),
        };
        let mut found = Vec::new();
        for file in listing {
            let file = file.map_err(failed)?;
            if file.file_name().to_string_lossy().starts_with(ASIDE) {
                found.push(file.path());
            }
        }
        found.sort();
        Ok(found)
    }
}

#[cfg(test)]
mod tests;
