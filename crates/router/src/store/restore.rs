//! Putting a backup in the place of a database.

use std::io;
use std::path::{Path, PathBuf};
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::backup::{Backup, StepResult};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};
use thiserror::Error;

use super::backup::Draft;
use super::migrate::{self, Owner};
use super::open::{self, BUSY_TIMEOUT, OpenError};
use super::revived::Revived;
use super::{Claim, authority, schema};

/// Why a copy was not put back. The database is then as it was.
#[derive(Debug, Error)]
pub enum RestoreError {
    #[error("the backup cannot be used: {0}")]
    Source(OpenError),
    #[error("{} has nothing in it", .0.display())]
    Empty(PathBuf),
    #[error("the backup cannot be used: {reason}")]
    Strange { reason: String },
    #[error("the database cannot be replaced: {0}")]
    Target(OpenError),
    #[error("a router is serving {}; stop it first", .0.display())]
    Serving(PathBuf),
    #[error("{} is both the backup and the database", .0.display())]
    Same(PathBuf),
    #[error("{} cannot be written: {source}", path.display())]
    File { path: PathBuf, source: io::Error },
}

/// Puts a backup in the place of a database, wholly or not at all, and says what that made valid
/// again. Nothing can be said of it where there was no database that could be read.
///
/// A database that is damaged is set aside with `.damaged` behind its name.
pub fn restore(from: &Path, to: &Path, now: Timestamp) -> Result<Option<Revived>, RestoreError> {
    let source = checked_source(from)?;
    if same_file(from, to) {
        return Err(RestoreError::Same(to.to_owned()));
    }
    let file = |source| RestoreError::File { path: to.to_owned(), source };
    open::private_parent(to).map_err(RestoreError::Target)?;
    let Some(_alone) = Claim::exclusive(to).map_err(file)? else {
        return Err(RestoreError::Serving(to.to_owned()));
    };
    let Some(mut present) = target(to)? else {
        replace(&source, to)?;
        return Ok(None);
    };
    let refused = |error| RestoreError::Target(OpenError::of(to, &error));
    let revived = Revived::between(&present, &source, now).map_err(refused)?;
    // SQLite's own transaction makes the change atomic, also for a program that has the database
    // open just now.
    copy_all(&source, &mut present)
        .and_then(|()| authority::begin_anew(&present))
        .map_err(refused)?;
    Ok(Some(revived))
}

/// What a restore would make valid again, or why there could be none. It changes nothing.
pub fn preview(from: &Path, to: &Path, now: Timestamp) -> Result<Option<Revived>, RestoreError> {
    let source = checked_source(from)?;
    if same_file(from, to) {
        return Err(RestoreError::Same(to.to_owned()));
    }
    let refused = |error: rusqlite::Error| RestoreError::Target(OpenError::of(to, &error));
    let Some(present) = target(to)? else { return Ok(None) };
    Revived::between(&present, &source, now).map(Some).map_err(refused)
}

fn checked_source(from: &Path) -> Result<Connection, RestoreError> {
    let refused = |error: rusqlite::Error| RestoreError::Source(OpenError::of(from, &error));
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let source = Connection::open_with_flags(from, flags).map_err(refused)?;
    source.busy_timeout(BUSY_TIMEOUT).map_err(refused)?;
    source.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false).map_err(refused)?;
    let owner = migrate::owner(&source).map_err(refused)?;
    if owner == Owner::Nobody {
        return Err(RestoreError::Empty(from.to_owned()));
    }
    let version = migrate::expect_ours(owner, from).map_err(RestoreError::Source)?;
    if let Some(reason) = schema::strange(&source, version).map_err(refused)? {
        return Err(RestoreError::Strange { reason });
    }
    let verdict: String =
        source.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if verdict != "ok" {
        let path = from.to_owned();
        return Err(RestoreError::Source(OpenError::Damaged { path, reason: verdict }));
    }
    Ok(source)
}

/// The database that is overwritten. Where there is none, or none that could be, a new file takes its
/// place.
fn target(to: &Path) -> Result<Option<Connection>, RestoreError> {
    let length = match to.metadata() {
        Ok(file) => file.len(),
        Err(error) if error.kind() == io::ErrorKind::NotFound => 0,
        Err(source) => return Err(RestoreError::File { path: to.to_owned(), source }),
    };
    // An empty file is not opened: a log beside it would be taken for its own.
    if length == 0 {
        return Ok(None);
    }
    match checked_target(to) {
        Ok(present) => Ok(Some(present)),
        Err(OpenError::NotADatabase { .. } | OpenError::Damaged { .. }) => Ok(None),
        Err(error) => Err(RestoreError::Target(error)),
    }
}

fn checked_target(to: &Path) -> Result<Connection, OpenError> {
    let refused = |error: rusqlite::Error| OpenError::of(to, &error);
    let present = open::connect(to).map_err(refused)?;
    migrate::expect_ours(migrate::owner(&present).map_err(refused)?, to)?;
    // A first page that can be read says nothing of the others.
    let verdict: String =
        present.query_row("PRAGMA quick_check(1)", [], |row| row.get(0)).map_err(refused)?;
    if verdict != "ok" {
        return Err(OpenError::Damaged { path: to.to_owned(), reason: verdict });
    }
    Ok(present)
}

/// Makes a new file. Whatever has its name, and the log of a database that is gone, is set aside
/// first: SQLite would take that log for the new file's own.
fn replace(source: &Connection, to: &Path) -> Result<(), RestoreError> {
    let file = |source| RestoreError::File { path: to.to_owned(), source };
    let draft = Draft::beside(to).map_err(file)?;
    let written = (|| {
        let mut copy = Connection::open(draft.path())?;
        migrate::write_ahead(&copy)?;
        copy_all(source, &mut copy)?;
        copy.close().map_err(|(_, error)| error)
    })();
    written.map_err(|error| RestoreError::Target(OpenError::of(to, &error)))?;
    draft.sync().map_err(file)?;
    let aside = set_aside(to).map_err(file)?;
    draft.persist(to).map_err(|error| {
        for (from, to) in aside {
            let _ = std::fs::rename(to, from);
        }
        file(error)
    })
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

/// Renames a database and what lies beside it, to names that are free. Gives the old names and the
/// new ones.
fn set_aside(path: &Path) -> io::Result<Vec<(PathBuf, PathBuf)>> {
    const SUFFIXES: [&str; 4] = ["", "-wal", "-shm", "-journal"];
    let is_free = |number: &u32| {
        let taken =
            |suffix| with_suffix(path, &damaged(*number, suffix)).symlink_metadata().is_ok();
        !SUFFIXES.into_iter().any(taken)
    };
    let number = (1..=u32::MAX).find(is_free).unwrap_or(u32::MAX);
    let mut moved = Vec::new();
    for suffix in SUFFIXES {
        let (from, to) = (with_suffix(path, suffix), with_suffix(path, &damaged(number, suffix)));
        match std::fs::rename(&from, &to) {
            Ok(()) => moved.push((from, to)),
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => return Err(error),
        }
    }
    Ok(moved)
}

/// `.damaged`, `.damaged-2`, and so on.
fn damaged(number: u32, suffix: &str) -> String {
    match number {
        1 => format!(".damaged{suffix}"),
        _ => format!(".damaged-{number}{suffix}"),
    }
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
