//! What is wrong with a manifest.

use std::io;

use serde::Serialize;

use super::{Machine, Page, View};
use crate::error::Exit;
use crate::plan::manifest::Problem;
use clawctl_wire::key::masked;

/// One problem, as a program gets it.
#[derive(Debug, Clone, Serialize)]
pub struct ProblemRow {
    pub file: String,
    /// Counted from one; `null` where it is the file as a whole.
    pub line: Option<u32>,
    pub column: Option<u32>,
    pub message: String,
    pub suggestion: Option<String>,
}

impl ProblemRow {
    pub fn new(names: &[String], problem: &Problem) -> Self {
        let known = problem.place.line > 0;
        Self {
            file: names.get(problem.place.file).cloned().unwrap_or_default(),
            line: known.then_some(problem.place.line),
            column: known.then_some(problem.place.column),
            // Somebody may have written a key where its id was meant.
            message: masked(&problem.message).into_owned(),
            suggestion: problem.suggestion.as_deref().map(|text| masked(text).into_owned()),
        }
    }

    /// `file:line:column: message`, which editors and terminals can follow.
    pub fn line_of_text(&self) -> String {
        match (self.line, self.column) {
            (Some(line), Some(column)) => {
                format!("{}:{line}:{column}: {}", self.file, self.message)
            }
            _ => format!("{}: {}", self.file, self.message),
        }
    }
}

/// The verdict on some files.
#[derive(Debug, Serialize)]
pub struct Problems {
    pub valid: bool,
    pub files: Vec<String>,
    pub problems: Vec<ProblemRow>,
}

impl View for Problems {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        for file in self.files.iter().filter(|_| self.valid) {
            page.line(format!("{file} is a good manifest"))?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }

    fn exit(&self) -> Exit {
        if self.valid { Exit::DONE } else { Exit::USAGE }
    }
}
