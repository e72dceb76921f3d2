//! What runs of a manifest made, and on which router: the memory that `--prune` goes by.
//!
//! A lock is a text of JSON lines, one a thing, the last line about a thing counting; so a line is
//! added before a thing is made and another one after, and the whole stays fit for version
//! control. It holds ids and fingerprints, and nothing that anybody would have to hide.

use std::collections::{BTreeMap, HashSet};

use serde::{Deserialize, Serialize};
use serde_json::Value;
use thiserror::Error;

use clawctl_wire::key::sha256_hex;

const VERSION: u32 = 1;

/// What was made, by router.
#[derive(Debug, Default)]
pub struct Lock {
    routers: BTreeMap<String, Made>,
}

/// What was made on one router.
#[derive(Debug, Clone, Default)]
pub struct Made(BTreeMap<(String, String), Record>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Record {
    state: State,
    fingerprint: String,
    /// A run disabled it, because its manifest no longer named it.
    pruned: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// It was about to be made, and nobody wrote down how that ended.
    Making,
    Made,
    /// It was not made after all.
    Not,
}

#[derive(Debug, Error)]
pub enum BadLock {
    #[error("it is no lock file of clawctl")]
    NotOne,
    #[error("it has version {0}; this clawctl knows {VERSION}")]
    Version(u32),
    #[error("line {0} is damaged")]
    Line(usize),
}

#[derive(Serialize, Deserialize)]
struct Head {
    clawctl: String,
    version: u32,
}

#[derive(Serialize, Deserialize)]
struct Line {
    router: String,
    noun: String,
    id: String,
    state: State,
    fingerprint: String,
    /// An earlier clawctl passes over it.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pruned: bool,
}

impl Line {
    fn text(&self) -> String {
        serde_json::to_string(self).unwrap_or_default() + "\n"
    }
}

impl Lock {
    pub fn parse(text: &str) -> Result<Self, BadLock> {
        let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
        let Some((_, head)) = lines.next() else { return Ok(Self::default()) };
        let head: Head = serde_json::from_str(head).map_err(|_| BadLock::NotOne)?;
        if head.clawctl != "lock" {
            return Err(BadLock::NotOne);
        }
        if head.version != VERSION {
            return Err(BadLock::Version(head.version));
        }
        let mut lock = Self::default();
        let last = text.lines().count();
        for (number, line) in lines {
            match serde_json::from_str::<Line>(line) {
                Ok(Line { router, noun, id, state, fingerprint, pruned }) => {
                    let record = Record { state, fingerprint, pruned };
                    lock.of(&router).0.insert((noun, id), record);
                }
                // Older versions could write two heads where two runs began at the same time.
                Err(_) if serde_json::from_str::<Head>(line).is_ok() => {}
                // A crash cut it off: it speaks of something that was about to be made.
                Err(_) if number + 1 == last && !text.ends_with('\n') => {}
                Err(_) => return Err(BadLock::Line(number + 1)),
            }
        }
        Ok(lock)
    }

    pub fn of(&mut self, router: &str) -> &mut Made {
        self.routers.entry(router.to_owned()).or_default()
    }

    /// The first line of a new lock.
    pub fn head() -> String {
        let head = Head { clawctl: "lock".to_owned(), version: VERSION };
        serde_json::to_string(&head).unwrap_or_default() + "\n"
    }

    /// A line about one thing.
    pub fn line(router: &str, noun: &str, id: &str, state: State, fingerprint: &str) -> String {
        let line = Line {
            router: router.to_owned(),
            noun: noun.to_owned(),
            id: id.to_owned(),
            state,
            fingerprint: fingerprint.to_owned(),
            pruned: false,
        };
        line.text()
    }

    /// Notes whether a thing was disabled because the manifest no longer named it. The line to add
    /// if that is new.
    pub fn set_pruned(
        &mut self,
        router: &str,
        noun: &str,
        id: &str,
        pruned: bool,
    ) -> Option<String> {
        let record = self.of(router).0.get_mut(&(noun.to_owned(), id.to_owned()))?;
        if record.pruned == pruned {
            return None;
        }
        record.pruned = pruned;
        Some(record.line(router, noun, id).text())
    }

    /// The whole, a line a thing, in order.
    pub fn text(&self) -> String {
        let mut text = Self::head();
        for (router, made) in &self.routers {
            for ((noun, id), record) in &made.0 {
                if record.state != State::Not {
                    text.push_str(&record.line(router, noun, id).text());
                }
            }
        }
        text
    }

    pub fn is_empty(&self) -> bool {
        self.routers.values().all(|made| made.0.values().all(|record| record.state == State::Not))
    }
}

impl Record {
    fn line(&self, router: &str, noun: &str, id: &str) -> Line {
        Line {
            router: router.to_owned(),
            noun: noun.to_owned(),
            id: id.to_owned(),
            state: self.state,
            fingerprint: self.fingerprint.clone(),
            pruned: self.pruned,
        }
    }
}

impl Made {
    pub fn put(&mut self, noun: &str, id: &str, state: State, fingerprint: String) {
        let record = Record { state, fingerprint, pruned: false };
        self.0.insert((noun.to_owned(), id.to_owned()), record);
    }

    /// Did a run disable it, because the manifest no longer named it?
    pub fn is_pruned(&self, noun: &str, id: &str) -> bool {
        self.0.get(&(noun.to_owned(), id.to_owned())).is_some_and(|record| record.pruned)
    }

    /// Somebody enabled these again: who disables them later has another reason.
    pub fn forget_pruned(&mut self, is_enabled: impl Fn(&str, &str) -> bool) {
        for ((noun, id), record) in &mut self.0 {
            record.pruned = record.pruned && !is_enabled(noun, id);
        }
    }

    pub fn state(&self, noun: &str, id: &str) -> Option<State> {
        // Look-ups are few: only what is new, or switched off, is asked about.
        self.0.get(&(noun.to_owned(), id.to_owned())).map(|record| record.state)
    }

    /// Noun, id and state of everything.
    pub fn things(&self) -> impl Iterator<Item = (&str, &str, State)> {
        self.0.iter().map(|((noun, id), record)| (noun.as_str(), id.as_str(), record.state))
    }

    /// Settles what an interrupted run left open, by what the router has: `found` gives the
    /// fingerprint of a thing, if it is there.
    /// Keys in `begun` stay open: their issue goes on.
    pub fn settle(
        &mut self,
        begun: &HashSet<String>,
        found: impl Fn(&str, &str) -> Option<String>,
    ) {
        for ((noun, id), record) in &mut self.0 {
            let goes_on = noun == "key" && begun.contains(id);
            if record.state == State::Making && !goes_on {
                record.state = match found(noun, id) {
                    Some(there) if there == record.fingerprint => State::Made,
                    // It was made with other settings by someone else, who keeps it.
                    _ => State::Not,
                };
            }
        }
    }
}

/// A short name for a state: the same for the same members, whatever their order.
pub fn fingerprint(value: &Value) -> String {
    sha256_hex(&value.to_string())[..16].to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_about_a_thing_counts() {
        let mut text = Lock::head();
        for (id, state) in [
            ("a", State::Making),
            ("b", State::Making),
            ("a", State::Made),
            ("c", State::Made),
            ("c", State::Not),
        ] {
            text.push_str(&Lock::line("r", "policy", id, state, "f"));
        }
        text.push_str("{\"router\":\"r\",\"nou");
        let mut lock = Lock::parse(&text).unwrap();
        assert_eq!(lock.of("r").state("policy", "a"), Some(State::Made));
        assert_eq!(lock.of("r").state("policy", "b"), Some(State::Making));
        assert_eq!(lock.of("r").state("policy", "c"), Some(State::Not));
        assert!(lock.of("elsewhere").things().next().is_none());
        let again = lock.text();
        assert_eq!(again.lines().count(), 3, "{again}");
        assert_eq!(Lock::parse(&again).unwrap().text(), again);
    }

    #[test]
    fn what_was_pruned_is_remembered_until_it_is_enabled_again() {
        let mut lock = Lock::default();
        for id in ["a", "b"] {
            lock.of("r").put("policy", id, State::Made, "f".to_owned());
        }
        assert!(lock.set_pruned("r", "policy", "unknown", true).is_none());
        assert!(lock.set_pruned("r", "policy", "a", false).is_none());
        let before = lock.text();
        assert!(!before.contains("pruned"), "{before}");
        let line = lock.set_pruned("r", "policy", "a", true).unwrap();
        for text in [lock.text(), before + &line] {
            let mut again = Lock::parse(&text).unwrap();
            let made = again.of("r");
            assert_eq!(
                (made.is_pruned("policy", "a"), made.is_pruned("policy", "b")),
                (true, false)
            );
            made.forget_pruned(|_, id| id == "b");
            assert!(made.is_pruned("policy", "a"));
            made.forget_pruned(|_, id| id == "a");
            assert!(!made.is_pruned("policy", "a"));
        }
    }

    #[test]
    fn what_was_left_open_is_ours_only_if_it_is_as_we_meant_it() {
        let mut lock = Lock::default();
        let made = lock.of("r");
        for id in ["same", "other", "none"] {
            made.put("policy", id, State::Making, "f".to_owned());
        }
        made.settle(&HashSet::new(), |_, id| match id {
            "same" => Some("f".to_owned()),
            "other" => Some("g".to_owned()),
            _ => None,
        });
        let states: Vec<_> = made.things().map(|(_, id, state)| (id, state)).collect();
        assert_eq!(states, [("none", State::Not), ("other", State::Not), ("same", State::Made)]);
    }

    #[test]
    fn a_file_of_something_else_is_not_taken_for_a_lock() {
        assert!(matches!(Lock::parse("version: 1\n"), Err(BadLock::NotOne)));
        assert!(matches!(
            Lock::parse("{\"clawctl\":\"lock\",\"version\":9}"),
            Err(BadLock::Version(9))
        ));
        let text = Lock::head() + "nonsense\n" + &Lock::line("r", "key", "a", State::Made, "f");
        assert!(matches!(Lock::parse(&text), Err(BadLock::Line(2))));
        assert!(Lock::parse("").unwrap().is_empty());
    }
}
