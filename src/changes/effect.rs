//! What a change did, in words.

use serde::de::DeserializeOwned;
use serde_json::Value;

use super::record::{Outcome, Record, Was};
use super::recorder::Own;
use crate::plan::{ChangeSet, Effect, connection_change, credential_change, policy_change};
use clawctl_wire::credential::Credential;

/// Every effect in words; where there is a better word than the names of members, that one.
pub fn effects(record: &Record) -> Vec<String> {
    if let Some(own) = Own::of(record).filter(|_| record.outcome == Outcome::Done) {
        let words = match own {
            Own::AdminToken => {
                "REPLACES: the admin token; one that was there before stopped working"
            }
            Own::Database => "REPLACES: everything that the router had, by a backup",
        };
        return vec![words.to_owned()];
    }
    let Some(after) = &record.after else { return Vec::new() };
    let created = record.before == Was::Absent;
    let mut words = match record.noun.as_deref() {
        Some("policy") => {
            let before = record.before.state().and_then(read);
            if created {
                read(after).map(|after| policy_change(None, &after, None))
            } else {
                before.zip(read(after)).map(|(a, b)| policy_change(Some(&a), &b, None))
            }
            .map(|set| said(&set, created))
        }
        Some("key") => {
            let before = record.before.state().and_then(read);
            before.zip(read(after)).map(|(a, b)| said(&key_change(record, &a, &b), false))
        }
        Some("provider") => {
            let before = record.before.state().and_then(read);
            before.zip(read(after)).map(|(a, b)| said(&connection_change(&a, &b), false))
        }
        _ => None,
    }
    .unwrap_or_else(|| members(record, after));
    if created {
        words.insert(0, "CREATES".to_owned());
    }
    // Nothing that can be seen has changed, so it was the secret.
    if record.carries_secret && words.is_empty() {
        words.push("REPLACES the secret, perhaps by the same".to_owned());
    }
    words
}

/// These register a key switched off and switch it on when it was delivered, so nobody used it
/// before.
const ISSUES: [&str; 2] = ["key issue", "key exec"];

fn key_change(record: &Record, before: &Credential, after: &Credential) -> ChangeSet {
    let mut set = credential_change(before, after, None);
    if ISSUES.contains(&record.command.as_str()) {
        for effect in set.effects.iter_mut().filter(|effect| effect.kind == Effect::ReEnables) {
            (effect.kind, effect.text) =
                (Effect::Enables, "it was delivered, and works".to_owned());
        }
    }
    set
}

fn read<T: DeserializeOwned>(state: &Value) -> Option<T> {
    serde_json::from_value(state.clone()).ok()
}

fn said(set: &ChangeSet, created: bool) -> Vec<String> {
    let effects = set.effects.iter().map(ToString::to_string);
    let fields = set.fields.iter().filter(|_| !created).map(|field| {
        let before = field.before.as_deref().unwrap_or("nothing");
        format!("{} {before} → {}", field.field, field.after)
    });
    effects.chain(fields).collect()
}

/// Of other kinds: the members, before and after.
fn members(record: &Record, after: &Value) -> Vec<String> {
    let Some(resource) = record.resource() else { return Vec::new() };
    let Some(before) = record.before.state() else { return Vec::new() };
    let show = |state: &Value, name: &str| match state.get(name) {
        None | Some(Value::Null) => "nothing".to_owned(),
        Some(Value::String(text)) => text.clone(),
        Some(other) => other.to_string(),
    };
    let names = resource.differences(before, after);
    names
        .iter()
        .map(|name| format!("{name} {} → {}", show(before, name), show(after, name)))
        .collect()
}
