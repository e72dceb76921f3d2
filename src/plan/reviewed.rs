//! A plan that was written down to be looked at, and is carried out later exactly so or not at all.
//!
//! It holds the manifests with their variables filled in, so that nothing has to be found again,
//! and what was planned. When it is carried out, everything is planned anew; whatever is not in the
//! file, or begins from another state, stops it.

use std::collections::HashMap;
use std::path::PathBuf;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use thiserror::Error;

use super::action::Action;
use super::diff::Plan;
use super::manifest::{Manifest, Source};

const VERSION: u32 = 1;

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Reviewed {
    clawctl: String,
    version: u32,
    pub made_at: Timestamp,
    pub router: String,
    pub lock: Option<PathBuf>,
    pub prune: bool,
    pub sinks: Vec<String>,
    manifests: Vec<File>,
    changes: Vec<Value>,
}

#[derive(Debug, Serialize, Deserialize)]
struct File {
    name: String,
    folder: PathBuf,
    content: Value,
}

#[derive(Debug, Error)]
pub enum BadReview {
    #[error("it is no plan that `--plan-out` wrote")]
    NotOne,
    #[error("it has version {0}; this clawctl knows {VERSION}")]
    Version(u64),
    #[error("it is damaged: {0}")]
    Damaged(serde_json::Error),
}

/// What a plan is made with, beside the manifests and the router.
pub struct Terms {
    pub made_at: Timestamp,
    pub router: String,
    pub lock: Option<PathBuf>,
    pub prune: bool,
    pub sinks: Vec<String>,
}

impl Reviewed {
    pub fn new(terms: Terms, manifest: &Manifest, sources: &[Source], plan: &Plan) -> Self {
        let Terms { made_at, router, lock, prune, sinks } = terms;
        let files = sources.iter().zip(manifest.filled());
        let file = |(source, content): (&Source, Value)| File {
            name: source.name.clone(),
            folder: source.folder.clone(),
            content,
        };
        Self {
            clawctl: "plan".to_owned(),
            version: VERSION,
            made_at,
            router,
            lock,
            prune,
            sinks,
            manifests: files.map(file).collect(),
            changes: plan.actions.iter().map(described).collect(),
        }
    }

    pub fn parse(text: &str) -> Result<Self, BadReview> {
        let value: Value = serde_json::from_str(text).map_err(|_| BadReview::NotOne)?;
        if value["clawctl"] != "plan" {
            return Err(BadReview::NotOne);
        }
        match value["version"].as_u64() {
            Some(version) if version == u64::from(VERSION) => {}
            other => return Err(BadReview::Version(other.unwrap_or(0))),
        }
        serde_json::from_value(value).map_err(BadReview::Damaged)
    }

    /// The manifests, as if they were read again.
    pub fn sources(&self) -> Vec<Source> {
        let source = |file: &File| Source {
            name: file.name.clone(),
            folder: file.folder.clone(),
            text: file.content.to_string(),
        };
        self.manifests.iter().map(source).collect()
    }

    /// What a new plan would do that was not reviewed: the things, each with the reason.
    ///
    /// An earlier run may have done some of it. What is done is in the new plan no more, and what
    /// it left half done is finished.
    pub fn moved(&self, plan: &Plan) -> Vec<String> {
        let key = |change: &Value| (change["noun"].to_string(), change["id"].to_string());
        let reviewed: HashMap<_, _> =
            self.changes.iter().map(|change| (key(change), change)).collect();
        let mut moved = Vec::new();
        for action in &plan.actions {
            let now = described(action);
            let thing = format!("{} {}", action.change.noun, action.change.id);
            match reviewed.get(&key(&now)) {
                None => moved.push(format!("{thing} was as it should be, and is not any more")),
                Some(then) if then["before"] != now["before"] => {
                    moved.push(format!("{thing} is not in the state that was reviewed"));
                }
                Some(then) if then["fields"] != now["fields"] || then["verb"] != now["verb"] => {
                    moved.push(format!("{thing} would be changed otherwise"));
                }
                Some(_) => {}
            }
        }
        moved
    }
}

fn described(action: &Action) -> Value {
    let effects: Vec<_> = action.change.effects.iter().map(|effect| effect.kind.word()).collect();
    json!({
        "noun": action.change.noun,
        "id": action.change.id,
        "verb": action.verb(),
        "before": action.before(),
        "fields": action.change.fields,
        "effects": effects,
    })
}
