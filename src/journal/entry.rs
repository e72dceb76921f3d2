//! One operation as it is written down.

use jiff::Timestamp;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use url::Url;

use super::JournalError;
use clawctl_wire::key::{ProxyKey, masked};

/// The version of the file format that this program writes.
const VERSION: u32 = 1;

/// What is going to be done.
#[derive(Debug, Clone, PartialEq)]
pub struct Plan {
    pub kind: Kind,
    pub target: Target,
    pub credential_id: String,
    /// The credential whose place this one is to take; it stays valid meanwhile.
    pub predecessor: Option<String>,
    /// `live` or `test`, which the full text of a key needs again.
    pub key_mode: String,
    pub secret_sha256: String,
    /// As typed, with absolute paths, so that a later process finds the same places.
    pub sinks: Vec<String>,
    pub put: Intended,
}

/// An operation, and how far it has come.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Entry {
    pub(super) version: u32,
    pub operation_id: String,
    pub kind: Kind,
    pub target: Target,
    pub credential_id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub predecessor: Option<String>,
    pub key_mode: String,
    pub secret_sha256: String,
    pub sinks: Vec<String>,
    pub put: Intended,
    pub step: Step,
    pub began_at: Timestamp,
    pub updated_at: Timestamp,
    /// Is it one of many that were begun together?
    #[serde(skip)]
    pub in_fleet: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Kind {
    Issue,
    /// The issue of a key that succeeds another one.
    Overlap,
    Rotate,
}

/// What is known to be done. Each operation goes through its own steps in its own order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    /// The sinks are ready; the router has heard nothing yet.
    Prepared,
    /// The router has the hash, disabled.
    Registered,
    /// Every sink has the key.
    Delivered,
    /// The router accepts the key.
    Enabled,
    /// The router has the new hash instead of the old.
    Replaced,
}

/// The router that an operation is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Target {
    url: String,
    pub context: Option<String>,
}

/// The members of the last write, as they are to be in the end.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Intended {
    pub policy_id: String,
    pub enabled: bool,
    pub principal_id: Option<String>,
    pub label: Option<String>,
    pub expires_at: Option<Timestamp>,
    /// Members that this version does not know, to be sent back as they came.
    #[serde(default)]
    pub unknown: Map<String, Value>,
}

/// A step that was taken: a line behind the operation.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Note {
    step: Step,
    updated_at: Timestamp,
}

impl Plan {
    /// What is noted stays on the disk, so it holds no key that was typed by mistake.
    fn refuse_keys(&self) -> Result<(), JournalError> {
        let Intended { policy_id, principal_id, label, .. } = &self.put;
        let ids = [Some(&self.credential_id), self.predecessor.as_ref(), Some(policy_id)];
        let more = [principal_id.as_ref(), label.as_ref()];
        let mut texts = ids.into_iter().chain(more).flatten().chain(&self.sinks);
        match texts.any(|text| ProxyKey::find_in(text).is_some()) {
            true => {
                let credential_id = masked(&self.credential_id).into_owned();
                Err(JournalError::HoldsKey { credential_id })
            }
            false => Ok(()),
        }
    }
}

impl Kind {
    fn steps(self) -> &'static [Step] {
        match self {
            Self::Issue | Self::Overlap => {
                &[Step::Prepared, Step::Registered, Step::Delivered, Step::Enabled]
            }
            Self::Rotate => &[Step::Prepared, Step::Delivered, Step::Replaced],
        }
    }

    /// The step that follows, or `None` after the last.
    pub fn after(self, step: Step) -> Option<Step> {
        let at = self.steps().iter().position(|known| *known == step)?;
        self.steps().get(at + 1).copied()
    }
}

impl Step {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Prepared => "prepared",
            Self::Registered => "registered",
            Self::Delivered => "delivered",
            Self::Enabled => "enabled",
            Self::Replaced => "replaced",
        }
    }
}

impl Target {
    /// The router at a URL, or an embedded one as the caller names it. A password in the URL is
    /// not kept.
    pub fn new(url: &str, context: Option<String>) -> Self {
        Self { url: place(url), context }
    }

    /// What tells one router from another.
    pub fn place(&self) -> &str {
        &self.url
    }
}

/// One spelling for a router, without user name and password. Routers are told apart by it, so
/// that one and the same is found under every context that leads there.
pub(super) fn place(url: &str) -> String {
    let Ok(mut parsed) = Url::parse(url) else { return url.to_owned() };
    // Both calls fail only for a URL that cannot have them.
    let _ = parsed.set_username("");
    let _ = parsed.set_password(None);
    parsed.set_query(None);
    parsed.set_fragment(None);
    parsed.as_str().trim_end_matches('/').to_owned()
}

/// The line of a step. It begins with the end of the line before, so that one which a crash cut
/// off stays alone.
pub(super) fn note(step: Step, updated_at: Timestamp) -> serde_json::Result<Vec<u8>> {
    let mut line = vec![b'\n'];
    serde_json::to_writer(&mut line, &Note { step, updated_at })?;
    Ok(line)
}

/// The JSON value that a text begins with, and what follows it.
fn first<T: DeserializeOwned>(text: &[u8]) -> serde_json::Result<(T, &[u8])> {
    let mut values = serde_json::Deserializer::from_slice(text).into_iter();
    // There is none in an empty text; to read that as a value says so.
    let value = values.next().unwrap_or_else(|| serde_json::from_slice(text))?;
    Ok((value, &text[values.byte_offset()..]))
}

/// A name for an operation that no other has.
pub(super) fn operation_id() -> Result<String, JournalError> {
    let mut number = [0_u8; 8];
    getrandom::fill(&mut number).map_err(JournalError::NoRandomness)?;
    Ok(format!("{:016x}", u64::from_be_bytes(number)))
}

impl Entry {
    pub(super) fn new(plan: Plan, at: Timestamp) -> Result<Self, JournalError> {
        plan.refuse_keys()?;
        let Plan { kind, target, credential_id, predecessor, key_mode, secret_sha256, sinks, put } =
            plan;
        Ok(Self {
            version: VERSION,
            operation_id: operation_id()?,
            kind,
            target,
            credential_id,
            predecessor,
            key_mode,
            secret_sha256,
            sinks,
            put,
            step: Step::Prepared,
            began_at: at,
            updated_at: at,
            in_fleet: false,
        })
    }

    /// The credential that there was before the operation.
    pub fn before(&self) -> &str {
        self.predecessor.as_deref().unwrap_or(&self.credential_id)
    }

    /// The command that finishes it.
    pub fn resume_command(&self) -> String {
        let id = self.before();
        match self.kind {
            _ if self.in_fleet => "clawctl key rotate --all --resume".to_owned(),
            Kind::Issue => format!("clawctl key issue {id} --resume"),
            Kind::Overlap => format!("clawctl key rotate {id} --overlap --resume"),
            Kind::Rotate => format!("clawctl key rotate {id} --resume"),
        }
    }

    /// Steps are taken in their order. The same step again changes nothing.
    pub(super) fn check_follows(&self, step: Step) -> Result<(), JournalError> {
        let from = self.step;
        if step != from && self.kind.after(from) != Some(step) {
            return Err(JournalError::OutOfOrder { from, to: step });
        }
        Ok(())
    }

    pub(super) fn check_finished(&self) -> Result<(), JournalError> {
        match self.kind.after(self.step) {
            Some(to) => Err(JournalError::OutOfOrder { from: self.step, to }),
            None => Ok(()),
        }
    }

    /// The reason names a place in the file and repeats nothing of it.
    pub(super) fn parse(bytes: &[u8]) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Versioned {
            version: u32,
        }
        let place = |error: serde_json::Error| {
            format!("it is damaged at line {}, column {}", error.line(), error.column())
        };
        let (Versioned { version }, _) = first(bytes).map_err(place)?;
        if version != VERSION {
            return Err(format!("it has version {version}; this clawctl knows {VERSION}"));
        }
        let (mut entry, notes): (Self, _) = first(bytes).map_err(place)?;
        // A line that a crash cut off is a step that was not noted.
        for line in notes.split(|byte| *byte == b'\n') {
            if let Ok(Note { step, updated_at }) = serde_json::from_slice(line) {
                (entry.step, entry.updated_at) = (step, updated_at);
            }
        }
        if !entry.kind.steps().contains(&entry.step) {
            return Err(format!("its operation has no step `{}`", entry.step.as_str()));
        }
        // Names of files are made of these, so a file from elsewhere must not lead astray.
        let named =
            |id: &str| !id.is_empty() && id.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
        if !named(&entry.operation_id) || !named(&entry.credential_id) {
            return Err("its ids are not ids".to_owned());
        }
        Ok(entry)
    }
}
