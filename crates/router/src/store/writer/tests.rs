//! Many at once, two on one file, and what is left after failures.

use std::sync::Arc;
use std::task::{Context, Waker};

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;
use tempfile::TempDir;

use super::{ReserveError, ReserveJob};
use crate::account::{Account, Claim};
use crate::store::contents::ContentRecord;
use crate::store::{Db, Store, StoreError, counts, credentials, ledger, policies};
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{Policy, ProviderScope};
use clawctl_wire::usage_event::UsageEvent;
use clawctl_wire::window::Month;

mod killed;
mod trouble;

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn account() -> Account {
    Account::Policy { tenant: "t".to_owned(), policy: "team".to_owned(), principal: None }
}

fn job(micros: u64, limit: u64) -> ReserveJob {
    ReserveJob {
        claims: vec![Claim { account: account(), limit: Micros(limit) }],
        micros: Micros(micros),
        now: now(),
        lease_until: now() + SignedDuration::from_mins(15),
        content: None,
    }
}

fn event(id: &str, cost: u64) -> UsageEvent {
    serde_json::from_value(serde_json::json!({
        "id": id, "occurred_at_ms": now().as_millisecond(), "tenant_id": "t",
        "policy_id": "team", "provider": "openai", "status": "success",
        "actual_cost_micros": cost,
    }))
    .unwrap()
}

fn spent(store: &Store, at: Timestamp) -> u64 {
    let read = |db: &Db| ledger::spent(db, &account(), Month::of(now()), at);
    store.read(read).unwrap().0
}

fn scratch() -> (TempDir, Arc<Store>) {
    let dir = tempfile::tempdir().unwrap();
    let store = another(&dir);
    (dir, store)
}

/// As another process would have the same file.
fn another(dir: &TempDir) -> Arc<Store> {
    Arc::new(Store::open(&dir.path().join("router.db"), now(), 90).unwrap())
}

fn put_policy(store: &Store, id: &str) {
    let record = policies::PolicyRecord {
        policy: Policy::with_defaults(id, &ProviderScope::All),
        generation: "g".into(),
        revision: 1,
    };
    store.write(|db| policies::put(db, &record, now())).unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_budget_for_ten_lets_ten_through() {
    let (dir, here) = scratch();
    let there = another(&dir);
    let asking: Vec<_> = (0..60)
        .map(|n| {
            let store = Arc::clone(if n % 2 == 0 { &here } else { &there });
            tokio::spawn(async move { store.reserve(job(7, 75)).await })
        })
        .collect();
    let mut made = Vec::new();
    for asked in asking {
        match asked.await.unwrap() {
            Ok(reservation) => made.push(reservation),
            Err(error) => {
                assert_eq!(error, ReserveError::Refused { claim: 0, taken: Micros(70) });
            }
        }
    }
    assert_eq!(made.len(), 10);
    assert_eq!(spent(&here, now()), 70);
    for (n, reservation) in made.into_iter().enumerate() {
        here.settle(Some(reservation), Micros(5), event(&format!("usage_{n}"), 5));
    }
    here.written().await.unwrap();
    assert_eq!(spent(&there, now()), 50);
    assert_eq!(there.read(counts::read).unwrap().usage_events, 10);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn administrators_write_while_everyone_else_does() {
    let (dir, store) = scratch();
    let there = another(&dir);
    let done = Arc::new(tokio::sync::Notify::new());
    let load: Vec<_> = (0..32)
        .map(|_| {
            let (store, done) = (Arc::clone(&store), Arc::clone(&done));
            tokio::spawn(async move {
                let mut stopped = std::pin::pin!(done.notified());
                stopped.as_mut().enable();
                let mut count = 0_u64;
                loop {
                    tokio::select! {
                        biased;
                        () = stopped.as_mut() => return count,
                        made = store.reserve(job(1, u64::MAX)) => {
                            let id = format!("usage_{:p}_{count}", &raw const count);
                            store.settle(Some(made.unwrap()), Micros(1), event(&id, 1));
                            count += 1;
                        }
                    }
                }
            })
        })
        .collect();
    // Each of these fails if it has to wait for more than five seconds.
    let write = |store: Arc<Store>, name: &'static str| {
        tokio::task::spawn_blocking(move || {
            (0..25).for_each(|n| put_policy(&store, &format!("{name}{n}")));
        })
    };
    let (here, there) = (write(Arc::clone(&store), "here"), write(there, "there"));
    here.await.unwrap();
    there.await.unwrap();
    done.notify_waiters();
    let mut settled = 0;
    for task in load {
        settled += task.await.unwrap();
    }
    // The one that was given up in the middle has given its micro back.
    store.written().await.unwrap();
    store.written().await.unwrap();
    assert!(settled > 0);
    assert_eq!(spent(&store, now()), settled);
    assert_eq!(store.read(policies::all).unwrap().len(), 50);
}

#[tokio::test]
async fn a_reservation_that_nobody_waits_for_is_given_back() {
    let (_dir, store) = scratch();
    for round in 0..50_u32 {
        let mut asked = Box::pin(store.reserve(job(5, 1000)));
        let mut look = Context::from_waker(Waker::noop());
        assert!(asked.as_mut().poll(&mut look).is_pending());
        // Given up before it is written, just then, or after it was answered.
        (0..round * 50).for_each(|_| std::hint::spin_loop());
        if round % 10 == 9 {
            store.flush().unwrap();
        }
        drop(asked);
    }
    // What comes back does so behind what was asked for before.
    store.written().await.unwrap();
    store.written().await.unwrap();
    assert_eq!(spent(&store, now()), 0);
}

#[tokio::test]
async fn what_asks_for_nothing_waits_for_nothing() {
    let (_dir, store) = scratch();
    let nothing = ReserveJob { claims: Vec::new(), ..job(5, 0) };
    let reservation = store.reserve(nothing).await.unwrap();
    put_policy(&store, "team");
    store.flush().unwrap();
    store.drain().unwrap();
    assert!(!store.writer.is_started(), "a short command starts no thread");
    store.settle(Some(reservation), Micros(3), event("usage_1", 3));
    assert!(store.writer.is_started());
    store.flush().unwrap();
    assert_eq!(store.read(counts::read).unwrap().usage_events, 1);
}

#[tokio::test]
async fn what_is_left_in_the_queue_is_written_when_the_store_is_gone() {
    let (dir, store) = scratch();
    let reservation = store.reserve(job(50, 100)).await.unwrap();
    store.settle(Some(reservation), Micros(20), event("usage_1", 20));
    for n in 2..=300 {
        store.settle(None, Micros::ZERO, event(&format!("usage_{n}"), 0));
    }
    drop(store);
    let store = another(&dir);
    assert_eq!(store.read(counts::read).unwrap().usage_events, 300);
    assert_eq!(spent(&store, now()), 20);
}

#[tokio::test]
async fn what_was_settled_is_written_as_soon_as_it_can_be() {
    let (dir, store) = scratch();
    let reservation = store.reserve(job(50, 100)).await.unwrap();
    let db = Connection::open(dir.path().join("router.db")).unwrap();
    db.execute_batch("ALTER TABLE ledgers RENAME TO hidden").unwrap();
    store.settle(Some(reservation), Micros(20), event("usage_1", 20));
    // What can be written is, although it came after what cannot.
    store.settle(None, Micros::ZERO, event("usage_2", 0));
    let refused = store.reserve(job(1, 100)).await.unwrap_err();
    assert!(matches!(refused, ReserveError::Store(StoreError::Other(_))), "{refused}");
    let patience = std::time::Duration::from_millis(200);
    assert!(store.writer.drain_within(patience).is_err());
    assert_eq!(store.read(counts::read).unwrap().usage_events, 1);
    db.execute_batch("ALTER TABLE hidden RENAME TO ledgers").unwrap();
    store.drain().unwrap();
    assert_eq!(store.read(counts::read).unwrap().usage_events, 2);
    assert_eq!(spent(&store, now()), 20);
}

fn after(minutes: i64) -> Timestamp {
    now() + SignedDuration::from_mins(minutes)
}

#[tokio::test]
async fn what_an_open_request_holds_is_renewed_until_it_is_settled() {
    let (_dir, store) = scratch();
    let reservation = store.reserve(job(50, 100)).await.unwrap();
    assert_eq!(spent(&store, after(16)), 0, "without a word it ends");
    store.renew_leases(after(25));
    store.flush().unwrap();
    assert_eq!(spent(&store, after(24)), 50);
    assert_eq!(spent(&store, after(25)), 0);
    store.settle(Some(reservation), Micros(20), event("usage_1", 20));
    store.renew_leases(after(60));
    store.flush().unwrap();
    assert_eq!(spent(&store, after(30)), 20, "what is settled is not held as well");
}

#[tokio::test]
async fn a_renewal_that_comes_too_late_counts_again() {
    let (dir, store) = scratch();
    let other = another(&dir);
    let reservation = store.reserve(job(50, 100)).await.unwrap();
    // The next request after its end gives it back.
    let later = ReserveJob { now: after(16), lease_until: after(31), ..job(60, 100) };
    let taken = other.reserve(later).await.unwrap();
    other.settle(Some(taken), Micros::ZERO, event("usage_1", 0));
    other.flush().unwrap();
    store.renew_leases(after(40));
    store.flush().unwrap();
    assert_eq!(spent(&store, after(17)), 50);
    store.settle(Some(reservation), Micros(20), event("usage_2", 20));
    store.flush().unwrap();
    assert_eq!(spent(&store, after(17)), 20);
    let open = ReserveJob { now: after(17), lease_until: after(32), ..job(80, 100) };
    assert!(other.reserve(open).await.is_ok(), "nothing is held any more");
}

#[tokio::test]
async fn a_change_that_fails_spoils_nothing() {
    let (_dir, store) = scratch();
    store.settle(None, Micros::ZERO, event("usage_1", 0));
    store.update(|db| {
        db.execute("DELETE FROM usage_events", [])?;
        Err(StoreError::Other("no".into()))
    });
    let note = "INSERT INTO meta (name, value) VALUES ('note', 'kept')";
    store.update(move |db| Ok(db.execute(note, []).map(drop)?));
    store.written().await.unwrap();
    assert_eq!(store.read(counts::read).unwrap().usage_events, 1);
    let db = store.take().unwrap();
    let sql = "SELECT value FROM meta WHERE name = 'note'";
    let kept: String = db.query_row(sql, [], |row| row.get(0)).unwrap();
    assert_eq!(kept, "kept");
}

#[tokio::test]
async fn a_body_is_kept_with_its_reservation_or_not_at_all() {
    let (_dir, store) = scratch();
    let content = |name: &str| {
        let (reference, tenant) = (name.to_owned(), "t".to_owned());
        let expires_at = now() + SignedDuration::from_hours(1);
        Some(ContentRecord { reference, tenant, expires_at, json: "{}".to_owned() })
    };
    let found = |name: &str| {
        let find = |db: &Db| crate::store::contents::find(db, "t", name, now());
        store.read(find).unwrap().is_some()
    };
    let first = store.reserve(ReserveJob { content: content("content_1"), ..job(60, 100) }).await;
    assert!(first.is_ok() && found("content_1"));
    let poor = store.reserve(ReserveJob { content: content("content_2"), ..job(60, 100) }).await;
    assert_eq!(poor, Err(ReserveError::Refused { claim: 0, taken: Micros(60) }));
    assert!(!found("content_2"));
    // A name that is taken stands for any failure to keep the body: then nothing is reserved.
    let failed = store.reserve(ReserveJob { content: content("content_1"), ..job(1, 100) }).await;
    assert!(matches!(failed, Err(ReserveError::Content(_))), "{failed:?}");
    assert_eq!(spent(&store, now()), 60);
}

#[tokio::test]
async fn uses_of_a_key_are_noted_once_a_minute() {
    let (_dir, store) = scratch();
    put_policy(&store, "team");
    let record = credentials::CredentialRecord {
        id: "alice".to_owned(),
        secret_sha256: String::new(),
        policy_id: "team".to_owned(),
        generation: "g".to_owned(),
        enabled: true,
        principal_id: None,
        label: None,
        expires_at: None,
        revision: 1,
        created_at: now(),
        last_used_at: None,
    };
    store.write(|db| credentials::put(db, &record, now())).unwrap();
    let check = |seconds: i64, noted: i64| {
        store.note_use("alice", now() + SignedDuration::from_secs(seconds));
        store.flush().unwrap();
        let found = store.read(|db| credentials::find(db, "alice")).unwrap().unwrap();
        assert_eq!(found.last_used_at, Some(now() + SignedDuration::from_secs(noted)));
    };
    check(0, 0);
    check(59, 0);
    check(60, 60);
}

#[test]
fn a_queue_that_nobody_works_off_is_full_one_day() {
    let queue = super::queue::Queue::default();
    for n in 0..super::queue::WAITING_MAX {
        assert!(queue.has_room(), "{n}");
        let change = Box::new(|_: &Db| Ok(()));
        queue.push(super::job::Job::Update(change));
    }
    assert!(!queue.has_room());
}
