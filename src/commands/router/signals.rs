//! When to stop: SIGTERM or SIGINT, once to finish, twice to end.

use std::io;

use tokio::signal::unix::{Signal, SignalKind, signal};

pub(in crate::commands) struct Signals {
    interrupt: Signal,
    terminate: Signal,
}

impl Signals {
    /// From here on these signals no longer end the process by themselves.
    pub(in crate::commands) fn listen() -> io::Result<Self> {
        let interrupt = signal(SignalKind::interrupt())?;
        Ok(Self { interrupt, terminate: signal(SignalKind::terminate())? })
    }

    /// Waits for the next one.
    pub(in crate::commands) async fn next(&mut self) {
        tokio::select! {
            _ = self.interrupt.recv() => {}
            _ = self.terminate.recv() => {}
        }
    }
}
