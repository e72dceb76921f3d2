//! Work on large bodies, which would hold up everyone else's requests on the threads that serve them.

use tokio::runtime::{Handle, RuntimeFlavor};
use tokio::sync::Semaphore;

/// Work on so few bytes takes less time than to have it done elsewhere.
const BYTES_MIN: usize = 64 * 1024;

/// How much work on large bodies may be done at the same time.
pub(crate) struct Aside {
    turns: Semaphore,
}

impl Aside {
    /// For half of the processors, so that the other half is there for everyone else.
    pub(crate) fn new() -> Self {
        let half = |processors: std::num::NonZero<usize>| processors.get().div_ceil(2);
        Self { turns: Semaphore::new(std::thread::available_parallelism().map_or(1, half)) }
    }

    /// Does work on so many bytes. If they are many, another thread takes over the other requests
    /// of this one, and only so much of such work is done at the same time.
    pub(crate) async fn run<T>(&self, bytes: usize, work: impl FnOnce() -> T) -> T {
        if bytes < BYTES_MIN {
            return work();
        }
        // It is never closed; an error would only mean that nobody counts.
        let _turn = self.turns.acquire().await;
        match Handle::try_current().map(|handle| handle.runtime_flavor()) {
            Ok(RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
            // With one thread there is nobody to hand the others to.
            _ => work(),
        }
    }
}
