//! A file replaced in one step, and put back.
//!
//! The new content is written to a temporary file in the same directory, synced, and renamed over
//! the old one: a reader sees the old content or the new, and a full disk is found before anything
//! has changed. What stood there is kept in memory alone, never in a backup file.
//!
//! A symbolic link is refused rather than followed or replaced. Following would write where
//! nobody looked, and replacing would cut the link that a dotfile tool or a mount made.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::os::unix::fs::{MetadataExt, PermissionsExt};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use zeroize::Zeroizing;

use super::error::{NotUndone, SinkError};
use crate::secret::Secret;

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

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Owner {
    pub(super) user: u32,
    pub(super) group: u32,
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
        owner: Owner { user: opened.uid(), group: opened.gid() },
    }))
}

/// A part of what stands at a path, if it is text.
pub(super) fn held(path: &Path, part: impl FnOnce(&[u8]) -> Option<&[u8]>) -> Option<Secret> {
    let Ok(Before::File(content)) = look(path) else { return None };
    let text = std::str::from_utf8(part(&content.bytes)?).ok()?;
    Some(Secret::new(text.to_owned()))
}

/// Proves that a file can be made beside `path`, and tells who would own it.
pub(super) fn try_directory(path: &Path) -> Result<Owner, SinkError> {
    let dir = directory(path);
    if !dir.is_dir() {
        return Err(SinkError::NoDirectory { dir: dir.to_owned() });
    }
    let tried = temporary(dir).and_then(|file| file.as_file().metadata());
    let metadata =
        tried.map_err(|cause| SinkError::DirectoryNotWritable { dir: dir.to_owned(), cause })?;
    Ok(Owner { user: metadata.uid(), group: metadata.gid() })
}

/// Proves that a file beside `path` can be given to `owner`.
pub(super) fn try_owner(path: &Path, owner: Owner) -> Result<(), SinkError> {
    temporary(directory(path))
        .and_then(|file| give(file.as_file(), owner))
        .map_err(|_| SinkError::NotOurs { path: path.to_owned(), owner: owner.user })
}

impl Replacement {
    pub(super) fn at(path: &Path) -> Self {
        Self { path: path.to_owned(), done: None }
    }

    /// Replaces what stands there, which is `before`, and remembers it for an undo.
    pub(super) fn put(
        &mut self,
        before: Before,
        bytes: &[u8],
        mode: u32,
        owner: Option<Owner>,
    ) -> Result<(), SinkError> {
        let failed = |cause| SinkError::Write { path: self.path.clone(), cause };
        let file = filled(&self.path, bytes, mode, owner).map_err(failed)?;
        match &before {
            // Somebody who made the file since we looked keeps it.
            Before::Nothing => {
                file.persist_noclobber(&self.path).map_err(|error| match error.error.kind() {
                    io::ErrorKind::AlreadyExists => SinkError::Changed { path: self.path.clone() },
                    _ => failed(error.error),
                })?;
            }
            Before::File(_) => {
                file.persist(&self.path).map_err(|error| failed(error.error))?;
            }
        }
        // From here on there is something to undo, even if the sync of the directory fails.
        self.done = Some(Done { before, written: Sha256::digest(bytes).into() });
        sync_directory(&self.path).map_err(failed)
    }

    /// Puts back what stood there, unless somebody else has written since.
    pub(super) fn undo(&mut self) -> Result<(), NotUndone> {
        let Some(done) = self.done.take() else { return Ok(()) };
        self.put_back(&done).map_err(NotUndone::Failed)
    }

    fn put_back(&self, done: &Done) -> Result<(), SinkError> {
        let failed = |cause| SinkError::Write { path: self.path.clone(), cause };
        match look(&self.path)? {
            Before::File(now) if <[u8; 32]>::from(Sha256::digest(&*now.bytes)) == done.written => {}
            _ => return Err(SinkError::Changed { path: self.path.clone() }),
        }
        match &done.before {
            Before::Nothing => fs::remove_file(&self.path).map_err(failed)?,
            Before::File(Content { bytes, mode, owner }) => {
                let file = filled(&self.path, bytes, *mode, Some(*owner)).map_err(failed)?;
                file.persist(&self.path).map_err(|error| failed(error.error))?;
            }
        }
        sync_directory(&self.path).map_err(failed)
    }
}

/// A synced temporary file beside `path`. It is removed again unless it is persisted.
fn filled(path: &Path, bytes: &[u8], mode: u32, owner: Option<Owner>) -> io::Result<NamedTempFile> {
    let mut file = temporary(directory(path))?;
    file.write_all(bytes)?;
    if let Some(owner) = owner {
        give(file.as_file(), owner)?;
    }
    // Set rather than asked for at creation, because the umask may take bits away there. It
    // comes after the change of owner, which may take bits away too.
    file.as_file().set_permissions(fs::Permissions::from_mode(mode))?;
    file.as_file().sync_all()?;
    Ok(file)
}

fn temporary(dir: &Path) -> io::Result<NamedTempFile> {
    tempfile::Builder::new()
        .prefix(".clawctl-")
        .permissions(fs::Permissions::from_mode(0o600))
        .tempfile_in(dir)
}

fn give(file: &File, owner: Owner) -> io::Result<()> {
    let metadata = file.metadata()?;
    if (metadata.uid(), metadata.gid()) == (owner.user, owner.group) {
        return Ok(());
    }
    std::os::unix::fs::fchown(file, Some(owner.user), Some(owner.group))
}

/// The directory that holds a file. A bare name lies in the present one.
pub(super) fn directory(path: &Path) -> &Path {
    match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    }
}

/// Makes a rename in the directory survive a crash.
fn sync_directory(path: &Path) -> io::Result<()> {
    match File::open(directory(path))?.sync_all() {
        // Some network and FUSE file systems cannot sync a directory, and need no such thing.
        Err(error)
            if matches!(error.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) =>
        {
            Ok(())
        }
        other => other,
    }
}
