//! Recordings 001 to 035: health, ids, CORS, redirects that are not there, unknown paths.

use serde_json::json;

use super::{Answer, House, TOKEN};

fn is_shared(answer: &Answer) -> bool {
    answer.header("access-control-allow-origin") == Some("*")
}

#[test]
fn health_says_who_it_is_and_what_it_adds() {
    let house = House::new();
    let answer = house.network("GET /v1/health", &[]);
    answer.shows(
        &json!({
            "ok": true,
            "service": "clawrouter-edge",
            "observability": {"mode": "metadata_only", "requestContentRetentionDefault": true},
            "extensions": [
                "policy.models",
                "credential.expiresAt",
                "credential.metadata",
                "credential.keepSecret",
                "provider.check",
                "credential.hash",
                "read.one",
                "revision",
                "policy.environmentFallback",
                "usage.query",
                "list.pages",
            ],
        }),
        "health",
    );
    let index = house.network("GET /v1", &[]);
    assert_eq!(index.body["extensions"], answer.body["extensions"]);
    assert_eq!(index.body["contract"], "clawrouter.openai-compatible.v1");
    assert_eq!(index.body["endpoints"]["keyInspect"], "/v1/key/inspect");
}

#[test]
fn public_answers_carry_the_plain_content_type_and_no_cache_rule() {
    let house = House::new();
    for path in ["/v1", "/v1/health", "/v1/providers", "/v1/routes", "/api/route", "/api/routes"] {
        let answer = house.network(&format!("GET {path}"), &[]);
        assert_eq!((answer.status, answer.header("cache-control")), (200, None), "{path}");
        assert_eq!(answer.header("content-type"), Some("application/json"), "{path}");
        assert!(is_shared(&answer), "{path}");
    }
}

#[test]
fn the_providers_are_those_of_the_manifests() {
    let house = House::new();
    let answer = house.network("GET /v1/providers", &[]);
    assert_eq!(answer.body["version"], "clawrouter.provider-snapshot.v1");
    let ids = answer.ids("providers", "id");
    assert!(ids.is_sorted());
    for id in ["openai", "xai", "claude-max-proxy", "clawpool"] {
        assert!(ids.iter().any(|listed| listed == id), "{id}");
    }
    let again = house.network("GET /v1/providers", &[]);
    assert_eq!(answer.body, again.body);
    let routes = house.network("GET /v1/routes", &[]);
    assert!(routes.ids("manifestProxy", "route").contains(&"/v1/proxy/openai/responses".into()));
}

#[test]
fn preflight_needs_no_identity() {
    let house = House::new();
    for path in ["/v1/chat/completions", "/v1/admin/overview", "/v1", "/api/anything"] {
        let answer = house.network(&format!("OPTIONS {path}"), &[("origin", "https://x.example")]);
        assert_eq!((answer.status, answer.header("content-type")), (204, None), "{path}");
        assert_eq!(answer.header("access-control-allow-methods"), Some("GET,POST,PUT,OPTIONS"));
        assert_eq!(answer.header("access-control-max-age"), Some("600"));
    }
    let elsewhere = house.network("OPTIONS /nope", &[]);
    assert_eq!((elsewhere.status, is_shared(&elsewhere)), (404, false));
}

#[test]
fn what_is_not_there_is_404_for_every_method() {
    let house = House::new();
    let check = |request: &str, shared| {
        let answer = house.network(request, &[]);
        assert_eq!((answer.status, is_shared(&answer)), (404, shared), "{request}");
        let content_type = answer.header("content-type");
        assert_eq!(content_type, Some("application/json; charset=utf-8"), "{request}");
        assert_eq!(answer.header("cache-control"), None, "{request}");
        if !request.starts_with("HEAD") {
            assert_eq!(answer.code(), "route_not_found", "{request}");
        }
    };
    check("GET /v1/nope", true);
    check("GET /nope", false);
    check("POST /v1/health", true);
    check("DELETE /v1/health", true);
    check("HEAD /v1/health", true);
    check("GET /v1/health/", true);
    check("GET /v1/chat/completions", true);
    check("POST /v1/key/inspect", true);
    check("GET /v1/models/openai%2Fgpt-5.5", true);
    check("GET /api/health", true);
    check("GET /v1/admin", true);
    check("POST /v1/session/login", true);
    check("POST /v1/session/logout", true);
    // The pages of the original's web console.
    check("GET /", false);
    check("GET /dashboard", false);
    check("GET /catalog?x=1", false);
}

#[test]
fn head_has_no_body() {
    let house = House::new();
    assert!(house.network("HEAD /v1/health", &[]).body.is_null());
    let answer = house.network("HEAD /v1/admin/overview", &[("authorization", &bearer())]);
    assert!(answer.status == 404 && answer.body.is_null());
}

#[test]
fn a_request_id_is_returned_or_made() {
    let house = House::new();
    let kept = house.network("GET /v1/health", &[("x-request-id", "caller-1/a+b=c@d~e:f")]);
    assert_eq!(kept.header("x-request-id"), Some("caller-1/a+b=c@d~e:f"));
    let ids: Vec<_> = (0..2)
        .map(|_| house.network("GET /nope", &[]).header("x-request-id").unwrap().to_owned())
        .collect();
    for id in &ids {
        let hex = id.strip_prefix("req_").unwrap();
        assert!(hex.len() == 32 && hex.bytes().all(|b| b.is_ascii_hexdigit()), "{id}");
    }
    assert_ne!(ids[0], ids[1]);
}

#[test]
fn bad_ids_are_refused_on_any_route() {
    let house = House::new();
    let check = |request: &str, name: &str, value: &str, code: &str| {
        let answer = house.network(request, &[(name, value)]);
        assert_eq!((answer.status, answer.code()), (400, code), "{request} {name}: {value}");
        assert!(answer.header("x-request-id").unwrap().starts_with("req_"));
    };
    for request in ["GET /v1/health", "GET /nope", "GET /v1/admin/overview", "OPTIONS /v1/x"] {
        check(request, "x-request-id", "bad id", "invalid_request_id");
        check(request, "x-request-id", "", "invalid_request_id");
        check(request, "x-request-id", &"x".repeat(129), "invalid_request_id");
        check(request, "x-clawrouter-agent-id", "has space", "invalid_attribution_id");
    }
}

#[test]
fn a_trace_that_is_not_one_is_no_error() {
    let house = House::new();
    assert_eq!(house.network("GET /v1/health", &[("traceparent", "nonsense")]).status, 200);
}

#[test]
fn session_routes_say_that_there_is_no_session() {
    let house = House::new();
    let check = |request: &str, status: u16, code: &str| {
        let answer = house.network(request, &[]);
        assert_eq!((answer.status, answer.code()), (status, code), "{request}");
    };
    for path in ["/v1/session", "/v1/entitlements", "/v1/session/usage", "/api/session"] {
        check(&format!("GET {path}"), 401, "access_session_required");
    }
    check("GET /v1/session/credentials", 401, "access_session_required");
    check("GET /v1/session/avatar", 401, "access_session_required");
    check("PUT /v1/session/credentials/mine1", 401, "access_session_required");
    check("POST /v1/playground/v1/chat/completions", 401, "access_session_required");
    check("GET /v1/oauth/callback", 403, "access_admin_required");
}

fn bearer() -> String {
    format!("Bearer {TOKEN}")
}
