//! What is told of every change that a router is asked for, and who is told.
//!
//! All requests pass through [`Client::send`](super::Client), and so does everything that was read
//! before: what a thing was before it was changed is what was last seen of it here. No secret is
//! told, because a router gives none back, and what was sent is not told.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::Method;
use serde_json::Value;

use super::error::{Error, Result};
use super::transport::{Answer, Outgoing};
use clawctl_wire::error::{ErrorEnvelope, code};
use clawctl_wire::resource::{Resource, without_secrets};

/// So many answers are remembered; then all are forgotten, and "before" is not known.
const SEEN_MAX: usize = 8192;

/// One that is told of changes: once before the request is sent, and once when its end is known.
pub trait Witness: Send + Sync {
    /// What is returned names the change later.
    fn begins(&self, change: &Change<'_>) -> Option<String>;

    fn ends(&self, id: &str, end: &End<'_>);
}

/// A change that is about to be asked for.
#[derive(Debug)]
pub struct Change<'a> {
    pub method: &'a str,
    pub path: &'a str,
    /// What it is about, if that is known here.
    pub resource: Option<Resource>,
    pub before: Before,
    /// Did a secret go with it?
    pub carries_secret: bool,
}

/// What a thing was, as it was last seen.
#[derive(Debug, Clone, PartialEq)]
pub enum Before {
    Known(Value),
    /// The router said that there was none.
    Absent,
    Unseen,
}

/// How it ended.
#[derive(Debug)]
pub struct End<'a> {
    pub outcome: Outcome,
    /// The thing as the router answered with it.
    pub after: Option<Value>,
    pub status: Option<u16>,
    /// The router's error code.
    pub code: Option<String>,
    pub request_id: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    Done,
    Refused,
    /// No answer, so nobody knows.
    Unknown,
}

/// A witness, and what it is told from.
pub(super) struct Witnessed {
    witness: Box<dyn Witness>,
    state: Mutex<State>,
}

#[derive(Default)]
struct State {
    /// What each path that was read had to say.
    seen: HashMap<String, Seen>,
    /// Changes without a certain end. What is read next may tell.
    open: Vec<Open>,
}

enum Seen {
    Answer(Bytes),
    Nothing,
    /// It was changed since, and nobody knows to what.
    Stale,
}

struct Open {
    id: String,
    resource: Resource,
    wanted: Value,
}

/// A change under way.
pub(super) struct UnderWay {
    id: String,
    resource: Option<Resource>,
    body: Value,
    carries_secret: bool,
}

impl Witnessed {
    pub(super) fn by(witness: Box<dyn Witness>) -> Self {
        Self { witness, state: Mutex::default() }
    }

    /// Tells of a request that changes something. Others are of no interest.
    pub(super) fn begins(&self, outgoing: &Outgoing) -> Option<UnderWay> {
        let Outgoing { method, path, body, changes_nothing, .. } = outgoing;
        let changes = *method != Method::GET
            && !changes_nothing
            && path.starts_with("/v1/admin/")
            && !path.ends_with("/preview");
        if !changes {
            return None;
        }
        let (body, carries_secret) = without_secrets(body);
        let resource = Resource::written(method.as_str(), path, &body);
        let before = resource.as_ref().map_or(Before::Unseen, |it| self.state().before(it));
        let (method, resource_told) = (method.as_str(), resource.clone());
        let change = Change { method, path, resource: resource_told, before, carries_secret };
        let id = self.witness.begins(&change)?;
        Some(UnderWay { id, resource, body, carries_secret })
    }

    /// Tells how it ended.
    pub(super) fn ends(&self, change: UnderWay, outcome: &Result<Answer>) {
        let UnderWay { id, resource, body, carries_secret } = change;
        let end = end(outcome);
        if let Some(resource) = resource {
            let mut state = self.state();
            state.changed(&resource, end.outcome, outcome.as_ref().ok());
            let is_open = end.outcome == Outcome::Unknown
                || end.code.as_deref() == Some(code::REVISION_MISMATCH);
            // A secret cannot be read back, so no reading would tell whether it was taken.
            if is_open && !carries_secret {
                state.open.push(Open { id: id.clone(), resource, wanted: body });
            }
        }
        self.witness.ends(&id, &end);
    }

    /// Is it known what a thing was before?
    pub(super) fn has_seen(&self, path: &str) -> bool {
        let state = self.state();
        let is_known =
            |path: &str| matches!(state.seen.get(path), Some(Seen::Answer(_) | Seen::Nothing));
        is_known(path) || path.rsplit_once('/').is_some_and(|(list, _)| is_known(list))
    }

    /// Takes note of what was read.
    pub(super) fn reads(&self, path: &str, answer: &Answer) {
        match answer.status {
            200 => self.notes(path, Seen::Answer(answer.body.clone())),
            404 => self.notes(path, Seen::Nothing),
            _ => {}
        }
    }

    /// The same for a list; nothing if it was too long to be remembered.
    pub(super) fn saw(&self, path: &str, body: Option<Bytes>) {
        self.notes(path, body.map_or(Seen::Stale, Seen::Answer));
    }

    fn notes(&self, path: &str, seen: Seen) {
        let mut state = self.state();
        let told = match &seen {
            Seen::Answer(body) => state.settle(path, Some(body)),
            Seen::Nothing => state.settle(path, None),
            Seen::Stale => Vec::new(),
        };
        state.see(path, seen);
        drop(state);
        for (id, after) in told {
            let end = End {
                outcome: Outcome::Done,
                after: Some(after),
                status: None,
                code: None,
                request_id: None,
            };
            self.witness.ends(&id, &end);
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    fn see(&mut self, path: &str, seen: Seen) {
        if self.seen.len() >= SEEN_MAX {
            self.seen.clear();
        }
        // What a new list says of each is newer than what was seen of it alone.
        let members = format!("{path}/");
        if is_list(path) {
            self.seen.retain(|known, _| !known.starts_with(&members));
        }
        self.seen.insert(path.to_owned(), seen);
    }

    /// What was seen of it before is not so any more; its answer says how it is.
    fn changed(&mut self, resource: &Resource, outcome: Outcome, answer: Option<&Answer>) {
        let seen = match (outcome, answer) {
            (Outcome::Refused, _) => return,
            (Outcome::Done, Some(answer)) => Seen::Answer(answer.body.clone()),
            _ => Seen::Stale,
        };
        // Of some kinds the path of one is that of all.
        let seen = if resource.path() == resource.list_path() { Seen::Stale } else { seen };
        self.seen.insert(resource.path(), seen);
    }

    fn before(&self, resource: &Resource) -> Before {
        let read = |bytes: &Bytes| serde_json::from_slice::<Value>(bytes).ok();
        match self.seen.get(&resource.path()) {
            Some(Seen::Nothing) => return Before::Absent,
            Some(Seen::Stale) => return Before::Unseen,
            Some(Seen::Answer(bytes)) if resource.path() != resource.list_path() => {
                return read(bytes).map_or(Before::Unseen, Before::Known);
            }
            _ => {}
        }
        let Some(Seen::Answer(list)) = self.seen.get(resource.list_path()) else {
            return Before::Unseen;
        };
        match read(list) {
            Some(list) => resource.find_in(&list).map_or(Before::Absent, Before::Known),
            None => Before::Unseen,
        }
    }

    /// The open changes that what was read proves to be carried out.
    fn settle(&mut self, path: &str, seen: Option<&Bytes>) -> Vec<(String, Value)> {
        let (about, rest): (Vec<_>, Vec<_>) = std::mem::take(&mut self.open)
            .into_iter()
            .partition(|open| open.resource.path() == path || open.resource.list_path() == path);
        self.open = rest;
        if about.is_empty() {
            return Vec::new();
        }
        let read: Value = seen.and_then(|b| serde_json::from_slice(b).ok()).unwrap_or_default();
        let settled = |open: Open| {
            let now = match path == open.resource.list_path() {
                true => open.resource.find_in(&read)?,
                false => read.clone(),
            };
            is_so(&open, &now).then_some((open.id, now))
        };
        about.into_iter().filter_map(settled).collect()
    }
}

/// Is it a path such as `/v1/admin/policies`, under which things are listed?
fn is_list(path: &str) -> bool {
    path.split('/').count() == 4
}

/// Is a thing as it was asked to be?
fn is_so(open: &Open, now: &Value) -> bool {
    if open.resource.verb.as_deref() == Some("revoke") {
        return now.get("enabled") == Some(&Value::Bool(false));
    }
    let Some(wanted) = open.wanted.as_object() else { return false };
    let same = |(name, value): (&String, &Value)| match name.as_str() {
        "allProviders" | "keepSecret" => true,
        name => now.get(name).unwrap_or(&Value::Null) == value,
    };
    open.resource.verb.is_none() && wanted.iter().all(same)
}

fn end(outcome: &Result<Answer>) -> End<'_> {
    let Ok(answer) = outcome else {
        let code = outcome.as_ref().err().map(Error::code).filter(|code| !code.is_empty());
        let code = code.map(str::to_owned);
        return End {
            outcome: Outcome::Unknown,
            after: None,
            status: None,
            code,
            request_id: None,
        };
    };
    let request_id = answer.headers.get("x-request-id").and_then(|id| id.to_str().ok());
    let status = Some(answer.status);
    if (200..300).contains(&answer.status) {
        let after = serde_json::from_slice(&answer.body).ok();
        return End { outcome: Outcome::Done, after, status, code: None, request_id };
    }
    let code = ErrorEnvelope::read(&answer.body).map(|problem| problem.code().to_owned());
    let outcome = if answer.status >= 500 { Outcome::Unknown } else { Outcome::Refused };
    End { outcome, after: None, status, code, request_id }
}

#[cfg(test)]
mod tests;
