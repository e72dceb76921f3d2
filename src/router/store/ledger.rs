//! What was spent in each budget window.

use rusqlite::{OptionalExtension as _, params};

use super::{Db, StoreError, signed, unsigned};
use crate::wire::money::{MICROS_MAX, Micros};

pub(crate) fn spent(db: &Db, window_key: &str) -> Result<Micros, StoreError> {
    let sql = "SELECT spent_micros FROM ledgers WHERE window_key = ?1";
    let spent: Option<i64> = db.query_row(sql, [window_key], |row| row.get(0)).optional()?;
    Ok(Micros(unsigned(spent.unwrap_or(0))))
}

/// Adds to a window. A sum that JSON could not carry stays at the largest that it can.
pub(crate) fn add(db: &Db, window_key: &str, micros: Micros) -> Result<(), StoreError> {
    let sql = "INSERT INTO ledgers (window_key, spent_micros) VALUES (?1, min(?2, ?3))
               ON CONFLICT (window_key)
               DO UPDATE SET spent_micros = min(spent_micros + excluded.spent_micros, ?3)";
    db.execute(sql, params![window_key, signed(micros.0), signed(MICROS_MAX)])?;
    Ok(())
}
