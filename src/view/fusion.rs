//! How fusion looks: its configuration, and what it would do.

use std::io;

use super::budget::micros;
use super::policy::{enabled, yes_no};
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::resource::words::listed;
use clawctl_wire::fusion::{FusionCall, FusionCallStatus, FusionConfig, FusionPreview};
use clawctl_wire::usage_event::CostBasis;

pub struct Configuration(pub FusionConfig);

impl View for Configuration {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let config = &self.0;
        page.heading(&config.model_id)?;
        page.fields(vec![
            ("switch", enabled(config.enabled)),
            ("advisers", Cell::new(listed(&config.adviser_models))),
            ("aggregator", Cell::new(&config.aggregator_model)),
            ("adviser timeout", Cell::new(format!("{} ms", config.adviser_timeout_ms))),
            ("adviser output", Cell::new(format!("at most {} tokens", config.max_output_tokens))),
            ("adviser input", Cell::new(format!("the last {} characters", config.max_input_chars))),
            (
                "proposals",
                Cell::new(format!("the first {} characters of each", config.max_proposal_chars)),
            ),
            ("temperature", Cell::new(config.temperature.to_string())),
        ])
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(&self.0)
    }
}

const STAGE: Column<FusionCall> = Column::left("stage", "STAGE", |call| match call.index {
    Some(index) => Cell::name(format!("{} {index}", call.stage)),
    None => Cell::name(call.stage.as_str()),
});
const MODEL: Column<FusionCall> = Column::left("model", "MODEL", |call| Cell::new(&call.model));
const PROVIDER: Column<FusionCall> =
    Column::left("provider", "PROVIDER", |call| Cell::new(&call.provider));
const STATUS: Column<FusionCall> = Column::left("status", "STATE", |call| status(&call.status));
const RESERVE: Column<FusionCall> =
    Column::right("estimatedReservationMicros", "RESERVES", |call| {
        if call.estimate_basis == CostBasis::FlatFallback {
            return Cell::toned("unpriced", Tone::Warning).plain("");
        }
        micros(Some(call.estimated_reservation_micros))
    });
const WHY: Column<FusionCall> =
    Column::left("reasons", "WHY", |call| Cell::new(call.reasons.join(" ")));

const CALLS: &[Column<FusionCall>] = &[STAGE, MODEL, PROVIDER, STATUS, RESERVE, WHY];

fn status(status: &FusionCallStatus) -> Cell {
    let tone = match status {
        FusionCallStatus::Verified => Tone::Good,
        FusionCallStatus::Unverified => Tone::Warning,
        FusionCallStatus::Blocked => Tone::Bad,
        FusionCallStatus::Other(_) => Tone::Plain,
    };
    Cell::toned(status.as_str(), tone)
}

pub struct Previewed(pub FusionPreview);

impl View for Previewed {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let found = &self.0;
        let (finding, tone) = match (found.executable, found.config_enabled) {
            (false, _) => ("would not be answered", Tone::Bad),
            (true, false) => ("would be answered, once fusion is switched on", Tone::Warning),
            (true, true) => ("are answered", Tone::Good),
        };
        let heading = format!("requests of policy {} {finding}", found.policy_id);
        page.toned(heading, tone)?;
        let left = if found.budget_configured {
            micros(found.remaining_budget_micros)
        } else {
            Cell::new("unlimited")
        };
        page.fields(vec![
            (
                "advisers ready",
                Cell::new(format!("{} of {}", found.ready_adviser_count, found.adviser_count)),
            ),
            ("reserves at most", micros(Some(found.estimated_reservation_micros))),
            ("budget left", left),
            ("enough for all", found.budget_sufficient_for_all.map_or_else(Cell::none, yes_no)),
        ])?;
        page.blank()?;
        page.part(CALLS, &found.calls)?;
        if found.estimate_note.is_empty() { Ok(()) } else { page.aside(&found.estimate_note) }
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(&self.0)
    }
}
