//! The state of a policy's budget.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::account::Account;
use super::store::{Db, StoreError, bindings, credentials, ledger};
use clawctl_wire::budget::{BudgetStatus, Ledger, PrincipalBudget};
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, Policy};
use clawctl_wire::window::{Month, ledger_key};

/// The budget that the holder of one key draws on.
pub(crate) fn of_key(
    db: &Db,
    policy: &Policy,
    principal: &str,
    now: Timestamp,
) -> Result<BudgetStatus, StoreError> {
    let Some(limit) = policy.monthly_budget_micros else { return Ok(BudgetStatus::unmetered()) };
    let own = (policy.budget_scope == BudgetScope::Principal).then_some(principal);
    let month = Month::of(now);
    let account = Account::Policy {
        tenant: policy.tenant_id.clone(),
        policy: policy.policy_id.clone(),
        principal: own.map(str::to_owned),
    };
    let spent = ledger::spent(db, &account, month, now)?;
    // What is shown is the contract's name, which two accounts can share; what counts is not.
    let shown = ledger_key(&policy.tenant_id, &policy.policy_id, own, month);
    Ok(status(limit, shown, spent))
}

/// The budget of a whole policy; one that counts each principal apart, with all of them.
pub(crate) fn of_policy(
    db: &Db,
    policy: &Policy,
    now: Timestamp,
) -> Result<BudgetStatus, StoreError> {
    let limit = policy.monthly_budget_micros.filter(|limit| *limit > Micros::ZERO);
    let apart = policy.budget_scope == BudgetScope::Principal;
    let Some(limit) = limit.filter(|_| apart) else {
        let as_a_whole = Policy { budget_scope: BudgetScope::Policy, ..policy.clone() };
        return of_key(db, &as_a_whole, "", now);
    };
    let mut breakdown = Vec::new();
    for principal in principals(db, &policy.policy_id)? {
        let BudgetStatus {
            configured,
            ledger,
            window_key,
            limit_micros,
            spent_micros,
            remaining_micros,
            breakdown: _,
        } = of_key(db, policy, &principal, now)?;
        breakdown.push(PrincipalBudget {
            principal,
            configured,
            ledger,
            window_key,
            limit_micros,
            spent_micros,
            remaining_micros,
        });
    }
    Ok(BudgetStatus {
        configured: true,
        ledger: Ledger::PerPrincipal,
        window_key: None,
        limit_micros: Some(limit),
        spent_micros: None,
        remaining_micros: None,
        breakdown: Some(breakdown),
    })
}

/// The names under which a policy counts: the principals of its keys, and the people to whom it is
/// bound, who could spend in a console.
fn principals(db: &Db, policy_id: &str) -> Result<BTreeSet<String>, StoreError> {
    let of_keys = credentials::principals(db, policy_id)?;
    Ok(of_keys.into_iter().chain(bindings::people(db, policy_id)?).collect())
}

/// What was spent at a provider this month, over all policies.
pub(crate) fn provider_spent(
    db: &Db,
    provider: &str,
    now: Timestamp,
) -> Result<Micros, StoreError> {
    let account = Account::Provider { provider: provider.to_owned() };
    ledger::spent(db, &account, Month::of(now), now)
}

fn status(limit: Micros, key: String, spent: Micros) -> BudgetStatus {
    let blocked = limit == Micros::ZERO;
    BudgetStatus {
        configured: true,
        ledger: if blocked { Ledger::Blocked } else { Ledger::Durable },
        window_key: Some(key),
        limit_micros: Some(limit),
        spent_micros: Some(spent),
        remaining_micros: Some(limit.saturating_sub(spent)),
        breakdown: None,
    }
}
