//! Sums over the events of each UTC day and each hour.

use std::collections::BTreeMap;

use rusqlite::params;

use super::row::counted;
use super::{DAY_MS, HOUR_MS};
use crate::router::store::{Db, StoreError, signed};
use crate::wire::money::MICROS_MAX;
use crate::wire::usage_event::{EventStatus, UsageEvent};

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

#[derive(Default)]
struct Sum {
    requests: u64,
    successes: u64,
    input_tokens: u64,
    output_tokens: u64,
    total_tokens: u64,
    cost_micros: u64,
}

impl Sums {
    pub(super) fn count(&mut self, event: &UsageEvent) {
        let group = Group {
            hour_ms: start(event.occurred_at_ms, HOUR_MS),
            policy: event.policy_id.clone(),
            tenant: event.tenant_id.clone(),
            provider: event.provider.clone(),
        };
        let sum = self.sums.entry(group).or_default();
        let add = |to: &mut u64, more: u64| *to = to.saturating_add(more).min(SUM_MAX);
        add(&mut sum.requests, 1);
        add(&mut sum.successes, u64::from(event.status == EventStatus::Success));
        add(&mut sum.input_tokens, counted(event.input_tokens));
        add(&mut sum.output_tokens, counted(event.output_tokens));
        add(&mut sum.total_tokens, counted(event.total_tokens));
        add(&mut sum.cost_micros, event.actual_cost_micros.0);
    }

    pub(super) fn write(&self, db: &Db) -> Result<(), StoreError> {
        let sql = "INSERT INTO usage_sums (span_ms, start_ms, policy_id, tenant_id, provider,
                       requests, successes, input_tokens, output_tokens, total_tokens, cost_micros)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11)
                   ON CONFLICT DO UPDATE SET
                       requests = min(requests + excluded.requests, ?12),
                       successes = min(successes + excluded.successes, ?12),
                       input_tokens = min(input_tokens + excluded.input_tokens, ?12),
                       output_tokens = min(output_tokens + excluded.output_tokens, ?12),
                       total_tokens = min(total_tokens + excluded.total_tokens, ?12),
                       cost_micros = min(cost_micros + excluded.cost_micros, ?12)";
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
                    signed(sum.cost_micros),
                    signed(SUM_MAX),
                ])?;
            }
        }
        Ok(())
    }
}

/// The beginning of the day or the hour that an instant is in.
pub(super) fn start(ms: i64, span_ms: i64) -> i64 {
    ms - ms.rem_euclid(span_ms)
}
