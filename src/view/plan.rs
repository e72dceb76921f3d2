//! A plan, and what became of it: the effects first, then the fields.

use std::io;

use serde::Serialize;

use super::change::draw_effects;
use super::{Cell, Machine, Page, Tone, View};
use crate::error::Exit;
use crate::plan::ChangeSet;
use crate::plan::action::Verb;

/// A change that a plan holds.
#[derive(Debug, Serialize)]
pub struct Step {
    pub verb: Verb,
    #[serde(flatten)]
    pub change: ChangeSet,
    /// Where the manifest asks for it.
    pub file: Option<String>,
    pub line: Option<u32>,
    #[serde(skip)]
    pub column: Option<u32>,
    #[serde(flatten)]
    pub outcome: Option<Outcome>,
    /// In which pass it was made, if not in the first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pass: Option<usize>,
}

/// What became of a change.
#[derive(Debug, Clone, Serialize)]
pub struct Outcome {
    pub outcome: Done,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
    /// Where a new key went.
    #[serde(rename = "deliveredTo", skip_serializing_if = "Vec::is_empty")]
    pub delivered_to: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Done {
    Done,
    Failed,
    /// It was not begun, because something before it failed.
    Skipped,
}

#[derive(Debug, Default, Serialize)]
pub struct Summary {
    pub create: usize,
    pub change: usize,
    pub disable: usize,
    pub unchanged: usize,
}

/// What a plan is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// To look at it: `diff`.
    Look,
    /// To be asked about, or not to be carried out at all.
    Ask,
    /// It was carried out, as far as the outcomes say.
    Applied,
}

#[derive(Debug, Serialize)]
pub struct PlanView {
    pub router: String,
    pub summary: Summary,
    pub changes: Vec<Step>,
    pub notes: Vec<String>,
    #[serde(skip)]
    pub used: Use,
}

impl PlanView {
    /// Adds what a later pass did.
    pub fn append(&mut self, pass: usize, later: Self) {
        self.summary.create += later.summary.create;
        self.summary.change += later.summary.change;
        self.summary.disable += later.summary.disable;
        let steps = later.changes.into_iter();
        self.changes.extend(steps.map(|step| Step { pass: Some(pass), ..step }));
        self.notes.extend(
            later.notes.into_iter().filter(|note| !self.notes.contains(note)).collect::<Vec<_>>(),
        );
    }

    pub fn count(&self, done: Done) -> usize {
        let outcomes = self.changes.iter().filter_map(|step| step.outcome.as_ref());
        outcomes.filter(|outcome| outcome.outcome == done).count()
    }

    /// The whole in one line.
    pub fn sentence(&self) -> String {
        let Summary { create, change, disable, unchanged } = self.summary;
        if self.changes.is_empty() {
            let things = if unchanged == 1 { "thing is" } else { "things are" };
            return format!("nothing to do: {unchanged} {things} as wanted");
        }
        if self.used == Use::Applied {
            let mut text = format!("{} done", self.count(Done::Done));
            for (count, word) in
                [(self.count(Done::Failed), "failed"), (self.count(Done::Skipped), "not begun")]
            {
                if count > 0 {
                    text.push_str(&format!(", {count} {word}"));
                }
            }
            return format!("{text}; {unchanged} were as wanted");
        }
        format!(
            "{create} to create, {change} to change, {disable} to disable; {unchanged} as wanted"
        )
    }
}

impl Step {
    pub fn sign(&self) -> &'static str {
        match self.verb {
            Verb::Create => "+",
            Verb::Change => "~",
            Verb::Disable => "-",
        }
    }

    fn draw(&self, page: &mut Page<'_>) -> io::Result<()> {
        let ChangeSet { noun, id, fields, .. } = &self.change;
        page.heading(&format!("{} {} {noun} {id}", self.sign(), self.verb.as_str()))?;
        draw_effects(page, &self.change)?;
        let row = |change: &crate::plan::FieldChange| {
            let text = match &change.before {
                Some(before) => format!("{before} → {}", change.after),
                None => change.after.clone(),
            };
            (change.field, Cell::new(text))
        };
        page.fields(fields.iter().map(row).collect())?;
        page.blank()
    }
}

impl View for PlanView {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        match self.used {
            Use::Look | Use::Ask => {
                for step in &self.changes {
                    step.draw(page)?;
                }
            }
            Use::Applied => {
                for step in &self.changes {
                    let Some(outcome) = &step.outcome else { continue };
                    let (word, tone) = match outcome.outcome {
                        Done::Done => ("done", Tone::Good),
                        Done::Failed => ("failed", Tone::Bad),
                        Done::Skipped => ("not begun", Tone::Warning),
                    };
                    let ChangeSet { noun, id, .. } = &step.change;
                    let mut line = format!("{} {noun} {id}: {word}", step.sign());
                    if !outcome.delivered_to.is_empty() {
                        line.push_str(&format!(
                            ", delivered to {}",
                            outcome.delivered_to.join(", ")
                        ));
                    }
                    if let Some(pass) = step.pass {
                        line.push_str(&format!(" (pass {pass})"));
                    }
                    page.toned(line, tone)?;
                }
            }
        }
        for note in &self.notes {
            page.toned(format!("note: {note}"), Tone::Warning)?;
        }
        page.line(self.sentence())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }

    fn exit(&self) -> Exit {
        if self.used == Use::Look && !self.changes.is_empty() {
            Exit::DIFFERENT
        } else {
            Exit::DONE
        }
    }
}
