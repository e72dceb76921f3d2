//! Traffic as it is on a bad day: answers, streams, failures of every kind, and clients that leave.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tokio::task::JoinSet;

/// What the upstream is told; each as often as the others.
const ORDERS: [&str; 14] = [
    "",
    "size=20000",
    "events=50",
    "events=50 pause=1",
    "events=20 slice=3",
    "usage=none",
    "status=429 header=retry-after:1",
    "status=500 body=html",
    "end=drop",
    "end=reset",
    "end=garbage after=2",
    "end=error after=0",
    "end=error after=3",
    "end=drop after=4",
];

/// Streams that would never end: the client leaves them.
const LEFT: [&str; 3] = ["events=endless pause=1", "end=stall after=2", "delay=600000"];

/// How long a client stays with what never ends.
const STAY: Duration = Duration::from_millis(40);

/// What became of the requests.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub answered: AtomicU64,
    pub failed: AtomicU64,
    pub left: AtomicU64,
}

/// Asks from so many clients at once, until it is over.
pub(crate) async fn ask_until(url: &str, key: &str, clients: usize, end: Instant) -> Arc<Tally> {
    let tally = Arc::new(Tally::default());
    let mut running = JoinSet::new();
    for client in 0..clients {
        let (url, key, tally) = (url.to_owned(), key.to_owned(), Arc::clone(&tally));
        running.spawn(async move {
            let http =
                reqwest::Client::builder().no_proxy().timeout(Duration::from_secs(30)).build();
            let Ok(http) = http else { return };
            let mut turn = client;
            while Instant::now() < end {
                ask(&http, &url, &key, turn, &tally).await;
                turn += clients;
            }
        });
    }
    while running.join_next().await.is_some() {}
    tally
}

async fn ask(http: &reqwest::Client, url: &str, key: &str, turn: usize, tally: &Tally) {
    let kinds = ORDERS.len() * 2 + LEFT.len();
    let kind = turn % kinds;
    let count = |counter: &AtomicU64| counter.fetch_add(1, Ordering::Relaxed);
    if let Some(orders) = kind.checked_sub(ORDERS.len() * 2).map(|at| LEFT[at]) {
        let asked = http.post(address(url)).bearer_auth(key).json(&body(orders, true)).send();
        let staying = async {
            let mut answer = asked.await.ok()?;
            while answer.chunk().await.ok()?.is_some() {}
            Some(())
        };
        let _ = tokio::time::timeout(STAY, staying).await;
        count(&tally.left);
        return;
    }
    let body = body(ORDERS[kind / 2], kind % 2 == 1);
    let answer = http.post(address(url)).bearer_auth(key).json(&body).send().await;
    let whole = match answer {
        Ok(answer) if answer.status().is_success() => answer.bytes().await.is_ok(),
        Ok(answer) => {
            let _ = answer.bytes().await;
            false
        }
        Err(_) => false,
    };
    count(if whole { &tally.answered } else { &tally.failed });
}

fn address(url: &str) -> String {
    format!("{url}/v1/chat/completions")
}

fn body(orders: &str, stream: bool) -> Value {
    json!({ "model": "openai/gpt-4.1-mini", "stream": stream, "max_tokens": 100,
        "messages": [{ "role": "user", "content": format!("!{orders}") }] })
}
