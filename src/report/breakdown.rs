//! Usage broken down by one or more dimensions, with how much of the truth it holds.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::Serialize;

use super::coverage::{Coverage, Interval, instant};
use super::dimension::Dimension;
use super::event::Event;
use super::sample::Sample;
use clawctl_wire::money::Micros;
use clawctl_wire::usage::{DailyUsage, ProviderUsage, UsageSnapshot};
use clawctl_wire::usage_query::{GroupPage, UsageFilter, UsageGroup};

/// What events sum up to. A sum that the router does not give is not known.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sums {
    pub request_count: u64,
    pub success_count: u64,
    pub error_count: u64,
    pub input_tokens: Option<u64>,
    pub output_tokens: Option<u64>,
    pub total_tokens: u64,
    pub cached_input_tokens: Option<u64>,
    pub actual_cost_micros: Micros,
    /// Requests without a known price, which the cost does not include.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unpriced_request_count: Option<u64>,
}

/// The events that agree in every dimension.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Group {
    /// A value for each dimension; none where the events say none.
    #[serde(flatten)]
    pub key: BTreeMap<String, Option<String>>,
    #[serde(flatten)]
    pub sums: Sums,
    /// Of the cost of all groups, in thousandths; none where nothing cost anything.
    pub cost_share_permille: Option<u64>,
    pub first_at: Option<Timestamp>,
    pub last_at: Option<Timestamp>,
    pub coverage: Coverage,
    /// Of a day, an hour or a month: does the window hold only a part of it?
    #[serde(skip_serializing_if = "Option::is_none")]
    pub partial: Option<bool>,
}

/// Usage by some dimensions.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Breakdown {
    pub by: Vec<Dimension>,
    pub window: Interval,
    pub coverage: Coverage,
    /// Over all groups, also those that are left out of `groups`.
    pub totals: Sums,
    pub groups: Vec<Group>,
    pub groups_left_out: usize,
}

/// What the order of the groups follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    Cost,
    Requests,
    Errors,
    Tokens,
    /// By the dimensions themselves: earlier before later, `a` before `b`.
    Name,
}

/// What a router with `usage.query` counted.
pub fn of_page(by: &[Dimension], page: GroupPage, asked_since: Option<i64>) -> Breakdown {
    let coverage = Coverage::of_window(asked_since, &page.window);
    let groups = page.groups.into_iter().map(|group| counted(group, &coverage)).collect();
    Breakdown::new(by, Interval::of_query(&page.window), coverage, groups)
}

/// What a router of the plain contract lets see: whole sums by provider and by day over
/// everything, and otherwise what can be counted from its newest events.
pub fn of_snapshot(
    by: &[Dimension],
    snapshot: &UsageSnapshot,
    filter: &UsageFilter,
    now: Timestamp,
) -> Breakdown {
    let unfiltered = *filter == UsageFilter::default();
    match (by, &snapshot.daily) {
        ([Dimension::Provider], _) if unfiltered => {
            let groups = snapshot.providers.iter().map(of_provider).collect();
            Breakdown::new(by, Interval::rolling(now), Coverage::Complete, groups)
        }
        ([Dimension::Day], Some(days)) if unfiltered => {
            let groups = days.iter().map(of_day).collect();
            Breakdown::new(by, Interval::days(now), Coverage::Complete, groups)
        }
        _ => {
            let Sample { events, window, coverage } = Sample::of(snapshot, filter, now);
            let groups = count(by, &events, &coverage);
            Breakdown::new(by, window, coverage, groups)
        }
    }
}

impl Breakdown {
    fn new(by: &[Dimension], window: Interval, coverage: Coverage, mut groups: Vec<Group>) -> Self {
        let totals = Sums::over(groups.iter().map(|group| &group.sums));
        for group in &mut groups {
            group.cost_share_permille =
                share(group.sums.actual_cost_micros, totals.actual_cost_micros);
        }
        Self { by: by.to_vec(), window, coverage, totals, groups, groups_left_out: 0 }
    }

    /// A group in which nothing happened.
    pub(super) fn add_empty(&mut self, dimension: Dimension, name: String) {
        let zero = |known: Option<u64>| known.map(|_| 0);
        self.groups.push(Group {
            key: BTreeMap::from([(dimension.as_str().to_owned(), Some(name))]),
            sums: Sums {
                input_tokens: zero(self.totals.input_tokens),
                output_tokens: zero(self.totals.output_tokens),
                cached_input_tokens: zero(self.totals.cached_input_tokens),
                ..Sums::default()
            },
            cost_share_permille: share(Micros::ZERO, self.totals.actual_cost_micros),
            first_at: None,
            last_at: None,
            coverage: self.coverage.clone(),
            partial: None,
        });
    }

    /// Puts the groups in order; equals stay in the order of their names.
    pub fn sort(&mut self, sort: Sort) {
        let by = self.by.clone();
        let name = |group: &Group| -> Vec<Option<String>> {
            by.iter().map(|one| group.key.get(one.as_str()).cloned().flatten()).collect()
        };
        self.groups.sort_by_cached_key(|group| (Reverse(amount(sort, &group.sums)), name(group)));
    }

    /// Leaves only the groups with the most of what is sorted by, in the order that they have.
    pub fn keep(&mut self, most: usize, sort: Sort) {
        let sort = if sort == Sort::Name { Sort::Cost } else { sort };
        let Some(left_out) = self.groups.len().checked_sub(most).filter(|left| *left > 0) else {
            return;
        };
        let mut order: Vec<usize> = (0..self.groups.len()).collect();
        order.sort_by_key(|index| Reverse(amount(sort, &self.groups[*index].sums)));
        let mut is_kept = vec![false; self.groups.len()];
        order.iter().take(most).for_each(|index| is_kept[*index] = true);
        let mut is_kept = is_kept.into_iter();
        self.groups.retain(|_| is_kept.next().unwrap_or(false));
        self.groups_left_out = left_out;
    }
}

impl Sums {
    fn over<'a>(parts: impl Iterator<Item = &'a Self>) -> Self {
        let known = Self {
            input_tokens: Some(0),
            output_tokens: Some(0),
            cached_input_tokens: Some(0),
            ..Self::default()
        };
        parts.fold(known, |sum, part| sum.and(part))
    }

    fn and(self, other: &Self) -> Self {
        let known = |a: Option<u64>, b: Option<u64>| Some(a?.saturating_add(b?));
        let cost = self.actual_cost_micros.0.saturating_add(other.actual_cost_micros.0);
        Self {
            request_count: self.request_count.saturating_add(other.request_count),
            success_count: self.success_count.saturating_add(other.success_count),
            error_count: self.error_count.saturating_add(other.error_count),
            input_tokens: known(self.input_tokens, other.input_tokens),
            output_tokens: known(self.output_tokens, other.output_tokens),
            total_tokens: self.total_tokens.saturating_add(other.total_tokens),
            cached_input_tokens: known(self.cached_input_tokens, other.cached_input_tokens),
            actual_cost_micros: Micros(cost),
            unpriced_request_count: match (
                self.unpriced_request_count,
                other.unpriced_request_count,
            ) {
                (None, None) => None,
                (one, two) => Some(one.unwrap_or(0).saturating_add(two.unwrap_or(0))),
            },
        }
    }

    fn of_event(event: &Event) -> Self {
        // What an event does not say adds nothing, as in the router's own sums.
        let number = |member| event.number(member).unwrap_or(0);
        Self {
            request_count: 1,
            success_count: u64::from(event.succeeded()),
            error_count: u64::from(!event.succeeded()),
            input_tokens: Some(number("input_tokens")),
            output_tokens: Some(number("output_tokens")),
            total_tokens: number("total_tokens"),
            cached_input_tokens: Some(number("cached_input_tokens")),
            actual_cost_micros: event.cost().unwrap_or_default(),
            unpriced_request_count: event.is_unpriced().then_some(1),
        }
    }
}

fn amount(sort: Sort, sums: &Sums) -> u64 {
    match sort {
        Sort::Cost => sums.actual_cost_micros.0,
        Sort::Requests => sums.request_count,
        Sort::Errors => sums.error_count,
        Sort::Tokens => sums.total_tokens,
        Sort::Name => 0,
    }
}

/// Rounded down, so that shares never sum up to more than the whole.
fn share(part: Micros, whole: Micros) -> Option<u64> {
    let permille = (u128::from(part.0) * 1000).checked_div(u128::from(whole.0))?;
    u64::try_from(permille).ok()
}

fn count(by: &[Dimension], events: &[Event], coverage: &Coverage) -> Vec<Group> {
    let mut found: BTreeMap<Vec<Option<String>>, (Sums, i64, i64)> = BTreeMap::new();
    for event in events {
        let key = by.iter().map(|dimension| dimension.of(event)).collect();
        let (one, at) = (Sums::of_event(event), event.at_ms());
        match found.get_mut(&key) {
            None => {
                found.insert(key, (one, at, at));
            }
            Some((sums, first, last)) => {
                *sums = std::mem::take(sums).and(&one);
                (*first, *last) = (at.min(*first), at.max(*last));
            }
        }
    }
    let named = |key: Vec<Option<String>>| by.iter().map(|d| d.as_str().to_owned()).zip(key);
    found
        .into_iter()
        .map(|(key, (sums, first, last))| Group {
            key: named(key).collect(),
            sums,
            cost_share_permille: None,
            first_at: Some(instant(first)),
            last_at: Some(instant(last)),
            coverage: coverage.clone(),
            partial: None,
        })
        .collect()
}

fn counted(group: UsageGroup, coverage: &Coverage) -> Group {
    Group {
        key: group.key,
        sums: Sums {
            request_count: group.request_count,
            success_count: group.success_count,
            error_count: group.error_count,
            input_tokens: Some(group.input_tokens),
            output_tokens: Some(group.output_tokens),
            total_tokens: group.total_tokens,
            cached_input_tokens: Some(group.cached_input_tokens),
            actual_cost_micros: group.actual_cost_micros,
            unpriced_request_count: None,
        },
        cost_share_permille: None,
        first_at: Some(instant(group.first_ms)),
        last_at: Some(instant(group.last_ms)),
        coverage: coverage.clone(),
        partial: None,
    }
}

fn of_provider(row: &ProviderUsage) -> Group {
    let sums = Sums {
        request_count: row.request_count,
        success_count: row.success_count,
        error_count: row.error_count,
        total_tokens: row.total_tokens,
        actual_cost_micros: row.actual_cost_micros,
        unpriced_request_count: row.unpriced_request_count,
        ..Sums::default()
    };
    whole(Dimension::Provider, row.provider.clone(), sums)
}

fn of_day(row: &DailyUsage) -> Group {
    let sums = Sums {
        request_count: row.request_count,
        success_count: row.success_count,
        error_count: row.error_count,
        total_tokens: row.total_tokens,
        actual_cost_micros: row.actual_cost_micros,
        unpriced_request_count: row.unpriced_request_count,
        ..Sums::default()
    };
    let day = instant(row.day_start_ms).strftime("%Y-%m-%d").to_string();
    whole(Dimension::Day, day, sums)
}

/// A sum of the router's own, which does not say when it began.
fn whole(dimension: Dimension, name: String, sums: Sums) -> Group {
    Group {
        key: BTreeMap::from([(dimension.as_str().to_owned(), Some(name))]),
        sums,
        cost_share_permille: None,
        first_at: None,
        last_at: None,
        coverage: Coverage::Complete,
        partial: None,
    }
}

#[cfg(test)]
mod tests;
