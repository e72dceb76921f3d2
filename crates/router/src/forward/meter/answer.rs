//! An answer that is one JSON document, or a list of them.

use serde_json::Value;

use super::counted::Counted;
use super::dialect::Dialect;
use super::glance::{is_blank, says_something};
use super::members::Members;
use super::tokens::Counts;
use super::verdict::{Amount, Failure, Outcome};

/// Reads a document as it passes; nothing is kept of it but what is counted.
#[derive(Debug)]
pub(super) struct Answer {
    dialect: Dialect,
    members: Members,
    counts: Counts,
    has_failed: bool,
    /// Whether it was seen that nothing is said in it. Only looked for where that is a failure.
    is_empty: bool,
    /// How much of it has come.
    bytes: u64,
}

const COUNTED: &[&str] = &["usage", "usageMetadata", "meta", "error"];
const COUNTED_AND_SAID: &[&str] = &["usage", "usageMetadata", "meta", "error", "choices"];

impl Answer {
    pub(super) fn new(dialect: Dialect, wants_content: bool) -> Self {
        Self {
            dialect,
            members: Members::new(if wants_content { COUNTED_AND_SAID } else { COUNTED }),
            counts: Counts::default(),
            has_failed: false,
            is_empty: false,
            bytes: 0,
        }
    }

    pub(super) fn push(&mut self, chunk: &[u8]) {
        let Self { dialect, members, counts, has_failed, is_empty, bytes } = self;
        *bytes += chunk.len() as u64;
        members.push(chunk, |name, value| {
            // What is too long to be picked is no count, and no empty answer.
            let Some(json) = value else { return };
            if let "error" | "choices" = name {
                let Ok(value) = serde_json::from_slice::<Value>(json) else { return };
                if name == "error" {
                    *has_failed |= !is_blank(&value) && value != false;
                } else {
                    *is_empty = !says_something(&value);
                }
            } else if let Some(usage) = Counted::read(json) {
                counts.merge(match name {
                    "usageMetadata" => Counts::of_usage_metadata(&usage),
                    _ => Counts::of_usage(&usage, *dialect),
                });
            }
        });
    }

    pub(super) fn finish(&mut self) -> Outcome {
        let failure = if self.has_failed {
            Some(Failure::Reported)
        } else if self.members.is_open() {
            Some(Failure::Truncated)
        } else {
            self.is_empty.then_some(Failure::Empty)
        };
        let tokens = self.counts.tokens();
        let is_open = self.members.is_open();
        let (tokens, partial) = if is_open { (None, tokens) } else { (tokens, None) };
        let has_ended = self.has_ended();
        let amount = Amount::Document(self.bytes);
        Outcome { tokens, partial, failure, has_ended, is_complete: has_ended, amount }
    }

    /// Whether all of it has come.
    pub(super) fn has_ended(&self) -> bool {
        self.members.has_begun() && !self.members.is_open()
    }
}
