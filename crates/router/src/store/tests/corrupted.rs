//! A file in which something was overwritten, wherever it was.

use std::fs;

use proptest::prelude::*;

use super::super::{connections, counts, credentials, events, grants, policies, users};
use super::{event, open, put_policy, scratch};

/// A database with something in it, as one file.
fn healthy() -> Vec<u8> {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    for number in 0..40 {
        put_policy(&store, &format!("policy_{number}"));
        store.write(|db| events::insert(db, &event(&format!("e{number}")))).unwrap();
    }
    store.checkpoint().unwrap();
    drop(store);
    fs::read(&path).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(350))]

    /// Every answer is a value or an error, and nothing panics.
    #[test]
    fn no_byte_of_the_file_can_stop_the_program(
        at in 0..10_000_usize,
        length in 1..600_usize,
        fill in any::<u8>(),
        cut in prop::bool::weighted(0.2),
    ) {
        static HEALTHY: std::sync::LazyLock<Vec<u8>> = std::sync::LazyLock::new(healthy);
        let mut bytes = HEALTHY.clone();
        let from = at * bytes.len() / 10_000;
        let to = (from + length).min(bytes.len());
        if cut {
            bytes.truncate(from);
        } else {
            bytes[from..to].fill(fill);
        }
        let (_dir, path) = scratch();
        fs::write(&path, &bytes).unwrap();
        let Ok(store) = open(&path) else { return Ok(()) };
        let _ = store.read(policies::all);
        let _ = store.read(|db| credentials::walk(db, "", |_, _| Ok(true)));
        let _ = store.read(connections::all);
        let _ = store.read(grants::all);
        let _ = store.read(users::all);
        let _ = store.read(counts::read);
        let _ = store.write(|db| events::insert(db, &event("after")));
    }
}
