//! What has to be done so that a router is as a manifest wants it.

mod access;
mod grants;
mod keys;
mod policies;
mod providers;
mod prune;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, HashMap, HashSet};

use super::action::{Action, Operation};
use super::change::ChangeSet;
use super::live::Live;
use super::lock::Made;
use super::manifest::{Manifest, Place, Problem};
use crate::resource::Resource;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::Credential;

/// What is to be done, in the order in which it is safe, and what need not be.
#[derive(Debug, Default)]
pub struct Plan {
    pub actions: Vec<Action>,
    /// How many things are as they are wanted.
    pub unchanged: usize,
    /// What an operator should know that is no change.
    pub notes: Vec<String>,
}

/// What is known beside the manifest and the router.
#[derive(Default)]
pub struct Known<'a> {
    /// Keys whose issue was cut off, by id: whether they were delivered already.
    pub unfinished: BTreeMap<String, bool>,
    /// Hashes of keys that were issued from here, by id.
    pub own_hashes: HashMap<String, String>,
    /// What earlier runs of this manifest made on this router.
    pub made: Option<&'a Made>,
    /// Where new keys go that the manifest names no sink for.
    pub sinks: Vec<SinkSpec>,
    /// May the terminal be shown a key that has no sink?
    pub terminal: bool,
    /// Is what the manifest no longer names to be disabled?
    pub prune: bool,
}

/// Compares. Whatever cannot be done at all is a problem, and nothing is planned then.
pub fn diff(manifest: &Manifest, live: &Live, known: &Known<'_>) -> Result<Plan, Vec<Problem>> {
    let mut work = Work {
        manifest,
        live,
        known,
        provider_ids: live.providers.iter().map(|it| it.provider_id.as_str()).collect(),
        successors: live.successors(),
        plan: Plan::default(),
        problems: Vec::new(),
    };
    work.providers();
    work.policies();
    work.keys();
    work.grants();
    work.users();
    work.bindings();
    work.rules();
    work.fusion();
    if known.prune {
        work.prune();
    }
    let Work { mut plan, mut problems, .. } = work;
    if !problems.is_empty() {
        problems.sort_by_key(|problem| problem.place);
        return Err(problems);
    }
    // The sort is stable: within a turn, things stay in the order of their ids.
    plan.actions.sort_by_key(Action::turn);
    Ok(plan)
}

struct Work<'a> {
    manifest: &'a Manifest,
    live: &'a Live,
    known: &'a Known<'a>,
    provider_ids: HashSet<&'a str>,
    /// Keys that took the place of others, by the id of the first.
    successors: HashMap<&'a str, Vec<&'a Credential>>,
    plan: Plan,
    problems: Vec<Problem>,
}

impl Work<'_> {
    fn problem(&mut self, place: Place, message: impl Into<String>, suggestion: impl Into<String>) {
        self.problems.push(Problem::new(place, message).suggest(suggestion));
    }

    /// Does the router know what a section of the manifest is about? If not, the first thing that is
    /// named there is a problem.
    fn knows(&mut self, section: &str, mut places: impl Iterator<Item = Place>) -> bool {
        if !self.live.lacks.contains(&section) {
            return true;
        }
        if let Some(place) = places.next() {
            let message = format!("this router does not know {section}");
            self.problem(place, message, "leave the section out here");
        }
        false
    }

    /// Is a thing that an earlier run disabled, because it was not named, named again? Where the
    /// manifest says nothing of it, it is enabled again then. What somebody else disabled stays so,
    /// and that is noted.
    fn comes_back(&mut self, noun: &str, id: &str, said: Option<bool>, is_enabled: bool) -> bool {
        if is_enabled || said.is_some() {
            return false;
        }
        if self.is_pruned(noun, id) {
            return true;
        }
        self.plan.notes.push(format!(
            "{noun} {id} is disabled, and stays so: say `enabled: true` to enable it"
        ));
        false
    }

    fn is_pruned(&self, noun: &str, id: &str) -> bool {
        self.known.made.is_some_and(|made| made.is_pruned(noun, id))
    }

    /// The same of what is wished of it: if it comes back, that is wished as well.
    fn brings_back<R: Resource>(&mut self, before: Option<&R>, edit: &mut R::Edit) -> bool {
        let Some(before) = before else { return false };
        let said = R::enabled(edit);
        let (id, is_enabled) = (before.id().to_string(), before.is_enabled());
        let back = self.comes_back(R::KIND.noun, &id, *said, is_enabled);
        *said = said.or(back.then_some(true));
        back
    }

    /// Refuses what this router would drop without a word.
    fn check_offers<R: Resource>(&mut self, place: Place, id: &str, after: &R) {
        let (body, offers) = (after.body(), self.live.offers);
        for member in R::MEMBERS {
            let lacking = member.extended.filter(|it| !offers.has(it.extension));
            let Some(lacking) = lacking.filter(|_| !body[member.wire].is_null()) else { continue };
            let way = [R::KIND.section, id, member.field.name];
            let at = self.manifest.locate(place.file, &way);
            let (what, extension) = (lacking.what, lacking.extension.as_str());
            let message = format!("this router does not know {what} (`{extension}`)");
            self.problem(at, message, lacking.instead);
        }
    }

    /// Adds what brings a thing about that is wished.
    fn wish(&mut self, place: Place, change: ChangeSet, operation: Operation) {
        self.add(Action { change, place: Some(place), operation });
    }

    /// Adds an action, or counts the thing as unchanged.
    fn add(&mut self, action: Action) {
        if action.change.is_empty() {
            self.plan.unchanged += 1;
        } else {
            self.plan.actions.push(action);
        }
    }
}
