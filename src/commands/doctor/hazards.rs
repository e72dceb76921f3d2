//! Hazards in the state of a router: what will not work, and what may cost more than was meant.
//!
//! Each is a function of what was read, and of nothing else.

mod budgets;
mod lineage;

use std::collections::{BTreeMap, BTreeSet};

use jiff::{SignedDuration, Timestamp};

use crate::view::doctor::{Finding, Level};
use crate::wire::catalog::{Readiness, ReadinessStatus};
use crate::wire::connection::Connection;
use crate::wire::credential::Credential;
use crate::wire::grant::Grant;
use crate::wire::id::check_key_id;
use crate::wire::policy::{Policy, ProviderScope};
use crate::wire::usage::AdminUsage;

/// How long before the end of a key somebody should know of it.
const NOTICE_DAYS: i64 = 7;

/// How long a key may lie unused before it is worth a look.
const UNUSED_DAYS: i64 = 30;

/// What the hazards are looked for in.
pub(super) struct State<'a> {
    pub(super) policies: &'a [Policy],
    pub(super) credentials: &'a [Credential],
    pub(super) connections: &'a [Connection],
    pub(super) readiness: &'a [Readiness],
    pub(super) grants: &'a [Grant],
    pub(super) usage: Option<&'a AdminUsage>,
    pub(super) now: Timestamp,
}

/// Every hazard that there is, the worst first.
pub(super) fn find(state: &State<'_>) -> Vec<Finding> {
    let mut found: Vec<Finding> = [
        key_ids(state),
        policies_missing(state),
        stale_keys(state),
        budgets::shared_ledgers(state),
        budgets::unreadable_ledgers(state),
        budgets::exhausted_budgets(state),
        budgets::high_budgets(state),
        unlimited_policies(state),
        open_policies(state),
        dormant_keys(state),
        lineage::superseded_keys(state),
        lineage::leases_over(state),
        expiring_keys(state),
        expired_keys(state),
        unused_keys(state),
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

fn keys<'a>(
    state: &'a State<'_>,
    wanted: impl Fn(&Credential) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    let enabled = state.credentials.iter().filter(|key| key.enabled);
    enabled.filter(move |key| wanted(key)).map(|key| key.credential_id.clone())
}

fn policies<'a>(
    state: &'a State<'_>,
    wanted: impl Fn(&Policy) -> bool + 'a,
) -> impl Iterator<Item = String> + 'a {
    state.policies.iter().filter(move |policy| wanted(policy)).map(|p| p.policy_id.clone())
}

fn key_ids(state: &State<'_>) -> Option<Finding> {
    let finding = Finding::new(Level::Problem, "key.id", "keys that can never work")
        .because("a router stores such an id, but cannot take a key with it apart")
        .remedy("clawctl key revoke ID, then issue one with a longer id");
    about(keys(state, |key| check_key_id(&key.credential_id).is_err()), finding)
}

fn policies_missing(state: &State<'_>) -> Option<Finding> {
    let known: BTreeSet<&str> = state.policies.iter().map(|p| p.policy_id.as_str()).collect();
    let finding = Finding::new(Level::Problem, "key.policy_missing", "keys without their policy")
        .because("every request with them is refused (403 credential_policy_missing)")
        .remedy("clawctl key move ID --policy POLICY, or clawctl key revoke ID");
    about(keys(state, |key| !known.contains(key.policy_id.as_str())), finding)
}

fn stale_keys(state: &State<'_>) -> Option<Finding> {
    let known: BTreeSet<&str> = state.policies.iter().map(|p| p.policy_id.as_str()).collect();
    let stale =
        |key: &Credential| !key.generation_matches && known.contains(key.policy_id.as_str());
    let finding =
        Finding::new(Level::Problem, "key.stale", "keys of an earlier policy of that name")
            .because("every request with them is refused (403 credential_policy_stale)")
            .remedy("clawctl key rotate ID, or clawctl key revoke ID");
    about(keys(state, stale), finding)
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

fn dormant_keys(state: &State<'_>) -> Option<Finding> {
    let under: BTreeSet<&str> =
        state.credentials.iter().filter(|k| k.enabled).map(|k| k.policy_id.as_str()).collect();
    let dormant = |p: &Policy| !p.enabled && under.contains(p.policy_id.as_str());
    let finding = Finding::new(
        Level::Warning,
        "policy.disabled_with_keys",
        "disabled policies with enabled keys",
    )
    .because("the keys do not work, and all work again once the policy is enabled")
    .remedy("clawctl key list --policy POLICY, then clawctl key revoke ID");
    about(policies(state, dormant), finding)
}

/// A key that was made for a shorter time ends as it was meant to.
fn expiring_keys(state: &State<'_>) -> Option<Finding> {
    let notice = SignedDuration::from_hours(24 * NOTICE_DAYS);
    let soon = |key: &Credential| {
        key.expires_at.is_some_and(|end| {
            let is_long_lived = key.created_at.is_none_or(|made| end - notice > made);
            is_long_lived && state.now < end && end <= state.now + notice
        })
    };
    let what = format!("keys that end within {NOTICE_DAYS} days");
    let finding = Finding::new(Level::Warning, "key.expires_soon", what)
        .because("whoever still uses one is refused from then on (403 proxy_key_expired)")
        .remedy("clawctl key rotate ID --overlap --expires 90d");
    about(keys(state, soon), finding)
}

fn expired_keys(state: &State<'_>) -> Option<Finding> {
    let expired = |key: &Credential| key.expires_at.is_some_and(|at| at <= state.now);
    let finding = Finding::new(Level::Info, "key.expired", "expired keys that are still enabled")
        .because("they do not work, but they would with a later expiry")
        .remedy("clawctl key revoke ID");
    about(keys(state, expired), finding)
}

/// Only a router that notes when a key was made and used can show this.
fn unused_keys(state: &State<'_>) -> Option<Finding> {
    let since = state.now - SignedDuration::from_hours(24 * UNUSED_DAYS);
    let unused = |key: &Credential| {
        key.last_used_at.is_none() && key.created_at.is_some_and(|at| at < since)
    };
    let what = format!("keys that were never used in {UNUSED_DAYS} days and more");
    let finding = Finding::new(Level::Info, "key.never_used", what)
        .because("a key that nobody needs can only be lost")
        .remedy("clawctl key revoke ID");
    about(keys(state, unused), finding)
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
