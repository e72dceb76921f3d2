//! Following events as they happen: each once, in order, and word of those that were missed.
//!
//! A router with `usage.query` is asked for what was stored after a cursor. A router of the plain
//! contract only shows its newest hundred again and again; what is new there is told by its id,
//! and what rushed past unseen by how far the count of all requests has grown.

use std::collections::{HashSet, VecDeque};

use super::event::Event;
use clawctl_wire::usage::EVENTS_MAX;
use clawctl_wire::usage_query::QueryWindow;

/// How many events are remembered as passed on. A router shows the same hundred for a while, and
/// may show older ones again after it has dropped some.
const REMEMBERED: usize = 10_000;

/// Where to begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Start {
    Now,
    /// Milliseconds since 1970, included.
    Since(i64),
    /// With the oldest that can be seen.
    Beginning,
}

/// What one look brought.
#[derive(Debug, Default, PartialEq)]
pub struct Step {
    /// The oldest first.
    pub events: Vec<Event>,
    pub missed: Option<Missed>,
}

/// Events that happened and were not seen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Missed {
    AtLeast(u64),
    /// There may be some, and nothing tells how many.
    Perhaps,
}

/// What is known of the events so far.
#[derive(Debug)]
pub struct Tail {
    start: Start,
    passed_on: HashSet<String>,
    /// The same, in the order in which they may be forgotten.
    order: VecDeque<String>,
    /// The router's count of all requests when it was last asked.
    requests: Option<u64>,
    /// Events before this were there before the start, and are nothing new when they show up.
    floor_ms: i64,
    /// Up to when a router with `usage.query` has been asked.
    asked_until_ms: Option<i64>,
}

impl Tail {
    pub fn new(start: Start) -> Self {
        Self {
            start,
            passed_on: HashSet::new(),
            order: VecDeque::new(),
            requests: None,
            floor_ms: i64::MIN,
            asked_until_ms: None,
        }
    }

    /// Takes the newest events as a router of the plain contract lists them, the newest first,
    /// with its count of all requests.
    pub fn snapshot(&mut self, newest_first: Vec<Event>, requests: u64) -> Step {
        let before = self.requests.replace(requests);
        let Some(before) = before else { return self.first_snapshot(newest_first, requests) };
        let is_full = newest_first.len() >= EVENTS_MAX;
        let listed = newest_first.len();
        let events = self.new_among(newest_first.into_iter().rev());
        let (seen, grown) = (events.len() as u64, requests.saturating_sub(before));
        let missed = if grown > seen {
            Some(Missed::AtLeast(grown - seen))
        } else if is_full && events.len() == listed && grown < seen {
            // Nothing connects this list with the last one, and the count cannot tell how much is
            // between them, because old requests have left it meanwhile.
            Some(Missed::Perhaps)
        } else {
            None
        };
        Step { events, missed }
    }

    fn first_snapshot(&mut self, newest_first: Vec<Event>, requests: u64) -> Step {
        let hidden = requests.saturating_sub(newest_first.len() as u64);
        let oldest = newest_first.iter().map(Event::at_ms).min();
        if hidden > 0 {
            self.floor_ms = oldest.unwrap_or(i64::MIN);
        }
        let mut events = self.new_among(newest_first.into_iter().rev());
        let missed = match self.start {
            Start::Now => {
                events.clear();
                None
            }
            Start::Since(since) => {
                events.retain(|event| event.at_ms() >= since);
                let reaches_back = oldest.is_some_and(|oldest| oldest < since);
                (hidden > 0 && !reaches_back).then_some(Missed::Perhaps)
            }
            Start::Beginning => (hidden > 0).then_some(Missed::AtLeast(hidden)),
        };
        Step { events, missed }
    }

    /// Takes a page of what was stored after the last one, in the order in which it was stored.
    pub fn page(&mut self, oldest_first: Vec<Event>, window: &QueryWindow) -> Step {
        let asked_until = self.asked_until_ms.replace(window.until_ms);
        let gone = asked_until.is_some_and(|until| until < window.retained_since_ms);
        let events = self.new_among(oldest_first.into_iter());
        Step { events, missed: gone.then_some(Missed::Perhaps) }
    }

    /// Those that were not passed on yet. From here on they are.
    fn new_among(&mut self, oldest_first: impl Iterator<Item = Event>) -> Vec<Event> {
        let mut events = Vec::new();
        for event in oldest_first {
            let id = event.identity().into_owned();
            if event.at_ms() < self.floor_ms || !self.passed_on.insert(id.clone()) {
                continue;
            }
            self.order.push_back(id);
            events.push(event);
        }
        while self.order.len() > REMEMBERED {
            if let Some(forgotten) = self.order.pop_front() {
                self.passed_on.remove(&forgotten);
            }
        }
        events
    }
}

#[cfg(test)]
mod tests;
