//! Whether a policy may have what a request asks for, and what has to be reserved for it.

use http::StatusCode;

use super::step::noted;
use super::{Account, Check, Claim, Demand, Outcome, Scope, Selection, Step, path, price};
use crate::router::refusal::Refusal;
use crate::wire::error::code;
use crate::wire::money::Micros;
use crate::wire::policy::{BudgetScope, Policy};

/// Whose request it is, and what is switched on and limited for everyone.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Standing<'a> {
    pub(crate) policy: &'a Policy,
    /// The name under which a principal-scoped budget counts the key.
    pub(crate) principal: &'a str,
    /// Whether the provider's connection is switched on.
    pub(crate) connection_enabled: bool,
    /// What all policies together may spend at the provider in a month.
    pub(crate) provider_budget: Option<Micros>,
}

/// Checks a request against what its key stands for. `upstream` checks what the caller alone knows:
/// whether there is a credential, and a configuration, for the provider.
pub(crate) fn admit<U>(
    selection: &Selection<'_>,
    standing: &Standing<'_>,
    upstream: impl FnOnce() -> Result<U, Refusal>,
    note: &mut dyn FnMut(Step),
) -> Result<(U, Demand), Refusal> {
    let mut pass = |check, result| noted(note, check, result);
    let scope = Scope::of(standing.policy);
    pass(Check::ProviderScope, provider_scope(&scope, selection))?;
    pass(Check::ModelScope, model_scope(&scope, selection))?;
    pass(Check::Connection, connection(selection, standing))?;
    let upstream = upstream();
    pass(Check::Upstream, upstream.as_ref().map(|_| Outcome::Passed).map_err(Refusal::clone))?;
    pass(Check::PathParams, path_params(selection))?;
    let exempt = selection.capability == price::COUNT_TOKENS;
    let of_policy = policy_claim(standing).filter(|_| !exempt);
    let of_provider = provider_claim(selection, standing).filter(|_| !exempt);
    pass(Check::PolicyBudget, budget(of_policy.as_ref()))?;
    pass(Check::ProviderBudget, budget(of_provider.as_ref()))?;
    let claims: Vec<_> = of_policy.into_iter().chain(of_provider).collect();
    pass(Check::Price, priced(selection, standing, !claims.is_empty()))?;
    let fixed = standing.policy.request_cost_micros;
    let model = selection.model.as_deref();
    let estimate = price::estimate(model, fixed, selection.capability, &selection.size);
    Ok((upstream?, Demand { estimate, claims }))
}

fn provider_scope(scope: &Scope<'_>, selection: &Selection<'_>) -> Result<Outcome, Refusal> {
    if scope.has_provider(&selection.manifest.provider.id) {
        return Ok(Outcome::Passed);
    }
    let message = "the policy of this key does not reach this provider";
    Err(Refusal::forbidden(code::PROVIDER_NOT_ALLOWED, message))
}

/// A list of models lets through what it names, and nothing that has no name.
fn model_scope(scope: &Scope<'_>, selection: &Selection<'_>) -> Result<Outcome, Refusal> {
    if !scope.has_model_list() {
        return Ok(Outcome::Idle);
    }
    if selection.model.as_ref().is_some_and(|model| scope.has_model(&model.id)) {
        return Ok(Outcome::Passed);
    }
    let message = "the policy of this key does not reach this model";
    Err(Refusal::forbidden(code::MODEL_NOT_ALLOWED, message))
}

fn connection(selection: &Selection<'_>, standing: &Standing<'_>) -> Result<Outcome, Refusal> {
    if standing.connection_enabled && selection.manifest.provider.status != "disabled" {
        return Ok(Outcome::Passed);
    }
    let message = "this provider is switched off";
    Err(Refusal::new(StatusCode::SERVICE_UNAVAILABLE, code::PROVIDER_DISABLED, message))
}

fn path_params(selection: &Selection<'_>) -> Result<Outcome, Refusal> {
    path::check(selection)?;
    let none = selection.endpoint.path_params.is_empty();
    Ok(if none { Outcome::Idle } else { Outcome::Passed })
}

fn budget(claim: Option<&Claim>) -> Result<Outcome, Refusal> {
    match claim {
        None => Ok(Outcome::Idle),
        Some(claim) if claim.limit == Micros::ZERO => Err(exhausted(&claim.account)),
        Some(_) => Ok(Outcome::Passed),
    }
}

fn priced(
    selection: &Selection<'_>,
    standing: &Standing<'_>,
    budgeted: bool,
) -> Result<Outcome, Refusal> {
    let fixed = standing.policy.request_cost_micros;
    if price::lacks_price(selection.model.as_deref(), fixed, budgeted) {
        let message = "a budget counts what this costs, and nothing says what that is; \
                       give the policy a fixed price for each request";
        return Err(Refusal::bad(code::PRICING_REQUIRED, message));
    }
    Ok(if budgeted { Outcome::Passed } else { Outcome::Idle })
}

fn policy_claim(standing: &Standing<'_>) -> Option<Claim> {
    let policy = standing.policy;
    let limit = policy.monthly_budget_micros?;
    let own = policy.budget_scope == BudgetScope::Principal;
    let account = Account::Policy {
        tenant: policy.tenant_id.clone(),
        policy: policy.policy_id.clone(),
        principal: own.then(|| standing.principal.to_owned()),
    };
    Some(Claim { account, limit })
}

fn provider_claim(selection: &Selection<'_>, standing: &Standing<'_>) -> Option<Claim> {
    let limit = standing.provider_budget?;
    let account = Account::Provider { provider: selection.manifest.provider.id.clone() };
    Some(Claim { account, limit })
}

/// Whether a budget that has `taken` spent or reserved has room for one more cost.
pub(crate) fn fits(limit: Micros, taken: Micros, cost: Micros) -> bool {
    cost <= limit.saturating_sub(taken)
}

/// The answer where a budget has no room.
pub(crate) fn exhausted(account: &Account) -> Refusal {
    let (code, message) = match account {
        Account::Policy { .. } => {
            (code::BUDGET_EXHAUSTED, "the budget of this key is used up for this month".into())
        }
        Account::Provider { provider } => (
            code::PROVIDER_BUDGET_EXHAUSTED,
            format!("the budget of provider {provider} is used up for this month"),
        ),
    };
    Refusal::new(StatusCode::PAYMENT_REQUIRED, code, message)
}

#[cfg(test)]
mod tests;
