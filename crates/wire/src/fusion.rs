//! Fusion: one model that asks several others, and lets one of them answer.
//!
//! A write replaces everything. What it leaves out becomes the router's default, a number outside
//! its range is moved to the nearest end, and of the advisers all behind the fourth are dropped,
//! all without a word. [`FusionConfig::check`] finds such a configuration before it is sent.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use thiserror::Error;

use super::budget::Ledger;
use super::money::Micros;
use super::usage_event::CostBasis;
use super::word::word;

/// The name that clients call it by.
pub const MODEL: &str = "clawrouter/fusion";

/// The version of a configuration.
const VERSION: u64 = 1;

/// The most models that are asked for advice.
pub const ADVISERS_MAX: usize = 4;

/// The longest model id.
const MODEL_CHARS_MAX: usize = 256;

/// The numbers that a member may have, and the one it has where nobody says.
#[derive(Debug, Clone, Copy)]
pub struct Range {
    pub min: u64,
    pub max: u64,
    pub default: u64,
}

pub const ADVISER_TIMEOUT_MS: Range = Range { min: 1_000, max: 120_000, default: 15_000 };
pub const MAX_OUTPUT_TOKENS: Range = Range { min: 64, max: 4_096, default: 768 };
pub const MAX_INPUT_CHARS: Range = Range { min: 1_000, max: 200_000, default: 24_000 };
pub const MAX_PROPOSAL_CHARS: Range = Range { min: 256, max: 20_000, default: 6_000 };
pub const TEMPERATURE_MAX: f64 = 2.0;
pub const TEMPERATURE_DEFAULT: f64 = 0.2;

/// `GET /v1/admin/fusion`, and the answer of a PUT.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FusionConfig {
    #[serde(default = "version")]
    pub version: u64,
    pub enabled: bool,
    #[serde(default = "model_id")]
    pub model_id: String,
    /// Asked at the same time, each for a proposal of its own.
    pub adviser_models: Vec<String>,
    /// Answers, with the proposals before it.
    pub aggregator_model: String,
    pub adviser_timeout_ms: u64,
    /// The most that an adviser may write.
    pub max_output_tokens: u64,
    /// How much of the conversation advisers see: the end of it.
    pub max_input_chars: u64,
    /// How much of a proposal the aggregator sees: the beginning of it.
    pub max_proposal_chars: u64,
    /// Of the advisers.
    pub temperature: f64,
    /// Members that this version does not know. An edit sends them back as they came.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

fn version() -> u64 {
    VERSION
}

fn model_id() -> String {
    MODEL.to_owned()
}

/// What a router has before anybody configures it.
impl Default for FusionConfig {
    fn default() -> Self {
        Self {
            version: VERSION,
            enabled: false,
            model_id: MODEL.to_owned(),
            adviser_models: vec!["local/qwen3:8b".to_owned()],
            aggregator_model: "openai/gpt-4.1-mini".to_owned(),
            adviser_timeout_ms: ADVISER_TIMEOUT_MS.default,
            max_output_tokens: MAX_OUTPUT_TOKENS.default,
            max_input_chars: MAX_INPUT_CHARS.default,
            max_proposal_chars: MAX_PROPOSAL_CHARS.default,
            temperature: TEMPERATURE_DEFAULT,
            unknown: Map::new(),
        }
    }
}

/// Why a configuration is not sent: a router would refuse it, or store something else.
#[derive(Debug, Clone, PartialEq, Error)]
pub enum BadFusion {
    #[error("fusion has at most {ADVISERS_MAX} advisers, and a router drops the rest of {0}")]
    TooManyAdvisers(usize),
    #[error("the adviser `{0}` is named twice, and a router keeps one")]
    RepeatedAdviser(String),
    #[error("fusion that is switched on needs an adviser")]
    NoAdviser,
    #[error("fusion cannot ask itself: `{MODEL}` can be neither adviser nor aggregator")]
    Recursive,
    #[error("`{0}` is not a model id")]
    NotAModel(String),
    #[error(
        "{member} is {value}, and a router would make it {nearest}: {least} to {most} are possible"
    )]
    OutOfRange { member: &'static str, value: f64, nearest: f64, least: f64, most: f64 },
}

impl FusionConfig {
    /// The body of a PUT that leaves nothing to the router's defaults. What is fixed, the version
    /// and the name of the model, is the router's own affair.
    pub fn put_body(&self) -> Value {
        let mut body = match serde_json::to_value(self) {
            Ok(Value::Object(body)) => body,
            // It is texts, numbers and maps with text keys; this cannot happen.
            _ => Map::new(),
        };
        body.remove("version");
        body.remove("modelId");
        Value::Object(body)
    }

    /// Whether a router would keep this as it is. Whether the models exist, it knows alone.
    pub fn check(&self) -> Result<(), BadFusion> {
        let advisers = &self.adviser_models;
        if advisers.len() > ADVISERS_MAX {
            return Err(BadFusion::TooManyAdvisers(advisers.len()));
        }
        for model in advisers.iter().chain([&self.aggregator_model]) {
            if model == MODEL {
                return Err(BadFusion::Recursive);
            }
            if !is_model_id(model) {
                return Err(BadFusion::NotAModel(model.escape_debug().to_string()));
            }
        }
        let repeated = |(at, model): &(usize, &String)| advisers[..*at].contains(model);
        if let Some((_, model)) = advisers.iter().enumerate().find(repeated) {
            return Err(BadFusion::RepeatedAdviser(model.clone()));
        }
        if self.enabled && advisers.is_empty() {
            return Err(BadFusion::NoAdviser);
        }
        within("adviserTimeoutMs", self.adviser_timeout_ms, ADVISER_TIMEOUT_MS)?;
        within("maxOutputTokens", self.max_output_tokens, MAX_OUTPUT_TOKENS)?;
        within("maxInputChars", self.max_input_chars, MAX_INPUT_CHARS)?;
        within("maxProposalChars", self.max_proposal_chars, MAX_PROPOSAL_CHARS)?;
        let (value, most) = (self.temperature, TEMPERATURE_MAX);
        // Written so that what is no number is outside as well.
        if (0.0..=most).contains(&value) {
            return Ok(());
        }
        let nearest = if value > most { most } else { 0.0 };
        let member = "temperature";
        Err(BadFusion::OutOfRange { member, value, nearest, least: 0.0, most })
    }
}

fn within(member: &'static str, value: u64, range: Range) -> Result<(), BadFusion> {
    let nearest = value.clamp(range.min, range.max);
    if nearest == value {
        return Ok(());
    }
    let [value, nearest, least, most] =
        [value, nearest, range.min, range.max].map(|number| number as f64);
    Err(BadFusion::OutOfRange { member, value, nearest, least, most })
}

/// Whether a router takes this for the id of a model.
pub fn is_model_id(text: &str) -> bool {
    let inner = |c: char| c.is_ascii_alphanumeric() || "._:/@+-".contains(c);
    text.len() <= MODEL_CHARS_MAX
        && text.starts_with(|c: char| c.is_ascii_alphanumeric())
        && text.chars().all(inner)
}

word! {
    /// What a call of a fusion request is for.
    FusionStage {
        Adviser = "adviser",
        Synthesizer = "synthesizer",
    }
}

word! {
    /// Whether a call of a fusion request would be made.
    FusionCallStatus {
        /// Its provider answered a live check lately.
        Verified = "verified",
        Unverified = "unverified",
        /// It would not be made; the reasons say why.
        Blocked = "blocked",
    }
}

/// `POST /v1/admin/fusion/preview`: what a configuration would do for the keys of one policy.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FusionPreview {
    pub policy_id: String,
    pub policy_enabled: bool,
    pub config_enabled: bool,
    /// Whether the aggregator can answer. It does so without advisers where they cannot.
    pub executable: bool,
    /// Whether keys of the policy see the model in their lists.
    pub advertisable: bool,
    pub ready_adviser_count: u64,
    pub adviser_count: u64,
    pub call_count: u64,
    pub estimated_reservation_micros: Micros,
    pub budget_configured: bool,
    pub budget_ledger: Ledger,
    pub remaining_budget_micros: Option<Micros>,
    /// `None` where no budget counts.
    pub budget_sufficient_for_all: Option<bool>,
    #[serde(default)]
    pub estimate_note: String,
    pub calls: Vec<FusionCall>,
}

/// One of the calls that a fusion request is made of.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FusionCall {
    pub stage: FusionStage,
    /// Of an adviser, from one.
    pub index: Option<u64>,
    pub model: String,
    pub provider: String,
    pub policy_allowed: bool,
    pub executable: bool,
    pub verified: bool,
    pub status: FusionCallStatus,
    #[serde(default)]
    pub reasons: Vec<String>,
    pub estimated_reservation_micros: Micros,
    pub estimate_basis: CostBasis,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_put_says_everything_but_what_is_fixed() {
        let mut read = serde_json::to_value(FusionConfig::default()).unwrap();
        read["rounds"] = 2.into();
        let config: FusionConfig = serde_json::from_value(read).unwrap();
        let body = config.put_body();
        let mut names: Vec<_> = body.as_object().unwrap().keys().map(String::as_str).collect();
        names.sort_unstable();
        assert_eq!(
            names,
            [
                "adviserModels",
                "adviserTimeoutMs",
                "aggregatorModel",
                "enabled",
                "maxInputChars",
                "maxOutputTokens",
                "maxProposalChars",
                "rounds",
                "temperature",
            ]
        );
    }

    #[test]
    fn what_a_router_would_change_is_found() {
        let check = |change: &dyn Fn(&mut FusionConfig), expected: Option<&str>| {
            let mut config = FusionConfig::default();
            change(&mut config);
            let said = config.check().err().map(|e| e.to_string());
            match expected {
                None => assert_eq!(said, None),
                Some(part) => {
                    assert!(said.as_ref().is_some_and(|s| s.contains(part)), "{said:?}");
                }
            }
        };
        let advisers = |names: &[&str]| names.iter().map(|&n| n.to_owned()).collect::<Vec<_>>();
        check(&|_| (), None);
        check(&|c| c.adviser_models = advisers(&["a", "b", "c", "d"]), None);
        check(&|c| c.adviser_models = advisers(&["a", "b", "c", "d", "e"]), Some("at most 4"));
        check(&|c| c.adviser_models = advisers(&["a", "b", "a"]), Some("`a` is named twice"));
        check(&|c| c.adviser_models = advisers(&["bad model!"]), Some("`bad model!` is not"));
        check(&|c| c.adviser_models = advisers(&["\u{1b}[2J"]), Some(r"`\u{1b}[2J` is not"));
        check(&|c| c.aggregator_model = MODEL.to_owned(), Some("cannot ask itself"));
        check(&|c| c.adviser_models = Vec::new(), None);
        check(&|c| (c.enabled, c.adviser_models) = (true, Vec::new()), Some("needs an adviser"));
        check(&|c| c.adviser_timeout_ms = 999, Some("999, and a router would make it 1000"));
        check(&|c| c.max_output_tokens = 5_000, Some("would make it 4096"));
        check(&|c| c.max_input_chars = 1, Some("maxInputChars"));
        check(&|c| c.max_proposal_chars = 20_001, Some("maxProposalChars"));
        check(&|c| c.temperature = 2.0, None);
        check(&|c| c.temperature = 2.01, Some("would make it 2:"));
        check(&|c| c.temperature = -0.1, Some("would make it 0:"));
        check(&|c| c.temperature = f64::NAN, Some("temperature is NaN"));
    }

    #[test]
    fn a_model_id_is_what_a_router_takes_for_one() {
        for good in ["openai/gpt-5.6", "local/qwen3:8b", "a", "x/y@z+1"] {
            assert!(is_model_id(good), "{good}");
        }
        for bad in ["", "/a", "a b", "é", "-a", &"a".repeat(257)] {
            assert!(!is_model_id(bad), "{bad}");
        }
    }
}
