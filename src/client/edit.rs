//! Edits that lose nothing: read, change what is named, send everything, read back, compare.

use std::collections::BTreeSet;

use http::HeaderValue;
use serde_json::Value;

use super::error::{Error, Result};

/// What happens to one optional member.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Change<T> {
    /// It stays as it is.
    #[default]
    Keep,
    /// It is taken away.
    Clear,
    /// It becomes this.
    Set(T),
}

impl<T: Clone> Change<T> {
    pub(super) fn apply(&self, to: &mut Option<T>) {
        match self {
            Self::Keep => {}
            Self::Clear => *to = None,
            Self::Set(value) => *to = Some(value.clone()),
        }
    }

    pub fn is_keep(&self) -> bool {
        matches!(self, Self::Keep)
    }
}

/// What happens to a list whose order means nothing.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SetEdit {
    /// It becomes these first, where they are given.
    pub only: Option<BTreeSet<String>>,
    pub add: BTreeSet<String>,
    pub remove: BTreeSet<String>,
}

impl SetEdit {
    pub fn only(items: impl IntoIterator<Item = String>) -> Self {
        Self { only: Some(items.into_iter().collect()), ..Self::default() }
    }

    pub fn is_keep(&self) -> bool {
        *self == Self::default()
    }

    /// A list that is kept also keeps its order.
    pub(super) fn apply(&self, to: &mut Vec<String>) {
        if self.is_keep() {
            return;
        }
        let mut items = self.only.clone().unwrap_or_else(|| to.drain(..).collect());
        items.extend(self.add.iter().cloned());
        items.retain(|item| !self.remove.contains(item));
        *to = items.into_iter().collect();
    }
}

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

/// Finds the first member that reads back otherwise than it was sent.
pub(super) fn compare(noun: &'static str, id: &str, sent: &Value, read: &Value) -> Result<()> {
    let (Some(sent), Some(read)) = (sent.as_object(), read.as_object()) else { return Ok(()) };
    for (field, wanted) in sent {
        let found = read.get(field).unwrap_or(&Value::Null);
        if found != wanted {
            return Err(Error::Mismatch {
                noun,
                id: id.to_owned(),
                field: field.clone(),
                wanted: wanted.to_string(),
                found: found.to_string(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_list_changes_in_what_is_named() {
        let set = |items: &str| items.split_whitespace().map(str::to_owned).collect();
        let check = |only: Option<&str>, add: &str, remove: &str, expected: &str| {
            let edit = SetEdit { only: only.map(set), add: set(add), remove: set(remove) };
            let mut list = vec!["b".to_owned(), "a".to_owned()];
            edit.apply(&mut list);
            assert_eq!(list.join(" "), expected, "{edit:?}");
        };
        check(None, "", "", "b a");
        check(None, "c", "", "a b c");
        check(None, "a", "", "a b");
        check(None, "", "b x", "a");
        check(Some("z"), "", "", "z");
        check(Some(""), "", "", "");
        check(Some("z"), "y", "z", "y");
    }
}
