//! A database with many keys, and the least that lists them.

use std::io::{self, BufWriter, Write as _};
use std::path::Path;

use clawctl_wire::credential::Credential;
use jiff::Timestamp;
use serde_json::Map;

use crate::common::Failure;

/// Puts keys under the policy `team`, all in one transaction. Every tenth is the successor of the one
/// before.
pub(crate) fn fill(database: &Path, keys: usize) -> Result<(), Failure> {
    let db = rusqlite::Connection::open(database)?;
    db.execute(
        "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
         INSERT INTO credentials (id, secret_sha256, policy_id, generation, enabled, principal_id,
                label, expires_at, revision, created_at_ms, updated_at_ms, last_used_at_ms)
         SELECT iif(n % 10 = 9, printf('key_%06d_20261120T1200', n - 1), printf('key_%06d', n)),
                printf('%064x', n), p.id, p.generation, n % 9 != 0,
                printf('user%d@example.com', n),
                iif(n % 2 = 0, printf('laptop of user %d', n), NULL),
                iif(n % 3 = 0, '2027-02-18T12:00:00Z', NULL), 1, 1795176000123, 1795176000123,
                iif(n % 4 = 0, 1795253400500, NULL)
         FROM number, policies p WHERE p.id = 'team'",
        [i64::try_from(keys)? - 1],
    )?;
    Ok(())
}

/// Reads all keys and prints them as JSON lines.
pub(crate) fn read(database: &Path) -> Result<(), Failure> {
    let db = rusqlite::Connection::open(database)?;
    let mut statement = db.prepare(
        "SELECT c.id, policy_id, c.enabled, p.enabled, c.generation = p.generation, principal_id,
                label, expires_at, c.created_at_ms, last_used_at_ms
         FROM credentials c LEFT JOIN policies p ON p.id = policy_id ORDER BY c.id",
    )?;
    let mut rows = statement.query([])?;
    let mut out = BufWriter::with_capacity(64 * 1024, io::stdout());
    while let Some(row) = rows.next()? {
        let [enabled, policy_enabled, generation_matches] = [row.get(2)?, row.get(3)?, row.get(4)?];
        let end: Option<String> = row.get(7)?;
        let at = |column| -> Result<Option<Timestamp>, Failure> {
            let ms: Option<i64> = row.get(column)?;
            Ok(ms.map(Timestamp::from_millisecond).transpose()?)
        };
        let key = Credential {
            credential_id: row.get(0)?,
            policy_id: row.get(1)?,
            enabled,
            policy_enabled,
            generation_matches,
            principal_enabled: None,
            active: enabled && policy_enabled && generation_matches,
            principal_id: row.get(5)?,
            label: row.get(6)?,
            expires_at: end.map(|text| text.parse()).transpose()?,
            created_at: at(8)?,
            last_used_at: at(9)?,
            unknown: Map::new(),
        };
        serde_json::to_writer(&mut out, &key)?;
        out.write_all(b"\n")?;
    }
    Ok(out.flush()?)
}
