//! What came in, and what became of it.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use tokio::sync::watch;

use super::inbox::Request;

/// How long a test waits for something that should have happened.
const PATIENCE: Duration = Duration::from_secs(20);

/// How an answer ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ended {
    /// Everything was sent, faults and all.
    Played,
    /// The client went away before that.
    ClientGone,
}

/// A request as it came, secrets and all: nobody but tests reads it.
#[derive(Debug)]
pub(crate) struct Seen {
    /// Counts the connections: the same number, the same connection.
    pub connection: usize,
    pub method: String,
    pub target: String,
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
    events: AtomicUsize,
    end: OnceLock<Ended>,
}

impl Seen {
    /// The value of a header; the names of headers have no case.
    pub(crate) fn header(&self, wanted: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(name, _)| name.eq_ignore_ascii_case(wanted));
        found.map(|(_, value)| value.as_str())
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// How many events of the stream were sent so far.
    pub(crate) fn events(&self) -> usize {
        self.events.load(Ordering::SeqCst)
    }

    pub(crate) fn end(&self) -> Option<Ended> {
        self.end.get().copied()
    }

    fn mentions(&self, mark: &str) -> bool {
        let within = |bytes: &[u8]| bytes.windows(mark.len()).any(|part| part == mark.as_bytes());
        let headers = self.headers.iter().any(|(_, value)| value.contains(mark));
        headers || self.target.contains(mark) || within(&self.body)
    }
}

/// Everything that was seen. Whoever waits for something is woken by each change.
#[derive(Debug, Clone, Default)]
pub(crate) struct Log(watch::Sender<Vec<Arc<Seen>>>);

impl Log {
    pub(crate) fn write(&self, connection: usize, request: &Request<'_>) -> Entry {
        let seen = Arc::new(Seen {
            connection,
            method: request.method.to_owned(),
            target: request.target.to_owned(),
            headers: request.headers().map(|(k, v)| (k.to_owned(), v.to_owned())).collect(),
            body: request.body.to_owned(),
            events: AtomicUsize::new(0),
            end: OnceLock::new(),
        });
        self.0.send_modify(|all| all.push(Arc::clone(&seen)));
        Entry { seen, log: self.clone() }
    }

    pub(crate) fn with(&self, mark: &str) -> Vec<Arc<Seen>> {
        self.0.borrow().iter().filter(|seen| seen.mentions(mark)).cloned().collect()
    }

    pub(crate) async fn first(&self, mark: &str, is: impl Fn(&Seen) -> bool) -> Arc<Seen> {
        let mut changes = self.0.subscribe();
        let find = |all: &Vec<Arc<Seen>>| {
            all.iter().find(|seen| seen.mentions(mark) && is(seen.as_ref())).cloned()
        };
        let found = changes.wait_for(|all| find(all).is_some());
        match tokio::time::timeout(PATIENCE, found).await {
            Ok(Ok(all)) => find(&all).unwrap_or_else(|| unreachable!("it was found just now")),
            _ => panic!("nothing of the kind came with `{mark}`: {:?}", self.with(mark)),
        }
    }
}

/// The present request's place in the log.
pub(crate) struct Entry {
    seen: Arc<Seen>,
    log: Log,
}

impl Entry {
    pub(crate) fn event_sent(&self) {
        self.seen.events.fetch_add(1, Ordering::SeqCst);
        self.log.0.send_modify(|_| {});
    }

    pub(crate) fn ended(&self, end: Ended) {
        // Only the first end counts.
        let _ = self.seen.end.set(end);
        self.log.0.send_modify(|_| {});
    }
}
