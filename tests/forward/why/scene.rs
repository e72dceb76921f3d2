//! A state that a router can be in, and requests that are made of it then.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::ask::{AskOf, asks};
use super::fusion::{FusionOf, fusions};
use super::grants::{GrantOf, grants, tenant};

/// Providers that the scenes are about.
pub(super) const PROVIDERS: [&str; 7] =
    ["openai", "anthropic", "google-gemini", "groq", "mistral", "openrouter", "claude-max-proxy"];

/// Everything that a decision can depend on.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub policy: PolicyOf,
    pub key: KeyOf,
    pub connections: Vec<ConnectionOf>,
    pub grants: Vec<GrantOf>,
    pub fusion: FusionOf,
    pub asks: Vec<AskOf>,
}

#[derive(Debug, Clone)]
pub(super) struct PolicyOf {
    pub enabled: bool,
    /// Empty is all.
    pub providers: Vec<&'static str>,
    pub models: Option<Vec<&'static str>>,
    pub budget: Option<u64>,
    pub cost: Option<u64>,
    pub per_principal: bool,
    pub routing: Routing,
}

/// What a policy says of grants.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Routing {
    Usual,
    /// Without a grant that is enabled, the environment is used.
    Fallback,
    /// Only a certain grant may be used, and mostly there is none of that name.
    Named,
    /// Only a grant of which something fresh is known.
    Fresh,
}

#[derive(Debug, Clone)]
pub(super) struct KeyOf {
    pub state: KeyState,
    pub principal: Option<&'static str>,
    pub held: Held,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum KeyState {
    Works,
    Revoked,
    Expired,
    /// Registered under an earlier policy of the name.
    Stale,
    /// Its policy is gone.
    Orphan,
}

/// What whoever asks has in his hands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Held {
    Key,
    WrongSecret,
    UnknownId,
    NoKey,
}

#[derive(Debug, Clone, PartialEq)]
pub(super) struct ConnectionOf {
    pub provider: &'static str,
    pub enabled: bool,
    pub budget: Option<u64>,
}

impl PolicyOf {
    pub(super) fn body(&self, id: &str) -> Value {
        let mut body = json!({
            "enabled": self.enabled,
            "tenantId": tenant(id),
            "monthlyBudgetMicros": self.budget,
            "requestCostMicros": self.cost,
            "budgetScope": if self.per_principal { "principal" } else { "policy" },
            "retainRequestContent": false,
            "models": self.models,
            "grantRouting": match self.routing {
                Routing::Usual => json!({}),
                Routing::Fallback => json!({ "environmentFallback": true }),
                Routing::Named => json!({ "eligibleGrants": { "openai": ["g0"] } }),
                Routing::Fresh => json!({ "staleState": "deny" }),
            },
        });
        match self.providers.as_slice() {
            [] => body["allProviders"] = json!(true),
            some => body["providers"] = json!(some),
        }
        body
    }
}

/// Mostly so, now and then otherwise.
fn mostly<T: Clone + std::fmt::Debug + 'static>(
    usual: T,
    others: &[T],
) -> impl Strategy<Value = T> + use<T> {
    prop_oneof![11 => Just(usual), 1 => prop::sample::select(others.to_vec())]
}

fn budgets() -> impl Strategy<Value = Option<u64>> {
    prop_oneof![
        3 => Just(None),
        1 => Just(Some(0)),
        3 => (1..50_000_u64).prop_map(Some),
        3 => (50_000..20_000_000_u64).prop_map(Some),
        3 => (20_000_000..900_000_000_u64).prop_map(Some),
    ]
}

fn policies() -> impl Strategy<Value = PolicyOf> {
    let patterns = vec!["openai/*", "anthropic/claude-haiku-*", "groq/*", "*", "mistral/x"];
    (
        mostly(true, &[false]),
        prop_oneof![
            4 => Just(Vec::new()),
            3 => prop::sample::subsequence(PROVIDERS.to_vec(), 1..PROVIDERS.len()),
        ],
        prop_oneof![
            5 => Just(None),
            1 => prop::sample::subsequence(patterns, 1..4).prop_map(Some),
        ],
        budgets(),
        prop_oneof![4 => Just(None), 1 => Just(Some(0)), 1 => (1..30_000_u64).prop_map(Some)],
        any::<bool>(),
        prop_oneof![
            9 => Just(Routing::Usual),
            3 => Just(Routing::Fallback),
            1 => prop::sample::select(vec![Routing::Named, Routing::Fresh]),
        ],
    )
        .prop_map(|(enabled, providers, models, budget, cost, per_principal, routing)| {
            PolicyOf { enabled, providers, models, budget, cost, per_principal, routing }
        })
}

fn keys() -> impl Strategy<Value = KeyOf> {
    use KeyState::{Expired, Orphan, Revoked, Stale, Works};
    (
        mostly(Works, &[Revoked, Expired, Stale, Orphan]),
        prop::sample::select(vec![None, Some("ada@example.com")]),
        mostly(Held::Key, &[Held::WrongSecret, Held::UnknownId, Held::NoKey]),
    )
        .prop_map(|(state, principal, held)| KeyOf { state, principal, held })
}

fn connections() -> impl Strategy<Value = Vec<ConnectionOf>> {
    let chosen = prop::sample::subsequence(PROVIDERS.to_vec(), 0..3);
    let state = (mostly(true, &[false]), budgets());
    (chosen, prop::collection::vec(state, 3)).prop_map(|(chosen, states)| {
        let pairs = chosen.into_iter().zip(states);
        pairs
            .map(|(provider, (enabled, budget))| ConnectionOf { provider, enabled, budget })
            .collect()
    })
}

pub(super) fn scenes() -> impl Strategy<Value = Scene> {
    let asks = prop::collection::vec(asks(), 4..9);
    (policies(), keys(), connections(), grants(), fusions(), asks).prop_map(
        |(policy, key, connections, grants, fusion, asks)| Scene {
            policy,
            key,
            connections,
            grants,
            fusion,
            asks,
        },
    )
}
