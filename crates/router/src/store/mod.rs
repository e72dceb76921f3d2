//! The one file that holds everything: all SQL of the router is in this folder.
//!
//! What another process wrote is obeyed by the next request: what is remembered between two requests
//! ([`Authority`]) is remembered for as long as a number in the file stays the same. Whatever is
//! checked against what was read is written in the same transaction. What requests write goes
//! through one thread that commits for many at once ([`Store::reserve`], [`Store::settle`]).

pub(crate) mod authority;
mod backup;
pub(crate) mod bindings;
mod claim;
pub(crate) mod connections;
pub(crate) mod contents;
pub(crate) mod counts;
pub(crate) mod credentials;
pub(crate) mod events;
pub(crate) mod grants;
pub(crate) mod health;
mod leases;
pub(crate) mod ledger;
pub(crate) mod meta;
mod migrate;
mod notices;
mod open;
pub(crate) mod policies;
mod pool;
mod restore;
mod revived;
pub(crate) mod rules;
mod schema;
#[cfg(test)]
mod tests;
mod turns;
pub(crate) mod users;
mod writer;

use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use rusqlite::TransactionBehavior::{Deferred, Immediate};
use rusqlite::{CachedStatement, Connection, ErrorCode};
use thiserror::Error;

use self::pool::Pool;
use self::turns::Turns;
use self::writer::Writer;
use super::cause::Cause;
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::UsageEvent;

pub(crate) use self::authority::Authority;
pub use self::backup::BackupError;
pub(crate) use self::claim::Claim;
pub(crate) use self::ledger::Reservation;
pub(crate) use self::migrate::SCHEMA_VERSION;
pub use self::open::OpenError;
pub use self::restore::{RestoreError, preview, restore};
pub use self::revived::Revived;
pub use self::writer::Unwritten;
pub(crate) use self::writer::{ReserveError, ReserveJob};

/// What the functions of this folder are given: a connection inside a transaction.
pub(crate) type Db = Connection;

/// Why the database did not answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum StoreError {
    #[error("another process has kept the database locked for too long")]
    Busy,
    #[error("the disk is full")]
    Full,
    #[error("the database can only be read: its file or its file system is read-only")]
    ReadOnly,
    #[error("the database is damaged: {0}")]
    Damaged(#[source] Cause),
    #[error("the database could not be used: {0}")]
    Other(#[source] Cause),
}

impl From<rusqlite::Error> for StoreError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error_code() {
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Self::Busy,
            Some(ErrorCode::DiskFull) => Self::Full,
            Some(ErrorCode::ReadOnly) => Self::ReadOnly,
            Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase) => {
                Self::Damaged(Cause::of(error))
            }
            _ => Self::Other(Cause::of(error)),
        }
    }
}

/// The database of one router.
pub(crate) struct Store {
    pool: Arc<Pool>,
    turns: Arc<Turns>,
    writer: Writer,
    latest: authority::Latest,
}

impl Store {
    /// Opens the file, makes it if there is none, and brings its tables up to date.
    pub(crate) fn open(
        path: &Path,
        now: jiff::Timestamp,
        retention_days: u32,
    ) -> Result<Self, OpenError> {
        let pool = Arc::new(Pool::new(path, open::open(path, now)?));
        let turns = Arc::<Turns>::default();
        let writer = Writer::new(Arc::clone(&pool), Arc::clone(&turns), retention_days);
        Ok(Self { pool, turns, writer, latest: authority::Latest::default() })
    }

    pub(crate) fn path(&self) -> &Path {
        self.pool.path()
    }

    /// Everything that `work` reads is of one moment.
    pub(crate) fn read<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Db) -> Result<T, E>,
    ) -> Result<T, E> {
        self.pool.transaction(Deferred, work)
    }

    /// Everything that `work` reads still holds when what it writes is kept; an error keeps
    /// nothing.
    pub(crate) fn write<T, E: From<StoreError>>(
        &self,
        work: impl FnOnce(&Db) -> Result<T, E>,
    ) -> Result<T, E> {
        let _turn = self.turns.take();
        self.pool.transaction(Immediate, work)
    }

    /// What decides about requests, as of now: what any process wrote before is in it.
    pub(crate) fn authority(&self) -> Result<Arc<Authority>, StoreError> {
        self.latest.get_after(self.latest.looks_begun(), &self.pool)
    }

    /// What decides about a request: what any process wrote before it came is in it. Requests that
    /// come at once share one look at the file, taken when the last of them has come.
    pub(crate) async fn authority_for_many(&self) -> Result<Arc<Authority>, StoreError> {
        let looks = self.latest.looks_begun();
        tokio::task::yield_now().await;
        self.latest.get_after(looks, &self.pool)
    }

    /// Whether another request may be taken on. If not, what was to be written of the last ones
    /// could not be written yet, and there is no end of it in sight.
    pub(crate) fn has_room(&self) -> bool {
        self.writer.has_room()
    }

    /// Takes a request's cost from its budgets, and keeps its body if that is wanted. Both are on
    /// disk when this is done. It is no longer wanted if the future is dropped, and then undone.
    pub(crate) async fn reserve(&self, job: ReserveJob) -> Result<Reservation, ReserveError> {
        self.writer.reserve(job).await
    }

    /// Makes what open requests of this process hold last until then, soon.
    pub(crate) fn renew_leases(&self, until: jiff::Timestamp) {
        self.writer.renew(until);
    }

    /// Writes down what a request did and what it cost, soon and in order. It never blocks.
    pub(crate) fn settle(
        &self,
        reservation: Option<Reservation>,
        actual: Micros,
        event: impl Into<Box<UsageEvent>>,
    ) {
        self.writer.settle(reservation, actual, Some(event.into()));
    }

    /// Notes the use of a credential, once a minute at most.
    pub(crate) fn note_use(&self, credential: &str, now: jiff::Timestamp) {
        self.writer.note_use(credential, now);
    }

    /// Makes a small change soon, in order with the others. One that fails is left out; one that
    /// could only not be committed is made again, so it must bear that.
    pub(crate) fn update(
        &self,
        change: impl FnMut(&Db) -> Result<(), StoreError> + Send + 'static,
    ) {
        self.writer.update(change);
    }

    /// Waits until all that was asked for before is on disk.
    #[cfg_attr(not(test), expect(dead_code, reason = "tests wait this way; requests flush"))]
    pub(crate) async fn written(&self) -> Result<(), StoreError> {
        self.writer.written().await
    }

    /// As [`Self::written`], for a thread that may block, and for five seconds at most.
    pub(crate) fn flush(&self) -> Result<(), StoreError> {
        self.writer.flush()
    }

    /// As [`Self::flush`], when the router stops: it insists for longer.
    pub(crate) fn drain(&self) -> Result<(), StoreError> {
        self.writer.drain()
    }

    /// Writes what is left if it can, for the last time, and says what could not be written.
    pub(crate) fn finish(&self) -> Result<(), Unwritten> {
        self.writer.finish()
    }

    /// What an operator should hear of, once.
    pub(crate) fn notices(&self) -> Vec<String> {
        self.writer.notices()
    }

    /// Moves what is in the log into the file, as far as nobody else needs the log just now.
    pub(crate) fn checkpoint(&self) -> Result<(), StoreError> {
        let connection = self.take()?;
        let moved = connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()));
        self.give_back(connection);
        Ok(moved?)
    }

    /// A connection of one's own, for work that is not one transaction.
    fn take(&self) -> Result<Connection, StoreError> {
        self.pool.take()
    }

    fn give_back(&self, connection: Connection) {
        self.pool.give_back(connection);
    }
}

/// A statement, prepared once for all that one transaction does with it: to look it up takes as long
/// as a part of what it does.
fn prepared<'s, 'db>(
    db: &'db Db,
    known: &'s mut Option<CachedStatement<'db>>,
    sql: &str,
) -> Result<&'s mut CachedStatement<'db>, StoreError> {
    match known {
        Some(known) => Ok(known),
        none => Ok(none.insert(db.prepare_cached(sql)?)),
    }
}

/// A panic elsewhere leaves nothing half-done behind these locks, so it does not spoil them.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads a column of JSON text. Only this program writes it, so a bad one is damage.
fn from_json<T: serde::de::DeserializeOwned>(text: &str, column: &str) -> Result<T, StoreError> {
    serde_json::from_str(text)
        .map_err(|error| StoreError::Damaged(format!("{column}: {error}").into()))
}

/// Writes a column of JSON text.
fn to_json<T: serde::Serialize + ?Sized>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Other(Cause::of(error)))
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
    jiff::Timestamp::from_millisecond(ms).map_err(|error| StoreError::Damaged(Cause::of(error)))
}
