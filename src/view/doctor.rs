//! What the doctor found: what, why it matters, and what to do.

use std::io;

use serde::Serialize;

use super::cell::clean;
use super::router::counted;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    Ok,
    Info,
    Warning,
    Problem,
}

impl Level {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }

    fn tone(self) -> Tone {
        match self {
            Self::Ok => Tone::Good,
            Self::Info => Tone::Faint,
            Self::Warning => Tone::Warning,
            Self::Problem => Tone::Bad,
        }
    }
}

/// One thing that was looked at.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub level: Level,
    /// A word that stays, for scripts: `clock`, `key.id_too_short`.
    pub check: &'static str,
    pub what: String,
    /// The ids that it is about, if it is about some.
    pub subjects: Vec<String>,
    pub why: Option<String>,
    /// A command, or what else there is to do.
    pub remedy: Option<String>,
}

impl Finding {
    pub fn new(level: Level, check: &'static str, what: impl Into<String>) -> Self {
        let what = what.into();
        Self { level, check, what, subjects: Vec::new(), why: None, remedy: None }
    }

    pub fn ok(check: &'static str, what: impl Into<String>) -> Self {
        Self::new(Level::Ok, check, what)
    }

    #[must_use]
    pub fn about(self, subjects: Vec<String>) -> Self {
        Self { subjects, ..self }
    }

    #[must_use]
    pub fn because(self, why: impl Into<String>) -> Self {
        Self { why: Some(why.into()), ..self }
    }

    #[must_use]
    pub fn remedy(self, remedy: impl Into<String>) -> Self {
        Self { remedy: Some(remedy.into()), ..self }
    }
}

pub const COLUMNS: &[Column<Finding>] = &[
    Column::left("level", "LEVEL", |f| Cell::toned(f.level.as_str(), f.level.tone())),
    Column::left("check", "CHECK", |f| Cell::new(f.check)),
    Column::left("what", "WHAT", |f| Cell::new(&f.what)),
    Column::left("subjects", "ABOUT", |f| Cell::new(f.subjects.join(" "))),
    Column::left("why", "WHY", |f: &Finding| Cell::optional(f.why.as_ref())).on_request(),
    Column::left("remedy", "WHAT TO DO", |f| Cell::optional(f.remedy.as_ref())),
];

/// All that was found.
pub struct Findings {
    pub findings: Vec<Finding>,
    /// Were columns asked for? Then a person gets a table.
    pub as_table: bool,
}

impl View for Findings {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.as_table {
            return page.table(COLUMNS, &self.findings);
        }
        for finding in &self.findings {
            draw(page, finding)?;
        }
        let count = |level| self.findings.iter().filter(|f| f.level == level).count() as u64;
        let (problems, warnings) = (count(Level::Problem), count(Level::Warning));
        if problems + warnings == 0 {
            return page.aside("All is well.");
        }
        let said = match problems {
            0 => "No problem".to_owned(),
            n => counted(n, "problem", "problems"),
        };
        page.aside(&format!("{said}, {}.", counted(warnings, "warning", "warnings")))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.findings)
    }

    fn exit(&self) -> Exit {
        let problem = self.findings.iter().any(|f| f.level == Level::Problem);
        if problem { Exit::FAILED } else { Exit::DONE }
    }
}

/// How many ids a person is shown; a program gets them all.
const SUBJECTS_SHOWN: usize = 10;
const LABEL: usize = 9;

fn draw(page: &mut Page<'_>, finding: &Finding) -> io::Result<()> {
    let width = page.width().map_or(usize::MAX, usize::from);
    let mut what = finding.what.clone();
    if !finding.subjects.is_empty() {
        let shown = &finding.subjects[..finding.subjects.len().min(SUBJECTS_SHOWN)];
        what = format!("{what}: {}", shown.join(", "));
        if finding.subjects.len() > SUBJECTS_SHOWN {
            what = format!("{what} and {} more", finding.subjects.len() - SUBJECTS_SHOWN);
        }
    }
    let tone = if finding.level == Level::Ok { Tone::Plain } else { finding.level.tone() };
    for (index, line) in wrap(&what, width.saturating_sub(LABEL)).iter().enumerate() {
        let label = if index == 0 { finding.level.as_str() } else { "" };
        page.toned(format!("{label:<LABEL$}{line}"), tone)?;
    }
    for line in finding.why.iter().flat_map(|why| wrap(why, width.saturating_sub(LABEL))) {
        page.line(format!("{:LABEL$}{line}", ""))?;
    }
    // A command is not broken up: it is there to be copied.
    for remedy in finding.remedy.iter() {
        page.line(format!("{:LABEL$}→ {remedy}", ""))?;
    }
    Ok(())
}

/// Lines of whole words.
fn wrap(text: &str, width: usize) -> Vec<String> {
    let text = clean(text);
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= width => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 8), ["one two", "three"]);
        assert_eq!(wrap("unbreakable", 4), ["unbreakable"]);
        assert_eq!(wrap("a b", usize::MAX), ["a b"]);
    }

    #[test]
    fn only_a_problem_fails() {
        let check = |level, exit| {
            let findings = vec![Finding::ok("x", "fine"), Finding::new(level, "y", "z")];
            assert_eq!(Findings { findings, as_table: false }.exit(), exit);
        };
        check(Level::Warning, Exit::DONE);
        check(Level::Problem, Exit::FAILED);
    }
}
