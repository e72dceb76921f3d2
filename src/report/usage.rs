//! What was used in the router's window, each figure with its coverage.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde::Serialize;

use super::budget::{self, BudgetRow};
use super::coverage::{Coverage, Interval, Part};
use super::event::Event;
use clawctl_wire::connection::Connection;
use clawctl_wire::money::Micros;
use clawctl_wire::usage::{
    AdminUsage, DailyUsage, KeyUsage, ProviderUsage, UsageSnapshot, UsageSummary,
};
use clawctl_wire::usage_query::{GroupPage, UsageGroup};

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

/// The name of those that say none.
const UNKNOWN_PROVIDER: &str = "unknown";

const NO_DAYS: &str = "the router did not give the days";
const DAYS_OF_ALL: &str = "the router gives days over all policies only";

/// All policies. `every_event` says that the router lists every event on request.
pub fn of_all(
    usage: &AdminUsage,
    connections: &[Connection],
    every_event: bool,
    now: Timestamp,
) -> UsageReport {
    let budgets = budget::rows(usage, connections, now);
    let mut report = of_snapshot(&usage.usage, Whose::AllPolicies, None, budgets, now);
    if every_event {
        report.events = Coverage::Complete;
    }
    report
}

pub fn of_key(usage: &KeyUsage, now: Timestamp) -> UsageReport {
    let budgets = vec![budget::key_row(&usage.policy_id, &usage.budget, now)];
    let policy = Some(usage.policy_id.clone());
    let (seen, of) = (usage.usage.events.len() as u64, usage.usage.summary.request_count);
    let report = of_snapshot(&usage.usage, Whose::KeyPolicy, policy, budgets, now);
    UsageReport { events: Coverage::of_key_events(seen, of), ..report }
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
    let mut events = Event::all(snapshot.events.clone());
    events.retain(|event| event.text("policy_id") == Some(policy_id));
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
        budgets: budgets_of(usage, policy_id, now),
    }
}

/// What a router with `usage.query` counts for one policy.
#[derive(Debug, Clone)]
pub struct PolicyGroups {
    /// By provider, in the rolling window.
    pub providers: GroupPage,
    /// By day, over whole UTC days.
    pub days: GroupPage,
}

/// One policy, as a router that counts for any policy sees it.
pub fn of_policy_groups(
    usage: &AdminUsage,
    policy_id: &str,
    counted: PolicyGroups,
    now: Timestamp,
) -> UsageReport {
    let days = Interval::days(now);
    let coverage = |page: &GroupPage, asked: Interval| {
        Coverage::of_window(Some(asked.from.as_millisecond()), &page.window)
    };
    let in_window = coverage(&counted.providers, Interval::rolling(now));
    let in_days = coverage(&counted.days, days);
    let mut providers: Vec<_> = counted.providers.groups.iter().map(provider_row).collect();
    providers.sort_by_key(|row| Reverse(row.request_count));
    let mut daily: Vec<_> = counted.days.groups.iter().filter_map(day_row).collect();
    daily.sort_by_key(|row| row.day_start_ms);
    UsageReport {
        whose: Whose::Policy,
        policy_id: Some(policy_id.to_owned()),
        window: Interval::of_query(&counted.providers.window),
        days,
        summary: Part::new(in_window.clone(), sum_groups(&counted.providers.groups)),
        providers: Part::new(in_window.clone(), providers),
        daily: Part::new(in_days, daily),
        events: in_window,
        budgets: budgets_of(usage, policy_id, now),
    }
}

fn budgets_of(usage: &AdminUsage, policy_id: &str, now: Timestamp) -> Vec<BudgetRow> {
    let mut budgets = budget::rows(usage, &[], now);
    budgets.retain(|row| row.policy_id.as_deref() == Some(policy_id));
    budgets
}

fn sum_groups(groups: &[UsageGroup]) -> UsageSummary {
    let total = |read: fn(&UsageGroup) -> u64| groups.iter().map(read).sum();
    UsageSummary {
        request_count: total(|group| group.request_count),
        success_count: total(|group| group.success_count),
        error_count: total(|group| group.error_count),
        input_tokens: total(|group| group.input_tokens),
        output_tokens: total(|group| group.output_tokens),
        total_tokens: total(|group| group.total_tokens),
        actual_cost_micros: Micros(total(|group| group.actual_cost_micros.0)),
        unpriced_request_count: None,
    }
}

fn provider_row(group: &UsageGroup) -> ProviderUsage {
    let provider = group.key.get("provider").cloned().flatten();
    ProviderUsage {
        provider: provider.unwrap_or_else(|| UNKNOWN_PROVIDER.to_owned()),
        request_count: group.request_count,
        success_count: group.success_count,
        error_count: group.error_count,
        total_tokens: group.total_tokens,
        actual_cost_micros: group.actual_cost_micros,
        unpriced_request_count: None,
    }
}

/// A group whose day is none has nowhere to stand.
fn day_row(group: &UsageGroup) -> Option<DailyUsage> {
    let day: Date = group.key.get("day")?.as_deref()?.parse().ok()?;
    let start = day.to_zoned(TimeZone::UTC).ok()?.timestamp();
    Some(DailyUsage {
        day_start_ms: start.as_millisecond(),
        request_count: group.request_count,
        success_count: group.success_count,
        error_count: group.error_count,
        total_tokens: group.total_tokens,
        actual_cost_micros: group.actual_cost_micros,
        unpriced_request_count: None,
    })
}

fn sum(events: &[Event]) -> UsageSummary {
    // What an event does not say adds nothing.
    let total = |member| events.iter().filter_map(|event| event.number(member)).sum();
    let successes = events.iter().filter(|event| event.succeeded()).count() as u64;
    UsageSummary {
        request_count: events.len() as u64,
        success_count: successes,
        error_count: events.len() as u64 - successes,
        input_tokens: total("input_tokens"),
        output_tokens: total("output_tokens"),
        total_tokens: total("total_tokens"),
        actual_cost_micros: Micros(total("actual_cost_micros")),
        unpriced_request_count: unpriced(events),
    }
}

/// How many of them have no known price, where there are any.
fn unpriced(events: &[Event]) -> Option<u64> {
    let mut count = None;
    events.iter().for_each(|event| and_unpriced(&mut count, event));
    count
}

fn and_unpriced(count: &mut Option<u64>, event: &Event) {
    if event.is_unpriced() {
        *count = Some(count.unwrap_or(0).saturating_add(1));
    }
}

fn by_provider(events: &[Event]) -> Vec<ProviderUsage> {
    let mut found: BTreeMap<&str, ProviderUsage> = BTreeMap::new();
    for event in events {
        let provider = event.text("provider").unwrap_or(UNKNOWN_PROVIDER);
        let row = found.entry(provider).or_default();
        row.provider = provider.to_owned();
        row.request_count += 1;
        row.success_count += u64::from(event.succeeded());
        row.error_count += u64::from(!event.succeeded());
        row.total_tokens += event.number("total_tokens").unwrap_or(0);
        row.actual_cost_micros.0 += event.cost().unwrap_or_default().0;
        and_unpriced(&mut row.unpriced_request_count, event);
    }
    let mut rows: Vec<_> = found.into_values().collect();
    // As the router orders them; the sort is stable, so equals stay in the order of their names.
    rows.sort_by_key(|row| Reverse(row.request_count));
    rows
}

const DAY_MS: i64 = 86_400_000;

fn by_day(events: &[Event]) -> Vec<DailyUsage> {
    let mut found: BTreeMap<i64, DailyUsage> = BTreeMap::new();
    for event in events {
        let day = event.at_ms() - event.at_ms().rem_euclid(DAY_MS);
        let row = found.entry(day).or_default();
        row.day_start_ms = day;
        row.request_count += 1;
        row.success_count += u64::from(event.succeeded());
        row.error_count += u64::from(!event.succeeded());
        row.total_tokens += event.number("total_tokens").unwrap_or(0);
        row.actual_cost_micros.0 += event.cost().unwrap_or_default().0;
        and_unpriced(&mut row.unpriced_request_count, event);
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
