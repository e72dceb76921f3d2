//! Budgets as rows: every limit that can refuse a request, and what is left of it.

use jiff::Timestamp;
use serde::Serialize;

use clawctl_wire::budget::{BudgetStatus, Ledger, PrincipalBudget};
use clawctl_wire::connection::Connection;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::BudgetScope;
use clawctl_wire::usage::{AdminUsage, PolicyUsage};
use clawctl_wire::window::Month;

/// Who draws on a budget.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Sharing {
    /// All keys of a policy together.
    Shared,
    /// Each principal of a policy for itself.
    Principal,
    /// Everybody who reaches a provider.
    Provider,
    /// A kind of account that only a newer router knows.
    #[serde(untagged)]
    Other(String),
}

/// What can be said of a budget. Unlimited, zero and not known are three different things.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum State {
    Unlimited,
    /// The limit is zero, so every request is refused.
    Blocked,
    /// There is a limit, and the count against it could not be read.
    Unknown,
    /// A limit for each principal, and no principal yet.
    Unused,
    /// Something is left.
    Open,
    Exhausted,
}

/// One budget in its window. What is not known is `None`, never zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct BudgetRow {
    pub policy_id: Option<String>,
    pub provider_id: Option<String>,
    pub principal: Option<String>,
    pub scope: Sharing,
    /// Is the policy, or the provider, switched on?
    pub enabled: bool,
    pub state: State,
    pub limit_micros: Option<Micros>,
    /// With what open requests have reserved. It can be more than the limit.
    pub spent_micros: Option<Micros>,
    pub remaining_micros: Option<Micros>,
    /// Of the limit, in whole percent, rounded down.
    pub used_percent: Option<u64>,
    /// The UTC month that is counted.
    pub window: String,
    /// The ledger's own name for it.
    pub window_key: Option<String>,
    pub resets_at: Timestamp,
    pub days_left: i64,
}

impl BudgetRow {
    /// What the budget belongs to, in words.
    pub fn name(&self) -> String {
        let off = if self.enabled { "" } else { " (disabled)" };
        match (&self.policy_id, &self.provider_id, &self.principal) {
            (Some(policy), _, Some(principal)) => {
                format!("policy {policy}{off}, principal {principal}")
            }
            (Some(policy), _, None) => format!("policy {policy}{off}"),
            (None, Some(provider), _) => format!("provider {provider}{off}"),
            (None, None, _) => String::new(),
        }
    }
}

/// Every policy's budget, by principal where it counts by principal, and every provider's.
pub fn rows(usage: &AdminUsage, connections: &[Connection], now: Timestamp) -> Vec<BudgetRow> {
    let policies = usage.policies.iter().flat_map(|policy| policy_rows(policy, now));
    policies.chain(connections.iter().map(|connection| provider_row(connection, now))).collect()
}

fn policy_rows(usage: &PolicyUsage, now: Timestamp) -> Vec<BudgetRow> {
    let (policy, status) = (&usage.policy, &usage.budget);
    let per_principal = policy.budget_scope == BudgetScope::Principal;
    let scope = match &policy.budget_scope {
        BudgetScope::Policy => Sharing::Shared,
        BudgetScope::Principal => Sharing::Principal,
        BudgetScope::Other(word) => Sharing::Other(word.clone()),
    };
    let row = |figures: Figures, key: Option<&String>, principal: Option<&String>| BudgetRow {
        policy_id: Some(policy.policy_id.clone()),
        principal: principal.cloned(),
        ..blank(scope.clone(), policy.enabled, figures, key, now)
    };
    let whole = Figures::of_status(status, policy.monthly_budget_micros);
    let counted_apart = per_principal && !matches!(whole.state, State::Unlimited | State::Blocked);
    match &status.breakdown {
        Some(parts) if counted_apart && !parts.is_empty() => parts
            .iter()
            .map(|part| {
                let figures = Figures::of_principal(part, whole.limit);
                row(figures, part.window_key.as_ref(), Some(&part.principal))
            })
            .collect(),
        Some(_) if counted_apart => {
            let figures = Figures { state: State::Unused, remaining: whole.limit, ..whole };
            vec![row(Figures { spent: None, ..figures }, status.window_key.as_ref(), None)]
        }
        _ => vec![row(whole, status.window_key.as_ref(), None)],
    }
}

/// A provider's own budget, which everybody who reaches it shares.
pub fn provider_row(connection: &Connection, now: Timestamp) -> BudgetRow {
    let figures = match connection.budget() {
        None => Figures::UNLIMITED,
        limit => Figures::of(limit, connection.spent_micros, true),
    };
    BudgetRow {
        provider_id: Some(connection.provider_id.clone()),
        ..blank(Sharing::Provider, connection.enabled, figures, None, now)
    }
}

/// The budget that the holder of a key draws on.
pub fn key_row(policy_id: &str, status: &BudgetStatus, now: Timestamp) -> BudgetRow {
    let figures = Figures::of_status(status, None);
    BudgetRow {
        policy_id: Some(policy_id.to_owned()),
        ..blank(Sharing::Shared, true, figures, status.window_key.as_ref(), now)
    }
}

fn blank(
    scope: Sharing,
    enabled: bool,
    figures: Figures,
    window_key: Option<&String>,
    now: Timestamp,
) -> BudgetRow {
    let month = Month::of(now);
    let named = window_key.and_then(|key| key.rsplit('/').next()).filter(|key| key.len() == 7);
    BudgetRow {
        policy_id: None,
        provider_id: None,
        principal: None,
        scope,
        enabled,
        state: figures.state,
        limit_micros: figures.limit,
        spent_micros: figures.spent,
        remaining_micros: figures.remaining,
        used_percent: figures.percent,
        window: named.map_or_else(|| month.key(), str::to_owned),
        window_key: window_key.cloned(),
        resets_at: month.end(),
        days_left: month.days_left(now),
    }
}

/// The numbers of one budget, consistent with each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Figures {
    state: State,
    limit: Option<Micros>,
    spent: Option<Micros>,
    remaining: Option<Micros>,
    percent: Option<u64>,
}

impl Figures {
    const UNLIMITED: Self =
        Self { state: State::Unlimited, limit: None, spent: None, remaining: None, percent: None };

    fn of_status(status: &BudgetStatus, policy_limit: Option<Micros>) -> Self {
        let limit = status.limit_micros.or(policy_limit);
        if status.ledger == Ledger::Unmetered || (!status.configured && limit.is_none()) {
            return Self::UNLIMITED;
        }
        if status.ledger == Ledger::Blocked {
            return Self::of(Some(Micros::ZERO), status.spent_micros, true);
        }
        Self::of(limit, status.spent_micros, status.ledger != Ledger::Unavailable)
    }

    fn of_principal(part: &PrincipalBudget, policy_limit: Option<Micros>) -> Self {
        let limit = part.limit_micros.or(policy_limit);
        Self::of(limit, part.spent_micros, part.ledger != Ledger::Unavailable)
    }

    /// The router's own `remaining` is left aside: it follows from limit and spend, and two
    /// sources for one number could disagree.
    fn of(limit: Option<Micros>, spent: Option<Micros>, readable: bool) -> Self {
        let spent = spent.filter(|_| readable);
        match (limit, spent) {
            (Some(Micros::ZERO), _) => Self {
                state: State::Blocked,
                limit,
                spent,
                remaining: Some(Micros::ZERO),
                percent: None,
            },
            (Some(limit), Some(spent)) => {
                let remaining = limit.saturating_sub(spent);
                let state = if remaining == Micros::ZERO { State::Exhausted } else { State::Open };
                Self {
                    state,
                    limit: Some(limit),
                    spent: Some(spent),
                    remaining: Some(remaining),
                    percent: percent(spent, limit),
                }
            }
            _ => Self { state: State::Unknown, limit, spent: None, remaining: None, percent: None },
        }
    }
}

/// How much of a limit is spent, in whole percent, rounded down: 100 is reached only by a limit
/// that is used up. There is no percentage of zero.
pub fn percent(spent: Micros, limit: Micros) -> Option<u64> {
    let percent = (u128::from(spent.0) * 100).checked_div(u128::from(limit.0))?;
    Some(u64::try_from(percent).unwrap_or(u64::MAX))
}

#[cfg(test)]
mod tests;
