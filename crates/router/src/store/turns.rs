//! Who writes next: the one that asked first. A plain lock goes to a thread that is awake just then,
//! and a writer under load always is.

use std::sync::{Condvar, Mutex, PoisonError};

use super::locked;

#[derive(Default)]
pub(super) struct Turns {
    state: Mutex<State>,
    moved: Condvar,
}

#[derive(Default)]
struct State {
    /// The number that the next comer draws.
    next: u64,
    /// The number whose turn it is.
    now: u64,
}

/// A turn; the next one comes when it is dropped.
pub(super) struct Turn<'a> {
    turns: &'a Turns,
}

impl Turns {
    /// Waits until everyone who came before is done.
    pub(super) fn take(&self) -> Turn<'_> {
        let mut state = locked(&self.state);
        let mine = state.next;
        state.next += 1;
        while state.now != mine {
            state = self.moved.wait(state).unwrap_or_else(PoisonError::into_inner);
        }
        Turn { turns: self }
    }
}

impl Drop for Turn<'_> {
    fn drop(&mut self) {
        locked(&self.turns.state).now += 1;
        self.turns.moved.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::thread;

    use super::*;

    #[test]
    fn one_that_comes_back_at_once_stands_behind_those_who_wait() {
        let (turns, passed) = (Turns::default(), Mutex::new(Vec::new()));
        let pass = |name| {
            let _turn = turns.take();
            locked(&passed).push(name);
        };
        let drawn = |count| {
            while locked(&turns.state).next < count {
                thread::yield_now();
            }
        };
        thread::scope(|scope| {
            let first = turns.take();
            scope.spawn(|| {
                pass("second");
                pass("second again");
            });
            drawn(2);
            scope.spawn(|| pass("third"));
            drawn(3);
            scope.spawn(|| pass("fourth"));
            drawn(4);
            drop(first);
        });
        assert_eq!(*locked(&passed), ["second", "third", "fourth", "second again"]);
    }

    #[test]
    fn one_at_a_time() {
        let (turns, inside) = (Turns::default(), AtomicU32::new(0));
        thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| {
                    for _ in 0..200 {
                        let _turn = turns.take();
                        assert_eq!(inside.fetch_add(1, Ordering::SeqCst), 0);
                        inside.fetch_sub(1, Ordering::SeqCst);
                    }
                });
            }
        });
    }
}
