//! Edits that lose nothing: read, change what is named, send everything, read back, compare.

use http::HeaderValue;
use serde_json::Value;

use super::error::{Error, Result};

/// A write that has been thought through but not sent.
#[derive(Debug, Clone)]
pub struct Planned<T> {
    /// What the router has now; `None` where it will be created.
    pub before: Option<T>,
    pub after: T,
    /// Extension `revision`: the write is refused if the router's state moved on.
    pub(super) etag: Option<HeaderValue>,
}

impl<T: PartialEq> Planned<T> {
    pub fn changes_nothing(&self) -> bool {
        self.before.as_ref() == Some(&self.after)
    }
}

/// Refuses a write over what is no longer as it was read, where no precondition could be sent.
pub(super) fn check_unmoved(
    noun: &'static str,
    id: &str,
    before: Option<Value>,
    now: Option<Value>,
) -> Result<()> {
    match (before, now) {
        (before, now) if before == now => Ok(()),
        (None, Some(_)) => Err(Error::Exists { noun, id: id.to_owned() }),
        _ => Err(Error::Changed { noun, id: id.to_owned() }),
    }
}

/// Objects of which the names are data, so that a name more is a difference.
const MAPS: &[&str] = &["eligibleGrants"];

/// Finds the first member that reads back otherwise than it was sent. What a router adds of its own
/// is no difference, also not inside a member.
pub(super) fn compare(noun: &'static str, id: &str, sent: &Value, read: &Value) -> Result<()> {
    let Some(Difference { field, wanted, found }) = difference("", sent, read) else {
        return Ok(());
    };
    Err(Error::Mismatch { noun, id: id.to_owned(), field, wanted, found })
}

struct Difference {
    field: String,
    wanted: String,
    found: String,
}

fn difference(at: &str, sent: &Value, read: &Value) -> Option<Difference> {
    let (sent, read) = (sent.as_object()?, read.as_object()?);
    sent.iter().find_map(|(name, wanted)| {
        let found = read.get(name).unwrap_or(&Value::Null);
        let field = if at.is_empty() { name.clone() } else { format!("{at}.{name}") };
        if wanted.is_object() && found.is_object() && !MAPS.contains(&name.as_str()) {
            return difference(&field, wanted, found);
        }
        let (wanted_text, found_text) = (wanted.to_string(), found.to_string());
        let differs = !is_same(wanted, found);
        differs.then_some(Difference { field, wanted: wanted_text, found: found_text })
    })
}

/// One number may be written in two ways.
fn is_same(wanted: &Value, found: &Value) -> bool {
    match (wanted.as_f64(), found.as_f64()) {
        (Some(wanted_number), Some(number)) if wanted.is_f64() || found.is_f64() => {
            wanted_number == number
        }
        _ => wanted == found,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn only_what_was_sent_is_compared_and_that_at_depth() {
        let check = |sent: Value, read: Value, field: Option<&str>| {
            let found = difference("", &sent, &read).map(|difference| difference.field);
            assert_eq!(found.as_deref(), field, "{sent} {read}");
        };
        let sent = json!({ "enabled": true, "grantRouting": { "strategy": "priority",
            "eligibleGrants": { "openai": ["a"] }, "switchAtUsedPercent": 90 } });
        let with = |changes: Value| {
            let mut read = sent.clone();
            read["active"] = json!(true);
            for (name, value) in changes.as_object().unwrap() {
                read["grantRouting"][name] = value.clone();
            }
            read
        };
        check(sent.clone(), with(json!({})), None);
        check(sent.clone(), with(json!({ "hysteresisPercent": 10 })), None);
        check(sent.clone(), with(json!({ "switchAtUsedPercent": 90.0 })), None);
        let strategy = Some("grantRouting.strategy");
        check(sent.clone(), with(json!({ "strategy": "threshold" })), strategy);
        let more = json!({ "eligibleGrants": { "openai": ["a"], "xai": ["x"] } });
        check(sent.clone(), with(more), Some("grantRouting.eligibleGrants"));
        let percent = json!({ "switchAtUsedPercent": 91 });
        check(sent.clone(), with(percent), Some("grantRouting.switchAtUsedPercent"));
        check(json!({ "label": null }), json!({}), None);
        check(json!({ "label": "x" }), json!({}), Some("label"));
        check(json!({ "grantRouting": {} }), json!({ "grantRouting": null }), Some("grantRouting"));
    }
}
