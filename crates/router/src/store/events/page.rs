//! One page of the events that a query means.

use rusqlite::{params, params_from_iter};

use super::filter::Conditions;
use super::row;
use crate::store::{Db, StoreError};
use clawctl_wire::usage_event::UsageEvent;
use clawctl_wire::usage_query::UsageFilter;

/// Where a page starts, and in which order it goes on from there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Start {
    /// The newest first.
    Newest,
    /// The newest of those before an event.
    Before { occurred_at_ms: i64, seq: i64 },
    /// In the order in which they were stored.
    Oldest,
    /// Those that were stored after the one with this number.
    After { seq: i64 },
}

/// At most `limit` events, and where the next page starts, if there can be one.
pub(crate) fn page(
    db: &Db,
    filter: &UsageFilter,
    retained_since: i64,
    start: Start,
    limit: u32,
) -> Result<(Vec<UsageEvent>, Option<Start>), StoreError> {
    match start {
        Start::Newest => descending(db, filter, retained_since, None, limit),
        Start::Before { occurred_at_ms, seq } => {
            descending(db, filter, retained_since, Some((occurred_at_ms, seq)), limit)
        }
        Start::Oldest => {
            let since = filter.since.unwrap_or(retained_since).max(retained_since);
            ascending(db, filter, retained_since, last_before(db, since)?, limit)
        }
        Start::After { seq } => ascending(db, filter, retained_since, seq, limit),
    }
}

fn descending(
    db: &Db,
    filter: &UsageFilter,
    retained_since: i64,
    before: Option<(i64, i64)>,
    limit: u32,
) -> Result<(Vec<UsageEvent>, Option<Start>), StoreError> {
    let mut conditions = Conditions::of(filter, retained_since);
    if let Some((occurred_at_ms, seq)) = before {
        // Said twice, so that the index of the times is entered where the page starts.
        conditions.add("occurred_at_ms <= ?", [occurred_at_ms.into()]);
        conditions.add("(occurred_at_ms, seq) < (?, ?)", [occurred_at_ms.into(), seq.into()]);
    }
    let order = "ORDER BY occurred_at_ms DESC, seq DESC";
    let rows = rows(db, "", conditions, order, limit)?;
    let last = rows.last().filter(|_| rows.len() == limit as usize);
    let next = last.map(|(seq, event)| {
        let (occurred_at_ms, seq) = (event.occurred_at_ms, *seq);
        Start::Before { occurred_at_ms, seq }
    });
    Ok((rows.into_iter().map(|(_, event)| event).collect(), next))
}

fn ascending(
    db: &Db,
    filter: &UsageFilter,
    retained_since: i64,
    after: i64,
    limit: u32,
) -> Result<(Vec<UsageEvent>, Option<Start>), StoreError> {
    let mut conditions = Conditions::of(filter, retained_since);
    conditions.add("seq > ?", [after.into()]);
    // In the order of the rows themselves: an index would have to be read to its end and sorted.
    let rows = rows(db, "NOT INDEXED", conditions, "ORDER BY seq", limit)?;
    let seen = match rows.last() {
        Some((seq, _)) if rows.len() == limit as usize => *seq,
        // All that there is was looked at.
        _ => newest(db)?.max(after),
    };
    let events = rows.into_iter().map(|(_, event)| event).collect();
    Ok((events, Some(Start::After { seq: seen })))
}

fn rows(
    db: &Db,
    hint: &str,
    conditions: Conditions,
    order: &str,
    limit: u32,
) -> Result<Vec<(i64, UsageEvent)>, StoreError> {
    let (select, terms) = (row::select(), conditions.sql());
    let sql = format!("{select} {hint} WHERE {terms} {order} LIMIT {limit}");
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(params_from_iter(conditions.values))?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push((row.get(0)?, row::read(row)?));
    }
    Ok(events)
}

/// A number behind which all events since an instant are stored: they are stored in nearly the
/// order in which they happen, so this leaves out most of the others.
fn last_before(db: &Db, since: i64) -> Result<i64, StoreError> {
    let sql = "SELECT min(seq) FROM usage_events WHERE occurred_at_ms >= ?1";
    let first: Option<i64> = db.query_row(sql, params![since], |row| row.get(0))?;
    match first {
        Some(first) => Ok(first - 1),
        None => newest(db),
    }
}

fn newest(db: &Db) -> Result<i64, StoreError> {
    let newest: Option<i64> =
        db.query_row("SELECT max(seq) FROM usage_events", [], |row| row.get(0))?;
    Ok(newest.unwrap_or(0))
}
