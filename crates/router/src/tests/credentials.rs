//! Recordings 201 to 256.

use serde_json::{Value, json};

use super::{House, OTHER_SECRET, SECRET};
use clawctl_wire::key::sha256_hex;

/// A house with two policies, as in the recordings.
fn house() -> House {
    let house = House::new();
    let body = json!({"providers": ["openai", "anthropic"], "tenantId": "acme"});
    house.does("PUT policies/client_pol", body, json!({}));
    house.does("PUT policies/second_pol", json!({"providers": ["local-openai"]}), json!({}));
    house
}

fn body(members: Value) -> Value {
    let mut body = json!({"secretSha256": sha256_hex(SECRET), "policyId": "client_pol"});
    for (name, value) in members.as_object().unwrap() {
        body[name] = value.clone();
    }
    body
}

/// What `/v1/key/inspect` says to a key.
fn inspect(house: &House, key: &str) -> (u16, String) {
    let answer = house.with_key("/v1/key/inspect", key);
    (answer.status, answer.code().to_owned())
}

#[test]
fn a_credential_shows_its_state_and_no_hash() {
    let house = house();
    let answer = house.does("PUT credentials/cred1", body(json!({})), json!({}));
    let expected = json!({
        "credentialId": "cred1", "policyId": "client_pol", "enabled": true, "policyEnabled": true,
        "generationMatches": true, "active": true, "principalId": null,
        "createdAt": "2026-11-20T12:00:00Z",
    });
    assert_eq!(answer.body, expected);
    let again = house.does("PUT credentials/cred1", body(json!({})), json!({}));
    assert_eq!(again.body, expected);
    let upper = json!({"secretSha256": sha256_hex(SECRET).to_uppercase()});
    house.does("PUT credentials/cred1", body(upper), json!({"active": true}));
    assert_eq!(inspect(&house, &format!("clawrouter-live-cred1-{SECRET}")).0, 200);
}

#[test]
fn rotation_and_moves_count_at_once() {
    let house = house();
    house.does("PUT credentials/cred1", body(json!({})), json!({}));
    let old = format!("clawrouter-live-cred1-{SECRET}");
    let new = format!("clawrouter-live-cred1-{OTHER_SECRET}");
    let providers = |key: &str| house.with_key("/v1/key/inspect", key).body["providers"].clone();
    assert_eq!(providers(&old), json!(["anthropic", "openai"]));

    let rotated = body(json!({"secretSha256": sha256_hex(OTHER_SECRET)}));
    house.does("PUT credentials/cred1", rotated.clone(), json!({}));
    assert_eq!(inspect(&house, &old), (401, "invalid_proxy_key".into()));
    assert_eq!(inspect(&house, &new).0, 200);

    let mut moved = rotated.clone();
    moved["policyId"] = json!("second_pol");
    house.does("PUT credentials/cred1", moved, json!({"policyId": "second_pol", "active": true}));
    assert_eq!(providers(&new), json!(["local-openai"]));
    house.does("PUT credentials/cred1", rotated, json!({"policyId": "client_pol"}));
}

#[test]
fn every_member_has_its_rule() {
    let house = house();
    let check = |members: Value, status, code: &str| {
        let body = body(members).to_string();
        house.refuses("PUT credentials/cred_bad", &body, status, code);
    };
    check(json!({"secretSha256": null}), 400, "invalid_credential");
    check(json!({"secretSha256": "abc"}), 400, "invalid_credential");
    check(json!({"secretSha256": "z".repeat(64)}), 400, "invalid_credential");
    check(json!({"policyId": null}), 400, "invalid_credential");
    check(json!({"policyId": "a-b"}), 400, "invalid_credential");
    check(json!({"policyId": "ghost"}), 404, "unknown_policy");
    check(json!({"enabled": "yes"}), 400, "invalid_credential");
    check(json!({"enabled": null}), 400, "invalid_credential");
    check(json!({"principalId": "not-an-email"}), 400, "invalid_credential");
    check(json!({"principalId": 5}), 400, "invalid_credential");
    let refused = |path: &str, body: &str, code: &str| {
        house.refuses(&format!("PUT credentials/{path}"), body, 400, code);
    };
    refused("cred_bad", r#"{"policyId":"client_pol"}"#, "invalid_credential");
    refused("cred_bad", "[1]", "invalid_credential");
    refused("cred_bad", "{", "invalid_json");
    refused("a-b", &body(json!({})).to_string(), "invalid_credential");
    refused(&"x".repeat(129), &body(json!({})).to_string(), "invalid_credential");
    house.does("GET credentials", json!({}), json!({"credentials": []}));
}

#[test]
fn an_id_may_be_stored_that_no_key_can_have() {
    let house = house();
    house.does("PUT credentials/ab", body(json!({})), json!({"active": true}));
    let refused = (401, "invalid_proxy_key".to_owned());
    assert_eq!(inspect(&house, &format!("clawrouter-live-ab-{SECRET}")), refused);
}

#[test]
fn a_key_is_split_at_its_first_delimiter() {
    let house = house();
    house.does("PUT credentials/under_score", body(json!({})), json!({}));
    house.does("PUT credentials/cred1", body(json!({})), json!({}));
    assert_eq!(inspect(&house, &format!("clawrouter-live-under_score-{SECRET}")).0, 200);
    let old_form = inspect(&house, &format!("ocpk_live_under_score_{SECRET}"));
    assert_eq!(old_form, (401, "unknown_proxy_key".into()));
    assert_eq!(inspect(&house, &format!("ocpk_live_cred1_{SECRET}")).0, 200);
    let test = house.with_key("/v1/key/inspect", &format!("clawrouter-test-cred1-{SECRET}"));
    test.shows(&json!({"kid": "cred1", "mode": "test", "verified": true}), "a test key");
}

#[test]
fn a_principal_is_an_address_that_a_write_must_repeat() {
    let house = house();
    let check = |members: Value, principal: Value| {
        house.does("PUT credentials/p1x", body(members), json!({"principalId": principal}));
    };
    check(json!({"principalId": " Ada@Example.COM "}), json!("ada@example.com"));
    check(json!({}), Value::Null);
    check(json!({"principalId": "ada@localhost"}), json!("ada@localhost"));
    check(json!({"principalId": ""}), Value::Null);
    let extra = json!({"models": ["x"], "generation": "g", "policyGeneration": "zzz"});
    let answer = house.does("PUT credentials/extra1", body(extra), json!({"active": true}));
    assert_eq!(answer.body.get("models"), None);
}

#[test]
fn a_revoked_key_is_refused_but_only_with_its_secret() {
    let house = house();
    let key = format!("clawrouter-live-cred_dis-{SECRET}");
    let revoked = (403, "proxy_key_revoked".to_owned());
    let disabled = json!({"enabled": false, "active": false});
    house.does("PUT credentials/cred_dis", body(json!({"enabled": false})), disabled.clone());
    assert_eq!(inspect(&house, &key), revoked);
    house.does("PUT credentials/cred_dis", body(json!({})), json!({"active": true}));
    house.does("POST credentials/cred_dis/revoke", json!({}), disabled.clone());
    let garbage = house.admin("POST credentials/cred_dis/revoke", "{garbage");
    assert_eq!((garbage.status, &garbage.body["enabled"]), (200, &json!(false)));
    house.refuses("POST credentials/ghost/revoke", "", 404, "unknown_credential");
    assert_eq!(inspect(&house, &key), revoked);
    let wrong = inspect(&house, "clawrouter-live-cred_dis-wrongsecret1");
    assert_eq!(wrong, (401, "invalid_proxy_key".into()));
    house.does("PUT credentials/cred_dis/revoke", body(json!({})), json!({"enabled": true}));
    assert_eq!(inspect(&house, &key).0, 200);
}

#[test]
fn a_disabled_policy_stops_its_keys_until_it_returns() {
    let house = house();
    let key = house.issue("on_dis", json!({"providers": ["local-openai"]}));
    house.does("POST policies/on_dis/revoke", json!({}), json!({}));
    assert_eq!(inspect(&house, &key), (403, "policy_revoked".into()));
    let listed = house.does("GET credentials", json!({}), json!({}));
    let row = listed.row("credentials", "credentialId", "on_dis");
    assert_eq!((&row["policyEnabled"], &row["active"]), (&json!(false), &json!(false)));
    house.does(
        "PUT credentials/on_dis2",
        body(json!({"policyId": "on_dis"})),
        json!({"enabled": true, "policyEnabled": false, "active": false}),
    );
    house.does("PUT policies/on_dis", json!({"providers": ["local-openai"]}), json!({}));
    assert_eq!(inspect(&house, &key).0, 200);
}

#[test]
fn a_key_without_its_policy_or_of_an_older_one_is_dead() {
    let house = house();
    let key = house.issue("orphan", json!({"providers": ["openai"]}));
    // No route makes these states; imported records can be in them.
    let db = rusqlite::Connection::open(house.dir.path().join("data/router.db")).unwrap();
    db.execute_batch("UPDATE policies SET generation = 'x' WHERE id = 'orphan'").unwrap();
    assert_eq!(inspect(&house, &key), (403, "credential_policy_stale".into()));
    let stale = json!({"generationMatches": false, "active": false, "enabled": true});
    house.does("GET credentials/orphan", json!({}), stale);
    house.does("PUT credentials/orphan", body(json!({"policyId": "orphan"})), json!({}));
    assert_eq!(inspect(&house, &key).0, 200);

    db.execute_batch("PRAGMA foreign_keys = OFF; DELETE FROM policies WHERE id = 'orphan'")
        .unwrap();
    assert_eq!(inspect(&house, &key), (403, "credential_policy_missing".into()));
    house.does(
        "GET credentials/orphan",
        json!({}),
        json!({"policyEnabled": false, "generationMatches": false, "active": false}),
    );
    house.does("POST credentials/orphan/revoke", json!({}), json!({"enabled": false}));
    assert_eq!(inspect(&house, &key), (403, "credential_policy_missing".into()));
}

#[test]
fn the_generation_of_a_policy_never_changes() {
    let house = house();
    let key = house.issue("steady", json!({"providers": ["openai"]}));
    house.does("PUT policies/steady", json!({"providers": ["xai"], "tenantId": "t"}), json!({}));
    house.does("POST policies/steady/revoke", json!({}), json!({}));
    house.does("PUT policies/steady", json!({"providers": ["openai"]}), json!({}));
    assert_eq!(inspect(&house, &key).0, 200);
    house.does("GET credentials/steady", json!({}), json!({"generationMatches": true}));
}
