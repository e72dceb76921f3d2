//! The configuration of fusion, of which there is one.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::member::fields;
use super::value::{text, texts};
use super::words::{listed, yes_no};
use super::{Field, Kind, Member, Resource, Shape};
use clawctl_wire::fusion::{
    ADVISER_TIMEOUT_MS, BadFusion, FusionConfig, MAX_INPUT_CHARS, MAX_OUTPUT_TOKENS,
    MAX_PROPOSAL_CHARS, Range, TEMPERATURE_MAX,
};
use clawctl_wire::resource;

/// What is to become of the configuration. Whatever is not named stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FusionEdit {
    pub enabled: Option<bool>,
    pub advisers: Option<Vec<String>>,
    pub aggregator: Option<String>,
    pub adviser_timeout_ms: Option<u64>,
    pub max_output_tokens: Option<u64>,
    pub max_input_chars: Option<u64>,
    pub max_proposal_chars: Option<u64>,
    pub temperature: Option<f64>,
}

pub static FUSION: Shape = Shape { noun: "fusion", fields: &FIELDS };
static FIELDS: [&Field; 8] = fields(&MEMBERS);

type Row = Member<FusionConfig>;

static MEMBERS: [Row; 8] = [
    Row::new("enabled", Kind::Flag, "Whether the model is offered.")
        .wire("enabled")
        .words("enabled", |config| yes_no(config.enabled))
        .get(|config| Some(config.enabled.into()))
        .set(|edit, value| edit.enabled = value.as_bool()),
    Row::new("advisers", Kind::Texts, "Models that are asked for advice, at most four.")
        .wire("adviserModels")
        .words("advisers", |config| listed(&config.adviser_models))
        .get(|config| Some(json!(config.adviser_models)))
        .set(|edit, value| edit.advisers = texts(value)),
    Row::new("aggregator", Kind::Text, "Model that answers.")
        .wire("aggregatorModel")
        .words("aggregator", |config| config.aggregator_model.clone())
        .get(|config| Some(json!(config.aggregator_model)))
        .set(|edit, value| edit.aggregator = text(value)),
    Row::new("adviser_timeout_ms", within(ADVISER_TIMEOUT_MS), "How long an adviser may take.")
        .wire("adviserTimeoutMs")
        .words("adviser timeout", |config| format!("{} ms", config.adviser_timeout_ms))
        .get(|config| Some(config.adviser_timeout_ms.into()))
        .set(|edit, value| edit.adviser_timeout_ms = value.as_u64()),
    Row::new("max_output_tokens", within(MAX_OUTPUT_TOKENS), "The most that an adviser may write.")
        .wire("maxOutputTokens")
        .words("adviser output", |config| format!("{} tokens", config.max_output_tokens))
        .get(|config| Some(config.max_output_tokens.into()))
        .set(|edit, value| edit.max_output_tokens = value.as_u64()),
    Row::new(
        "max_input_chars",
        within(MAX_INPUT_CHARS),
        "How much of the conversation advisers see.",
    )
    .wire("maxInputChars")
    .words("adviser input", |config| format!("{} characters", config.max_input_chars))
    .get(|config| Some(config.max_input_chars.into()))
    .set(|edit, value| edit.max_input_chars = value.as_u64()),
    Row::new(
        "max_proposal_chars",
        within(MAX_PROPOSAL_CHARS),
        "How much of a proposal the aggregator sees.",
    )
    .wire("maxProposalChars")
    .words("proposals", |config| format!("{} characters", config.max_proposal_chars))
    .get(|config| Some(config.max_proposal_chars.into()))
    .set(|edit, value| edit.max_proposal_chars = value.as_u64()),
    Row::new("temperature", Kind::Number { min: 0.0, max: TEMPERATURE_MAX }, "Of the advisers.")
        .wire("temperature")
        .words("temperature", |config| config.temperature.to_string())
        .get(|config| Some(json!(config.temperature)))
        .set(|edit, value| edit.temperature = value.as_f64()),
];

const fn within(range: Range) -> Kind {
    Kind::Whole { min: range.min, max: range.max }
}

impl FusionEdit {
    pub fn apply(&self, config: &FusionConfig) -> FusionConfig {
        let before = config.clone();
        FusionConfig {
            enabled: self.enabled.unwrap_or(before.enabled),
            adviser_models: self.advisers.clone().unwrap_or(before.adviser_models),
            aggregator_model: self.aggregator.clone().unwrap_or(before.aggregator_model),
            adviser_timeout_ms: self.adviser_timeout_ms.unwrap_or(before.adviser_timeout_ms),
            max_output_tokens: self.max_output_tokens.unwrap_or(before.max_output_tokens),
            max_input_chars: self.max_input_chars.unwrap_or(before.max_input_chars),
            max_proposal_chars: self.max_proposal_chars.unwrap_or(before.max_proposal_chars),
            temperature: self.temperature.unwrap_or(before.temperature),
            ..before
        }
    }
}

impl Resource for FusionConfig {
    type Id = str;
    type Edit = FusionEdit;
    const KIND: &'static resource::Kind = &resource::FUSION;
    const MEMBERS: &'static [Member<Self>] = &MEMBERS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(FUSION_ID)
    }

    fn parts(_: &str) -> Vec<String> {
        Vec::new()
    }

    fn apply(edit: &FusionEdit, to: &Self) -> Self {
        edit.apply(to)
    }

    fn body(&self) -> Value {
        self.put_body()
    }

    fn is_enabled(&self) -> bool {
        self.enabled
    }

    fn enabled(edit: &mut FusionEdit) -> &mut Option<bool> {
        &mut edit.enabled
    }

    fn check(&self) -> Result<(), BadFusion> {
        Self::check(self)
    }
}

/// How messages call the one configuration that there is.
pub const FUSION_ID: &str = "configuration";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_touches_what_it_names_alone() {
        let mut before = FusionConfig { temperature: 1.5, ..FusionConfig::default() };
        before.unknown.insert("rounds".to_owned(), 2.into());
        assert_eq!(FusionEdit::default().apply(&before), before);
        let edit = FusionEdit { max_output_tokens: Some(100), ..FusionEdit::default() };
        let expected = FusionConfig { max_output_tokens: 100, ..before.clone() };
        assert_eq!(edit.apply(&before), expected);
    }
}
