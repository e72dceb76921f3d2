//! A disk that takes no more. A limit on the size of files stands for it, which a test may set for a
//! router that runs.

use std::sync::Arc;
use std::time::Instant;

use rustix::process::{Pid, Resource, Rlimit, prlimit};
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::protocol::Protocol;
use crate::world::{PATIENCE, Team, World, refusal};

const PATH: &str = "/v1/chat/completions";

/// Without this, the system would end the router.
const SPARED: &str = "trap '' XFSZ";

/// Lets the router's files grow no more, or again.
fn fill(world: &World, is_full: bool) {
    let pid = Pid::from_raw(world.pid().try_into().unwrap());
    let current = if is_full { Some(0) } else { None };
    prlimit(pid, Resource::Fsize, Rlimit { current, maximum: None }).unwrap();
}

fn body(team: &Team) -> Value {
    Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(""), false)
}

#[tokio::test]
async fn on_a_full_disk_budgets_are_refused_and_nothing_is_lost_once_there_is_room() {
    const FREE: usize = 1_060;
    let world = Arc::new(World::after(SPARED));
    let budgeted = json!({ "providers": ["openai"], "monthlyBudgetMicros": 1_000_000 });
    let (free, paying) =
        (world.team(json!({ "providers": ["openai"] })).await, world.team(budgeted).await);
    assert_eq!(world.ask(&paying, PATH, &body(&paying)).await.status(), 200);
    world.events(&paying, 1).await;
    fill(&world, true);
    // More than one transaction takes, so that a request behind them waits for all of them.
    let mut asking = JoinSet::new();
    for _ in 0..10 {
        let (world, free) = (Arc::clone(&world), free.clone());
        asking.spawn(async move {
            for _ in 0..FREE / 10 {
                assert_eq!(world.ask(&free, PATH, &body(&free)).await.status(), 200);
            }
        });
    }
    asking.join_all().await;
    let mut asking = JoinSet::new();
    for _ in 0..20 {
        let (world, paying) = (Arc::clone(&world), paying.clone());
        asking.spawn(async move { refusal(world.ask(&paying, PATH, &body(&paying)).await).await });
    }
    for answer in asking.join_all().await {
        assert_eq!(answer, (503, "budget_store_unavailable".to_owned()));
    }
    fill(&world, false);
    let deadline = Instant::now() + PATIENCE;
    while world.ask(&paying, PATH, &body(&paying)).await.status() == 503 {
        assert!(Instant::now() < deadline, "it does not recover");
    }
    while world.usage(&free).await["usage"]["summary"]["requestCount"] != json!(FREE) {
        assert!(Instant::now() < deadline, "{}", world.usage(&free).await);
    }
}

#[tokio::test]
async fn events_that_are_lost_at_the_end_are_counted_and_are_a_failure() {
    let world = World::after(SPARED);
    let team = world.team(json!({ "providers": ["openai"] })).await;
    assert_eq!(world.ask(&team, PATH, &body(&team)).await.status(), 200);
    world.events(&team, 1).await;
    fill(&world, true);
    for _ in 0..7 {
        assert_eq!(world.ask(&team, PATH, &body(&team)).await.status(), 200);
    }
    let (code, said) = world.end();
    assert_eq!(code, Some(1), "{said}");
    assert!(said.contains("cannot write 7 usage events"), "{said}");
}
