//! Edits that lose nothing: read, change what is named, send everything, read back, compare.

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
