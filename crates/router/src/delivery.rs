//! A connection to a client, as answers are written to it.
//!
//! A client that reads nothing would hold a request open for ever, and with it a slot and the money
//! that was set aside: such a connection fails. And a write costs far more than the few words in a piece
//! of a stream, so what has come of a stream goes out together.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU32, AtomicU64, Ordering};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::Sleep;

/// How long a client may take nothing of an answer of the router's own.
const USUAL: Duration = Duration::from_secs(60);

/// How much of a stream goes out together at most.
const GATHERED_MAX: usize = 16 * 1024;

/// How one answer is sent. It travels in the response's extensions.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Delivery {
    /// How long the client may take nothing of it.
    pub(crate) patience: Duration,
    /// Whether it comes in many small pieces.
    pub(crate) is_stream: bool,
}

/// What counts on a connection, which each answer on it sets anew.
#[derive(Debug, Clone)]
pub(super) struct Terms(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    patience_ms: AtomicU64,
    gathers: AtomicBool,
    /// How many answers there were on the connection, the one under way among them.
    answers: AtomicU32,
}

impl Default for Terms {
    fn default() -> Self {
        let (patience_ms, gathers) = (AtomicU64::new(millis(USUAL)), AtomicBool::new(false));
        Self(Arc::new(Shared { patience_ms, gathers, answers: AtomicU32::new(0) }))
    }
}

impl Terms {
    pub(super) fn set(&self, delivery: Option<&Delivery>) {
        let usual = Delivery { patience: USUAL, is_stream: false };
        let Delivery { patience, is_stream } = *delivery.unwrap_or(&usual);
        self.0.patience_ms.store(millis(patience), Ordering::Relaxed);
        self.0.gathers.store(is_stream, Ordering::Relaxed);
        self.0.answers.fetch_add(1, Ordering::Relaxed);
    }

    fn patience(&self) -> Duration {
        Duration::from_millis(self.0.patience_ms.load(Ordering::Relaxed))
    }

    fn gathers(&self) -> bool {
        self.0.gathers.load(Ordering::Relaxed)
    }

    fn answers(&self) -> u32 {
        self.0.answers.load(Ordering::Relaxed)
    }
}

fn millis(duration: Duration) -> u64 {
    u64::try_from(duration.as_millis()).unwrap_or(u64::MAX)
}

/// A socket that fails when nothing could be written to it for too long.
pub(super) struct Watched<S> {
    socket: S,
    terms: Terms,
    /// Runs while the peer takes nothing.
    timer: Option<Pin<Box<Sleep>>>,
    /// What of a stream goes out with the next write, and how much of it is out already.
    gathered: Vec<u8>,
    sent: usize,
    /// Whether something came to it since it was last asked for.
    has_grown: bool,
    /// How many answers have begun to go out.
    begun: u32,
}

impl<S> Watched<S> {
    pub(super) fn new(socket: S, terms: Terms) -> Self {
        let (gathered, sent, has_grown) = (Vec::new(), 0, false);
        Self { socket, terms, timer: None, gathered, sent, has_grown, begun: 0 }
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
        let patience = self.terms.patience();
        let timer = self.timer.get_or_insert_with(|| Box::pin(tokio::time::sleep(patience)));
        ready!(timer.as_mut().poll(context));
        Poll::Ready(Err(io::ErrorKind::TimedOut.into()))
    }

    /// Whether so many bytes are to wait for those that may follow them at once.
    fn gathers(&self, length: usize) -> bool {
        self.terms.gathers() && self.gathered.len() + length <= GATHERED_MAX
    }

    fn gather(&mut self, bytes: &[u8]) {
        self.gathered.extend_from_slice(bytes);
        self.has_grown = true;
    }
}

impl<S: AsyncWrite + Unpin> Watched<S> {
    /// Writes all that was gathered.
    fn poll_send(&mut self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        while self.sent < self.gathered.len() {
            let left = &self.gathered[self.sent..];
            let attempt = Pin::new(&mut self.socket).poll_write(context, left);
            match ready!(self.watch(context, attempt))? {
                0 => return Poll::Ready(Err(io::ErrorKind::WriteZero.into())),
                written => self.sent += written,
            }
        }
        self.gathered.clear();
        (self.sent, self.has_grown) = (0, false);
        Poll::Ready(Ok(()))
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
        if self.gathers(bytes.len()) {
            self.gather(bytes);
            return Poll::Ready(Ok(bytes.len()));
        }
        ready!(self.poll_send(context))?;
        let attempt = Pin::new(&mut self.socket).poll_write(context, bytes);
        self.watch(context, attempt)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        bytes: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let length = bytes.iter().map(|piece| piece.len()).sum();
        if self.gathers(length) {
            bytes.iter().for_each(|piece| self.gather(piece));
            return Poll::Ready(Ok(length));
        }
        ready!(self.poll_send(context))?;
        let attempt = Pin::new(&mut self.socket).poll_write_vectored(context, bytes);
        self.watch(context, attempt)
    }

    fn is_write_vectored(&self) -> bool {
        self.socket.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        // The next piece may have come with this one, and the task that takes them apart waits for
        // its turn. One turn is given up for that, and no time; and none for the first word.
        let answers = self.terms.answers();
        let is_first = std::mem::replace(&mut self.begun, answers) != answers;
        let has_grown = std::mem::take(&mut self.has_grown);
        if has_grown && !is_first && self.gathered.len() < GATHERED_MAX {
            context.waker().wake_by_ref();
            return Poll::Pending;
        }
        ready!(self.poll_send(context))?;
        Pin::new(&mut self.socket).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        ready!(self.poll_send(context))?;
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
        (Watched::new(here, terms(millis, false)), there)
    }

    fn terms(millis: u64, is_stream: bool) -> Terms {
        let terms = Terms::default();
        terms.set(Some(&Delivery { patience: Duration::from_millis(millis), is_stream }));
        terms
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

    /// Takes everything, and remembers what came together.
    #[derive(Default)]
    struct Recorder(Vec<Vec<u8>>);

    impl AsyncWrite for Recorder {
        fn poll_write(
            mut self: Pin<&mut Self>,
            _: &mut Context<'_>,
            bytes: &[u8],
        ) -> Poll<io::Result<usize>> {
            self.0.push(bytes.to_vec());
            Poll::Ready(Ok(bytes.len()))
        }

        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }

        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    /// Writes pieces that come one in each turn, and flushes after each; then to the end.
    fn written(is_stream: bool, pieces: &[&[u8]]) -> Vec<Vec<u8>> {
        let mut socket = Watched::new(Recorder::default(), terms(60_000, is_stream));
        let mut context = Context::from_waker(std::task::Waker::noop());
        for piece in pieces {
            let taken = Pin::new(&mut socket).poll_write(&mut context, piece);
            assert!(matches!(taken, Poll::Ready(Ok(length)) if length == piece.len()));
            let _ = Pin::new(&mut socket).poll_flush(&mut context);
        }
        assert!(Pin::new(&mut socket).poll_flush(&mut context).is_ready());
        socket.socket.0
    }

    #[test]
    fn what_comes_of_a_stream_in_one_turn_after_another_goes_out_together() {
        let pieces: [&[u8]; 4] = [b"first", b"one ", b"two ", b"three"];
        assert_eq!(written(true, &pieces), [&b"first"[..], b"one two three"]);
        assert_eq!(written(false, &[b"one", b"two"]), [b"one", b"two"]);
    }

    #[test]
    fn nothing_is_gathered_without_end_and_the_order_is_kept() {
        let (small, large) = (vec![b's'; 10_000], vec![b'l'; 20_000]);
        let written = written(true, &[&small, &small, &large, &small]);
        assert!(written.iter().all(|piece| piece.len() <= large.len()));
        assert_eq!(written.concat(), [&small[..], &small, &large, &small].concat());
    }

    #[tokio::test]
    async fn a_stream_is_over_only_when_all_of_it_is_out() {
        let (here, mut there) = tokio::io::duplex(4);
        let mut socket = Watched::new(here, terms(60_000, true));
        let reading = tokio::spawn(async move {
            let mut all = Vec::new();
            there.read_to_end(&mut all).await.map(|_| all)
        });
        socket.write_all(b"more than four").await.unwrap();
        socket.shutdown().await.unwrap();
        assert_eq!(reading.await.unwrap().unwrap(), b"more than four");
    }
}
