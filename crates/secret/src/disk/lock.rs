//! One process at a time, until it releases the lock or ends in whatever way.

use std::fs::{self, File, Metadata, OpenOptions, Permissions, TryLockError};
use std::io;
use std::os::unix::fs::{MetadataExt as _, OpenOptionsExt as _, PermissionsExt as _};
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rustix::fs::OFlags;

/// How long to wait for a holder. It writes one small file, so a minute means that it is stopped.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(4);

/// A lock file that this process holds.
#[derive(Debug)]
pub struct Lock {
    path: PathBuf,
    file: File,
    was_left: bool,
}

impl Lock {
    /// Takes the lock, or gives `None` if another process holds it.
    pub fn attempt(path: &Path) -> io::Result<Option<Self>> {
        loop {
            let (file, was_left) = open(path)?;
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Ok(None),
                Err(TryLockError::Error(e)) => return Err(e),
            }
            // Its last holder may have removed the file between our open and our lock. Then
            // another process can lock a new file of that name, and this lock means nothing.
            if is_at(&file, path)? {
                return Ok(Some(Self { path: path.to_owned(), file, was_left }));
            }
        }
    }

    /// Takes the lock as soon as no other process holds it.
    pub fn wait(path: &Path) -> io::Result<Self> {
        let began = Instant::now();
        loop {
            if let Some(lock) = Self::attempt(path)? {
                return Ok(lock);
            }
            if began.elapsed() > PATIENCE {
                let reason = format!("another clawctl holds `{}`", path.display());
                return Err(io::Error::new(io::ErrorKind::TimedOut, reason));
            }
            thread::sleep(PAUSE);
        }
    }

    /// Was the lock file there before? Then another process held it, and may have been killed.
    pub(super) fn was_left(&self) -> bool {
        self.was_left
    }

    pub(super) fn metadata(&self) -> io::Result<Metadata> {
        self.file.metadata()
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // Removed while it is still locked: see `attempt`. One that stays does no harm.
        let _ = fs::remove_file(&self.path);
    }
}

/// Opens the file, and says whether it was there. In a folder that others can write, it may be
/// anything: a link is not followed, and a pipe is not waited for.
fn open(path: &Path) -> io::Result<(File, bool)> {
    let flags = i32::try_from((OFlags::NOFOLLOW | OFlags::NONBLOCK).bits()).unwrap_or_default();
    loop {
        match OpenOptions::new().write(true).create_new(true).mode(0o600).open(path) {
            Ok(file) => {
                // The umask may have taken from its owner what the next process needs.
                file.set_permissions(Permissions::from_mode(0o600))?;
                return Ok((file, false));
            }
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => {}
            Err(e) => return Err(e),
        }
        match OpenOptions::new().write(true).custom_flags(flags).open(path) {
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            opened => return opened.map(|file| (file, true)),
        }
    }
}

fn is_at(file: &File, path: &Path) -> io::Result<bool> {
    let ours = file.metadata()?;
    match fs::symlink_metadata(path) {
        Ok(there) => Ok((ours.dev(), ours.ino()) == (there.dev(), there.ino())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}
