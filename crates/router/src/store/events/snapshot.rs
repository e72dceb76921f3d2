//! What the contract's usage answers say: sums over thirty days, and the newest events.

use jiff::Timestamp;
use rusqlite::{Params, params};
use serde_json::Value;

use super::sums::{next_start, start};
use super::{DAY_MS, HOUR_MS, row, sum};
use crate::cause::Cause;
use crate::store::{Db, StoreError, unsigned};
use clawctl_wire::money::Micros;
use clawctl_wire::usage::{
    DailyUsage, EVENTS_MAX, ProviderUsage, UsageSnapshot, UsageSummary, WINDOW_DAYS,
};

/// The word that a usage snapshot carries for where it was read.
const LEDGER: &str = "durable_object_sharded";

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

/// The sums and the newest events of thirty days that end now; by day, of thirty UTC days, today
/// included.
pub(crate) fn snapshot(
    db: &Db,
    whose: Whose<'_>,
    now: Timestamp,
) -> Result<UsageSnapshot, StoreError> {
    let days = i64::from(WINDOW_DAYS);
    let since = now.as_millisecond() - days * DAY_MS;
    let first_day = start(now.as_millisecond(), DAY_MS) - (days - 1) * DAY_MS;
    let (tenant, policy) = match whose {
        Whose::Everyone => (None, None),
        Whose::Policy { tenant, policy } => (Some(tenant), Some(policy)),
    };
    let providers = by_provider(
        db,
        params![since, tenant, policy, next_start(since, HOUR_MS), next_start(since, DAY_MS),],
    )?;
    Ok(UsageSnapshot {
        ledger: LEDGER.to_owned(),
        summary: summary(&providers),
        providers: providers.into_iter().map(|(usage, ..)| usage).collect(),
        daily: Some(by_day(db, params![first_day, tenant, policy])?),
        events: newest(db, since, whose)?,
    })
}

/// With the tokens that only the summary tells apart, those read and those written.
type Counted = (ProviderUsage, u64, u64);

/// From whole days, the whole hours before the first of them, and the events before those.
fn by_provider(db: &Db, params: impl Params) -> Result<Vec<Counted>, StoreError> {
    let sql = format!(
        "WITH parts AS (
             SELECT policy_id, tenant_id, provider, requests, successes, input_tokens,
                    output_tokens, total_tokens, cost_micros
             FROM usage_sums WHERE span_ms = {DAY_MS} AND start_ms >= ?5
             UNION ALL
             SELECT policy_id, tenant_id, provider, requests, successes, input_tokens,
                    output_tokens, total_tokens, cost_micros
             FROM usage_sums WHERE span_ms = {HOUR_MS} AND start_ms >= ?4 AND start_ms < ?5
             UNION ALL
             SELECT policy_id, tenant_id, provider, 1, status = 'success', input_tokens,
                    output_tokens, total_tokens, actual_cost_micros
             FROM usage_events WHERE occurred_at_ms >= ?1 AND occurred_at_ms < ?4)
         SELECT provider, sum(requests), sum(successes), {}, {}, {}, {}
         FROM parts
         WHERE (?2 IS NULL OR tenant_id = ?2) AND (?3 IS NULL OR policy_id = ?3)
         GROUP BY provider ORDER BY 2 DESC, 1",
        sum("total_tokens"),
        sum("cost_micros"),
        sum("input_tokens"),
        sum("output_tokens"),
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params, |row| {
        let number = |column| row.get::<_, Option<i64>>(column).map(|n| unsigned(n.unwrap_or(0)));
        let (requests, successes) = (number(1)?, number(2)?);
        let usage = ProviderUsage {
            provider: row.get(0)?,
            request_count: requests,
            success_count: successes,
            error_count: requests.saturating_sub(successes),
            total_tokens: number(3)?,
            actual_cost_micros: Micros(number(4)?),
            unpriced_request_count: None,
        };
        Ok((usage, number(5)?, number(6)?))
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn summary(providers: &[Counted]) -> UsageSummary {
    let mut summary = UsageSummary::default();
    for (usage, input_tokens, output_tokens) in providers {
        summary.request_count += usage.request_count;
        summary.success_count += usage.success_count;
        summary.error_count += usage.error_count;
        summary.input_tokens += input_tokens;
        summary.output_tokens += output_tokens;
        summary.total_tokens += usage.total_tokens;
        summary.actual_cost_micros.0 += usage.actual_cost_micros.0;
    }
    summary
}

fn by_day(db: &Db, params: impl Params) -> Result<Vec<DailyUsage>, StoreError> {
    let sql = format!(
        "SELECT start_ms, sum(requests), sum(successes), {}, {}
         FROM usage_sums WHERE span_ms = {DAY_MS} AND start_ms >= ?1
             AND (?2 IS NULL OR tenant_id = ?2) AND (?3 IS NULL OR policy_id = ?3)
         GROUP BY start_ms ORDER BY start_ms",
        sum("total_tokens"),
        sum("cost_micros"),
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params, |row| {
        let (requests, successes) = (unsigned(row.get(1)?), unsigned(row.get(2)?));
        Ok(DailyUsage {
            day_start_ms: row.get(0)?,
            request_count: requests,
            success_count: successes,
            error_count: requests.saturating_sub(successes),
            total_tokens: unsigned(row.get(3)?),
            actual_cost_micros: Micros(unsigned(row.get(4)?)),
            unpriced_request_count: None,
        })
    })?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn newest(db: &Db, since: i64, whose: Whose<'_>) -> Result<Vec<Value>, StoreError> {
    // Each in the order of an index, so that no more rows are read than are returned.
    let order = format!("ORDER BY occurred_at_ms DESC, seq DESC LIMIT {EVENTS_MAX}");
    let select = row::select();
    match whose {
        Whose::Everyone => {
            let sql = format!("{select} WHERE occurred_at_ms >= ?1 {order}");
            shown(db, &sql, params![since])
        }
        Whose::Policy { tenant, policy } => {
            let sql = format!(
                "{select} WHERE policy_id = ?2 AND occurred_at_ms >= ?1 AND tenant_id = ?3 {order}"
            );
            shown(db, &sql, params![since, policy, tenant])
        }
    }
}

fn shown(db: &Db, sql: &str, params: impl Params) -> Result<Vec<Value>, StoreError> {
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query(params)?;
    let mut events = Vec::new();
    while let Some(row) = rows.next()? {
        let event = serde_json::to_value(row::read(row)?);
        events.push(event.map_err(|error| StoreError::Other(Cause::of(error)))?);
    }
    Ok(events)
}
