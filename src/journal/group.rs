//! Lines that many tasks add to one file, and one sync for all that wait at the same time.

use std::fs::File;
use std::io::{self, Write};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::Notify;

/// A file to which lines are added. The task that adds a line waits until it is on the disk.
#[derive(Debug)]
pub(super) struct Group {
    file: Arc<File>,
    state: Mutex<State>,
    /// Told after every sync.
    synced: Notify,
}

#[derive(Debug, Default)]
struct State {
    waiting: Vec<u8>,
    /// The number of the sync that the waiting lines will be part of.
    next: u64,
    /// How many syncs are over.
    done: u64,
    syncing: bool,
    failed: Option<io::ErrorKind>,
}

impl Group {
    pub(super) fn new(file: File) -> Self {
        Self { file: Arc::new(file), state: Mutex::default(), synced: Notify::new() }
    }

    /// Adds a line without waiting for it. It gets to the disk with the next one that is waited for.
    pub(super) fn push(&self, line: &[u8]) {
        self.state().waiting.extend_from_slice(line);
    }

    /// Adds a line, and waits until it and all before it are on the disk.
    pub(super) async fn add(&self, line: &[u8]) -> io::Result<()> {
        let number = {
            let mut state = self.state();
            state.waiting.extend_from_slice(line);
            state.next
        };
        // Others that are ready as well add theirs first.
        tokio::task::yield_now().await;
        loop {
            // Made before the state is looked at, so that no news gets lost in between.
            let news = self.synced.notified();
            let bytes = {
                let mut state = self.state();
                if let Some(kind) = state.failed {
                    return Err(kind.into());
                }
                if state.done > number {
                    return Ok(());
                }
                if state.syncing {
                    None
                } else {
                    state.syncing = true;
                    state.next += 1;
                    Some(std::mem::take(&mut state.waiting))
                }
            };
            match bytes {
                Some(bytes) => self.write(bytes).await,
                None => news.await,
            }
        }
    }

    /// Writes what waits, if anything does, and syncs.
    pub(super) async fn flush(&self) -> io::Result<()> {
        self.add(b"").await
    }

    async fn write(&self, bytes: Vec<u8>) {
        let file = Arc::clone(&self.file);
        let written = tokio::task::spawn_blocking(move || {
            (&*file).write_all(&bytes)?;
            file.sync_data()
        });
        let outcome = written.await.unwrap_or_else(|e| Err(io::Error::other(e)));
        {
            let mut state = self.state();
            state.syncing = false;
            state.done = state.next;
            if let Err(error) = outcome {
                state.failed = Some(error.kind());
            }
        }
        self.synced.notify_waiters();
    }

    fn state(&self) -> std::sync::MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
