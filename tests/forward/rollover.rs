//! The month turns while requests are under way.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use bytes::Bytes;
use clawctl_router::{Caller, Options, Router};
use clawctl_wire::key::sha256_hex;
use http::{Method, Request};
use http_body_util::BodyExt as _;
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::protocol::Protocol;
use crate::upstream::Upstream;

const SECRET: &str = "secret-of-the-rollover-suite";
const COST: u64 = 100;

/// A router whose clock is turned by hand.
struct House {
    router: Arc<Router>,
    clock: Arc<AtomicI64>,
    database: rusqlite::Connection,
    upstream: Upstream,
    _folder: tempfile::TempDir,
}

fn millis(text: &str) -> i64 {
    text.parse::<Timestamp>().unwrap().as_millisecond()
}

impl House {
    /// A minute before the end of November, with a budget for so many requests a month.
    async fn new(requests: u64) -> Self {
        let upstream = Upstream::start().unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("router.db");
        let clock = Arc::new(AtomicI64::new(millis("2026-11-30T23:59:00Z")));
        let hand = Arc::clone(&clock);
        let now = move || Timestamp::from_millisecond(hand.load(Ordering::SeqCst)).unwrap();
        let mut options = Options::new(path.clone(), Box::new(now));
        options.upstreams = vec![("openai".to_owned(), upstream.url().parse().unwrap())];
        options.environment = Box::new(|_| Some("set".to_owned()));
        let router = Arc::new(Router::open(options).unwrap());
        let database = rusqlite::Connection::open(path).unwrap();
        let house = Self { router, clock, database, upstream, _folder: folder };
        let policy = json!({ "providers": ["openai"], "requestCostMicros": COST,
            "monthlyBudgetMicros": COST * requests, "retainRequestContent": false });
        house.put("policies/team", &policy).await;
        let credential = json!({ "policyId": "team", "secretSha256": sha256_hex(SECRET) });
        house.put("credentials/team", &credential).await;
        house
    }

    async fn put(&self, path: &str, body: &Value) {
        let request = Request::builder()
            .method(Method::PUT)
            .uri(format!("/v1/admin/{path}"))
            .body(body.to_string().into())
            .unwrap();
        assert_eq!(self.router.handle(request, Caller::InProcess).await.status(), 200, "{path}");
    }

    /// What was settled in a month, and what is still held of it.
    async fn ledger(&self, month: &str) -> (u64, u64) {
        // A read of usage waits for what is to be written.
        let request = Request::get("/v1/admin/usage/events?limit=1").body(Bytes::new()).unwrap();
        assert_eq!(self.router.handle(request, Caller::InProcess).await.status(), 200);
        let sql = "SELECT coalesce(sum(spent_micros), 0), coalesce(sum(reserved_micros), 0)
                   FROM ledgers WHERE window_key = ?1";
        let key = format!("policy:default/team/{month}");
        let read = self.database.query_row(sql, [key], |row| Ok((row.get(0)?, row.get(1)?)));
        let (spent, reserved): (i64, i64) = read.unwrap();
        (spent.unsigned_abs(), reserved.unsigned_abs())
    }
}

/// The status of one request, once its answer is read to its end.
async fn ask(router: Arc<Router>, orders: String) -> u16 {
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", &orders, false);
    let request = Request::builder()
        .method(Method::POST)
        .uri("/v1/chat/completions")
        .header("authorization", format!("Bearer clawrouter-live-team-{SECRET}"))
        .body(body.to_string().into())
        .unwrap();
    let answer = router.handle(request, Caller::Network).await;
    let status = answer.status().as_u16();
    answer.into_body().collect().await.unwrap();
    status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_new_month_begins_anew_while_the_old_one_is_still_settled() {
    let house = House::new(10).await;
    let mut under_way = JoinSet::new();
    for _ in 0..30 {
        under_way.spawn(ask(Arc::clone(&house.router), "!mark=old delay=600".to_owned()));
    }
    while house.upstream.seen("mark=old").len() < 10 {
        tokio::task::yield_now().await;
    }
    house.clock.store(millis("2026-12-01T00:00:00Z"), Ordering::SeqCst);
    let mut fresh = JoinSet::new();
    for _ in 0..30 {
        fresh.spawn(ask(Arc::clone(&house.router), "!mark=new".to_owned()));
    }
    for asked in [fresh, under_way] {
        let statuses = asked.join_all().await;
        let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
        assert_eq!((count(200), count(402)), (10, 20), "{statuses:?}");
    }
    // Each is settled in the month in which it was let through.
    assert_eq!(house.ledger("2026-11").await, (10 * COST, 0));
    assert_eq!(house.ledger("2026-12").await, (10 * COST, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn nothing_is_lost_or_counted_twice_as_the_months_go_by() {
    const WORKERS: usize = 8;
    const EACH: usize = 30;
    let house = House::new(1_000_000).await;
    let mut workers = JoinSet::new();
    for _ in 0..WORKERS {
        let (router, clock) = (Arc::clone(&house.router), Arc::clone(&house.clock));
        workers.spawn(async move {
            for _ in 0..EACH {
                // Five hours with each request, so that months turn under all the others.
                clock.fetch_add(5 * 60 * 60 * 1000, Ordering::SeqCst);
                assert_eq!(ask(Arc::clone(&router), String::new()).await, 200);
            }
        });
    }
    workers.join_all().await;
    let (mut spent, mut months) = (0, 0);
    for month in ["2026-11", "2026-12", "2027-01", "2027-02"] {
        let (settled, held) = house.ledger(month).await;
        assert_eq!(held, 0, "{month}");
        spent += settled;
        months += u64::from(settled > 0);
    }
    assert_eq!(spent, (WORKERS * EACH) as u64 * COST);
    assert!(months >= 2, "{months}");
}
