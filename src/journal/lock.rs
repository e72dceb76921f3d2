//! One process at a time for one credential of one router.

use std::path::Path;

use super::JournalError;
use clawctl_secret::disk;
use clawctl_wire::key::sha256_hex;

/// Held until it is dropped, or until the process ends in whatever way.
#[derive(Debug)]
pub(super) struct Lock {
    _held: disk::Lock,
}

impl Lock {
    pub(super) fn take(dir: &Path, place: &str, credential_id: &str) -> Result<Self, JournalError> {
        let path = dir.join(format!(".lock-{credential_id}-{}", &sha256_hex(place)[..16]));
        match disk::Lock::attempt(&path).map_err(JournalError::io("lock", &path))? {
            Some(held) => Ok(Self { _held: held }),
            None => Err(JournalError::Busy { credential_id: credential_id.to_owned() }),
        }
    }
}
