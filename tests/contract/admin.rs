//! Policies, connections, sums, legacy keys.

use serde_json::{Value, json};

use super::target::{As, Target};

pub(crate) fn only_the_admin_token_opens_the_admin_api(t: &Target) {
    for who in [
        As::Nobody,
        As::Header("Bearer wrong"),
        As::Header("Basic TOKEN"),
        As::Header("TOKEN"),
        As::Header("Bearer "),
        As::Header("Bearer TOKENx"),
    ] {
        for path in ["/v1/admin/policies", "/v1/admin/nope"] {
            let reply = t.get(path, who);
            assert_eq!((reply.status, reply.code()), (401, "admin_unauthorized"), "{path} {who:?}");
        }
    }
    for who in [As::Admin, As::Header("bearer TOKEN"), As::Header("BEARER TOKEN")] {
        assert_eq!(t.get("/v1/admin/policies", who).status, 200, "{who:?}");
    }
    let list = t.get("/v1/admin/policies", As::Admin);
    assert_eq!(list.header("cache-control"), "no-store");
    assert_eq!(list.header("x-content-type-options"), "nosniff");
    assert_eq!(list.header("content-type"), "application/json; charset=utf-8");
    assert_eq!(t.get("/v1/me", As::Admin).status, 401);
}

/// A policy body with one member changed, added or (null stays null) set.
fn with(member: &str, value: &str) -> String {
    if member == "providers" {
        return format!(r#"{{"providers":{value}}}"#);
    }
    format!(r#"{{"providers":["openai"],"{member}":{value}}}"#)
}

pub(crate) fn a_policy_takes_what_it_may_and_no_more(t: &Target) {
    let path = format!("/v1/admin/policies/{}", t.unique("valid"));
    let accepted = [
        ("providers", r#"["openai","local-openai","openai"]"#),
        ("enabled", "false"),
        ("enabled", "true"),
        ("tenantId", r#"" a/b c:é ""#),
        ("tenantId", "null"),
        ("tokenRole", r#""agent""#),
        ("monthlyBudgetMicros", "0"),
        ("monthlyBudgetMicros", "1000000.0"),
        ("monthlyBudgetMicros", "9007199254740991"),
        ("monthlyBudgetMicros", "null"),
        ("requestCostMicros", "250"),
        ("budgetScope", r#""principal""#),
        ("budgetScope", "null"),
        ("retainRequestContent", "false"),
        ("grantRouting", r#"{"strategy":"priority","staleAfterSeconds":30}"#),
        ("grantRouting", r#"{"eligibleGrants":{"openai":["a","b"]}}"#),
        ("unheardOf", r#"{"x":1}"#),
    ];
    for (member, value) in accepted {
        let reply = t.call("PUT", &path, As::Admin, &[], &with(member, value));
        assert_eq!(reply.status, 200, "{member} = {value}: {}", reply.text);
        assert!(reply.body.get("unheardOf").is_none());
    }
    let refused = [
        ("providers", "null"),
        ("providers", "[]"),
        ("providers", r#""openai""#),
        ("providers", "[1]"),
        ("providers", r#"["openai","nope"]"#),
        ("providers", r#"["OpenAI"]"#),
        ("allProviders", "true"),
        ("allProviders", r#""yes""#),
        ("enabled", "null"),
        ("enabled", r#""true""#),
        ("tenantId", r#""  ""#),
        ("tenantId", "5"),
        ("tokenRole", r#""""#),
        ("monthlyBudgetMicros", "-1"),
        ("monthlyBudgetMicros", "1.5"),
        ("monthlyBudgetMicros", "9007199254740992"),
        ("monthlyBudgetMicros", "1e21"),
        ("monthlyBudgetMicros", r#""5""#),
        ("monthlyBudgetMicros", "true"),
        ("requestCostMicros", "-1"),
        ("requestCostMicros", "0.5"),
        ("budgetScope", r#""tenant""#),
        ("retainRequestContent", "null"),
        ("grantRouting", "[]"),
        ("grantRouting", "null"),
        ("grantRouting", r#"{"strategy":"cheapest"}"#),
        ("grantRouting", r#"{"stickiness":"yes"}"#),
        ("grantRouting", r#"{"failover":null}"#),
        ("grantRouting", r#"{"staleState":"maybe"}"#),
        ("grantRouting", r#"{"staleAfterSeconds":29}"#),
        ("grantRouting", r#"{"staleAfterSeconds":86401}"#),
        ("grantRouting", r#"{"eligibleGrants":[]}"#),
        ("grantRouting", r#"{"eligibleGrants":{"nope":["a"]}}"#),
    ];
    for (member, value) in refused {
        let reply = t.call("PUT", &path, As::Admin, &[], &with(member, value));
        let found = (reply.status, reply.code());
        assert_eq!(found, (400, "invalid_policy"), "{member} = {value}: {}", reply.text);
    }
}

pub(crate) fn a_policy_put_replaces_by_its_own_rules(t: &Target) {
    let id = t.unique("merge");
    let path = format!("/v1/admin/policies/{id}");
    let full = json!({
        "providers": ["openai"], "tenantId": "acme", "tokenRole": "agent",
        "monthlyBudgetMicros": 5, "requestCostMicros": 7, "budgetScope": "principal",
        "retainRequestContent": false, "enabled": false,
        "grantRouting": {"strategy": "round_robin", "stickiness": "session", "failover": false,
            "staleState": "deny", "staleAfterSeconds": 600, "eligibleGrants": {}},
    });
    let made = t.put(&path, &full).body;
    for (member, value) in full.as_object().unwrap() {
        assert_eq!(&made[member], value, "{member}");
    }
    assert_eq!(made["policyId"], id.as_str());
    let sparse = t.put(&path, &json!({"providers": ["openai"]})).body;
    let expected = [
        ("enabled", json!(true)),
        ("tenantId", json!("default")),
        ("tokenRole", json!("service")),
        ("monthlyBudgetMicros", Value::Null),
        ("requestCostMicros", Value::Null),
        ("budgetScope", json!("principal")),
        ("retainRequestContent", json!(false)),
        ("grantRouting", full["grantRouting"].clone()),
    ];
    for (member, value) in expected {
        assert_eq!(sparse[member], value, "{member} after it was left out");
    }
    let partial = json!({"providers": ["openai"], "grantRouting": {"strategy": "priority"}});
    let routing = &t.put(&path, &partial).body["grantRouting"];
    assert_eq!(routing["strategy"], "priority");
    assert_eq!(routing["failover"], true);
    assert_eq!(routing["staleAfterSeconds"], 300);
    let all = t.put(&path, &json!({"allProviders": true})).body;
    assert_eq!(all["providers"], json!([]));
    assert!(all.get("allProviders").is_none());
    let mut verbatim = all;
    verbatim.as_object_mut().unwrap().remove("policyId");
    assert_eq!(t.put(&path, &verbatim).code(), "invalid_policy");
}

pub(crate) fn policy_ids_are_plain_words(t: &Target) {
    let body = json!({"providers": ["openai"], "enabled": false});
    for bad in ["a-b", "a.b", "a%2Fb", "a%20b", "%C3%A9", &"x".repeat(129)] {
        let reply = t.put(&format!("/v1/admin/policies/{bad}"), &body);
        assert_eq!((reply.status, reply.code()), (400, "invalid_policy"), "{bad}");
    }
    let trimmed = t.unique("trim");
    let reply = t.put(&format!("/v1/admin/policies/%20{trimmed}%20"), &body);
    assert_eq!(reply.body["policyId"], trimmed.as_str());
    let broken = t.put("/v1/admin/policies/%zz", &body);
    assert_eq!((broken.status, broken.code()), (500, "internal_error"));
}

pub(crate) fn revoking_a_policy_is_idempotent(t: &Target) {
    let unknown = t.post(&format!("/v1/admin/policies/{}/revoke", t.unique("none")));
    assert_eq!((unknown.status, unknown.code()), (404, "unknown_policy"));
    let path = format!("/v1/admin/policies/{}", t.unique("revoke"));
    t.put(&path, &json!({"providers": ["openai"], "monthlyBudgetMicros": 5}));
    for body in ["", "garbage", "{}"] {
        let reply = t.call("POST", &format!("{path}/revoke"), As::Admin, &[], body);
        assert_eq!((reply.status, &reply.body["enabled"]), (200, &json!(false)), "{body}");
        assert_eq!(reply.body["monthlyBudgetMicros"], 5);
    }
    let put = t.put(&format!("{path}/revoke"), &json!({"providers": ["openai"]}));
    assert_eq!((put.status, &put.body["enabled"]), (200, &json!(true)));
}

pub(crate) fn a_connection_put_replaces_by_its_own_rules(t: &Target) {
    let path = "/v1/admin/connections/replicate";
    let put = |body: Value| t.put(path, &body).body;
    let set = put(json!({"enabled": false, "label": "  frozen  ", "monthlyBudgetMicros": 1000}));
    assert_eq!(set["label"], "frozen");
    assert_eq!(set["enabled"], false);
    let kept = put(json!({}));
    assert_eq!(kept["enabled"], true, "left out means on");
    assert_eq!(kept["label"], Value::Null, "left out means none");
    assert_eq!(kept["monthlyBudgetMicros"], 1000, "left out means kept");
    let listed = t.get("/v1/admin/connections", As::Admin).body;
    let rows = listed["connections"].as_array().unwrap();
    let row = rows.iter().find(|row| row["providerId"] == "replicate").unwrap();
    assert_eq!((&row["spentMicros"], &row["remainingMicros"]), (&json!(0), &json!(1000)));
    assert_eq!(put(json!({"monthlyBudgetMicros": null}))["monthlyBudgetMicros"], Value::Null);
    for bad in [
        r#"{"enabled":null}"#,
        r#"{"enabled":"no"}"#,
        r#"{"label":5}"#,
        "[]",
        r#"{"monthlyBudgetMicros":-1}"#,
        r#"{"monthlyBudgetMicros":1.5}"#,
        r#"{"monthlyBudgetMicros":"5"}"#,
    ] {
        let reply = t.call("PUT", path, As::Admin, &[], bad);
        assert_eq!((reply.status, reply.code()), (400, "invalid_provider_connection"), "{bad}");
    }
    let unknown = t.put("/v1/admin/connections/nope", &json!({}));
    assert_eq!((unknown.status, unknown.code()), (404, "unknown_provider"));
}

pub(crate) fn sums_count_what_is_there(t: &Target) {
    let tenant = t.unique("tenant");
    let before = t.get("/v1/admin/overview", As::Admin).body;
    let path = format!("/v1/admin/policies/{}", t.unique("sum"));
    t.put(&path, &json!({"providers": ["openai"], "tenantId": tenant, "monthlyBudgetMicros": 7}));
    let after = t.get("/v1/admin/overview", As::Admin).body;
    let grown = |name: &str| after[name].as_u64().unwrap() - before[name].as_u64().unwrap();
    assert_eq!((grown("policiesTotal"), grown("monthlyBudgetMicros")), (1, 7));
    assert_eq!((grown("tenantsTotal"), grown("keysTotal")), (1, 0));
    for path in ["/v1/admin/tenants", "/v1/admin/users"] {
        let tenants = t.get(path, As::Admin).body;
        let rows = tenants["tenants"].as_array().unwrap();
        let row = rows.iter().find(|row| row["tenantId"] == tenant.as_str()).unwrap();
        assert_eq!((&row["policies"], &row["keys"]), (&json!(1), &json!(0)));
        assert_eq!((&row["providers"], &row["allProviders"]), (&json!(["openai"]), &json!(false)));
    }
    let bootstrap = t.get("/v1/admin/bootstrap", As::Admin).body;
    for member in [
        "policies",
        "credentials",
        "connections",
        "users",
        "bindings",
        "providers",
        "grants",
        "rules",
        "tenants",
    ] {
        assert!(bootstrap[member].is_array(), "{member}");
    }
    assert_eq!(bootstrap["fusion"]["modelId"], "clawrouter/fusion");
    assert!(t.get("/v1/admin/provider-status", As::Admin).body["providers"].is_array());
    assert!(t.get("/v1/admin/provider-health", As::Admin).body["providers"].is_array());
}

pub(crate) fn a_legacy_key_is_a_policy_and_a_credential(t: &Target) {
    let id = t.unique("legacy");
    let path = format!("/v1/admin/keys/{id}");
    let hash = "ab".repeat(32);
    let bare = t.put(&path, &json!({"providers": ["openai"]}));
    assert_eq!((bare.status, bare.code()), (400, "invalid_credential"));
    let made = t.put(&path, &json!({"providers": ["openai"], "secretSha256": hash}));
    assert_eq!((made.status, &made.body["credentialId"]), (200, &json!(id)));
    assert_eq!(made.body["policyId"], id.as_str());
    let both = json!({"providers": ["openai", "xai"], "secretSha256": "cd".repeat(32)});
    let refused = t.put(&path, &both);
    assert_eq!((refused.status, refused.code()), (409, "combined_policy_secret_rotation"));
    assert_eq!(t.put(&path, &json!({"providers": ["openai", "xai"]})).status, 200);
    let revoked = t.post(&format!("{path}/revoke"));
    assert_eq!(
        (&revoked.body["enabled"], &revoked.body["policyEnabled"]),
        (&json!(false), &json!(true))
    );
    t.post(&format!("/v1/admin/policies/{id}/revoke"));
}

/// There is one configuration for all, which a check must not touch; a preview of another is free.
pub(crate) fn a_fusion_preview_takes_what_it_may_and_changes_nothing(t: &Target) {
    let before = t.get("/v1/admin/fusion", As::Admin);
    assert_eq!((before.status, before.body["modelId"].as_str()), (200, Some("clawrouter/fusion")));
    let policy = t.unique("fusion");
    t.put(&format!("/v1/admin/policies/{policy}"), &json!({ "providers": ["local-openai"] }));
    let preview = |body: &Value| {
        t.call("POST", "/v1/admin/fusion/preview", As::Admin, &[], &body.to_string())
    };
    let config = json!({ "enabled": true, "adviserModels": ["local/a", "local/a"],
        "aggregatorModel": "local/b", "adviserTimeoutMs": 1, "maxOutputTokens": 99_999 });
    let shown = preview(&json!({ "policyId": policy, "config": config }));
    assert_eq!(shown.status, 200, "{}", shown.text);
    for (member, expected) in [
        ("policyId", json!(policy)),
        ("policyEnabled", json!(true)),
        ("configEnabled", json!(true)),
        ("adviserCount", json!(1)),
        ("callCount", json!(2)),
        ("budgetConfigured", json!(false)),
        ("budgetLedger", json!("unmetered")),
        ("remainingBudgetMicros", Value::Null),
        ("budgetSufficientForAll", Value::Null),
    ] {
        assert_eq!(shown.body[member], expected, "{member}");
    }
    let stages: Vec<_> =
        shown.body["calls"].as_array().unwrap().iter().map(|call| &call["stage"]).collect();
    assert_eq!(stages, ["adviser", "synthesizer"]);
    for (body, status, code) in [
        (json!(null), 400, "fusion_preview_invalid"),
        (json!({ "config": config }), 400, "fusion_policy_required"),
        (
            json!({ "policyId": "no_such_policy_here", "config": config }),
            404,
            "fusion_policy_not_found",
        ),
        (json!({ "policyId": policy }), 400, "fusion_config_invalid"),
        (
            json!({ "policyId": policy, "config": { "adviserModels": ["x y"] } }),
            400,
            "fusion_model_invalid",
        ),
        (
            json!({ "policyId": policy, "config": { "adviserModels": ["nobody/x"] } }),
            400,
            "fusion_model_not_found",
        ),
        (
            json!({ "policyId": policy, "config": { "aggregatorModel": "clawrouter/fusion" } }),
            400,
            "fusion_recursive_model",
        ),
        (
            json!({ "policyId": policy, "config": { "adviserModels": ["anthropic/claude-haiku-4-5"] } }),
            400,
            "fusion_model_incompatible",
        ),
        (
            json!({ "policyId": policy, "config": { "enabled": true, "adviserModels": [] } }),
            400,
            "fusion_advisers_required",
        ),
    ] {
        let refused = preview(&body);
        assert_eq!((refused.status, refused.code()), (status, code), "{body}");
    }
    assert_eq!(t.get("/v1/admin/fusion", As::Admin).body, before.body);
    t.call("POST", &format!("/v1/admin/policies/{policy}/revoke"), As::Admin, &[], "");
}
