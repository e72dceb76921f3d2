//! The tables of upstream grants, and of what was seen of them.

use std::collections::HashMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Db, StoreError, from_json, instant, to_json, unsigned};
use crate::grant::record::{GrantFacts, GrantRecord};
use crate::grant::state::State;
use clawctl_wire::grant::{GrantKey, GrantScope};

const COLUMNS: &str =
    "scope, scope_id, token_ref, provider, enabled, record, sealed, updated_at_ms";

/// Whether any other grant than this has something sealed.
pub(crate) fn sealed_beside(db: &Db, key: &GrantKey) -> Result<bool, StoreError> {
    let sql = "SELECT EXISTS (SELECT 1 FROM grants WHERE sealed IS NOT NULL
                   AND NOT (scope = ?1 AND scope_id = ?2 AND token_ref = ?3))";
    Ok(db.query_row(sql, params![key.scope.as_str(), key.scope_id, key.token_ref], |row| {
        row.get(0)
    })?)
}

/// How many grants have something sealed.
pub(crate) fn sealed_count(db: &Db) -> Result<u64, StoreError> {
    let sql = "SELECT count(*) FROM grants WHERE sealed IS NOT NULL";
    Ok(unsigned(db.query_row(sql, [], |row| row.get(0))?))
}

pub(crate) fn find(db: &Db, key: &GrantKey) -> Result<Option<GrantRecord>, StoreError> {
    let sql = format!(
        "SELECT {COLUMNS} FROM grants WHERE scope = ?1 AND scope_id = ?2 AND token_ref = ?3"
    );
    let found = db
        .query_row(&sql, params![key.scope.as_str(), key.scope_id, key.token_ref], |row| {
            Ok(read(row))
        })
        .optional()?;
    found.transpose()
}

/// In byte order of the names under which they are stored, as the contract lists them.
pub(crate) fn all(db: &Db) -> Result<Vec<GrantRecord>, StoreError> {
    let mut statement = db.prepare(&format!("SELECT {COLUMNS} FROM grants"))?;
    let mut rows = statement.query([])?;
    let mut records = Vec::new();
    while let Some(row) = rows.next()? {
        records.push(read(row)?);
    }
    records.sort_by_cached_key(|record| record.key.stored());
    Ok(records)
}

/// How many other grants of the same holder are enabled for a provider.
pub(crate) fn enabled_beside(db: &Db, key: &GrantKey, provider: &str) -> Result<usize, StoreError> {
    let sql = "SELECT count(*) FROM grants
               WHERE provider = ?1 AND scope = ?2 AND scope_id = ?3 AND token_ref <> ?4 AND enabled";
    let count: i64 = db.query_row(
        sql,
        params![provider, key.scope.as_str(), key.scope_id, key.token_ref],
        |row| row.get(0),
    )?;
    Ok(usize::try_from(count).unwrap_or(usize::MAX))
}

pub(crate) fn put(db: &Db, record: &GrantRecord) -> Result<(), StoreError> {
    let sql = "INSERT INTO grants (scope, scope_id, token_ref, provider, enabled, record, sealed,
                   updated_at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
               ON CONFLICT (scope, scope_id, token_ref) DO UPDATE SET
                   provider = excluded.provider, enabled = excluded.enabled,
                   record = excluded.record, sealed = excluded.sealed,
                   updated_at_ms = excluded.updated_at_ms";
    let GrantRecord { key, provider, enabled, facts, sealed, updated_at } = record;
    db.execute(
        sql,
        params![
            key.scope.as_str(),
            key.scope_id,
            key.token_ref,
            provider,
            enabled,
            to_json(facts)?,
            sealed,
            updated_at.as_millisecond(),
        ],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<GrantRecord, StoreError> {
    let facts: GrantFacts = from_json(&row.get::<_, String>("record")?, "grants.record")?;
    Ok(GrantRecord {
        key: key(row)?,
        provider: row.get("provider")?,
        enabled: row.get("enabled")?,
        facts,
        sealed: row.get("sealed")?,
        updated_at: instant(row.get("updated_at_ms")?)?,
    })
}

fn key(row: &Row<'_>) -> Result<GrantKey, StoreError> {
    let scope: String = row.get("scope")?;
    let scope = GrantScope::of(&scope)
        .ok_or_else(|| StoreError::Damaged("grants.scope is no scope".into()))?;
    Ok(GrantKey { scope, scope_id: row.get("scope_id")?, token_ref: row.get("token_ref")? })
}

pub(crate) fn state(db: &Db, key: &GrantKey) -> Result<Option<State>, StoreError> {
    let sql = "SELECT state FROM grant_states
               WHERE scope = ?1 AND scope_id = ?2 AND token_ref = ?3";
    let names = params![key.scope.as_str(), key.scope_id, key.token_ref];
    let text: Option<String> = db.query_row(sql, names, |row| row.get(0)).optional()?;
    text.map(|text| from_json(&text, "grant_states.state")).transpose()
}

pub(crate) fn states(db: &Db) -> Result<HashMap<GrantKey, State>, StoreError> {
    let mut statement = db.prepare("SELECT scope, scope_id, token_ref, state FROM grant_states")?;
    let mut rows = statement.query([])?;
    let mut states = HashMap::new();
    while let Some(row) = rows.next()? {
        let state = from_json(&row.get::<_, String>("state")?, "grant_states.state")?;
        states.insert(key(row)?, state);
    }
    Ok(states)
}

/// Has other processes read the states anew.
pub(crate) fn announce(db: &Db) -> Result<(), StoreError> {
    Ok(db.execute("UPDATE authority SET version = version + 1", []).map(drop)?)
}

pub(crate) fn put_state(db: &Db, key: &GrantKey, state: &State) -> Result<(), StoreError> {
    let sql = "INSERT INTO grant_states (scope, scope_id, token_ref, state)
               VALUES (?1, ?2, ?3, ?4)
               ON CONFLICT (scope, scope_id, token_ref) DO UPDATE SET state = excluded.state";
    db.execute(sql, params![key.scope.as_str(), key.scope_id, key.token_ref, to_json(state)?])?;
    Ok(())
}

/// The time of a change, later than that of the one before it: it tells the two apart.
pub(crate) fn time_after(
    before: Option<Timestamp>,
    now: Timestamp,
) -> Result<Timestamp, StoreError> {
    let ms = now.as_millisecond();
    instant(before.map_or(ms, |before| ms.max(before.as_millisecond() + 1)))
}
