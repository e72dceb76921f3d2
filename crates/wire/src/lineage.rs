//! What an id says of a key: which key it succeeds, and when a lease ends.
//!
//! A router keeps no such thing, so the ids say it, and every machine reads the same from them. The
//! successor of `alice` is `alice_20261127T0915`; the successor of that takes its place:
//! `alice_20270301T0800`. A lease is `ci_k3f9qa_until_20261127T111500`. All times are UTC.

use std::cmp::Ordering;

use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::id::ID_CHARS_MAX;

/// `_<yyyymmdd>T<hhmm>`
const SUCCESSOR_CHARS: usize = 14;
const SUCCESSOR_FORM: &str = "_%Y%m%dT%H%M";

/// `_until_<yyyymmdd>T<hhmmss>`
const LEASE_CHARS: usize = 22;
const LEASE_FORM: &str = "_until_%Y%m%dT%H%M%S";

/// Where a key stands among those that took each other's place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lineage<'a> {
    /// The id of the first of them.
    pub base: &'a str,
    /// When this one was made to succeed; nothing for the first.
    pub since: Option<Timestamp>,
}

impl<'a> Lineage<'a> {
    pub fn of(id: &'a str) -> Self {
        match split(id, SUCCESSOR_CHARS, SUCCESSOR_FORM) {
            Some((base, at)) => Self { base, since: Some(at) },
            None => Self { base: id, since: None },
        }
    }
}

/// Those of many keys that took the place of others, so that each key's successor is found without
/// looking at all of them.
#[derive(Debug, Default)]
pub struct Successors {
    /// The base of each and since when it is there, in that order.
    found: Vec<(Box<str>, Timestamp)>,
}

impl Successors {
    /// Takes in a key, if its id says that it succeeded another.
    pub fn add(&mut self, id: &str) {
        let Lineage { base, since } = Lineage::of(id);
        if let Some(since) = since {
            self.found.push((base.into(), since));
        }
    }

    /// After all keys were taken in.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.found.sort_unstable();
        self
    }

    pub fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// Since when the first key is there that took the place of this one.
    pub fn of(&self, id: &str) -> Option<Timestamp> {
        let Lineage { base, since } = Lineage::of(id);
        let before = |(other, at): &(Box<str>, Timestamp)| (&**other, Some(*at)) <= (base, since);
        let (other, at) = self.found.get(self.found.partition_point(before))?;
        (**other == *base).then_some(*at)
    }
}

/// The id of a key that has this place since then.
pub fn id_of(base: &str, since: Timestamp) -> Option<String> {
    join(base, since, SUCCESSOR_FORM)
}

/// The older first: a key without a suffix was there before all others.
pub fn by_age(a: &str, b: &str) -> Ordering {
    (Lineage::of(a).since, a).cmp(&(Lineage::of(b).since, b))
}

/// The id of the key that succeeds this one now, if there is room for it.
pub fn successor(id: &str, now: Timestamp) -> Option<String> {
    join(Lineage::of(id).base, now, SUCCESSOR_FORM)
}

/// When a lease ends, if this is the id of one.
pub fn lease_end(id: &str) -> Option<Timestamp> {
    split(id, LEASE_CHARS, LEASE_FORM).map(|(_, at)| at)
}

/// The id of a lease. The stem is cut to what there is room for.
pub fn lease(stem: &str, unique: &str, until: Timestamp) -> Option<String> {
    let room = ID_CHARS_MAX - LEASE_CHARS - unique.len() - 1;
    let stem = &stem[..stem.len().min(room)];
    join(&format!("{stem}_{unique}"), until, LEASE_FORM)
}

fn join(base: &str, at: Timestamp, form: &str) -> Option<String> {
    let id = format!("{base}{}", at.strftime(form));
    (id.len() <= ID_CHARS_MAX).then_some(id)
}

/// Takes the ending of this length and form off an id.
fn split<'a>(id: &'a str, chars: usize, form: &str) -> Option<(&'a str, Timestamp)> {
    let at = id.len().checked_sub(chars).filter(|at| *at > 0 && id.is_char_boundary(*at))?;
    let (base, ending) = id.split_at(at);
    let at = DateTime::strptime(form, ending).ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp();
    // What reads back otherwise was not written by us.
    (at.strftime(form).to_string() == ending).then_some((base, at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn a_successor_replaces_the_ending_of_its_predecessor() {
        let now = at("2026-11-27T09:15:42Z");
        let check = |id: &str, next: &str| assert_eq!(successor(id, now).as_deref(), Some(next));
        check("alice", "alice_20261127T0915");
        check("alice_20260101T0000", "alice_20261127T0915");
        check("alice_ci_2026", "alice_ci_2026_20261127T0915");
        // Not a time, so it belongs to the name.
        check("alice_20269901T0000", "alice_20269901T0000_20261127T0915");
        assert_eq!(successor(&"x".repeat(ID_CHARS_MAX - SUCCESSOR_CHARS + 1), now), None);
    }

    #[test]
    fn lineage_is_read_from_ids_alone() {
        let check = |id: &str, base: &str, since: Option<&str>| {
            assert_eq!(Lineage::of(id), Lineage { base, since: since.map(at) }, "{id}");
        };
        check("alice", "alice", None);
        check("alice_20261127T0915", "alice", Some("2026-11-27T09:15:00Z"));
        check("_20261127T0915", "_20261127T0915", None);
        check("ci_k3f9qa_until_20261127T111500", "ci_k3f9qa_until_20261127T111500", None);
        let mut family = ["a_20270101T0000", "a", "a_20261127T0915"];
        family.sort_by(|a, b| by_age(a, b));
        assert_eq!(family, ["a", "a_20261127T0915", "a_20270101T0000"]);
    }

    proptest::proptest! {
        #[test]
        fn successors_are_found_as_if_all_were_compared(
            keys in proptest::collection::vec(("[ab]{1,2}", 0..4_u32), 0..12),
        ) {
            let made = |&(ref base, n): &(String, u32)| match n {
                0 => base.clone(),
                n => format!("{base}_2026112{n}T0915"),
            };
            let ids: Vec<_> = keys.iter().map(made).collect();
            let mut successors = Successors::default();
            ids.iter().for_each(|id| successors.add(id));
            let successors = successors.sorted();
            for id in &ids {
                let ours = Lineage::of(id);
                let theirs = ids.iter().map(|id| Lineage::of(id));
                let later = theirs.filter(|it| it.base == ours.base && it.since > ours.since);
                let first = later.filter_map(|it| it.since).min();
                proptest::prop_assert_eq!(successors.of(id), first, "{} among {:?}", id, ids);
            }
        }
    }

    #[test]
    fn a_lease_says_when_it_ends() {
        let end = at("2026-11-27T11:15:00Z");
        let id = lease("ci", "k3f9qa", end).unwrap();
        assert_eq!(id, "ci_k3f9qa_until_20261127T111500");
        assert_eq!(lease_end(&id), Some(end));
        let long = lease(&"x".repeat(300), "k3f9qa", end).unwrap();
        assert_eq!((long.len(), lease_end(&long)), (ID_CHARS_MAX, Some(end)));
        for other in ["ci", "ci_20261127T0915", "ci_until_soon", "ci_until_20261127T116100"] {
            assert_eq!(lease_end(other), None, "{other}");
        }
    }
}
