use serde_json::json;

use super::*;
use crate::plan::manifest::{Manifest, Source, document};

fn lost(imported: &Imported) -> Vec<String> {
    imported.lost.iter().map(|it| format!("{} {}", it.thing, it.field)).collect()
}

/// The text, which has to be a manifest.
fn text(imported: &Imported) -> String {
    let text = document(&imported.sections);
    let source = Source { name: "m".into(), folder: "/m".into(), text: text.clone() };
    Manifest::read(&[source], &|_| None).unwrap_or_else(|e| panic!("{text}\n{:?}", e.problems));
    text.split_once("version: 1\n").unwrap().1.to_owned()
}

#[test]
fn keys_of_litellm_keep_models_budget_and_end() {
    let export = json!({"keys": [
        {"token": "88dc28", "key_name": "sk-...abcd", "key_alias": "team ci", "spend": 1.5,
         "max_budget": 25.5, "budget_duration": "30d", "models": ["gpt-4o", "anthropic/claude-haiku-4-5", "mystery"],
         "expires": "2030-01-31T00:00:00", "user_id": "Ada@example.com", "rpm_limit": 60,
         "metadata": {"tags": []}, "blocked": null, "surprise": 1, "team_id": "t1"},
        {"token": "99", "key_alias": "team-ci", "max_budget": null, "models": [], "blocked": true,
         "user_id": "default_user_id"},
        {"token": "1", "key_alias": "x", "max_budget": 3, "budget_duration": "1d", "models": ["mystery"]},
    ], "total_count": 3});
    let imported = import(Gateway::LiteLlm, &export).unwrap();
    assert_eq!(
        text(&imported),
        "
policies:
  team_ci:
    providers: [anthropic, openai]
    models: [anthropic/claude-haiku-4-5, openai/gpt-4o]
    budget: $25.5
  team_ci_2:
    providers: all
    budget: none
  key_x:
    budget: $3

keys:
  team_ci:
    policy: team_ci
    label: \"team ci\"
    principal: ada@example.com
    expires: \"2030-01-31T00:00:00Z\"
  team_ci_2:
    policy: team_ci_2
    label: team-ci
    enabled: false
  key_x:
    policy: key_x
    label: x
"
    );
    assert_eq!(
        lost(&imported),
        [
            "team ci models",
            "team ci rpm_limit",
            "team ci surprise",
            "team ci team_id",
            "team-ci user_id",
            "x max_budget",
            "x models",
            "x models",
        ]
    );
}

#[test]
fn keys_of_openrouter_keep_their_limits() {
    let export = json!({"data": [
        {"hash": "f0", "name": "Prod", "label": "sk-or-v1-0e6...1c96", "disabled": false, "limit": 100,
         "limit_remaining": 74.5, "limit_reset": "monthly", "include_byok_in_limit": true, "usage": 25.5,
         "usage_daily": 1, "byok_usage_monthly": 2, "created_at": "2025-08-24T10:30:00Z",
         "expires_at": "2027-12-31T23:59:59Z"},
        {"hash": "f1", "name": "Lab", "disabled": true, "limit": 0.0000015, "limitReset": "daily"},
        {"hash": "f2", "name": "Open", "limit": null},
    ]});
    let imported = import(Gateway::OpenRouter, &export).unwrap();
    let text = text(&imported);
    assert!(text.contains("  prod:\n    providers: all\n    budget: $100\n"), "{text}");
    assert!(text.contains("  key_lab:\n    providers: all\n    budget: $0.000001\n"), "{text}");
    assert!(text.contains("  open:\n    providers: all\n    budget: none\n"), "{text}");
    assert!(text.contains("expires: \"2027-12-31T23:59:59Z\""), "{text}");
    assert_eq!(lost(&imported), ["Prod include_byok_in_limit", "Lab limit"]);
}

#[test]
fn keys_of_portkey_wait_for_their_providers() {
    let export = json!({"total": 1, "object": "list", "data": [
        {"id": "f47", "key": "Xk***S4", "name": "Development API Key", "status": "active",
         "usage_limits": {"credit_limit": 10, "periodic_reset": "monthly", "alert_threshold": 8},
         "rate_limits": [{"type": "requests", "unit": "rpm", "value": 100}], "scopes": ["completions.write"],
         "user_id": "c3d4", "expires_at": "2030-11-07T05:31:56Z", "object": "api-key"},
    ]});
    let imported = import(Gateway::Portkey, &export).unwrap();
    let text = text(&imported);
    assert!(text.contains("  development_api_key:\n    budget: $10\n"), "{text}");
    assert!(!text.contains("Xk"), "{text}");
    assert_eq!(
        lost(&imported),
        [
            "Development API Key (usage_limits) alert_threshold",
            "Development API Key user_id",
            "Development API Key defaults.config_id",
            "Development API Key rate_limits",
            "Development API Key scopes",
        ]
    );
}

#[test]
fn an_export_that_is_not_whole_is_refused() {
    let partial = json!({"keys": [{}], "total_count": 9});
    let check = |from, export: &Value| import(from, export).err().unwrap().to_string();
    assert!(check(Gateway::LiteLlm, &partial).contains("1 of 9"));
    assert!(check(Gateway::LiteLlm, &json!({"keys": ["88dc28"]})).contains("names only"));
    assert!(check(Gateway::OpenRouter, &json!({"error": "x"})).contains("no list"));
    assert!(check(Gateway::Portkey, &json!({"total": 5, "data": []})).contains("0 of 5"));
}
