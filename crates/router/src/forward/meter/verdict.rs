//! How a stream of events ended, and what it cost, from what its events say.

use hyper::body::Bytes;

use super::dialect::Dialect;
use super::glance::{ANTHROPIC_END, Glance, RESPONSES_ENDS, may_matter};
use super::plan::Plan;
use super::spoken::spoken;
use super::sse::Event;
use super::stopped::stopped;
use super::tokens::Counts;
use crate::decision::Tokens;

/// What is known about an answer when there is no more of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Outcome {
    /// What the answer took, if the provider said it to its end.
    pub(crate) tokens: Option<Tokens>,
    /// What it took at least, if the answer broke off before that was said.
    pub(crate) partial: Option<Tokens>,
    pub(crate) failure: Option<Failure>,
    /// What the protocol ends with has come.
    pub(crate) has_ended: bool,
    /// Nothing is counted any more after the tokens above.
    pub(crate) is_complete: bool,
    pub(crate) amount: Amount,
}

/// How much of an answer has come.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Amount {
    #[default]
    Nothing,
    /// So many bytes of a document, which its provider had written to the end before it sent them.
    Document(u64),
    /// So many bytes of text in the events of a stream.
    Text(u64),
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
    /// It says so itself, and nothing else.
    Refused,
}

/// What a stream has said so far.
#[derive(Debug)]
pub(super) struct Verdict {
    plan: Plan,
    counts: Counts,
    /// The counts are those of the whole answer.
    is_final: bool,
    has_ended: bool,
    has_failed: bool,
    /// An event was too long to be read: it may have said anything.
    has_gap: bool,
    has_content: bool,
    /// An event came that was no failure.
    has_begun: bool,
    /// How many of the texts that the request asks for have come to their end.
    finished: u64,
    /// How many bytes of text have come.
    text: u64,
}

impl Verdict {
    pub(super) fn new(plan: Plan) -> Self {
        Self {
            plan,
            counts: Counts::default(),
            is_final: false,
            has_ended: false,
            has_failed: false,
            has_gap: false,
            has_content: false,
            has_begun: false,
            finished: 0,
            text: 0,
        }
    }

    /// Takes note of an event, and says whether it carries the usage of a chat and nothing else.
    /// One that is not there was too long.
    pub(super) fn take(&mut self, event: Option<&Event<'_>>) -> bool {
        self.has_gap |= event.is_none();
        self.has_begun |= event.is_none();
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

    /// Whether more has come than may, and goes on.
    pub(super) fn is_over(&self) -> bool {
        self.plan.text_max.is_some_and(|max| self.text > max) && !self.has_ended
    }

    /// What its client is told in the place of more, behind an event with this data.
    pub(super) fn stopped(&self, last: &[u8]) -> Bytes {
        stopped(self.plan.dialect, last)
    }

    fn read(&mut self, event: &Event<'_>) -> bool {
        let dialect = self.plan.dialect;
        if *event.data == *b"[DONE]" {
            (self.has_ended, self.has_begun) = (true, true);
            return false;
        }
        self.text += spoken(event, dialect);
        let looks_for_content = self.plan.wants_content && !self.has_content;
        if !looks_for_content && !may_matter(event, dialect) {
            self.has_begun |= !event.is_idle();
            return false;
        }
        let glance = Glance::at(&event.data).unwrap_or_default();
        let kind = glance.kind().or_else(|| std::str::from_utf8(event.name).ok()).unwrap_or("");
        self.has_content |= looks_for_content && glance.has_content();
        let fails = event.name == b"error"
            || glance.is_error()
            || matches!(kind, "error" | "response.failed");
        self.has_failed |= fails;
        self.has_begun |= !fails && !event.is_idle();
        self.finished = self.finished.saturating_add(glance.finished());
        let counts = glance.counts(dialect);
        self.has_ended |= self.is_end(kind);
        if let Some(counts) = counts {
            self.counts.merge(counts);
            self.is_final |= self.has_ended || self.is_last_count(kind, &glance);
        }
        glance.is_only_usage()
    }

    fn is_end(&self, kind: &str) -> bool {
        match self.plan.dialect {
            Dialect::OpenAiResponses => RESPONSES_ENDS.contains(&kind),
            Dialect::Anthropic => kind == ANTHROPIC_END,
            Dialect::Gemini => self.finished > 0,
            // Only `[DONE]` ends a chat, which is no JSON.
            Dialect::OpenAiChat | Dialect::Other => false,
        }
    }

    /// Whether nothing is written any more after these counts.
    fn is_last_count(&self, kind: &str, glance: &Glance<'_>) -> bool {
        match self.plan.dialect {
            Dialect::OpenAiChat => {
                glance.is_only_usage() || glance.finished() > 0 && self.is_finished()
            }
            Dialect::Anthropic => kind == "message_delta",
            Dialect::OpenAiResponses | Dialect::Gemini => false,
            // Nothing says when it is over, so that every count may be the last.
            Dialect::Other => true,
        }
    }

    /// Whether every text that was asked for has come to its end.
    fn is_finished(&self) -> bool {
        self.finished >= self.plan.choices
    }

    pub(super) fn outcome(&self) -> Outcome {
        let dialect = self.plan.dialect;
        // Some servers leave `[DONE]` out. Their last count says as well that all was said.
        let is_whole = self.has_ended || self.is_final && dialect == Dialect::OpenAiChat;
        let failure = if self.has_failed {
            Some(if self.has_begun { Failure::Reported } else { Failure::Refused })
        } else if !is_whole && !self.has_gap && dialect.says_its_end() {
            Some(Failure::Truncated)
        } else if self.plan.wants_content && !self.has_content && !self.has_gap {
            Some(Failure::Empty)
        } else {
            None
        };
        let tokens = self.counts.tokens();
        let (tokens, partial) =
            if self.is_final || is_whole { (tokens, None) } else { (None, tokens) };
        // A stream of Gemini is over for certain when all of its texts are.
        let has_ended = is_whole && (dialect != Dialect::Gemini || self.is_finished());
        let is_complete = has_ended || self.is_final && dialect == Dialect::Anthropic;
        let amount = Amount::Text(self.text);
        Outcome { tokens, partial, failure, has_ended, is_complete, amount }
    }
}
