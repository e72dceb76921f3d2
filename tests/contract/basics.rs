//! Request ids, headers, paths, bodies.

use super::target::{As, Target};

pub(crate) fn health_says_what_it_is(t: &Target) {
    let health = t.get("/v1/health", As::Nobody);
    assert_eq!(health.status, 200);
    assert_eq!(health.body["ok"], true);
    assert_eq!(health.body["service"], "clawrouter-edge");
    assert!(health.body["observability"]["requestContentRetentionDefault"].is_boolean());
    assert_eq!(health.header("content-type"), "application/json");
    assert_eq!(health.header("cache-control"), "");
    let index = t.get("/v1", As::Nobody);
    assert_eq!(index.body["contract"], "clawrouter.openai-compatible.v1");
    assert_eq!(index.body["endpoints"]["keyInspect"], "/v1/key/inspect");
}

pub(crate) fn request_ids_are_kept_or_made(t: &Target) {
    let with = |id: &str| t.call("GET", "/v1/health", As::Nobody, &[("x-request-id", id)], "");
    let long = "x".repeat(128);
    for kept in ["caller-1/a+b=c@d~e:f", "r", long.as_str()] {
        let reply = with(kept);
        assert_eq!((reply.status, reply.header("x-request-id")), (200, kept));
    }
    for bad in ["has space", "", &"x".repeat(129), "quote\""] {
        let reply = with(bad);
        assert_eq!((reply.status, reply.code()), (400, "invalid_request_id"), "{bad}");
        assert!(reply.header("x-request-id").starts_with("req_"), "{bad}");
    }
    let made = t.get("/v1/health", As::Nobody);
    let id = made.header("x-request-id");
    let hex = id.strip_prefix("req_").unwrap();
    assert!(hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
}

pub(crate) fn attribution_is_checked_on_every_route(t: &Target) {
    for name in ["x-clawrouter-session-id", "x-clawrouter-project-id", "x-clawrouter-client"] {
        let reply = t.call("GET", "/v1/health", As::Nobody, &[(name, "not ok")], "");
        assert_eq!((reply.status, reply.code()), (400, "invalid_attribution_id"), "{name}");
        let fine = t.call("GET", "/v1/health", As::Nobody, &[(name, "proj/1")], "");
        assert_eq!(fine.status, 200, "{name}");
    }
    let ignored = t.call("GET", "/v1/health", As::Nobody, &[("traceparent", "nonsense")], "");
    assert_eq!(ignored.status, 200);
}

pub(crate) fn cors_is_answered_for_the_api(t: &Target) {
    let preflight = t.call("OPTIONS", "/v1/chat/completions", As::Nobody, &[], "");
    assert_eq!((preflight.status, preflight.text.as_str()), (204, ""));
    for reply in [preflight, t.get("/v1/health", As::Nobody), t.get("/v1/nope", As::Nobody)] {
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert_eq!(reply.header("access-control-allow-methods"), "GET,POST,PUT,OPTIONS");
        assert_eq!(reply.header("access-control-max-age"), "600");
    }
    assert_eq!(t.call("OPTIONS", "/v1/admin/policies", As::Nobody, &[], "").status, 204);
}

pub(crate) fn paths_are_exact(t: &Target) {
    let cases = [
        ("GET", "/v1/nope", 404),
        ("GET", "/v1/health/", 404),
        ("GET", "/V1/health", 404),
        ("GET", "/v1/heal%74h", 404),
        ("POST", "/v1/health", 404),
        ("DELETE", "/v1/health", 404),
        ("GET", "/v1/chat/completions", 404),
        ("GET", "/api/nope", 404),
        ("GET", "/v1/admin/nope", 404),
        ("GET", "/v1/admin", 404),
        ("PUT", "/v1/admin/policies", 404),
        ("POST", "/v1/admin/policies", 404),
        ("POST", "/v1/admin/overview", 404),
        ("DELETE", "/v1/admin/policies/anything", 405),
        ("DELETE", "/v1/admin/credentials/anything", 405),
        ("POST", "/v1/admin/connections/openai/revoke", 404),
    ];
    for (method, path, status) in cases {
        let reply = t.call(method, path, As::Admin, &[], "");
        assert_eq!(reply.status, status, "{method} {path}: {}", reply.text);
        let code = if status == 405 { "method_not_allowed" } else { "route_not_found" };
        assert_eq!(reply.code(), code, "{method} {path}");
    }
    let head = t.call("HEAD", "/v1/health", As::Nobody, &[], "");
    assert_eq!(head.status, 404);
    let query = t.get("/v1/admin/policies?limit=1&x=y", As::Admin);
    assert_eq!(query.status, 200);
}

pub(crate) fn aliases_lead_to_the_same(t: &Target) {
    assert_eq!(t.get("/api/routes", As::Nobody).status, 200);
    assert_eq!(t.get("/api/route", As::Nobody).status, 200);
    assert_eq!(t.get("/api/admin/overview", As::Admin).status, 200);
    assert_eq!(t.get("/api/admin/overview", As::Nobody).code(), "admin_unauthorized");
    assert_eq!(t.get("/api/me", As::Nobody).status, 401);
    assert_eq!(t.get("/api/health", As::Nobody).status, 404);
}

pub(crate) fn bodies_are_limited(t: &Target) {
    let path = format!("/v1/admin/policies/{}", t.unique("body"));
    for broken in ["", "{", "nonsense"] {
        let reply = t.call("PUT", &path, As::Admin, &[], broken);
        assert_eq!((reply.status, reply.code()), (400, "invalid_json"), "{broken}");
    }
    let plain = [("content-type", "text/plain")];
    let body = r#"{"providers":["openai"],"monthlyBudgetMicros":1}"#;
    assert_eq!(t.call("PUT", &path, As::Admin, &plain, body).status, 200);
    let huge = format!(r#"{{"providers":["openai"],"x":"{}"}}"#, "y".repeat(8 * 1024 * 1024));
    let reply = t.call("PUT", &path, As::Admin, &[], &huge);
    assert_eq!((reply.status, reply.code()), (413, "request_too_large"));
}

pub(crate) fn the_provider_snapshot_has_the_known_models(t: &Target) {
    let snapshot = t.get("/v1/providers", As::Nobody);
    assert_eq!(snapshot.body["version"], "clawrouter.provider-snapshot.v1");
    let providers = snapshot.body["providers"].as_array().unwrap();
    let ids: Vec<_> = providers.iter().map(|p| p["id"].as_str().unwrap()).collect();
    for known in ["anthropic", "openai", "google-gemini", "local-openai", "xai"] {
        assert!(ids.contains(&known), "{known} in {ids:?}");
    }
    let mut sorted = ids.clone();
    sorted.sort_unstable();
    assert_eq!(ids, sorted);
    let price = &snapshot.body["model_index"]["openai/gpt-5.5"]["pricing"];
    assert_eq!(price["inputMicrosPerMillion"], 5_000_000);
    assert_eq!(price["longContext"]["thresholdInputTokens"], 272_000);
    let routes = t.get("/v1/routes", As::Nobody);
    assert!(routes.body["openaiCompatible"].is_array() && routes.body["manifestProxy"].is_array());
}
