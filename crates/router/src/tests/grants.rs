//! Recordings 343 to 402, and 511 for grants.

use serde_json::{Value, json};

use super::House;

const ALPHA: &str = "upstream-grants/policies/client_pol/openai";

fn key(secret: &str) -> Value {
    json!({ "provider": "openai", "kind": "api_key", "credential": secret })
}

#[test]
fn a_first_write_says_everything_of_the_contract() {
    let house = House::new();
    let mut body = key("sk-up-1");
    body["label"] = "main".into();
    let answer = house.does(&format!("PUT {ALPHA}"), body, json!({}));
    let at = "2026-11-20T12:00:00.000Z";
    assert_eq!(
        answer.body,
        json!({
            "key": "oauth/client_pol/openai", "scope": "policies", "scopeId": "client_pol",
            "tokenRef": "openai", "version": 1, "enabled": true, "kind": "api_key",
            "provider": "openai", "label": "main", "tokenType": "Bearer", "expiresAt": null,
            "scopes": [], "accountId": null, "subscription": null, "createdAt": at,
            "updatedAt": at, "revokedAt": null, "hasCredential": true, "credentialFields": [],
            "hasAccessToken": false, "hasRefreshToken": false, "refreshConfigured": false,
            "refreshTokenUrl": null, "clientIdConfig": null, "clientSecretConfig": null,
            "usable": true, "priority": 100, "weight": 1, "selectedCount": 0,
            "lastSelectedAt": null, "quotaStatus": "unknown", "quotaObservedAt": null,
            "cooldownUntil": null, "quotaSource": null, "lastProviderSignal": null,
            "quotaWindows": [],
        })
    );
}

#[test]
fn a_later_write_merges_by_the_rules_of_each_member() {
    let house = House::new();
    let put = format!("PUT {ALPHA}");
    house.does(&put, key("sk-up-1"), json!({}));
    let kept = json!({ "hasCredential": true, "provider": "openai", "priority": 100 });
    house.does(&put, json!({ "label": "renamed" }), kept.clone()).shows(
        &json!({ "kind": "oauth", "label": "renamed", "enabled": true }),
        "what falls to a default",
    );
    let off = json!({ "kind": "api_key", "priority": 5, "weight": 2.5, "enabled": false });
    house.does(&put, off, json!({ "enabled": false, "usable": false, "label": "renamed" }));
    house.does(
        &put,
        json!({ "kind": "api_key", "scopes": ["x"], "accountId": "acc", "subscription": { "plan": "plus" } }),
        json!({ "enabled": true, "priority": 5, "weight": 2.5, "scopes": ["x"], "accountId": "acc" }),
    );
    house.does(
        &put,
        json!({ "kind": "api_key", "label": null, "weight": 2.0, "enabled": null }),
        json!({ "label": null, "scopes": [], "accountId": "acc", "weight": 2, "enabled": true,
            "subscription": { "plan": "plus" } }),
    );
    let ends = json!({ "expiresAt": "2030-01-01T00:00:00Z" });
    house.does(&put, ends.clone(), ends.clone());
    house.does(&put, json!({}), ends);
    house.does(
        &put,
        json!({ "expiresAt": null, "subscription": null }),
        json!({ "expiresAt": null, "subscription": null }),
    );
}

#[test]
fn every_member_is_checked() {
    let house = House::new();
    let put = format!("PUT {ALPHA}");
    let check = |body: &str, code: &str| house.refuses(&put, body, 400, code);
    for body in [
        r#"{"provider":"openai","kind":"api_key"}"#,
        r#"{"provider":"openai","credential":""}"#,
        r#"{"provider":"openai","credential":" "}"#,
        r#"{"provider":"openai","credential":5}"#,
        r#"{"provider":"openai","credential":"a\nb"}"#,
        r#"{"provider":"openai","credentials":{"bad name":"x"}}"#,
        r#"{"provider":"openai","credentials":{"a":" "}}"#,
        r#"{"provider":"openai","credentials":["x"]}"#,
        r#"{"provider":"openai","refreshToken":"rt"}"#,
        r#"{"provider":"openai","credential":"x","priority":-1}"#,
        r#"{"provider":"openai","credential":"x","priority":1000001}"#,
        r#"{"provider":"openai","credential":"x","priority":1.5}"#,
        r#"{"provider":"openai","credential":"x","weight":0}"#,
        r#"{"provider":"openai","credential":"x","weight":1000000.5}"#,
        r#"{"provider":"openai","credential":"x","weight":"1"}"#,
        r#"{"provider":"openai","credential":"x","expiresAt":"soon"}"#,
        r#"{"provider":"openai","credential":"x","scopes":"all"}"#,
        r#"{"provider":"openai","credential":"x","tokenType":"a b"}"#,
        r#"{"provider":"openai","credential":"x","refresh":"https://x.example"}"#,
        r#"{"provider":"openai","credential":"x","refresh":{}}"#,
        r#"{"provider":"openai","credential":"x","refresh":{"tokenUrl":"http://x.example/t"}}"#,
        r#"{"provider":"openai","credential":"x","refresh":{"tokenUrl":"ftp://localhost/t"}}"#,
        r#"{"provider":"openai","credential":"x","refresh":{"tokenUrl":"https://x.example","extraParams":{"grant_type":"x"}}}"#,
        r#"{"credential":"x"}"#,
        "[]",
        "5",
    ] {
        check(body, "invalid_upstream_grant");
    }
    check(r#"{"provider":"nope","credential":"x"}"#, "unknown_provider");
    check("{", "invalid_json");
    let list = house.does("GET upstream-grants", json!({}), json!({}));
    assert_eq!(list.body, json!({ "grants": [] }), "nothing of it was kept");
    let odd = json!({ "provider": "openai", "kind": "weird", "credential": "x", "priority": 1e2 });
    house.does(&put, odd, json!({ "kind": "weird", "priority": 100 }));
}

#[test]
fn a_grant_names_no_setting_but_its_providers_and_no_key_of_the_operators() {
    let house = House::new();
    let put = format!("PUT {ALPHA}");
    let body = |provider: &str, member: &str, name: &str| {
        json!({ "provider": provider, "accessToken": "at", "refreshToken": "rt",
            "refresh": { "tokenUrl": "https://example.com/token", member: name } })
    };
    for member in ["clientIdConfig", "clientSecretConfig"] {
        for (provider, name) in [
            ("openai", "PATH"),
            ("openai", "CLAWROUTER_ADMIN_TOKEN_SHA256"),
            ("openai", "ANTHROPIC_API_KEY"),
            ("openai", "OPENAI_API_KEY"),
            ("aws-bedrock", "AWS_SECRET_ACCESS_KEY"),
            ("aws-bedrock", "AWS_SESSION_TOKEN"),
        ] {
            let body = body(provider, member, name).to_string();
            house.refuses(&put, &body, 400, "invalid_upstream_grant");
        }
        house.does(
            &put,
            body("aws-bedrock", member, "AWS_REGION"),
            json!({ member: "AWS_REGION" }),
        );
    }
}

#[test]
fn a_stored_secret_does_not_follow_to_another_address_or_provider() {
    let house = House::new();
    let put = format!("PUT {ALPHA}");
    let at = |url: &str| json!({ "tokenUrl": url, "clientId": "ours" });
    let first = json!({ "provider": "openai", "accessToken": "at", "refreshToken": "rt",
        "refresh": at("https://a.example/token") });
    house.does(&put, first, json!({ "hasRefreshToken": true }));
    let refused = |body: Value| {
        house.refuses(&put, &body.to_string(), 400, "invalid_upstream_grant");
    };
    refused(json!({ "refresh": at("https://b.example/token") }));
    refused(json!({ "provider": "xai" }));
    refused(json!({ "provider": "xai", "refreshToken": "new" }));
    refused(json!({ "provider": "xai", "accessToken": "new" }));
    // Neither in two steps.
    house.does(&put, json!({ "refresh": null }), json!({ "refreshConfigured": false }));
    refused(json!({ "refresh": at("https://b.example/token") }));
    let moved = json!({ "refresh": at("https://b.example/token"), "refreshToken": "new" });
    house.does(&put, moved, json!({ "refreshTokenUrl": "https://b.example/token" }));
    // What stays where it is needs nothing again, and neither does what is erased.
    house.does(&put, json!({ "refresh": at("https://b.example/token") }), json!({}));
    let without = json!({ "refresh": at("https://c.example/token"), "refreshToken": null });
    house.does(&put, without, json!({ "hasRefreshToken": false, "hasAccessToken": true }));
    let other = json!({ "provider": "xai", "accessToken": "new" });
    house.does(&put, other, json!({ "provider": "xai", "hasAccessToken": true }));
    let bundle = "PUT upstream-grants/policies/client_pol/bundle";
    let keys = json!({ "provider": "aws-bedrock", "credentials": { "accessKeyId": "a" } });
    house.does(bundle, keys, json!({}));
    house.refuses(bundle, r#"{"provider":"openai"}"#, 400, "invalid_upstream_grant");
}

#[test]
fn a_bad_route_is_told_from_a_wrong_method() {
    let house = House::new();
    let body = key("x").to_string();
    for path in [
        "policies/has%2Fslash/openai",
        "policies/tenants/openai",
        "teams/x/openai",
        "policies/x",
        "policies/x/y/z",
    ] {
        let request = format!("PUT upstream-grants/{path}");
        house.refuses(&request, &body, 400, "invalid_upstream_grant_route");
    }
    for request in [
        "GET upstream-grants/policies/x/y/authorize",
        "DELETE upstream-grants/policies/x/y",
        "PUT upstream-grants/policies/x/y/revoke",
        "PUT upstream-grants/policies/x/y/refresh",
        "POST upstream-grants/policies/x/y",
    ] {
        house.refuses(request, &body, 405, "method_not_allowed");
    }
    let free = "PUT upstream-grants/policies/dash-ok/ref.with-dots%20and%20space";
    house.does(free, key("x"), json!({ "key": "oauth/dash-ok/ref.with-dots and space" }));
    let of_tenant = "PUT upstream-grants/tenants/acme/shared";
    house.does(of_tenant, key("x"), json!({ "key": "oauth/tenants/acme/shared" }));
}

#[test]
fn a_revocation_erases_what_is_secret() {
    let house = House::new();
    let put = format!("PUT {ALPHA}");
    let bundle = json!({ "provider": "openai", "kind": "oauth", "credential": "c", "accessToken": "a",
        "refreshToken": "r", "credentials": { "x": "y" }, "unknown": "canary-unknown" });
    house.does(&put, bundle, json!({ "credentialFields": ["x"], "hasRefreshToken": true }));
    house.later(1);
    let revoke = format!("POST {ALPHA}/revoke");
    let bare = json!({ "enabled": false, "usable": false, "hasCredential": false,
        "hasAccessToken": false, "hasRefreshToken": false, "credentialFields": [],
        "revokedAt": "2026-11-20T12:00:01.000Z", "kind": "oauth" });
    house.does(&revoke, json!({}), bare);
    house.later(1);
    house.does(&revoke, json!({}), json!({ "revokedAt": "2026-11-20T12:00:02.000Z" }));
    assert_eq!(house.router.sealed().unwrap().grants, 0);
    house.refuses(&put, r#"{"label":"z"}"#, 400, "invalid_upstream_grant");
    house.does(&put, key("new"), json!({ "enabled": true, "revokedAt": null, "usable": true }));
    house.refuses(
        "POST upstream-grants/policies/x/ghost/revoke",
        "",
        404,
        "unknown_upstream_grant",
    );
}

#[test]
fn there_is_an_end_to_how_many_are_enabled() {
    let house = House::new();
    let put =
        |index: u32, body: Value| (format!("PUT upstream-grants/policies/pool/r{index:02}"), body);
    for index in 0..32 {
        let (request, body) = put(index, key("x"));
        house.does(&request, body, json!({ "usable": true }));
    }
    let (request, body) = put(32, key("x"));
    let answer = house.admin(&request, &body.to_string());
    assert_eq!((answer.status, answer.code()), (400, "invalid_upstream_grant"));
    assert!(answer.body["error"]["message"].as_str().unwrap().contains("32 enabled grants"));
    let off = json!({ "provider": "openai", "credential": "x", "enabled": false });
    house.does(&request, off, json!({ "enabled": false }));
    house.refuses(&request, r#"{"enabled":true}"#, 400, "invalid_upstream_grant");
    house.does(&put(0, Value::Null).0, json!({ "label": "one of them" }), json!({}));
    let elsewhere = json!({ "provider": "mistral", "credential": "x" });
    house.does(&put(33, Value::Null).0, elsewhere, json!({ "usable": true }));
}

#[test]
fn what_is_another_programs_is_refused_with_the_reason() {
    let house = House::new();
    let check = |provider: &str, kind: &str, words: Option<&str>| {
        let body = json!({ "provider": provider, "kind": kind, "accessToken": "at" });
        let answer = house.admin("PUT upstream-grants/policies/p/r", &body.to_string());
        match words {
            None => assert_eq!(answer.status, 200, "{provider} {kind}"),
            Some(words) => {
                assert_eq!((answer.status, answer.code()), (400, "invalid_upstream_grant"));
                let said = answer.body["error"]["message"].as_str().unwrap().to_owned();
                assert!(said.contains(words), "{said}");
            }
        }
    };
    check("openai", "subscription", Some("Codex"));
    check("openai", "oauth", None);
    check("anthropic", "oauth", Some("Claude"));
    check("anthropic", "subscription", Some("Claude"));
    check("mistral", "subscription", Some("another program's client"));
    house.does(
        "PUT upstream-grants/policies/p/k",
        json!({ "provider": "anthropic", "credential": "k" }),
        json!({}),
    );
}

#[test]
fn a_browser_is_needed_to_sign_in() {
    let house = House::new();
    let request = "POST upstream-grants/policies/client_pol/x/authorize";
    house.refuses(request, r#"{"provider":"openai"}"#, 403, "access_admin_required");
    house.refuses(request, "{}", 400, "invalid_upstream_grant");
    house.refuses(request, r#"{"provider":"openai","priority":-1}"#, 400, "invalid_upstream_grant");
    house.refuses(request, r#"{"provider":"openai","weight":0}"#, 400, "invalid_upstream_grant");
    house.refuses(request, "", 400, "invalid_json");
}

#[test]
fn lists_are_in_the_order_of_the_stored_names() {
    let house = House::new();
    for path in ["policies/b/x", "tenants/a/x", "policies/a/y", "policies/a/x", "policies/u/x"] {
        house.does(&format!("PUT upstream-grants/{path}"), key("x"), json!({}));
    }
    let listed = house.does("GET upstream-grants", json!({}), json!({}));
    let keys = ["oauth/a/x", "oauth/a/y", "oauth/b/x", "oauth/tenants/a/x", "oauth/u/x"];
    assert_eq!(listed.ids("grants", "key"), keys);
    let bootstrap = house.does("GET bootstrap", json!({}), json!({}));
    assert_eq!(bootstrap.body["grants"], listed.body["grants"]);
    assert!(!listed.body.to_string().contains("credential\":"), "no secret comes back");
}

#[test]
fn a_grant_stands_in_for_the_keys_that_its_provider_wants() {
    let house = House::new();
    let alice =
        house.issue("alice", json!({ "providers": ["groq", "aws-bedrock"], "tenantId": "acme" }));
    let bob = house.issue("bobby", json!({ "providers": ["groq"] }));
    let row = |key: &str, provider: &str| {
        let catalog = house.with_key("/v1/catalog", key);
        catalog.row("providers", "id", provider).clone()
    };
    assert_eq!(row(&alice, "groq")["executable"], false);
    let groq = json!({ "provider": "groq", "kind": "api_key", "credential": "x" });
    house.does("PUT upstream-grants/tenants/acme/groq", groq, json!({}));
    let seen = row(&alice, "groq");
    assert_eq!(seen["executable"], true);
    assert_eq!(seen["readiness"]["upstreamGrantCount"], 1);
    assert_eq!(seen["readiness"]["missingConfig"], json!([]));
    assert_eq!(row(&bob, "groq")["executable"], false, "it is another tenant's");
    let status = house.does("GET provider-status", json!({}), json!({}));
    assert_eq!(status.row("providers", "id", "groq")["executable"], true, "it is somebody's");
    let aws = json!({ "provider": "aws-bedrock", "kind": "api_key",
        "credentials": { "accessKeyId": "a", "secretAccessKey": "b" } });
    house.does("PUT upstream-grants/policies/alice/aws", aws, json!({}));
    assert_eq!(row(&alice, "aws-bedrock")["readiness"]["missingConfig"], json!(["AWS_REGION"]));
    house.does("POST upstream-grants/tenants/acme/groq/revoke", json!({}), json!({}));
    assert_eq!(row(&alice, "groq")["executable"], false);
}

#[test]
fn a_pool_of_revoked_grants_is_not_ready_unless_its_policy_says_so() {
    let house = House::new();
    let policy = json!({ "providers": ["openai"] });
    let alice = house.issue("alice", policy.clone());
    let ready = || {
        let catalog = house.with_key("/v1/catalog", &alice);
        catalog.row("providers", "id", "openai")["executable"].clone()
    };
    assert_eq!(ready(), true, "the environment has a key");
    house.does("PUT upstream-grants/policies/alice/main", key("x"), json!({}));
    assert_eq!(ready(), true);
    house.does("POST upstream-grants/policies/alice/main/revoke", json!({}), json!({}));
    assert_eq!(ready(), false);
    let mut falls_back = policy;
    falls_back["grantRouting"] = json!({ "environmentFallback": true });
    let answer = house.does("PUT policies/alice", falls_back, json!({}));
    assert_eq!(answer.body["grantRouting"]["environmentFallback"], true);
    assert_eq!(ready(), true);
    let back = json!({ "providers": ["openai"], "grantRouting": { "environmentFallback": false } });
    let answer = house.does("PUT policies/alice", back, json!({}));
    assert_eq!(answer.body["grantRouting"].get("environmentFallback"), None);
    assert_eq!(ready(), false);
    let odd = r#"{"providers":["openai"],"grantRouting":{"environmentFallback":1}}"#;
    house.refuses("PUT policies/alice", odd, 400, "invalid_policy");
}
