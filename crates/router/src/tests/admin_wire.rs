//! Recordings 028 to 066: who is an administrator, and what stands where.

use serde_json::{Value, json};

use super::{Caller, House, TOKEN, ask};
use crate::Options;
use crate::Router;
use clawctl_wire::BODY_BYTES_MAX;
use clawctl_wire::key::sha256_hex;

#[test]
fn only_the_bearer_token_makes_an_administrator() {
    let house = House::new();
    let check = |header: Option<(&str, &str)>, status: u16| {
        let headers: Vec<_> = header.into_iter().collect();
        let answer = house.network("GET /v1/admin/overview", &headers);
        assert_eq!(answer.status, status, "{header:?}");
        if status == 401 {
            assert_eq!(answer.code(), "admin_unauthorized");
            assert_eq!(answer.header("cache-control"), None);
        } else {
            assert_eq!(answer.header("cache-control"), Some("no-store"));
            assert_eq!(answer.header("x-content-type-options"), Some("nosniff"));
            let content_type = answer.header("content-type");
            assert_eq!(content_type, Some("application/json; charset=utf-8"));
        }
    };
    check(None, 401);
    check(Some(("authorization", "Bearer nope")), 401);
    check(Some(("authorization", &format!("Bearer {TOKEN}"))), 200);
    check(Some(("authorization", &format!("bearer {TOKEN}"))), 200);
    check(Some(("authorization", &format!("Bearer {TOKEN}x"))), 401);
    check(Some(("authorization", "Basic abc")), 401);
    check(Some(("authorization", TOKEN)), 401);
    check(Some(("x-api-key", TOKEN)), 401);
}

#[test]
fn identity_comes_before_the_path() {
    let house = House::new();
    let unknown = house.network("GET /v1/admin/nope", &[]);
    assert_eq!((unknown.status, unknown.code()), (401, "admin_unauthorized"));
    let alias = house.network("GET /api/admin/overview", &[]);
    assert_eq!((alias.status, alias.code()), (401, "admin_unauthorized"));
    let known =
        house.network("GET /api/admin/overview", &[("authorization", &format!("Bearer {TOKEN}"))]);
    assert_eq!(known.status, 200);
}

#[test]
fn without_any_hash_nobody_is_an_administrator_over_the_network() {
    let dir = tempfile::tempdir().unwrap();
    let now = || "2026-11-20T12:00:00Z".parse().unwrap();
    let options = || Options::new(dir.path().join("router.db"), Box::new(now));
    let router = Router::open(options()).unwrap();
    let status = |router: &Router, caller, token: &str| {
        let bearer = format!("Bearer {token}");
        ask(router, caller, "GET", "/v1/admin/overview", &[("authorization", &bearer)], "").status
    };
    assert!(!router.admin_token_hash_is_set().unwrap());
    assert_eq!(status(&router, Caller::Network, ""), 401);
    assert_eq!(status(&router, Caller::InProcess, ""), 200);

    router.set_admin_token_sha256(&sha256_hex("one").to_uppercase()).unwrap();
    assert!(router.admin_token_hash_is_set().unwrap());
    assert_eq!(status(&router, Caller::Network, "one"), 200);
    // Another process rotates it; the next request obeys.
    Router::open(options()).unwrap().set_admin_token_sha256(&sha256_hex("two")).unwrap();
    assert_eq!(status(&router, Caller::Network, "one"), 401);
    assert_eq!(status(&router, Caller::Network, "two"), 200);

    let given = Options { admin_token_sha256: Some(sha256_hex("given")), ..options() };
    let overridden = Router::open(given).unwrap();
    assert_eq!(status(&overridden, Caller::Network, "two"), 401);
    assert_eq!(status(&overridden, Caller::Network, "given"), 200);
    assert!(overridden.set_admin_token_sha256("abc").is_err());
    let bad = Options { admin_token_sha256: Some("abc".into()), ..options() };
    assert!(Router::open(bad).is_err());
}

#[test]
fn the_admin_token_is_no_key() {
    let house = House::new();
    for (path, code) in [
        ("/v1/key/inspect", "invalid_proxy_key"),
        ("/v1/me", "invalid_proxy_key"),
        ("/v1/usage", "invalid_proxy_key"),
        ("/v1/models", "client_auth_required"),
        ("/v1/catalog", "client_auth_required"),
    ] {
        let answer = house.with_key(path, TOKEN);
        assert_eq!((answer.status, answer.code()), (401, code), "{path}");
    }
}

#[test]
fn wrong_methods_are_405_on_single_resources_and_404_elsewhere() {
    let house = House::new();
    let check = |request: &str, status: u16, code: &str| house.refuses(request, "{}", status, code);
    check("GET nope", 404, "route_not_found");
    check("DELETE policies/anything", 405, "method_not_allowed");
    check("POST policies/anything", 405, "method_not_allowed");
    check("GET policies/anything/revoke", 405, "method_not_allowed");
    check("DELETE credentials/anything", 405, "method_not_allowed");
    check("POST credentials/anything", 405, "method_not_allowed");
    check("GET keys/abcd", 405, "method_not_allowed");
    check("DELETE keys/abcd", 405, "method_not_allowed");
    check("GET upstream-grants/policies/a/b", 405, "method_not_allowed");
    check("POST policies", 404, "route_not_found");
    check("PUT policies", 404, "route_not_found");
    check("GET connections/openai", 404, "route_not_found");
    check("POST connections/openai/revoke", 404, "route_not_found");
    check("POST overview", 404, "route_not_found");
    check("PUT policies/", 400, "invalid_policy");
    // The id is looked at before the method and before the body.
    check("DELETE policies/a-b", 400, "invalid_policy");
    check("DELETE credentials/a-b", 400, "invalid_credential");
    // Writes that belong to what this router does not have.
    check("DELETE access-users/a@b", 404, "route_not_found");
    check("POST fusion", 404, "route_not_found");
}

#[test]
fn an_empty_router_lists_nothing() {
    let house = House::new();
    let check = |path: &str, expected: Value| {
        house.does(&format!("GET {path}"), json!({}), expected);
    };
    check("tenants", json!({"tenants": []}));
    check("users", json!({"tenants": []}));
    check("policies", json!({"policies": []}));
    check("policies?limit=1&cursor=x", json!({"policies": []}));
    check("credentials", json!({"credentials": []}));
    check("keys", json!({"keys": []}));
    check("provider-health", json!({"providers": []}));
    check("access-users", json!({"users": []}));
    check("policy-bindings", json!({"bindings": []}));
    check("upstream-grants", json!({"grants": []}));
    check("assignment-rules", json!({"rules": []}));
    check("fusion", json!({"enabled": false, "modelId": "clawrouter/fusion", "temperature": 0.2}));
    let nothing = json!({
        "ledger": "durable_object_sharded",
        "summary": {
            "requestCount": 0, "successCount": 0, "errorCount": 0, "inputTokens": 0,
            "outputTokens": 0, "totalTokens": 0, "actualCostMicros": 0,
        },
        "providers": [],
        "daily": [],
        "events": [],
    });
    check("usage", json!({"policies": [], "keys": [], "usage": nothing}));
}

#[test]
fn no_content_is_retained() {
    let house = House::new();
    house.refuses("GET content", "", 400, "invalid_content_lookup");
    house.refuses("GET content?tenant=default", "", 400, "invalid_content_lookup");
    let long = format!("GET content?tenant=default&ref={}", "x".repeat(257));
    house.refuses(&long, "", 400, "invalid_content_lookup");
    house.refuses("GET content?tenant=default&ref=content_none", "", 404, "content_not_found");
}

#[test]
fn a_body_has_a_limit_that_comes_behind_identity() {
    let house = House::new();
    let huge = " ".repeat(BODY_BYTES_MAX + 1);
    house.refuses("PUT policies/alpha", &huge, 413, "request_too_large");
    house.refuses("PUT credentials/alpha", &huge, 413, "request_too_large");
    house.refuses("PUT connections/openai", &huge, 413, "request_too_large");
    let stranger =
        ask(&house.router, Caller::Network, "PUT", "/v1/admin/policies/alpha", &[], &huge);
    assert_eq!(stranger.status, 401);
    let full = format!("{{\"providers\":[\"openai\"]{}}}", " ".repeat(BODY_BYTES_MAX - 24));
    assert_eq!(full.len(), BODY_BYTES_MAX);
    assert_eq!(house.admin("PUT policies/alpha", &full).status, 200);
}
