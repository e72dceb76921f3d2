//! The table of provider connections.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Db, StoreError, micros, signed};
use clawctl_wire::money::Micros;

/// What was written of a provider.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ConnectionRecord {
    pub(crate) enabled: bool,
    pub(crate) label: Option<String>,
    pub(crate) monthly_budget: Option<Micros>,
}

const COLUMNS: &str = "provider_id, enabled, label, monthly_budget_micros";

pub(crate) fn find(db: &Db, provider: &str) -> Result<Option<ConnectionRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM connections WHERE provider_id = ?1");
    Ok(db.query_row(&sql, [provider], read).optional()?)
}

/// By provider. One that nothing was ever written of is not among them.
pub(crate) fn all(db: &Db) -> Result<BTreeMap<String, ConnectionRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM connections");
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map([], |row| Ok((row.get("provider_id")?, read(row)?)))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn put(
    db: &Db,
    provider: &str,
    record: &ConnectionRecord,
    now: Timestamp,
) -> Result<(), StoreError> {
    let sql = "INSERT INTO connections (provider_id, enabled, label, monthly_budget_micros,
                   updated_at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5)
               ON CONFLICT (provider_id) DO UPDATE SET
                   enabled = excluded.enabled, label = excluded.label,
                   monthly_budget_micros = excluded.monthly_budget_micros,
                   updated_at_ms = excluded.updated_at_ms";
    let budget = record.monthly_budget.map(|micros| signed(micros.0));
    db.execute(sql, params![provider, record.enabled, record.label, budget, now.as_millisecond()])?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<ConnectionRecord, rusqlite::Error> {
    Ok(ConnectionRecord {
        enabled: row.get("enabled")?,
        label: row.get("label")?,
        monthly_budget: micros(row, "monthly_budget_micros")?,
    })
}
