//! How much there is of everything.

use jiff::Timestamp;

use super::{Db, StoreError, meta, unsigned};

/// The sizes of the tables.
pub(crate) struct Counts {
    pub(crate) created_at: Option<Timestamp>,
    pub(crate) policies: u64,
    pub(crate) credentials: u64,
    pub(crate) connections: u64,
    pub(crate) usage_events: u64,
}

pub(crate) fn read(db: &Db) -> Result<Counts, StoreError> {
    let sql = "SELECT (SELECT count(*) FROM policies), (SELECT count(*) FROM credentials),
                      (SELECT count(*) FROM connections), (SELECT count(*) FROM usage_events)";
    let counted: [i64; 4] =
        db.query_row(sql, [], |row| Ok([row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?]))?;
    let [policies, credentials, connections, usage_events] = counted.map(unsigned);
    let created_at = meta::created_at(db)?;
    Ok(Counts { created_at, policies, credentials, connections, usage_events })
}

/// How many keys there are, and how many of them are active. As the contract has it, sums do not
/// look at generations.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct KeyCounts {
    pub(crate) total: u64,
    pub(crate) active: u64,
}

const KEYS: &str = "credentials c LEFT JOIN policies p ON p.id = c.policy_id";
const NEVER_ENDS: &str = "c.enabled AND p.enabled AND c.expires_at IS NULL";
const ENDS: &str = "c.enabled AND p.enabled AND c.expires_at IS NOT NULL";

pub(crate) fn keys(db: &Db, now: Timestamp) -> Result<KeyCounts, StoreError> {
    let sql = format!("SELECT count(*), coalesce(sum({NEVER_ENDS}), 0) FROM {KEYS}");
    let counted = db.query_row(&sql, [], |row| Ok([row.get(0)?, row.get(1)?]))?;
    let [total, mut active] = counted.map(unsigned);
    still_active(db, now, |_| active += 1)?;
    Ok(KeyCounts { total, active })
}

/// The same for each policy that has keys.
pub(crate) fn keys_by_policy(
    db: &Db,
    now: Timestamp,
    mut add: impl FnMut(&str, KeyCounts),
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT c.policy_id, count(*), coalesce(sum({NEVER_ENDS}), 0) FROM {KEYS}
         GROUP BY c.policy_id"
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let (total, active) = (unsigned(row.get(1)?), unsigned(row.get(2)?));
        add(row.get_ref(0)?.as_str().unwrap_or_default(), KeyCounts { total, active });
    }
    still_active(db, now, |policy| add(policy, KeyCounts { total: 0, active: 1 }))
}

/// The policies of those keys that end, and have not ended yet.
fn still_active(db: &Db, now: Timestamp, mut add: impl FnMut(&str)) -> Result<(), StoreError> {
    let sql = format!("SELECT c.policy_id, c.expires_at FROM {KEYS} WHERE {ENDS}");
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let end = row.get_ref(1)?.as_str().unwrap_or_default().parse::<Timestamp>();
        let end = end.map_err(|error| {
            StoreError::Damaged(format!("credentials.expires_at: {error}").into())
        })?;
        if end > now {
            add(row.get_ref(0)?.as_str().unwrap_or_default());
        }
    }
    Ok(())
}
