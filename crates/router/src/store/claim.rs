//! Who is serving a database, so that it is not exchanged under a server's feet.

use std::fs::{File, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};

/// A lock on a file beside the database. Servers share it, a restore needs it alone. The system
/// lifts it when the process ends, however it ends; the file itself means nothing.
#[derive(Debug)]
pub(crate) struct Claim {
    _held: File,
}

impl Claim {
    /// For a server. Nothing when a restore is under way.
    pub(crate) fn shared(database: &Path) -> io::Result<Option<Self>> {
        Self::take(database, File::try_lock_shared)
    }

    /// For a restore. Nothing when a server is running.
    pub(crate) fn exclusive(database: &Path) -> io::Result<Option<Self>> {
        Self::take(database, File::try_lock)
    }

    fn take(
        database: &Path,
        lock: impl Fn(&File) -> Result<(), std::fs::TryLockError>,
    ) -> io::Result<Option<Self>> {
        let file = open(&beside(database))?;
        match lock(&file) {
            Ok(()) => Ok(Some(Self { _held: file })),
            Err(std::fs::TryLockError::WouldBlock) => Ok(None),
            Err(std::fs::TryLockError::Error(error)) => Err(error),
        }
    }
}

fn beside(database: &Path) -> PathBuf {
    let mut name = database.as_os_str().to_owned();
    name.push(".serving");
    PathBuf::from(name)
}

fn open(path: &Path) -> io::Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}
