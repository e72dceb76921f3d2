//! A database that takes nothing, and a clock that is wrong.

use jiff::{SignedDuration, Timestamp};
use rusqlite::Connection;

use super::{event, job, now, scratch};
use crate::store::contents::{self, ContentRecord};
use crate::store::writer::{ReserveError, ReserveJob};
use crate::store::{Db, Store, counts};
use clawctl_wire::money::Micros;
use clawctl_wire::usage_event::UsageEvent;

fn event_at(id: &str, at: Timestamp) -> UsageEvent {
    UsageEvent { occurred_at_ms: at.as_millisecond(), ..event(id, 1) }
}

fn events(store: &Store) -> u64 {
    store.read(counts::read).unwrap().usage_events
}

/// However much waits to be written, somebody who waits for it is told that it cannot be.
#[tokio::test]
async fn a_reservation_is_refused_behind_any_number_of_settles_that_cannot_be_written() {
    const WAITING: u64 = 1_100;
    const PATIENCE: std::time::Duration = std::time::Duration::from_secs(30);
    let (dir, store) = scratch();
    let _first = store.reserve(job(1, 100)).await.unwrap();
    let db = Connection::open(dir.path().join("router.db")).unwrap();
    db.execute_batch("ALTER TABLE usage_events RENAME TO hidden").unwrap();
    for n in 0..WAITING {
        store.settle(None, Micros::ZERO, event(&format!("usage_{n}"), 1));
    }
    for round in 0..3 {
        let asked = tokio::time::timeout(PATIENCE, store.reserve(job(1, 100))).await;
        let refused = asked.unwrap_or_else(|_| panic!("it hangs in round {round}"));
        assert!(matches!(refused, Err(ReserveError::Store(_))), "{refused:?}");
    }
    assert!(store.writer.drain_within(std::time::Duration::from_millis(50)).is_err());
    db.execute_batch("ALTER TABLE hidden RENAME TO usage_events").unwrap();
    store.drain().unwrap();
    assert_eq!(events(&store), WAITING, "nothing was lost");
    assert!(store.reserve(job(1, 100)).await.is_ok());
}

#[tokio::test]
async fn what_cannot_be_written_at_the_end_is_counted() {
    let (dir, store) = scratch();
    store.settle(None, Micros::ZERO, event("usage_0", 1));
    store.flush().unwrap();
    let db = Connection::open(dir.path().join("router.db")).unwrap();
    db.execute_batch("ALTER TABLE usage_events RENAME TO hidden").unwrap();
    for n in 1..=60 {
        store.settle(None, Micros::ZERO, event(&format!("usage_{n}"), 1));
    }
    store.note_use("alice", now());
    let lost = store.finish().unwrap_err();
    assert_eq!(lost.events, 60);
    assert!(lost.to_string().starts_with("cannot write 60 usage events: "), "{lost}");
    let (_dir, well) = scratch();
    well.settle(None, Micros::ZERO, event("usage_1", 1));
    assert_eq!(well.finish(), Ok(()));
}

#[tokio::test]
async fn a_clock_that_jumps_costs_no_history_and_stops_no_sweep() {
    let (_dir, store) = scratch();
    let days = |days: i64| SignedDuration::from_hours(24 * days);
    let content = ContentRecord {
        reference: "content_1".to_owned(),
        tenant: "t".to_owned(),
        expires_at: now() + days(30),
        json: "{}".to_owned(),
    };
    let kept = store.reserve(ReserveJob { content: Some(content), ..job(1, 100) }).await.unwrap();
    for n in 0..10 {
        store.settle(None, Micros::ZERO, event_at(&format!("usage_{n}"), now() - days(20)));
    }
    store.settle(Some(kept), Micros::ZERO, event("usage_10", 1));
    store.flush().unwrap();
    let later: Timestamp = "2032-01-01T00:00:00Z".parse().unwrap();
    let found = |reference: &str| {
        let find = |db: &Db| contents::find(db, "t", reference, now());
        store.read(find).unwrap().is_some()
    };
    for hour in 0..24 {
        let at = later + SignedDuration::from_hours(hour);
        store.settle(None, Micros::ZERO, event_at(&format!("usage_of_2032_{hour}"), at));
        store.flush().unwrap();
    }
    store.flush().unwrap();
    assert_eq!(events(&store), 11 + 24, "the clock has not held for long enough");
    assert!(found("content_1"));
    let said = store.notices();
    assert!(said.len() == 1 && said[0].contains("the clock moved 1"), "{said:?}");
    // The clock is right again, and what is really too old goes.
    store.settle(None, Micros::ZERO, event_at("usage_old", now() - days(100)));
    store.settle(None, Micros::ZERO, event_at("usage_new", now() + SignedDuration::from_mins(2)));
    store.flush().unwrap();
    store.flush().unwrap();
    assert_eq!(events(&store), 11 + 24 + 1);
}
