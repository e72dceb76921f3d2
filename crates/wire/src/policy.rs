//! Policies: which providers and models a key may reach, and what it may spend.

use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::model::ModelPattern;
use super::money::Micros;
use super::word::word;

word! {
    /// Who shares a policy's budget.
    BudgetScope {
        /// All its keys draw on one budget.
        Policy = "policy",
        /// Each principal (or each key without one) has a budget of its own.
        Principal = "principal",
    }
}

/// The tenant of a policy that names none.
pub const DEFAULT_TENANT: &str = "default";

/// The role label of a policy that names none.
pub const DEFAULT_TOKEN_ROLE: &str = "service";

/// A policy as the admin API returns it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    pub policy_id: String,
    pub enabled: bool,
    /// Sorted ids. Empty means **every** provider; see [`Policy::scope`].
    pub providers: Vec<String>,
    pub tenant_id: String,
    pub token_role: String,
    /// `None` is unlimited, zero blocks.
    pub monthly_budget_micros: Option<Micros>,
    /// A fixed price per request, instead of the models' prices.
    pub request_cost_micros: Option<Micros>,
    pub budget_scope: BudgetScope,
    pub retain_request_content: bool,
    pub grant_routing: Value,
    /// Extension `policy.models`. `None` is every model of the providers in scope.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<ModelPattern>>,
    /// Members that this version does not know. An edit sends them back as they came.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// Which providers a policy reaches. On the wire "all" and "none" look alike; here they do not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProviderScope {
    All,
    Only(BTreeSet<String>),
}

impl ProviderScope {
    pub fn contains(&self, provider: &str) -> bool {
        match self {
            Self::All => true,
            Self::Only(ids) => ids.contains(provider),
        }
    }
}

impl Policy {
    pub fn scope(&self) -> ProviderScope {
        if self.providers.is_empty() {
            ProviderScope::All
        } else {
            ProviderScope::Only(self.providers.iter().cloned().collect())
        }
    }

    /// Whether the operator's own key is used where none of its grants can be.
    pub fn falls_back_to_environment(&self) -> bool {
        self.grant_routing.get(ENVIRONMENT_FALLBACK).and_then(Value::as_bool).unwrap_or(false)
    }

    /// Whether it reaches a provider; the same as to ask its [`Policy::scope`], without making it.
    pub fn covers(&self, provider: &str) -> bool {
        self.providers.is_empty() || self.providers.iter().any(|id| id == provider)
    }

    /// A policy with the defaults that a router gives to what a write leaves out.
    pub fn with_defaults(policy_id: &str, scope: &ProviderScope) -> Self {
        Self {
            policy_id: policy_id.to_owned(),
            enabled: true,
            providers: match scope {
                ProviderScope::All => Vec::new(),
                ProviderScope::Only(ids) => ids.iter().cloned().collect(),
            },
            tenant_id: DEFAULT_TENANT.to_owned(),
            token_role: DEFAULT_TOKEN_ROLE.to_owned(),
            monthly_budget_micros: None,
            request_cost_micros: None,
            budget_scope: BudgetScope::Policy,
            retain_request_content: true,
            grant_routing: default_grant_routing(),
            models: None,
            unknown: Map::new(),
        }
    }

    /// The body of a PUT that leaves nothing to the router's defaults.
    ///
    /// A router turns what a body omits into "unlimited", "enabled" or "the default tenant", so
    /// every member is written out, but those of extensions that nothing is said of.
    pub fn put_body(&self) -> Value {
        let mut body = match serde_json::to_value(self) {
            Ok(Value::Object(body)) => body,
            // A policy is strings, numbers and maps with string keys; this cannot happen.
            _ => Map::new(),
        };
        body.remove("policyId");
        if self.providers.is_empty() {
            body.insert("allProviders".to_owned(), Value::Bool(true));
        }
        Value::Object(body)
    }
}

/// Extension `policy.environmentFallback`: the member of `grantRouting` that has the operator's own
/// key used where there are grants and none of them can be.
pub const ENVIRONMENT_FALLBACK: &str = "environmentFallback";

/// The words of a policy's `grantRouting`.
pub const GRANT_STRATEGIES: [&str; 5] =
    ["priority", "round_robin", "least_used", "most_remaining", "weighted_random"];
pub const GRANT_STICKINESS: [&str; 3] = ["none", "identity", "session"];
pub const GRANT_STALE_STATES: [&str; 2] = ["allow", "deny"];

/// How long what is known of a grant's limits may count as recent, in seconds.
pub const GRANT_STALE_SECONDS: RangeInclusive<u64> = 30..=86_400;

/// How upstream grants are chosen, where a policy does not say.
pub fn default_grant_routing() -> Value {
    serde_json::json!({
        "strategy": "most_remaining",
        "stickiness": "none",
        "failover": true,
        "staleState": "allow",
        "staleAfterSeconds": 300,
        "eligibleGrants": {},
    })
}

/// Members of `grantRouting` that later routers always return, with the defaults that they give to
/// a policy which does not say.
const LATER_ROUTING: [(&str, u64); 2] = [("switchAtUsedPercent", 90), ("hysteresisPercent", 10)];

/// The defaults, on a router that returns `now`: its own members get the router's defaults, and
/// those that this version does not know stay.
pub fn reset_grant_routing(now: &Value) -> Value {
    let mut reset = default_grant_routing();
    for (name, value) in now.as_object().into_iter().flatten() {
        let known = name == ENVIRONMENT_FALLBACK || reset.get(name).is_some();
        if known {
            continue;
        }
        let later = LATER_ROUTING.iter().find(|(later, _)| later == name);
        reset[name] = match later {
            Some((_, default)) if value.as_f64() != Some(*default as f64) => (*default).into(),
            _ => value.clone(),
        };
    }
    reset
}

/// Whether a policy chooses among grants as one that says nothing of it.
pub fn is_default_grant_routing(routing: &Value) -> bool {
    let later = |name: &String| LATER_ROUTING.iter().any(|(later, _)| later == name);
    let names = routing.as_object().into_iter().flatten().map(|(name, _)| name);
    let defaults = default_grant_routing();
    let only_known = names.filter(|name| !later(name)).all(|name| defaults.get(name).is_some());
    only_known && *routing == reset_grant_routing(routing)
}

/// `GET /v1/admin/policies`
#[derive(Debug, Serialize, Deserialize)]
pub struct PolicyList {
    pub policies: Vec<Policy>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_defaults_of_a_later_router_are_defaults() {
        let with = |changes: Value| {
            let mut routing = default_grant_routing();
            for (name, value) in changes.as_object().unwrap() {
                routing[name] = value.clone();
            }
            routing
        };
        let later = with(serde_json::json!({"switchAtUsedPercent": 90, "hysteresisPercent": 10.0}));
        assert!(is_default_grant_routing(&later));
        assert_eq!(reset_grant_routing(&later), later);
        let changed = with(serde_json::json!({"switchAtUsedPercent": 70.5, "strategy": "priority",
            "hysteresisPercent": 10, "ofTomorrow": 1, "environmentFallback": true}));
        assert!(!is_default_grant_routing(&changed));
        let reset = with(serde_json::json!({"switchAtUsedPercent": 90, "hysteresisPercent": 10,
            "ofTomorrow": 1}));
        assert_eq!(reset_grant_routing(&changed), reset);
        assert!(!is_default_grant_routing(&reset), "nobody knows what the new member means");
        assert_eq!(reset_grant_routing(&serde_json::json!({})), default_grant_routing());
    }

    #[test]
    fn an_all_providers_policy_round_trips() {
        let policy = Policy::with_defaults("everything", &ProviderScope::All);
        let body = policy.put_body();
        assert_eq!(body["allProviders"], true);
        assert_eq!(body["providers"], serde_json::json!([]));
        assert_eq!(policy.scope(), ProviderScope::All);
    }

    #[test]
    fn a_put_says_everything() {
        let scope = ProviderScope::Only(["openai".to_owned()].into());
        let body = Policy::with_defaults("team", &scope).put_body();
        let mut names: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "budgetScope",
                "enabled",
                "grantRouting",
                "monthlyBudgetMicros",
                "providers",
                "requestCostMicros",
                "retainRequestContent",
                "tenantId",
                "tokenRole",
            ]
        );
        assert_eq!(body["monthlyBudgetMicros"], Value::Null);
    }

    #[test]
    fn members_of_a_newer_router_are_sent_back() {
        let mut read = Policy::with_defaults("team", &ProviderScope::All).put_body();
        read["policyId"] = "team".into();
        read["requestsPerMinute"] = 60.into();
        read["budgetScope"] = "household".into();
        let policy: Policy = serde_json::from_value(read).unwrap();
        let body = policy.put_body();
        assert_eq!(body["requestsPerMinute"], 60);
        assert_eq!(body["budgetScope"], "household");
    }
}
