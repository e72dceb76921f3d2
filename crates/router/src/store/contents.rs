//! Bodies of requests, for policies that keep them: for thirty days, and of a bounded size in all.

use jiff::{SignedDuration, Timestamp};
use rusqlite::{OptionalExtension as _, params};

use super::{Db, StoreError, signed, unsigned};

/// How long a body is kept.
pub(crate) const KEPT_FOR: SignedDuration = SignedDuration::from_hours(30 * 24);

/// The longest body that is kept.
pub(crate) const BODY_BYTES_MAX: usize = 1024 * 1024;

/// How much all of them may take; the oldest make room.
const ALL_BYTES_MAX: u64 = 256 * 1024 * 1024;

/// A request that is to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ContentRecord {
    pub(crate) reference: String,
    pub(crate) tenant: String,
    pub(crate) expires_at: Timestamp,
    /// As it is returned, in JSON.
    pub(crate) json: String,
}

pub(crate) fn put(db: &Db, record: &ContentRecord) -> Result<(), StoreError> {
    put_within(db, record, ALL_BYTES_MAX)
}

pub(super) fn put_within(
    db: &Db,
    record: &ContentRecord,
    bytes_max: u64,
) -> Result<(), StoreError> {
    let ContentRecord { reference, tenant, expires_at, json } = record;
    let sql = "INSERT INTO contents (ref, tenant_id, expires_at_ms, bytes, record)
               VALUES (?1, ?2, ?3, ?4, ?5)";
    let bytes = json.len() as u64;
    let end = expires_at.as_millisecond();
    db.prepare_cached(sql)?.execute(params![reference, tenant, end, signed(bytes), json])?;
    while size(db)? > bytes_max {
        let sql = "DELETE FROM contents WHERE seq = (SELECT min(seq) FROM contents)";
        if db.prepare_cached(sql)?.execute([])? == 0 {
            break;
        }
    }
    Ok(())
}

/// The record of a reference, unless its time is over.
pub(crate) fn find(
    db: &Db,
    tenant: &str,
    reference: &str,
    now: Timestamp,
) -> Result<Option<String>, StoreError> {
    let sql = "SELECT record FROM contents
               WHERE ref = ?1 AND tenant_id = ?2 AND expires_at_ms > ?3";
    let mut statement = db.prepare_cached(sql)?;
    let found =
        statement.query_row(params![reference, tenant, now.as_millisecond()], |row| row.get(0));
    Ok(found.optional()?)
}

/// How much all of them take.
pub(crate) fn size(db: &Db) -> Result<u64, StoreError> {
    let sql = "SELECT bytes FROM contents_size";
    Ok(unsigned(db.prepare_cached(sql)?.query_row([], |row| row.get(0))?))
}

/// Drops some of those whose time is over, and says how many.
pub(super) fn drop_expired(db: &Db, now: Timestamp, most: u32) -> Result<usize, StoreError> {
    let sql = "DELETE FROM contents WHERE seq IN (
                   SELECT seq FROM contents WHERE expires_at_ms <= ?1 LIMIT ?2)";
    Ok(db.prepare_cached(sql)?.execute(params![now.as_millisecond(), most])?)
}
