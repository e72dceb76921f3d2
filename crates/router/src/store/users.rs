//! The table of access users.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Db, StoreError, from_json, to_json};
use clawctl_wire::user::AccessUser;

/// A user as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct UserRecord {
    pub(crate) user: AccessUser,
    /// The groups that each rule gave, by the ids of the rules. Never shown: it tells them from
    /// those that somebody gave by hand.
    pub(crate) assignments: BTreeMap<String, Vec<String>>,
}

impl UserRecord {
    /// A user of whom nothing but the address is known.
    pub(crate) fn fresh(email: &str) -> Self {
        Self { user: AccessUser::with_defaults(email), assignments: BTreeMap::new() }
    }
}

const COLUMNS: &str =
    "email, tenant_id, enabled, group_names, content_retention_disabled, assignments";

pub(crate) fn find(db: &Db, email: &str) -> Result<Option<UserRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM access_users WHERE email = ?1");
    let found = db.query_row(&sql, [email], |row| Ok(read(row))).optional()?;
    found.transpose()
}

/// In byte order of their addresses.
pub(crate) fn all(db: &Db) -> Result<Vec<UserRecord>, StoreError> {
    let mut records = Vec::new();
    walk(db, "", |record| {
        records.push(record);
        Ok(true)
    })?;
    Ok(records)
}

/// Hands over each in that order, beginning behind one, for as long as more are wanted.
pub(crate) fn walk(
    db: &Db,
    after: &str,
    mut each: impl FnMut(UserRecord) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM access_users WHERE email > ?1 ORDER BY email");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([after])?;
    while let Some(row) = rows.next()? {
        if !each(read(row)?)? {
            break;
        }
    }
    Ok(())
}

pub(crate) fn put(db: &Db, record: &UserRecord, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO access_users (email, tenant_id, enabled, group_names,
                   content_retention_disabled, assignments, created_at_ms, updated_at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?7)
               ON CONFLICT (email) DO UPDATE SET
                   tenant_id = excluded.tenant_id, enabled = excluded.enabled,
                   group_names = excluded.group_names,
                   content_retention_disabled = excluded.content_retention_disabled,
                   assignments = excluded.assignments, updated_at_ms = excluded.updated_at_ms";
    let UserRecord { user, assignments } = record;
    db.execute(
        sql,
        params![
            user.email,
            user.tenant_id,
            user.enabled,
            to_json(&user.groups)?,
            user.content_retention_disabled,
            to_json(assignments)?,
            now.as_millisecond(),
        ],
    )?;
    Ok(())
}

/// Whether the contents of this principal's requests are not kept, whatever the policy says.
pub(crate) fn is_exempt(db: &Db, email: &str) -> Result<bool, StoreError> {
    let sql = "SELECT content_retention_disabled FROM access_users WHERE email = ?1";
    let found = db.prepare_cached(sql)?.query_row([email], |row| row.get(0)).optional()?;
    Ok(found.unwrap_or(false))
}

fn read(row: &Row<'_>) -> Result<UserRecord, StoreError> {
    let user = AccessUser {
        email: row.get("email")?,
        tenant_id: row.get("tenant_id")?,
        enabled: row.get("enabled")?,
        groups: from_json(&row.get::<_, String>("group_names")?, "access_users.group_names")?,
        content_retention_disabled: row.get("content_retention_disabled")?,
        ..AccessUser::with_defaults("")
    };
    let assignments = row.get::<_, String>("assignments")?;
    let assignments = from_json(&assignments, "access_users.assignments")?;
    Ok(UserRecord { user, assignments })
}
