//! Sums over the events of each UTC day and each hour.

use std::collections::BTreeMap;

use rusqlite::params;

use super::row::{costing, counted};
use super::{DAY_MS, HOUR_MS};
use crate::store::{Db, StoreError, signed};
use clawctl_wire::money::MICROS_MAX;
use clawctl_wire::usage_event::{EventStatus, UsageEvent};

/// Where a sum stops: the largest that JSON carries exactly.
const SUM_MAX: u64 = MICROS_MAX;

/// What a number of events sum up to, before it is added to what is stored.
#[derive(Default)]
pub(super) struct Sums {
    sums: BTreeMap<Group, Sum>,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Group {
    hour_ms: i64,
    policy: String,
    tenant: String,
    provider: String,
}

struct Sum {
    requests: u64,
    successes: u64,
    input_tokens: u64,
    output_tokens: u64,
    total_tokens: u64,
    cached_input_tokens: u64,
    cost_micros: u64,
    first_ms: i64,
    last_ms: i64,
}

impl Sums {
    pub(super) fn count(&mut self, event: &UsageEvent) {
        let group = Group {
            hour_ms: start(event.occurred_at_ms, HOUR_MS),
            policy: event.policy_id.clone(),
            tenant: event.tenant_id.clone(),
            provider: event.provider.clone(),
        };
        let at = event.occurred_at_ms;
        let sum = self.sums.entry(group).or_insert_with(|| Sum::at(at));
        let add = |to: &mut u64, more: u64| *to = to.saturating_add(more).min(SUM_MAX);
        add(&mut sum.requests, 1);
        add(&mut sum.successes, u64::from(event.status == EventStatus::Success));
        add(&mut sum.input_tokens, counted(event.input_tokens));
        add(&mut sum.output_tokens, counted(event.output_tokens));
        add(&mut sum.total_tokens, counted(event.total_tokens));
        add(&mut sum.cached_input_tokens, counted(event.cached_input_tokens));
        add(&mut sum.cost_micros, costing(event.actual_cost_micros));
        sum.first_ms = sum.first_ms.min(at);
        sum.last_ms = sum.last_ms.max(at);
    }

    pub(super) fn write(&self, db: &Db) -> Result<(), StoreError> {
        let sql = "INSERT INTO usage_sums (span_ms, start_ms, policy_id, tenant_id, provider,
                       requests, successes, input_tokens, output_tokens, total_tokens,
                       cached_input_tokens, cost_micros, first_ms, last_ms)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14)
                   ON CONFLICT DO UPDATE SET
                       requests = min(requests + excluded.requests, ?15),
                       successes = min(successes + excluded.successes, ?15),
                       input_tokens = min(input_tokens + excluded.input_tokens, ?15),
                       output_tokens = min(output_tokens + excluded.output_tokens, ?15),
                       total_tokens = min(total_tokens + excluded.total_tokens, ?15),
                       cached_input_tokens =
                           min(cached_input_tokens + excluded.cached_input_tokens, ?15),
                       cost_micros = min(cost_micros + excluded.cost_micros, ?15),
                       first_ms = min(first_ms, excluded.first_ms),
                       last_ms = max(last_ms, excluded.last_ms)";
        let mut statement = db.prepare_cached(sql)?;
        for (group, sum) in &self.sums {
            for span_ms in [DAY_MS, HOUR_MS] {
                statement.execute(params![
                    span_ms,
                    start(group.hour_ms, span_ms),
                    group.policy,
                    group.tenant,
                    group.provider,
                    signed(sum.requests),
                    signed(sum.successes),
                    signed(sum.input_tokens),
                    signed(sum.output_tokens),
                    signed(sum.total_tokens),
                    signed(sum.cached_input_tokens),
                    signed(sum.cost_micros),
                    sum.first_ms,
                    sum.last_ms,
                    signed(SUM_MAX),
                ])?;
            }
        }
        Ok(())
    }
}

impl Sum {
    /// Of nothing yet, for events from this instant on and up to it.
    fn at(ms: i64) -> Self {
        Self {
            requests: 0,
            successes: 0,
            input_tokens: 0,
            output_tokens: 0,
            total_tokens: 0,
            cached_input_tokens: 0,
            cost_micros: 0,
            first_ms: ms,
            last_ms: ms,
        }
    }
}

/// The beginning of the day or the hour that an instant is in.
pub(super) fn start(ms: i64, span_ms: i64) -> i64 {
    ms - ms.rem_euclid(span_ms)
}

/// Where the first whole one begins at an instant or after it.
pub(super) fn next_start(ms: i64, span_ms: i64) -> i64 {
    start(ms.saturating_add(span_ms - 1), span_ms)
}
