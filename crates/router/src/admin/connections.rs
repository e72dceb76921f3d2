//! Provider connections: the switch, the label and the budget of a whole provider.

use super::fields::Fields;
use super::target::decode;
use crate::exchange::Exchange;
use crate::manifest::Manifest;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::connections::{self, ConnectionRecord};
use crate::store::{Db, StoreError};
use crate::{budget, providers};
use clawctl_wire::connection::{Connection, ConnectionList};
use clawctl_wire::error::code;

pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let connections = exchange.core.store.read(|db| {
        let state = providers::State::read(db)?;
        rows(exchange, db, &state)
    })?;
    Reply::private(&ConnectionList { connections })
}

/// A row for each provider, with what its budget has left where it has one.
pub(super) fn rows(
    exchange: &Exchange<'_>,
    db: &Db,
    state: &providers::State,
) -> Result<Vec<Connection>, StoreError> {
    let mut rows = Vec::new();
    for manifest in exchange.core.manifests() {
        let provider = &manifest.provider;
        let mut row = shown(manifest, state.connections.get(&provider.id));
        if let Some(limit) = row.budget() {
            let spent = budget::provider_spent(db, &provider.id, exchange.now)?;
            row.spent_micros = Some(spent);
            row.remaining_micros = Some(limit.saturating_sub(spent));
        }
        rows.push(row);
    }
    Ok(rows)
}

pub(super) fn put(exchange: &Exchange<'_>, encoded: &str) -> Result<Reply, Refusal> {
    let decoded = decode(encoded)?;
    let Some(manifest) = exchange.core.manifests().get(&decoded) else {
        let message = format!("there is no provider `{}`", decoded.escape_debug());
        return Err(Refusal::missing(code::UNKNOWN_PROVIDER, message));
    };
    let id = &manifest.provider.id;
    let body = exchange.json()?;
    let fields = Fields::of(&body, code::INVALID_PROVIDER_CONNECTION)?;
    let enabled = fields.boolean("enabled")?.unwrap_or(true);
    let label = fields.clearable("label")?.flatten();
    let budget = fields.micros("monthlyBudgetMicros")?;
    let record = exchange.core.store.write(|db| {
        let present = connections::find(db, id)?;
        let kept = present.as_ref().and_then(|record| record.monthly_budget);
        let monthly_budget = budget.unwrap_or(kept);
        let record = ConnectionRecord { enabled, label, monthly_budget };
        if present.as_ref() != Some(&record) {
            connections::put(db, id, &record, exchange.now)?;
        }
        Ok::<_, Refusal>(record)
    })?;
    Reply::private(&shown(manifest, Some(&record)))
}

fn shown(manifest: &Manifest, record: Option<&ConnectionRecord>) -> Connection {
    Connection {
        provider_id: manifest.provider.id.clone(),
        enabled: manifest.is_on(record.map(|record| record.enabled)),
        label: record.and_then(|record| record.label.clone()),
        monthly_budget_micros: record.map(|record| record.monthly_budget),
        spent_micros: None,
        remaining_micros: None,
        unknown: serde_json::Map::new(),
    }
}
