//! What is said of a check that went well. One that did not says so itself.

use super::request::Request;
use super::{Facts, Who};
use crate::account::Claim;
use crate::decision::{Check, Outcome, Selection, Standing, Step};
use crate::refusal::Refusal;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::BudgetScope;
use clawctl_wire::pricing::Price;

const NO_PRICE: &str = "unknown, and no budget counts it";

/// Of a budget that counts what this version cannot work out.
pub(super) const NOT_TOKENS: &str =
    "the model's price is not for tokens, so what the request costs cannot be computed";

pub(super) fn route(request: &Request) -> String {
    format!("{} {}", request.method, request.path)
}

pub(super) fn length(request: &Request) -> String {
    format!("{} bytes", request.body.len())
}

/// What was found out about a key.
pub(super) fn key(check: Check, facts: &Facts<'_>) -> String {
    let policy = facts.policy.map_or("", |policy| &policy.policy_id);
    let expires_at = match &facts.who {
        Who::Key { facts, .. } => facts.expires_at,
        _ => None,
    };
    match check {
        Check::PolicyExists => format!("it is a key of policy `{policy}`"),
        Check::KeyEnabled => "it is switched on".to_owned(),
        Check::KeyExpiry => match expires_at {
            Some(end) => format!("it ends at {end}"),
            None => "it has no end".to_owned(),
        },
        Check::PolicyEnabled => format!("policy `{policy}` is switched on"),
        _ => "it was registered under this very policy".to_owned(),
    }
}

pub(super) fn selection(selection: &Selection<'_>) -> String {
    let (provider, endpoint) = (&selection.manifest.provider.id, &selection.endpoint.id);
    match &selection.model {
        Some(model) => format!("{} at {provider}, endpoint {endpoint}", model.upstream),
        None => format!("{provider}, endpoint {endpoint}"),
    }
}

pub(super) fn fusion(config: &FusionConfig) -> String {
    format!("{} advise, and {} answers", config.adviser_models.join(", "), config.aggregator_model)
}

/// What let a request pass.
pub(super) fn admitted(step: Step, standing: &Standing<'_>, selection: &Selection<'_>) -> String {
    let provider = &selection.manifest.provider.id;
    let policy = standing.policy;
    let month = |limit: Option<Micros>| match limit {
        Some(limit) => format!("{limit} per UTC month"),
        None => "none".to_owned(),
    };
    let idle = step.outcome == Outcome::Idle;
    match step.check {
        Check::ProviderScope if policy.providers.is_empty() => {
            "the policy reaches every provider".to_owned()
        }
        Check::ProviderScope => format!("the policy reaches {provider}"),
        Check::ModelScope if idle => "the policy has no list of models".to_owned(),
        Check::ModelScope => "the policy's list of models has it".to_owned(),
        Check::Connection => format!("{provider} is switched on"),
        Check::PathParams if idle => "the path takes none".to_owned(),
        Check::PathParams => "they can stand in the path".to_owned(),
        Check::PolicyBudget if idle && policy.monthly_budget_micros.is_some() => {
            "what asks for a length costs nothing".to_owned()
        }
        Check::PolicyBudget => {
            let own = !idle && policy.budget_scope == BudgetScope::Principal;
            let whose = if own { ", for each principal" } else { "" };
            format!("{}{whose}", month(policy.monthly_budget_micros))
        }
        Check::ProviderBudget if idle && standing.provider_budget.is_some() => {
            "what asks for a length costs nothing".to_owned()
        }
        Check::ProviderBudget => month(standing.provider_budget),
        Check::Price => match (policy.request_cost_micros, &selection.model) {
            (Some(fixed), _) => format!("{fixed} a request, whatever it is"),
            (None, Some(model)) => match &model.pricing {
                Some(Price::Tokens(_)) => "by the price of its tokens".to_owned(),
                Some(Price::Characters(_)) => "by the price of its characters".to_owned(),
                Some(Price::Unknown(_)) => {
                    "the router names a price that this version does not understand".to_owned()
                }
                None => NO_PRICE.to_owned(),
            },
            (None, None) => NO_PRICE.to_owned(),
        },
        _ => String::new(),
    }
}

/// What is said where routers of another make differ by version.
pub(super) fn of_another_make(refusal: &Refusal) -> String {
    format!("some versions of that router let this pass: {}", refusal.message)
}

/// How a cost compares with what is left.
pub(super) fn room(claim: &Claim, taken: Micros, cost: Micros) -> String {
    let left = claim.limit.saturating_sub(taken);
    format!("may cost up to {cost}; {left} of {} is left", claim.limit)
}
