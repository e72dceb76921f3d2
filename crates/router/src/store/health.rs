//! The last live check of each provider.

use std::collections::BTreeMap;

use rusqlite::params;

use super::{Db, StoreError};
use clawctl_wire::catalog::ProviderHealth;

/// By provider, in byte order.
pub(crate) fn all(db: &Db) -> Result<BTreeMap<String, ProviderHealth>, StoreError> {
    let sql = "SELECT provider_id, status, checked_at, latency_ms, status_code, error
               FROM provider_health";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([], |row| {
        let health = ProviderHealth {
            provider_id: row.get("provider_id")?,
            status: row.get("status")?,
            checked_at: row.get("checked_at")?,
            latency_ms: row.get("latency_ms")?,
            status_code: row.get("status_code")?,
            error: row.get("error")?,
        };
        Ok((health.provider_id.clone(), health))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn put(db: &Db, health: &ProviderHealth) -> Result<(), StoreError> {
    let sql = "INSERT OR REPLACE INTO provider_health
                   (provider_id, status, checked_at, latency_ms, status_code, error)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)";
    let ProviderHealth { provider_id, status, checked_at, latency_ms, status_code, error } = health;
    db.execute(sql, params![provider_id, status, checked_at, latency_ms, status_code, error])?;
    Ok(())
}
