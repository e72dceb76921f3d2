//! Configuration files that belong to other programs: edited in place, and put back.
//!
//! An edit changes what it names and no other byte: comments, order, spacing and line ends stay.
//! What would be ambiguous, such as a name that is set twice, is refused and never guessed. What
//! stood there is kept in a backup, so that the last edit can be undone as long as nobody has
//! written since.

pub mod backups;
pub mod file;
pub mod json;
pub mod toml;

use std::fmt;

use thiserror::Error;

/// Names from the outside in: `models`, `providers`, `clawrouter`.
pub type Path<'a> = [&'a str];

/// Why a file is left alone. Nothing here repeats a value of it.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadFile {
    #[error("line {line}, column {column}: {reason}")]
    Syntax { line: usize, column: usize, reason: String },
    #[error("`{name}` is set twice")]
    Twice { name: String },
    #[error("`{name}` is there, and is not {wanted}")]
    OtherShape { name: String, wanted: &'static str },
    #[error("it mixes line ends, and an edit would change some of them")]
    MixedLineEnds,
    #[error("it is nested too deeply")]
    TooDeep,
    #[error("it is not text in UTF-8")]
    NotText,
}

/// A path as it is said: `models.providers.clawrouter`.
pub struct Dotted<'a>(pub &'a Path<'a>);

impl fmt::Display for Dotted<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0.join("."))
    }
}

/// Line and column of an offset, from one.
fn position(text: &str, offset: usize) -> (usize, usize) {
    let before = text.get(..offset).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|c| *c != '\n').count() + 1;
    (line, column)
}
