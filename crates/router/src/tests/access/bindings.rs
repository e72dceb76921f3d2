use serde_json::{Value, json};

use super::{binding, house};
use clawctl_wire::money::Micros;

#[test]
fn a_write_names_a_binding_and_resets_what_it_leaves_out() {
    let house = house();
    let check = |body: Value, expected: Value| {
        let answer = house.does("PUT policy-bindings", body.clone(), json!({}));
        assert_eq!(answer.body, expected, "{body}");
    };
    let named = |kind: &str, id: &str, more: Value| {
        let mut body = json!({"policyId": "client_pol", "principalType": kind, "principalId": id});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        body
    };
    let bob = |on, priority| binding("user", "bob@example.com", "client_pol", on, priority);
    check(named("group", " Devs ", json!({})), binding("group", "devs", "client_pol", true, 100));
    check(named("user", "Bob@Example.com", json!({"priority": 5})), bob(true, 5));
    check(named("user", "bob@example.com", json!({"extra": 1})), bob(true, 100));
    check(
        named("user", "bob@example.com", json!({"enabled": false, "priority": 7.0})),
        bob(false, 7),
    );
    let other = json!({"policyId": " second_pol ", "principalType": "group", "principalId": "a"});
    check(other, binding("group", "a", "second_pol", true, 100));
    let listed = json!([
        bob(false, 7),
        binding("group", "a", "second_pol", true, 100),
        binding("group", "devs", "client_pol", true, 100),
    ]);
    assert_eq!(house.list("policy-bindings", "bindings"), listed);
}

#[test]
fn a_bad_binding_is_refused() {
    let house = house();
    let check = |change: Value, status: u16, code: &str| {
        let mut body = json!({"policyId": "client_pol", "principalType": "group",
            "principalId": "x"});
        for (name, value) in change.as_object().unwrap() {
            match value {
                Value::String(text) if text == "-" => body.as_object_mut().unwrap().remove(name),
                _ => body.as_object_mut().unwrap().insert(name.clone(), value.clone()),
            };
        }
        house.refuses("PUT policy-bindings", &body.to_string(), status, code);
    };
    check(json!({"policyId": "ghost"}), 404, "unknown_policy");
    for change in [
        json!({"principalType": "team"}),
        json!({"principalType": "-"}),
        json!({"principalType": "user", "principalId": "bob"}),
        json!({"principalId": " "}),
        json!({"principalId": "-"}),
        json!({"policyId": "-"}),
        json!({"policyId": "a-b"}),
        json!({"priority": -1}),
        json!({"priority": 1.5}),
        json!({"priority": null}),
        json!({"enabled": 1}),
        json!({"enabled": null}),
    ] {
        check(change, 400, "invalid_policy_binding");
    }
    house.refuses("PUT policy-bindings", "[]", 400, "invalid_policy_binding");
    house.refuses("PUT policy-bindings", "", 400, "invalid_json");
    house.refuses("DELETE policy-bindings", "", 404, "route_not_found");
    assert_eq!(house.list("policy-bindings", "bindings"), json!([]));
}

#[test]
fn whom_a_policy_is_bound_to_is_in_the_breakdown_of_its_budget() {
    let house = house();
    let policy = json!({
        "providers": ["openai"], "monthlyBudgetMicros": 1000, "budgetScope": "principal",
    });
    house.issue("team", policy);
    let bind = |kind: &str, id: &str, on: bool| {
        house.does("PUT policy-bindings", binding(kind, id, "team", on, 100), json!({}));
    };
    bind("user", "bob@example.com", true);
    bind("user", "gone@example.com", false);
    bind("group", "devs", true);
    bind("group", "former", false);
    let put = |email: &str, groups: Value| {
        house.does(&format!("PUT access-users/{email}"), json!({"groups": groups}), json!({}));
    };
    put("ada@example.com", json!(["devs"]));
    put("eve@example.com", json!(["former", "dev"]));
    house.does(
        "PUT access-users/off@example.com",
        json!({"groups": ["devs"], "enabled": false}),
        json!({}),
    );
    house.router.record_spend("policy:default/team/ada@example.com/2026-11", Micros(250)).unwrap();
    let all = house.does("GET usage", json!({}), json!({}));
    let rows =
        all.row("policies", "kid", "team")["budget"]["breakdown"].as_array().unwrap().clone();
    let names: Vec<_> = rows.iter().map(|row| row["principal"].as_str().unwrap()).collect();
    assert_eq!(names, ["ada@example.com", "bob@example.com", "off@example.com", "team"]);
    assert_eq!(rows[0]["spentMicros"], 250);
}
