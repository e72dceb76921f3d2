//! One file of another program: read as it is, and replaced in one step.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use thiserror::Error;
use zeroize::Zeroizing;

use clawctl_secret::disk::{self, Access, Owner};
use clawctl_wire::key::hex;

/// A configuration that is larger is none.
pub const BYTES_MAX: u64 = 4 * 1024 * 1024;

/// What stands at a path.
pub struct Found {
    /// The file itself: a link is followed, so that it goes on pointing where it did.
    pub path: PathBuf,
    /// `None` where there is no file yet.
    pub content: Option<Content>,
}

/// May hold secrets of its owner's, so its memory is overwritten.
pub struct Content {
    pub bytes: Zeroizing<Vec<u8>>,
    pub mode: u32,
}

#[derive(Debug, Error)]
pub enum FileError {
    #[error("cannot read `{}`: {cause}", path.display())]
    Read {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("cannot write `{}`: {cause}", path.display())]
    Write {
        path: PathBuf,
        #[source]
        cause: io::Error,
    },
    #[error("`{}` is not a file", path.display())]
    NotAFile { path: PathBuf },
    #[error("`{}` is larger than {BYTES_MAX} bytes", path.display())]
    TooLarge { path: PathBuf },
    #[error("`{}` was changed by another program meanwhile", path.display())]
    Changed { path: PathBuf },
}

/// Looks at a file.
pub fn look(path: &Path) -> Result<Found, FileError> {
    let failed = |cause| FileError::Read { path: path.to_owned(), cause };
    let real = match fs::canonicalize(path) {
        Ok(real) => real,
        // A link that leads nowhere would be replaced by what is written.
        Err(e) if e.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(path).is_err() => {
            return Ok(Found { path: path.to_owned(), content: None });
        }
        Err(cause) => return Err(failed(cause)),
    };
    let mut file = File::open(&real).map_err(failed)?;
    let metadata = file.metadata().map_err(failed)?;
    if !metadata.is_file() {
        return Err(FileError::NotAFile { path: real });
    }
    if metadata.len() > BYTES_MAX {
        return Err(FileError::TooLarge { path: real });
    }
    let room = usize::try_from(metadata.len()).unwrap_or(0) + 1;
    let mut bytes = Zeroizing::new(Vec::with_capacity(room));
    Read::by_ref(&mut file).take(BYTES_MAX + 1).read_to_end(&mut bytes).map_err(failed)?;
    Ok(Found { path: real, content: Some(Content { bytes, mode: metadata.mode() & 0o7777 }) })
}

impl Found {
    /// What is there, as bytes; nothing is nothing.
    pub fn bytes(&self) -> &[u8] {
        self.content.as_ref().map_or(&[], |content| &content.bytes)
    }

    /// The mode that a new version gets. A secret in it is for its owner's eyes only.
    pub fn next_mode(&self, with_secret: bool) -> u32 {
        match &self.content {
            Some(content) if !with_secret => content.mode,
            _ => 0o600,
        }
    }

    /// Puts `bytes` in its place, unless somebody else has written since it was read.
    pub fn replace(&self, bytes: &[u8], mode: u32) -> Result<(), FileError> {
        let failed = |cause| FileError::Write { path: self.path.clone(), cause };
        let changed = || FileError::Changed { path: self.path.clone() };
        let folder = disk::make_folder(disk::folder_of(&self.path));
        let locked = folder.and_then(|()| disk::lock(&self.path)).map_err(failed)?;
        // The program that it belongs to has to be able to read it afterwards.
        let owner = fs::metadata(&self.path).ok().map(|metadata| Owner::of(&metadata));
        let draft = locked.draft(bytes, Access { mode, owner }).map_err(failed)?;
        match &self.content {
            None => draft.create_new().map_err(|e| match e.kind() {
                io::ErrorKind::AlreadyExists => changed(),
                _ => failed(e),
            })?,
            Some(before) => {
                let now = fs::read(&self.path).map_err(failed)?;
                if digest(&now) != digest(&before.bytes) {
                    return Err(changed());
                }
                draft.replace().map_err(failed)?;
            }
        }
        disk::sync_folder(&self.path).map_err(failed)
    }
}

/// Removes a file.
pub fn remove(path: &Path) -> Result<(), FileError> {
    let failed = |cause| FileError::Write { path: path.to_owned(), cause };
    disk::lock(path).and_then(|locked| locked.remove()).map_err(failed)
}

pub(super) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}
