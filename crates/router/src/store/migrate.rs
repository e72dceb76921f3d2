//! The numbered schema changes, and telling one's own database from another's.

use std::path::Path;
use std::thread;
use std::time::{Duration, Instant};

use jiff::Timestamp;
use rusqlite::{Connection, ErrorCode, TransactionBehavior};

use super::meta;
use super::open::{BUSY_TIMEOUT, OpenError};

/// `clwr`: says in the file's header whose database it is.
pub(super) const APPLICATION_ID: i32 = 0x636c_7772;

/// Schema version N is what the first N of these make. Append, never change.
const MIGRATIONS: [&str; 4] = [
    include_str!("migrations/001.sql"),
    include_str!("migrations/002.sql"),
    include_str!("migrations/003.sql"),
    include_str!("migrations/004.sql"),
];

/// The version that this program writes.
pub(crate) const SCHEMA_VERSION: u32 = MIGRATIONS.len() as u32;

/// Whose database a file is.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Owner {
    /// Nobody's yet: there is nothing in it.
    Nobody,
    /// This program's, at a schema version.
    Us(u32),
    SomeoneElse,
}

pub(super) fn owner(db: &Connection) -> Result<Owner, rusqlite::Error> {
    let header = "SELECT application_id, user_version FROM pragma_application_id, \
                  pragma_user_version";
    let (application, version) =
        db.query_row(header, [], |row| Ok((row.get::<_, i32>(0)?, row.get::<_, u32>(1)?)))?;
    if application == APPLICATION_ID {
        return Ok(Owner::Us(version));
    }
    let tables: u32 = db.query_row("SELECT count(*) FROM sqlite_master", [], |row| row.get(0))?;
    let untouched = application == 0 && version == 0 && tables == 0;
    Ok(if untouched { Owner::Nobody } else { Owner::SomeoneElse })
}

/// The same, where another process may be making the tables at this moment: between the two looks
/// of [`owner`] they can appear, and then only one snapshot of both tells whose they are.
fn owner_for_sure(db: &Connection) -> Result<Owner, rusqlite::Error> {
    match owner(db)? {
        Owner::SomeoneElse => owner(&*db.unchecked_transaction()?),
        settled => Ok(settled),
    }
}

/// A database that can only be read: it must be up to date already.
pub(super) fn as_it_is(connection: Connection, path: &Path) -> Result<Connection, OpenError> {
    let found = owner_for_sure(&connection).map_err(|error| OpenError::of(path, &error))?;
    if expect_ours(found, path)? == SCHEMA_VERSION {
        return Ok(connection);
    }
    Err(OpenError::Permission { path: path.to_owned() })
}

/// Nothing is written before it is clear that the file is ours or nobody's.
pub(super) fn bring_up_to_date(
    mut connection: Connection,
    path: &Path,
    now: Timestamp,
) -> Result<Connection, OpenError> {
    let refused = |error: rusqlite::Error| OpenError::of(path, &error);
    if expect_ours(owner_for_sure(&connection).map_err(refused)?, path)? == SCHEMA_VERSION {
        return Ok(connection);
    }
    write_ahead(&connection).map_err(refused)?;
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(refused)?;
    // Another process may have done all this between the first look and the lock.
    let version = expect_ours(owner(&transaction).map_err(refused)?, path)?;
    for migration in &MIGRATIONS[version as usize..] {
        transaction.execute_batch(migration).map_err(refused)?;
    }
    transaction.pragma_update(None, "application_id", APPLICATION_ID).map_err(refused)?;
    transaction.pragma_update(None, "user_version", SCHEMA_VERSION).map_err(refused)?;
    if version == 0 {
        meta::set(&transaction, meta::CREATED_AT, &now.to_string()).map_err(refused)?;
    }
    transaction.commit().map_err(refused)?;
    // The tables themselves go into the file at once: without its log it is then an empty router,
    // and not a file that nobody would know for one. Another process that is busy may delay that.
    let _ = connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
    Ok(connection)
}

/// An empty database of a schema version.
pub(super) fn in_memory(version: u32) -> Result<Connection, rusqlite::Error> {
    let made = Connection::open_in_memory()?;
    for migration in MIGRATIONS.iter().take(version as usize) {
        made.execute_batch(migration)?;
    }
    Ok(made)
}

/// The version that is there; 0 for a file with nothing in it.
pub(super) fn expect_ours(owner: Owner, path: &Path) -> Result<u32, OpenError> {
    match owner {
        Owner::Nobody => Ok(0),
        Owner::Us(found) if found > SCHEMA_VERSION => {
            Err(OpenError::Newer { path: path.to_owned(), found, known: SCHEMA_VERSION })
        }
        Owner::Us(version) => Ok(version),
        Owner::SomeoneElse => Err(OpenError::Foreign { path: path.to_owned() }),
    }
}

/// Switches to a write-ahead log. SQLite does not wait here for others who do the same at the
/// same moment, so this does.
pub(super) fn write_ahead(db: &Connection) -> Result<(), rusqlite::Error> {
    let started = Instant::now();
    loop {
        match db.query_row("PRAGMA journal_mode = WAL", [], |_| Ok(())) {
            Err(error)
                if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy)
                    && started.elapsed() < BUSY_TIMEOUT =>
            {
                thread::sleep(Duration::from_millis(5));
            }
            other => return other,
        }
    }
}
