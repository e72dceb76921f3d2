//! Single values: when the database was made, the hash of the admin token, how fusion is
//! configured, and which processes serve the database.

use rusqlite::{OptionalExtension as _, params};

use super::writer::SweepClock;
use super::{Db, StoreError, from_json, to_json};
use crate::server::Server;
use clawctl_wire::fusion::FusionConfig;

pub(super) const CREATED_AT: &str = "created_at";
const ADMIN_TOKEN_SHA256: &str = "admin_token_sha256";
const FUSION: &str = "fusion";
const SWEEP_CLOCK: &str = "sweep_clock";
const SEALING_KEY_MARK: &str = "sealing_key_mark";
const SERVERS: &str = "servers";

fn get(db: &Db, name: &str) -> Result<Option<String>, StoreError> {
    let sql = "SELECT value FROM meta WHERE name = ?1";
    Ok(db.query_row(sql, [name], |row| row.get(0)).optional()?)
}

pub(super) fn set(db: &Db, name: &str, value: &str) -> Result<(), rusqlite::Error> {
    let sql = "INSERT INTO meta (name, value) VALUES (?1, ?2)
               ON CONFLICT (name) DO UPDATE SET value = excluded.value";
    db.execute(sql, params![name, value]).map(drop)
}

pub(crate) fn admin_token_sha256(db: &Db) -> Result<Option<String>, StoreError> {
    get(db, ADMIN_TOKEN_SHA256)
}

pub(crate) fn set_admin_token_sha256(db: &Db, hex: &str) -> Result<(), StoreError> {
    Ok(set(db, ADMIN_TOKEN_SHA256, hex)?)
}

/// The mark of the key that upstream secrets are sealed under.
pub(crate) fn sealing_key_mark(db: &Db) -> Result<Option<String>, StoreError> {
    get(db, SEALING_KEY_MARK)
}

pub(crate) fn set_sealing_key_mark(db: &Db, mark: &str) -> Result<(), StoreError> {
    Ok(set(db, SEALING_KEY_MARK, mark)?)
}

pub(crate) fn created_at(db: &Db) -> Result<Option<jiff::Timestamp>, StoreError> {
    let text = get(db, CREATED_AT)?;
    text.map(|text| text.parse()).transpose().map_err(|error: jiff::Error| {
        StoreError::Damaged(format!("meta.created_at: {error}").into())
    })
}

/// The clock as the last sweep saw it.
pub(crate) fn sweep_clock(db: &Db) -> Result<Option<SweepClock>, StoreError> {
    get(db, SWEEP_CLOCK)?.map(|text| from_json(&text, "meta.sweep_clock")).transpose()
}

pub(crate) fn set_sweep_clock(db: &Db, clock: &SweepClock) -> Result<(), StoreError> {
    Ok(set(db, SWEEP_CLOCK, &to_json(clock)?)?)
}

pub(crate) fn fusion(db: &Db) -> Result<Option<FusionConfig>, StoreError> {
    get(db, FUSION)?.map(|text| from_json(&text, "meta.fusion")).transpose()
}

pub(crate) fn set_fusion(db: &Db, config: &FusionConfig) -> Result<(), StoreError> {
    Ok(set(db, FUSION, &to_json(config)?)?)
}

/// What serving processes left about themselves, the newest last. Some may have been killed.
pub(crate) fn servers(db: &Db) -> Result<Vec<Server>, StoreError> {
    let text = get(db, SERVERS)?;
    Ok(text.map(|text| from_json(&text, "meta.servers")).transpose()?.unwrap_or_default())
}

pub(crate) fn set_servers(db: &Db, servers: &[Server]) -> Result<(), StoreError> {
    if servers.is_empty() {
        return Ok(db.execute("DELETE FROM meta WHERE name = ?1", [SERVERS]).map(drop)?);
    }
    Ok(set(db, SERVERS, &to_json(servers)?)?)
}
