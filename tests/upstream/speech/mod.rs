//! What the upstream says, in each of the protocols that it speaks.

mod chat;
mod embeddings;
mod gemini;
mod messages;
mod responses;

use serde::Deserialize;
use serde_json::{Value, json};

use super::inbox::Request;
use super::orders::{Orders, Usage};

/// Length of a piece of text where nobody says.
const PIECE_BYTES: usize = 8;

/// What is reported as used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tokens {
    /// All that was read, from a cache or not.
    pub input: u64,
    pub output: u64,
    pub cached: u64,
    pub written: u64,
}

impl Tokens {
    /// `11/7/2/3`; what is left out at the end is 0.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let mut numbers = text.split('/').map(|number| number.parse().ok());
        let (input, output) = (numbers.next()??, numbers.next()??);
        let (cached, written) =
            (numbers.next().unwrap_or(Some(0))?, numbers.next().unwrap_or(Some(0))?);
        Some(Self { input, output, cached, written })
    }

    /// What is reported too early.
    pub(super) fn halved(self) -> Self {
        Self { output: self.output / 2, ..self }
    }
}

/// What answers depend on, beside the orders.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Asked {
    pub dialect: Dialect,
    pub stream: bool,
    pub include_usage: bool,
    pub model: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Dialect {
    Chat,
    Responses,
    Embeddings,
    Messages,
    CountTokens,
    Gemini,
    /// `/v1/models`
    Models,
    /// `/health`
    Health,
    /// Anything else is answered with what was asked.
    Echo,
}

/// A stream's events, as they stand on the wire.
#[derive(Debug, Clone)]
pub(crate) struct Speech {
    pub opening: Vec<String>,
    pub pieces: Vec<String>,
    pub closing: Vec<String>,
}

/// The members of a body that matter.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Body {
    model: Option<String>,
    stream: bool,
    stream_options: StreamOptions,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct StreamOptions {
    include_usage: bool,
}

impl Asked {
    pub(crate) fn read(request: &Request<'_>) -> Self {
        let (path, query) = request.target.split_once('?').unwrap_or((request.target, ""));
        let body: Body = serde_json::from_slice(request.body).unwrap_or_default();
        let dialect = Dialect::of(path);
        if dialect == Dialect::Gemini {
            let model = path.rsplit('/').next().and_then(|last| last.split(':').next());
            return Self {
                dialect,
                stream: path.ends_with(":streamGenerateContent") && query.contains("alt=sse"),
                include_usage: true,
                model: model.unwrap_or_default().to_owned(),
            };
        }
        let echo = || request.target.to_owned();
        Self {
            dialect,
            stream: body.stream && dialect.can_stream(),
            include_usage: body.stream_options.include_usage,
            model: if dialect == Dialect::Echo { echo() } else { body.model.unwrap_or_default() },
        }
    }
}

impl Dialect {
    fn of(path: &str) -> Self {
        let ends = |end: &str| path.ends_with(end);
        match path {
            _ if ends("/chat/completions") => Self::Chat,
            _ if ends("/responses") => Self::Responses,
            _ if ends("/embeddings") => Self::Embeddings,
            _ if ends("/messages") => Self::Messages,
            _ if ends("/messages/count_tokens") => Self::CountTokens,
            _ if ends(":generateContent") || ends(":streamGenerateContent") => Self::Gemini,
            _ if ends("/models") => Self::Models,
            _ if ends("/health") => Self::Health,
            _ => Self::Echo,
        }
    }

    fn can_stream(self) -> bool {
        matches!(self, Self::Chat | Self::Responses | Self::Messages)
    }

    pub(crate) fn stream_type(self) -> &'static str {
        match self {
            Self::Responses | Self::Messages => "text/event-stream; charset=utf-8",
            _ => "text/event-stream",
        }
    }

    /// An answer in one piece.
    pub(crate) fn whole(self, asked: &Asked, orders: &Orders) -> String {
        let usage = (orders.usage != Usage::Never).then_some(orders.tokens);
        let text = pieces(orders, 1).concat();
        let body = match self {
            Self::Chat => chat::whole(&asked.model, &text, usage),
            Self::Responses => responses::whole(&asked.model, &text, usage),
            Self::Embeddings => embeddings::whole(&asked.model, usage),
            Self::Messages => messages::whole(&asked.model, &text, usage),
            Self::CountTokens => json!({ "input_tokens": orders.tokens.input }),
            Self::Gemini => gemini::whole(&asked.model, &text, usage),
            Self::Models => json!({ "object": "list", "data": [
                { "id": "default", "object": "model", "owned_by": "test", "created": 1_795_000_000 },
            ] }),
            Self::Health => json!({ "status": "ok", "provider": "test" }),
            Self::Echo => json!({ "asked": asked.model }),
        };
        body.to_string()
    }

    /// An answer in events.
    pub(crate) fn speech(self, asked: &Asked, orders: &Orders) -> Speech {
        let pieces = pieces(orders, orders.events.unwrap_or(1));
        match self {
            Self::Responses => responses::stream(&asked.model, &pieces, orders),
            Self::Messages => messages::stream(&asked.model, &pieces, orders),
            Self::Gemini => gemini::stream(&asked.model, &pieces, orders),
            _ => chat::stream(asked, &pieces, orders),
        }
    }

    /// The body of a failure.
    pub(crate) fn error(self, status: u16) -> String {
        let body = match self {
            Self::Messages | Self::CountTokens => messages::error(status),
            Self::Gemini => gemini::error(status),
            _ => chat::error("the upstream was told to fail", json!("told_to_fail")),
        };
        body.to_string()
    }

    /// A failure in the middle of a stream, and what follows it.
    pub(crate) fn error_events(self, code: Option<u16>) -> Vec<String> {
        match self {
            Self::Responses => vec![responses::error_event(code)],
            Self::Messages => vec![named("error", &messages::error(code.unwrap_or(529)))],
            Self::Gemini => vec![gemini::event(&gemini::error(code.unwrap_or(503)))],
            _ => {
                let code = code.map_or(json!("server_error"), |code| json!(code));
                vec![unnamed(&chat::error("it broke on the way", code)), chat::DONE.to_owned()]
            }
        }
    }
}

/// The text of an answer, in so many pieces.
fn pieces(orders: &Orders, count: usize) -> Vec<String> {
    const WORDS: &[u8] = b"the quick brown fox jumps over it ";
    if let Some(word) = &orders.say {
        return vec![word.clone(); count];
    }
    let size = orders.size.unwrap_or(PIECE_BYTES * count.max(1));
    let text: String = WORDS.iter().cycle().take(size).map(|byte| char::from(*byte)).collect();
    let (length, more) = (size / count.max(1), size % count.max(1));
    let mut rest = text.as_str();
    let mut pieces = Vec::with_capacity(count);
    for at in 0..count {
        let (piece, after) = rest.split_at(length + usize::from(at < more));
        pieces.push(piece.to_owned());
        rest = after;
    }
    pieces
}

fn unnamed(data: &Value) -> String {
    format!("data: {data}\n\n")
}

fn named(name: &str, data: &Value) -> String {
    format!("event: {name}\ndata: {data}\n\n")
}
