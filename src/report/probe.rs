//! The smallest request that each family of routes takes, to see how a router treats it.

use serde::Serialize;
use serde_json::{Value, json};

use clawctl_wire::probe::{COUNT_TOKENS, smallest};
use clawctl_wire::provider::{Endpoint, Model, Provider};

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
        let params = endpoint.path_params.as_slice();
        let small = smallest(endpoint, &model.upstream)
            .filter(|_| params.is_empty() || params == ["model"])?;
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_provider_is_checked_with_proves_something_too() {
        let provider = json!({
            "id": "cohere",
            "capabilities": [{ "id": "llm.chat", "endpoint": "chat" }],
            "endpoints": [{ "id": "chat", "method": "POST", "path": "/v2/chat",
                "native_proxy": true, "request_format": "cohere.chat" }],
            "models": [{ "id": "cohere/command", "upstream": "command",
                "capabilities": ["llm.chat"] }],
        });
        let provider: Provider = serde_json::from_value(provider).unwrap();
        let checked = clawctl_wire::probe::Probe::of(&provider).unwrap();
        let proved = |family| probe(family, [&provider].into_iter());
        let native = proved(Family::Native).unwrap();
        assert_eq!((native.path, native.body), (checked.path, checked.body.clone()));
        let enveloped = proved(Family::Proxy).unwrap();
        assert_eq!(enveloped.path, "/v1/proxy/cohere/chat");
        assert_eq!(enveloped.body["body"], checked.body);
        assert_eq!(proved(Family::Chat), None);
    }
}
