use serde_json::{Value, json};

use super::{binding, house, user};
use crate::tests::House;

#[test]
fn a_write_keeps_what_it_leaves_out() {
    let house = House::new();
    assert_eq!(house.list("access-users", "users"), json!([]));
    let check = |path: &str, body: Value, expected: Value| {
        let answer = house.does(&format!("PUT access-users/{path}"), body.clone(), json!({}));
        assert_eq!(answer.body, expected, "{body}");
    };
    let ada = |tenant, enabled| user("ada@example.com", tenant, enabled, &["devs", "ops"], true);
    let groups = json!(["Devs", " ops ", "devs", " "]);
    let all = json!({"tenantId": " acme ", "groups": groups, "contentRetentionDisabled": true});
    check("Ada%40Example.com", all, ada("acme", true));
    check("ada@example.com", json!({}), ada("acme", true));
    check("%20ada@example.com", json!({"enabled": false}), ada("acme", false));
    check("ada@example.com", json!({"tenantId": "other"}), ada("other", false));
    check("ada@example.com", json!({"enabled": null, "tenantId": null}), ada("default", true));
    check("ada@example.com", json!({"role": "admin", "seats": 3}), ada("default", true));
    check("a%40b", json!({}), user("a@b", "default", true, &[], false));
    let listed = json!([user("a@b", "default", true, &[], false), ada("default", true)]);
    assert_eq!(house.list("access-users", "users"), listed);
    check(
        "ada@example.com",
        json!({"groups": []}),
        user("ada@example.com", "default", true, &[], true),
    );
}

#[test]
fn a_bad_user_is_refused_and_nothing_is_written() {
    let house = House::new();
    let check = |path: &str, body: &str, status: u16, code: &str| {
        for route in ["access-users", "access-user-grants"] {
            house.refuses(&format!("PUT {route}/{path}"), body, status, code);
        }
    };
    check("not-an-email", "{}", 400, "invalid_access_user");
    check("a@b%zz", "{}", 500, "internal_error");
    check("a@b", "", 400, "invalid_json");
    for body in [
        r#"{"groups":"x"}"#,
        r#"{"groups":[1]}"#,
        r#"{"groups":null}"#,
        r#"{"enabled":"x"}"#,
        r#"{"contentRetentionDisabled":null}"#,
        r#"{"tenantId":" "}"#,
        r#"{"tenantId":5}"#,
        "[]",
        "null",
    ] {
        check("a@b", body, 400, "invalid_access_user");
    }
    for request in [
        "GET access-users/a@b",
        "DELETE access-users/a@b",
        "POST access-users/a@b",
        "GET access-user-grants/a@b",
        "PUT access-users",
    ] {
        house.refuses(request, "{}", 404, "route_not_found");
    }
    assert_eq!(house.list("access-users", "users"), json!([]));
}

#[test]
fn grants_are_all_that_are_named_and_the_others_stay_switched_off() {
    let house = house();
    let check = |body: Value, bindings: &[(&str, bool, u64)]| {
        let request = "PUT access-user-grants/Ada@example.com";
        let answer = house.does(request, body.clone(), json!({}));
        let bindings: Vec<_> = bindings
            .iter()
            .map(|(policy, on, priority)| {
                binding("user", "ada@example.com", policy, *on, *priority)
            })
            .collect();
        assert_eq!(answer.body["bindings"], json!(bindings), "{body}");
        assert_eq!(answer.body.as_object().unwrap().len(), 2);
        answer.body["user"].clone()
    };
    let both =
        json!({"policyIds": ["second_pol", " client_pol ", "second_pol"], "tenantId": "acme"});
    let made = check(both, &[("client_pol", true, 100), ("second_pol", true, 100)]);
    assert_eq!(made, user("ada@example.com", "acme", true, &[], false));
    let one = json!({"policyIds": ["second_pol"], "groups": ["devs"]});
    let kept = check(one, &[("client_pol", false, 100), ("second_pol", true, 100)]);
    assert_eq!(kept, user("ada@example.com", "acme", true, &["devs"], false));
    // A binding keeps its priority, whether it is switched off or on.
    let body = json!({"principalType": "user", "principalId": "ada@example.com",
        "policyId": "second_pol", "priority": 7});
    house.does("PUT policy-bindings", body, json!({}));
    check(json!({}), &[("second_pol", false, 7), ("client_pol", false, 100)]);
    let again = json!({"policyIds": ["second_pol"]});
    check(again, &[("second_pol", true, 7), ("client_pol", false, 100)]);
}

#[test]
fn a_bad_grant_changes_neither_the_user_nor_the_bindings() {
    let house = house();
    let check = |body: Value, status: u16, code: &str| {
        house.refuses("PUT access-user-grants/ada@example.com", &body.to_string(), status, code);
    };
    check(json!({"policyIds": ["ghost"], "tenantId": "acme"}), 404, "unknown_policy");
    check(json!({"policyIds": ["client_pol", "ghost"]}), 404, "unknown_policy");
    check(json!({"policyIds": ["a-b"]}), 400, "invalid_access_user");
    check(json!({"policyIds": "client_pol"}), 400, "invalid_access_user");
    check(json!({"policyIds": null}), 400, "invalid_access_user");
    check(json!({"policyIds": ["client_pol"], "enabled": 1}), 400, "invalid_access_user");
    assert_eq!(house.list("access-users", "users"), json!([]));
    assert_eq!(house.list("policy-bindings", "bindings"), json!([]));
}
