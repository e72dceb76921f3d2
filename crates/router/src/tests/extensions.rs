//! What this router adds to the contract.

use serde_json::{Value, json};

use super::{House, SECRET};
use clawctl_wire::key::sha256_hex;

fn scoped(models: Value) -> Value {
    json!({"providers": ["openai", "mistral"], "models": models})
}

#[test]
fn a_page_is_short_however_long_its_rows_are() {
    let house = House::new();
    let models: Vec<_> = (0..256).map(|n| format!("openai/{n}{}", "x".repeat(200))).collect();
    for n in 10..50 {
        let body = json!({"providers": ["openai"], "models": models});
        house.does(&format!("PUT policies/team_{n}"), body, json!({}));
    }
    let (mut found, mut after) = (Vec::new(), String::new());
    loop {
        let page = house.does(&format!("GET policies?after={after}"), json!({}), json!({}));
        let ids = page.ids("policies", "policyId");
        assert!(ids.len() <= 20, "about 1 MiB: {ids:?}");
        found.extend(ids);
        let Some(next) = page.body["next"].as_str() else { break };
        next.clone_into(&mut after);
    }
    let all = house.does("GET policies", json!({}), json!({}));
    assert_eq!(found, all.ids("policies", "policyId"));
}

#[test]
fn models_are_kept_cleared_or_set() {
    let house = House::new();
    let check = |body: Value, models: Option<Value>| {
        let answer = house.does("PUT policies/team", body.clone(), json!({}));
        assert_eq!(answer.body.get("models"), models.as_ref(), "{body}");
        let read = house.does("GET policies/team", json!({}), json!({}));
        assert_eq!(read.body, answer.body, "{body}");
    };
    let without = json!({"providers": ["openai", "mistral"]});
    check(without.clone(), None);
    let models = json!(["openai/gpt-5*", "mistral/mistral-embed"]);
    check(scoped(models.clone()), Some(models.clone()));
    check(without.clone(), Some(models.clone()));
    check(scoped(json!([" b ", "a", "b"])), Some(json!(["b", "a"])));
    check(scoped(Value::Null), None);
    check(without, None);
    for bad in [json!([]), json!("openai/*"), json!([""]), json!(["a b"]), json!([1]), json!({})] {
        house.refuses("PUT policies/team", &scoped(bad).to_string(), 400, "invalid_policy");
    }
    let many: Vec<_> = (0..257).map(|n| format!("openai/{n}")).collect();
    house.refuses("PUT policies/team", &scoped(json!(many)).to_string(), 400, "invalid_policy");
}

#[test]
fn models_narrow_what_a_key_can_see() {
    let house = House::new();
    let key = house.issue("team", scoped(json!(["openai/gpt-5*", "mistral/mistral-embed"])));
    let expected = ["mistral/mistral-embed", "openai/gpt-5.6", "openai/gpt-5.5", "openai/gpt-5.4"];
    assert_eq!(house.with_key("/v1/models", &key).ids("data", "id"), expected);
    let catalog = house.with_key("/v1/catalog", &key);
    let rows = catalog.body["providers"].as_array().unwrap();
    let listed: Vec<_> = rows
        .iter()
        .flat_map(|row| row["models"].as_array().unwrap())
        .map(|model| model["id"].as_str().unwrap())
        .collect();
    assert_eq!(listed, expected);
    let inspected = house.with_key("/v1/key/inspect", &key);
    assert_eq!(inspected.body["models"], json!(["openai/gpt-5*", "mistral/mistral-embed"]));
}

#[test]
fn a_key_ends_at_its_time() {
    let house = House::new();
    let key = house.issue("team", json!({"providers": ["openai"]}));
    let put = |members: Value, expires_at: Value, active: bool| {
        let mut body = json!({"keepSecret": true, "policyId": "team"});
        for (name, value) in members.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = house.does("PUT credentials/team", body, json!({"active": active}));
        assert_eq!(answer.body.get("expiresAt").unwrap_or(&Value::Null), &expires_at);
    };
    let status = || {
        let answer = house.with_key("/v1/key/inspect", &key);
        (answer.status, answer.code().to_owned())
    };
    // To the nanosecond: a program that compares what it reads with what it wrote is content.
    let end = json!("2026-11-20T12:01:00.123456789Z");
    put(json!({"expiresAt": end}), end.clone(), true);
    assert_eq!(house.with_key("/v1/key/inspect", &key).body["expiresAt"], end);
    house.later(61);
    assert_eq!(status(), (403, "proxy_key_expired".into()));
    put(json!({}), end.clone(), false);
    house.does("GET overview", json!({}), json!({"keysTotal": 1, "keysActive": 0}));
    // Revoked comes before expired, expired before a disabled policy.
    house.does("POST policies/team/revoke", json!({}), json!({}));
    assert_eq!(status(), (403, "proxy_key_expired".into()));
    house.does("POST credentials/team/revoke", json!({}), json!({}));
    assert_eq!(status(), (403, "proxy_key_revoked".into()));
    house.does("PUT policies/team", json!({"providers": ["openai"]}), json!({}));
    put(json!({"expiresAt": null}), Value::Null, true);
    assert_eq!(status().0, 200);
    put(json!({"expiresAt": "2026-11-20T14:00:00+01:00"}), json!("2026-11-20T13:00:00Z"), true);
    for bad in [json!("tomorrow"), json!(5), json!("2026-11-20"), json!("")] {
        let body = json!({"keepSecret": true, "policyId": "team", "expiresAt": bad});
        house.refuses("PUT credentials/team", &body.to_string(), 400, "invalid_credential");
    }
}

#[test]
fn a_label_is_kept_until_it_is_cleared() {
    let house = House::new();
    house.issue("team", json!({"providers": ["openai"]}));
    let check = |members: Value, label: Value| {
        let mut body = json!({"keepSecret": true, "policyId": "team"});
        for (name, value) in members.as_object().unwrap() {
            body[name] = value.clone();
        }
        let answer = house.does("PUT credentials/team", body, json!({}));
        assert_eq!(answer.body.get("label").unwrap_or(&Value::Null), &label);
    };
    check(json!({"label": "  Ada's laptop  "}), json!("Ada's laptop"));
    check(json!({}), json!("Ada's laptop"));
    check(json!({"label": "ü".repeat(256)}), json!("ü".repeat(256)));
    check(json!({"label": null}), Value::Null);
    check(json!({"label": " "}), Value::Null);
    for bad in [json!("x".repeat(257)), json!("two\nlines"), json!("\u{1b}[31m"), json!(5)] {
        let body = json!({"keepSecret": true, "policyId": "team", "label": bad});
        house.refuses("PUT credentials/team", &body.to_string(), 400, "invalid_credential");
    }
}

#[test]
fn a_secret_is_kept_only_where_there_is_one() {
    let house = House::new();
    let key = house.issue("team", json!({"providers": ["openai"]}));
    let refused = |path: &str, body: Value| {
        house.refuses(path, &body.to_string(), 400, "invalid_credential");
    };
    refused("PUT credentials/fresh", json!({"keepSecret": true, "policyId": "team"}));
    let hash = sha256_hex(SECRET);
    refused(
        "PUT credentials/team",
        json!({"keepSecret": true, "secretSha256": hash, "policyId": "team"}),
    );
    refused("PUT credentials/team", json!({"keepSecret": false, "policyId": "team"}));
    refused("PUT credentials/team", json!({"keepSecret": "yes", "policyId": "team"}));
    let kept = json!({"keepSecret": true, "policyId": "team", "principalId": "ada@localhost"});
    house.does("PUT credentials/team", kept, json!({"principalId": "ada@localhost"}));
    assert_eq!(house.with_key("/v1/key/inspect", &key).status, 200);
}

#[test]
fn a_use_is_noted_at_most_once_a_minute_and_never_by_inspect() {
    let house = House::new();
    let key = house.issue("team", json!({"providers": ["openai"]}));
    let last = || {
        let read = house.does("GET credentials/team", json!({}), json!({}));
        read.body.get("lastUsedAt").cloned().unwrap_or(Value::Null)
    };
    assert_eq!(house.with_key("/v1/key/inspect", &key).status, 200);
    assert_eq!(last(), Value::Null);
    for (path, seconds, seen) in [
        ("/v1/models", 0, "2026-11-20T12:00:00Z"),
        ("/v1/catalog", 59, "2026-11-20T12:00:00Z"),
        ("/v1/catalog", 1, "2026-11-20T12:01:00Z"),
        ("/v1/me", 60, "2026-11-20T12:02:00Z"),
        ("/v1/usage", 60, "2026-11-20T12:03:00Z"),
        ("/v1/key/inspect", 60, "2026-11-20T12:03:00Z"),
    ] {
        house.later(seconds);
        assert_eq!(house.with_key(path, &key).status, 200);
        assert_eq!(last(), json!(seen), "{path}");
    }
    let read = house.does("GET credentials/team", json!({}), json!({}));
    assert_eq!(read.header("etag"), Some("\"1\""));
    assert_eq!(read.body["createdAt"], "2026-11-20T12:00:00Z");
    let rotated = json!({"secretSha256": sha256_hex("another-secret"), "policyId": "team"});
    let written = house.does("PUT credentials/team", rotated, json!({}));
    written.shows(
        &json!({"createdAt": "2026-11-20T12:00:00Z", "lastUsedAt": "2026-11-20T12:03:00Z"}),
        "a rotated key",
    );
}

#[test]
fn the_hashes_of_secrets_are_told_to_an_administrator_who_asks_for_them() {
    let house = House::new();
    house.issue("team", json!({"providers": ["openai"]}));
    let hash = sha256_hex("another-secret");
    let put = json!({"secretSha256": hash, "policyId": "team"});
    house.does("PUT credentials/team", put, json!({}));
    let told = house.does("GET credential-hashes", json!({}), json!({}));
    let expected = json!({"hashes": [{"credentialId": "team", "secretSha256": hash}]});
    assert_eq!(told.body, expected);
    for elsewhere in ["GET credentials", "GET credentials/team", "GET bootstrap"] {
        let answer = house.does(elsewhere, json!({}), json!({}));
        assert!(!answer.body.to_string().contains(&hash), "{elsewhere}");
    }
    let stranger = house.network("GET /v1/admin/credential-hashes", &[]);
    assert_eq!((stranger.status, stranger.code()), (401, "admin_unauthorized"));
}

#[test]
fn one_resource_can_be_read() {
    let house = House::new();
    house.issue("team", json!({"providers": ["openai"]}));
    for (list, id) in [("policies", "policyId"), ("credentials", "credentialId")] {
        let one = house.does(&format!("GET {list}/team"), json!({}), json!({id: "team"}));
        let all = house.does(&format!("GET {list}"), json!({}), json!({}));
        assert_eq!(&one.body, all.row(list, id, "team"));
    }
    house.refuses("GET policies/ghost", "", 404, "unknown_policy");
    house.refuses("GET credentials/ghost", "", 404, "unknown_credential");
    house.refuses("GET policies/a-b", "", 400, "invalid_policy");
}

#[test]
fn a_revision_counts_changes_and_guards_writes() {
    let house = House::new();
    house.issue("team", json!({"providers": ["openai"]}));
    let policy = json!({"providers": ["xai"]});
    let credential = json!({"keepSecret": true, "policyId": "team", "label": "x"});
    for (path, body) in [("policies/team", policy), ("credentials/team", credential)] {
        let text = body.to_string();
        let put = |header, status: u16, etag: Option<&str>| {
            let answer = house.admin_with(&format!("PUT {path}"), header, &text);
            assert_eq!((answer.status, answer.header("etag")), (status, etag), "{path} {header:?}");
            if status == 412 {
                assert_eq!(answer.code(), "revision_mismatch");
            }
        };
        put(("if-none-match", "*"), 412, None);
        put(("if-match", "\"2\""), 412, None);
        put(("if-match", "\"1\""), 200, Some("\"2\""));
        // The same again is no change.
        put(("if-match", "\"2\""), 200, Some("\"2\""));
        put(("if-match", "*"), 200, Some("\"2\""));
        put(("x-nothing", ""), 200, Some("\"2\""));
        let revoke = format!("POST {path}/revoke");
        assert_eq!(house.admin_with(&revoke, ("if-match", "\"1\""), "").status, 412);
        let revoked = house.admin_with(&revoke, ("if-match", "\"2\""), "");
        assert_eq!((revoked.status, revoked.header("etag")), (200, Some("\"3\"")));
        assert_eq!(house.admin(&revoke, "").header("etag"), Some("\"3\""));
        let read = house.does(&format!("GET {path}"), json!({}), json!({"enabled": false}));
        assert_eq!(read.header("etag"), Some("\"3\""));
    }
}

#[test]
fn a_precondition_comes_behind_all_other_checks() {
    let house = House::new();
    let matching = ("if-match", "\"1\"");
    let check = |request: &str, body: Value, status: u16| {
        let answer = house.admin_with(request, matching, &body.to_string());
        assert_eq!(answer.status, status, "{request}");
    };
    check("PUT policies/team", json!({"providers": []}), 400);
    check("PUT policies/team", json!({"providers": ["openai"]}), 412);
    check("POST policies/team/revoke", json!({}), 404);
    let credential = json!({"secretSha256": sha256_hex(SECRET), "policyId": "team"});
    check("PUT credentials/team", credential.clone(), 404);
    house.does("PUT policies/team", json!({"providers": ["openai"]}), json!({}));
    check("PUT credentials/team", credential.clone(), 412);
    let create = ("if-none-match", "*");
    let made = house.admin_with("PUT credentials/team", create, &credential.to_string());
    assert_eq!((made.status, made.header("etag")), (200, Some("\"1\"")));
    let again = house.admin_with("PUT credentials/team", create, &credential.to_string());
    assert_eq!(again.status, 412);
}
