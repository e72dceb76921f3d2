//! The table of credentials.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Db, StoreError, instant, signed, unsigned};
use clawctl_wire::credential::Credential;

/// A credential as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct CredentialRecord {
    pub(crate) id: String,
    pub(crate) secret_sha256: String,
    pub(crate) policy_id: String,
    /// The policy's, when this was written.
    pub(crate) generation: String,
    pub(crate) enabled: bool,
    pub(crate) principal_id: Option<String>,
    pub(crate) label: Option<String>,
    pub(crate) expires_at: Option<Timestamp>,
    pub(crate) revision: u64,
    pub(crate) created_at: Timestamp,
    pub(crate) last_used_at: Option<Timestamp>,
}

/// What matters of the policy that a credential is under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct PolicyState {
    pub(crate) enabled: bool,
    pub(crate) generation: String,
}

impl CredentialRecord {
    pub(crate) fn is_expired(&self, now: Timestamp) -> bool {
        self.expires_at.is_some_and(|end| end <= now)
    }

    /// As the admin API shows it.
    pub(crate) fn shown(&self, policy: Option<&PolicyState>, now: Timestamp) -> Credential {
        let policy_enabled = policy.is_some_and(|policy| policy.enabled);
        let generation_matches = policy.is_some_and(|policy| policy.generation == self.generation);
        Credential {
            credential_id: self.id.clone(),
            policy_id: self.policy_id.clone(),
            enabled: self.enabled,
            policy_enabled,
            generation_matches,
            principal_enabled: None,
            active: self.enabled && policy_enabled && generation_matches && !self.is_expired(now),
            principal_id: self.principal_id.clone(),
            label: self.label.clone(),
            expires_at: self.expires_at,
            created_at: Some(self.created_at),
            last_used_at: self.last_used_at,
            unknown: serde_json::Map::new(),
        }
    }
}

const COLUMNS: &str = "c.id, c.secret_sha256, c.policy_id, c.generation, c.enabled, \
                       c.principal_id, c.label, c.expires_at, c.revision, c.created_at_ms, \
                       c.last_used_at_ms";

/// How many those are; what else is selected stands behind them.
const COLUMN_COUNT: usize = 11;

pub(crate) fn find(db: &Db, id: &str) -> Result<Option<CredentialRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM credentials c WHERE c.id = ?1");
    let found = db.query_row(&sql, [id], |row| Ok(read(row))).optional()?;
    found.transpose()
}

/// Hands over each, in byte order of their ids and beginning behind one, with the state of its
/// policy, for as long as more are wanted.
pub(crate) fn walk(
    db: &Db,
    after: &str,
    mut each: impl FnMut(CredentialRecord, Option<PolicyState>) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let sql = format!(
        "SELECT {COLUMNS}, p.enabled, p.generation
         FROM credentials c LEFT JOIN policies p ON p.id = c.policy_id
         WHERE c.id > ?1 ORDER BY c.id"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([after])?;
    while let Some(row) = rows.next()? {
        let enabled: Option<bool> = row.get(COLUMN_COUNT)?;
        let generation: Option<String> = row.get(COLUMN_COUNT + 1)?;
        let policy = enabled
            .zip(generation)
            .map(|(enabled, generation)| PolicyState { enabled, generation });
        if !each(read(row)?, policy)? {
            break;
        }
    }
    Ok(())
}

pub(crate) fn put(db: &Db, record: &CredentialRecord, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO credentials (id, secret_sha256, policy_id, generation, enabled,
                   principal_id, label, expires_at, revision, created_at_ms, updated_at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
               ON CONFLICT (id) DO UPDATE SET
                   secret_sha256 = excluded.secret_sha256, policy_id = excluded.policy_id,
                   generation = excluded.generation, enabled = excluded.enabled,
                   principal_id = excluded.principal_id, label = excluded.label,
                   expires_at = excluded.expires_at, revision = excluded.revision,
                   updated_at_ms = excluded.updated_at_ms";
    db.execute(
        sql,
        params![
            record.id,
            record.secret_sha256,
            record.policy_id,
            record.generation,
            record.enabled,
            record.principal_id,
            record.label,
            record.expires_at.map(|end| end.to_string()),
            signed(record.revision),
            record.created_at.as_millisecond(),
            now.as_millisecond(),
        ],
    )?;
    Ok(())
}

/// Switches a credential off. It touches nothing else, so that it works whatever state the rest is
/// in.
pub(crate) fn disable(db: &Db, id: &str, revision: u64, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE credentials SET enabled = 0, revision = ?2, updated_at_ms = ?3 WHERE id = ?1";
    db.execute(sql, params![id, signed(revision), now.as_millisecond()])?;
    Ok(())
}

/// Notes a use. It is no change of the credential: its revision stays.
pub(crate) fn touch(db: &Db, id: &str, now: Timestamp) -> Result<(), StoreError> {
    let sql = "UPDATE credentials SET last_used_at_ms = ?2 WHERE id = ?1";
    db.execute(sql, params![id, now.as_millisecond()])?;
    Ok(())
}

/// The names under which the keys of a policy are counted apart: each principal once, and the id
/// of each key that has none.
pub(crate) fn principals(db: &Db, policy_id: &str) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT DISTINCT coalesce(principal_id, id) FROM credentials
               WHERE policy_id = ?1 ORDER BY 1";
    let mut statement = db.prepare(sql)?;
    let names = statement.query_map([policy_id], |row| row.get(0))?;
    Ok(names.collect::<Result<_, _>>()?)
}

/// By position, because a look-up of a column by its name compares with all before it, and a list
/// can have very many rows.
fn read(row: &Row<'_>) -> Result<CredentialRecord, StoreError> {
    let expires_at: Option<String> = row.get(7)?;
    let last_used_at: Option<i64> = row.get(10)?;
    Ok(CredentialRecord {
        id: row.get(0)?,
        secret_sha256: row.get(1)?,
        policy_id: row.get(2)?,
        generation: row.get(3)?,
        enabled: row.get(4)?,
        principal_id: row.get(5)?,
        label: row.get(6)?,
        expires_at: expires_at.map(|text| text.parse()).transpose().map_err(
            |error: jiff::Error| {
                StoreError::Damaged(format!("credentials.expires_at: {error}").into())
            },
        )?,
        revision: unsigned(row.get(8)?),
        created_at: instant(row.get(9)?)?,
        last_used_at: last_used_at.map(instant).transpose()?,
    })
}
