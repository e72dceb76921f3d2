//! Hazards of budgets: spent, nearly spent, unreadable, or shared without knowing.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::{BuildHasher as _, RandomState};

use jiff::Timestamp;

use super::{State, about};
use crate::view::doctor::{Finding, Level};
use clawctl_wire::budget::Ledger;
use clawctl_wire::credential::Credential;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, Policy};
use clawctl_wire::window::{Month, ledger_key};

/// From how much of a budget on it is worth a look.
const BUDGET_PERCENT: u64 = 80;

/// Is there a budget of which something could be spent?
fn is_counted(budget: Option<Micros>) -> bool {
    budget.is_some_and(|amount| amount > Micros::ZERO)
}

/// The ledgers of principals. There are as many as keys, so only a hash of each name is kept.
pub(super) struct PrincipalLedgers<'a> {
    month: Month,
    hasher: RandomState,
    owners: HashMap<u64, &'a str>,
    /// Policies that share a ledger with another one.
    shared: BTreeSet<&'a str>,
}

impl<'a> PrincipalLedgers<'a> {
    pub(super) fn new(now: Timestamp) -> Self {
        let hasher = RandomState::new();
        Self { month: Month::of(now), hasher, owners: HashMap::new(), shared: BTreeSet::new() }
    }

    pub(super) fn add(&mut self, policy: &'a Policy, key: &Credential) {
        if policy.budget_scope != BudgetScope::Principal
            || !is_counted(policy.monthly_budget_micros)
        {
            return;
        }
        let Policy { policy_id, tenant_id, .. } = policy;
        let principal = key.principal_id.as_ref().unwrap_or(&key.credential_id);
        let name = ledger_key(tenant_id, policy_id, Some(principal), self.month);
        let owner = *self.owners.entry(self.hasher.hash_one(name)).or_insert(policy_id);
        if owner != policy_id {
            self.shared.extend([owner, policy_id.as_str()]);
        }
    }

    fn owner(&self, ledger: &str) -> Option<&'a str> {
        self.owners.get(&self.hasher.hash_one(ledger)).copied()
    }
}

/// Ledgers are named by joining names, so that two budgets can come to share one.
pub(super) fn shared_ledgers(state: &State<'_>) -> Option<Finding> {
    let month = Month::of(state.now);
    let mut owners: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut owns = |ledger: String, owner: String| {
        owners.entry(ledger).or_default().insert(owner);
    };
    for connection in state.connections.iter().filter(|c| is_counted(c.budget())) {
        let id = &connection.provider_id;
        owns(ledger_key("provider", id, None, month), format!("provider {id}"));
    }
    for policy in state.policies.iter().filter(|p| is_counted(p.monthly_budget_micros)) {
        let Policy { policy_id, tenant_id, .. } = policy;
        if policy.budget_scope == BudgetScope::Policy {
            owns(ledger_key(tenant_id, policy_id, None, month), format!("policy {policy_id}"));
        }
    }
    let of_principals = &state.keys.ledgers;
    for (ledger, owners) in &mut owners {
        owners.extend(of_principals.owner(ledger).map(|id| format!("policy {id}")));
    }
    let shared = owners.into_values().filter(|owners| owners.len() > 1).flatten();
    let shared = shared.chain(of_principals.shared.iter().map(|id| format!("policy {id}")));
    let finding = Finding::new(Level::Problem, "budget.shared_ledger", "budgets that share a ledger")
        .because("the tenant's and the policy's name together read like another budget's, so each spends the other's money")
        .remedy("clawctl policy set POLICY --tenant OTHER");
    about(shared, finding)
}

pub(super) fn unreadable_ledgers(state: &State<'_>) -> Option<Finding> {
    let unreadable =
        state.usage?.policies.iter().filter(|p| p.budget.ledger == Ledger::Unavailable);
    let finding = Finding::new(Level::Problem, "budget.unavailable", "budgets that cannot be read")
        .because("what is left of them is unknown, and requests may be refused")
        .remedy("clawctl budget check; if it lasts, look at the router's own logs");
    about(unreadable.map(|p| p.policy.policy_id.clone()), finding)
}

/// Each budget that is counted: whose it is, what was spent, and the limit.
fn counted_budgets<'a>(state: &'a State<'_>) -> impl Iterator<Item = (String, u64, u64)> + 'a {
    let enabled = state.usage.into_iter().flat_map(|usage| &usage.policies);
    let policies = enabled.filter(|p| p.policy.enabled).flat_map(|p| {
        let id = p.policy.policy_id.clone();
        let own = (id.clone(), p.budget.spent_micros, p.budget.limit_micros);
        let parts = p.budget.breakdown.iter().flatten().map(move |part| {
            (format!("{id} ({})", part.principal), part.spent_micros, part.limit_micros)
        });
        // A budget for each principal has no sum of its own that could run out.
        let own = (p.budget.ledger != Ledger::PerPrincipal).then_some(own);
        own.into_iter().chain(parts)
    });
    let providers = state.connections.iter().filter(|c| c.enabled).map(|connection| {
        let whose = format!("provider {}", connection.provider_id);
        (whose, connection.spent_micros, connection.budget())
    });
    policies.chain(providers).filter_map(|(whose, spent, limit)| {
        let (Some(Micros(spent)), Some(Micros(limit))) = (spent, limit) else { return None };
        (limit > 0).then_some((whose, spent, limit))
    })
}

pub(super) fn exhausted_budgets(state: &State<'_>) -> Option<Finding> {
    let exhausted = counted_budgets(state).filter(|(_, spent, limit)| spent >= limit);
    let finding = Finding::new(Level::Warning, "budget.exhausted", "budgets with nothing left")
        .because("requests are refused (402) until the next UTC month")
        .remedy("clawctl budget set POLICY AMOUNT");
    about(exhausted.map(|(whose, ..)| whose), finding)
}

pub(super) fn high_budgets(state: &State<'_>) -> Option<Finding> {
    let percent = |spent: u64, limit: u64| u128::from(spent) * 100 / u128::from(limit);
    let high = counted_budgets(state).filter_map(|(whose, spent, limit)| {
        let used = percent(spent, limit);
        let high = spent < limit && used >= u128::from(BUDGET_PERCENT);
        high.then(|| format!("{whose} {used} %"))
    });
    let finding = Finding::new(Level::Warning, "budget.high", "budgets that are nearly spent")
        .because("requests are refused (402) when they are")
        .remedy("clawctl budget list, then clawctl budget set POLICY AMOUNT");
    about(high, finding)
}
