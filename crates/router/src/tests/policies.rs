//! Recordings 101 to 186.

use serde_json::{Value, json};

use super::House;

fn default_routing() -> Value {
    json!({
        "strategy": "most_remaining", "stickiness": "none", "failover": true,
        "staleState": "allow", "staleAfterSeconds": 300, "eligibleGrants": {},
    })
}

#[test]
fn a_minimal_policy_gets_the_defaults() {
    let house = House::new();
    let answer = house.does("PUT policies/alpha", json!({"providers": ["openai"]}), json!({}));
    let expected = json!({
        "policyId": "alpha", "enabled": true, "providers": ["openai"], "tenantId": "default",
        "tokenRole": "service", "monthlyBudgetMicros": null, "requestCostMicros": null,
        "budgetScope": "policy", "retainRequestContent": true, "grantRouting": default_routing(),
    });
    assert_eq!(answer.body, expected);
    let body = json!({"providers": ["openai"], "enabled": false});
    house.does("PUT policies/born_disabled", body, json!({"enabled": false}));
}

#[test]
fn a_full_policy_is_sorted_and_trimmed() {
    let house = House::new();
    house.does(
        "PUT policies/team_full",
        json!({
            "providers": ["openai", "local-openai", "openai"], "tenantId": " acme ",
            "tokenRole": "agent", "monthlyBudgetMicros": 5_000_000, "requestCostMicros": 250,
            "budgetScope": "principal", "retainRequestContent": false,
            "grantRouting": {
                "strategy": "round_robin", "stickiness": "session", "failover": false,
                "staleState": "deny", "staleAfterSeconds": 600,
                "eligibleGrants": {"openai": ["b", "a", "a"]},
            },
        }),
        json!({
            "providers": ["local-openai", "openai"], "tenantId": "acme", "tokenRole": "agent",
            "monthlyBudgetMicros": 5_000_000, "requestCostMicros": 250,
            "budgetScope": "principal", "retainRequestContent": false,
            "grantRouting": {
                "strategy": "round_robin", "stickiness": "session", "failover": false,
                "staleState": "deny", "staleAfterSeconds": 600,
                "eligibleGrants": {"openai": ["a", "b"]},
            },
        }),
    );
}

#[test]
fn a_body_must_be_a_json_object() {
    let house = House::new();
    let check = |body: &str, code: &str| house.refuses("PUT policies/alpha", body, 400, code);
    check("{nope", "invalid_json");
    check("", "invalid_json");
    check("[]", "invalid_policy");
    check("null", "invalid_policy");
    check("\"x\"", "invalid_policy");
    let marked = house.admin("PUT policies/alpha", "\u{feff}{\"providers\":[\"openai\"]}");
    assert_eq!(marked.status, 200);
    let text = ("content-type", "text/plain");
    let typed = house.admin_with("PUT policies/ctype", text, r#"{"providers":["openai"]}"#);
    assert_eq!(typed.status, 200);
}

#[test]
fn every_member_has_its_rule() {
    let house = House::new();
    let refused = |members: &str| {
        house.refuses("PUT policies/alpha", &format!("{{{members}}}"), 400, "invalid_policy");
    };
    for members in [
        r#""x":1"#,
        r#""providers":null"#,
        r#""providers":"openai""#,
        r#""providers":[1]"#,
        r#""providers":[]"#,
        r#""providers":[],"allProviders":false"#,
        r#""providers":["openai"],"allProviders":true"#,
        r#""allProviders":"yes""#,
        r#""allProviders":null"#,
        r#""providers":["openai","nope"]"#,
        r#""providers":["OpenAI"]"#,
        r#""providers":[" openai"]"#,
    ] {
        refused(members);
    }
    for member in [
        r#""monthlyBudgetMicros":-1"#,
        r#""monthlyBudgetMicros":1.5"#,
        r#""monthlyBudgetMicros":9007199254740992"#,
        r#""monthlyBudgetMicros":1e+21"#,
        r#""monthlyBudgetMicros":"100""#,
        r#""monthlyBudgetMicros":true"#,
        r#""requestCostMicros":-5"#,
        r#""requestCostMicros":0.5"#,
        r#""requestCostMicros":"1""#,
        r#""retainRequestContent":null"#,
        r#""enabled":null"#,
        r#""enabled":"true""#,
        r#""tenantId":"""#,
        r#""tenantId":5"#,
        r#""tokenRole":" ""#,
        r#""budgetScope":"tenant""#,
        r#""grantRouting":null"#,
        r#""grantRouting":[]"#,
        r#""grantRouting":{"strategy":"fast"}"#,
        r#""grantRouting":{"stickiness":"x"}"#,
        r#""grantRouting":{"failover":"no"}"#,
        r#""grantRouting":{"failover":null}"#,
        r#""grantRouting":{"staleState":"maybe"}"#,
        r#""grantRouting":{"staleAfterSeconds":29}"#,
        r#""grantRouting":{"staleAfterSeconds":86401}"#,
        r#""grantRouting":{"staleAfterSeconds":60.5}"#,
        r#""grantRouting":{"eligibleGrants":[]}"#,
        r#""grantRouting":{"eligibleGrants":{"nope":["a"]}}"#,
        r#""grantRouting":{"eligibleGrants":{"openai":["a/b"]}}"#,
        r#""grantRouting":{"eligibleGrants":{"openai":[""]}}"#,
        r#""grantRouting":{"eligibleGrants":{"openai":"a"}}"#,
    ] {
        refused(&format!(r#""providers":["openai"],{member}"#));
    }
    let refs: Vec<_> = (0..33).map(|n| format!("r{n}")).collect();
    let many = json!({"eligibleGrants": {"openai": refs}});
    refused(&format!(r#""providers":["openai"],"grantRouting":{many}"#));
    house.does("GET policies", json!({}), json!({"policies": []}));
}

#[test]
fn amounts_are_whole_micros_or_null() {
    let house = House::new();
    let check = |written: &str, stored: Value| {
        for name in ["monthlyBudgetMicros", "requestCostMicros"] {
            let body = format!(r#"{{"providers":["openai"],"{name}":{written}}}"#);
            let answer = house.admin("PUT policies/budget_test", &body);
            assert_eq!((answer.status, &answer.body[name]), (200, &stored), "{body}");
        }
    };
    check("null", Value::Null);
    check("0", json!(0));
    check("1000000.0", json!(1_000_000));
    check("9007199254740991", json!(9_007_199_254_740_991_u64));
}

#[test]
fn every_provider_is_spelled_as_none() {
    let house = House::new();
    let all = json!({"providers": []});
    let answer = house.does("PUT policies/everything", json!({"allProviders": true}), all.clone());
    assert_eq!(answer.body.get("allProviders"), None);
    house.does("PUT policies/everything", json!({"allProviders": true, "providers": []}), all);
    // The answer put back as it is would be ambiguous, and is refused.
    house.refuses("PUT policies/everything", &answer.body.to_string(), 400, "invalid_policy");
}

#[test]
fn what_a_write_leaves_out_mostly_falls_to_its_default() {
    let house = House::new();
    let put = |members: Value, facts: Value| {
        let mut body = members;
        body["providers"] = json!(["openai"]);
        house.does("PUT policies/rmw", body, facts);
    };
    put(
        json!({
            "monthlyBudgetMicros": 7_000_000, "requestCostMicros": 10, "tenantId": "acme",
            "tokenRole": "agent", "budgetScope": "principal", "retainRequestContent": false,
            "grantRouting": {"strategy": "priority"}, "enabled": false,
        }),
        json!({"enabled": false, "tenantId": "acme"}),
    );
    let mut routing = default_routing();
    routing["strategy"] = json!("priority");
    put(
        json!({}),
        json!({
            "enabled": true, "tenantId": "default", "tokenRole": "service",
            "monthlyBudgetMicros": null, "requestCostMicros": null,
            "budgetScope": "principal", "retainRequestContent": false, "grantRouting": routing,
        }),
    );
    routing = default_routing();
    routing["stickiness"] = json!("identity");
    put(
        json!({"grantRouting": {"stickiness": "identity", "strategy": null}}),
        json!({"grantRouting": routing}),
    );
    put(json!({"budgetScope": null}), json!({"budgetScope": "principal"}));
    put(json!({"tenantId": null, "tokenRole": null}), json!({"tenantId": "default"}));
    put(json!({"tenantId": "a/b c:é"}), json!({"tenantId": "a/b c:é"}));
}

#[test]
fn unknown_members_vanish() {
    let house = House::new();
    let body = json!({
        "providers": ["openai"], "name": "x", "policyId": "other", "generation": "mine",
    });
    let answer = house.does("PUT policies/extra", body, json!({"policyId": "extra"}));
    for name in ["name", "generation"] {
        assert_eq!(answer.body.get(name), None, "{name}");
    }
}

#[test]
fn ids_are_letters_digits_and_underscores() {
    let house = House::new();
    let body = json!({"providers": ["openai"]});
    let good = |path: &str, id: &str| {
        house.does(&format!("PUT policies/{path}"), body.clone(), json!({"policyId": id}));
    };
    let long = "x".repeat(128);
    for id in ["a", "alpha", "Alpha", "ALPHA", "revoke", &long] {
        good(id, id);
    }
    good("%20trimmed%20", "trimmed");
    let bad = |path: &str, status, code: &str| {
        house.refuses(&format!("PUT policies/{path}"), &body.to_string(), status, code);
    };
    for path in ["a-b", "a.b", &"x".repeat(129), "a%2Fb", "a/b", "a%20b", "%C3%A9", ""] {
        bad(path, 400, "invalid_policy");
    }
    bad("a%zz", 500, "internal_error");
    let listed = house.does("GET policies", json!({}), json!({})).ids("policies", "policyId");
    assert_eq!(listed, ["ALPHA", "Alpha", "a", "alpha", "revoke", "trimmed", &long]);
}

#[test]
fn revoking_is_idempotent_and_a_put_behind_it_revives() {
    let house = House::new();
    house.does("PUT policies/alpha", json!({"providers": ["openai"]}), json!({}));
    house.refuses("POST policies/ghost/revoke", "", 404, "unknown_policy");
    for body in ["", "", "{garbage"] {
        let answer = house.admin("POST policies/alpha/revoke", body);
        assert_eq!((answer.status, &answer.body["enabled"]), (200, &json!(false)));
    }
    house.does(
        "PUT policies/alpha/revoke",
        json!({"providers": ["local-openai"]}),
        json!({"policyId": "alpha", "enabled": true, "providers": ["local-openai"]}),
    );
    house.does("POST policies/alpha/revoke", json!({}), json!({"enabled": false}));
    house.does(
        "PUT policies/alpha",
        json!({"providers": ["openai"], "enabled": true}),
        json!({"enabled": true}),
    );
}
