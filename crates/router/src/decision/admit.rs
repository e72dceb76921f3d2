//! Whether a policy may have what a request asks for, and what has to be reserved for it.

use std::borrow::Cow;

use http::StatusCode;

use super::step::noted;
use super::{Check, Demand, Outcome, Reach, Scope, Selection, Step, path, price, unpriced};
use crate::account::{Account, Claim};
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{BudgetScope, Policy};

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
    let fixed = standing.policy.request_cost_micros;
    let model = selection.model.as_deref();
    let estimate = price::estimate(model, fixed, selection.capability, &selection.size);
    pass(Check::PolicyBudget, budget(of_policy.as_ref(), estimate.micros))?;
    pass(Check::ProviderBudget, budget(of_provider.as_ref(), estimate.micros))?;
    let claims: Vec<_> = of_policy.into_iter().chain(of_provider).collect();
    pass(Check::Price, priced(selection, standing, !claims.is_empty()))?;
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
    let Reach { is_named, others, chooser, ambiguous } = &selection.reach;
    if let Some(member) = ambiguous {
        return Err(ambiguous_model(member));
    }
    let refused =
        |message: Cow<'static, str>| Err(Refusal::forbidden(code::MODEL_NOT_ALLOWED, message));
    match &selection.model {
        Some(model) if scope.has_model(&model.id) => {}
        _ => return refused("the policy of this key does not reach this model".into()),
    }
    if scope.has_every_model(&selection.manifest.provider) {
        return Ok(Outcome::Passed);
    }
    if !is_named {
        return refused("the policy of this key allows certain models; name one of them".into());
    }
    if let Some(other) = others.iter().find(|other| !scope.has_model(other)) {
        let other = unpriced::short(other);
        let message = format!("the policy of this key does not allow `{other}` of `models`");
        return refused(message.into());
    }
    if let Some(member) = chooser {
        let message = format!(
            "`{member}` may choose a model that the policy of this key does not allow; remove it"
        );
        return refused(message.into());
    }
    Ok(Outcome::Passed)
}

fn ambiguous_model(member: &str) -> Refusal {
    let message = format!("`{member}` may name another model; send one member `model`");
    Refusal::bad(code::INVALID_REQUEST_BODY, message)
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

fn budget(claim: Option<&Claim>, cost: Micros) -> Result<Outcome, Refusal> {
    match claim {
        None => Ok(Outcome::Idle),
        Some(claim) if claim.limit == Micros::ZERO => Err(no_room(claim, Micros::ZERO, cost)),
        Some(_) => Ok(Outcome::Passed),
    }
}

fn priced(
    selection: &Selection<'_>,
    standing: &Standing<'_>,
    budgeted: bool,
) -> Result<Outcome, Refusal> {
    if !budgeted {
        return Ok(Outcome::Idle);
    }
    let Selection { reach, unpriced, .. } = selection;
    if let Some(member) = &reach.ambiguous {
        return Err(ambiguous_model(member));
    }
    let fixed = standing.policy.request_cost_micros;
    if price::lacks_price(selection.model.as_deref(), fixed, budgeted) {
        let message = "no price known for this model, so a budget refuses the request; give the \
                       policy a fixed price per request";
        return Err(Refusal::bad(code::PRICING_REQUIRED, message));
    }
    if fixed.is_some() || price::is_free(&selection.manifest.provider) {
        return Ok(Outcome::Passed);
    }
    if !reach.is_plain() {
        let message = "no price known, because it is open which model answers; name one model, or \
                       give the policy a fixed price per request";
        return Err(Refusal::bad(code::PRICING_REQUIRED, message));
    }
    match unpriced {
        Some(unpriced) => Err(unpriced.refusal()),
        None => Ok(Outcome::Passed),
    }
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

/// The answer where a budget that has `taken` spent or reserved has no room for such a cost. What a
/// provider's budget is, and what is left of it, is not told to the holder of a key.
pub(crate) fn no_room(claim: &Claim, taken: Micros, cost: Micros) -> Refusal {
    let limit = claim.limit;
    let left = limit.saturating_sub(taken);
    let (code, message) = match &claim.account {
        Account::Policy { policy, principal, .. } => {
            let whose = match principal {
                Some(principal) => format!("of principal {principal} in policy {policy}"),
                None => format!("of policy {policy}"),
            };
            let message = if limit == Micros::ZERO {
                format!("the monthly budget {whose} is {limit}, which refuses every request")
            } else if left == Micros::ZERO {
                format!(
                    "the {limit} monthly budget {whose} is used up, and this request may cost up \
                     to {cost}"
                )
            } else {
                format!(
                    "this request may cost up to {cost}, and {left} of the {limit} monthly budget \
                     {whose} is left"
                )
            };
            (code::BUDGET_EXHAUSTED, message)
        }
        Account::Provider { provider } => (
            code::PROVIDER_BUDGET_EXHAUSTED,
            format!(
                "this request may cost up to {cost}, and the monthly budget of provider \
                 {provider} has less left"
            ),
        ),
    };
    Refusal::new(StatusCode::PAYMENT_REQUIRED, code, message)
}

#[cfg(test)]
mod tests;
