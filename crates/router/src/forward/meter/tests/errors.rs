//! Refusals of providers, in the shape that clients read.

use http::StatusCode;
use serde_json::{Value, json};

use super::*;

fn rewritten(status: u16, content_type: &'static str, body: &str) -> Value {
    let status = StatusCode::from_u16(status).unwrap();
    let content_type = HeaderValue::from_static(content_type);
    let body = rewrite_error(status, Some(&content_type), body.as_bytes());
    serde_json::from_slice::<Value>(&body).unwrap()["error"].take()
}

#[test]
fn every_refusal_gets_one_shape() {
    let check = |status, body: &str, expected: Value| {
        assert_eq!(rewritten(status, JSON, body), expected, "{body}");
    };
    check(
        429,
        r#"{"error":{"message":"slow","type":"requests","param":null,"code":"rate_limit_exceeded"}}"#,
        json!({"message": "slow", "type": "requests", "code": "rate_limit_exceeded"}),
    );
    check(
        529,
        r#"{"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}"#,
        json!({"message": "Overloaded", "type": "overloaded_error", "code": 529}),
    );
    check(
        400,
        r#"[{"error":{"code":400,"message":"bad","status":"INVALID_ARGUMENT"}}]"#,
        json!({"message": "bad", "type": "upstream_error", "code": 400}),
    );
    check(
        401,
        r#"{"error":"Invalid pool key"}"#,
        json!({"message": "Invalid pool key", "type": "upstream_error", "code": 401}),
    );
    check(
        422,
        r#"{"message":"invalid request","type":"invalid_request_error","code":null}"#,
        json!({"message": "invalid request", "type": "invalid_request_error", "code": 422}),
    );
    check(
        404,
        r#"{"detail":"Not Found"}"#,
        json!({"message": "Not Found", "type": "upstream_error", "code": 404}),
    );
    let nothing =
        json!({"message": "upstream request failed", "type": "upstream_error", "code": 500});
    let broken = ["", "null", "[]", "oops", r#"{"error":{}}"#, r#"{"error":5}"#, r#"{"error":""}"#];
    for body in broken {
        check(500, body, nothing.clone());
    }
    check(500, r#"{"error":"<html>secret host</html>"}"#, nothing);
}

#[test]
fn a_page_is_never_passed_on() {
    let default = "upstream request failed";
    let page = "<html><body>nginx</body></html>";
    assert_eq!(rewritten(502, "text/html", page)["message"], default);
    assert_eq!(rewritten(502, JSON, page)["message"], default);
    assert_eq!(rewritten(502, "Text/HTML", r#"{"error":"x"}"#)["message"], default);
}

#[test]
fn only_a_bare_text_is_rewritten_without_a_stream() {
    let check = |body: &str| {
        let body = rewrite_bare_error(StatusCode::TOO_MANY_REQUESTS, body.as_bytes())?;
        Some(serde_json::from_slice::<Value>(&body).unwrap())
    };
    let spent = r#"{"error":"You've used all your tokens","tokens_used":9,"token_limit":9}"#;
    let error =
        json!({"message": "You've used all your tokens", "type": "upstream_error", "code": 429});
    assert_eq!(check(spent), Some(json!({ "error": error })));
    for other in ["", "[]", "{}", r#"{"error":{"message":"x"}}"#, r#"{"error":null}"#] {
        assert_eq!(check(other), None, "{other}");
    }
}
