//! A few seconds of a bad day: answers, streams, failures of every kind, and clients that leave. At
//! the end everything is given back. `cargo bench --bench forward -- --only soak` is the long one.

use std::fs;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde_json::json;
use tokio::task::JoinSet;

use crate::protocol::PROTOCOLS;
use crate::world::{PATIENCE, Team, World};

/// How long there is traffic.
const LENGTH: Duration = Duration::from_secs(4);

const CLIENTS: usize = 12;

/// What the upstream is told, each in turn.
const ORDERS: [&str; 12] = [
    "",
    "size=20000",
    "events=50",
    "events=20 slice=3",
    "usage=none",
    "status=429 header=retry-after:1",
    "status=500 body=html",
    "end=drop",
    "end=garbage after=2",
    "end=error after=0",
    "end=error after=3",
    "end=drop after=4",
];

/// So many of them are also for answers that are not streamed.
const FOR_WHOLE: usize = 8;

/// A stream that its client leaves.
const LEFT: &str = "events=20 pause=5";

const LOG_BYTES_MAX: u64 = 4 << 20;

/// Connections that are kept for later, on both sides, and the database's own.
const HANDLES_KEPT: usize = 2 * CLIENTS + 16;

#[tokio::test]
async fn a_bad_day_leaves_no_reservation_no_handle_and_no_long_log() {
    let world = Arc::new(World::with(&[]));
    let policy = json!({ "allProviders": true, "requestCostMicros": 100, "monthlyBudgetMicros": 900_000_000_000_u64 });
    let team = world.team(policy).await;
    let before = handles(&world);
    let end = Instant::now() + LENGTH;
    let mut asking = JoinSet::new();
    for number in 0..CLIENTS {
        let (world, team) = (Arc::clone(&world), team.clone());
        asking.spawn(async move {
            let mut turn = number;
            while Instant::now() < end {
                ask(&world, &team, turn).await;
                turn += 5;
            }
            (turn - number) / 5
        });
    }
    let mut longest = 0;
    while Instant::now() < end {
        longest = longest.max(log_bytes(&world));
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    let asked: usize = asking.join_all().await.into_iter().sum();
    assert!(asked > 3 * CLIENTS, "{asked} requests");
    assert!((1..=LOG_BYTES_MAX).contains(&longest), "the log had {longest} bytes");
    let deadline = Instant::now() + PATIENCE;
    loop {
        let (open, more) = (reservations(&world), handles(&world).saturating_sub(before));
        if open == 0 && more <= HANDLES_KEPT {
            break;
        }
        assert!(Instant::now() < deadline, "{open} reservations, {more} more handles are left");
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    // Every request is in the books, once.
    let summary = world.usage(&team).await["usage"]["summary"].clone();
    assert_eq!(summary["requestCount"], json!(asked), "{summary}");
    assert_eq!(summary["actualCostMicros"], json!(world.spent(&team).await), "{summary}");
}

async fn ask(world: &World, team: &Team, turn: usize) {
    let protocol = PROTOCOLS[turn % PROTOCOLS.len()];
    let leaves = turn.is_multiple_of(7);
    let streams = leaves || turn % 2 == 1;
    let kinds = if streams { ORDERS.len() } else { FOR_WHOLE };
    let orders = if leaves { LEFT } else { ORDERS[turn % kinds] };
    let body = protocol.body(protocol.model(), &team.say(orders), streams);
    let Ok(mut answer) = world.request(team, &protocol.path(streams)).json(&body).send().await
    else {
        return;
    };
    if leaves {
        let _ = answer.chunk().await;
    } else {
        while let Ok(Some(_)) = answer.chunk().await {}
    }
}

/// The files and sockets that the router has open.
fn handles(world: &World) -> usize {
    fs::read_dir(format!("/proc/{}/fd", world.pid())).unwrap().count()
}

fn log_bytes(world: &World) -> u64 {
    fs::metadata(world.sandbox.path("clawctl/router.db-wal")).map_or(0, |found| found.len())
}

fn reservations(world: &World) -> i64 {
    let database = rusqlite::Connection::open(world.sandbox.path("clawctl/router.db")).unwrap();
    database.busy_timeout(PATIENCE).unwrap();
    database.query_row("SELECT count(*) FROM reservations", (), |row| row.get(0)).unwrap()
}
