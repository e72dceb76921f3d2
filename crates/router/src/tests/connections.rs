//! Recordings 321 to 342.

use serde_json::{Value, json};

use super::House;
use clawctl_wire::money::Micros;

#[test]
fn a_write_keeps_the_budget_and_nothing_else() {
    let house = House::new();
    let check = |body: Value, enabled: bool, label: Value, budget: Value| {
        let expected = json!({
            "providerId": "openai", "enabled": enabled, "label": label,
            "monthlyBudgetMicros": budget,
        });
        let answer = house.does("PUT connections/openai", body.clone(), json!({}));
        assert_eq!(answer.body, expected, "{body}");
    };
    let null = Value::Null;
    check(json!({"enabled": false, "label": "  frozen  "}), false, json!("frozen"), null.clone());
    check(json!({}), true, null.clone(), null.clone());
    check(json!({"monthlyBudgetMicros": 1000, "label": "x"}), true, json!("x"), json!(1000));
    check(json!({"label": "y"}), true, json!("y"), json!(1000));
    check(json!({"enabled": false, "label": ""}), false, null.clone(), json!(1000));
    check(json!({"monthlyBudgetMicros": null}), true, null.clone(), null.clone());
    check(json!({"monthlyBudgetMicros": 0}), true, null.clone(), json!(0));
    check(json!({"monthlyBudgetMicros": 5.0}), true, null.clone(), json!(5));
    let extra = json!({"monthlyBudgetMicros": null, "providerId": "mistral", "extra": 1});
    check(extra, true, null.clone(), null);
}

#[test]
fn a_list_tells_an_unwritten_budget_from_a_cleared_one() {
    let house = House::new();
    let row = |id: &str| {
        let answer = house.does("GET connections", json!({}), json!({}));
        answer.row("connections", "providerId", id).clone()
    };
    assert_eq!(row("openai"), json!({"providerId": "openai", "enabled": true, "label": null}));
    house.does("PUT connections/openai", json!({"monthlyBudgetMicros": 1000}), json!({}));
    house.router.record_spend("provider:openai/2026-11", Micros(1200)).unwrap();
    let spent = json!({
        "providerId": "openai", "enabled": true, "label": null, "monthlyBudgetMicros": 1000,
        "spentMicros": 1200, "remainingMicros": 0,
    });
    assert_eq!(row("openai"), spent);
    house.does("PUT connections/openai", json!({"monthlyBudgetMicros": null}), json!({}));
    let cleared = json!({
        "providerId": "openai", "enabled": true, "label": null, "monthlyBudgetMicros": null,
    });
    assert_eq!(row("openai"), cleared);
    assert_eq!(row("xai"), json!({"providerId": "xai", "enabled": true, "label": null}));
    let listed = house.does("GET connections", json!({}), json!({}));
    let providers = house.network("GET /v1/providers", &[]).ids("providers", "id");
    assert_eq!(listed.ids("connections", "providerId"), providers);
}

#[test]
fn every_member_has_its_rule() {
    let house = House::new();
    let check = |body: &str, code: &str| house.refuses("PUT connections/openai", body, 400, code);
    for body in [
        r#"{"monthlyBudgetMicros":-1}"#,
        r#"{"monthlyBudgetMicros":1.5}"#,
        r#"{"monthlyBudgetMicros":"5"}"#,
        r#"{"enabled":"no"}"#,
        r#"{"enabled":null}"#,
        r#"{"label":5}"#,
        "[]",
    ] {
        check(body, "invalid_provider_connection");
    }
    check("{", "invalid_json");
    house.refuses("PUT connections/nope", "{}", 404, "unknown_provider");
    house.refuses("PUT connections/nope", "{", 404, "unknown_provider");
    house.refuses("POST connections/openai/revoke", "", 404, "route_not_found");
    house.refuses("PUT connections/openai/revoke", "{}", 404, "route_not_found");
}

#[test]
fn a_provider_that_is_off_offers_nothing() {
    let house = House::new();
    let key = house.issue("cred1", json!({"providers": ["openai", "mistral"]}));
    house.does("PUT connections/openai", json!({"enabled": false}), json!({}));
    let catalog = house.with_key("/v1/catalog", &key);
    let row = catalog.row("providers", "id", "openai");
    assert_eq!((&row["executable"], &row["routes"]), (&json!(false), &json!([])));
    assert_eq!((&row["allowed"], &row["models"]), (&json!(true), &json!([])));
    assert_eq!(row["readiness"]["status"], "disabled");
    assert_eq!(row["readiness"]["configPresent"], true);
    assert_eq!(row["readiness"]["executableEndpoints"], json!([]));
    let models = house.with_key("/v1/models", &key);
    assert!(models.ids("data", "owned_by").iter().all(|id| id == "mistral"));
    house.does("PUT connections/openai", json!({}), json!({}));
    assert_eq!(house.with_key("/v1/models", &key).ids("data", "id").len(), 8);
}
