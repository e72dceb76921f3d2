//! What is still to come of an answer: where it comes from, what reads it, and who pays for it.

use std::io::ErrorKind;

use hyper::body::Bytes;

use super::drain::{self, Rest};
use super::meter::{Meter, Passed, Stop};
use super::source::Source;
use super::tab::{Ending, Tab};

/// An answer with its head read.
pub(crate) struct Flow {
    pub(super) source: Source,
    status: u16,
    /// How long the provider says that its answer is, and how much of that has come.
    announced: Option<u64>,
    received: u64,
    meter: Meter,
    tab: Tab,
}

impl Flow {
    pub(super) fn new(
        source: Source,
        (status, announced): (u16, Option<u64>),
        meter: Meter,
        tab: Tab,
    ) -> Self {
        Self { source, status, announced, received: 0, meter, tab }
    }

    /// Takes what was read while it was looked at how the answer begins. From here on the silence
    /// between two pieces is what counts.
    pub(super) fn begin(&mut self, mut pass: impl FnMut(Passed)) {
        for piece in self.source.has_begun() {
            pass(self.push(piece));
        }
    }

    /// Takes a piece, and gives what goes on to the client.
    pub(super) fn push(&mut self, piece: Bytes) -> Passed {
        self.received += piece.len() as u64;
        self.meter.push(piece)
    }

    /// A reader that knows the length of an answer does not ask for what comes after it.
    pub(super) fn is_whole(&self) -> bool {
        self.announced == Some(self.received)
    }

    pub(super) fn is_stopped(&self) -> Option<Stop> {
        self.meter.is_stopped()
    }

    /// Whether there is more of it than an answer can have.
    pub(super) fn is_too_long(&self) -> bool {
        self.received > self.tab.answer_bytes_max()
    }

    pub(super) fn tab(&self) -> &Tab {
        &self.tab
    }

    /// Closes the account of an answer that the client is not told in this form.
    pub(super) fn close(mut self, ending: Ending) {
        self.tab.close(ending);
    }

    /// The answer is over, and there was nothing in it that a client could use.
    pub(super) fn close_silent(mut self) {
        self.begin(drop);
        let (_, outcome) = self.meter.finish();
        self.tab.close(Ending::Silent { outcome });
    }

    /// There is no more of it. Gives what was held back.
    pub(super) fn finish(mut self, broken: Option<ErrorKind>) -> Passed {
        let (rest, outcome) = self.meter.finish();
        self.tab.close(match broken {
            None => Ending::Answered { status: self.status, outcome },
            Some(kind) => Ending::Broken { outcome, timed_out: kind == ErrorKind::TimedOut },
        });
        rest
    }

    /// The router ends it here.
    pub(super) fn stop(mut self) {
        let (_, outcome) = self.meter.finish();
        self.tab.close(Ending::Stopped { outcome });
    }

    /// There is nobody any more to pass it on to.
    pub(super) fn leave(mut self) {
        let is_success = (200..300).contains(&self.status);
        if is_success && !self.meter.has_ended() && self.tab.owing().is_some() {
            return drain::read(Rest::Body(self));
        }
        let status = self.status;
        let (_, outcome) = self.meter.finish();
        self.tab.close(if is_success && outcome.has_ended {
            Ending::Answered { status, outcome }
        } else {
            Ending::Left { status: Some(status), outcome, is_over: false }
        });
    }

    /// It was read on without its client, perhaps to its end.
    pub(super) fn close_left(mut self, is_over: bool) {
        let (_, outcome) = self.meter.finish();
        self.tab.close(Ending::Left { status: Some(self.status), outcome, is_over });
    }
}
