//! Hazards in the state of a router: what will not work, and what may cost more than was meant.
//!
//! Each is a function of what was read, and of nothing else.

mod budgets;
mod keys;

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

pub(super) use self::keys::Keys;
use crate::view::doctor::{Finding, Level};
use clawctl_wire::catalog::{Readiness, ReadinessStatus};
use clawctl_wire::connection::Connection;
use clawctl_wire::grant::Grant;
use clawctl_wire::policy::{Policy, ProviderScope};
use clawctl_wire::usage::AdminUsage;

/// What the hazards are looked for in.
pub(super) struct State<'a> {
    pub(super) policies: &'a [Policy],
    pub(super) keys: &'a Keys<'a>,
    pub(super) connections: &'a [Connection],
    pub(super) readiness: &'a [Readiness],
    pub(super) grants: &'a [Grant],
    pub(super) usage: Option<&'a AdminUsage>,
    pub(super) now: Timestamp,
}

/// Every hazard that there is, the worst first.
pub(super) fn find(state: &State<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = [
        keys::unusable_ids(state),
        keys::policies_missing(state),
        keys::stale(state),
        budgets::shared_ledgers(state),
        budgets::unreadable_ledgers(state),
        budgets::exhausted_budgets(state),
        budgets::high_budgets(state),
        unlimited_policies(state),
        open_policies(state),
        keys::dormant(state),
        keys::superseded(state),
        keys::leases_over(state),
        keys::expiring(state),
        keys::expired(state),
        keys::unused(state),
        expired_grants(state),
        unusable_grants(state),
    ]
    .into_iter()
    .flatten()
    .chain(providers_not_ready(state))
    .collect();
    found.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    found
}

/// A finding about the ids that are left, or none. About one alone, the remedy names it.
fn about(ids: impl Iterator<Item = String>, finding: Finding) -> Option<Finding> {
    let ids: BTreeSet<String> = ids.collect();
    let one = if ids.len() == 1 { ids.first() } else { None };
    let remedy = match (one, &finding.remedy) {
        (Some(id), Some(remedy)) if !id.contains(' ') => {
            let place = match finding.check.split_once('.') {
                Some(("key", _)) => "ID",
                Some(("grant", _)) => "GRANT",
                _ => "POLICY",
            };
            Some(remedy.replace(place, id))
        }
        _ => finding.remedy.clone(),
    };
    (!ids.is_empty()).then(|| Finding { remedy, ..finding.about(ids.into_iter().collect()) })
}

fn policies<'a>(
    state: &'a State<'_>,
    wanted: impl Fn(&Policy) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    state.policies.iter().filter(move |policy| wanted(policy)).map(|p| p.policy_id.clone())
}

fn unlimited_policies(state: &State<'_>) -> Option<Finding> {
    let finding = Finding::new(Level::Warning, "policy.no_budget", "policies without a budget")
        .because("their keys spend without a limit")
        .remedy("clawctl budget set POLICY AMOUNT");
    about(policies(state, |p| p.enabled && p.monthly_budget_micros.is_none()), finding)
}

fn open_policies(state: &State<'_>) -> Option<Finding> {
    let finding =
        Finding::new(Level::Warning, "policy.all_providers", "policies for all providers")
            .because("their keys also reach every provider that is added later")
            .remedy("clawctl policy scope POLICY --remove-provider ID");
    about(policies(state, |p| p.enabled && p.scope() == ProviderScope::All), finding)
}

fn grants<'a>(
    state: &'a State<'_>,
    wanted: impl Fn(bool) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    let enabled = state.grants.iter().filter(|grant| grant.enabled && !grant.usable);
    let ended = |grant: &Grant| {
        let end = grant.expires_at.as_deref().and_then(|text| text.parse::<Timestamp>().ok());
        end.is_some_and(|end| end <= state.now)
    };
    let named = |grant: &Grant| Some(grant.name()?.to_string());
    enabled.filter(move |grant| wanted(ended(grant))).filter_map(named)
}

fn expired_grants(state: &State<'_>) -> Option<Finding> {
    let finding = Finding::new(Level::Warning, "grant.expired", "grants whose token has ended")
        .because("no request is sent with them, and nothing can renew them")
        .remedy("clawctl grant put GRANT");
    about(grants(state, |ended| ended), finding)
}

fn unusable_grants(state: &State<'_>) -> Option<Finding> {
    let finding = Finding::new(Level::Warning, "grant.unusable", "grants without a usable secret")
        .because("they are switched on, and no request is sent with them")
        .remedy("clawctl grant put GRANT, or clawctl grant revoke GRANT");
    about(grants(state, |ended| !ended), finding)
}

/// One finding for each provider that a policy names in vain.
fn providers_not_ready(state: &State<'_>) -> Vec<Finding> {
    // A router that knows no provider at all does not say what it knows.
    if state.readiness.is_empty() {
        return Vec::new();
    }
    let mut granted: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for policy in state.policies.iter().filter(|policy| policy.enabled) {
        if let ProviderScope::Only(ids) = policy.scope() {
            for id in ids {
                granted.entry(id).or_default().push(policy.policy_id.clone());
            }
        }
    }
    let ready = |id: &str| state.readiness.iter().find(|row| row.id == id);
    granted
        .into_iter()
        .filter_map(|(id, policies)| {
            let (what, why, remedy) = match ready(&id) {
                None => (
                    format!("provider {id} is granted, but this router does not know it"),
                    "requests for its models are refused".to_owned(),
                    format!("clawctl policy scope POLICY --remove-provider {id}"),
                ),
                Some(row) if row.executable && row.status != ReadinessStatus::Failed => {
                    return None;
                }
                Some(row) => {
                    let what = format!("provider {id} is granted, but not ready");
                    (what, row.reasons.join(" "), not_ready_remedy(row))
                }
            };
            let finding = Finding::new(Level::Warning, "provider.not_ready", what).about(policies);
            let finding = if why.is_empty() { finding } else { finding.because(why) };
            Some(finding.remedy(remedy))
        })
        .collect()
}

fn not_ready_remedy(row: &Readiness) -> String {
    match row.status {
        ReadinessStatus::Disabled => format!("clawctl provider enable {}", row.id),
        _ if !row.missing_config.is_empty() => {
            format!("set {} where the router runs", row.missing_config.join(" and "))
        }
        _ => format!("clawctl provider show {}", row.id),
    }
}

#[cfg(test)]
mod tests;
