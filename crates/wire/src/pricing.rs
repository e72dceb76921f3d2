//! What models cost, as manifests and catalogs say it.

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::{Map, Value};

/// What a model costs, in whichever way its provider counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Price {
    Tokens(Pricing),
    Characters(CharacterPricing),
    /// A price of a shape that this version does not know, as it came.
    Unknown(Value),
}

impl Price {
    /// What each token costs, if it is tokens that are counted.
    pub fn tokens(&self) -> Option<&Pricing> {
        match self {
            Self::Tokens(pricing) => Some(pricing),
            Self::Characters(_) | Self::Unknown(_) => None,
        }
    }

    /// Whether it is known that nothing is charged.
    pub fn is_free(&self) -> bool {
        match self {
            Self::Tokens(pricing) => pricing.is_free(),
            Self::Characters(price) => price.input_micros_per_million_characters == 0,
            Self::Unknown(_) => false,
        }
    }
}

impl<'de> Deserialize<'de> for Price {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let price = Value::deserialize(d)?;
        if price.is_null() {
            return Err(D::Error::custom("a price cannot be null"));
        }
        let known = match price.get("unit").and_then(Value::as_str) {
            _ if price.get("unit").is_none() => Pricing::deserialize(&price).map(Self::Tokens),
            Some("character") => CharacterPricing::deserialize(&price).map(Self::Characters),
            _ => return Ok(Self::Unknown(price)),
        };
        Ok(known.unwrap_or(Self::Unknown(price)))
    }
}

/// What a model costs, in micros for each million characters of its input.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CharacterPricing {
    pub unit: String,
    #[serde(default)]
    pub effective_at: String,
    #[serde(default)]
    pub source: String,
    pub input_micros_per_million_characters: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_input_characters: Option<u64>,
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

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
    /// Members that this version does not know, such as the prices of other service tiers.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
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

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn read(price: &Value) -> Price {
        let price: Price = serde_json::from_value(price.clone()).unwrap();
        price
    }

    #[test]
    fn a_price_of_any_shape_is_kept_as_it_came() {
        let tokens = json!({ "effectiveAt": "2026-09-24", "source": "s", "inputMicrosPerMillion": 4,
            "outputMicrosPerMillion": 20, "cachedInputMicrosPerMillion": null,
            "cacheWriteInputMicrosPerMillion": 5, "cacheWrite5mInputMicrosPerMillion": null,
            "cacheWrite1hInputMicrosPerMillion": null, "maxInputTokens": 9,
            "maxRequestInputTokens": null, "defaultMaxOutputTokens": 8, "inputTokenOverhead": 1024,
            "longContext": null, "serviceTiers": [{ "id": "flex" }], "unpricedCosts": ["request_fee"] });
        assert!(matches!(read(&tokens), Price::Tokens(_)));
        let characters = json!({ "unit": "character", "effectiveAt": "2026-09-24", "source": "s",
            "inputMicrosPerMillionCharacters": 15_000_000, "maxInputCharacters": 4096 });
        assert!(matches!(read(&characters), Price::Characters(_)));
        let mut others =
            vec![json!({ "unit": "second", "microsPerSecond": 5 }), json!("free"), json!({})];
        others.push(json!({ "unit": "character", "inputMicrosPerMillion": 4 }));
        for other in &others {
            assert_eq!(read(other), Price::Unknown(other.clone()));
            assert!(!read(other).is_free());
        }
        for price in others.iter().chain([&tokens, &characters]) {
            assert_eq!(serde_json::to_value(read(price)).unwrap(), *price);
        }
    }
}
