//! Upstream grants, as any router keeps them.

use serde_json::{Value, json};

use super::target::{As, Target};

fn path(t: &Target, name: &str) -> String {
    format!("/v1/admin/upstream-grants/policies/{}/{name}", t.unique("grants"))
}

fn key(secret: &str) -> Value {
    json!({ "provider": "openai", "kind": "api_key", "credential": secret })
}

/// Each of these members is in a body as it is.
#[track_caller]
fn shows(body: &Value, facts: &Value) {
    for (name, value) in facts.as_object().unwrap() {
        assert_eq!(&body[name], value, "{name} in {body}");
    }
}

pub(crate) fn a_grant_put_merges_by_its_own_rules(t: &Target) {
    let path = path(t, "main");
    let put = |body: Value| {
        let reply = t.put(&path, &body);
        assert_eq!(reply.status, 200, "{body}: {}", reply.text);
        reply.body
    };
    let mut first = key("canary-contract-1");
    first["label"] = "main".into();
    shows(
        &put(first),
        &json!({ "enabled": true, "kind": "api_key", "label": "main", "tokenType": "Bearer",
            "scopes": [], "priority": 100, "weight": 1, "hasCredential": true, "usable": true,
            "hasAccessToken": false, "revokedAt": null, "quotaStatus": "unknown" }),
    );
    let off = json!({ "provider": "openai", "kind": "api_key", "enabled": false, "priority": 5,
        "weight": 2.5, "scopes": ["x"], "accountId": "acc", "label": null });
    shows(
        &put(off),
        &json!({ "enabled": false, "usable": false, "priority": 5, "weight": 2.5, "label": null }),
    );
    let everything = json!({ "provider": "openai", "kind": "api_key", "enabled": true,
        "tokenType": "Bearer", "scopes": ["x"], "label": "again", "expiresAt": null });
    shows(
        &put(everything),
        &json!({ "enabled": true, "priority": 5, "weight": 2.5, "scopes": ["x"],
            "accountId": "acc", "hasCredential": true }),
    );
    let listed = t.get("/v1/admin/upstream-grants", As::Admin);
    assert!(!listed.text.contains("canary-contract"), "no secret comes back");
    assert_eq!(t.get("/v1/admin/upstream-grants", As::Nobody).status, 401);
}

pub(crate) fn a_grant_takes_what_it_may_and_no_more(t: &Target) {
    let path = path(t, "checked");
    let check = |body: Value, code: &str| {
        let reply = t.put(&path, &body);
        assert_eq!((reply.status, reply.code()), (400, code), "{body}");
    };
    let with = |name: &str, value: Value| {
        let mut body = key("x");
        body[name] = value;
        body
    };
    for (name, value) in [
        ("credential", json!("")),
        ("credential", json!(5)),
        ("priority", json!(-1)),
        ("priority", json!(1_000_001)),
        ("weight", json!(0)),
        ("credentials", json!({ "bad name": "x" })),
        ("credentials", json!({ "a": " " })),
    ] {
        check(with(name, value), "invalid_upstream_grant");
    }
    check(json!({ "provider": "openai", "kind": "api_key" }), "invalid_upstream_grant");
    check(json!({ "credential": "x" }), "invalid_upstream_grant");
    check(json!([]), "invalid_upstream_grant");
    check(json!({ "provider": "nope", "credential": "x" }), "unknown_provider");
    shows(&t.put(&path, &with("kind", json!("weird"))).body, &json!({ "kind": "weird" }));
}

pub(crate) fn a_grants_route_is_told_from_a_wrong_method(t: &Target) {
    let id = t.unique("routes");
    let check = |method: &str, path: &str, status: u16, code: &str| {
        let path = format!("/v1/admin/upstream-grants/{path}");
        let reply = t.call(method, &path, As::Admin, &[], &key("x").to_string());
        assert_eq!((reply.status, reply.code()), (status, code), "{method} {path}");
    };
    for bad in
        ["policies/a%2Fb/x", "policies/tenants/x", "teams/a/x", "policies/a", "policies/a/b/c"]
    {
        check("PUT", bad, 400, "invalid_upstream_grant_route");
    }
    check("DELETE", &format!("policies/{id}/x"), 405, "method_not_allowed");
    check("PUT", &format!("policies/{id}/x/revoke"), 405, "method_not_allowed");
    check("PUT", &format!("policies/{id}/x/refresh"), 405, "method_not_allowed");
    check("GET", &format!("policies/{id}/x/authorize"), 405, "method_not_allowed");
    for verb in ["revoke", "refresh", "quota-refresh"] {
        check("POST", &format!("policies/{id}/ghost/{verb}"), 404, "unknown_upstream_grant");
    }
    check("POST", &format!("policies/{id}/x/authorize"), 403, "access_admin_required");
}

pub(crate) fn revoking_a_grant_erases_its_secrets(t: &Target) {
    let path = path(t, "revoked");
    assert_eq!(t.put(&path, &key("x")).status, 200);
    let erased =
        json!({ "enabled": false, "usable": false, "hasCredential": false, "kind": "api_key" });
    for _ in 0..2 {
        let reply = t.post(&format!("{path}/revoke"));
        assert_eq!(reply.status, 200);
        shows(&reply.body, &erased);
        assert!(reply.body["revokedAt"].is_string());
    }
    let without = t.put(&path, &json!({ "provider": "openai", "kind": "api_key", "label": "z" }));
    assert_eq!((without.status, without.code()), (400, "invalid_upstream_grant"));
    shows(&t.put(&path, &key("new")).body, &json!({ "enabled": true, "revokedAt": null }));
}

pub(crate) fn what_cannot_be_renewed_or_asked_says_so(t: &Target) {
    let path = path(t, "plain");
    assert_eq!(t.put(&path, &key("x")).status, 200);
    let reply = t.post(&format!("{path}/refresh"));
    assert_eq!((reply.status, reply.code()), (400, "grant_refresh_unavailable"));
    let reply = t.post(&format!("{path}/quota-refresh"));
    assert_eq!((reply.status, reply.code()), (400, "grant_quota_probe_unavailable"));
}
