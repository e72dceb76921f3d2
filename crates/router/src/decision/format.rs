//! The formats of requests, as far as the cost of a request depends on them.

use clawctl_wire::provider::Endpoint;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Chat,
    Responses,
    Messages,
    Cohere,
    Gemini,
    /// A format in which nobody knows what limits a request.
    Other,
}

impl Format {
    pub(super) fn of(endpoint: &Endpoint) -> Self {
        match endpoint.request_format.as_str() {
            "openai.chat_completions" => Self::Chat,
            "openai.responses" => Self::Responses,
            "anthropic.messages" => Self::Messages,
            "cohere.chat" => Self::Cohere,
            "google.generate_content" => Self::Gemini,
            _ => Self::Other,
        }
    }

    /// The members of a body that limit its output. A limit under another name limits nothing: the
    /// provider does not read it.
    pub(super) fn output_limits(self) -> &'static [&'static str] {
        match self {
            Self::Chat => &["max_tokens", "max_completion_tokens"],
            Self::Responses => &["max_output_tokens"],
            Self::Messages | Self::Cohere => &["max_tokens"],
            Self::Gemini | Self::Other => &[],
        }
    }

    /// The same, within `generationConfig`.
    pub(super) fn generation_limits(self) -> &'static [&'static str] {
        match self {
            Self::Gemini => &["maxOutputTokens", "max_output_tokens"],
            _ => &[],
        }
    }
}
