//! Numbers that nothing else has, for the names of requests and of what is kept of them.

use std::sync::LazyLock;
use std::sync::atomic::{AtomicU64, Ordering};

use jiff::Timestamp;

/// Where this process starts: the system is asked once for random bytes, since asking it for each
/// of the ids costs more than all else about them.
static START: LazyLock<[u64; 2]> = LazyLock::new(|| {
    let mut random = [0; 16];
    // They have only to differ from those of other processes, so they do without if they must.
    if getrandom::fill(&mut random).is_err() {
        random = u128::from(std::process::id()).to_be_bytes();
    }
    let random = u128::from_be_bytes(random);
    [(random >> 64) as u64, random as u64]
});

static COUNT: AtomicU64 = AtomicU64::new(0);

/// An odd number with its bits well spread; counting in steps of it comes by every number once.
const STEP: u64 = 0x9e37_79b9_7f4a_7c15;

/// One that this process never gave before. Nothing depends on its being hard to guess.
pub(crate) fn fresh() -> u128 {
    let steps = COUNT.fetch_add(1, Ordering::Relaxed).wrapping_mul(STEP);
    let [high, low] = START.map(|start| u128::from(spread(start.wrapping_add(steps))));
    high << 64 | low
}

/// As [`fresh`], and in the order of time: rows with such names stand beside each other in an
/// index, where random ones would touch a page of it each.
pub(crate) fn fresh_at(now: Timestamp) -> u128 {
    const RANDOM_BITS: u32 = 80;
    let ms = u128::from(now.as_millisecond().max(0).unsigned_abs());
    ms << RANDOM_BITS | fresh() & ((1 << RANDOM_BITS) - 1)
}

/// Another number for each, in which a change of one bit is seen in all: the last step of the
/// generator known as SplitMix64.
fn spread(mut number: u64) -> u64 {
    number = (number ^ (number >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    number = (number ^ (number >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    number ^ (number >> 31)
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn none_is_given_twice() {
        let give = || std::thread::spawn(|| (0..10_000).map(|_| fresh() as u64).collect());
        let given: [Vec<u64>; 2] = [give(), give()].map(|thread| thread.join().unwrap());
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
