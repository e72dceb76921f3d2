//! The models that a policy, a key or the whole router can really use.
//!
//! With a key the router says it itself. Without one it is computed here from three of its
//! answers: what it knows, what is ready, and what the policy allows.

use std::collections::BTreeSet;

use serde::Serialize;

use super::transport::{Route, Transport, transports};
use clawctl_wire::catalog::{Catalog, CatalogProvider, Readiness, ReadinessStatus};
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::Inspection;
use clawctl_wire::grant::Grant;
use clawctl_wire::model;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{Policy, ProviderScope};
use clawctl_wire::pricing::{Price, Pricing};
use clawctl_wire::provider::{Endpoint, Model, Provider};

/// What a row was read from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Basis {
    /// The router's own answer to the holder of a key.
    Key,
    /// Computed from a policy and the state of the providers.
    Policy,
    /// Everything that the router knows.
    Router,
}

/// Whether a request for a model would go through.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Use {
    Ready,
    /// The provider is not ready.
    NotReady,
    /// Refused for want of a price: a budget counts money, and this model has none.
    NeedsFixedPrice,
    /// The policy is switched off, or a budget of zero refuses everything.
    Refused,
    /// It cannot be seen from here: only grants of others are known to be there.
    Unknown,
}

/// One model.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct CatalogRow {
    pub model: String,
    pub provider: String,
    /// What the provider itself calls it.
    pub upstream: String,
    pub capabilities: Vec<String>,
    /// Ways to speak to it; a client takes the first.
    pub transports: Vec<Transport>,
    pub context_tokens: Option<u64>,
    pub max_output_tokens: Option<u64>,
    pub input_micros_per_million: Option<Micros>,
    pub output_micros_per_million: Option<Micros>,
    pub cached_input_micros_per_million: Option<Micros>,
    pub pricing: Option<Price>,
    pub state: Use,
    /// Why it is not ready, or what to know although it is.
    pub reason: Option<String>,
    pub basis: Basis,
}

impl CatalogRow {
    pub fn is_ready(&self) -> bool {
        self.state == Use::Ready
    }
}

/// What the router says of itself to an admin.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    pub providers: &'a [Provider],
    pub readiness: &'a [Readiness],
    pub connections: &'a [Connection],
    /// A policy can use its own and those of its tenant.
    pub grants: &'a [Grant],
    /// The providers that the router reaches without a grant, where it tells.
    pub configured: Option<&'a BTreeSet<String>>,
}

/// The models in a policy's reach, or all of them.
pub fn compute(known: Known<'_>, policy: Option<&Policy>) -> Vec<CatalogRow> {
    let scope = policy.map_or(ProviderScope::All, Policy::scope);
    let allowed = policy.and_then(|policy| policy.models.as_deref());
    let basis = if policy.is_some() { Basis::Policy } else { Basis::Router };
    let mut rows = Vec::new();
    for provider in known.providers.iter().filter(|provider| scope.contains(&provider.id)) {
        let readiness = known.readiness.iter().find(|status| status.id == provider.id);
        let connection = known.connections.iter().find(|c| c.provider_id == provider.id);
        // One that is off although nobody switched it off has terms that nobody agreed to yet.
        let is_unconnected = connection.is_some_and(|c| !c.enabled && !c.is_written());
        if is_unconnected && policy.is_some() && scope == ProviderScope::All {
            continue;
        }
        for model in provider.models.iter().filter(|model| model::allows(allowed, &model.id)) {
            let (state, reason) = verdict(provider, model, readiness, connection, policy, known);
            rows.push(row_of(provider, model, state, reason, basis));
        }
    }
    rows
}

/// What the router answered to a key, and beside it what it left out of that answer and why.
///
/// It leaves out the models of providers that are not ready, and under a budget those without a
/// price; both are in `known`.
pub fn of_key(catalog: &Catalog, known: &[Provider], key: &Inspection) -> Vec<CatalogRow> {
    let budgeted = key.monthly_budget_micros.is_some() && key.request_cost_micros.is_none();
    let mut rows = Vec::new();
    for listed in &catalog.providers {
        rows.extend(listed_rows(listed));
        let Some(provider) = known.iter().find(|provider| provider.id == listed.id) else {
            continue;
        };
        let left_out = provider.models.iter().filter(|model| {
            model::allows(key.models.as_deref(), &model.id)
                && listed.models.iter().all(|shown| shown.id != model.id)
        });
        for model in left_out {
            let (state, reason) = if !listed.executable {
                (Use::NotReady, Some(obstacle(listed.readiness.as_ref())))
            } else if budgeted && model.pricing.is_none() {
                (Use::NeedsFixedPrice, Some(NO_PRICE.to_owned()))
            } else {
                // The router knows of a limit that this program does not.
                continue;
            };
            rows.push(row_of(provider, model, state, reason, Basis::Key));
        }
    }
    if key.monthly_budget_micros == Some(Micros::ZERO) {
        for row in rows.iter_mut().filter(|row| row.is_ready()) {
            row.state = Use::Refused;
            row.reason = Some(BUDGET_ZERO.to_owned());
        }
    }
    rows
}

const NO_PRICE: &str = "needs a fixed price: there is a budget, and the model has no price";
const GRANTS_OF_OTHERS: &str =
    "the policy has no grant for it, and those of others hide whether the router has a key itself";
const ONLY_GRANTS_OF_OTHERS: &str = "only other policies and tenants have grants for it";
const BUDGET_ZERO: &str = "the policy's budget is zero";

fn listed_rows(listed: &CatalogProvider) -> impl Iterator<Item = CatalogRow> {
    let routes: Vec<_> = listed
        .routes
        .iter()
        .map(|route| Route {
            methods: &route.methods,
            path: &route.path,
            request_format: &route.request_format,
        })
        .collect();
    listed.models.iter().map(move |model| CatalogRow {
        model: model.id.clone(),
        provider: listed.id.clone(),
        upstream: model.upstream.clone(),
        capabilities: model.capabilities.clone(),
        transports: transports(listed.openai_compatible, &model.capabilities, &routes),
        state: Use::Ready,
        reason: listed.readiness.as_ref().and_then(caveat),
        ..priced(model.pricing.as_ref(), Basis::Key)
    })
}

fn row_of(
    provider: &Provider,
    model: &Model,
    state: Use,
    reason: Option<String>,
    basis: Basis,
) -> CatalogRow {
    let routes: Vec<_> = provider.endpoints.iter().map(route_of).collect();
    let compatible = provider.class == "openai_compatible";
    CatalogRow {
        model: model.id.clone(),
        provider: provider.id.clone(),
        upstream: model.upstream.clone(),
        capabilities: model.capabilities.clone(),
        transports: transports(compatible, &model.capabilities, &routes),
        state,
        reason,
        ..priced(model.pricing.as_ref(), basis)
    }
}

fn route_of(endpoint: &Endpoint) -> Route<'_> {
    let one = std::slice::from_ref(&endpoint.method);
    let methods = if endpoint.methods.is_empty() { one } else { &endpoint.methods };
    Route { methods, path: &endpoint.path, request_format: &endpoint.request_format }
}

/// A row that knows nothing but its price.
fn priced(price: Option<&Price>, basis: Basis) -> CatalogRow {
    let pricing = price.and_then(Price::tokens);
    let per_million = |read: fn(&Pricing) -> Option<u64>| pricing.and_then(read).map(Micros);
    CatalogRow {
        model: String::new(),
        provider: String::new(),
        upstream: String::new(),
        capabilities: Vec::new(),
        transports: Vec::new(),
        context_tokens: pricing.map(|p| p.max_input_tokens),
        max_output_tokens: pricing.map(|p| p.default_max_output_tokens),
        input_micros_per_million: per_million(|p| Some(p.input_micros_per_million)),
        output_micros_per_million: per_million(|p| Some(p.output_micros_per_million)),
        cached_input_micros_per_million: per_million(|p| p.cached_input_micros_per_million),
        pricing: price.cloned(),
        state: Use::NotReady,
        reason: None,
        basis,
    }
}

/// In the order in which the router would refuse.
fn verdict(
    provider: &Provider,
    model: &Model,
    readiness: Option<&Readiness>,
    connection: Option<&Connection>,
    policy: Option<&Policy>,
    known: Known<'_>,
) -> (Use, Option<String>) {
    let refused = |reason: &str| (Use::Refused, Some(reason.to_owned()));
    if policy.is_some_and(|policy| !policy.enabled) {
        return refused("the policy is disabled");
    }
    let Some(ready) = readiness.filter(|ready| ready.executable) else {
        return (Use::NotReady, Some(obstacle(readiness)));
    };
    if !is_served(provider, model, ready) {
        return (Use::NotReady, Some("its endpoint has no address".to_owned()));
    }
    // The state of a provider counts the grants of all, and with one of them it does not tell
    // whether there is a key in the router's environment as well.
    let granted = |policy: &Policy| {
        known.grants.iter().any(|g| g.provider == provider.id && g.usable && g.serves(policy))
    };
    if ready.upstream_grant_count > 0 && policy.is_some_and(|policy| !granted(policy)) {
        match known.configured.map(|ids| ids.contains(&provider.id)) {
            Some(true) => {}
            Some(false) => return (Use::NotReady, Some(ONLY_GRANTS_OF_OTHERS.to_owned())),
            None => return (Use::Unknown, Some(GRANTS_OF_OTHERS.to_owned())),
        }
    }
    let policy_budget = policy.and_then(|policy| policy.monthly_budget_micros);
    let provider_budget = connection.and_then(Connection::budget);
    if policy_budget == Some(Micros::ZERO) {
        return refused(BUDGET_ZERO);
    }
    if provider_budget == Some(Micros::ZERO) {
        return refused("the provider's budget is zero");
    }
    let fixed = policy.and_then(|policy| policy.request_cost_micros);
    let metered = policy_budget.is_some() || provider_budget.is_some();
    if metered && fixed.is_none() && model.pricing.is_none() {
        return (Use::NeedsFixedPrice, Some(NO_PRICE.to_owned()));
    }
    (Use::Ready, caveat(ready))
}

/// Whether any endpoint for the model's capabilities can be called.
fn is_served(provider: &Provider, model: &Model, ready: &Readiness) -> bool {
    let mut endpoints = provider
        .capabilities
        .iter()
        .filter(|capability| model.capabilities.contains(&capability.id))
        .map(|capability| &capability.endpoint)
        .peekable();
    // A capability without an endpoint of its own says nothing against the model.
    endpoints.peek().is_none() || endpoints.any(|id| ready.executable_endpoints.contains(id))
}

/// Why a provider is not ready, in a few words.
pub fn obstacle(readiness: Option<&Readiness>) -> String {
    let Some(ready) = readiness else {
        return "the router does not tell its state".to_owned();
    };
    match ready.status {
        ReadinessStatus::Disabled => "the provider is disabled".to_owned(),
        _ if !ready.missing_config.is_empty() => {
            format!("missing {}", ready.missing_config.join(", "))
        }
        _ => match ready.reasons.first() {
            Some(reason) => reason.clone(),
            None => "the provider is not ready".to_owned(),
        },
    }
}

fn caveat(ready: &Readiness) -> Option<String> {
    let failed = ready.status == ReadinessStatus::Failed;
    failed.then(|| "the last live check of the provider failed".to_owned())
}

#[cfg(test)]
mod tests;
