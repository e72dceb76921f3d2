//! Rows that were left out of a list, for the person who reads it.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Mutex, PoisonError};

/// How many rows of a list are described; the others are counted.
const DESCRIBED_MAX: usize = 3;

/// A row that is JSON, but cannot be understood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnreadRow {
    /// What the row is called, where it says so.
    pub id: Option<String>,
    pub reason: String,
}

impl fmt::Display for UnreadRow {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.id {
            Some(id) => write!(f, "`{id}`: {}", self.reason),
            None => f.write_str(&self.reason),
        }
    }
}

/// The rows that were left out of one list.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unread {
    count: usize,
    /// The first of them.
    rows: Vec<UnreadRow>,
}

impl fmt::Display for Unread {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let noun = if self.count == 1 { "row" } else { "rows" };
        write!(f, "{} {noun} could not be read: ", self.count)?;
        let rows: Vec<_> = self.rows.iter().map(UnreadRow::to_string).collect();
        f.write_str(&rows.join("; "))?;
        match self.count.saturating_sub(self.rows.len()) {
            0 => Ok(()),
            more => write!(f, "; and {more} more"),
        }
    }
}

/// What was left out of each list, by what the list is called. A list that is read again begins
/// again, so that a row is not counted twice.
#[derive(Default)]
pub(in crate::client) struct LeftOut(Mutex<BTreeMap<&'static str, Unread>>);

impl LeftOut {
    pub(super) fn begin(&self, list: &'static str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(list);
    }

    pub(super) fn note(&self, list: &'static str, row: UnreadRow) {
        let mut lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let unread = lists.entry(list).or_default();
        unread.count += 1;
        if unread.rows.len() < DESCRIBED_MAX {
            unread.rows.push(row);
        }
    }

    pub(in crate::client) fn lists(&self) -> Vec<(&'static str, Unread)> {
        let lists = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        lists.iter().map(|(list, unread)| (*list, unread.clone())).collect()
    }
}
