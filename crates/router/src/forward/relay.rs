//! An answer on its way from a provider to a client: passed on piece by piece as the client takes
//! it, and read on the way.

use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::task::{Context, Poll};

use hyper::body::Bytes;

use super::flow::Flow;
use super::meter::Stop;
use super::source::{Piece, Source};
use super::tab::Ending;
use crate::capacity::Share;

/// How many pieces are read ahead of the client: enough to see the end of an answer together with
/// its last piece, and not so many that a slow client is no brake on its provider.
const PIECES_MAX: usize = 4;

/// An answer that is being passed on.
pub struct Relay {
    /// What is still to come, until the provider's part is over.
    flow: Option<Flow>,
    /// What was read and not yet passed on.
    ready: VecDeque<Bytes>,
    /// Why nothing follows behind that, where it is no good end.
    broken: Option<ErrorKind>,
    _in_flight: Share,
}

impl Relay {
    pub(super) fn new(flow: Flow, in_flight: Share) -> Self {
        Self { flow: Some(flow), ready: VecDeque::new(), broken: None, _in_flight: in_flight }
    }

    /// Where the answer comes from, to look at how it begins.
    pub(super) fn source(&mut self) -> Option<&mut Source> {
        self.flow.as_mut().map(|flow| &mut flow.source)
    }

    /// It begins well, so it is passed on from its beginning.
    pub(super) fn begin(&mut self) {
        let Some(flow) = &mut self.flow else { return };
        flow.begin(|passed| self.ready.extend(passed));
        self.finish_if_over();
    }

    /// Nothing of it is passed on.
    pub(super) fn close(mut self, ending: Ending) {
        if let Some(flow) = self.flow.take() {
            flow.close(ending);
        }
    }

    /// As [`Self::close`], for an answer with nothing in it.
    pub(super) fn close_silent(mut self) {
        if let Some(flow) = self.flow.take() {
            flow.close_silent();
        }
    }

    /// The next piece for the client.
    pub(crate) fn poll_next(
        &mut self,
        context: &mut Context<'_>,
    ) -> Poll<Option<io::Result<Bytes>>> {
        // What is there already is read before anything is handed over: where that is the end, the
        // request is accounted for before its client can know that it is over.
        while self.ready.len() < PIECES_MAX
            && let Some(flow) = &mut self.flow
        {
            match flow.source.poll_next(context) {
                Poll::Ready(Piece::Data(piece)) => {
                    self.ready.extend(flow.push(piece));
                    self.finish_if_over();
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

    fn finish_if_over(&mut self) {
        let Some(flow) = &self.flow else { return };
        if let Some(stop) = flow.is_stopped() {
            // The connection to the provider is dropped with this, which ends its work, too.
            self.flow.take().into_iter().for_each(Flow::stop);
            self.broken = (stop == Stop::Untold).then_some(ErrorKind::QuotaExceeded);
        } else if flow.is_whole() {
            self.finish(None);
        }
    }

    fn finish(&mut self, broken: Option<ErrorKind>) {
        let Some(flow) = self.flow.take() else { return };
        self.ready.extend(flow.finish(broken));
        self.broken = broken;
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        if let Some(flow) = self.flow.take() {
            flow.leave();
        }
    }
}
