//! Changes that were made, one a line.

use serde::Serialize;

use super::{Cell, Column, Tone};
use crate::changes::{Outcome, Record, effects};

/// A change with its effect.
#[derive(Debug, Serialize)]
pub struct Entry {
    #[serde(flatten)]
    record: Record,
    effects: Vec<String>,
}

impl Entry {
    pub fn of(record: Record) -> Self {
        let effects = effects(&record);
        Self { record, effects }
    }

    fn what(&self) -> String {
        let Record { noun, name, path, .. } = &self.record;
        match (noun, name) {
            (Some(noun), Some(name)) => format!("{noun} {name}").trim_end().to_owned(),
            _ => path.clone(),
        }
    }

    fn outcome(&self) -> Cell {
        let Record { outcome, code, undone_by, .. } = &self.record;
        match (outcome, undone_by, code) {
            (Outcome::Done, Some(by), _) => Cell::toned(format!("undone by {by}"), Tone::Faint),
            (Outcome::Done, None, _) => Cell::toned("done", Tone::Good),
            (Outcome::Refused, _, Some(code)) => Cell::toned(format!("refused: {code}"), Tone::Bad),
            (Outcome::Refused, ..) => Cell::toned("refused", Tone::Bad),
            (Outcome::Unknown, ..) => Cell::toned("unknown", Tone::Warning),
        }
    }

    fn effect(&self) -> Cell {
        match self.effects.is_empty() {
            true => Cell::none(),
            false => Cell::new(self.effects.join("; ")),
        }
    }
}

pub const COLUMNS: &[Column<Entry>] = &[
    Column::left("id", "ID", |e| Cell::name(&e.record.id)),
    Column::left("at", "AT", |e| {
        Cell::new(e.record.at.strftime("%Y-%m-%dT%H:%MZ").to_string())
            .plain(e.record.at.to_string())
    }),
    Column::left("who", "WHO", |e: &Entry| Cell::new(&e.record.who)).on_request(),
    Column::left("router", "ROUTER", |e: &Entry| {
        let Record { context, router, .. } = &e.record;
        Cell::new(context.as_deref().unwrap_or(router)).plain(router.clone())
    })
    .where_it_fits(),
    Column::left("command", "COMMAND", |e: &Entry| Cell::new(&e.record.command)).where_it_fits(),
    Column::left("what", "WHAT", |e| Cell::new(e.what())),
    Column::left("outcome", "OUTCOME", Entry::outcome),
    Column::left("effect", "EFFECT", Entry::effect).prose(),
    Column::left("requestId", "REQUEST", |e: &Entry| {
        Cell::optional(e.record.request_id.as_deref())
    })
    .on_request(),
    Column::left("beforeFingerprint", "BEFORE", |e: &Entry| {
        Cell::optional(e.record.before_fingerprint.as_deref())
    })
    .on_request(),
    Column::left("afterFingerprint", "AFTER", |e: &Entry| {
        Cell::optional(e.record.after_fingerprint.as_deref())
    })
    .on_request(),
];
