//! A key that took the place of another: what proves it, and who stands against it.

use std::io;

use jiff::Timestamp;
use serde::Serialize;

use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;
use crate::report::handover::{Handover, Seen, User};

/// What became of the predecessors.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Retired,
    WouldRetire,
    StillUsed,
    /// There is none.
    Nothing,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Retirement {
    pub outcome: Outcome,
    /// Why nothing was retired.
    pub doubts: Vec<String>,
    #[serde(flatten)]
    evidence: Handover,
}

impl Retirement {
    pub fn new(evidence: Handover, outcome: Outcome) -> Self {
        let doubts = match outcome {
            Outcome::StillUsed => evidence.doubts(),
            _ => Vec::new(),
        };
        Self { outcome, doubts, evidence }
    }

    /// Nothing is retired, because of these uses alone.
    pub fn in_use(evidence: Handover, uses: Vec<String>) -> Self {
        Self { outcome: Outcome::StillUsed, doubts: uses, evidence }
    }

    /// The same in sentences, for where stdout is taken.
    pub fn said(&self, mut say: impl FnMut(String)) {
        for doubt in &self.doubts {
            say(format!("Not retired: {doubt}."));
        }
        for Use { key_id, user } in self.users() {
            say(format!("{key_id}: {}", user.words()));
        }
    }

    fn users(&self) -> Vec<Use> {
        let keys = self.evidence.predecessors.iter();
        let uses = |key: &Seen| -> Vec<Use> {
            let one = |user: &User| Use { key_id: key.key_id.clone(), user: user.clone() };
            key.users.iter().map(one).collect()
        };
        keys.flat_map(uses).collect()
    }

    fn words(&self) -> (&'static str, Tone) {
        match self.outcome {
            Outcome::Retired => ("retired", Tone::Good),
            Outcome::WouldRetire => ("would be retired", Tone::Plain),
            Outcome::StillUsed => ("not retired", Tone::Warning),
            Outcome::Nothing => ("nothing to retire", Tone::Faint),
        }
    }

    fn predecessors(&self) -> String {
        let ids = self.evidence.predecessors.iter().map(|key| key.key_id.as_str());
        ids.collect::<Vec<_>>().join(", ")
    }
}

fn moment(at: Option<Timestamp>) -> Cell {
    at.map_or_else(Cell::none, |at| Cell::new(format!("{at:.0}")))
}

/// One who used a predecessor.
struct Use {
    key_id: String,
    user: User,
}

const USERS: &[Column<Use>] = &[
    Column::left("keyId", "KEY", |u| Cell::name(&u.key_id)),
    Column::left("client", "CLIENT", |u| Cell::optional(u.user.client.as_deref())),
    Column::left("project", "PROJECT", |u| Cell::optional(u.user.project.as_deref())),
    Column::left("session", "SESSION", |u| Cell::optional(u.user.session.as_deref())),
    Column::right("requests", "REQUESTS", |u| Cell::new(u.user.requests.to_string())),
    Column::left("lastSeen", "LAST SEEN", |u| moment(Some(u.user.last_seen))),
];

pub const COLUMNS: &[Column<Retirement>] = &[
    Column::left("successor", "SUCCESSOR", |r| Cell::name(&r.evidence.successor.key_id)),
    Column::left("outcome", "OUTCOME", |r| {
        let (text, tone) = r.words();
        Cell::toned(text, tone)
    }),
    Column::left("predecessors", "PREDECESSORS", |r| Cell::new(r.predecessors())),
    Column::left("doubts", "WHY NOT", |r| match r.doubts.is_empty() {
        true => Cell::none(),
        false => Cell::new(r.doubts.join("; ")),
    }),
];

impl View for Retirement {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let (text, tone) = self.words();
        let successor = &self.evidence.successor;
        page.fields(vec![
            ("successor", Cell::name(&successor.key_id)),
            ("last used", moment(successor.last_used)),
            ("predecessors", Cell::new(self.predecessors())),
            (
                "last used",
                moment(self.evidence.predecessors.iter().filter_map(|key| key.last_used).max()),
            ),
            ("outcome", Cell::toned(text, tone)),
        ])?;
        for doubt in &self.doubts {
            page.toned(format!("not proved: {doubt}"), Tone::Warning)?;
        }
        let users = self.users();
        if self.outcome == Outcome::StillUsed && !users.is_empty() {
            page.blank()?;
            page.part(USERS, &users)?;
        }
        if self.evidence.newest_only && self.outcome != Outcome::Nothing {
            page.aside(
                "This router shows its newest 100 events alone, of all keys together; the evidence \
                 reaches no further.",
            )?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }

    fn exit(&self) -> Exit {
        if self.outcome == Outcome::StillUsed { Exit::STOPPED } else { Exit::DONE }
    }
}
