//! A file replaced in one step, and put back.
//!
//! The new content is written to a temporary file in the same directory, synced, and renamed over
//! the old one: a reader sees the old content or the new, and a full disk is found before anything
//! has changed. What stood there is kept in memory alone, never in a backup file.
//!
//! A symbolic link is refused rather than followed or replaced. Following would write where
//! nobody looked, and replacing would cut the link that a dotfile tool or a mount made.

use std::fs::{self, File};
use std::io::{self, Read};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use super::error::{NotUndone, SinkError};
use crate::Secret;
use crate::disk::{self, Access, Locked, Owner};

/// The largest file that is kept in memory for an undo.
pub(super) const FILE_BYTES_MAX: u64 = 1024 * 1024;

/// What stands at a path.
pub(super) enum Before {
    Nothing,
    File(Content),
}

pub(super) struct Content {
    pub(super) bytes: Zeroizing<Vec<u8>>,
    pub(super) mode: u32,
    pub(super) owner: Owner,
}

/// One path, and what is needed to put it back.
pub(super) struct Replacement {
    path: PathBuf,
    done: Option<Done>,
}

struct Done {
    before: Before,
    /// A digest of what was written, which tells whether it is still there.
    written: [u8; 32],
}

/// Looks at what stands at a path, without following a symbolic link.
pub(super) fn look(path: &Path) -> Result<Before, SinkError> {
    let failed = |cause| SinkError::Read { path: path.to_owned(), cause };
    let metadata = match fs::symlink_metadata(path) {
        Ok(metadata) => metadata,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Before::Nothing),
        Err(cause) => return Err(failed(cause)),
    };
    if metadata.is_symlink() {
        return Err(SinkError::IsSymlink {
            path: path.to_owned(),
            target: fs::canonicalize(path).ok(),
        });
    }
    if metadata.is_dir() {
        return Err(SinkError::IsDirectory { path: path.to_owned() });
    }
    if !metadata.is_file() {
        return Err(SinkError::NotRegular { path: path.to_owned() });
    }
    let bytes = metadata.len();
    if bytes > FILE_BYTES_MAX {
        return Err(SinkError::TooLarge { path: path.to_owned(), bytes, max: FILE_BYTES_MAX });
    }
    let file = File::open(path).map_err(failed)?;
    let opened = file.metadata().map_err(failed)?;
    if (opened.dev(), opened.ino()) != (metadata.dev(), metadata.ino()) {
        return Err(SinkError::Changed { path: path.to_owned() });
    }
    // One byte more than there should be, so that the buffer never grows and leaves a copy.
    let room = usize::try_from(bytes).unwrap_or(usize::MAX).saturating_add(1);
    let mut content = Zeroizing::new(Vec::with_capacity(room));
    file.take(bytes + 1).read_to_end(&mut content).map_err(failed)?;
    if content.len() as u64 != bytes {
        return Err(SinkError::Changed { path: path.to_owned() });
    }
    Ok(Before::File(Content {
        bytes: content,
        mode: opened.permissions().mode() & 0o7777,
        owner: Owner::of(&opened),
    }))
}

/// A part of what stands at a path, if it is text.
pub(super) fn held(path: &Path, part: impl FnOnce(&[u8]) -> Option<&[u8]>) -> Option<Secret> {
    let Ok(Before::File(content)) = look(path) else { return None };
    let text = std::str::from_utf8(part(&content.bytes)?).ok()?;
    Some(Secret::new(text.to_owned()))
}

/// Locks a path for a delivery, which proves that a file can be made beside it.
pub(super) fn lock(path: &Path) -> Result<Locked, SinkError> {
    let dir = disk::folder_of(path);
    if !dir.is_dir() {
        return Err(SinkError::NoDirectory { dir: dir.to_owned() });
    }
    disk::lock(path).map_err(|cause| match cause.kind() {
        io::ErrorKind::TimedOut => SinkError::Locked { cause },
        _ => SinkError::DirectoryNotWritable { dir: dir.to_owned(), cause },
    })
}

/// Proves that a file beside `path` can be given to `owner`.
pub(super) fn try_owner(locked: &Locked, path: &Path, owner: Owner) -> Result<(), SinkError> {
    let access = Access { mode: 0o600, owner: Some(owner) };
    let tried = locked.draft(b"", access);
    tried.map(drop).map_err(|_| SinkError::NotOurs { path: path.to_owned(), owner: owner.user })
}

impl Replacement {
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), done: None }
    }

    /// Replaces what stands there, which is `before`, and remembers it for an undo.
    pub(super) fn put(
        &mut self,
        locked: &Locked,
        before: Before,
        bytes: &[u8],
        access: Access,
    ) -> Result<(), SinkError> {
        let failed = |cause| SinkError::Write { path: self.path.clone(), cause };
        let draft = locked.draft(bytes, access).map_err(failed)?;
        match &before {
            // Somebody who made the file since we looked keeps it.
            Before::Nothing => draft.create_new().map_err(|cause| match cause.kind() {
                io::ErrorKind::AlreadyExists => SinkError::Changed { path: self.path.clone() },
                _ => failed(cause),
            })?,
            Before::File(_) => draft.replace().map_err(failed)?,
        }
        // From here on there is something to undo, even if the sync of the directory fails.
        self.done = Some(Done { before, written: Sha256::digest(bytes).into() });
        disk::sync_folder(&self.path).map_err(failed)
    }

    /// Puts back what stood there, unless somebody else has written since.
    pub(super) fn undo(&mut self) -> Result<(), NotUndone> {
        let Some(done) = self.done.take() else { return Ok(()) };
        self.put_back(&done).map_err(NotUndone::Failed)
    }

    fn put_back(&self, done: &Done) -> Result<(), SinkError> {
        let failed = |cause| SinkError::Write { path: self.path.clone(), cause };
        let locked = lock(&self.path)?;
        match look(&self.path)? {
            Before::File(now) if <[u8; 32]>::from(Sha256::digest(&*now.bytes)) == done.written => {}
            _ => return Err(SinkError::Changed { path: self.path.clone() }),
        }
        match &done.before {
            Before::Nothing => locked.remove().map_err(failed),
            Before::File(Content { bytes, mode, owner }) => {
                let access = Access { mode: *mode, owner: Some(*owner) };
                locked.replace(bytes, access).map_err(failed)
            }
        }
    }
}
