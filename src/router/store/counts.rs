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
