//! A database with many keys.

use std::path::Path;

use crate::common::Failure;

/// Puts keys under the policy `team`, all in one transaction.
pub(crate) fn fill(database: &Path, keys: usize) -> Result<(), Failure> {
    let db = rusqlite::Connection::open(database)?;
    db.execute(
        "WITH RECURSIVE number (n) AS (SELECT 0 UNION ALL SELECT n + 1 FROM number WHERE n < ?1)
         INSERT INTO credentials (id, secret_sha256, policy_id, generation, enabled, principal_id,
                label, expires_at, revision, created_at_ms, updated_at_ms, last_used_at_ms)
         SELECT printf('key_%06d', n), printf('%064x', n), p.id, p.generation, n % 9 != 0,
                printf('user%d@example.com', n),
                iif(n % 2 = 0, printf('laptop of user %d', n), NULL),
                iif(n % 3 = 0, '2027-02-18T12:00:00Z', NULL), 1, 1795176000123, 1795176000123,
                iif(n % 4 = 0, 1795253400500, NULL)
         FROM number, policies p WHERE p.id = 'team'",
        [i64::try_from(keys)? - 1],
    )?;
    Ok(())
}
