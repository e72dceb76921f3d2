use serde_json::{Value, json};

use super::*;

fn provider(id: &str, class: &str, capability: &str, models: &[(&str, bool)]) -> Provider {
    let models: Vec<Value> = models
        .iter()
        .map(|(model, priced)| {
            let pricing = json!({
                "inputMicrosPerMillion": 5_000_000, "outputMicrosPerMillion": 30_000_000,
                "cachedInputMicrosPerMillion": 500_000, "cacheWriteInputMicrosPerMillion": null,
                "cacheWrite5mInputMicrosPerMillion": null,
                "cacheWrite1hInputMicrosPerMillion": null,
                "maxInputTokens": 1_050_000, "maxRequestInputTokens": null,
                "defaultMaxOutputTokens": 128_000, "longContext": null,
            });
            json!({
                "id": format!("{id}/{model}"), "upstream": model, "capabilities": [capability],
                "pricing": priced.then_some(pricing),
            })
        })
        .collect();
    serde_json::from_value(json!({
        "id": id, "class": class, "models": models,
        "capabilities": [{ "id": capability, "endpoint": "main", "methods": ["POST"] }],
        "endpoints": [{ "id": "main", "methods": ["POST"], "path": "/v1/messages",
                        "request_format": "anthropic.messages" }],
    }))
    .unwrap()
}

fn readiness(id: &str, status: &str, missing: &[&str]) -> Readiness {
    let executable = matches!(status, "verified" | "unverified" | "failed");
    let endpoints: &[&str] = if executable { &["main"] } else { &[] };
    serde_json::from_value(json!({
        "id": id, "displayName": id, "class": "", "serviceKind": "", "requiredConfig": [],
        "optionalConfig": [], "missingConfig": missing, "configPresent": missing.is_empty(),
        "connectionEnabled": status != "disabled", "oauthGrantRequired": false,
        "oauthGrantCount": 0, "upstreamGrantCount": 0, "openaiCompatible": true,
        "manifestRoutes": 1, "executableEndpoints": endpoints, "modelCount": 1,
        "executable": executable, "verified": false, "lastCheckedAt": null, "latencyMs": null,
        "status": status, "reasons": ["Something in words."],
    }))
    .unwrap()
}

fn connection(id: &str, budget: Option<u64>) -> Connection {
    serde_json::from_value(json!({
        "providerId": id, "enabled": true, "label": null, "monthlyBudgetMicros": budget,
    }))
    .unwrap()
}

fn openai() -> Provider {
    provider("openai", "openai_compatible", "llm.chat", &[("gpt-5", true), ("odd", false)])
}

/// The state and the reason of each model, after one change of policy and connection.
fn states(
    status: &Readiness,
    provider_budget: Option<u64>,
    policy: Option<&Policy>,
) -> Vec<(Use, Option<String>)> {
    let known = Known {
        providers: &[openai()],
        readiness: std::slice::from_ref(status),
        connections: &[connection("openai", provider_budget)],
        grants: &[],
        ..Known::default()
    };
    compute(known, policy).into_iter().map(|row| (row.state, row.reason)).collect()
}

fn policy(budget: Option<u64>) -> Policy {
    let scope = ProviderScope::Only(["openai".to_owned()].into());
    Policy { monthly_budget_micros: budget.map(Micros), ..Policy::with_defaults("team", &scope) }
}

#[test]
fn a_budget_wants_a_price() {
    let ready = readiness("openai", "unverified", &[]);
    let check = |provider_budget, policy: Option<Policy>, expected: [Use; 2]| {
        let found: Vec<_> =
            states(&ready, provider_budget, policy.as_ref()).into_iter().map(|s| s.0).collect();
        assert_eq!(found, expected, "{provider_budget:?} {policy:?}");
    };
    let (yes, price, no) = (Use::Ready, Use::NeedsFixedPrice, Use::Refused);
    check(None, None, [yes, yes]);
    check(None, Some(policy(None)), [yes, yes]);
    check(None, Some(policy(Some(5))), [yes, price]);
    check(None, Some(policy(Some(0))), [no, no]);
    check(Some(5), Some(policy(None)), [yes, price]);
    check(Some(5), None, [yes, price]);
    check(Some(0), Some(policy(None)), [no, no]);
    let fixed = |budget| Policy { request_cost_micros: Some(Micros(7)), ..policy(budget) };
    check(None, Some(fixed(Some(5))), [yes, yes]);
    check(Some(5), Some(fixed(None)), [yes, yes]);
    check(None, Some(Policy { enabled: false, ..policy(None) }), [no, no]);
}

#[test]
fn why_a_provider_is_not_ready_is_said() {
    let check = |status: Readiness, expected: Use, words: Option<&str>| {
        let found = states(&status, None, None);
        assert_eq!(found[0], (expected, words.map(str::to_owned)));
    };
    check(readiness("openai", "disabled", &[]), Use::NotReady, Some("the provider is disabled"));
    let missing = readiness("openai", "missing_config", &["OPENAI_API_KEY", "X"]);
    check(missing, Use::NotReady, Some("missing OPENAI_API_KEY, X"));
    let odd = readiness("openai", "missing_config", &[]);
    check(odd, Use::NotReady, Some("Something in words."));
    let failed = readiness("openai", "failed", &[]);
    check(failed, Use::Ready, Some("the last live check of the provider failed"));
    check(readiness("openai", "verified", &[]), Use::Ready, None);
    let mut elsewhere = readiness("openai", "verified", &[]);
    elsewhere.executable_endpoints = vec!["other".into()];
    check(elsewhere, Use::NotReady, Some("its endpoint has no address"));
    let stranger = readiness("xai", "verified", &[]);
    check(stranger, Use::NotReady, Some("the router does not tell its state"));
}

#[test]
fn a_policy_reaches_its_providers_and_the_models_it_names() {
    let claude = provider("anthropic", "anthropic_compatible", "llm.messages", &[("opus", true)]);
    let providers = [claude, openai()];
    let known = Known { providers: &providers, ..Known::default() };
    let listed = |policy: Option<&Policy>| -> Vec<String> {
        compute(known, policy).into_iter().map(|row| row.model).collect()
    };
    assert_eq!(listed(None), ["anthropic/opus", "openai/gpt-5", "openai/odd"]);
    assert_eq!(listed(Some(&policy(None))), ["openai/gpt-5", "openai/odd"]);
    let narrow = Policy { models: Some(vec!["openai/gpt*".parse().unwrap()]), ..policy(None) };
    assert_eq!(listed(Some(&narrow)), ["openai/gpt-5"]);
    let rows = compute(known, None);
    assert_eq!(rows[0].transports, [Transport::AnthropicMessages]);
    assert_eq!(rows[1].transports, [Transport::OpenaiCompletions]);
    assert_eq!(rows[1].cached_input_micros_per_million, Some(Micros(500_000)));
    assert_eq!((rows[2].context_tokens, rows[2].input_micros_per_million), (None, None));
}

fn key(budget: Option<u64>, models: Option<&[&str]>) -> Inspection {
    serde_json::from_value(json!({
        "kid": "alice", "mode": "live", "syntaxValid": true, "verified": true,
        "verification": "verified", "enabled": true, "providers": [], "tenantId": null,
        "tokenRole": null, "monthlyBudgetMicros": budget, "requestCostMicros": null,
        "budgetScope": "policy", "models": models,
    }))
    .unwrap()
}

fn catalog(models: &[&str], executable: bool) -> Catalog {
    let models: Vec<Value> = models
        .iter()
        .map(|id| json!({"id": id, "upstream": id, "capabilities": ["llm.chat"]}))
        .collect();
    let mut ready = readiness("openai", "missing_config", &["OPENAI_API_KEY"]);
    ready.executable = executable;
    serde_json::from_value(json!({ "providers": [{
        "id": "openai", "executable": executable, "openaiCompatible": executable,
        "nativeBaseUrl": "/v1/native/openai", "models": models, "readiness": ready,
    }]}))
    .unwrap()
}

#[test]
fn what_the_router_leaves_out_of_a_keys_catalog_is_said_with_the_reason() {
    let known = [openai()];
    let check = |catalog: Catalog, key: Inspection, expected: &[(&str, Use)]| {
        let rows = of_key(&catalog, &known, &key);
        let found: Vec<_> = rows.iter().map(|row| (row.model.as_str(), row.state)).collect();
        assert_eq!(found, expected);
        assert!(rows.iter().all(|row| row.basis == Basis::Key));
    };
    let (gpt, odd) = ("openai/gpt-5", "openai/odd");
    check(catalog(&[gpt, odd], true), key(None, None), &[(gpt, Use::Ready), (odd, Use::Ready)]);
    check(
        catalog(&[gpt], true),
        key(Some(5), None),
        &[(gpt, Use::Ready), (odd, Use::NeedsFixedPrice)],
    );
    check(catalog(&[gpt], true), key(None, None), &[(gpt, Use::Ready)]);
    check(catalog(&[], false), key(Some(5), None), &[(gpt, Use::NotReady), (odd, Use::NotReady)]);
    check(catalog(&[], false), key(None, Some(&["openai/gpt*"])), &[(gpt, Use::NotReady)]);
    check(
        catalog(&[gpt], true),
        key(Some(0), None),
        &[(gpt, Use::Refused), (odd, Use::NeedsFixedPrice)],
    );
}

#[test]
fn a_grant_of_others_opens_nothing_to_a_policy() {
    let grant = |scope: &str, id: &str, provider: &str, usable: bool| -> Grant {
        serde_json::from_value(json!({
            "key": "k", "scope": scope, "scopeId": id, "tokenRef": "main", "enabled": usable,
            "kind": "api_key", "provider": provider, "label": null, "tokenType": "Bearer",
            "expiresAt": null, "accountId": null, "subscription": null,
            "createdAt": "2026-11-01T00:00:00.000Z", "updatedAt": "2026-11-01T00:00:00.000Z",
            "revokedAt": null, "hasCredential": usable, "credentialFields": [],
            "hasAccessToken": false, "hasRefreshToken": false, "refreshConfigured": false,
            "refreshTokenUrl": null, "clientIdConfig": null, "clientSecretConfig": null,
            "usable": usable, "priority": 100, "weight": 1, "selectedCount": 0,
            "lastSelectedAt": null, "quotaStatus": "unknown", "quotaObservedAt": null,
            "cooldownUntil": null, "quotaSource": null, "lastProviderSignal": null,
        }))
        .unwrap()
    };
    let check = |counted: u64, grants: &[Grant], policy: Option<&Policy>, expected: Use| {
        let mut ready = readiness("openai", "unverified", &[]);
        ready.upstream_grant_count = counted;
        let (providers, readiness) = ([openai()], [ready]);
        let known =
            Known { providers: &providers, readiness: &readiness, grants, ..Known::default() };
        assert_eq!(compute(known, policy)[0].state, expected, "{grants:?}");
    };
    let team = policy(None);
    check(0, &[], Some(&team), Use::Ready);
    check(1, &[grant("policies", "team", "openai", true)], Some(&team), Use::Ready);
    check(1, &[grant("tenants", "default", "openai", true)], Some(&team), Use::Ready);
    check(1, &[grant("policies", "other", "openai", true)], Some(&team), Use::Unknown);
    check(1, &[grant("tenants", "acme", "openai", true)], Some(&team), Use::Unknown);
    check(1, &[grant("policies", "team", "groq", true)], Some(&team), Use::Unknown);
    check(1, &[grant("policies", "team", "openai", false)], Some(&team), Use::Unknown);
    check(1, &[], None, Use::Ready);
}
