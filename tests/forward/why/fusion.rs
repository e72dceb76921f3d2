//! How fusion is configured in a scene, and what came of the requests that it is.

use clawctl_wire::why::{Explanation, Part};
use proptest::prelude::*;
use serde_json::{Value, json};

/// What can be part of it: cheap and dear, on somebody's machine, without a price, without a key.
const MODELS: [&str; 9] = [
    "openai/gpt-4.1-mini",
    "openai/gpt-5.6",
    "openai/not-listed",
    "groq/gpt-oss-120b",
    "mistral/mistral-small-2603",
    "local/qwen3:8b",
    "openrouter/auto",
    "claude-max-proxy/claude-haiku-4",
    "xai/grok-4.3",
];

#[derive(Debug, Clone, PartialEq)]
pub(super) struct FusionOf {
    pub enabled: bool,
    pub advisers: Vec<&'static str>,
    pub aggregator: &'static str,
    pub input_chars: u64,
    pub proposal_chars: u64,
    pub output_tokens: u64,
}

impl FusionOf {
    pub(super) fn body(&self) -> Value {
        json!({
            "enabled": self.enabled,
            "adviserModels": self.advisers,
            "aggregatorModel": self.aggregator,
            "maxInputChars": self.input_chars,
            "maxProposalChars": self.proposal_chars,
            "maxOutputTokens": self.output_tokens,
        })
    }
}

pub(super) fn fusions() -> impl Strategy<Value = FusionOf> {
    (
        prop::bool::weighted(0.9),
        prop::sample::subsequence(MODELS.to_vec(), 1..=4),
        prop_oneof![3 => Just(MODELS[0]), 2 => prop::sample::select(MODELS.to_vec())],
        prop_oneof![1 => 1_000..2_000_u64, 1 => 2_000..200_000_u64],
        prop_oneof![2 => 256..500_u64, 1 => 500..20_000_u64],
        64..4_096_u64,
    )
        .prop_map(
            |(enabled, advisers, aggregator, input_chars, proposal_chars, output_tokens)| {
                FusionOf {
                    enabled,
                    advisers,
                    aggregator,
                    input_chars,
                    proposal_chars,
                    output_tokens,
                }
            },
        )
}

/// What became of one of the requests that one for fusion is.
#[derive(Debug, PartialEq)]
pub(super) struct PartOf {
    pub stage: String,
    pub index: Option<u64>,
    pub status: u64,
    pub reserved: u64,
    pub provider: String,
    pub model: String,
}

impl PartOf {
    /// What its event says.
    pub(super) fn happened(event: &Value) -> Option<Self> {
        let stage = event["compound_request_stage"].as_str()?.strip_prefix("fusion_").unwrap();
        let text = |name: &str| event[name].as_str().unwrap().to_owned();
        Some(Self {
            stage: stage.to_owned(),
            index: event["compound_request_index"].as_u64(),
            status: event["status_code"].as_u64().unwrap(),
            reserved: event["reserved_cost_micros"].as_u64().unwrap(),
            provider: text("provider"),
            model: text("model"),
        })
    }

    /// One that is not understood leaves no event.
    fn foretold(part: &Part) -> Option<Self> {
        Some(Self {
            stage: part.stage.as_str().to_owned(),
            index: part.index,
            status: part.status.unwrap_or_default().into(),
            reserved: part.reserved_micros.0,
            provider: part.provider.clone()?,
            model: part.model.clone(),
        })
    }
}

/// What was said would become of them, in their order.
pub(super) fn foretold(told: &Explanation) -> Vec<PartOf> {
    sorted(told.parts.iter().filter_map(PartOf::foretold).collect())
}

pub(super) fn sorted(mut parts: Vec<PartOf>) -> Vec<PartOf> {
    parts.sort_by_key(|part| part.index);
    parts
}
