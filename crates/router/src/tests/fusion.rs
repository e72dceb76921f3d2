//! Recordings 060, 477 to 495 and 594: fusion's configuration, its preview, and where it is shown.

use serde_json::{Value, json};

use super::House;

const DEFAULT: &str = r#"{"version":1,"enabled":false,"modelId":"clawrouter/fusion",
    "adviserModels":["local/qwen3:8b"],"aggregatorModel":"openai/gpt-4.1-mini",
    "adviserTimeoutMs":15000,"maxOutputTokens":768,"maxInputChars":24000,"maxProposalChars":6000,
    "temperature":0.2}"#;

fn default_with(members: Value) -> Value {
    let mut config: Value = serde_json::from_str(DEFAULT).unwrap();
    config.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    config
}

#[test]
fn a_write_replaces_everything() {
    let house = House::new();
    let stored = || house.does("GET fusion", json!({}), json!({})).body;
    assert_eq!(stored(), default_with(json!({})));
    let own = json!({ "enabled": true, "adviserModels": ["local/a"], "aggregatorModel": "local/b",
        "adviserTimeoutMs": 2_000, "temperature": 1 });
    let written = house.does("PUT fusion", own.clone(), json!({}));
    let mut expected = default_with(own);
    expected["temperature"] = json!(1.0);
    assert_eq!((&written.body, &stored()), (&expected, &expected));
    let bootstrap = house.does("GET bootstrap", json!({}), json!({}));
    assert_eq!(bootstrap.body["fusion"], expected);
    let other =
        super::ask(&house.another(), super::Caller::InProcess, "GET", "/v1/admin/fusion", &[], "");
    assert_eq!(other.body, expected, "another process sees it");
    let enabled = house.does("PUT fusion", json!({ "enabled": true }), json!({}));
    assert_eq!(enabled.body, default_with(json!({ "enabled": true })));
    let wrong = json!({ "enabled": "yes", "adviserTimeoutMs": 1, "maxOutputTokens": 99_999,
        "maxInputChars": 1, "maxProposalChars": 1, "temperature": 9 });
    let clamped = json!({ "adviserTimeoutMs": 1_000, "maxOutputTokens": 4_096,
        "maxInputChars": 1_000, "maxProposalChars": 256, "temperature": 2.0 });
    assert_eq!(house.does("PUT fusion", wrong, json!({})).body, default_with(clamped));
}

#[test]
fn what_is_refused_changes_nothing() {
    let house = House::new();
    house.does("PUT fusion", json!({ "temperature": 1 }), json!({}));
    let before = house.does("GET fusion", json!({}), json!({})).body;
    for (body, status, code) in [
        ("null", 400, "fusion_config_invalid"),
        ("{", 400, "invalid_json"),
        (r#"{"adviserModels":["a","b"]}"#, 400, "fusion_model_not_found"),
        (r#"{"adviserModels":["bad model!"]}"#, 400, "fusion_model_invalid"),
        (r#"{"enabled":true,"adviserModels":[]}"#, 400, "fusion_advisers_required"),
        (r#"{"adviserModels":["clawrouter/fusion"]}"#, 400, "fusion_recursive_model"),
        (r#"{"adviserModels":["anthropic/claude-haiku-4-5"]}"#, 400, "fusion_model_incompatible"),
    ] {
        house.refuses("PUT fusion", body, status, code);
    }
    house.refuses("GET fusion/preview", "", 404, "route_not_found");
    house.refuses("POST fusion", "{}", 404, "route_not_found");
    assert_eq!(house.does("GET fusion", json!({}), json!({})).body, before);
}

const CONFIG: &str = r#"{"enabled":true,"adviserModels":["local/a","openai/gpt-4.1-mini"],"aggregatorModel":"local/default"}"#;

fn config() -> Value {
    serde_json::from_str(CONFIG).unwrap()
}

#[test]
fn a_preview_says_what_would_be_called_and_reserved() {
    let house = House::new();
    house.issue("team", json!({ "providers": ["local-openai", "openai"] }));
    let preview = |policy: &str, config: Value| {
        let body = json!({ "policyId": policy, "config": config });
        house.does("POST fusion/preview", body, json!({ "policyId": policy })).body
    };
    let all = preview("team", config());
    // 0.4 a token for each byte of 24000 characters that take six, and 1.6 a token for 768 of them.
    let adviser = all["calls"][1]["estimatedReservationMicros"].as_u64().unwrap();
    assert!((59_000..62_000).contains(&adviser), "{all}");
    for (member, expected) in [
        ("policyEnabled", json!(true)),
        ("configEnabled", json!(true)),
        ("executable", json!(true)),
        ("advertisable", json!(true)),
        ("readyAdviserCount", json!(2)),
        ("adviserCount", json!(2)),
        ("callCount", json!(3)),
        ("budgetConfigured", json!(false)),
        ("budgetLedger", json!("unmetered")),
        ("remainingBudgetMicros", json!(null)),
        ("budgetSufficientForAll", json!(null)),
        ("estimatedReservationMicros", json!(adviser)),
    ] {
        assert_eq!(all[member], expected, "{member}");
    }
    let calls: Vec<_> = all["calls"].as_array().unwrap().iter().collect();
    let seen: Vec<_> = calls.iter().map(|call| (&call["stage"], &call["index"])).collect();
    let (adviser, synthesizer, null) = (&json!("adviser"), &json!("synthesizer"), &json!(null));
    assert_eq!(seen, [(adviser, &json!(1)), (adviser, &json!(2)), (synthesizer, null)]);
    assert!(calls.iter().all(|call| call["status"] == "unverified"), "{all}");
    assert_eq!(calls[0]["estimateBasis"], "manifest_pricing");

    house
        .issue("poor", json!({ "providers": [], "allProviders": true, "monthlyBudgetMicros": 10 }));
    let poor = preview("poor", config());
    assert_eq!(poor["calls"][1]["status"], "blocked", "{poor}");
    assert_eq!(poor["executable"], true, "its aggregator costs nothing");
    assert_eq!(poor["budgetSufficientForAll"], true);

    house.issue("narrow", json!({ "providers": ["openai"] }));
    let narrow = preview("narrow", config());
    assert_eq!(narrow["executable"], false);
    assert_eq!(narrow["calls"][1]["executable"], false, "no adviser is asked for nothing");
    assert_eq!(narrow["calls"][2]["policyAllowed"], false);
    assert_eq!(narrow["estimatedReservationMicros"], 0);

    house.issue("zero", json!({ "allProviders": true, "monthlyBudgetMicros": 0 }));
    assert_eq!(preview("zero", config())["budgetLedger"], "blocked");
    house.issue("fixed", json!({ "allProviders": true, "requestCostMicros": 7 }));
    let fixed = preview("fixed", config());
    assert_eq!(fixed["estimatedReservationMicros"], 21);
    assert_eq!(fixed["calls"][2]["estimateBasis"], "policy_fixed");
    // A provider's own budget is in the way as well.
    house.does("PUT connections/openai", json!({ "monthlyBudgetMicros": 5 }), json!({}));
    let limited = preview("fixed", config());
    assert_eq!(limited["readyAdviserCount"], 1, "{limited}");
}

#[test]
fn a_preview_needs_a_policy_and_a_configuration() {
    let house = House::new();
    house.issue("team", json!({ "allProviders": true }));
    let check = |body: &str, status, code| house.refuses("POST fusion/preview", body, status, code);
    check("null", 400, "fusion_preview_invalid");
    check(&format!(r#"{{"config":{CONFIG}}}"#), 400, "fusion_policy_required");
    check(&format!(r#"{{"policyId":"no id","config":{CONFIG}}}"#), 400, "fusion_policy_required");
    check(&format!(r#"{{"policyId":"ghost","config":{CONFIG}}}"#), 404, "fusion_policy_not_found");
    check(r#"{"policyId":"team"}"#, 400, "fusion_config_invalid");
    check(r#"{"policyId":"team","config":{"adviserModels":["x"]}}"#, 400, "fusion_model_not_found");
}

#[test]
fn keys_see_it_where_they_can_use_it() {
    let house = House::new();
    let wide = house.issue("wide", json!({ "providers": ["local-openai", "openai"] }));
    let narrow = house.issue("narrow", json!({ "providers": ["openai"] }));
    let aggregator = json!({ "providers": ["local-openai"], "models": ["local/default"] });
    let alone = house.issue("alone", aggregator);
    let rows = |key: &str| house.with_key("/v1/catalog", key).body["providers"].clone();
    let models = |key: &str| house.with_key("/v1/models", key).body["data"].clone();
    assert_eq!(rows(&wide)[0]["id"], "local-openai", "it is off");
    house.does("PUT fusion", config(), json!({}));
    let row = &rows(&wide)[0];
    for (member, expected) in [
        ("id", json!("clawrouter")),
        ("executable", json!(true)),
        ("nativeBaseUrl", json!("/v1")),
        ("policies", json!(["wide"])),
        ("connectionTypes", json!(["compound"])),
        ("routes", json!([])),
    ] {
        assert_eq!(row[member], expected, "{member}");
    }
    assert_eq!(row["models"][0]["id"], "clawrouter/fusion");
    assert_eq!(row["readiness"]["status"], "configured");
    assert_eq!(models(&wide)[0]["id"], "clawrouter/fusion");
    assert_eq!(models(&wide)[0]["owned_by"], "clawrouter");
    assert_eq!(rows(&narrow)[0]["id"], "openai", "its aggregator is out of reach");
    assert_ne!(models(&narrow)[0]["id"], "clawrouter/fusion");
    let reasons = &rows(&alone)[0]["readiness"]["reasons"];
    assert_eq!(reasons, &json!(["0 of 2 advisers can be asked; it answers without the rest."]));
    house.does("PUT connections/local-openai", json!({ "enabled": false }), json!({}));
    let row = &rows(&wide)[0];
    assert_eq!((&row["executable"], &row["models"]), (&json!(false), &json!([])));
    assert_ne!(models(&wide)[0]["id"], "clawrouter/fusion");
}
