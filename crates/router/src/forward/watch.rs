//! A watch over the silence of a provider.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::{Duration, Instant};

use tokio::time::Sleep;

use crate::manifest::Patience;

/// Rings when a provider was waited for too long. Its timer is not set anew for each piece of an
/// answer: when it rings, it is looked at whether the time is really over.
pub(super) struct Watch {
    timer: Pin<Box<Sleep>>,
    /// Since when there is nothing to pass on. A client that takes its time is not the provider's
    /// fault, so this starts when the provider is waited for.
    waiting: Option<Instant>,
    /// How long it may be silent before its answer begins, and then.
    first_data: Duration,
    idle: Duration,
    has_begun: bool,
    end: Instant,
}

impl Watch {
    pub(super) fn new(patience: &Patience, started: Instant) -> Self {
        let first_data = Duration::from_millis(patience.first_data_ms);
        let end = started + Duration::from_millis(patience.total_ms);
        let first = (Instant::now() + first_data).min(end);
        Self {
            timer: Box::pin(tokio::time::sleep_until(first.into())),
            waiting: None,
            first_data,
            idle: Duration::from_millis(patience.idle_ms),
            has_begun: false,
            end,
        }
    }

    /// The answer has begun: now the silence between two pieces counts.
    pub(super) fn has_begun(&mut self) {
        self.has_begun = true;
        self.waiting = None;
    }

    pub(super) fn saw_data(&mut self) {
        // A first piece that says nothing is no sign of life: some hang after it.
        if self.has_begun {
            self.waiting = None;
        }
    }

    pub(super) fn poll_is_over(&mut self, context: &mut Context<'_>) -> bool {
        let since = *self.waiting.get_or_insert_with(Instant::now);
        let silence = if self.has_begun { self.idle } else { self.first_data };
        let deadline = (since + silence).min(self.end);
        // It may have been set for a longer silence than the one that counts now.
        if self.timer.deadline() > deadline.into() {
            self.timer.as_mut().reset(deadline.into());
        }
        while let Poll::Ready(()) = self.timer.as_mut().poll(context) {
            if Instant::now() >= deadline {
                return true;
            }
            self.timer.as_mut().reset(deadline.into());
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use std::future::poll_fn;

    use super::*;

    async fn rings(watch: &mut Watch) {
        poll_fn(
            |context| {
                if watch.poll_is_over(context) { Poll::Ready(()) } else { Poll::Pending }
            },
        )
        .await;
    }

    fn patience(first_data_ms: u64, idle_ms: u64, total_ms: u64) -> Patience {
        Patience { first_data_ms, idle_ms, total_ms }
    }

    #[tokio::test]
    async fn it_rings_after_the_silence_that_counts() {
        let started = Instant::now();
        let mut watch = Watch::new(&patience(20, 60_000, 60_000), started);
        rings(&mut watch).await;
        assert!(started.elapsed() >= Duration::from_millis(20));

        let mut watch = Watch::new(&patience(60_000, 20, 60_000), Instant::now());
        watch.has_begun();
        // The timer was set for the first data; it has to be heard of the shorter silence.
        rings(&mut watch).await;

        let mut watch = Watch::new(&patience(60_000, 60_000, 20), Instant::now());
        rings(&mut watch).await;
    }
}
