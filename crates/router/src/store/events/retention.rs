//! How long events stay.

use jiff::Timestamp;
use rusqlite::params;

use super::sums::start;
use super::{DAY_MS, HOUR_MS};
use crate::store::{Db, StoreError};

/// Events before this instant, in milliseconds since 1970, are gone, or will be soon.
pub(crate) fn retained_since(now: Timestamp, retention_days: u32) -> i64 {
    now.as_millisecond().saturating_sub(i64::from(retention_days) * DAY_MS)
}

/// Drops some of the events before an instant, and says how many. The newest row of all stays: its
/// number must not be given again.
pub(crate) fn drop_before(db: &Db, since: i64, most: u32) -> Result<usize, StoreError> {
    let sql = "DELETE FROM usage_events WHERE seq IN (
                   SELECT seq FROM usage_events
                   WHERE occurred_at_ms < ?1 AND seq < (SELECT max(seq) FROM usage_events)
                   ORDER BY occurred_at_ms LIMIT ?2)";
    let dropped = db.prepare_cached(sql)?.execute(params![since, most])?;
    let sql = "DELETE FROM usage_sums WHERE span_ms = ?1 AND start_ms < ?2";
    let mut statement = db.prepare_cached(sql)?;
    for span_ms in [DAY_MS, HOUR_MS] {
        statement.execute([span_ms, start(since, span_ms)])?;
    }
    Ok(dropped)
}

/// When the newest event before an instant was.
pub(crate) fn newest_before(db: &Db, before: i64) -> Result<Option<i64>, StoreError> {
    let sql = "SELECT max(occurred_at_ms) FROM usage_events WHERE occurred_at_ms < ?1";
    Ok(db.query_row(sql, [before], |row| row.get(0))?)
}
