//! The connections of clients. When there are as many as there may be, the one that has waited for
//! its client the longest makes room: nobody keeps others out by doing nothing.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use tokio::sync::Notify;

/// A connection that works for its client is not closed for another.
const WORKS: u64 = 0;
/// It was told to close.
const CLOSED: u64 = u64::MAX;

/// All connections of a router.
pub(super) struct Connections {
    most: usize,
    begun: Instant,
    open: Mutex<Open>,
    /// Somebody waits for room, and for this to ring.
    is_wanted: AtomicBool,
    changed: Notify,
}

#[derive(Default)]
struct Open {
    next: u64,
    connections: HashMap<u64, Arc<Connection>>,
}

struct Connection {
    /// Since when it waits for its client, or [`WORKS`] or [`CLOSED`].
    state: AtomicU64,
    closing: Notify,
}

/// One connection, as long as it is open.
pub(super) struct Opened {
    all: Arc<Connections>,
    id: u64,
    connection: Arc<Connection>,
}

/// While it is there, the connection works for its client.
pub(super) struct Working {
    all: Arc<Connections>,
    connection: Arc<Connection>,
}

impl Connections {
    pub(super) fn new(most: usize) -> Arc<Self> {
        let (open, is_wanted) = (Mutex::default(), AtomicBool::new(false));
        let (begun, changed) = (Instant::now(), Notify::new());
        Arc::new(Self { most: most.max(1), begun, open, is_wanted, changed })
    }

    /// Waits until there is room for one more. It makes room if any connection can be spared.
    pub(super) async fn room(&self) {
        loop {
            let changed = self.changed.notified();
            // What changes from here on rings.
            self.is_wanted.store(true, Ordering::SeqCst);
            if self.make_room() {
                self.is_wanted.store(false, Ordering::SeqCst);
                return;
            }
            changed.await;
        }
    }

    pub(super) fn open(self: &Arc<Self>) -> Opened {
        let state = AtomicU64::new(self.now());
        let connection = Arc::new(Connection { state, closing: Notify::new() });
        let mut open = self.lock();
        let id = open.next;
        open.next += 1;
        open.connections.insert(id, Arc::clone(&connection));
        drop(open);
        Opened { all: Arc::clone(self), id, connection }
    }

    fn make_room(&self) -> bool {
        let mut open = self.lock();
        while open.connections.len() >= self.most {
            let waiting = open.connections.iter().filter_map(|(id, connection)| {
                let since = connection.state.load(Ordering::SeqCst);
                (since != WORKS).then_some((since, *id))
            });
            let Some((since, id)) = waiting.min() else { return false };
            let Some(longest) = open.connections.get(&id) else { return false };
            let state = &longest.state;
            if state.compare_exchange(since, CLOSED, Ordering::SeqCst, Ordering::SeqCst).is_ok() {
                longest.closing.notify_one();
                open.connections.remove(&id);
            }
        }
        true
    }

    /// In milliseconds; never [`WORKS`].
    fn now(&self) -> u64 {
        u64::try_from(self.begun.elapsed().as_millis()).unwrap_or(CLOSED - 2) + 1
    }

    fn has_changed(&self) {
        if self.is_wanted.load(Ordering::SeqCst) {
            self.changed.notify_one();
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Opened {
    /// Waits until it has to make room for another.
    pub(super) async fn closing(&self) {
        self.connection.closing.notified().await;
    }

    /// It works for its client from here on; nothing if it was told to close just before.
    pub(super) fn works(&self) -> Option<Working> {
        let begin = |state| (state != CLOSED).then_some(WORKS);
        let state = &self.connection.state;
        state.fetch_update(Ordering::SeqCst, Ordering::SeqCst, begin).ok()?;
        Some(Working { all: Arc::clone(&self.all), connection: Arc::clone(&self.connection) })
    }
}

impl Drop for Opened {
    fn drop(&mut self) {
        self.all.lock().connections.remove(&self.id);
        self.all.has_changed();
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        self.connection.state.store(self.all.now(), Ordering::SeqCst);
        self.all.has_changed();
    }
}

#[cfg(test)]
mod tests {
    use std::pin::pin;
    use std::task::{Context, Waker};

    use super::*;

    /// Whether it was told to close.
    fn is_closing(opened: &Opened) -> bool {
        pin!(opened.closing()).poll(&mut Context::from_waker(Waker::noop())).is_ready()
    }

    #[tokio::test]
    async fn the_one_that_waited_the_longest_makes_room() {
        let all = Connections::new(3);
        let [first, second, third] = std::array::from_fn(|_| all.open());
        for (connection, since) in [(&first, 30), (&second, 10), (&third, 20)] {
            connection.connection.state.store(since, Ordering::SeqCst);
        }
        all.room().await;
        assert!(is_closing(&second) && !is_closing(&first) && !is_closing(&third));
        assert!(second.works().is_none());
        let fourth = all.open();
        fourth.connection.state.store(40, Ordering::SeqCst);
        let works = third.works().unwrap();
        all.room().await;
        assert!(is_closing(&first), "the one that works is spared");
        drop((first, second, works));
        all.room().await;
        assert!(!is_closing(&third) && !is_closing(&fourth), "there was room");
    }

    #[tokio::test]
    async fn where_all_work_a_newcomer_waits() {
        let all = Connections::new(2);
        let [first, second] = std::array::from_fn(|_| all.open());
        let (one, two) = (first.works().unwrap(), second.works().unwrap());
        let mut room = pin!(all.room());
        let mut look = Context::from_waker(Waker::noop());
        assert!(room.as_mut().poll(&mut look).is_pending());
        drop(two);
        assert!(room.as_mut().poll(&mut look).is_ready());
        assert!(is_closing(&second));
        drop(one);
    }
}
