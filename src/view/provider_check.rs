//! How the checks of providers look.

use std::io;

use serde::Serialize;

use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;
use clawctl_wire::money::Micros;
use clawctl_wire::probe::Probe;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It would be asked.
    Planned,
    Verified,
    Failed,
    /// There was nothing to ask.
    Skipped,
}

/// One provider, and what came of asking it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderCheck {
    pub provider_id: String,
    pub outcome: Outcome,
    pub model: Option<String>,
    /// What the request cost at most.
    pub most_micros: Option<Micros>,
    pub latency_ms: Option<f64>,
    pub status_code: Option<u16>,
    pub checked_at: Option<String>,
    /// Whether the router remembers it.
    pub recorded: bool,
    pub reason: Option<String>,
    /// What is still to be asked.
    #[serde(skip)]
    pub probe: Option<Probe>,
}

impl ProviderCheck {
    pub fn new(id: &str, probe: Option<Probe>, skipped: Option<String>) -> Self {
        let probe = probe.filter(|_| skipped.is_none());
        Self {
            provider_id: id.to_owned(),
            outcome: if probe.is_some() { Outcome::Planned } else { Outcome::Skipped },
            model: probe.as_ref().map(|probe| probe.model.clone()),
            most_micros: probe.as_ref().and_then(|probe| probe.most),
            latency_ms: None,
            status_code: None,
            checked_at: None,
            recorded: false,
            reason: skipped,
            probe,
        }
    }
}

pub const COLUMNS: &[Column<ProviderCheck>] = &[
    Column::left("providerId", "PROVIDER", |row| Cell::name(&row.provider_id)),
    Column::left("outcome", "RESULT", |row| outcome(row.outcome)),
    Column::right("latencyMs", "LATENCY", |row: &ProviderCheck| {
        row.latency_ms
            .map_or_else(Cell::none, |ms| Cell::new(format!("{ms} ms")).plain(ms.to_string()))
    })
    .where_it_fits(),
    Column::right("statusCode", "STATUS", |row| {
        Cell::optional(row.status_code.map(|code| code.to_string()))
    }),
    Column::left("model", "MODEL", |row: &ProviderCheck| Cell::optional(row.model.as_ref()))
        .where_it_fits(),
    Column::right("mostMicros", "AT MOST", |row: &ProviderCheck| match row.most_micros {
        Some(most) => Cell::new(most.to_string()).plain(most.0.to_string()),
        None => Cell::none(),
    })
    .where_it_fits(),
    Column::left("reason", "WHY", |row| Cell::optional(row.reason.as_ref())),
    Column::left("recorded", "KEPT", |row: &ProviderCheck| super::policy::yes_no(row.recorded))
        .on_request(),
];

fn outcome(outcome: Outcome) -> Cell {
    let (text, tone) = match outcome {
        Outcome::Planned => ("would be asked", Tone::Plain),
        Outcome::Verified => ("verified", Tone::Good),
        Outcome::Failed => ("failed", Tone::Bad),
        Outcome::Skipped => ("not asked", Tone::Faint),
    };
    let plain = match outcome {
        Outcome::Planned => "planned",
        Outcome::Skipped => "skipped",
        _ => text,
    };
    Cell::toned(text, tone).plain(plain)
}

pub struct Checked {
    pub rows: Vec<ProviderCheck>,
    pub dry_run: bool,
}

impl View for Checked {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.rows.is_empty() {
            return page.aside("No provider is ready; `clawctl provider list` says why.");
        }
        page.table(COLUMNS, &self.rows)?;
        if self.dry_run { page.aside("Nothing was sent: this is a dry run.") } else { Ok(()) }
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.rows)
    }

    fn exit(&self) -> Exit {
        let failed = self.rows.iter().any(|row| row.outcome == Outcome::Failed);
        if failed { Exit::FAILED } else { Exit::DONE }
    }
}
