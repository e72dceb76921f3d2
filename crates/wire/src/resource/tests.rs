use serde_json::json;

use super::*;

fn at(path: &str) -> Option<(&'static str, String, Option<String>)> {
    let body = json!({"policyId": "p", "principalType": "user", "principalId": "a@b.c"});
    Resource::at(path, &body).map(|it| (it.kind.noun, it.name(), it.verb))
}

#[test]
fn paths_say_what_is_written() {
    let check = |path: &str, noun, name: &str, verb: Option<&str>| {
        assert_eq!(at(path), Some((noun, name.to_owned(), verb.map(str::to_owned))), "{path}");
    };
    check("/v1/admin/policies/team", "policy", "team", None);
    check("/v1/admin/credentials/alice/revoke", "key", "alice", Some("revoke"));
    check("/v1/admin/access-users/a%2Bb%40c.d", "user", "a+b@c.d", None);
    check(
        "/v1/admin/upstream-grants/policies/team/sub%201/refresh",
        "grant",
        "policies/team/sub 1",
        Some("refresh"),
    );
    check("/v1/admin/policy-bindings", "binding", "user/a@b.c/p", None);
    check("/v1/admin/fusion", "fusion", "", None);
    for other in ["/v1/admin/fusion/preview", "/v1/admin/policies", "/v1/admin/tenants/x"] {
        assert_eq!(at(other), None, "{other}");
    }
    let user = Resource::at("/v1/admin/access-users/a%2Bb%40c.d", &Value::Null).unwrap();
    assert_eq!(user.path(), "/v1/admin/access-users/a%2Bb%40c.d");
}

#[test]
fn a_key_is_written_by_its_creation_too() {
    let written = |path: &str, body: Value| {
        Resource::written("POST", path, &body).map(|it| (it.name(), it.verb))
    };
    let path = "/v1/admin/credentials";
    let alice = json!({ "credentialId": "alice", "enabled": false });
    assert_eq!(written(path, alice), Some(("alice".to_owned(), None)));
    assert_eq!(written(path, json!({})), None);
    assert_eq!(written(path, json!({ "credentialId": "a/revoke" })), None);
    let rotate = Some(("alice".to_owned(), Some("rotate".to_owned())));
    assert_eq!(written(&format!("{path}/alice/rotate"), json!({})), rotate);
}

#[test]
fn what_is_brought_back_says_every_member() {
    let policy = Resource::at("/v1/admin/policies/team", &Value::Null).unwrap();
    let before = json!({"policyId": "team", "providers": [], "enabled": true});
    let now = json!({"policyId": "team", "providers": ["x"], "enabled": true, "models": ["m"]});
    let body = Value::Object(policy.body(&before, &now));
    let wanted = json!({"providers": [], "allProviders": true, "enabled": true, "models": null});
    assert_eq!(body, wanted);
    assert_eq!(policy.differences(&before, &now), ["models", "providers"]);
    let key = Resource::at("/v1/admin/credentials/a", &Value::Null).unwrap();
    let one = json!({"credentialId": "a", "enabled": true, "active": true, "label": null});
    let other = json!({"credentialId": "a", "enabled": true, "active": false});
    assert!(key.differences(&one, &other).is_empty());
}

#[test]
fn a_secret_in_a_body_is_noticed() {
    let check = |body: &str, plain: Value, has_secret| {
        assert_eq!(without_secrets(body.as_bytes()), (plain, has_secret), "{body}");
    };
    check(r#"{"secretSha256": "ab", "enabled": true}"#, json!({"enabled": true}), true);
    check(r#"{"credentials": {"a": "x"}}"#, json!({}), true);
    let plain = r#"{"keepSecret": true, "tokenRole": "service"}"#;
    check(plain, json!({"keepSecret": true, "tokenRole": "service"}), false);
    check("no JSON", json!({}), false);
}
