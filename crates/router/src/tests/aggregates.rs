//! Recordings 311 to 313, and the answers that show everything at once.

use serde_json::{Value, json};

use super::{House, SECRET};
use clawctl_wire::catalog::ProviderHealth;
use clawctl_wire::key::sha256_hex;

/// Two tenants, three policies, four keys.
fn house() -> House {
    let house = House::new();
    let put = |id: &str, body: Value| house.does(&format!("PUT policies/{id}"), body, json!({}));
    put("alpha", json!({"allProviders": true, "requestCostMicros": 3}));
    let budget = |micros: u64| json!({"providers": ["openai"], "monthlyBudgetMicros": micros});
    put("beta", budget(2_000_000));
    let mut acme = budget(3_000_000);
    acme["tenantId"] = json!("acme");
    acme["providers"] = json!(["xai", "openai"]);
    put("gamma", acme);
    for (id, policy) in
        [("one1", "alpha"), ("two2", "alpha"), ("three3", "gamma"), ("four4", "beta")]
    {
        let body = json!({"secretSha256": sha256_hex(SECRET), "policyId": policy});
        house.does(&format!("PUT credentials/{id}"), body, json!({}));
    }
    house.does("POST credentials/two2/revoke", json!({}), json!({}));
    house.does("POST policies/beta/revoke", json!({}), json!({}));
    house
}

#[test]
fn the_overview_counts_and_sums() {
    house().does(
        "GET overview",
        json!({}),
        json!({
            "policiesTotal": 3, "policiesActive": 2, "keysTotal": 4, "keysActive": 2,
            "tenantsTotal": 2, "providerCount": 23, "openaiCompatibleProviders": 14,
            "monthlyBudgetMicros": 5_000_000, "requestCostMicros": 3,
        }),
    );
}

#[test]
fn a_key_counts_as_active_until_it_ends() {
    let house = house();
    for (id, end) in [("five5", "2026-11-20T12:00:10Z"), ("six6", "2026-11-20T12:00:00.5Z")] {
        let body =
            json!({"secretSha256": sha256_hex(SECRET), "policyId": "alpha", "expiresAt": end});
        house.does(&format!("PUT credentials/{id}"), body, json!({}));
    }
    let counts = |active: u64, of_default: u64| {
        house.does("GET overview", json!({}), json!({"keysTotal": 6, "keysActive": active}));
        let tenants = house.does("GET tenants", json!({}), json!({}));
        let row = tenants.row("tenants", "tenantId", "default");
        assert_eq!((&row["keys"], &row["activeKeys"]), (&json!(5), &json!(of_default)));
    };
    counts(4, 3);
    house.later(1);
    counts(3, 2);
    house.later(9);
    counts(2, 1);
}

#[test]
fn tenants_exist_through_their_policies() {
    let tenants = json!([
        {
            "tenantId": "default", "policies": 2, "activePolicies": 1, "keys": 3, "activeKeys": 1,
            "providers": ["openai"], "allProviders": true,
            "monthlyBudgetMicros": 2_000_000, "requestCostMicros": 3,
        },
        {
            "tenantId": "acme", "policies": 1, "activePolicies": 1, "keys": 1, "activeKeys": 1,
            "providers": ["openai", "xai"], "allProviders": false,
            "monthlyBudgetMicros": 3_000_000, "requestCostMicros": 0,
        },
    ]);
    let house = house();
    house.does("GET tenants", json!({}), json!({"tenants": tenants}));
    house.does("GET users", json!({}), json!({"tenants": tenants}));
}

#[test]
fn bootstrap_is_all_the_others_together() {
    let house = house();
    let all = house.does("GET bootstrap", json!({}), json!({})).body;
    for (member, path) in [
        ("policies", "policies"),
        ("credentials", "credentials"),
        ("connections", "connections"),
        ("providers", "provider-status"),
        ("users", "access-users"),
        ("bindings", "policy-bindings"),
        ("grants", "upstream-grants"),
        ("rules", "assignment-rules"),
        ("tenants", "tenants"),
    ] {
        let alone = house.does(&format!("GET {path}"), json!({}), json!({})).body;
        assert_eq!(all[member], alone[member], "{member}");
    }
    assert_eq!(all["fusion"], house.does("GET fusion", json!({}), json!({})).body);
    assert_eq!(all["overview"], house.does("GET overview", json!({}), json!({})).body);
}

#[test]
fn a_live_check_shows_in_status_and_health() {
    let house = House::new();
    let health = ProviderHealth {
        provider_id: "openai".into(),
        status: "failed".into(),
        checked_at: "2026-11-20T11:00:00Z".into(),
        latency_ms: Some(120.5),
        status_code: Some(500),
        error: Some("no".into()),
    };
    house.router.record_health(&health).unwrap();
    let row = json!({
        "providerId": "openai", "status": "failed", "checkedAt": "2026-11-20T11:00:00Z",
        "latencyMs": 120.5, "statusCode": 500, "error": "no",
    });
    house.does("GET provider-health", json!({}), json!({"providers": [row]}));
    let status = house.does("GET provider-status", json!({}), json!({}));
    let openai = status.row("providers", "id", "openai");
    assert_eq!((&openai["status"], &openai["latencyMs"]), (&json!("failed"), &json!(120.5)));
    assert_eq!(openai["lastCheckedAt"], "2026-11-20T11:00:00Z");
}
