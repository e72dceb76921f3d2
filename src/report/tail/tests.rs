use proptest::prelude::*;
use serde_json::json;

use super::*;

fn event(n: u64) -> Event {
    Event::new(json!({"id": format!("usage_{n}"), "occurred_at_ms": 1_000_000 + n}))
}

fn number(event: &Event) -> u64 {
    event.at_ms().unsigned_abs() - 1_000_000
}

/// The newest hundred of `count` events, as a router lists them.
fn newest(count: u64) -> Vec<Event> {
    (0..count).rev().take(EVENTS_MAX).map(event).collect()
}

fn numbers(step: &Step) -> Vec<u64> {
    step.events.iter().map(number).collect()
}

#[test]
fn it_begins_where_it_is_told() {
    let first = |start, count| Tail::new(start).snapshot(newest(count), count);
    assert_eq!(first(Start::Now, 130), Step::default());
    let all = first(Start::Beginning, 3);
    assert_eq!((numbers(&all), all.missed), (vec![0, 1, 2], None));
    let most = first(Start::Beginning, 130);
    assert_eq!((most.events.len(), most.missed), (100, Some(Missed::AtLeast(30))));
    let since = |ms: i64| {
        let step = first(Start::Since(1_000_000 + ms), 130);
        (step.events.len(), step.missed)
    };
    assert_eq!(since(120), (10, None));
    assert_eq!(since(31), (99, None));
    assert_eq!(since(30), (100, Some(Missed::Perhaps)), "others of that millisecond are hidden");
    assert_eq!(since(0), (100, Some(Missed::Perhaps)));
}

#[test]
fn what_rushed_past_is_counted() {
    let mut tail = Tail::new(Start::Now);
    let mut look = |count| tail.snapshot(newest(count), count);
    look(10);
    let next = look(12);
    assert_eq!((numbers(&next), next.missed), (vec![10, 11], None));
    let hundred = look(112);
    assert_eq!((hundred.events.len(), hundred.missed), (100, None), "exactly as many as are shown");
    let burst = look(250);
    assert_eq!((burst.events.len(), burst.missed), (100, Some(Missed::AtLeast(38))));
    assert_eq!(look(250), Step::default());
}

#[test]
fn a_count_that_shrinks_proves_nothing() {
    let mut tail = Tail::new(Start::Now);
    tail.snapshot(newest(200), 200);
    // A day left the window, and nothing of the last list is in this one.
    let step = tail.snapshot(newest(400), 150);
    assert_eq!((step.events.len(), step.missed), (100, Some(Missed::Perhaps)));
    // Here the lists overlap, so nothing is between them.
    let step = tail.snapshot(newest(450), 120);
    assert_eq!((step.events.len(), step.missed), (50, None));
}

#[test]
fn old_events_that_come_back_into_sight_are_not_news() {
    let mut tail = Tail::new(Start::Now);
    tail.snapshot(newest(130), 130);
    // The router no longer shows one policy's events, so the list reaches further back.
    let further = (20..120).rev().map(event).collect();
    assert_eq!(tail.snapshot(further, 120), Step::default());
}

#[test]
fn a_page_is_passed_on_once_and_word_is_given_of_what_is_gone() {
    let window =
        |until, retained| QueryWindow { since_ms: 0, until_ms: until, retained_since_ms: retained };
    let mut tail = Tail::new(Start::Now);
    let first = tail.page(vec![event(0), event(1)], &window(5_000, 0));
    assert_eq!((numbers(&first), first.missed), (vec![0, 1], None));
    let again = tail.page(vec![event(1), event(2)], &window(6_000, 5_000));
    assert_eq!((numbers(&again), again.missed), (vec![2], None));
    let late = tail.page(Vec::new(), &window(9_000, 6_001));
    assert_eq!(late.missed, Some(Missed::Perhaps), "what came between was thrown away");
}

#[test]
fn memory_stays_bounded() {
    let mut tail = Tail::new(Start::Beginning);
    for count in (0..50_000).step_by(90) {
        tail.snapshot(newest(count), count);
    }
    assert!(tail.passed_on.len() <= REMEMBERED && tail.order.len() == tail.passed_on.len());
}

proptest! {
    /// A router that only grows: what is passed on and what is said to be missed is all there is.
    #[test]
    fn each_event_is_passed_on_once_in_order_or_said_to_be_missed(
        start in prop_oneof![Just(Start::Now), Just(Start::Beginning)],
        bursts in prop::collection::vec(prop_oneof![0..5_u64, 90..110_u64, 0..400_u64], 1..30),
    ) {
        let mut tail = Tail::new(start);
        let (mut count, mut given, mut missed) = (0, Vec::new(), 0);
        let mut begun = None;
        for burst in bursts {
            count += burst;
            let step = tail.snapshot(newest(count), count);
            let lost_now = match step.missed {
                None => 0,
                Some(Missed::AtLeast(lost)) => lost,
                Some(Missed::Perhaps) => return Err(TestCaseError::fail("it is known exactly")),
            };
            let first = *begun.get_or_insert(if start == Start::Now { count } else { 0 });
            given.extend(numbers(&step));
            missed += lost_now;
            prop_assert_eq!(given.len() as u64 + missed, count - first);
            let hidden = burst.saturating_sub(EVENTS_MAX as u64);
            if first < count - burst || start == Start::Beginning {
                prop_assert_eq!(lost_now, hidden, "a gap is reported where there is one, only there");
            }
        }
        prop_assert!(given.is_sorted_by(|a, b| a < b));
    }

    /// Whatever a router shows, and in whatever order: nothing twice, and each list stays in order.
    #[test]
    fn nothing_is_ever_passed_on_twice(
        looks in prop::collection::vec(
            (prop::collection::vec(0..300_u64, 0..100), 0..500_u64), 1..30
        ),
        by_page in any::<bool>(),
    ) {
        let mut tail = Tail::new(Start::Beginning);
        let mut given = HashSet::new();
        for (mut shown, requests) in looks {
            shown.sort_unstable();
            shown.dedup();
            let step = if by_page {
                let window = QueryWindow { since_ms: 0, until_ms: 0, retained_since_ms: 0 };
                tail.page(shown.iter().copied().map(event).collect(), &window)
            } else {
                tail.snapshot(shown.iter().rev().copied().map(event).collect(), requests)
            };
            let numbers = numbers(&step);
            prop_assert!(numbers.is_sorted());
            for number in numbers {
                prop_assert!(given.insert(number), "{} came twice", number);
            }
        }
    }

    /// A cursor that is asked again after a lost answer brings the same events again.
    #[test]
    fn pages_that_overlap_lose_and_repeat_nothing(
        cuts in prop::collection::vec((0..40_u64, 0..10_u64), 1..30),
    ) {
        let mut tail = Tail::new(Start::Now);
        let window = QueryWindow { since_ms: 0, until_ms: 0, retained_since_ms: 0 };
        let (mut at, mut given) = (0, Vec::new());
        for (length, back) in cuts {
            let from = at - back.min(at);
            at += length;
            given.extend(numbers(&tail.page((from..at).map(event).collect(), &window)));
        }
        prop_assert_eq!(given, (0..at).collect::<Vec<_>>());
    }
}
