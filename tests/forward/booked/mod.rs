//! Whatever a request asks for, and however its provider and its client behave: the event, the
//! ledger and what was set aside follow the rule of docs/money.md, whose rows name these cases.

mod case;
mod oracle;
mod play;

use std::collections::BTreeSet;
use std::sync::Arc;

use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use self::case::MOMENTS;
use self::play::play;
use crate::world::World;

/// More of them by `CLAWCTL_BOOKED_CASES`.
const CASES: usize = 220;

/// How many are played at once.
const AT_ONCE: usize = 8;

/// A provider that has a price and little patience, and one that nobody is at home at.
const FILES: [(&str, &str); 2] = [("hasty", case::HASTY), ("absent", case::ABSENT)];

#[expect(clippy::disallowed_methods, reason = "this variable is the test's, not the program's")]
fn count_wanted() -> Option<usize> {
    std::env::var("CLAWCTL_BOOKED_CASES").ok()?.parse().ok()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_request_is_booked_by_the_rule() {
    let count = count_wanted();
    let world = Arc::new(World::with_files(&FILES, &["hasty"], &[]));
    let turns = Arc::new(Semaphore::new(AT_ONCE));
    let mut playing = JoinSet::new();
    let cases = case::some(count.unwrap_or(CASES));
    let names: BTreeSet<_> = cases.iter().map(|case| case.moment.name).collect();
    for case in cases {
        let (world, turns) = (Arc::clone(&world), Arc::clone(&turns));
        playing.spawn(async move {
            let _turn = turns.acquire().await.unwrap();
            play(&world, &case).await.map_err(|problem| format!("{problem}\nin {case:#?}"))
        });
    }
    let problems: Vec<_> = playing.join_all().await.into_iter().filter_map(Result::err).collect();
    let shown: Vec<_> = problems.iter().take(4).map(String::as_str).collect();
    assert!(
        problems.is_empty(),
        "{} are not booked right:\n{}",
        problems.len(),
        shown.join("\n\n")
    );
    assert_eq!(names.len(), MOMENTS.len(), "every moment comes up");
}
