//! An answer that is a stream of server-sent events.

use hyper::body::Bytes;

use super::filter::Filter;
use super::passed::Passed;
use super::sse::Scanner;
use super::verdict::{Outcome, Verdict};

/// Reads a stream as it passes, and takes from it what its client is not to see.
#[derive(Debug)]
pub(super) struct Events {
    scanner: Scanner,
    verdict: Verdict,
    filter: Option<Filter>,
}

impl Events {
    pub(super) fn new(verdict: Verdict, drop_usage_chunk: bool) -> Self {
        let filter = drop_usage_chunk.then(Filter::default);
        Self { scanner: Scanner::default(), verdict, filter }
    }

    pub(super) fn push(&mut self, chunk: Bytes) -> Passed {
        let (scanner, verdict) = (&mut self.scanner, &mut self.verdict);
        let Some(filter) = &mut self.filter else {
            scanner.scan(&chunk, |ended| {
                verdict.take(ended.event.as_ref());
            });
            return Passed::one(chunk);
        };
        let mut passage = filter.begin(&chunk, scanner.is_late(&chunk));
        let rest = scanner.scan(&chunk, |ended| {
            let is_usage = verdict.take(ended.event.as_ref());
            passage.ended(ended.start, ended.end, is_usage);
        });
        passage.unfinished(rest)
    }

    pub(super) fn finish(&mut self) -> (Passed, Outcome) {
        let last = self.scanner.unfinished();
        let is_usage = last.is_some_and(|event| self.verdict.take(Some(&event)));
        let passed = self.filter.as_mut().map(|filter| filter.finish(is_usage));
        (passed.unwrap_or_default(), self.verdict.outcome())
    }
}
