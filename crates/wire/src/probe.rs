//! The smallest request that shows whether a provider answers.
//!
//! It costs real money at most providers, so it is for the cheapest model, says next to nothing and
//! asks for next to nothing. The router makes it to check a provider; where a router cannot, an
//! operator makes the same as the holder of a key.

use serde_json::{Value, json};

use super::money::{MICROS_MAX, Micros};
use super::pricing::{Price, Pricing};
use super::provider::{Endpoint, Model, Provider};

/// What is said.
const WORDS: &str = "Say OK.";

/// The most that may be said back. Some providers refuse a lower limit.
pub const OUTPUT_TOKENS: u64 = 16;

/// One request to a router, by `POST`.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    pub path: String,
    pub body: Value,
    /// The router's name of the model.
    pub model: String,
    /// What it costs at most; unknown where the model has no price.
    pub most: Option<Micros>,
}

impl Probe {
    /// For the cheapest model that the provider lists. There is none where no request would be
    /// small, as for a provider of tools, or where its format is not known here.
    pub fn of(provider: &Provider) -> Option<Self> {
        let probes = provider.models.iter().filter_map(|model| Self::for_model(provider, model));
        // Of those that cost the same, the first.
        probes.min_by_key(|probe| probe.most.map_or(u64::MAX, |most| most.0))
    }

    /// For a model by its name, listed or not.
    pub fn named(provider: &Provider, name: &str) -> Option<Self> {
        if let Some(model) = provider.models.iter().find(|model| model.id == name) {
            return Self::for_model(provider, model);
        }
        let prefixes = provider.routing.model_prefixes.iter();
        let upstream = prefixes.filter_map(|prefix| name.strip_prefix(prefix.as_str())).next()?;
        let first = provider.models.first()?;
        let (id, upstream) = (name.to_owned(), upstream.to_owned());
        let pricing = first.pricing.clone().filter(Price::is_free);
        Self::for_model(provider, &Model { id, upstream, pricing, ..first.clone() })
    }

    fn for_model(provider: &Provider, model: &Model) -> Option<Self> {
        let able = |id: &str| model.capabilities.iter().any(|capability| capability == id);
        let offered = provider.capabilities.iter().filter(|offered| able(&offered.id));
        let endpoints = offered.filter_map(|offered| {
            provider.endpoints.iter().find(|endpoint| endpoint.id == offered.endpoint)
        });
        let (path, body) =
            endpoints.filter_map(|endpoint| request(provider, endpoint, model)).next()?;
        // Upstream it may have a longer name.
        let bytes = (body.to_string().len() + model.upstream.len()) as u64;
        let most = model.token_pricing().map(|pricing| most(pricing, bytes));
        Some(Self { path, body, model: model.id.clone(), most })
    }
}

/// Path and body of a request that this endpoint answers.
fn request(provider: &Provider, endpoint: &Endpoint, model: &Model) -> Option<(String, Value)> {
    let native = || {
        let path = endpoint.path.replace("${model}", &model.upstream);
        (format!("/v1/native/{}{path}", provider.id), model.upstream.as_str())
    };
    let (path, name) = match endpoint.request_format.as_str() {
        "openai.chat_completions" => ("/v1/chat/completions".to_owned(), model.id.as_str()),
        "anthropic.messages" if endpoint.path == "/v1/messages" => native(),
        "cohere.chat" => native(),
        "google.generate_content" | "aws_bedrock.invoke" if endpoint.streaming.is_none() => {
            native()
        }
        _ => return None,
    };
    Some((path, smallest(endpoint, name)?))
}

/// The format of answers that count the tokens of a request which is never made.
pub const COUNT_TOKENS: &str = "anthropic.count_tokens";

/// The least that an endpoint takes for a model, in its own format. There is nothing for a format
/// that is not known here.
pub fn smallest(endpoint: &Endpoint, model: &str) -> Option<Value> {
    let said = json!([{ "role": "user", "content": WORDS }]);
    Some(match endpoint.request_format.as_str() {
        "anthropic.messages" if endpoint.response_format == COUNT_TOKENS => {
            json!({ "model": model, "messages": said })
        }
        "openai.chat_completions" | "anthropic.messages" | "cohere.chat" => {
            json!({ "model": model, "max_tokens": OUTPUT_TOKENS, "messages": said })
        }
        "openai.responses" => {
            json!({ "model": model, "max_output_tokens": OUTPUT_TOKENS, "input": WORDS })
        }
        "openai.embeddings" => json!({ "model": model, "input": WORDS }),
        "google.generate_content" => json!({
            "contents": [{ "role": "user", "parts": [{ "text": WORDS }] }],
            "generationConfig": { "maxOutputTokens": OUTPUT_TOKENS },
        }),
        // Bedrock passes on what each model takes; this is how Amazon's own are asked.
        "aws_bedrock.invoke" if model.starts_with("amazon.nova") => json!({
            "messages": [{ "role": "user", "content": [{ "text": WORDS }] }],
            "inferenceConfig": { "maxTokens": OUTPUT_TOKENS },
        }),
        _ => return None,
    })
}

/// What so small a request costs at most: a token for each byte and what is added to be safe, at
/// the dearest rate of each kind.
pub fn most(pricing: &Pricing, bytes: u64) -> Micros {
    let input = bytes.saturating_add(pricing.input_token_overhead).min(pricing.max_input_tokens);
    let dearest = [
        Some(pricing.input_micros_per_million),
        pricing.cached_input_micros_per_million,
        pricing.cache_write_input_micros_per_million,
    ];
    let dearest = dearest.into_iter().flatten().max().unwrap_or_default();
    let cost = |tokens: u64, rate: u64| {
        let micros = (u128::from(tokens) * u128::from(rate)).div_ceil(1_000_000);
        Micros(u64::try_from(micros).unwrap_or(MICROS_MAX).min(MICROS_MAX))
    };
    cost(input, dearest).saturating_add(cost(OUTPUT_TOKENS, pricing.output_micros_per_million))
}
