//! Where an answer comes from: the provider's body, under a watch, and without the secret that the
//! provider was sent.

use std::future::poll_fn;
use std::io::ErrorKind;
use std::pin::Pin;
use std::task::{Context, Poll};

use hyper::body::{Body as _, Bytes};

use super::watch::Watch;
use crate::outbound::Mask;

/// A provider's body.
pub(super) struct Source {
    body: reqwest::Body,
    watch: Watch,
    mask: Mask,
    is_over: bool,
    /// How it broke off, until that was said.
    broken: Option<ErrorKind>,
    /// What was read before it was known how the answer begins; nothing is kept after that.
    begun: Option<Vec<Bytes>>,
}

/// What came of it.
#[derive(Debug)]
pub(super) enum Piece {
    Data(Bytes),
    End,
    /// It broke off, or it was silent for too long.
    Broken(ErrorKind),
}

impl Source {
    pub(super) fn new(body: reqwest::Body, watch: Watch, mask: Mask) -> Self {
        Self { body, watch, mask, is_over: false, broken: None, begun: Some(Vec::new()) }
    }

    /// Gives what was read so far. The silence between two pieces is what counts from here on.
    pub(super) fn has_begun(&mut self) -> Vec<Bytes> {
        self.watch.has_begun();
        self.begun.take().unwrap_or_default()
    }

    pub(super) async fn next(&mut self) -> Piece {
        poll_fn(|context| self.poll_next(context)).await
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Piece> {
        loop {
            if self.is_over || self.body.is_end_stream() {
                self.is_over = true;
                if let Some(rest) = self.mask.rest() {
                    return Poll::Ready(self.came(rest));
                }
                return Poll::Ready(self.broken.take().map_or(Piece::End, Piece::Broken));
            }
            match Pin::new(&mut self.body).poll_frame(context) {
                Poll::Ready(Some(Ok(frame))) => {
                    self.watch.saw_data();
                    if let Ok(data) = frame.into_data()
                        && let Some(masked) = self.mask.pass(data)
                    {
                        return Poll::Ready(self.came(masked));
                    }
                }
                Poll::Ready(None) => self.is_over = true,
                Poll::Ready(Some(Err(_))) => self.break_off(ErrorKind::ConnectionReset),
                Poll::Pending if self.watch.poll_is_over(context) => {
                    self.break_off(ErrorKind::TimedOut);
                }
                Poll::Pending => return Poll::Pending,
            }
        }
    }

    fn came(&mut self, piece: Bytes) -> Piece {
        if let Some(begun) = &mut self.begun {
            begun.push(piece.clone());
        }
        Piece::Data(piece)
    }

    fn break_off(&mut self, how: ErrorKind) {
        self.is_over = true;
        self.broken = Some(how);
    }
}
