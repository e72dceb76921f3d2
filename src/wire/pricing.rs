//! What models cost, as manifests and catalogs say it.

use serde::{Deserialize, Serialize};

/// What a model costs, in micros for each million tokens.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Pricing {
    #[serde(default)]
    pub effective_at: String,
    #[serde(default)]
    pub source: String,
    pub input_micros_per_million: u64,
    pub output_micros_per_million: u64,
    pub cached_input_micros_per_million: Option<u64>,
    pub cache_write_input_micros_per_million: Option<u64>,
    #[serde(rename = "cacheWrite5mInputMicrosPerMillion")]
    pub cache_write_5m_input_micros_per_million: Option<u64>,
    #[serde(rename = "cacheWrite1hInputMicrosPerMillion")]
    pub cache_write_1h_input_micros_per_million: Option<u64>,
    pub max_input_tokens: u64,
    /// The most that one request may carry over all of its inputs.
    pub max_request_input_tokens: Option<u64>,
    pub default_max_output_tokens: u64,
    /// Added to the estimate of a request's tokens before money is reserved for it.
    #[serde(default = "input_token_overhead")]
    pub input_token_overhead: u64,
    pub long_context: Option<LongContext>,
}

impl Pricing {
    /// Whether every kind of token is free.
    pub fn is_free(&self) -> bool {
        let rates = [
            Some(self.input_micros_per_million),
            Some(self.output_micros_per_million),
            self.cached_input_micros_per_million,
            self.cache_write_input_micros_per_million,
            self.cache_write_5m_input_micros_per_million,
            self.cache_write_1h_input_micros_per_million,
        ];
        are_free(&rates) && self.long_context.as_ref().is_none_or(LongContext::is_free)
    }
}

/// What a model costs once a request is longer than a threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LongContext {
    pub threshold_input_tokens: u64,
    pub input_micros_per_million: u64,
    pub output_micros_per_million: u64,
    pub cached_input_micros_per_million: Option<u64>,
    pub cache_write_input_micros_per_million: Option<u64>,
    #[serde(rename = "cacheWrite5mInputMicrosPerMillion")]
    pub cache_write_5m_input_micros_per_million: Option<u64>,
    #[serde(rename = "cacheWrite1hInputMicrosPerMillion")]
    pub cache_write_1h_input_micros_per_million: Option<u64>,
}

impl LongContext {
    fn is_free(&self) -> bool {
        are_free(&[
            Some(self.input_micros_per_million),
            Some(self.output_micros_per_million),
            self.cached_input_micros_per_million,
            self.cache_write_input_micros_per_million,
            self.cache_write_5m_input_micros_per_million,
            self.cache_write_1h_input_micros_per_million,
        ])
    }
}

fn are_free(rates: &[Option<u64>]) -> bool {
    rates.iter().flatten().all(|micros| *micros == 0)
}

fn input_token_overhead() -> u64 {
    1024
}
