//! How fusion is configured: what a write means, and what is stored of it.
//!
//! The contract forgives almost everything here: what is left out or of another kind becomes the
//! default, and a number that is too large or too small the nearest that is allowed.

use serde_json::{Map, Value};

use super::CAPABILITY;
use crate::manifest::Manifests;
use crate::refusal::Refusal;
use crate::store::{Db, StoreError, meta};
use clawctl_wire::error::code;
use clawctl_wire::fusion::{
    ADVISER_TIMEOUT_MS, ADVISERS_MAX, FusionConfig, MAX_INPUT_CHARS, MAX_OUTPUT_TOKENS,
    MAX_PROPOSAL_CHARS, MODEL, Range, TEMPERATURE_DEFAULT, TEMPERATURE_MAX, is_model_id,
};

/// The configuration that is in force. One whose models are no longer there is out of force.
pub(crate) fn stored(db: &Db, manifests: &Manifests) -> Result<FusionConfig, StoreError> {
    let stored = meta::fusion(db)?.unwrap_or_default();
    if check_models(&stored, manifests).is_ok() {
        return Ok(stored);
    }
    Ok(FusionConfig::default())
}

/// What a body asks for, with everything that it leaves open filled in.
pub(crate) fn read(body: &Value, manifests: &Manifests) -> Result<FusionConfig, Refusal> {
    let Value::Object(members) = body else {
        let message = "a fusion configuration must be a JSON object";
        return Err(Refusal::bad(code::FUSION_CONFIG_INVALID, message));
    };
    let default = FusionConfig::default();
    let config = FusionConfig {
        enabled: members.get("enabled") == Some(&Value::Bool(true)),
        adviser_models: advisers(members)?.unwrap_or(default.adviser_models),
        aggregator_model: match given(members, "aggregatorModel") {
            Some(value) => model_id(value).ok_or_else(|| bad_model("the aggregator"))?,
            None => default.aggregator_model,
        },
        adviser_timeout_ms: bounded(members, "adviserTimeoutMs", ADVISER_TIMEOUT_MS),
        max_output_tokens: bounded(members, "maxOutputTokens", MAX_OUTPUT_TOKENS),
        max_input_chars: bounded(members, "maxInputChars", MAX_INPUT_CHARS),
        max_proposal_chars: bounded(members, "maxProposalChars", MAX_PROPOSAL_CHARS),
        temperature: number(members, "temperature")
            .map_or(TEMPERATURE_DEFAULT, |given| given.clamp(0.0, TEMPERATURE_MAX)),
        ..default
    };
    if config.enabled && config.adviser_models.is_empty() {
        let message = "fusion that is switched on needs at least one adviser";
        return Err(Refusal::bad(code::FUSION_ADVISERS_REQUIRED, message));
    }
    check_models(&config, manifests)?;
    Ok(config)
}

fn check_models(config: &FusionConfig, manifests: &Manifests) -> Result<(), Refusal> {
    let models = || config.adviser_models.iter().chain([&config.aggregator_model]);
    if models().any(|model| model == MODEL) {
        let message = "fusion cannot be its own adviser or aggregator";
        return Err(Refusal::bad(code::FUSION_RECURSIVE_MODEL, message));
    }
    for model in models() {
        let Some(resolved) = manifests.resolve_model(model) else {
            let message = format!("{model} is not listed, and no provider has its prefix");
            return Err(Refusal::bad(code::FUSION_MODEL_NOT_FOUND, message));
        };
        let able = resolved.model.capabilities.iter().any(|id| id == CAPABILITY);
        if !able || super::chat_endpoint(&resolved.manifest.provider).is_none() {
            let message = format!("{model} does not answer chat completions as OpenAI has them");
            return Err(Refusal::bad(code::FUSION_MODEL_INCOMPATIBLE, message));
        }
    }
    Ok(())
}

/// The advisers that are named, each once, and no more of them than there may be.
fn advisers(members: &Map<String, Value>) -> Result<Option<Vec<String>>, Refusal> {
    let Some(value) = given(members, "adviserModels") else { return Ok(None) };
    let bad = || bad_model("an adviser");
    let mut advisers: Vec<String> = Vec::new();
    for value in value.as_array().ok_or_else(bad)? {
        let model = model_id(value).ok_or_else(bad)?;
        if !advisers.contains(&model) {
            advisers.push(model);
        }
    }
    advisers.truncate(ADVISERS_MAX);
    Ok(Some(advisers))
}

/// Null means the same as nothing.
fn given<'m>(members: &'m Map<String, Value>, name: &str) -> Option<&'m Value> {
    members.get(name).filter(|value| !value.is_null())
}

fn model_id(value: &Value) -> Option<String> {
    let text = value.as_str()?.trim();
    is_model_id(text).then(|| text.to_owned())
}

fn bad_model(whose: &str) -> Refusal {
    let message = format!("{whose} must be named by a model id, such as `openai/gpt-5.6`");
    Refusal::bad(code::FUSION_MODEL_INVALID, message)
}

fn number(members: &Map<String, Value>, name: &str) -> Option<f64> {
    members.get(name)?.as_f64().filter(|number| number.is_finite())
}

fn bounded(members: &Map<String, Value>, name: &str, range: Range) -> u64 {
    let Some(given) = number(members, name) else { return range.default };
    // Between these two, nothing is lost on the way from one kind of number to the other.
    given.clamp(range.min as f64, range.max as f64).round() as u64
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(body: Value) -> Result<FusionConfig, &'static str> {
        super::read(&body, &Manifests::bundled()).map_err(|refusal| refusal.code)
    }

    #[test]
    fn what_is_left_out_becomes_the_default_and_what_is_too_much_the_most() {
        assert_eq!(read(json!({})), Ok(FusionConfig::default()));
        let enabled = FusionConfig { enabled: true, ..FusionConfig::default() };
        assert_eq!(read(json!({ "enabled": true, "temperature": "hot" })), Ok(enabled));
        let check = |member: &str, given: Value, expected: Value| {
            let config = read(json!({ member: given })).unwrap();
            assert_eq!(serde_json::to_value(config).unwrap()[member], expected, "{member} {given}");
        };
        for (word, number) in [("yes", 1), ("true", 0)] {
            check("enabled", json!(word), json!(false));
            check("enabled", json!(number), json!(false));
        }
        check("adviserTimeoutMs", json!(1), json!(1_000));
        check("adviserTimeoutMs", json!(1e9), json!(120_000));
        check("adviserTimeoutMs", json!(1500.5), json!(1_501));
        check("adviserTimeoutMs", json!("2000"), json!(15_000));
        check("maxOutputTokens", json!(63), json!(64));
        check("maxOutputTokens", json!(99_999), json!(4_096));
        check("maxInputChars", json!(-1), json!(1_000));
        check("maxInputChars", json!(null), json!(24_000));
        check("maxProposalChars", json!(1), json!(256));
        check("maxProposalChars", json!(1e300), json!(20_000));
        check("temperature", json!(9), json!(2.0));
        check("temperature", json!(-0.5), json!(0.0));
        check("temperature", json!(0.7), json!(0.7));
        check("aggregatorModel", json!(null), json!("openai/gpt-4.1-mini"));
        check("aggregatorModel", json!(" openai/gpt-5.6 "), json!("openai/gpt-5.6"));
        check("adviserModels", json!(null), json!(["local/qwen3:8b"]));
        check("adviserModels", json!([]), json!([]));
        check(
            "adviserModels",
            json!(["local/a", "local/b", "local/a"]),
            json!(["local/a", "local/b"]),
        );
        check(
            "adviserModels",
            json!(["local/a", "local/b", "local/c", "local/d", "local/e"]),
            json!(["local/a", "local/b", "local/c", "local/d"]),
        );
    }

    #[test]
    fn a_model_has_to_exist_and_to_chat() {
        let check = |body: Value, code: &str| assert_eq!(read(body.clone()), Err(code), "{body}");
        for body in [json!(null), json!([]), json!("on"), json!(5)] {
            check(body, "fusion_config_invalid");
        }
        let advised = |models: Value| json!({ "adviserModels": models });
        check(advised(json!("local/a")), "fusion_model_invalid");
        check(advised(json!([5])), "fusion_model_invalid");
        check(advised(json!(["no model!"])), "fusion_model_invalid");
        check(json!({ "aggregatorModel": 5 }), "fusion_model_invalid");
        check(advised(json!(["unheard-of"])), "fusion_model_not_found");
        check(json!({ "aggregatorModel": "nobody/x" }), "fusion_model_not_found");
        check(advised(json!(["clawrouter/fusion"])), "fusion_recursive_model");
        check(json!({ "aggregatorModel": "clawrouter/fusion" }), "fusion_recursive_model");
        check(advised(json!(["anthropic/claude-haiku-4-5"])), "fusion_model_incompatible");
        check(advised(json!(["openai/text-embedding-3-large"])), "fusion_model_incompatible");
        check(advised(json!(["cohere/command-a-plus-05-2026"])), "fusion_model_incompatible");
        check(json!({ "enabled": true, "adviserModels": [] }), "fusion_advisers_required");
    }
}
