//! The smallest request that each family of routes takes, for whoever wants to see how a router
//! treats it.

use serde::Serialize;
use serde_json::{Value, json};

use crate::wire::provider::{Endpoint, Model, Provider};

/// Routes that lead to providers in ways of their own, each with checks of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Family {
    Chat,
    Responses,
    Embeddings,
    Messages,
    CountTokens,
    Native,
    Proxy,
}

impl Family {
    pub const ALL: [Self; 7] = [
        Self::Chat,
        Self::Responses,
        Self::Embeddings,
        Self::Messages,
        Self::CountTokens,
        Self::Native,
        Self::Proxy,
    ];

    pub fn route(self) -> &'static str {
        match self {
            Self::Chat => "/v1/chat/completions",
            Self::Responses => "/v1/responses",
            Self::Embeddings => "/v1/embeddings",
            Self::Messages => "/v1/messages",
            Self::CountTokens => "/v1/messages/count_tokens",
            Self::Native => "/v1/native/…",
            Self::Proxy => "/v1/proxy/…",
        }
    }
}

/// A request that asks for next to nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Probe {
    pub family: Family,
    pub provider: String,
    pub model: String,
    pub path: String,
    pub body: Value,
}

/// A request of this family to one of the providers, if any takes one.
pub fn probe<'p>(
    family: Family,
    mut providers: impl Iterator<Item = &'p Provider>,
) -> Option<Probe> {
    providers.find_map(|provider| of_provider(family, provider))
}

fn of_provider(family: Family, provider: &Provider) -> Option<Probe> {
    provider.endpoints.iter().find_map(|endpoint| {
        let model = model_of(provider, endpoint)?;
        let small = body(&endpoint.request_format, endpoint, &model.upstream)?;
        let (path, body) = match family {
            Family::Native | Family::Proxy if endpoint.response_format == COUNT_TOKENS => None?,
            Family::Native if endpoint.native_proxy && takes_post(endpoint) => {
                let path = endpoint.path.replace("${model}", &model.upstream);
                (format!("/v1/native/{}{path}", provider.id), small)
            }
            Family::Proxy if takes_post(endpoint) => {
                let path = format!("/v1/proxy/{}/{}", provider.id, endpoint.id);
                let mut envelope = json!({ "method": "POST", "body": small });
                if !endpoint.path_params.is_empty() {
                    envelope["pathParams"] = json!({ "model": model.upstream });
                }
                (path, envelope)
            }
            Family::Native | Family::Proxy => None?,
            unified if serves(provider, endpoint, unified) => {
                let mut body = small;
                body["model"] = json!(model.id);
                (unified.route().to_owned(), body)
            }
            _ => None?,
        };
        let (provider, model) = (provider.id.clone(), model.id.clone());
        Some(Probe { family, provider, model, path, body })
    })
}

const COUNT_TOKENS: &str = "anthropic.count_tokens";

/// Whether a route that is shared by providers leads to this endpoint.
fn serves(provider: &Provider, endpoint: &Endpoint, family: Family) -> bool {
    let openai = provider.class == "openai_compatible";
    match family {
        Family::Chat => openai && endpoint.request_format == "openai.chat_completions",
        Family::Responses => openai && endpoint.request_format == "openai.responses",
        Family::Embeddings => openai && endpoint.request_format == "openai.embeddings",
        // The contract has these two for one provider alone.
        Family::Messages => {
            provider.id == "anthropic" && endpoint.response_format == "anthropic.messages"
        }
        Family::CountTokens => {
            provider.id == "anthropic" && endpoint.response_format == COUNT_TOKENS
        }
        Family::Native | Family::Proxy => false,
    }
}

fn takes_post(endpoint: &Endpoint) -> bool {
    let method = endpoint.method.eq_ignore_ascii_case("POST");
    method || endpoint.methods.iter().any(|method| method.eq_ignore_ascii_case("POST"))
}

/// A model that this endpoint is for.
fn model_of<'p>(provider: &'p Provider, endpoint: &Endpoint) -> Option<&'p Model> {
    let for_it = |id: &String| {
        provider.capabilities.iter().any(|known| known.id == *id && known.endpoint == endpoint.id)
    };
    provider.models.iter().find(|model| model.capabilities.iter().any(for_it))
}

/// The least that a format asks for. Nothing for a format, or an address, that is not known here.
fn body(format: &str, endpoint: &Endpoint, model: &str) -> Option<Value> {
    let messages = json!([{ "role": "user", "content": "ping" }]);
    let in_path = endpoint.path_params == ["model"];
    if !endpoint.path_params.is_empty() && !in_path {
        return None;
    }
    Some(match format {
        "openai.chat_completions" => {
            json!({ "model": model, "messages": messages, "max_tokens": 1 })
        }
        "openai.responses" => json!({ "model": model, "input": "ping", "max_output_tokens": 16 }),
        "openai.embeddings" => json!({ "model": model, "input": "ping" }),
        "anthropic.messages" if endpoint.response_format == COUNT_TOKENS => {
            json!({ "model": model, "messages": messages })
        }
        "anthropic.messages" => json!({ "model": model, "messages": messages, "max_tokens": 1 }),
        "google.generate_content" => json!({
            "contents": [{ "role": "user", "parts": [{ "text": "ping" }] }],
            "generationConfig": { "maxOutputTokens": 1 },
        }),
        _ => return None,
    })
}
