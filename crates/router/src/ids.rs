//! Numbers that nothing else has, for the names of requests and of what is kept of them.

use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

/// How many random numbers are asked for at once: a call of the system for each costs more than all
/// else about an id.
const AHEAD: usize = 128;

/// Random numbers that nobody has used yet.
static UNUSED: Mutex<Vec<u128>> = Mutex::new(Vec::new());

/// One that nobody can guess.
pub(crate) fn fresh() -> u128 {
    let mut unused = UNUSED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(number) = unused.pop() {
        return number;
    }
    let mut bytes = [0; 16 * AHEAD];
    if getrandom::fill(&mut bytes).is_err() {
        drop(unused);
        return without_random();
    }
    let (numbers, _) = bytes.as_chunks::<16>();
    unused.extend(numbers.iter().map(|bytes| u128::from_ne_bytes(*bytes)));
    unused.pop().unwrap_or_else(without_random)
}

/// As [`fresh`], and in the order of time: rows with such names stand beside each other in an
/// index, where random ones would touch a page of it each.
pub(crate) fn fresh_at(now: Timestamp) -> u128 {
    const RANDOM_BITS: u32 = 80;
    let ms = u128::from(now.as_millisecond().max(0).unsigned_abs());
    ms << RANDOM_BITS | fresh() & ((1 << RANDOM_BITS) - 1)
}

/// Names have only to differ from others, so they do without good random bytes if they must.
fn without_random() -> u128 {
    use std::sync::atomic::{AtomicU64, Ordering};
    static COUNT: AtomicU64 = AtomicU64::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    u128::from(std::process::id()) << 64 | u128::from(count)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn none_is_given_twice() {
        let give = || std::thread::spawn(|| (0..10_000).map(|_| fresh()).collect());
        let given: [Vec<u128>; 2] = [give(), give()].map(|thread| thread.join().unwrap());
        let distinct: HashSet<_> = given.iter().flatten().collect();
        assert_eq!(distinct.len(), 20_000);
    }

    #[test]
    fn later_ones_stand_behind_earlier_ones() {
        let at = |ms| fresh_at(Timestamp::from_millisecond(ms).unwrap());
        let ids: Vec<_> = (0..100).map(|n| at(1_795_195_269_140 + n)).collect();
        assert!(ids.is_sorted());
        assert_ne!(at(7), at(7));
        assert_eq!(at(7) >> 80, 7);
        assert_eq!(at(-7) >> 80, 0);
    }
}
