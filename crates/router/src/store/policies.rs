//! The table of policies.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Db, StoreError, from_json, micros, signed, to_json, unsigned};
use clawctl_wire::policy::{BudgetScope, Policy};

/// A policy as it is stored.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct PolicyRecord {
    pub(crate) policy: Policy,
    /// Never shown: it tells the credentials of this incarnation from those of another.
    pub(crate) generation: String,
    /// Counts the writes that changed something.
    pub(crate) revision: u64,
}

const COLUMNS: &str = "id, generation, enabled, providers, tenant_id, token_role, \
                       monthly_budget_micros, request_cost_micros, budget_scope, \
                       retain_request_content, grant_routing, models, revision";

pub(crate) fn find(db: &Db, id: &str) -> Result<Option<PolicyRecord>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM policies WHERE id = ?1");
    let found = db.query_row(&sql, [id], |row| Ok(read(row))).optional()?;
    found.transpose()
}

/// In byte order of their ids.
pub(crate) fn all(db: &Db) -> Result<Vec<PolicyRecord>, StoreError> {
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
    mut each: impl FnMut(PolicyRecord) -> Result<bool, StoreError>,
) -> Result<(), StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM policies WHERE id > ?1 ORDER BY id");
    let mut statement = db.prepare_cached(&sql)?;
    let mut rows = statement.query([after])?;
    while let Some(row) = rows.next()? {
        if !each(read(row)?)? {
            break;
        }
    }
    Ok(())
}

pub(crate) fn put(db: &Db, record: &PolicyRecord, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO policies (id, generation, enabled, providers, tenant_id, token_role,
                   monthly_budget_micros, request_cost_micros, budget_scope,
                   retain_request_content, grant_routing, models, revision,
                   created_at_ms, updated_at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?14)
               ON CONFLICT (id) DO UPDATE SET
                   enabled = excluded.enabled, providers = excluded.providers,
                   tenant_id = excluded.tenant_id, token_role = excluded.token_role,
                   monthly_budget_micros = excluded.monthly_budget_micros,
                   request_cost_micros = excluded.request_cost_micros,
                   budget_scope = excluded.budget_scope,
                   retain_request_content = excluded.retain_request_content,
                   grant_routing = excluded.grant_routing, models = excluded.models,
                   revision = excluded.revision, updated_at_ms = excluded.updated_at_ms";
    let PolicyRecord { policy, generation, revision } = record;
    db.execute(
        sql,
        params![
            policy.policy_id,
            generation,
            policy.enabled,
            to_json(&policy.providers)?,
            policy.tenant_id,
            policy.token_role,
            policy.monthly_budget_micros.map(|micros| signed(micros.0)),
            policy.request_cost_micros.map(|micros| signed(micros.0)),
            policy.budget_scope.as_str(),
            policy.retain_request_content,
            to_json(&policy.grant_routing)?,
            policy.models.as_ref().map(to_json).transpose()?,
            signed(*revision),
            now.as_millisecond(),
        ],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<PolicyRecord, StoreError> {
    let models: Option<String> = row.get("models")?;
    let policy = Policy {
        policy_id: row.get("id")?,
        enabled: row.get("enabled")?,
        providers: from_json(&row.get::<_, String>("providers")?, "policies.providers")?,
        tenant_id: row.get("tenant_id")?,
        token_role: row.get("token_role")?,
        monthly_budget_micros: micros(row, "monthly_budget_micros")?,
        request_cost_micros: micros(row, "request_cost_micros")?,
        budget_scope: BudgetScope::from(row.get::<_, String>("budget_scope")?.as_str()),
        retain_request_content: row.get("retain_request_content")?,
        grant_routing: from_json(
            &row.get::<_, String>("grant_routing")?,
            "policies.grant_routing",
        )?,
        models: models.map(|text| from_json(&text, "policies.models")).transpose()?,
        unknown: serde_json::Map::new(),
    };
    Ok(PolicyRecord {
        policy,
        generation: row.get("generation")?,
        revision: unsigned(row.get("revision")?),
    })
}
