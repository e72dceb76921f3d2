//! The table of policy bindings.

use jiff::Timestamp;
use rusqlite::{Params, Row, params};

use super::{Db, StoreError, signed, unsigned};
use clawctl_wire::binding::{Binding, PrincipalType};

const COLUMNS: &str = "principal_type, principal_id, policy_id, enabled, priority";

/// As the contract orders them.
const ORDER: &str = "ORDER BY priority, principal_type, principal_id, policy_id";

pub(crate) fn all(db: &Db) -> Result<Vec<Binding>, StoreError> {
    select(db, "", [])
}

/// The bindings of one person or one group.
pub(crate) fn of(
    db: &Db,
    principal_type: &PrincipalType,
    principal_id: &str,
) -> Result<Vec<Binding>, StoreError> {
    let condition = "WHERE principal_type = ?1 AND principal_id = ?2";
    select(db, condition, params![principal_type.as_str(), principal_id])
}

pub(crate) fn put(db: &Db, binding: &Binding, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO policy_bindings (principal_type, principal_id, policy_id, enabled,
                   priority, updated_at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6)
               ON CONFLICT (principal_type, principal_id, policy_id) DO UPDATE SET
                   enabled = excluded.enabled, priority = excluded.priority,
                   updated_at_ms = excluded.updated_at_ms
               WHERE enabled <> excluded.enabled OR priority <> excluded.priority";
    db.execute(
        sql,
        params![
            binding.principal_type.as_str(),
            binding.principal_id,
            binding.policy_id,
            binding.enabled,
            signed(binding.priority),
            now.as_millisecond(),
        ],
    )?;
    Ok(())
}

/// The people to whom a policy is bound, by their address or through one of their groups. Whether
/// they may sign in does not matter here.
pub(crate) fn people(db: &Db, policy_id: &str) -> Result<Vec<String>, StoreError> {
    let sql = "SELECT principal_id FROM policy_bindings
               WHERE policy_id = ?1 AND enabled AND principal_type = 'user'
               UNION
               SELECT u.email FROM policy_bindings b
               JOIN access_users u
               JOIN json_each(u.group_names) g ON g.value = b.principal_id
               WHERE b.policy_id = ?1 AND b.enabled AND b.principal_type = 'group'";
    let mut statement = db.prepare_cached(sql)?;
    let people = statement.query_map([policy_id], |row| row.get(0))?;
    Ok(people.collect::<Result<_, _>>()?)
}

fn select(db: &Db, condition: &str, values: impl Params) -> Result<Vec<Binding>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM policy_bindings {condition} {ORDER}");
    let mut statement = db.prepare(&sql)?;
    let bindings = statement.query_map(values, read)?;
    Ok(bindings.collect::<Result<_, _>>()?)
}

fn read(row: &Row<'_>) -> Result<Binding, rusqlite::Error> {
    Ok(Binding {
        principal_type: PrincipalType::from(row.get::<_, String>("principal_type")?.as_str()),
        principal_id: row.get("principal_id")?,
        policy_id: row.get("policy_id")?,
        enabled: row.get("enabled")?,
        priority: unsigned(row.get("priority")?),
        unknown: serde_json::Map::new(),
    })
}
