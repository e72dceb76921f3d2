//! What an event says about its cost and its fate, with the rest of it skipped.

use std::sync::LazyLock;

use memchr::memmem::Finder;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::counted::Counted;
use super::dialect::Dialect;
use super::sse::Event;
use super::tokens::Counts;

/// The event behind which an Anthropic stream says no more.
pub(super) const ANTHROPIC_END: &str = "message_stop";

/// The events that a stream of the responses API ends with.
pub(super) const RESPONSES_ENDS: [&str; 3] =
    ["response.completed", "response.incomplete", "response.failed"];

/// Whether an event has to be read. Few have: a search for a word is much cheaper than reading,
/// and where a text only talks about the word, reading it does no harm.
pub(super) fn may_matter(event: &Event<'_>, dialect: Dialect) -> bool {
    static OTHERS: LazyLock<[Finder<'static>; 1]> =
        LazyLock::new(|| [Finder::new("\"amazon-bedrock-invocationMetrics\"")]);
    static ALWAYS: LazyLock<[Finder<'static>; 1]> = LazyLock::new(|| [Finder::new("\"error\"")]);
    static GEMINI: LazyLock<[Finder<'static>; 2]> =
        LazyLock::new(|| [Finder::new("\"finishReason\""), Finder::new("\"promptFeedback\"")]);
    static NAMELESS_END: LazyLock<[Finder<'static>; 1]> =
        LazyLock::new(|| [Finder::new("\"message_stop\"")]);
    let has = |words: &[Finder<'_>]| words.iter().any(|word| word.find(&event.data).is_some());
    let is_named = |names: &[&str]| names.iter().any(|name| name.as_bytes() == event.name);
    tells_usage(&event.data)
        || has(&*ALWAYS)
        || is_named(&["error"])
        || match dialect {
            Dialect::Gemini => has(&*GEMINI),
            Dialect::Anthropic => {
                is_named(&[ANTHROPIC_END]) || event.name.is_empty() && has(&*NAMELESS_END)
            }
            Dialect::OpenAiResponses => is_named(&RESPONSES_ENDS),
            Dialect::Other => has(&*OTHERS),
            Dialect::OpenAiChat => false,
        }
}

/// Whether anything in an event may be usage. Where it was asked for, every chunk of a chat says
/// that it has none.
fn tells_usage(data: &[u8]) -> bool {
    static USAGE: LazyLock<Finder<'static>> = LazyLock::new(|| Finder::new("\"usage"));
    USAGE.find_iter(data).any(|at| {
        let behind = data[at..].strip_prefix(b"\"usage\"").map(<[u8]>::trim_ascii_start);
        let value = behind.and_then(|rest| rest.strip_prefix(b":")).map(<[u8]>::trim_ascii_start);
        !value.is_some_and(|value| value.starts_with(b"null"))
    })
}

/// The members that matter, as text. They are read one by one, so that a strange one does not
/// hide the others.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Glance<'a> {
    #[serde(borrow, rename = "type")]
    kind: Option<&'a RawValue>,
    #[serde(borrow)]
    error: Option<&'a RawValue>,
    #[serde(borrow)]
    usage: Option<&'a RawValue>,
    #[serde(borrow, rename = "usageMetadata")]
    usage_metadata: Option<&'a RawValue>,
    #[serde(borrow, rename = "amazon-bedrock-invocationMetrics")]
    invocation_metrics: Option<&'a RawValue>,
    #[serde(borrow)]
    meta: Option<&'a RawValue>,
    #[serde(borrow)]
    choices: Option<&'a RawValue>,
    #[serde(borrow)]
    candidates: Option<&'a RawValue>,
    #[serde(borrow, rename = "promptFeedback")]
    prompt_feedback: Option<&'a RawValue>,
    /// Where the responses API, Anthropic, Cohere and Groq keep their usage.
    #[serde(borrow)]
    response: Option<&'a RawValue>,
    #[serde(borrow)]
    message: Option<&'a RawValue>,
    #[serde(borrow)]
    delta: Option<&'a RawValue>,
    #[serde(borrow)]
    x_groq: Option<&'a RawValue>,
}

impl<'a> Glance<'a> {
    pub(super) fn at(data: &'a [u8]) -> Option<Self> {
        serde_json::from_slice(data).ok()
    }

    /// What kind of event it says it is.
    pub(super) fn kind(&self) -> Option<&'a str> {
        self.kind.and_then(|kind| serde_json::from_str(kind.get()).ok())
    }

    pub(super) fn is_error(&self) -> bool {
        self.error.is_some_and(|error| !matches!(error.get(), "false" | "\"\""))
    }

    /// Everything that is counted in it, in whichever place.
    pub(super) fn counts(&self, dialect: Dialect) -> Option<Counts> {
        let nested = [self.response, self.message, self.delta, self.x_groq];
        let nested = nested.into_iter().flatten().filter_map(|inner| {
            serde_json::from_str::<Glance<'_>>(inner.get()).ok()?.own_counts(dialect)
        });
        nested.chain(self.own_counts(dialect)).reduce(|mut all, later| {
            all.merge(later);
            all
        })
    }

    fn own_counts(&self, dialect: Dialect) -> Option<Counts> {
        if let Some(usage) = self.usage_metadata.and_then(object) {
            return Some(Counts::of_usage_metadata(&usage));
        }
        if let Some(metrics) = self.invocation_metrics.and_then(object) {
            return Some(Counts::of_invocation(&metrics));
        }
        let usage = self.usage.or(self.meta).and_then(object)?;
        Some(Counts::of_usage(&usage, dialect))
    }

    /// Whether it is the chunk of a chat that carries its usage and nothing else.
    pub(super) fn is_only_usage(&self) -> bool {
        let is_empty = |list: &RawValue| serde_json::from_str::<[(); 0]>(list.get()).is_ok();
        self.choices.is_some_and(is_empty) && self.usage.and_then(object).is_some()
    }

    /// How many of the texts that the answer offers come to their end in it. One that refuses what
    /// it was asked ends all of them.
    pub(super) fn finished(&self) -> u64 {
        let ends = |choice: &&Choice| {
            choice.finish_reason.is_some() || choice.finish_reason_of_gemini.is_some()
        };
        let ended = |list: &RawValue| choices(list).iter().filter(ends).count() as u64;
        if self.prompt_feedback.is_some() {
            return u64::MAX;
        }
        self.choices.map_or(0, ended) + self.candidates.map_or(0, ended)
    }

    /// Whether a chat says anything in it.
    pub(super) fn has_content(&self) -> bool {
        self.choices.is_some_and(|list| choices(list).iter().any(Choice::says_something))
    }
}

/// One of the texts that an answer offers.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Choice {
    delta: Option<Value>,
    message: Option<Value>,
    finish_reason: Option<Value>,
    #[serde(rename = "finishReason")]
    finish_reason_of_gemini: Option<Value>,
}

impl Choice {
    fn says_something(&self) -> bool {
        let says = |(name, value): (&String, &Value)| name != "role" && !is_blank(value);
        let spoken = |part: &Option<Value>| {
            part.as_ref().and_then(Value::as_object).is_some_and(|part| part.iter().any(says))
        };
        spoken(&self.delta) || spoken(&self.message)
    }
}

/// Whether the choices of a chat's answer say anything. One that was cut off or refused has a
/// reason to say nothing, which is not `stop`.
pub(super) fn says_something(choices: &Value) -> bool {
    let Ok(choices) = Vec::<Choice>::deserialize(choices) else { return true };
    let has_reason = |choice: &Choice| {
        choice.finish_reason.as_ref().is_some_and(|reason| reason.as_str() != Some("stop"))
    };
    choices.iter().any(|choice| choice.says_something() || has_reason(choice))
}

/// Whether there is nothing in a value.
pub(super) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(list) => list.is_empty(),
        Value::Object(members) => members.is_empty(),
        Value::Bool(_) | Value::Number(_) => false,
    }
}

fn choices(list: &RawValue) -> Vec<Choice> {
    serde_json::from_str(list.get()).unwrap_or_default()
}

fn object(raw: &RawValue) -> Option<Counted<'_>> {
    Counted::read(raw.get().as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_event_without_usage_is_not_taken_for_one_with_it() {
        let check = |data: &str, expected| {
            assert_eq!(tells_usage(data.as_bytes()), expected, "{data}");
        };
        check(r#"{"choices":[{}],"usage":null}"#, false);
        check(r#"{"usage" : null,"choices":[]}"#, false);
        check(r#"{"choices":[]}"#, false);
        check(r#"{"choices":[],"usage":{"prompt_tokens":1}}"#, true);
        check(r#"{"usage":null,"x_groq":{"usage":{"prompt_tokens":1}}}"#, true);
        check(r#"{"usageMetadata":{"promptTokenCount":1}}"#, true);
        // A text that talks about it is read for nothing, which does no harm.
        check(r#"{"choices":[{"delta":{"content":"\"usage\""}}]}"#, true);
        check(r#"{"name":"usage"}"#, true);
    }
}
