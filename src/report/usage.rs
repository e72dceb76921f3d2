//! What was used in the router's window, each figure with its coverage.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::budget::{self, BudgetRow};
use super::coverage::{Coverage, Interval, Part};
use crate::wire::connection::Connection;
use crate::wire::money::Micros;
use crate::wire::usage::{
    AdminUsage, DailyUsage, KeyUsage, ProviderUsage, UsageSnapshot, UsageSummary,
};

/// Whose usage a report is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Whose {
    AllPolicies,
    /// One policy, as far as an admin can see it.
    Policy,
    /// One policy, as the holder of a key sees it.
    KeyPolicy,
}

/// The last thirty days.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UsageReport {
    pub whose: Whose,
    pub policy_id: Option<String>,
    /// The rolling window of the sums.
    pub window: Interval,
    /// The UTC days of the daily figures.
    pub days: Interval,
    pub summary: Part<UsageSummary>,
    pub providers: Part<Vec<ProviderUsage>>,
    pub daily: Part<Vec<DailyUsage>>,
    pub events: Coverage,
    pub budgets: Vec<BudgetRow>,
}

const NO_DAYS: &str = "the router did not give the days";
const DAYS_OF_ALL: &str = "the router gives days over all policies only";

pub fn of_all(usage: &AdminUsage, connections: &[Connection], now: Timestamp) -> UsageReport {
    let budgets = budget::rows(usage, connections, now);
    of_snapshot(&usage.usage, Whose::AllPolicies, None, budgets, now)
}

pub fn of_key(usage: &KeyUsage, now: Timestamp) -> UsageReport {
    let budgets = vec![budget::key_row(&usage.policy_id, &usage.budget, now)];
    let policy = Some(usage.policy_id.clone());
    of_snapshot(&usage.usage, Whose::KeyPolicy, policy, budgets, now)
}

fn of_snapshot(
    usage: &UsageSnapshot,
    whose: Whose,
    policy_id: Option<String>,
    budgets: Vec<BudgetRow>,
    now: Timestamp,
) -> UsageReport {
    UsageReport {
        whose,
        policy_id,
        window: Interval::rolling(now),
        days: Interval::days(now),
        summary: Part::complete(usage.summary.clone()),
        providers: Part::complete(usage.providers.clone()),
        daily: match &usage.daily {
            Some(days) => Part::complete(days.clone()),
            None => Part::unavailable(NO_DAYS),
        },
        events: Coverage::of_events(usage.events.len() as u64, usage.summary.request_count),
        budgets,
    }
}

/// One policy, without a key of it. The router sums over all policies, so only the events that it
/// still returns can be told apart: all of them while they are few, else a sample.
pub fn of_policy(usage: &AdminUsage, policy_id: &str, now: Timestamp) -> UsageReport {
    let snapshot = &usage.usage;
    let coverage =
        Coverage::of_events(snapshot.events.len() as u64, snapshot.summary.request_count);
    let events: Vec<Event> = snapshot
        .events
        .iter()
        .filter_map(|event| Event::deserialize(event).ok())
        .filter(|event| event.policy_id.as_deref() == Some(policy_id))
        .collect();
    let mut budgets = budget::rows(usage, &[], now);
    budgets.retain(|row| row.policy_id.as_deref() == Some(policy_id));
    UsageReport {
        whose: Whose::Policy,
        policy_id: Some(policy_id.to_owned()),
        window: Interval::rolling(now),
        days: Interval::days(now),
        summary: Part::new(coverage.clone(), sum(&events)),
        providers: Part::new(coverage.clone(), by_provider(&events)),
        // A chart of a sample would look like a month.
        daily: match coverage {
            Coverage::Complete => Part::complete(by_day(&events)),
            _ => Part::unavailable(DAYS_OF_ALL),
        },
        events: coverage,
        budgets,
    }
}

/// What the sums take from an event. Whatever is missing counts nothing.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Event {
    policy_id: Option<String>,
    provider: Option<String>,
    status: Option<String>,
    occurred_at_ms: i64,
    input_tokens: Option<u64>,
    output_tokens: Option<u64>,
    total_tokens: Option<u64>,
    actual_cost_micros: Option<u64>,
}

impl Event {
    fn succeeded(&self) -> bool {
        self.status.as_deref() == Some("success")
    }
}

fn sum(events: &[Event]) -> UsageSummary {
    let total = |read: fn(&Event) -> Option<u64>| events.iter().filter_map(read).sum();
    let successes = events.iter().filter(|event| event.succeeded()).count() as u64;
    UsageSummary {
        request_count: events.len() as u64,
        success_count: successes,
        error_count: events.len() as u64 - successes,
        input_tokens: total(|event| event.input_tokens),
        output_tokens: total(|event| event.output_tokens),
        total_tokens: total(|event| event.total_tokens),
        actual_cost_micros: Micros(total(|event| event.actual_cost_micros)),
    }
}

fn by_provider(events: &[Event]) -> Vec<ProviderUsage> {
    let mut found: BTreeMap<&str, ProviderUsage> = BTreeMap::new();
    for event in events {
        let provider = event.provider.as_deref().unwrap_or("unknown");
        let row = found.entry(provider).or_default();
        row.provider = provider.to_owned();
        row.request_count += 1;
        row.success_count += u64::from(event.succeeded());
        row.error_count += u64::from(!event.succeeded());
        row.total_tokens += event.total_tokens.unwrap_or(0);
        row.actual_cost_micros.0 += event.actual_cost_micros.unwrap_or(0);
    }
    let mut rows: Vec<_> = found.into_values().collect();
    // As the router orders them; the sort is stable, so equals stay in the order of their names.
    rows.sort_by_key(|row| std::cmp::Reverse(row.request_count));
    rows
}

const DAY_MS: i64 = 86_400_000;

fn by_day(events: &[Event]) -> Vec<DailyUsage> {
    let mut found: BTreeMap<i64, DailyUsage> = BTreeMap::new();
    for event in events {
        let day = event.occurred_at_ms - event.occurred_at_ms.rem_euclid(DAY_MS);
        let row = found.entry(day).or_default();
        row.day_start_ms = day;
        row.request_count += 1;
        row.success_count += u64::from(event.succeeded());
        row.error_count += u64::from(!event.succeeded());
        row.total_tokens += event.total_tokens.unwrap_or(0);
        row.actual_cost_micros.0 += event.actual_cost_micros.unwrap_or(0);
    }
    found.into_values().collect()
}

/// Every day of the window in order; one that the router does not list had no request.
pub fn every_day(days: &[DailyUsage], window: Interval) -> Vec<DailyUsage> {
    let (first, end) = (window.from.as_millisecond(), window.to.as_millisecond());
    let mut rows = Vec::new();
    let mut start = first;
    while start < end {
        let listed = days.iter().find(|day| day.day_start_ms == start);
        let empty = || DailyUsage { day_start_ms: start, ..DailyUsage::default() };
        rows.push(listed.cloned().unwrap_or_else(empty));
        start += DAY_MS;
    }
    rows
}

#[cfg(test)]
mod tests;
