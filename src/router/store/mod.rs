//! The one file that holds everything: all SQL of the router is in this folder.
//!
//! Nothing is remembered between two requests, so that what another process wrote is obeyed by
//! the next one. Whatever is checked against what was read is written in the same transaction.

mod backup;
mod claim;
pub(crate) mod connections;
pub(crate) mod counts;
pub(crate) mod credentials;
pub(crate) mod events;
pub(crate) mod grants;
pub(crate) mod health;
pub(crate) mod ledger;
pub(crate) mod meta;
mod migrate;
mod open;
pub(crate) mod policies;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rusqlite::TransactionBehavior::{Deferred, Immediate};
use rusqlite::{Connection, ErrorCode};
use thiserror::Error;

use crate::wire::money::Micros;

pub use self::backup::{BackupError, RestoreError, restore};
pub(crate) use self::claim::Claim;
pub(crate) use self::migrate::SCHEMA_VERSION;
pub use self::open::OpenError;

/// What the functions of this folder are given: a connection inside a transaction.
pub(crate) type Db = Connection;

/// How many connections are kept open for the next request.
const IDLE_MAX: usize = 4;

/// Why the database did not answer.
#[derive(Debug, Error)]
pub enum StoreError {
    #[error("another process has kept the database locked for too long")]
    Busy,
    #[error("the disk is full")]
    Full,
    #[error("the database is damaged: {0}")]
    Damaged(String),
    #[error("the database could not be used: {0}")]
    Other(String),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(error.to_string())
            }
            _ => Self::Other(error.to_string()),
        }
    }
}

/// The database, with a few connections to it.
pub(crate) struct Store {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
    /// One writer at a time: waiting here is fair and costs nothing, waiting in SQLite polls.
    writer: Mutex<()>,
}

impl Store {
    /// Opens the file, makes it if there is none, and brings its tables up to date.
    pub(crate) fn open(path: &Path, now: jiff::Timestamp) -> Result<Self, OpenError> {
        let first = open::open(path, now)?;
        Ok(Self { path: path.to_owned(), idle: Mutex::new(vec![first]), writer: Mutex::new(()) })
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// Everything that `work` reads is of one moment.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Db) -> Result<T, E>,
    ) -> Result<T, E> {
        self.transaction(Deferred, work)
    }

    /// Everything that `work` reads still holds when what it writes is kept; an error keeps
    /// nothing.
    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Db) -> Result<T, E>,
    ) -> Result<T, E> {
        let _one_at_a_time = locked(&self.writer);
        self.transaction(Immediate, work)
    }

    fn transaction<T, E: From<StoreError>>(
        &self,
        behavior: rusqlite::TransactionBehavior,
        work: impl FnOnce(&Db) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.take()?;
        let done = (|| {
            let transaction =
                connection.transaction_with_behavior(behavior).map_err(StoreError::from)?;
            let done = work(&transaction)?;
            transaction.commit().map_err(StoreError::from)?;
            Ok(done)
        })();
        self.give_back(connection);
        done
    }

    /// Moves what is in the log into the file, as far as nobody else needs the log just now.
    pub(crate) fn settle(&self) -> Result<(), StoreError> {
        let connection = self.take()?;
        let moved = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        self.give_back(connection);
        Ok(moved?)
    }

    /// A connection of one's own, for work that is not one transaction.
    fn take(&self) -> Result<Connection, StoreError> {
        let idle = locked(&self.idle).pop();
        idle.map_or_else(|| Ok(open::connect(&self.path)?), Ok)
    }

    fn give_back(&self, connection: Connection) {
        let mut idle = locked(&self.idle);
        if idle.len() < IDLE_MAX {
            idle.push(connection);
        }
    }
}

/// A panic elsewhere leaves nothing half-done behind these locks, so it does not spoil them.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a column of JSON text. Only this program writes it, so a bad one is damage.
fn from_json<T: serde::de::DeserializeOwned>(text: &str, column: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Damaged(format!("{column}: {error}")))
}

/// Writes a column of JSON text.
fn to_json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Other(error.to_string()))
}

/// SQLite's integers are signed; what is counted here never is negative.
fn unsigned(stored: i64) -> u64 {
    stored.max(0).unsigned_abs()
}

/// Reads a column of an amount of money that may be missing.
fn micros(row: &rusqlite::Row<'_>, column: &str) -> Result<Option<Micros>, rusqlite::Error> {
    Ok(row.get::<_, Option<i64>>(column)?.map(|stored| Micros(unsigned(stored))))
}

/// No count and no amount of money comes near the end of SQLite's integers.
fn signed(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

/// Reads a column of milliseconds since 1970.
fn instant(ms: i64) -> Result<jiff::Timestamp, StoreError> {
    jiff::Timestamp::from_millisecond(ms).map_err(|error| StoreError::Damaged(error.to_string()))
}
