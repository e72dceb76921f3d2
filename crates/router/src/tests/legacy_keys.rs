//! Recordings 496 to 499: a policy and a credential in one call.

use serde_json::{Value, json};

use super::{House, OTHER_SECRET, SECRET};
use clawctl_wire::key::sha256_hex;

fn body(members: Value) -> Value {
    let mut body = json!({
        "providers": ["local-openai"], "tenantId": "legacy", "monthlyBudgetMicros": 5000,
        "requestCostMicros": 7,
    });
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

#[test]
fn one_call_writes_both() {
    let house = House::new();
    let hash = json!({"secretSha256": sha256_hex(SECRET)});
    house.does(
        "PUT keys/leg1",
        body(hash),
        json!({"credentialId": "leg1", "policyId": "leg1", "active": true, "principalId": null}),
    );
    house.does("GET policies/leg1", json!({}), json!({"tenantId": "legacy"}));
    let key = format!("clawrouter-live-leg1-{SECRET}");
    assert_eq!(house.with_key("/v1/key/inspect", &key).body["requestCostMicros"], 7);
    let listed = house.does("GET keys", json!({}), json!({}));
    let row = listed.row("keys", "kid", "leg1");
    assert_eq!((&row["policyId"], &row["monthlyBudgetMicros"]), (&json!("leg1"), &json!(5000)));
    // The secret stays when it is not named.
    house.does("PUT keys/leg1", body(json!({"tokenRole": "agent"})), json!({"active": true}));
    assert_eq!(house.with_key("/v1/key/inspect", &key).body["tokenRole"], "agent");
}

#[test]
fn scope_and_secret_do_not_change_together() {
    let house = House::new();
    house.does("PUT keys/leg1", body(json!({"secretSha256": sha256_hex(SECRET)})), json!({}));
    let both = body(json!({
        "providers": ["local-openai", "openai"], "secretSha256": sha256_hex(OTHER_SECRET),
    }));
    house.refuses("PUT keys/leg1", &both.to_string(), 409, "combined_policy_secret_rotation");
    house.does("GET policies/leg1", json!({}), json!({"providers": ["local-openai"]}));
    let old = format!("clawrouter-live-leg1-{SECRET}");
    assert_eq!(house.with_key("/v1/key/inspect", &old).status, 200);
    let alone = json!({"secretSha256": sha256_hex(OTHER_SECRET)});
    house.does("PUT keys/leg1", body(alone), json!({"active": true}));
    assert_eq!(house.with_key("/v1/key/inspect", &old).status, 401);
}

#[test]
fn a_new_key_needs_a_secret_and_leaves_nothing_without_one() {
    let house = House::new();
    house.refuses("PUT keys/leg1", &body(json!({})).to_string(), 400, "invalid_credential");
    house.does("GET policies", json!({}), json!({"policies": []}));
    house.refuses("PUT keys/leg1", r#"{"secretSha256":"abc"}"#, 400, "invalid_credential");
    let unscoped = json!({"secretSha256": sha256_hex(SECRET)}).to_string();
    house.refuses("PUT keys/leg1", &unscoped, 400, "invalid_policy");
    house.does("GET credentials", json!({}), json!({"credentials": []}));
}

#[test]
fn a_wrong_method_or_id_is_refused_as_in_the_contract() {
    let house = House::new();
    house.does("PUT keys/leg1", body(json!({"secretSha256": sha256_hex(SECRET)})), json!({}));
    house.does("POST keys/leg1/revoke", json!({}), json!({"enabled": false}));
    let whole = body(json!({"secretSha256": sha256_hex(SECRET), "policyId": "leg1"})).to_string();
    house.refuses("PUT keys/leg1/revoke", &whole, 400, "invalid_credential");
    let listed = house.does("GET credentials", json!({}), json!({}));
    let row = listed.row("credentials", "credentialId", "leg1");
    assert_eq!(row["enabled"], false, "it is not enabled by a wrong method");
    house.refuses("PUT keys/with-dash", &whole, 400, "invalid_policy");
    house.refuses("POST keys/with-dash/revoke", "", 400, "invalid_credential");
}

#[test]
fn revoking_leaves_the_policy() {
    let house = House::new();
    house.does("PUT keys/leg1", body(json!({"secretSha256": sha256_hex(SECRET)})), json!({}));
    house.does(
        "POST keys/leg1/revoke",
        json!({}),
        json!({"enabled": false, "policyEnabled": true}),
    );
    house.does("GET policies/leg1", json!({}), json!({"enabled": true}));
    house.refuses("POST keys/ghost/revoke", "", 404, "unknown_credential");
}
