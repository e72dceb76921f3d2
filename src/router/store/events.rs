//! Usage events, and what they sum up to.

use jiff::Timestamp;
use rusqlite::{Params, params};
use serde_json::Value;

use super::{Db, StoreError, from_json, to_json, unsigned};
use crate::wire::money::Micros;
use crate::wire::usage::{
    DailyUsage, EVENTS_MAX, ProviderUsage, UsageSnapshot, UsageSummary, WINDOW_DAYS,
};

/// The word that a usage snapshot carries for where it was read.
const LEDGER: &str = "durable_object_sharded";

const DAY_MS: i64 = 86_400_000;

/// Whose events are meant.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Whose<'a> {
    Everyone,
    /// Those of one policy, as long as it belonged to this tenant.
    Policy {
        tenant: &'a str,
        policy: &'a str,
    },
}

/// Keeps an event, once: an id that is there already changes nothing.
pub(crate) fn insert(db: &Db, event: &Value) -> Result<(), StoreError> {
    let text = |name: &str| event.get(name).and_then(Value::as_str).unwrap_or("");
    let number = |name: &str| event.get(name).and_then(Value::as_i64).unwrap_or(0).max(0);
    let occurred_at_ms = number("occurred_at_ms");
    let (tenant, policy) = (text("tenant_id"), text("policy_id"));
    let sql = "INSERT OR IGNORE INTO usage_events
                   (id, occurred_at_ms, tenant_id, policy_id, event)
               VALUES (?1, ?2, ?3, ?4, ?5)";
    let id = text("id");
    if db.execute(sql, params![id, occurred_at_ms, tenant, policy, to_json(event)?])? == 0 {
        return Ok(());
    }
    let sql = "INSERT INTO usage_days (day_start_ms, tenant_id, policy_id, provider, requests,
                   successes, input_tokens, output_tokens, total_tokens, cost_micros)
               VALUES (?1, ?2, ?3, ?4, 1, ?5, ?6, ?7, ?8, ?9)
               ON CONFLICT DO UPDATE SET
                   requests = requests + 1,
                   successes = successes + excluded.successes,
                   input_tokens = input_tokens + excluded.input_tokens,
                   output_tokens = output_tokens + excluded.output_tokens,
                   total_tokens = total_tokens + excluded.total_tokens,
                   cost_micros = cost_micros + excluded.cost_micros";
    db.execute(
        sql,
        params![
            day_start(occurred_at_ms),
            tenant,
            policy,
            text("provider"),
            text("status") == "success",
            number("input_tokens"),
            number("output_tokens"),
            number("total_tokens"),
            number("actual_cost_micros"),
        ],
    )?;
    Ok(())
}

/// The sums over thirty UTC days, today included, and the newest events of that time.
pub(crate) fn snapshot(
    db: &Db,
    whose: Whose<'_>,
    now: Timestamp,
) -> Result<UsageSnapshot, StoreError> {
    let today = day_start(now.as_millisecond());
    let since = today - i64::from(WINDOW_DAYS - 1) * DAY_MS;
    match whose {
        Whose::Everyone => read(db, "", params![since]),
        Whose::Policy { tenant, policy } => {
            let filter = "AND tenant_id = ?2 AND policy_id = ?3";
            read(db, filter, params![since, tenant, policy])
        }
    }
}

fn day_start(ms: i64) -> i64 {
    ms - ms.rem_euclid(DAY_MS)
}

fn read(db: &Db, filter: &str, params: impl Params + Copy) -> Result<UsageSnapshot, StoreError> {
    Ok(UsageSnapshot {
        ledger: LEDGER.to_owned(),
        summary: summary(db, filter, params)?,
        providers: by_provider(db, filter, params)?,
        daily: Some(by_day(db, filter, params)?),
        events: newest(db, filter, params)?,
    })
}

fn summary(db: &Db, filter: &str, params: impl Params) -> Result<UsageSummary, StoreError> {
    let sql = format!(
        "SELECT coalesce(sum(requests), 0), coalesce(sum(successes), 0),
                coalesce(sum(input_tokens), 0), coalesce(sum(output_tokens), 0),
                coalesce(sum(total_tokens), 0), coalesce(sum(cost_micros), 0)
         FROM usage_days WHERE day_start_ms >= ?1 {filter}"
    );
    Ok(db.query_row(&sql, params, |row| {
        let (requests, successes) = (unsigned(row.get(0)?), unsigned(row.get(1)?));
        Ok(UsageSummary {
            request_count: requests,
            success_count: successes,
            error_count: requests.saturating_sub(successes),
            input_tokens: unsigned(row.get(2)?),
            output_tokens: unsigned(row.get(3)?),
            total_tokens: unsigned(row.get(4)?),
            actual_cost_micros: Micros(unsigned(row.get(5)?)),
        })
    })?)
}

fn by_provider(
    db: &Db,
    filter: &str,
    params: impl Params,
) -> Result<Vec<ProviderUsage>, StoreError> {
    let sql = format!(
        "SELECT provider, sum(requests), sum(successes), sum(total_tokens), sum(cost_micros)
         FROM usage_days WHERE day_start_ms >= ?1 {filter}
         GROUP BY provider ORDER BY 2 DESC, 1"
    );
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map(params, |row| {
        let (requests, successes) = (unsigned(row.get(1)?), unsigned(row.get(2)?));
        Ok(ProviderUsage {
            provider: row.get(0)?,
            request_count: requests,
            success_count: successes,
            error_count: requests.saturating_sub(successes),
            total_tokens: unsigned(row.get(3)?),
            actual_cost_micros: Micros(unsigned(row.get(4)?)),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn by_day(db: &Db, filter: &str, params: impl Params) -> Result<Vec<DailyUsage>, StoreError> {
    let sql = format!(
        "SELECT day_start_ms, sum(requests), sum(successes), sum(total_tokens), sum(cost_micros)
         FROM usage_days WHERE day_start_ms >= ?1 {filter}
         GROUP BY day_start_ms ORDER BY day_start_ms"
    );
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map(params, |row| {
        let (requests, successes) = (unsigned(row.get(1)?), unsigned(row.get(2)?));
        Ok(DailyUsage {
            day_start_ms: row.get(0)?,
            request_count: requests,
            success_count: successes,
            error_count: requests.saturating_sub(successes),
            total_tokens: unsigned(row.get(3)?),
            actual_cost_micros: Micros(unsigned(row.get(4)?)),
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn newest(db: &Db, filter: &str, params: impl Params) -> Result<Vec<Value>, StoreError> {
    let sql = format!(
        "SELECT event FROM usage_events WHERE occurred_at_ms >= ?1 {filter}
         ORDER BY occurred_at_ms DESC, rowid DESC LIMIT {EVENTS_MAX}"
    );
    let mut statement = db.prepare(&sql)?;
    let mut rows = statement.query(params)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        events.push(from_json(&row.get::<_, String>(0)?, "usage_events.event")?);
    }
    Ok(events)
}
