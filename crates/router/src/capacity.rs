//! Something of which there is so much for everyone, and less for each.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::refusal::Refusal;
use clawctl_wire::error::code;

/// When a client may try again that met a router which is busy with as much as it may be.
const RETRY_SECONDS: u32 = 1;

/// So much of something, such as requests at the same time or bytes in memory.
pub(crate) struct Capacity {
    all: usize,
    /// The most that one holder has.
    each: usize,
    taken: Mutex<Taken>,
}

#[derive(Default)]
struct Taken {
    all: usize,
    /// Only of those who have some.
    by: HashMap<Arc<str>, usize>,
}

/// Why there is no more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Exhausted {
    /// Everyone together has all of it.
    ForAll,
    /// This holder has its part.
    ForHolder,
}

/// What one holder has, until this is dropped.
pub(crate) struct Share {
    capacity: Arc<Capacity>,
    holder: Arc<str>,
    amount: usize,
}

impl Exhausted {
    pub(crate) fn refusal(self, for_all: &'static str, for_holder: &'static str) -> Refusal {
        let refusal = match self {
            Self::ForAll => Refusal::unavailable(code::ROUTER_BUSY, for_all),
            Self::ForHolder => {
                let status = http::StatusCode::TOO_MANY_REQUESTS;
                Refusal::new(status, code::ROUTER_BUSY, for_holder)
            }
        };
        refusal.retry_after(RETRY_SECONDS)
    }
}

impl Capacity {
    pub(crate) fn new(all: usize, each: usize) -> Arc<Self> {
        Arc::new(Self { all, each: each.min(all), taken: Mutex::default() })
    }

    pub(crate) fn take(self: &Arc<Self>, holder: &str, amount: usize) -> Result<Share, Exhausted> {
        let mut share = self.nothing_yet(holder);
        share.grow(amount)?;
        Ok(share)
    }

    /// For somebody who will take it bit by bit.
    pub(crate) fn nothing_yet(self: &Arc<Self>, holder: &str) -> Share {
        Share { capacity: Arc::clone(self), holder: holder.into(), amount: 0 }
    }
}

impl Share {
    /// Takes more.
    pub(crate) fn grow(&mut self, amount: usize) -> Result<(), Exhausted> {
        let Capacity { all, each, taken } = &*self.capacity;
        let taken = &mut *taken.lock().unwrap_or_else(PoisonError::into_inner);
        if taken.all + amount > *all {
            return Err(Exhausted::ForAll);
        }
        let mine = taken.by.entry(Arc::clone(&self.holder)).or_default();
        if *mine + amount > *each {
            return Err(Exhausted::ForHolder);
        }
        *mine += amount;
        taken.all += amount;
        self.amount += amount;
        Ok(())
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        let mut taken = self.capacity.taken.lock().unwrap_or_else(PoisonError::into_inner);
        taken.all -= self.amount;
        if let Some(mine) = taken.by.get_mut(&self.holder) {
            *mine -= self.amount;
            if *mine == 0 {
                taken.by.remove(&self.holder);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_takes_what_is_for_the_others() {
        let capacity = Capacity::new(10, 4);
        let mut alice = capacity.take("alice", 3).unwrap();
        assert_eq!(capacity.take("alice", 2).err(), Some(Exhausted::ForHolder));
        alice.grow(1).unwrap();
        assert_eq!(alice.grow(1), Err(Exhausted::ForHolder));
        let others = ["bob", "carol"].map(|holder| capacity.take(holder, 3).unwrap());
        assert_eq!(capacity.take("dave", 1).err(), Some(Exhausted::ForAll));
        drop(alice);
        assert!(capacity.take("dave", 4).is_ok());
        drop(others);
        let taken = capacity.taken.lock().unwrap();
        assert_eq!((taken.all, taken.by.len()), (0, 0), "nothing is remembered of who was here");
    }
}
