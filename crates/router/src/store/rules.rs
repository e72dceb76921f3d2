//! The table of assignment rules.

use jiff::Timestamp;
use rusqlite::{OptionalExtension as _, Row, params};

use super::{Db, StoreError, from_json, instant, signed, to_json, unsigned};
use clawctl_wire::rule::{Rule, RuleKind};

const COLUMNS: &str = "id, enabled, kind, subject, group_names, policy_ids, priority, \
                       revoke_on_loss, provenance, created_at_ms, updated_at_ms";

pub(crate) fn find(db: &Db, id: &str) -> Result<Option<Rule>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM assignment_rules WHERE id = ?1");
    let found = db.query_row(&sql, [id], |row| Ok(read(row))).optional()?;
    found.transpose()
}

/// In the order in which they apply.
pub(crate) fn all(db: &Db) -> Result<Vec<Rule>, StoreError> {
    let sql = format!("SELECT {COLUMNS} FROM assignment_rules ORDER BY priority, id");
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query([])?;
    let mut rules = Vec::new();
    while let Some(row) = rows.next()? {
        rules.push(read(row)?);
    }
    Ok(rules)
}

/// Writes a rule. When it was made and changed is the table's affair, not the rule's.
pub(crate) fn put(db: &Db, rule: &Rule, now: Timestamp) -> Result<(), StoreError> {
    let sql = "INSERT INTO assignment_rules (id, enabled, kind, subject, group_names, policy_ids,
                   priority, revoke_on_loss, provenance, created_at_ms, updated_at_ms)
               VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?10)
               ON CONFLICT (id) DO UPDATE SET
                   enabled = excluded.enabled, kind = excluded.kind, subject = excluded.subject,
                   group_names = excluded.group_names, policy_ids = excluded.policy_ids,
                   priority = excluded.priority, revoke_on_loss = excluded.revoke_on_loss,
                   provenance = excluded.provenance, updated_at_ms = excluded.updated_at_ms";
    db.execute(
        sql,
        params![
            rule.rule_id,
            rule.enabled,
            rule.kind.as_str(),
            rule.subject,
            to_json(&rule.groups)?,
            to_json(&rule.policy_ids)?,
            signed(rule.priority),
            rule.revoke_on_loss,
            rule.provenance,
            now.as_millisecond(),
        ],
    )?;
    Ok(())
}

fn read(row: &Row<'_>) -> Result<Rule, StoreError> {
    let id: String = row.get("id")?;
    let kind = RuleKind::from(row.get::<_, String>("kind")?.as_str());
    let list = |column: &str| {
        from_json(&row.get::<_, String>(column)?, &format!("assignment_rules.{column}"))
    };
    let time = |column| Ok::<_, StoreError>(format!("{:.3}", instant(row.get(column)?)?));
    Ok(Rule {
        enabled: row.get("enabled")?,
        groups: list("group_names")?,
        policy_ids: list("policy_ids")?,
        priority: unsigned(row.get("priority")?),
        revoke_on_loss: row.get("revoke_on_loss")?,
        provenance: row.get("provenance")?,
        created_at: time("created_at_ms")?,
        updated_at: time("updated_at_ms")?,
        ..Rule::with_defaults(&id, kind, &row.get::<_, String>("subject")?)
    })
}
