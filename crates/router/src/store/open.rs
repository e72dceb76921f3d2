//! Opening the file, and saying clearly why it cannot be opened.

use std::fs::{self, DirBuilder, OpenOptions};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use thiserror::Error;

use super::{locked, migrate};

/// How long one process waits for another to finish its write.
pub(super) const BUSY_TIMEOUT: Duration = Duration::from_secs(5);

/// What the log keeps of its room when all of it is in the file.
pub(super) const LOG_BYTES_KEPT: u64 = 1024 * 1024;

const BUSY_LOOK: Duration = Duration::from_millis(1);

/// Why the database cannot be used.
#[derive(Debug, Error)]
pub enum OpenError {
    #[error("{} is not a database", path.display())]
    NotADatabase { path: PathBuf },
    #[error("{} is damaged: {reason}", path.display())]
    Damaged { path: PathBuf, reason: String },
    #[error("{} is a database of another program", path.display())]
    Foreign { path: PathBuf },
    #[error(
        "{} has schema version {found}, and this program knows versions up to {known}; \
         a newer clawctl made it",
        path.display()
    )]
    Newer { path: PathBuf, found: u32, known: u32 },
    #[error("{} is locked by another process", path.display())]
    Locked { path: PathBuf },
    #[error("{} may not be read and written by this user", path.display())]
    Permission { path: PathBuf },
    #[error("the directory {} cannot be made: {source}", path.display())]
    Directory { path: PathBuf, source: io::Error },
    #[error("{} cannot be opened: {reason}", path.display())]
    File { path: PathBuf, reason: String },
    #[error("there is no space left for {}", path.display())]
    Full { path: PathBuf },
    #[error("an upstream cannot be overridden: {0}")]
    Upstream(#[from] crate::manifest::BadUpstream),
    #[error("the hash of the admin token is not 64 hex digits, as SHA-256 gives")]
    AdminTokenHash,
}

impl OpenError {
    /// Says what SQLite's refusal means for a file.
    pub(super) fn of(path: &Path, error: &rusqlite::Error) -> Self {
        let path = path.to_owned();
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Self::NotADatabase { path },
            Some(ErrorCode::DatabaseCorrupt) => Self::Damaged { path, reason: error.to_string() },
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Locked { path },
            Some(ErrorCode::PermissionDenied | ErrorCode::ReadOnly) => Self::Permission { path },
            Some(ErrorCode::DiskFull) => Self::Full { path },
            _ => Self::File { path, reason: error.to_string() },
        }
    }
}

/// One at a time in this process: closing any handle of a file gives up the locks that SQLite holds
/// on it, and making a file means closing one.
static OPENING: Mutex<()> = Mutex::new(());

/// A connection to a database whose tables are up to date.
pub(super) fn open(path: &Path, now: Timestamp) -> Result<Connection, OpenError> {
    let _one_at_a_time = locked(&OPENING);
    let mut connection = connect_or_create(path)?;
    // SQLite opens a file that it may not write for reading alone, and says so only later. It does
    // so as well if another process makes the file between its two tries, so it is asked again.
    if reads_alone(&connection, path)? {
        connection = connect_or_create(path)?;
        if reads_alone(&connection, path)? {
            return migrate::as_it_is(connection, path);
        }
    }
    migrate::bring_up_to_date(connection, path, now)
}

fn connect_or_create(path: &Path) -> Result<Connection, OpenError> {
    let connection = match connect(path) {
        Err(error) if cannot_open(&error) => {
            create(path)?;
            connect(path)
        }
        other => other,
    };
    connection.map_err(|error| match path.metadata() {
        Ok(file) if file.is_file() && cannot_open(&error) => {
            OpenError::Permission { path: path.to_owned() }
        }
        _ => OpenError::of(path, &error),
    })
}

fn reads_alone(connection: &Connection, path: &Path) -> Result<bool, OpenError> {
    connection.is_readonly("main").map_err(|error| OpenError::of(path, &error))
}

fn cannot_open(error: &rusqlite::Error) -> bool {
    error.sqlite_error_code() == Some(ErrorCode::CannotOpen)
}

/// One more connection to a database that is known to be good.
pub(super) fn connect(path: &Path) -> Result<Connection, rusqlite::Error> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(path, flags)?;
    connection.busy_handler(Some(patience()))?;
    // Moving the log into the file on every close would cost each short command two more flushes
    // of the disk. SQLite does it once the log has grown, and a server when it stops.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
    // What is deleted is overwritten, because a retained request must not outlive its end. The log
    // gives its room back after a burst.
    connection.execute_batch(&format!(
        "PRAGMA synchronous = FULL; PRAGMA foreign_keys = ON; PRAGMA wal_autocheckpoint = 128; \
         PRAGMA secure_delete = ON; PRAGMA journal_size_limit = {LOG_BYTES_KEPT};"
    ))?;
    Ok(connection)
}

/// Moves the log into the file and empties it, unless somebody needs it just now.
pub(super) fn empty_log(connection: &mut Connection) -> Result<(), rusqlite::Error> {
    connection.busy_handler(None::<fn(i32) -> bool>)?;
    let moved = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
    connection.busy_handler(Some(patience()))?;
    moved
}

/// Looks again every millisecond whether another process has finished its write. SQLite's own
/// handler looks ever more rarely, and a router under load leaves only short gaps.
fn patience() -> impl FnMut(i32) -> bool + Send {
    let mut since = Instant::now();
    move |times| {
        if times == 0 {
            since = Instant::now();
        }
        thread::sleep(BUSY_LOOK);
        since.elapsed() < BUSY_TIMEOUT
    }
}

/// Makes an empty file that only its owner can read, or says why there is none.
fn create(path: &Path) -> Result<(), OpenError> {
    let refused = |error: io::Error| match error.kind() {
        io::ErrorKind::PermissionDenied => OpenError::Permission { path: path.to_owned() },
        io::ErrorKind::StorageFull => OpenError::Full { path: path.to_owned() },
        _ => OpenError::File { path: path.to_owned(), reason: error.to_string() },
    };
    match fs::metadata(path) {
        Ok(found) if found.is_dir() => {
            let reason = "it is a directory".to_owned();
            return Err(OpenError::File { path: path.to_owned(), reason });
        }
        // It was there all along, or another process was faster: the next try will tell.
        Ok(_) => return Ok(()),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(refused(error)),
    }
    private_parent(path)?;
    match private_file().open(path) {
        Ok(_) => Ok(()),
        // Another process was faster; its file is as good.
        Err(error) if error.kind() == io::ErrorKind::AlreadyExists => Ok(()),
        Err(error) => Err(refused(error)),
    }
}

/// Makes the directory of a file, for its owner alone, unless it is there.
pub(super) fn private_parent(path: &Path) -> Result<(), OpenError> {
    let Some(parent) = path.parent().filter(|parent| !parent.as_os_str().is_empty()) else {
        return Ok(());
    };
    let mut builder = DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder
        .create(parent)
        .map_err(|source| OpenError::Directory { path: parent.to_owned(), source })
}

/// Makes a file that is not there yet, for its owner alone. SQLite gives the files that it puts
/// beside a database the same mode.
fn private_file() -> OpenOptions {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options
}
