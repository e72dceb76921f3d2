//! What became of each key of a fleet.

use serde::Serialize;

use super::{Cell, Column, Tone};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Outcome {
    Rotated,
    /// An earlier run did it.
    DoneBefore,
    WouldRotate,
    Failed,
    /// The run was stopped before its turn came.
    NotBegun,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Rotated {
    pub key_id: String,
    pub outcome: Outcome,
    /// The key that succeeds it, where it stays valid itself.
    pub successor_id: Option<String>,
    pub delivered_to: Vec<String>,
    pub error: Option<String>,
}

impl Rotated {
    pub fn new(key_id: &str, outcome: Outcome) -> Self {
        let key_id = key_id.to_owned();
        Self { key_id, outcome, successor_id: None, delivered_to: Vec::new(), error: None }
    }
}

pub const COLUMNS: &[Column<Rotated>] = &[
    Column::left("keyId", "KEY", |r| Cell::name(&r.key_id)),
    Column::left("outcome", "OUTCOME", |r| {
        let (text, tone) = match r.outcome {
            Outcome::Rotated => ("rotated", Tone::Good),
            Outcome::DoneBefore => ("done before", Tone::Faint),
            Outcome::WouldRotate => ("would be rotated", Tone::Plain),
            Outcome::Failed => ("failed", Tone::Bad),
            Outcome::NotBegun => ("not begun", Tone::Warning),
        };
        Cell::toned(text, tone)
    }),
    Column::left("successorId", "SUCCESSOR", |r| Cell::optional(r.successor_id.as_deref())),
    Column::left("deliveredTo", "DELIVERED TO", |r| match r.delivered_to.is_empty() {
        true => Cell::none(),
        false => Cell::new(r.delivered_to.join(", ")),
    }),
    Column::left("error", "ERROR", |r| Cell::optional(r.error.as_deref())),
];
