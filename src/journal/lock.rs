//! One process at a time for one credential of one router.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

use super::JournalError;
use crate::wire::key::sha256_hex;

/// Held until it is dropped, or until the process ends in whatever way.
#[derive(Debug)]
pub(super) struct Lock {
    path: PathBuf,
    _file: File,
}

impl Lock {
    pub(super) fn take(dir: &Path, place: &str, credential_id: &str) -> Result<Self, JournalError> {
        let path = dir.join(format!(".lock-{credential_id}-{}", &sha256_hex(place)[..16]));
        loop {
            let failed = || JournalError::io("lock", &path);
            let file = open(&path).map_err(failed())?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => {
                    return Err(JournalError::Busy { credential_id: credential_id.to_owned() });
                }
                Err(TryLockError::Error(cause)) => return Err(failed()(cause)),
            }
            // Its last holder may have removed the file between our open and our lock. Then
            // somebody else can lock a new one under that name, and ours means nothing.
            if is_at(&file, &path).map_err(failed())? {
                return Ok(Self { path, _file: file });
            }
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still locked: see `take`. One that stays does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

pub(super) fn open(path: &Path) -> io::Result<File> {
    OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(path)
}

fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    match fs::metadata(path) {
        Ok(there) => Ok((ours.dev(), ours.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
