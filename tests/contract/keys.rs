//! Credentials, the refusals of a key, and what its holder may ask.

use clawctl_wire::key::sha256_hex;
use serde_json::{Value, json};

use super::target::{As, Target};

const SECRET: &str = "alpha-secret_0001";

/// A policy and a credential under it; gives the two paths and the key.
struct Made {
    policy: String,
    policy_path: String,
    path: String,
    key: String,
}

fn made(t: &Target, policy: &Value) -> Made {
    let (policy_id, id) = (t.unique("pol"), t.unique("key"));
    let policy_path = format!("/v1/admin/policies/{policy_id}");
    let reply = t.put(&policy_path, policy);
    assert_eq!(reply.status, 200, "{}", reply.text);
    let path = format!("/v1/admin/credentials/{id}");
    let body = json!({"policyId": policy_id, "secretSha256": sha256_hex(SECRET)});
    let reply = t.put(&path, &body);
    assert_eq!(reply.status, 200, "{}", reply.text);
    Made { policy: policy_id, policy_path, path, key: format!("clawrouter-live-{id}-{SECRET}") }
}

fn openai() -> Value {
    json!({"providers": ["openai"]})
}

pub(crate) fn a_credential_takes_what_it_may_and_no_more(t: &Target) {
    let m = made(t, &openai());
    let hash = sha256_hex(SECRET);
    let body = |member: &str, value: Value| {
        let mut body = json!({"policyId": m.policy, "secretSha256": hash});
        body[member] = value;
        body
    };
    let accepted = [
        ("secretSha256", json!(hash.to_uppercase())),
        ("enabled", json!(false)),
        ("principalId", json!(" Ada@LocalHost ")),
        ("principalId", json!("")),
        ("principalId", Value::Null),
        ("unheardOf", json!(1)),
    ];
    for (member, value) in accepted {
        let reply = t.put(&m.path, &body(member, value.clone()));
        assert_eq!(reply.status, 200, "{member} = {value}: {}", reply.text);
    }
    let named = t.put(&m.path, &body("principalId", json!(" Ada@LocalHost ")));
    assert_eq!(named.body["principalId"], "ada@localhost");
    let refused = [
        ("secretSha256", json!("ab"), 400, "invalid_credential"),
        ("secretSha256", json!("zz".repeat(32)), 400, "invalid_credential"),
        ("secretSha256", Value::Null, 400, "invalid_credential"),
        ("policyId", Value::Null, 400, "invalid_credential"),
        ("policyId", json!("a-b"), 400, "invalid_credential"),
        ("policyId", json!(t.unique("nowhere")), 404, "unknown_policy"),
        ("enabled", json!("yes"), 400, "invalid_credential"),
        ("principalId", json!("nobody"), 400, "invalid_credential"),
        ("principalId", json!(5), 400, "invalid_credential"),
    ];
    for (member, value, status, code) in refused {
        let reply = t.put(&m.path, &body(member, value.clone()));
        assert_eq!(
            (reply.status, reply.code()),
            (status, code),
            "{member} = {value}: {}",
            reply.text
        );
    }
    let dash = t.put("/v1/admin/credentials/a-b", &body("enabled", json!(false)));
    assert_eq!((dash.status, dash.code()), (400, "invalid_credential"));
}

pub(crate) fn a_credential_put_replaces_by_its_own_rules(t: &Target) {
    let m = made(t, &openai());
    let full = json!({"policyId": m.policy, "secretSha256": sha256_hex(SECRET),
        "principalId": "ci@example.com", "enabled": false});
    let reply = t.put(&m.path, &full).body;
    let members = [
        "active",
        "credentialId",
        "enabled",
        "generationMatches",
        "policyEnabled",
        "policyId",
        "principalId",
    ];
    for member in members {
        assert!(reply.get(member).is_some(), "{member} in {reply}");
    }
    assert_eq!((&reply["enabled"], &reply["active"]), (&json!(false), &json!(false)));
    let sparse = json!({"policyId": m.policy, "secretSha256": sha256_hex(SECRET)});
    let reply = t.put(&m.path, &sparse).body;
    assert_eq!(reply["enabled"], true, "left out means on");
    assert_eq!(reply["principalId"], Value::Null, "left out means none");
    let unknown = t.post(&format!("/v1/admin/credentials/{}/revoke", t.unique("none")));
    assert_eq!((unknown.status, unknown.code()), (404, "unknown_credential"));
    for _ in 0..2 {
        let revoked = t.post(&format!("{}/revoke", m.path));
        assert_eq!((revoked.status, &revoked.body["enabled"]), (200, &json!(false)));
    }
    let put = t.put(&format!("{}/revoke", m.path), &sparse);
    assert_eq!((put.status, &put.body["enabled"]), (200, &json!(true)));
    let listed = t.get("/v1/admin/credentials", As::Admin).body;
    let rows = listed["credentials"].as_array().unwrap();
    assert!(rows.iter().all(|row| row.get("secretSha256").is_none()));
}

pub(crate) fn a_key_is_refused_for_the_right_reason(t: &Target) {
    let m = made(t, &openai());
    let inspect = |key: &str| {
        let reply = t.get("/v1/key/inspect", As::Key(key));
        (reply.status, reply.code().to_owned())
    };
    let refused = |status, code: &str| (status, code.to_owned());
    assert_eq!(inspect(&m.key), refused(200, ""));
    assert_eq!(t.get("/v1/key/inspect", As::Nobody).code(), "invalid_proxy_key");
    assert_eq!(inspect("sk-foreign"), refused(401, "invalid_proxy_key"));
    assert_eq!(inspect("clawrouter-live-abc-12345678"), refused(401, "invalid_proxy_key"));
    assert_eq!(inspect("clawrouter-live-abcd-1234567"), refused(401, "invalid_proxy_key"));
    let unknown = format!("clawrouter-live-{}-12345678", t.unique("who"));
    assert_eq!(inspect(&unknown), refused(401, "unknown_proxy_key"));
    let wrong = format!("{}x", m.key);
    assert_eq!(inspect(&wrong), refused(401, "invalid_proxy_key"));
    assert_eq!(inspect(&m.key.replace("-live-", "-test-")), refused(200, ""));
    t.post(&format!("{}/revoke", m.policy_path));
    assert_eq!(inspect(&m.key), refused(403, "policy_revoked"));
    t.post(&format!("{}/revoke", m.path));
    assert_eq!(inspect(&m.key), refused(403, "proxy_key_revoked"), "the key before its policy");
    assert_eq!(inspect(&wrong), refused(401, "invalid_proxy_key"), "the secret before all");
    t.put(&m.policy_path, &openai());
    let rotated = json!({"policyId": m.policy, "secretSha256": sha256_hex("another-secret")});
    t.put(&m.path, &rotated);
    assert_eq!(inspect(&m.key), refused(401, "invalid_proxy_key"), "at once after a rotation");
    for path in ["/v1/models", "/v1/catalog"] {
        assert_eq!(t.get(path, As::Nobody).code(), "client_auth_required", "{path}");
        assert_eq!(t.get(path, As::Key("sk-foreign")).code(), "client_auth_required", "{path}");
        assert_eq!(t.get(path, As::Key("clawrouter-x")).code(), "invalid_proxy_key", "{path}");
    }
    assert_eq!(t.get("/v1/me", As::Nobody).code(), "invalid_proxy_key");
    assert_eq!(t.get("/v1/usage", As::Nobody).code(), "invalid_proxy_key");
}

pub(crate) fn a_key_is_found_in_any_header(t: &Target) {
    let m = made(t, &openai());
    for name in ["x-api-key", "x-goog-api-key", "api-key", "authorization"] {
        let reply = t.call("GET", "/v1/key/inspect", As::Nobody, &[(name, &m.key)], "");
        assert_eq!(reply.status, 200, "{name}");
    }
    let behind = [("authorization", "Bearer sk-foreign"), ("x-api-key", m.key.as_str())];
    assert_eq!(t.call("GET", "/v1/key/inspect", As::Nobody, &behind, "").status, 200);
    let old = m.key.replace("clawrouter-live-", "ocpk_live_");
    // The old form splits at the first underscore, which this id has.
    assert_eq!(t.get("/v1/key/inspect", As::Key(&old)).status, 401);
}

pub(crate) fn discovery_shows_what_the_policy_reaches(t: &Target) {
    let policy = json!({"providers": ["openai", "anthropic"], "tenantId": "acme",
        "tokenRole": "agent", "requestCostMicros": 3, "budgetScope": "principal"});
    let m = made(t, &policy);
    let inspected = t.get("/v1/key/inspect", As::Key(&m.key)).body;
    assert_eq!(inspected["providers"], json!(["anthropic", "openai"]));
    assert_eq!((&inspected["verified"], &inspected["mode"]), (&json!(true), &json!("live")));
    assert_eq!(
        (&inspected["tenantId"], &inspected["tokenRole"]),
        (&json!("acme"), &json!("agent"))
    );
    assert_eq!(inspected["requestCostMicros"], 3);
    let me = t.get("/v1/me", As::Key(&m.key)).body;
    assert_eq!((&me["auth"], &me["tenantId"]), (&json!("proxy_key"), &json!("acme")));
    let catalog = t.get("/v1/catalog", As::Key(&m.key));
    assert_eq!(catalog.header("cache-control"), "no-store");
    assert_eq!(catalog.body["version"], "clawrouter.client-catalog.v1");
    let rows = catalog.body["providers"].as_array().unwrap();
    let ids: Vec<_> = rows.iter().map(|row| row["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["anthropic", "openai"]);
    for row in rows {
        let ready = row["executable"].as_bool().unwrap();
        assert_eq!(row["models"].as_array().unwrap().is_empty(), !ready, "{}", row["id"]);
        assert_eq!(row["nativeBaseUrl"], format!("/v1/native/{}", row["id"].as_str().unwrap()));
        assert_eq!(row["policies"], json!([m.policy]));
        assert!(row["readiness"]["missingConfig"].is_array());
    }
    for trap in ["next", "links", "next_cursor", "last_id", "has_more", "nextPageToken"] {
        assert!(catalog.body.get(trap).is_none(), "{trap} would start paging in clients");
    }
    let models = t.get("/v1/models", As::Key(&m.key)).body;
    assert_eq!(models["object"], "list");
    let anthropic = [("anthropic-version", "2023-06-01"), ("x-api-key", m.key.as_str())];
    let models = t.call("GET", "/v1/models", As::Nobody, &anthropic, "").body;
    assert_eq!(models["has_more"], false);
    assert!(models.get("object").is_none());
    assert_eq!(t.get("/v1/models/openai/gpt-5.5", As::Key(&m.key)).status, 404);
}

pub(crate) fn a_budget_is_reported_as_it_is(t: &Target) {
    let budget = |policy: Value| {
        let m = made(t, &policy);
        let usage = t.get("/v1/usage", As::Key(&m.key)).body;
        assert_eq!(usage["policyId"], m.policy.as_str());
        assert_eq!(usage["usage"]["summary"]["requestCount"], 0);
        assert_eq!(usage["usage"]["events"], json!([]));
        usage["budget"].clone()
    };
    let unmetered = budget(openai());
    assert_eq!(
        (&unmetered["configured"], &unmetered["ledger"]),
        (&json!(false), &json!("unmetered"))
    );
    assert_eq!(unmetered["limitMicros"], Value::Null);
    let blocked = budget(json!({"providers": ["openai"], "monthlyBudgetMicros": 0}));
    assert_eq!((&blocked["ledger"], &blocked["limitMicros"]), (&json!("blocked"), &json!(0)));
    let counted = budget(json!({"providers": ["openai"], "monthlyBudgetMicros": 500}));
    assert_eq!((&counted["spentMicros"], &counted["remainingMicros"]), (&json!(0), &json!(500)));
    let window = counted["windowKey"].as_str().unwrap();
    assert!(window.starts_with("default/") && window.split('/').count() == 3, "{window}");
    let each = json!({"providers": ["openai"], "monthlyBudgetMicros": 500,
        "budgetScope": "principal"});
    let window = budget(each)["windowKey"].as_str().unwrap().to_owned();
    assert_eq!(window.split('/').count(), 4, "{window}");
    let admin = t.get("/v1/admin/usage", As::Admin).body;
    assert!(admin["policies"].is_array() && admin["keys"].is_array());
    assert!(admin["usage"]["summary"]["requestCount"].is_u64());
}
