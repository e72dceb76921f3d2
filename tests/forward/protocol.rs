//! The protocols that clients speak, and how the same is said in each.

use serde_json::{Value, json};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Protocol {
    Chat,
    Responses,
    Messages,
    Gemini,
}

pub(crate) const PROTOCOLS: [Protocol; 4] =
    [Protocol::Chat, Protocol::Responses, Protocol::Messages, Protocol::Gemini];

impl Protocol {
    pub(crate) fn provider(self) -> &'static str {
        match self {
            Self::Chat | Self::Responses => "openai",
            Self::Messages => "anthropic",
            Self::Gemini => "google-gemini",
        }
    }

    /// The model by the router's name.
    pub(crate) fn model(self) -> &'static str {
        match self {
            Self::Chat | Self::Responses => "openai/gpt-4.1-mini",
            Self::Messages => "anthropic/claude-haiku-4-5",
            Self::Gemini => "google/gemini-3.5-flash",
        }
    }

    /// The same by the upstream's.
    pub(crate) fn upstream_model(self) -> &'static str {
        self.model().split_once('/').unwrap().1
    }

    /// Where the upstream has it.
    pub(crate) fn upstream_path(self, stream: bool) -> &'static str {
        match self {
            Self::Chat => "/v1/chat/completions",
            Self::Responses => "/v1/responses",
            Self::Messages => "/v1/messages",
            Self::Gemini if stream => {
                "/v1beta/models/gemini-3.5-flash:streamGenerateContent?alt=sse"
            }
            Self::Gemini => "/v1beta/models/gemini-3.5-flash:generateContent",
        }
    }

    /// Where the router has it.
    pub(crate) fn path(self, stream: bool) -> String {
        let path = self.upstream_path(stream);
        if self == Self::Gemini {
            format!("/v1/native/google-gemini{path}")
        } else {
            path.to_owned()
        }
    }

    /// A request with this text and this model's name.
    pub(crate) fn body(self, model: &str, text: &str, stream: bool) -> Value {
        match self {
            Self::Chat => {
                let mut body = json!({ "model": model, "stream": stream, "max_tokens": 500,
                    "messages": [{ "role": "user", "content": text }] });
                if stream {
                    body["stream_options"] = json!({ "include_usage": true });
                }
                body
            }
            Self::Responses => json!({ "model": model, "stream": stream, "input": text,
                "max_output_tokens": 500 }),
            Self::Messages => json!({ "model": model, "stream": stream, "max_tokens": 500,
                "messages": [{ "role": "user", "content": text }] }),
            Self::Gemini => json!({ "contents": [{ "role": "user", "parts": [{ "text": text }] }],
                "generationConfig": { "maxOutputTokens": 500 } }),
        }
    }
}
