//! A router's state as a manifest. Every member is written out, also where it is the default, so
//! that applying it somewhere else leaves nothing to what is there.

mod keys;

use std::collections::HashSet;

use jiff::Timestamp;
use serde_json::{Value, json};

pub use self::keys::Keys;
use super::live::Live;
use super::manifest::emit::{Members, Section, Things};
use clawctl_wire::binding::{Binding, PrincipalType};
use clawctl_wire::connection::Connection;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::grant::Grant;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{ENVIRONMENT_FALLBACK, Policy, ProviderScope, is_default_grant_routing};
use clawctl_wire::rule::{GENERATED_PREFIX, Rule};
use clawctl_wire::user::{AccessUser, CONSOLE_ADMIN};

/// Everything that a manifest can say of this state.
pub fn export(live: &Live) -> Vec<Section> {
    let mut keys = Keys::default();
    live.keys.values().for_each(|key| keys.add(key));
    for (id, hash) in live.hashes.iter().flatten() {
        keys.set_hash(id, hash.clone());
    }
    export_with(live, keys)
}

/// The same with keys that were read one after the other, because there may be very many.
pub fn export_with(live: &Live, keys: Keys) -> Vec<Section> {
    let policies = live.policies.values().map(|it| (it.policy_id.clone(), policy(live, it)));
    let providers = live.providers.iter().filter(|it| !is_untouched(it));
    let providers = providers.map(|it| (it.provider_id.clone(), provider(it)));
    let named = |name, things: Vec<_>| Section { name, things: Things::Named(things) };
    vec![
        named("policies", policies.collect()),
        Section { name: "keys", things: keys.things(live.offers) },
        named("providers", providers.collect()),
        named("grants", grants(live)),
        named("users", users(live)),
        Section { name: "bindings", things: Things::Listed(bindings(live)) },
        named("rules", live.rules.values().map(|it| (it.rule_id.clone(), rule(it))).collect()),
        Section { name: "fusion", things: Things::Alone(fusion(live)) },
    ]
}

fn grants(live: &Live) -> Vec<(String, Members)> {
    let mut taken = HashSet::new();
    live.grants.iter().map(|(name, it)| (name.clone(), grant(it, &mut taken))).collect()
}

/// Its secrets are named by variables, so that they can be given where it is applied. A router
/// that has them is not sent them again. No two secrets have the same variable.
fn grant(grant: &Grant, taken: &mut HashSet<String>) -> Members {
    let mut members = vec![
        ("provider", json!(grant.provider)),
        ("kind", json!(grant.kind)),
        ("enabled", json!(grant.enabled)),
        ("label", json!(grant.label)),
        ("priority", json!(grant.priority)),
        ("weight", json!(grant.weight)),
        ("token_type", json!(grant.token_type)),
        ("expires", json!(grant.expires_at.as_deref().unwrap_or("never"))),
        ("scopes", json!(grant.scopes)),
        ("account", json!(grant.account_id)),
        ("subscription", json!(grant.subscription)),
    ];
    let mut variable = |what: &str| {
        let name = format!("GRANT_{}_{}_{what}", grant.scope_id, grant.token_ref);
        let plain = |c: char| if c.is_ascii_alphanumeric() { c.to_ascii_uppercase() } else { '_' };
        let name: String = name.chars().map(plain).collect();
        let numbered = (2..).map(|number| format!("{name}_{number}"));
        let free = std::iter::once(name.clone()).chain(numbered).find(|it| !taken.contains(it));
        let free = free.unwrap_or(name);
        taken.insert(free.clone());
        json!(format!("env:{free}"))
    };
    let single = [
        ("credential", grant.has_credential),
        ("access_token", grant.has_access_token),
        ("refresh_token", grant.has_refresh_token),
    ];
    for (name, _) in single.into_iter().filter(|(_, has)| *has) {
        members.push((name, variable(name)));
    }
    if !grant.credential_fields.is_empty() {
        let fields = grant.credential_fields.iter().map(|name| (name.clone(), variable(name)));
        members.push(("credentials", Value::Object(fields.collect())));
    }
    if let Some(url) = &grant.refresh_token_url {
        let configs = [
            ("client_id_config", &grant.client_id_config),
            ("client_secret_config", &grant.client_secret_config),
        ];
        let mut refresh = serde_json::Map::from_iter([("token_url".to_owned(), json!(url))]);
        for (name, value) in configs {
            refresh.extend(value.as_ref().map(|value| (name.to_owned(), json!(value))));
        }
        members.push(("refresh", Value::Object(refresh)));
    }
    members
}

/// Without the administrator of the router's own console, whom every write would lock out.
fn users(live: &Live) -> Vec<(String, Members)> {
    let users = live.users.values().filter(|user| user.email != CONSOLE_ADMIN);
    let members = |user: &AccessUser| {
        // What rules make for themselves comes back with them.
        let own: Vec<_> =
            user.groups.iter().filter(|name| !name.starts_with(GENERATED_PREFIX)).collect();
        vec![
            ("enabled", json!(user.enabled)),
            ("tenant", json!(user.tenant_id)),
            ("groups", json!(own)),
            ("retain_content", json!(!user.content_retention_disabled)),
        ]
    };
    users.map(|user| (user.email.clone(), members(user))).collect()
}

fn bindings(live: &Live) -> Vec<Members> {
    let own = live.bindings.iter().filter(|it| !it.principal_id.starts_with(GENERATED_PREFIX));
    let member = |binding: &Binding| {
        let whom = match binding.principal_type {
            PrincipalType::User => "user",
            PrincipalType::Group => "group",
            // A kind that this version does not know cannot be written either.
            PrincipalType::Other(_) => return None,
        };
        Some(vec![
            (whom, json!(binding.principal_id)),
            ("policy", json!(binding.policy_id)),
            ("enabled", json!(binding.enabled)),
            ("priority", json!(binding.priority)),
        ])
    };
    own.filter_map(member).collect()
}

fn rule(rule: &Rule) -> Members {
    vec![
        ("enabled", json!(rule.enabled)),
        ("kind", json!(rule.kind)),
        ("subject", json!(rule.subject)),
        ("groups", json!(rule.groups)),
        ("policies", json!(rule.policy_ids)),
        ("priority", json!(rule.priority)),
        ("revoke_on_loss", json!(rule.revoke_on_loss)),
        ("provenance", json!(rule.provenance)),
    ]
}

/// Nothing while nobody configured it.
fn fusion(live: &Live) -> Members {
    let Some(config) = live.fusion.as_ref().filter(|it| **it != FusionConfig::default()) else {
        return Vec::new();
    };
    vec![
        ("enabled", json!(config.enabled)),
        ("advisers", json!(config.adviser_models)),
        ("aggregator", json!(config.aggregator_model)),
        ("adviser_timeout_ms", json!(config.adviser_timeout_ms)),
        ("max_output_tokens", json!(config.max_output_tokens)),
        ("max_input_chars", json!(config.max_input_chars)),
        ("max_proposal_chars", json!(config.max_proposal_chars)),
        ("temperature", json!(config.temperature)),
    ]
}

fn policy(live: &Live, policy: &Policy) -> Members {
    let providers = match policy.scope() {
        ProviderScope::All => json!("all"),
        ProviderScope::Only(ids) => json!(ids),
    };
    let mut members = vec![("enabled", json!(policy.enabled)), ("providers", providers)];
    if live.offers.models {
        members.push(("models", policy.models.as_ref().map_or(json!("all"), |list| json!(list))));
    }
    members.extend([
        ("budget", money(policy.monthly_budget_micros)),
        ("budget_scope", json!(policy.budget_scope)),
        ("request_cost", money(policy.request_cost_micros)),
        ("tenant", json!(policy.tenant_id)),
        ("role", json!(policy.token_role)),
        ("retain_content", json!(policy.retain_request_content)),
        ("grant_routing", routing(&policy.grant_routing)),
    ]);
    members
}

fn routing(value: &Value) -> Value {
    if is_default_grant_routing(value) {
        return json!("default");
    }
    let names = [
        ("strategy", "strategy"),
        ("stickiness", "stickiness"),
        ("failover", "failover"),
        (ENVIRONMENT_FALLBACK, "environment_fallback"),
        ("staleState", "stale_state"),
        ("staleAfterSeconds", "stale_after_seconds"),
        ("eligibleGrants", "eligible_grants"),
    ];
    let member =
        |(wire, name): &(&str, &str)| Some(((*name).to_owned(), value.get(*wire)?.clone()));
    Value::Object(names.iter().filter_map(member).collect())
}

/// What was never written has nothing to tell.
fn is_untouched(connection: &Connection) -> bool {
    connection.enabled && connection.label.is_none() && connection.budget().is_none()
}

fn provider(connection: &Connection) -> Members {
    vec![
        ("enabled", json!(connection.enabled)),
        ("label", json!(connection.label)),
        ("budget", money(connection.budget())),
    ]
}

fn money(amount: Option<Micros>) -> Value {
    amount.map_or_else(|| json!("none"), |amount| json!(format!("${}", amount.plain())))
}

fn time(at: Option<Timestamp>) -> String {
    at.map_or_else(|| "never".to_owned(), |at| at.to_string())
}
