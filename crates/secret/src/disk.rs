//! The one way to write a file so that nothing is lost.
//!
//! A write fills a temporary file beside its target, syncs it, and renames it over the target: a
//! reader sees the old content or the new. A write that depends on what is there holds the
//! target's lock from the read to the rename, so that no other clawctl writes in between.
//!
//! A lock is a file beside its target, and so is a temporary file: `.env.clawctl-lock` and
//! `.env.clawctl-tmp-a1B2c3` for `.env`. What ignores `.env*` ignores both. The system releases
//! the lock when the process ends, also by SIGKILL. The lock file then stays, and tells the next
//! process that a temporary file with a secret may have stayed too.

mod lock;

use std::collections::BTreeSet;
use std::ffi::{OsStr, OsString};
use std::fs::{self, DirBuilder, File, OpenOptions, Permissions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::os::unix::ffi::{OsStrExt as _, OsStringExt as _};
use std::os::unix::fs::{DirBuilderExt as _, MetadataExt as _, OpenOptionsExt as _};
use std::os::unix::fs::{PermissionsExt as _, fchown};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

pub use self::lock::Lock;

const LOCK: &str = ".clawctl-lock";
const DRAFT: &str = ".clawctl-tmp-";

/// The part of a target's name that the names beside it repeat. File systems allow 255 bytes.
const NAME_BYTES_MAX: usize = 200;

/// Who may do what with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Access {
    pub mode: u32,
    /// `None` leaves the file to this process's user.
    pub owner: Option<Owner>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Owner {
    pub user: u32,
    pub group: u32,
}

impl Access {
    /// Readable and writable by its owner alone.
    pub const PRIVATE: Self = Self { mode: 0o600, owner: None };

    pub fn mode(mode: u32) -> Self {
        Self { mode, owner: None }
    }
}

impl Owner {
    pub fn of(metadata: &fs::Metadata) -> Self {
        Self { user: metadata.uid(), group: metadata.gid() }
    }
}

/// A path that no other clawctl writes to until this is dropped.
#[derive(Debug)]
pub struct Locked {
    target: PathBuf,
    lock: Lock,
}

/// The new content of a target, synced. It is removed again unless it takes the target's place.
#[derive(Debug)]
pub struct Draft<'l> {
    file: NamedTempFile,
    target: &'l Path,
}

/// Waits until no other clawctl writes to `target`, and keeps it so.
///
/// A symbolic link has a lock of its own, so resolve links that shall be followed first.
pub fn lock(target: &Path) -> io::Result<Locked> {
    let lock = Lock::wait(&beside(target, LOCK))?;
    let locked = Locked { target: target.to_owned(), lock };
    if locked.lock.was_left() {
        locked.sweep()?;
    }
    Ok(locked)
}

/// Replaces a file whose new content does not depend on the old.
pub fn replace(target: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    lock(target)?.replace(bytes, access)
}

/// Writes a file that must not exist yet.
pub fn create_new(target: &Path, bytes: &[u8], access: Access) -> io::Result<()> {
    let locked = lock(target)?;
    locked.draft(bytes, access)?.create_new()?;
    sync_folder(target)
}

impl Locked {
    /// Who owns files that this process makes here.
    pub fn owner_here(&self) -> io::Result<Owner> {
        Ok(Owner::of(&self.lock.metadata()?))
    }

    /// Writes the new content beside the target.
    pub fn draft(&self, bytes: &[u8], access: Access) -> io::Result<Draft<'_>> {
        let mut prefix = repeated(&self.target);
        prefix.push(DRAFT);
        let mut file = tempfile::Builder::new()
            .prefix(&prefix)
            .permissions(Permissions::from_mode(0o600))
            .tempfile_in(folder_of(&self.target))?;
        file.write_all(bytes)?;
        if let Some(owner) = access.owner {
            give(file.as_file(), owner)?;
        }
        // Set rather than asked for at creation, because the umask may take bits away there. It
        // comes after the change of owner, which may take bits away too.
        file.as_file().set_permissions(Permissions::from_mode(access.mode))?;
        file.as_file().sync_all()?;
        Ok(Draft { file, target: &self.target })
    }

    /// Replaces the target, or makes it.
    pub fn replace(&self, bytes: &[u8], access: Access) -> io::Result<()> {
        self.draft(bytes, access)?.replace()?;
        sync_folder(&self.target)
    }

    /// Adds whole lines at the end, and syncs them if they must survive a crash. A line that an
    /// earlier crash left incomplete stays a line of its own.
    pub fn append(&self, lines: &[u8], mode: u32, durable: bool) -> io::Result<()> {
        let mut options = OpenOptions::new();
        let mut file =
            options.read(true).append(true).create(true).mode(mode).open(&self.target)?;
        let length = file.metadata()?.len();
        let mut last = [b'\n'];
        if length > 0 {
            file.seek(SeekFrom::End(-1))?;
            file.read_exact(&mut last)?;
        }
        if last == [b'\n'] {
            file.write_all(lines)?;
        } else {
            file.write_all(&[b"\n", lines].concat())?;
        }
        if durable {
            file.sync_all()?;
            // Only a file that may be new has a name that is not on the disk yet.
            if length == 0 {
                sync_folder(&self.target)?;
            }
        }
        Ok(())
    }

    /// Removes the target.
    pub fn remove(&self) -> io::Result<()> {
        fs::remove_file(&self.target)?;
        sync_folder(&self.target)
    }

    /// Removes what killed processes left beside the target. Nobody else writes one now.
    fn sweep(&self) -> io::Result<()> {
        for draft in drafts(&self.target)? {
            match fs::remove_file(draft) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
        }
        Ok(())
    }
}

impl Draft<'_> {
    /// Takes the place of what is there. The folder is not synced yet.
    pub fn replace(self) -> io::Result<()> {
        self.file.persist(self.target).map(drop).map_err(|e| e.error)
    }

    /// Takes the place of nothing: if a file is there, that one stays.
    pub fn create_new(self) -> io::Result<()> {
        self.file.persist_noclobber(self.target).map(drop).map_err(|e| e.error)
    }
}

/// The temporary files beside a target: of a process that writes it now, or of one that was killed.
pub fn drafts(target: &Path) -> io::Result<Vec<PathBuf>> {
    let mut prefix = repeated(target);
    prefix.push(DRAFT);
    let listing = match fs::read_dir(folder_of(target)) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        listing => listing?,
    };
    let mut found = Vec::new();
    for file in listing {
        let file = file?;
        if file.file_name().as_bytes().starts_with(prefix.as_bytes()) {
            found.push(file.path());
        }
    }
    Ok(found)
}

/// Removes what killed processes left beside a target, and says how many temporary files that was.
/// If another clawctl writes the target right now, nothing is touched.
pub fn sweep(target: &Path) -> io::Result<usize> {
    let left = drafts(target)?.len();
    let path = beside(target, LOCK);
    if left == 0 && fs::symlink_metadata(&path).is_err() {
        return Ok(0);
    }
    let Some(lock) = Lock::attempt(&path)? else { return Ok(0) };
    Locked { target: target.to_owned(), lock }.sweep()?;
    Ok(left)
}

/// The targets in a folder beside which a process left something, or is writing now.
pub fn unfinished_in(folder: &Path) -> io::Result<BTreeSet<PathBuf>> {
    let listing = match fs::read_dir(folder) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Ok(BTreeSet::new()),
        listing => listing?,
    };
    let mut found = BTreeSet::new();
    for file in listing {
        let name = file?.file_name();
        let Some(name) = name.to_str() else { continue };
        let target = name.rsplit_once(DRAFT).map(|(target, _)| target);
        let target = target.or_else(|| name.strip_suffix(LOCK)).filter(|name| !name.is_empty());
        found.extend(target.map(|name| folder.join(name)));
    }
    Ok(found)
}

/// Makes a folder for this user alone, and the folders above it.
pub fn make_folder(folder: &Path) -> io::Result<()> {
    DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

/// The folder that holds a file. A bare name lies in the present one.
pub fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Makes the names in a file's folder survive a crash.
pub fn sync_folder(path: &Path) -> io::Result<()> {
    match File::open(folder_of(path))?.sync_all() {
        // Some network and FUSE file systems cannot sync a folder, and need no such thing.
        Err(e) if matches!(e.kind(), io::ErrorKind::InvalidInput | io::ErrorKind::Unsupported) => {
            Ok(())
        }
        other => other,
    }
}

fn give(file: &File, owner: Owner) -> io::Result<()> {
    if Owner::of(&file.metadata()?) == owner {
        return Ok(());
    }
    fchown(file, Some(owner.user), Some(owner.group))
}

fn repeated(target: &Path) -> OsString {
    let name = target.file_name().unwrap_or(OsStr::new("")).as_bytes();
    OsString::from_vec(name[..name.len().min(NAME_BYTES_MAX)].to_owned())
}

fn beside(target: &Path, suffix: &str) -> PathBuf {
    let mut name = repeated(target);
    name.push(suffix);
    folder_of(target).join(name)
}

#[cfg(test)]
mod tests;
