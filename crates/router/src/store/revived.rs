//! What an earlier state of a database lets in that the present one refuses.

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension as _, Row};
use serde::Serialize;

/// What a restore makes valid again. All of them are names, in byte order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Revived {
    /// Keys that were revoked, and are active in the backup.
    pub keys: Vec<String>,
    /// Keys whose secret was replaced since: the old one is valid, and the new one no longer.
    pub secrets: Vec<String>,
    /// Policies that were disabled, and are enabled in the backup.
    pub policies: Vec<String>,
    /// Providers that were disabled, and are enabled in the backup.
    pub providers: Vec<String>,
    /// Upstream grants that were disabled or revoked, and are enabled in the backup.
    pub grants: Vec<String>,
}

/// Names of the first schema version alone: a backup can be as old as that.
const KEY: &str = "SELECT c.id, c.enabled, c.secret_sha256, c.expires_at,
                          coalesce(p.enabled AND p.generation = c.generation, 0)
                   FROM credentials c LEFT JOIN policies p ON p.id = c.policy_id";

struct Key {
    id: String,
    is_enabled: bool,
    secret_sha256: String,
    expires_at: Option<String>,
    is_under_policy: bool,
}

impl Key {
    fn read(row: &Row<'_>) -> Result<Self, rusqlite::Error> {
        Ok(Self {
            id: row.get(0)?,
            is_enabled: row.get(1)?,
            secret_sha256: row.get(2)?,
            expires_at: row.get(3)?,
            is_under_policy: row.get(4)?,
        })
    }

    fn is_active(&self, now: Timestamp) -> bool {
        let end = self.expires_at.as_deref().map(str::parse::<Timestamp>);
        let has_ended = end.is_some_and(|end| end.is_ok_and(|end| end <= now));
        self.is_enabled && self.is_under_policy && !has_ended
    }
}

impl Revived {
    pub(super) fn between(
        present: &Connection,
        backup: &Connection,
        now: Timestamp,
    ) -> Result<Self, rusqlite::Error> {
        let mut revived = Self::default();
        let mut there = backup.prepare(&format!("{KEY} WHERE c.id = ?1"))?;
        let mut here = present.prepare(&format!("{KEY} ORDER BY c.id"))?;
        let mut rows = here.query([])?;
        while let Some(row) = rows.next()? {
            let here = Key::read(row)?;
            let there = there.query_row([&here.id], Key::read).optional()?;
            let Some(there) = there.filter(|key| key.is_active(now)) else { continue };
            if !here.is_enabled {
                revived.keys.push(here.id);
            } else if here.secret_sha256 != there.secret_sha256 {
                revived.secrets.push(here.id);
            }
        }
        revived.policies = enabled_again(present, backup, "policies", "id")?;
        revived.providers = enabled_again(present, backup, "connections", "provider_id")?;
        // A provider without a row is enabled.
        for provider in disabled(present, "connections", "provider_id")? {
            let sql = "SELECT 1 FROM connections WHERE provider_id = ?1";
            if !backup.prepare_cached(sql)?.exists([&provider])? {
                revived.providers.push(provider);
            }
        }
        revived.providers.sort_unstable();
        let has_grants = present.table_exists(None, "grants")?;
        if has_grants && backup.table_exists(None, "grants")? {
            let name = "scope || '/' || scope_id || '/' || token_ref";
            revived.grants = enabled_again(present, backup, "grants", name)?;
        }
        Ok(revived)
    }
}

fn enabled_again(
    present: &Connection,
    backup: &Connection,
    table: &str,
    name: &str,
) -> Result<Vec<String>, rusqlite::Error> {
    let sql = format!("SELECT 1 FROM {table} WHERE {name} = ?1 AND enabled = 1");
    let mut enabled = backup.prepare(&sql)?;
    let mut names = Vec::new();
    for name in disabled(present, table, name)? {
        if enabled.exists([&name])? {
            names.push(name);
        }
    }
    Ok(names)
}

fn disabled(db: &Connection, table: &str, name: &str) -> Result<Vec<String>, rusqlite::Error> {
    let sql = format!("SELECT {name} FROM {table} WHERE enabled = 0 ORDER BY 1");
    let mut statement = db.prepare(&sql)?;
    let names = statement.query_map([], |row| row.get(0))?;
    names.collect()
}
