//! Recordings 257 to 293: where a key may stand, and what its holder is told.

use serde_json::json;

use super::{House, SECRET};

fn house() -> (House, String) {
    let house = House::new();
    let providers =
        ["openai", "local-openai", "anthropic", "google-gemini", "mistral", "openrouter"];
    let key = house.issue("cred1", json!({"providers": providers, "tenantId": "acme"}));
    (house, key)
}

#[test]
fn inspect_tells_what_a_key_may_do() {
    let (house, key) = house();
    let answer = house.with_key("/v1/key/inspect", &key);
    let expected = json!({
        "kid": "cred1", "mode": "live", "syntaxValid": true, "verified": true,
        "verification": "verified", "enabled": true,
        "providers": ["anthropic", "google-gemini", "local-openai", "mistral", "openai", "openrouter"],
        "tenantId": "acme", "tokenRole": "service", "monthlyBudgetMicros": null,
        "requestCostMicros": null, "budgetScope": "policy",
    });
    assert_eq!((answer.status, &answer.body), (200, &expected));
    assert_eq!(answer.header("content-type"), Some("application/json"));
    assert_eq!(answer.header("cache-control"), None);
}

#[test]
fn a_key_may_stand_in_four_headers() {
    let (house, key) = house();
    let check = |headers: &[(&str, &str)], status: u16, code: &str| {
        let answer = house.network("GET /v1/key/inspect", headers);
        assert_eq!((answer.status, answer.code()), (status, code), "{headers:?}");
    };
    check(&[("x-api-key", &key)], 200, "");
    check(&[("x-goog-api-key", &key)], 200, "");
    check(&[("api-key", &key)], 200, "");
    check(&[("authorization", &key)], 200, "");
    check(&[("authorization", "Bearer sk-other"), ("x-api-key", &key)], 200, "");
    // The first that is a key counts, even if it is not registered.
    let nobody = "Bearer clawrouter-live-nobody-12345678";
    check(&[("authorization", nobody), ("x-api-key", &key)], 401, "unknown_proxy_key");
}

#[test]
fn what_is_no_key_is_not_looked_up() {
    let (house, _) = house();
    let check = |key: &str, code: &str| {
        let answer = house.with_key("/v1/key/inspect", key);
        assert_eq!((answer.status, answer.code()), (401, code), "{key}");
    };
    check("clawrouter-live-cred1", "invalid_proxy_key");
    check("sk-123", "invalid_proxy_key");
    check("clawrouter-live-cred1-short", "invalid_proxy_key");
    check("clawrouter-live-cred1-abc.def.ghi", "invalid_proxy_key");
    check(&format!("clawrouter-live-nobody-{SECRET}"), "unknown_proxy_key");
    let none = house.network("GET /v1/key/inspect", &[]);
    assert_eq!((none.status, none.code()), (401, "invalid_proxy_key"));
}

#[test]
fn each_route_says_in_its_word_that_there_is_no_key() {
    let (house, key) = house();
    house.does("POST credentials/cred1/revoke", json!({}), json!({}));
    let check = |path: &str, without: &str| {
        let status = |headers: &[(&str, &str)]| {
            let answer = house.network(&format!("GET {path}"), headers);
            (answer.status, answer.code().to_owned())
        };
        assert_eq!(status(&[]), (401, without.into()), "{path}");
        assert_eq!(status(&[("authorization", "Bearer sk-foreign")]), (401, without.into()));
        assert_eq!(status(&[("authorization", &key)]), (403, "proxy_key_revoked".into()));
        let malformed = [("authorization", "Bearer clawrouter-live-x")];
        assert_eq!(status(&malformed), (401, "invalid_proxy_key".into()), "{path}");
    };
    check("/v1/models", "client_auth_required");
    check("/v1/catalog", "client_auth_required");
    check("/v1/me", "invalid_proxy_key");
    check("/v1/usage", "invalid_proxy_key");
}

#[test]
fn me_is_the_principal_of_the_key() {
    let (house, key) = house();
    let check = |email| {
        let answer = house.with_key("/v1/me", &key);
        let expected = json!({
            "authenticated": true, "auth": "proxy_key", "role": "user", "email": email,
            "subject": null, "tenantId": "acme", "groups": [],
        });
        assert_eq!(answer.body, expected);
        assert_eq!(answer.header("cache-control"), Some("no-store"));
    };
    check(json!(null));
    let body = json!({"keepSecret": true, "policyId": "cred1", "principalId": "ada@localhost"});
    house.does("PUT credentials/cred1", body, json!({}));
    check(json!("ada@localhost"));
    let alias = house.with_key("/api/me", &key);
    assert_eq!(alias.status, 200);
}

#[test]
fn models_come_in_two_shapes() {
    let (house, key) = house();
    let answer = house.with_key("/v1/models", &key);
    assert_eq!(answer.body["object"], "list");
    assert_eq!(
        answer.ids("data", "id"),
        [
            "anthropic/claude-opus-4-8",
            "anthropic/claude-sonnet-4-6",
            "anthropic/claude-haiku-4-5",
            "google/gemini-3.5-flash",
            "local/default",
            "mistral/mistral-medium-3-5",
            "mistral/mistral-small-2603",
            "mistral/mistral-embed",
            "openai/gpt-5.6",
            "openai/gpt-5.5",
            "openai/gpt-4.1-mini",
            "openai/gpt-5.4",
            "openai/text-embedding-3-large",
            "openrouter/auto",
        ]
    );
    let local = json!({
        "id": "local/default", "object": "model", "owned_by": "local-openai",
        "display_name": "Local OpenAI-compatible · local/default", "capabilities": ["llm.chat"],
    });
    assert_eq!(answer.row("data", "id", "local/default"), &local);

    let headers = [("x-api-key", key.as_str()), ("anthropic-version", "2023-06-01")];
    let anthropic = house.network("GET /v1/models", &headers);
    let ends = json!({
        "first_id": "anthropic/claude-opus-4-8", "has_more": false,
        "last_id": "anthropic/claude-haiku-4-5",
    });
    anthropic.shows(&ends, "the other shape");
    let haiku = json!({
        "id": "anthropic/claude-haiku-4-5", "type": "model",
        "display_name": "Anthropic · anthropic/claude-haiku-4-5",
        "created_at": "1970-01-01T00:00:00Z", "capabilities": null,
        "max_input_tokens": 200_000, "max_tokens": 64_000,
    });
    assert_eq!(anthropic.row("data", "id", "anthropic/claude-haiku-4-5"), &haiku);
}

#[test]
fn the_catalog_has_a_row_for_each_provider_in_scope() {
    let (house, key) = house();
    let answer = house.with_key("/v1/catalog", &key);
    assert_eq!(answer.body["version"], "clawrouter.client-catalog.v1");
    assert_eq!(
        answer.ids("providers", "id"),
        ["anthropic", "google-gemini", "local-openai", "mistral", "openai", "openrouter"]
    );
    let openai = answer.row("providers", "id", "openai");
    let expected = json!({
        "endpoint": "chat_completions", "methods": ["POST"], "path": "/v1/chat/completions",
        "requestFormat": "openai.chat_completions", "responseFormat": "openai.chat_completions",
        "streaming": "sse",
    });
    assert_eq!(openai["routes"][0], expected);
    assert_eq!(openai["nativeBaseUrl"], "/v1/native/openai");
    assert_eq!(openai["policies"], json!(["cred1"]));
    assert_eq!(openai["connectionTypes"], json!(["api_key", "oauth", "subscription"]));
    assert_eq!(openai["readiness"]["status"], "unverified");
    let gemini = answer.row("providers", "id", "google-gemini");
    assert_eq!((&gemini["executable"], &gemini["openaiCompatible"]), (&json!(true), &json!(false)));
    assert_eq!(gemini["models"][0]["pricing"]["inputMicrosPerMillion"], 1_500_000);
}

#[test]
fn an_empty_scope_is_every_provider_and_the_unready_stay_listed() {
    let house = House::new();
    let key = house.issue("everything", json!({"allProviders": true}));
    let answer = house.with_key("/v1/catalog", &key);
    let all = house.network("GET /v1/providers", &[]).ids("providers", "id");
    // Nobody has agreed to their terms.
    let unconnected = ["claude-max-proxy", "clawpool"];
    let offered: Vec<_> =
        all.iter().filter(|id| !unconnected.contains(&id.as_str())).cloned().collect();
    assert_eq!(answer.ids("providers", "id"), offered);
    let xai = answer.row("providers", "id", "xai");
    assert_eq!((&xai["executable"], &xai["models"]), (&json!(false), &json!([])));
    assert_eq!((&xai["routes"], &xai["openaiCompatible"]), (&json!([]), &json!(false)));
    assert_eq!(xai["readiness"]["missingConfig"], json!(["XAI_API_KEY"]));
    // A local server that wants no key is ready as soon as somebody has connected it.
    house.does("PUT connections/claude-max-proxy", json!({"enabled": true}), json!({}));
    let answer = house.with_key("/v1/catalog", &key);
    let max = answer.row("providers", "id", "claude-max-proxy");
    assert_eq!(max["executable"], true);
    let models = house.with_key("/v1/models", &key).ids("data", "owned_by");
    assert!(!models.contains(&"xai".to_owned()));
}

#[test]
fn a_budget_hides_models_without_a_price_from_the_catalog_alone() {
    let (house, key) = house();
    let in_catalog = || {
        let answer = house.with_key("/v1/catalog", &key);
        answer.row("providers", "id", "openrouter")["models"].as_array().unwrap().len()
    };
    let listed = || house.with_key("/v1/models", &key).ids("data", "id");
    let put = |members| house.does("PUT policies/cred1", members, json!({}));
    assert_eq!(in_catalog(), 1);
    put(json!({"providers": ["openrouter", "openai"], "monthlyBudgetMicros": 0}));
    assert_eq!(in_catalog(), 0);
    assert!(listed().contains(&"openrouter/auto".to_owned()));
    put(json!({"providers": ["openrouter"], "monthlyBudgetMicros": 5, "requestCostMicros": 1}));
    assert_eq!(in_catalog(), 1);
}
