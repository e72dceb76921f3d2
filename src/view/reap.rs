//! What has had its time, and what became of it.

use serde::Serialize;

use super::{Cell, Column, Tone};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    WouldReap,
    Reaped,
    Failed,
}

#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Reaped {
    pub noun: &'static str,
    pub id: String,
    pub why: String,
    pub outcome: Outcome,
}

impl Reaped {
    pub fn new(noun: &'static str, id: &str, why: String) -> Self {
        Self { noun, id: id.to_owned(), why, outcome: Outcome::WouldReap }
    }
}

pub const COLUMNS: &[Column<Reaped>] = &[
    Column::left("noun", "WHAT", |r| Cell::new(r.noun)),
    Column::left("id", "ID", |r| Cell::name(&r.id)),
    Column::left("why", "WHY", |r| Cell::new(&r.why)),
    Column::left("outcome", "OUTCOME", |r| {
        let (text, tone) = match r.outcome {
            Outcome::WouldReap => ("would be revoked", Tone::Plain),
            Outcome::Reaped => ("revoked", Tone::Good),
            Outcome::Failed => ("failed", Tone::Bad),
        };
        Cell::toned(text, tone)
    }),
];
