//! Sums over the events that agree in what is asked for.

use rusqlite::types::Value;
use rusqlite::{Row, params_from_iter};

use super::HOUR_MS;
use super::filter::Conditions;
use super::sum;
use super::sums::{next_start, start};
use crate::store::{Db, StoreError, unsigned};
use clawctl_wire::money::Micros;
use clawctl_wire::usage_query::{UsageFilter, UsageGroup};

/// One thing to sum up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dimension {
    pub(crate) name: &'static str,
    sql: &'static str,
    /// Whether the sums of the hours tell it apart.
    is_summed: bool,
}

const fn summed(name: &'static str, sql: &'static str) -> Dimension {
    Dimension { name, sql, is_summed: true }
}

const fn single(name: &'static str, sql: &'static str) -> Dimension {
    Dimension { name, sql, is_summed: false }
}

const DIMENSIONS: [Dimension; 15] = [
    summed("day", "strftime('%Y-%m-%d', occurred_at_ms / 1000, 'unixepoch')"),
    summed("hour", "strftime('%Y-%m-%dT%H:00Z', occurred_at_ms / 1000, 'unixepoch')"),
    summed("month", "strftime('%Y-%m', occurred_at_ms / 1000, 'unixepoch')"),
    summed("tenant", "tenant_id"),
    summed("policy", "policy_id"),
    summed("provider", "provider"),
    single("credential", "credential_id"),
    single("principal", "principal_id"),
    single("model", "model"),
    single("capability", "capability"),
    single("project", "project_id"),
    single("session", "session_id"),
    single("agent", "agent_id"),
    single("client", "client"),
    single("status", "status"),
];

/// The columns that groups are made of, from single events.
const OF_EVENTS: &str = "SELECT *, 1 AS requests, status = 'success' AS successes, \
     actual_cost_micros AS cost_micros, occurred_at_ms AS first_ms, occurred_at_ms AS last_ms \
     FROM usage_events";

impl Dimension {
    pub(crate) fn named(name: &str) -> Option<Self> {
        DIMENSIONS.into_iter().find(|dimension| dimension.name == name)
    }
}

/// The dearest first. At most `limit` of them.
pub(crate) fn groups(
    db: &Db,
    filter: &UsageFilter,
    retained_since: i64,
    by: &[Dimension],
    limit: usize,
) -> Result<Vec<UsageGroup>, StoreError> {
    let (source, values) = if is_summed(filter) && by.iter().all(|by| by.is_summed) {
        of_hours(filter, retained_since)
    } else {
        let conditions = Conditions::of(filter, retained_since);
        (format!("{OF_EVENTS} WHERE {}", conditions.sql()), conditions.values)
    };
    let keys: String = by.iter().map(|by| format!("{}, ", by.sql)).collect();
    let places: Vec<_> = (1..=by.len()).map(|place| place.to_string()).collect();
    let group_by = if by.is_empty() { String::new() } else { places.join(", ") };
    let (group_by, then_by) = if by.is_empty() {
        // Of nothing at all there is one sum, but no group.
        ("HAVING count(*) > 0".to_owned(), String::new())
    } else {
        (format!("GROUP BY {group_by}"), format!(", {group_by}"))
    };
    let sql = format!(
        "SELECT {keys}sum(requests) AS request_count, sum(successes),
                {}, {}, {}, {}, {} AS cost, min(first_ms), max(last_ms)
         FROM ({source}) {group_by}
         ORDER BY cost DESC, request_count DESC{then_by} LIMIT {limit}",
        sum("input_tokens"),
        sum("output_tokens"),
        sum("total_tokens"),
        sum("cached_input_tokens"),
        sum("cost_micros"),
    );
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map(params_from_iter(values), |row| read(row, by))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

fn is_summed(filter: &UsageFilter) -> bool {
    let UsageFilter { since, until, tenant, policy, provider, .. } = filter.clone();
    *filter == UsageFilter { since, until, tenant, policy, provider, ..UsageFilter::default() }
}

/// The sums of whole hours, and the single events before the first and after the last of them.
fn of_hours(filter: &UsageFilter, retained_since: i64) -> (String, Vec<Value>) {
    const SINGLE: &str = "SELECT policy_id, tenant_id, provider, occurred_at_ms, requests, \
         successes, input_tokens, output_tokens, total_tokens, cached_input_tokens, cost_micros, \
         first_ms, last_ms FROM";
    let since = filter.since.unwrap_or(retained_since).max(retained_since);
    let first = next_start(since, HOUR_MS);
    let end = filter.until.map(|until| start(until, HOUR_MS).max(first));
    let hours =
        format!("(SELECT *, start_ms AS occurred_at_ms FROM usage_sums WHERE span_ms = {HOUR_MS})");
    let events = format!("({OF_EVENTS})");
    let until_first = Some(filter.until.map_or(first, |until| until.min(first)));
    let mut parts = vec![(&events, since, until_first), (&hours, first, end)];
    if let Some(end) = end {
        parts.push((&events, end, filter.until));
    }
    let (mut selects, mut values) = (Vec::new(), Vec::new());
    for (table, since, until) in parts {
        let mut conditions = Conditions::between(since, until);
        conditions.add_equalities(filter);
        selects.push(format!("{SINGLE} {table} WHERE {}", conditions.sql()));
        values.extend(conditions.values);
    }
    (selects.join(" UNION ALL "), values)
}

fn read(row: &Row<'_>, by: &[Dimension]) -> Result<UsageGroup, rusqlite::Error> {
    let mut group = UsageGroup::default();
    for (column, by) in by.iter().enumerate() {
        group.key.insert(by.name.to_owned(), row.get(column)?);
    }
    let number = |column: usize| row.get::<_, i64>(by.len() + column).map(unsigned);
    group.request_count = number(0)?;
    group.success_count = number(1)?;
    group.error_count = group.request_count.saturating_sub(group.success_count);
    group.input_tokens = number(2)?;
    group.output_tokens = number(3)?;
    group.total_tokens = number(4)?;
    group.cached_input_tokens = number(5)?;
    group.actual_cost_micros = Micros(number(6)?);
    group.first_ms = row.get(by.len() + 7)?;
    group.last_ms = row.get(by.len() + 8)?;
    Ok(group)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clawctl_wire::usage_query;

    #[test]
    fn every_dimension_of_the_wire_is_known() {
        let mut known = DIMENSIONS.map(|dimension| dimension.name);
        let mut named = usage_query::DIMENSIONS.to_vec();
        known.sort_unstable();
        named.sort_unstable();
        assert_eq!(known.as_slice(), named);
    }
}
