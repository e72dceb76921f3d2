//! An answer that is a stream of server-sent events.

use hyper::body::Bytes;

use super::filter::Filter;
use super::passed::Passed;
use super::plan::Plan;
use super::sse::{Ended, Scanner};
use super::verdict::{Outcome, Verdict};

/// Reads a stream as it passes, and takes from it what its client is not to see.
#[derive(Debug)]
pub(super) struct Events {
    scanner: Scanner,
    verdict: Verdict,
    filter: Option<Filter>,
    is_stopped: bool,
}

impl Events {
    pub(super) fn new(plan: Plan) -> Self {
        let filter = plan.drops_usage.then(Filter::default);
        Self { scanner: Scanner::default(), verdict: Verdict::new(plan), filter, is_stopped: false }
    }

    /// Behind the event with which more has come than may, nothing goes on but the end.
    pub(super) fn push(&mut self, chunk: Bytes) -> Passed {
        let (scanner, verdict) = (&mut self.scanner, &mut self.verdict);
        let mut stopped = None;
        let Some(filter) = &mut self.filter else {
            scanner.scan(&chunk, |ended| {
                if stopped.is_none() {
                    verdict.take(ended.event.as_ref());
                    stopped = stop(verdict, &ended);
                }
            });
            let Some((end, last)) = stopped else { return Passed::one(chunk) };
            self.is_stopped = true;
            return Passed::two(chunk.slice(..end), last);
        };
        let mut passage = filter.begin(&chunk, scanner.is_late(&chunk));
        let rest = scanner.scan(&chunk, |ended| {
            if stopped.is_none() {
                let is_usage = verdict.take(ended.event.as_ref());
                passage.ended(ended.start, ended.end, is_usage);
                stopped = stop(verdict, &ended);
            }
        });
        let Some((end, last)) = stopped else { return passage.unfinished(rest) };
        self.is_stopped = true;
        passage.stopped(end, last)
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.is_stopped
    }

    pub(super) fn has_ended(&self) -> bool {
        self.verdict.outcome().has_ended
    }

    pub(super) fn finish(&mut self) -> (Passed, Outcome) {
        let last = self.scanner.unfinished().filter(|_| !self.is_stopped);
        let is_usage = last.is_some_and(|event| self.verdict.take(Some(&event)));
        let passed = self.filter.as_mut().map(|filter| filter.finish(is_usage));
        (passed.unwrap_or_default(), self.verdict.outcome())
    }
}

/// Where a stream stops of which more has come than may, and what stands there.
fn stop(verdict: &Verdict, ended: &Ended<'_>) -> Option<(usize, Bytes)> {
    let last = || ended.event.as_ref().map_or(&b""[..], |event| event.data.as_ref());
    verdict.is_over().then(|| (ended.end, verdict.stopped(last())))
}
