//! What is read of an answer while it passes: its tokens, and whether it failed.
//!
//! Everything here is fed chunk by chunk and waits for nothing. An answer is never kept: of a
//! stream the event under way, of a document the members that count.

mod answer;
mod binary;
mod candidate;
mod counted;
mod dialect;
mod error_body;
mod events;
mod filter;
mod first;
mod frames;
mod glance;
mod members;
mod passed;
mod plan;
mod spoken;
mod sse;
mod stopped;
#[cfg(test)]
mod tests;
mod tokens;
mod verdict;

use http::HeaderValue;
use hyper::body::Bytes;

use self::answer::Answer;
use self::binary::BinaryEvents;
pub(crate) use self::dialect::Dialect;
pub(crate) use self::error_body::{ERROR_BYTES_MAX, rewrite_bare_error, rewrite_error};
use self::events::Events;
pub(crate) use self::first::{Opened, Opening};
pub(crate) use self::passed::Passed;
pub(crate) use self::plan::Plan;
pub(crate) use self::verdict::{Amount, Failure, Outcome};

/// Reads one answer while it is passed on.
#[derive(Debug)]
pub(crate) struct Meter {
    reading: Reading,
}

/// How an answer is read.
#[derive(Debug)]
enum Reading {
    Events(Box<Events>),
    Binary(Box<BinaryEvents>),
    Document(Box<Answer>),
    /// It is a picture, a sound, or whatever else says nothing about its cost.
    /// So many bytes of it have come.
    Nothing(u64),
}

impl Meter {
    /// For an answer of success.
    pub(crate) fn new(plan: Plan, content_type: Option<&HeaderValue>) -> Self {
        let reading = match Content::of(content_type, plan.streams) {
            Content::Events => {
                let drops_usage = plan.drops_usage && plan.dialect == Dialect::OpenAiChat;
                Reading::Events(Box::new(Events::new(Plan { drops_usage, ..plan })))
            }
            Content::Binary => Reading::Binary(Box::new(BinaryEvents::new(plan))),
            Content::Document => {
                Reading::Document(Box::new(Answer::new(plan.dialect, plan.wants_content)))
            }
            Content::Other => Reading::Nothing(0),
        };
        Self { reading }
    }

    /// For an answer that cannot be read, such as one that is compressed.
    pub(crate) fn blind() -> Self {
        Self { reading: Reading::Nothing(0) }
    }

    /// Takes the next chunk of the answer, and gives what of it goes on to the client now.
    pub(crate) fn push(&mut self, chunk: Bytes) -> Passed {
        match &mut self.reading {
            Reading::Events(events) => events.push(chunk),
            Reading::Binary(events) => {
                events.push(&chunk);
                Passed::one(chunk)
            }
            Reading::Document(answer) => {
                answer.push(&chunk);
                Passed::one(chunk)
            }
            Reading::Nothing(bytes) => {
                *bytes += chunk.len() as u64;
                Passed::one(chunk)
            }
        }
    }

    /// There is no more of the answer, or nobody to pass it on to: gives what is left of it, and
    /// what is known about it.
    pub(crate) fn finish(&mut self) -> (Passed, Outcome) {
        match &mut self.reading {
            Reading::Events(events) => events.finish(),
            Reading::Binary(events) => (Passed::default(), events.finish()),
            Reading::Document(answer) => (Passed::default(), answer.finish()),
            Reading::Nothing(bytes) => {
                let amount = Amount::Document(*bytes);
                (Passed::default(), Outcome { amount, ..Outcome::default() })
            }
        }
    }

    /// Whether more has come than may. The client was told the end, where there are words for it.
    pub(crate) fn is_stopped(&self) -> Option<Stop> {
        match &self.reading {
            Reading::Events(events) => events.is_stopped().then_some(Stop::Told),
            Reading::Binary(events) => events.is_over().then_some(Stop::Untold),
            Reading::Document(_) | Reading::Nothing(_) => None,
        }
    }

    /// Whether all of the answer has come, by what it says itself.
    pub(crate) fn has_ended(&self) -> bool {
        match &self.reading {
            Reading::Events(events) => events.has_ended(),
            Reading::Binary(events) => events.has_ended(),
            Reading::Document(answer) => answer.has_ended(),
            Reading::Nothing(_) => false,
        }
    }
}

/// How an answer is ended of which more has come than may.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// In the words of its protocol.
    Told,
    /// There are none that could be written.
    Untold,
}

/// What an answer is made of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content {
    Events,
    /// Events in AWS's own framing.
    Binary,
    Document,
    Other,
}

impl Content {
    fn of(content_type: Option<&HeaderValue>, streams: bool) -> Self {
        let text = content_type.and_then(|value| value.to_str().ok()).unwrap_or("");
        let kind = text.split(';').next().unwrap_or("").trim().to_ascii_lowercase();
        match kind.as_str() {
            "text/event-stream" => Self::Events,
            "application/vnd.amazon.eventstream" => Self::Binary,
            "application/json" => Self::Document,
            other if other.ends_with("+json") => Self::Document,
            // Some servers do not say what they send, or say it is plain text.
            "" | "text/plain" if streams => Self::Events,
            "" | "text/plain" => Self::Document,
            _ => Self::Other,
        }
    }
}

/// Whether an answer is a stream of events, by what it says of itself.
pub(crate) fn is_event_stream(content_type: Option<&HeaderValue>, streams: bool) -> bool {
    Content::of(content_type, streams) == Content::Events
}
