//! What is wrong with a manifest file, and where.

use std::fmt;
use std::path::{Path, PathBuf};

use serde_saphyr::{Error, Location, MessageFormatter, UserMessageFormatter};

/// One reason why a manifest file was left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ManifestProblem {
    pub path: PathBuf,
    /// Counted from one.
    pub line: Option<usize>,
    /// Counted from one, in characters.
    pub column: Option<usize>,
    pub reason: String,
}

impl ManifestProblem {
    pub(super) fn new(path: &Path, reason: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line: None, column: None, reason: reason.into() }
    }

    pub(super) fn at(path: &Path, location: Option<Location>, reason: impl Into<String>) -> Self {
        // The YAML reader says "unknown" with line 0.
        let known = location.filter(|location| location.line() > 0);
        Self {
            line: known.and_then(|location| usize::try_from(location.line()).ok()),
            column: known.and_then(|location| usize::try_from(location.column()).ok()),
            ..Self::new(path, reason)
        }
    }

    pub(super) fn yaml(path: &Path, error: &Error) -> Self {
        let message = match error.without_snippet() {
            Error::InvalidScalar { ty: "u64", .. } => "a whole number is needed here".into(),
            other => UserMessageFormatter.format_message(other),
        };
        // The message may quote the file, and a file may hold anything; nothing of it may steer
        // the terminal that shows the message.
        let printed: String =
            message.chars().map(|c| if c.is_control() { '?' } else { c }).collect();
        Self::at(path, error.location(), printed)
    }
}

impl fmt::Display for ManifestProblem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:", self.path.display())?;
        if let Some(line) = self.line {
            write!(f, "{line}:")?;
            if let Some(column) = self.column {
                write!(f, "{column}:")?;
            }
        }
        write!(f, " {}", self.reason)
    }
}

impl std::error::Error for ManifestProblem {}

/// Something wrong inside one manifest, before it is known which line that is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Fault {
    /// The way to the value, such as `models/entries/0/id`.
    pub(super) at: String,
    pub(super) reason: String,
}

impl Fault {
    pub(super) fn new(at: impl Into<String>, reason: impl Into<String>) -> Self {
        Self { at: at.into(), reason: reason.into() }
    }
}
