//! One change as it is written down, and as it is read.

use std::collections::HashMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use crate::plan::lock::fingerprint;
use clawctl_wire::resource::Resource;

/// A change, and how it ended.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Record {
    pub id: String,
    pub at: Timestamp,
    /// The user of this machine, and the machine.
    pub who: String,
    /// The words of the command.
    pub command: String,
    pub router: String,
    pub context: Option<String>,
    pub method: String,
    pub path: String,
    /// What it was about: `policy`, `key`, …
    pub noun: Option<String>,
    pub name: Option<String>,
    pub outcome: Outcome,
    pub status: Option<u16>,
    pub code: Option<String>,
    pub request_id: Option<String>,
    pub before: Was,
    pub after: Option<Value>,
    pub before_fingerprint: Option<String>,
    pub after_fingerprint: Option<String>,
    /// Did a secret, or the hash of one, go with it?
    pub carries_secret: bool,
    /// The change that this one takes back.
    pub undoes: Option<String>,
    /// The change that takes this one back.
    pub undone_by: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Done,
    Refused,
    /// Nobody knows: the answer, or we, did not get that far.
    Unknown,
}

impl Outcome {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Refused => "refused",
            Self::Unknown => "unknown",
        }
    }
}

/// What a thing was before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "seen", content = "state")]
pub enum Was {
    Known(Value),
    Absent,
    Unseen,
}

impl Was {
    pub fn state(&self) -> Option<&Value> {
        match self {
            Self::Known(state) => Some(state),
            _ => None,
        }
    }
}

/// A line of the file.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) enum Line {
    Began(Box<Began>),
    Ended(Box<Ended>),
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Began {
    pub(super) id: String,
    pub(super) at: Timestamp,
    pub(super) who: String,
    pub(super) command: String,
    pub(super) router: String,
    pub(super) context: Option<String>,
    pub(super) method: String,
    pub(super) path: String,
    pub(super) noun: Option<String>,
    pub(super) name: Option<String>,
    pub(super) before: Was,
    pub(super) carries_secret: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) undoes: Option<String>,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Ended {
    pub(super) id: String,
    pub(super) outcome: Outcome,
    pub(super) status: Option<u16>,
    pub(super) code: Option<String>,
    pub(super) request_id: Option<String>,
    pub(super) after: Option<Value>,
}

impl Record {
    /// What it was about, where that is known.
    pub fn resource(&self) -> Option<Resource> {
        let names = self.before.state().or(self.after.as_ref()).cloned().unwrap_or_default();
        Resource::written(&self.method, &self.path, &names)
    }

    fn of(began: Began) -> Self {
        let Began { id, at, who, command, router, context, method, path, .. } = began;
        let before_fingerprint = began.before.state().map(fingerprint);
        Self {
            id,
            at,
            who,
            command,
            router,
            context,
            method,
            path,
            noun: began.noun,
            name: began.name,
            outcome: Outcome::Unknown,
            status: None,
            code: None,
            request_id: None,
            before: began.before,
            after: None,
            before_fingerprint,
            after_fingerprint: None,
            carries_secret: began.carries_secret,
            undoes: began.undoes,
            undone_by: None,
        }
    }

    fn ends(&mut self, ended: Ended) {
        let Ended { outcome, status, code, request_id, after, .. } = ended;
        // A later line knows better, but not of what only an answer says.
        (self.outcome, self.code) = (outcome, code);
        self.status = status.or(self.status);
        self.request_id = request_id.or_else(|| self.request_id.take());
        self.after_fingerprint = after.as_ref().map(fingerprint);
        self.after = after;
    }
}

pub(super) fn merge(lines: Vec<Line>) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for line in lines {
        match line {
            Line::Began(began) => {
                places.insert(began.id.clone(), records.len());
                records.push(Record::of(*began));
            }
            Line::Ended(ended) => {
                if let Some(place) = places.get(&ended.id) {
                    records[*place].ends(*ended);
                }
            }
        }
    }
    let undone: Vec<(usize, String)> = records
        .iter()
        .filter(|record| record.outcome == Outcome::Done)
        .filter_map(|record| Some((*places.get(record.undoes.as_ref()?)?, record.id.clone())))
        .collect();
    for (place, by) in undone {
        records[place].undone_by = Some(by);
    }
    records
}

/// A state without what sounds like a secret: a router shows none, and none would be kept here.
pub(super) fn clean(state: Value) -> Value {
    match state {
        Value::Object(members) => {
            let kept = members.into_iter().filter(|(name, value)| !is_secret(name, value));
            Value::Object(kept.map(|(name, value)| (name, clean(value))).collect::<Map<_, _>>())
        }
        Value::Array(items) => Value::Array(items.into_iter().map(clean).collect()),
        other => other,
    }
}

fn is_secret(name: &str, value: &Value) -> bool {
    let name = name.to_ascii_lowercase();
    let sounds = ["secret", "password", "apikey", "authorization"];
    let is_token = name.ends_with("token") || name == "credential" || name == "credentials";
    (value.is_string() || value.is_object())
        && (is_token || sounds.iter().any(|word| name.contains(word)))
        && name != "clientsecretconfig"
}
