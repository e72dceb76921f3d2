//! A connection whose peer takes what is sent to it, or loses it: whoever reads nothing would hold
//! a request open for ever, and with it a slot and the money that was set aside.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// How long a client may take nothing of an answer of the router's own.
const USUAL: Duration = Duration::from_secs(60);

/// How long the client of one answer may take nothing of it. It travels in the response's
/// extensions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ClientPatience(pub(crate) Duration);

/// The limit of a connection, which each answer on it sets anew.
#[derive(Debug, Clone)]
pub(super) struct Limit(Arc<AtomicU64>);

impl Default for Limit {
    fn default() -> Self {
        Self(Arc::new(AtomicU64::new(millis(USUAL))))
    }
}

impl Limit {
    pub(super) fn set(&self, patience: Option<&ClientPatience>) {
        let limit = patience.map_or(USUAL, |patience| patience.0);
        self.0.store(millis(limit), Ordering::Relaxed);
    }

    fn get(&self) -> Duration {
        Duration::from_millis(self.0.load(Ordering::Relaxed))
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// A socket that fails when nothing could be written to it for too long.
pub(super) struct Watched<S> {
    socket: S,
    limit: Limit,
    /// Runs while the peer takes nothing.
    timer: Option<Pin<Box<Sleep>>>,
}

impl<S> Watched<S> {
    pub(super) fn new(socket: S, limit: Limit) -> Self {
        Self { socket, limit, timer: None }
    }

    /// Lets an attempt to write through, as long as attempts succeed often enough.
    fn watch<T>(
        &mut self,
        context: &mut Context<'_>,
        attempt: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if attempt.is_ready() {
            self.timer = None;
            return attempt;
        }
        let limit = self.limit.get();
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(limit)));
        ready!(timer.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Watched<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_read(context, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Watched<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let attempt = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.watch(context, attempt)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let attempt = Pin::new(&mut self.socket).poll_write_vectored(context, bytes);
        self.watch(context, attempt)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.socket).poll_shutdown(context)
    }
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    use super::*;

    fn watched(
        millis: u64,
        room: usize,
    ) -> (Watched<tokio::io::DuplexStream>, tokio::io::DuplexStream) {
        let (here, there) = tokio::io::duplex(room);
        let limit = Limit::default();
        limit.set(Some(&ClientPatience(Duration::from_millis(millis))));
        (Watched::new(here, limit), there)
    }

    #[tokio::test]
    async fn a_peer_that_takes_nothing_is_given_up() {
        let (mut socket, _silent) = watched(20, 4);
        let failed = socket.write_all(b"more than four").await.unwrap_err();
        assert_eq!(failed.kind(), io::ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn a_slow_peer_is_waited_for() {
        let (mut socket, mut slow) = watched(60_000, 4);
        let reading = tokio::spawn(async move {
            let mut all = Vec::new();
            let mut piece = [0; 1];
            while slow.read_exact(&mut piece).await.is_ok() {
                all.push(piece[0]);
            }
            all
        });
        socket.write_all(b"more than four").await.unwrap();
        drop(socket);
        assert_eq!(reading.await.unwrap(), b"more than four");
    }
}
