//! The formats that answers come in, as far as what is counted in them differs.

use clawctl_wire::provider::Endpoint;

/// How a provider says what a request took, and that its answer is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Dialect {
    /// Chat completions, and the embeddings that count alike.
    OpenAiChat,
    OpenAiResponses,
    Anthropic,
    Gemini,
    /// None of these: whatever is recognised is read, and no end is waited for.
    Other,
}

impl Dialect {
    pub(crate) fn of(endpoint: &Endpoint) -> Self {
        let formats = [&endpoint.response_format, &endpoint.request_format];
        formats.into_iter().find_map(|format| Self::of_format(format)).unwrap_or(Self::Other)
    }

    fn of_format(format: &str) -> Option<Self> {
        match format.split_once('.')? {
            ("openai", "responses") => Some(Self::OpenAiResponses),
            ("openai", _) => Some(Self::OpenAiChat),
            ("anthropic", _) => Some(Self::Anthropic),
            ("google", _) => Some(Self::Gemini),
            _ => None,
        }
    }

    /// Whether a stream of it says that it is over, so that one which does not was cut off.
    pub(super) fn says_its_end(self) -> bool {
        self != Self::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Manifests;

    #[test]
    fn an_endpoint_says_its_dialect() {
        let manifests = Manifests::bundled();
        let check = |provider: &str, endpoint: &str, dialect| {
            let endpoints = &manifests.get(provider).unwrap().provider.endpoints;
            let found = endpoints.iter().find(|found| found.id == endpoint).unwrap();
            assert_eq!(Dialect::of(found), dialect, "{provider} {endpoint}");
        };
        check("openai", "chat_completions", Dialect::OpenAiChat);
        check("openai", "embeddings", Dialect::OpenAiChat);
        check("openai", "responses", Dialect::OpenAiResponses);
        check("anthropic", "messages", Dialect::Anthropic);
        check("anthropic", "count_tokens", Dialect::Anthropic);
        check("google-gemini", "generate_content", Dialect::Gemini);
        check("google-gemini", "stream_generate_content", Dialect::Gemini);
        check("cohere", "chat", Dialect::Other);
        check("cloudflare-ai-gateway", "universal", Dialect::Other);
        check("aws-bedrock", "invoke_model", Dialect::Other);
    }
}
