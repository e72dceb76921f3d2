//! What a client needs, what was written for it, and what was put back.

use std::io;

use serde::Serialize;

use super::{Cell, Machine, Page, View};

/// What a client needs, as it is pasted.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Sample {
    pub client: &'static str,
    pub base_url: String,
    pub key_variable: String,
    pub model: String,
    /// Every model that the client can use, as it is told of them.
    pub models: Vec<String>,
    pub text: String,
    pub notes: Vec<String>,
}

impl View for Sample {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.verbatim(self.text.as_bytes())?;
        for note in &self.notes {
            page.aside(note)?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

/// One setting with what it was.
#[derive(Debug, Serialize)]
pub struct Setting {
    pub setting: String,
    pub before: Option<String>,
    pub after: String,
}

/// A client's file, after what it needs was merged into it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Merged {
    pub client: &'static str,
    pub file: String,
    pub created: bool,
    pub changed: Vec<Setting>,
    /// What stood there before.
    pub backup: Option<String>,
    /// The command that puts it back.
    pub undo: String,
    pub dry_run: bool,
    pub notes: Vec<String>,
}

impl View for Merged {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Self { file, created, changed, dry_run, .. } = self;
        let done = match (dry_run, created, changed.is_empty()) {
            (_, false, true) => "is so already",
            (true, true, _) => "would be made",
            (true, false, _) => "would be changed",
            (false, true, _) => "made",
            (false, false, _) => "changed",
        };
        page.heading(&format!("{file} {done}"))?;
        let rows = changed.iter().map(|row| {
            let text = match &row.before {
                Some(before) => format!("{before} → {}", row.after),
                None => row.after.clone(),
            };
            (row.setting.as_str(), Cell::new(text))
        });
        page.fields(rows.collect())?;
        if !dry_run && !changed.is_empty() {
            page.aside(&format!("Everything else in it is as it was; `{}` undoes it.", self.undo))?;
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

/// A client's file, after the last edit of it was undone.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct PutBack {
    pub client: &'static str,
    pub file: String,
    /// Is the file gone, because there was none before?
    pub removed: bool,
    pub dry_run: bool,
}

impl View for PutBack {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let done = match (self.dry_run, self.removed) {
            (true, _) => "would be put back as it was",
            (false, true) => "is gone again: there was none before",
            (false, false) => "is as it was before",
        };
        page.line(format!("{} {done}", self.file))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

/// Assignments for a shell.
#[derive(Debug, Serialize)]
pub struct ShellText {
    pub text: String,
}

impl View for ShellText {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.verbatim(self.text.as_bytes())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}
