//! How a stream of events ended, and what it cost, from what its events say.

use super::dialect::Dialect;
use super::glance::{ANTHROPIC_END, Glance, RESPONSES_ENDS, may_matter};
use super::sse::Event;
use super::tokens::Counts;
use crate::router::decision::Tokens;

/// What is known about an answer when there is no more of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// What the answer took, if the provider said it to its end.
    pub(crate) tokens: Option<Tokens>,
    /// What it took at least, if the answer broke off before that was said.
    pub(crate) partial: Option<Tokens>,
    pub(crate) failure: Option<Failure>,
}

/// Why an answer is a failure, although its status was one of success.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It says so itself.
    Reported,
    /// It has no text, from a provider that answers so when it cannot.
    Empty,
    /// It stopped before its end.
    Truncated,
}

/// What a stream has said so far.
#[derive(Debug)]
pub(super) struct Verdict {
    dialect: Dialect,
    counts: Counts,
    /// The counts are those of the whole answer.
    is_final: bool,
    has_ended: bool,
    has_failed: bool,
    /// An event was too long to be read: it may have said anything.
    has_gap: bool,
    wants_content: bool,
    has_content: bool,
}

impl Verdict {
    pub(super) fn new(dialect: Dialect, wants_content: bool) -> Self {
        Self {
            dialect,
            counts: Counts::default(),
            is_final: false,
            has_ended: false,
            has_failed: false,
            has_gap: false,
            wants_content,
            has_content: false,
        }
    }

    /// Takes note of an event, and says whether it carries the usage of a chat and nothing else.
    /// One that is not there was too long.
    pub(super) fn take(&mut self, event: Option<&Event<'_>>) -> bool {
        self.has_gap |= event.is_none();
        event.is_some_and(|event| self.read(event))
    }

    /// The answer said in another way that it failed.
    pub(super) fn fail(&mut self) {
        self.has_failed = true;
    }

    pub(super) fn has_content(&self) -> bool {
        self.has_content
    }

    pub(super) fn has_ended(&self) -> bool {
        self.has_ended
    }

    fn read(&mut self, event: &Event<'_>) -> bool {
        if *event.data == *b"[DONE]" {
            self.has_ended = true;
            return false;
        }
        let looks_for_content = self.wants_content && !self.has_content;
        if !looks_for_content && !may_matter(event, self.dialect) {
            return false;
        }
        let glance = Glance::at(&event.data).unwrap_or_default();
        let kind = glance.kind().or_else(|| std::str::from_utf8(event.name).ok()).unwrap_or("");
        self.has_content |= looks_for_content && glance.has_content();
        self.has_failed |= event.name == b"error"
            || glance.is_error()
            || matches!(kind, "error" | "response.failed");
        let counts = glance.counts(self.dialect);
        self.has_ended |= self.is_end(kind, &glance);
        if let Some(counts) = counts {
            self.counts.merge(counts);
            self.is_final |= self.has_ended || self.is_last_count(kind, &glance);
        }
        glance.is_only_usage()
    }

    fn is_end(&self, kind: &str, glance: &Glance<'_>) -> bool {
        match self.dialect {
            Dialect::OpenAiResponses => RESPONSES_ENDS.contains(&kind),
            Dialect::Anthropic => kind == ANTHROPIC_END,
            Dialect::Gemini => glance.finishes(),
            // Only `[DONE]` ends a chat, which is no JSON.
            Dialect::OpenAiChat | Dialect::Other => false,
        }
    }

    /// Whether nothing is written any more after these counts.
    fn is_last_count(&self, kind: &str, glance: &Glance<'_>) -> bool {
        match self.dialect {
            Dialect::OpenAiChat => glance.is_only_usage() || glance.finishes(),
            Dialect::Anthropic => kind == "message_delta",
            Dialect::OpenAiResponses | Dialect::Gemini => false,
            // Nothing says when it is over, so that every count may be the last.
            Dialect::Other => true,
        }
    }

    pub(super) fn outcome(&self) -> Outcome {
        // Some servers leave `[DONE]` out. Their last count says as well that all was said.
        let is_whole = self.has_ended || self.is_final && self.dialect == Dialect::OpenAiChat;
        let failure = if self.has_failed {
            Some(Failure::Reported)
        } else if !is_whole && !self.has_gap && self.dialect.says_its_end() {
            Some(Failure::Truncated)
        } else if self.wants_content && !self.has_content && !self.has_gap {
            Some(Failure::Empty)
        } else {
            None
        };
        let tokens = self.counts.tokens();
        let (tokens, partial) =
            if self.is_final || is_whole { (tokens, None) } else { (None, tokens) };
        Outcome { tokens, partial, failure }
    }
}
