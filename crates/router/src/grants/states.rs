//! The states of all grants in memory, and writing them down now and then.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};

use crate::grant::state::State;
use crate::store::{Store, grants};
use clawctl_wire::grant::GrantKey;
use clawctl_wire::grant::QuotaWindow;

/// How often counts are written down, at most. A rest is written at once.
const WRITTEN_EVERY: SignedDuration = SignedDuration::from_secs(5);

#[derive(Default)]
pub(super) struct States {
    noted: Mutex<Noted>,
}

/// What this process saw since it started.
#[derive(Default)]
pub(super) struct Noted {
    states: HashMap<GrantKey, Entry>,
    /// How many choices were made, by policy and provider.
    turns: HashMap<(String, String), u64>,
    written_at: Option<Timestamp>,
}

struct Entry {
    state: State,
    unwritten: bool,
}

impl States {
    pub(super) fn with<T>(&self, work: impl FnOnce(&mut Noted) -> T) -> T {
        work(&mut self.noted.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Nothing depends on it at once, so it is written with what else there is to write.
    pub(super) fn save(&self, store: &Store) {
        let unwritten: Vec<(GrantKey, State)> = self.with(|noted| {
            let entries = noted.states.iter_mut().filter(|(_, entry)| entry.unwritten);
            entries
                .map(|(key, entry)| {
                    entry.unwritten = false;
                    (key.clone(), entry.state.clone())
                })
                .collect()
        });
        if unwritten.is_empty() {
            return;
        }
        store.update(move |db| {
            unwritten.iter().try_for_each(|(key, state)| grants::put_state(db, key, state))
        });
    }
}

impl Noted {
    /// What was seen of this revision of a grant: here, or else as it was last written down.
    pub(super) fn of<'s>(
        &'s self,
        key: &GrantKey,
        revision: &str,
        written: Option<&'s State>,
    ) -> Option<&'s State> {
        let here = self.states.get(key).map(|entry| &entry.state);
        let here = here.filter(|state| state.revision == revision);
        // Another process may have asked the provider since.
        match (here, written) {
            (Some(here), Some(written)) if written.seen_at() > here.seen_at() => Some(written),
            (here, written) => here.or(written),
        }
    }

    pub(super) fn turn(&self, policy: &str, provider: &str) -> u64 {
        self.turns.get(&(policy.to_owned(), provider.to_owned())).copied().unwrap_or(0)
    }

    pub(super) fn next_turn(&mut self, policy: &str, provider: &str) {
        let turn = self.turns.entry((policy.to_owned(), provider.to_owned())).or_default();
        *turn = turn.wrapping_add(1);
    }

    /// Counts a choice. `before` is what was known of the grant.
    pub(super) fn chosen(
        &mut self,
        key: &GrantKey,
        revision: &str,
        written: Option<&State>,
        now: Timestamp,
    ) {
        let Some(entry) = self.entry(key, revision, written) else { return };
        entry.state.selected_count = entry.state.selected_count.saturating_add(1);
        entry.state.last_selected_at = Some(now);
        entry.unwritten = true;
    }

    /// Takes something in, and says whether it is time to write. An answer to a request that was
    /// sent with an older secret says nothing about this one.
    pub(super) fn observe(
        &mut self,
        key: &GrantKey,
        revision: &str,
        now: Timestamp,
        take_in: impl FnOnce(&mut State) -> bool,
    ) -> bool {
        let Some(entry) = self.entry(key, revision, None) else { return false };
        let rested_until = entry.state.cooldown_until;
        entry.unwritten |= take_in(&mut entry.state);
        let rests = entry.state.cooldown_until != rested_until;
        let waited = |at: Timestamp| now.duration_since(at).abs() >= WRITTEN_EVERY;
        let due = rests || self.written_at.is_none_or(waited);
        if due {
            self.written_at = Some(now);
        }
        due
    }

    /// Takes in what was asked of the provider itself. Gives what is to be written down.
    pub(super) fn probed(
        &mut self,
        key: &GrantKey,
        revision: &str,
        written: Option<&State>,
        windows: Vec<QuotaWindow>,
        now: Timestamp,
    ) -> Option<State> {
        let written = written.filter(|state| state.revision == revision);
        let entry = self.entry(key, revision, written)?;
        entry.state.probed(windows, now);
        entry.unwritten = false;
        Some(entry.state.clone())
    }

    pub(super) fn renewed(&mut self, key: &GrantKey, revision: &str, at: Timestamp) {
        let Some(entry) = self.entry(key, revision, None) else { return };
        entry.state.renewed(at);
        entry.unwritten = true;
    }

    pub(super) fn unrenewed(&mut self, key: &GrantKey, revision: &str, now: Timestamp) {
        let Some(entry) = self.entry(key, revision, None) else { return };
        entry.state.unrenewed(now);
        entry.unwritten = true;
    }

    /// Revisions are times, so the greater one is the later one.
    fn entry(
        &mut self,
        key: &GrantKey,
        revision: &str,
        written: Option<&State>,
    ) -> Option<&mut Entry> {
        let fresh = || Entry {
            state: written.cloned().unwrap_or_else(|| State::of(revision)),
            unwritten: false,
        };
        let entry = self.states.entry(key.clone()).or_insert_with(fresh);
        if entry.state.revision.as_str() < revision {
            *entry = fresh();
        }
        (entry.state.revision == revision).then_some(entry)
    }
}
