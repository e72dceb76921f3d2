//! Usage events: the rows, what they sum up to, and how long they stay.

mod filter;
mod groups;
mod page;
mod retention;
mod row;
mod snapshot;
mod sums;

use rusqlite::CachedStatement;

pub(crate) use self::groups::{Dimension, groups};
pub(crate) use self::page::{Start, page};
pub(crate) use self::retention::{drop_before, newest_before, retained_since};
pub(crate) use self::snapshot::{Whose, snapshot};
use self::sums::Sums;
use super::{Db, StoreError};
use clawctl_wire::money::MICROS_MAX;
use clawctl_wire::usage_event::UsageEvent;

/// The sum of a column, as SQL. It stops at the largest that JSON carries, where SQLite's own would
/// fail once it left its integers.
fn sum(column: &str) -> String {
    format!("cast(min(total({column}), {MICROS_MAX}.0) AS INTEGER)")
}

const HOUR_MS: i64 = 3_600_000;
pub(crate) const DAY_MS: i64 = 24 * HOUR_MS;

/// The events that one transaction adds: what they sum up to is written once, at its end.
pub(crate) struct Additions<'db> {
    db: &'db Db,
    inserting: Option<CachedStatement<'db>>,
    sums: Sums,
}

impl<'db> Additions<'db> {
    pub(crate) fn open(db: &'db Db) -> Self {
        Self { db, inserting: None, sums: Sums::default() }
    }

    /// Keeps an event, once: an id that is there already changes nothing.
    pub(crate) fn insert(&mut self, event: &UsageEvent) -> Result<(), StoreError> {
        if row::insert(self.db, &mut self.inserting, event)? {
            self.sums.count(event);
        }
        Ok(())
    }

    pub(crate) fn close(self) -> Result<(), StoreError> {
        self.sums.write(self.db)
    }
}

/// Keeps one event.
#[cfg(test)]
pub(crate) fn insert(db: &Db, event: &UsageEvent) -> Result<(), StoreError> {
    let mut additions = Additions::open(db);
    additions.insert(event)?;
    additions.close()
}
