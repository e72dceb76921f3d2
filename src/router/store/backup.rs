//! Copies of the database that are of one moment, and putting one back.

use std::fs::File;
use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use rusqlite::backup::{Backup, StepResult};
use rusqlite::{Connection, OpenFlags};
use tempfile::NamedTempFile;
use thiserror::Error;

use super::migrate::{self, Owner};
use super::open::{self, BUSY_TIMEOUT, OpenError};
use super::{Claim, Store, StoreError, authority};

/// Why no copy was made.
#[derive(Debug, Error)]
pub enum BackupError {
    #[error("{} is there already; a backup does not overwrite anything", .0.display())]
    Exists(PathBuf),
    #[error("{} cannot be written: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// Why a copy was not put back. The database is then as it was.
#[derive(Debug, Error)]
pub enum RestoreError {
    #[error("the backup cannot be used: {0}")]
    Source(OpenError),
    #[error("{} has nothing in it", .0.display())]
    Empty(PathBuf),
    #[error("the database cannot be replaced: {0}")]
    Target(OpenError),
    #[error("a router is serving {}; stop it first", .0.display())]
    Serving(PathBuf),
    #[error("{} is both the backup and the database", .0.display())]
    Same(PathBuf),
    #[error("{} cannot be written: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
}

impl Store {
    /// Copies the database as it is at one moment, while it may be in use.
    pub(crate) fn backup(&self, to: &Path) -> Result<(), BackupError> {
        let file = |source| BackupError::File { path: to.to_owned(), source };
        if to.symlink_metadata().is_ok() {
            return Err(BackupError::Exists(to.to_owned()));
        }
        // What is under the final name is always whole: it is written under another one.
        let draft = draft_beside(to).map_err(file)?;
        let source = self.take()?;
        let copied = (|| {
            let mut copy = Connection::open(draft.path())?;
            copy_all(&source, &mut copy)?;
            // Without a write-ahead log the copy is one file, readable even where nothing may be
            // written.
            copy.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(()))?;
            copy.close().map_err(|(_, error)| error)
        })();
        self.give_back(source);
        copied.map_err(StoreError::from)?;
        draft.persist_noclobber(to).map_err(|refused| match refused.error.kind() {
            io::ErrorKind::AlreadyExists => BackupError::Exists(to.to_owned()),
            _ => file(refused.error),
        })?;
        sync_directory(to);
        Ok(())
    }
}

/// Puts a backup in the place of a database, wholly or not at all.
///
/// A database that is damaged is set aside with `.damaged` behind its name.
pub fn restore(from: &Path, to: &Path) -> Result<(), RestoreError> {
    let source = checked_source(from)?;
    if same_file(from, to) {
        return Err(RestoreError::Same(to.to_owned()));
    }
    let file = |source| RestoreError::File { path: to.to_owned(), source };
    open::private_parent(to).map_err(RestoreError::Target)?;
    let Some(_alone) = Claim::exclusive(to).map_err(file)? else {
        return Err(RestoreError::Serving(to.to_owned()));
    };
    if !to.try_exists().map_err(file)? {
        return replace(&source, to);
    }
    match target(to) {
        // SQLite's own transaction makes the change atomic, also for a program that has the
        // database open just now.
        Ok(mut present) => copy_all(&source, &mut present)
            .and_then(|()| authority::begin_anew(&present))
            .map_err(|error| RestoreError::Target(OpenError::of(to, &error))),
        Err(OpenError::NotADatabase { .. } | OpenError::Damaged { .. }) => {
            set_aside(to).map_err(file)?;
            replace(&source, to)
        }
        Err(error) => Err(RestoreError::Target(error)),
    }
}

fn checked_source(from: &Path) -> Result<Connection, RestoreError> {
    let refused = |error: rusqlite::Error| RestoreError::Source(OpenError::of(from, &error));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags).map_err(refused)?;
    source.busy_timeout(BUSY_TIMEOUT).map_err(refused)?;
    let owner = migrate::owner(&source).map_err(refused)?;
    if owner == Owner::Nobody {
        return Err(RestoreError::Empty(from.to_owned()));
    }
    migrate::expect_ours(owner, from).map_err(RestoreError::Source)?;
    let verdict: String =
        source.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if verdict != "ok" {
        let path = from.to_owned();
        return Err(RestoreError::Source(OpenError::Damaged { path, reason: verdict }));
    }
    Ok(source)
}

/// The database that is to be overwritten, if it is one of ours and whole enough.
fn target(to: &Path) -> Result<Connection, OpenError> {
    let refused = |error: rusqlite::Error| OpenError::of(to, &error);
    let present = open::connect(to).map_err(refused)?;
    migrate::expect_ours(migrate::owner(&present).map_err(refused)?, to)?;
    // A first page that can be read says nothing of the others.
    let verdict: String =
        present.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if verdict != "ok" {
        return Err(OpenError::Damaged { path: to.to_owned(), reason: verdict });
    }
    // An empty file becomes ours here, and then needs the log that we expect.
    migrate::write_ahead(&present).map_err(refused)?;
    Ok(present)
}

fn replace(source: &Connection, to: &Path) -> Result<(), RestoreError> {
    let file = |source| RestoreError::File { path: to.to_owned(), source };
    let draft = draft_beside(to).map_err(file)?;
    let written = (|| {
        let mut copy = Connection::open(draft.path())?;
        migrate::write_ahead(&copy)?;
        copy_all(source, &mut copy)?;
        copy.close().map_err(|(_, error)| error)
    })();
    written.map_err(|error| RestoreError::Target(OpenError::of(to, &error)))?;
    draft.persist_noclobber(to).map_err(|refused| file(refused.error))?;
    sync_directory(to);
    Ok(())
}

/// In one step: it reads one moment and holds up no writer.
fn copy_all(from: &Connection, to: &mut Connection) -> Result<(), rusqlite::Error> {
    let started = Instant::now();
    let copy = Backup::new(from, to)?;
    loop {
        match copy.step(-1)? {
            StepResult::Done => return Ok(()),
            StepResult::Busy | StepResult::Locked if started.elapsed() > BUSY_TIMEOUT => {
                let busy = rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_BUSY);
                return Err(rusqlite::Error::SqliteFailure(busy, None));
            }
            _ => thread::sleep(Duration::from_millis(10)),
        }
    }
}

/// A file for its owner alone, which vanishes unless it is given its final name.
fn draft_beside(path: &Path) -> io::Result<NamedTempFile> {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    tempfile::Builder::new().prefix(".clawctl-").tempfile_in(parent.unwrap_or(Path::new(".")))
}

fn set_aside(path: &Path) -> io::Result<()> {
    std::fs::rename(path, with_suffix(path, ".damaged"))?;
    for suffix in ["-wal", "-shm"] {
        // What is in a log belongs to the database that it lay beside, and to no other.
        let log = with_suffix(path, suffix);
        match std::fs::rename(&log, with_suffix(path, &format!(".damaged{suffix}"))) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    Ok(())
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

fn same_file(a: &Path, b: &Path) -> bool {
    match (a.canonicalize(), b.canonicalize()) {
        (Ok(a), Ok(b)) => a == b,
        _ => false,
    }
}

/// A new name in a directory survives a power cut only when the directory is written, too. Where
/// a directory cannot be opened, the system sees to that itself.
fn sync_directory(path: &Path) {
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty());
    if let Ok(directory) = File::open(parent.unwrap_or(Path::new("."))) {
        let _ = directory.sync_all();
    }
}
