//! An answer on its way from a provider to a client: passed on piece by piece as the client takes
//! it, and read on the way.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::task::{Context, Poll};

use hyper::body::Bytes;

use super::meter::Meter;
use super::source::{Piece, Source};
use super::tab::{Ending, Tab};
use crate::router::capacity::Share;

/// How many pieces are read ahead of the client: enough to see the end of an answer together with
/// its last piece, and not so many that a slow client is no brake on its provider.
const PIECES_MAX: usize = 4;

/// An answer that is being passed on.
pub struct Relay {
    source: Source,
    status: u16,
    /// How long the provider says that its answer is, and how much of that has come.
    announced: Option<u64>,
    received: u64,
    /// Reads what passes, until the provider's part is over.
    meter: Option<Meter>,
    /// What was read and not yet passed on.
    ready: VecDeque<Bytes>,
    /// Why nothing follows behind that, where it is no good end.
    broken: Option<ErrorKind>,
    tab: Tab,
    _in_flight: Share,
}

impl Relay {
    /// `begun` was read of the source before.
    pub(super) fn new(
        mut source: Source,
        begun: Vec<Bytes>,
        (status, announced): (u16, Option<u64>),
        mut meter: Meter,
        mut tab: Tab,
        in_flight: Share,
    ) -> Self {
        source.has_begun();
        let received = begun.iter().map(Bytes::len).sum();
        tab.passed(received);
        let ready = begun.into_iter().flat_map(|piece| meter.push(piece)).collect();
        let (meter, broken) = (Some(meter), None);
        let received = received as u64;
        let mut relay = Self {
            source,
            status,
            announced,
            received,
            meter,
            ready,
            broken,
            tab,
            _in_flight: in_flight,
        };
        relay.finish_if_whole();
        relay
    }

    /// The next piece for the client.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        // What is there already is read before anything is handed over: where that is the end, the
        // request is accounted for before its client can know that it is over.
        while self.ready.len() < PIECES_MAX
            && let Some(meter) = &mut self.meter
        {
            match self.source.poll_next(context) {
                Poll::Ready(Piece::Data(piece)) => {
                    self.tab.passed(piece.len());
                    self.received += piece.len() as u64;
                    self.ready.extend(meter.push(piece));
                    self.finish_if_whole();
                }
                Poll::Ready(Piece::End) => self.finish(None),
                Poll::Ready(Piece::Broken(kind)) => self.finish(Some(kind)),
                Poll::Pending if self.ready.is_empty() => return Poll::Pending,
                Poll::Pending => break,
            }
        }
        if let Some(piece) = self.ready.pop_front() {
            return Poll::Ready(Some(Ok(piece)));
        }
        Poll::Ready(self.broken.take().map(|kind| Err(kind.into())))
    }

    /// Whoever knows the length of an answer does not ask for what comes after it.
    fn finish_if_whole(&mut self) {
        if self.announced == Some(self.received) {
            self.finish(None);
        }
    }

    fn finish(&mut self, broken: Option<ErrorKind>) {
        let Some(mut meter) = self.meter.take() else { return };
        let (rest, outcome) = meter.finish();
        self.ready.extend(rest);
        self.broken = broken;
        self.tab.close(match broken {
            None => Ending::Answered { status: self.status, outcome },
            Some(kind) => Ending::Broken { outcome, timed_out: kind == ErrorKind::TimedOut },
        });
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        // The connection to the provider is dropped with this, which ends its work, too.
        if let Some(mut meter) = self.meter.take() {
            let (_, outcome) = meter.finish();
            self.tab.close(Ending::Left { status: Some(self.status), outcome });
        }
    }
}
