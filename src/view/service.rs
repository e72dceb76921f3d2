//! What keeps a program running, and what was done about it.

use std::io;

use serde::Serialize;

use super::{Machine, Page, View};

/// A unit as it would be written.
#[derive(Debug, Serialize)]
pub struct Unit {
    pub keeper: &'static str,
    /// Where it has to lie.
    pub path: String,
    pub text: String,
}

impl View for Unit {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.verbatim(self.text.as_bytes())?;
        page.aside(&format!("It belongs into `{}`.", self.path))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

/// What became of a unit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Step {
    Written,
    Unchanged,
    Removed,
    NotThere,
}

/// A unit that was installed or taken away.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Installed {
    pub keeper: &'static str,
    pub path: String,
    pub step: Step,
    /// Were the commands carried out?
    pub done: bool,
    pub commands: Vec<String>,
    pub dry_run: bool,
    pub notes: Vec<String>,
}

impl View for Installed {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let done = match (self.step, self.dry_run) {
            (Step::Unchanged, _) => "is so already",
            (Step::NotThere, _) => "is not there",
            (Step::Written, true) => "would be written",
            (Step::Written, false) => "written",
            (Step::Removed, true) => "would be removed",
            (Step::Removed, false) => "removed",
        };
        page.heading(&format!("{} {done}", self.path))?;
        if !self.done && !self.commands.is_empty() {
            page.line("Carry out:")?;
            for command in &self.commands {
                page.line(format!("  {command}"))?;
            }
        }
        for note in &self.notes {
            page.aside(note)?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}
