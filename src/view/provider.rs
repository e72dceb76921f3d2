//! How providers look.

use std::io;

use serde::Serialize;

use super::budget::micros;
use super::catalog::{per_million, tokens};
use super::policy::{budget, yes_no};
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::report::budget::percent;
use crate::report::{BudgetRow, State};
use clawctl_wire::catalog::{Readiness, ReadinessStatus};
use clawctl_wire::money::Micros;
use clawctl_wire::provider::{Endpoint, Model};
use clawctl_wire::vital::VitalSign;

/// A provider: its switch, its budget, and whether it can be called.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderRow {
    pub provider_id: String,
    pub display_name: String,
    pub class: String,
    pub service_kind: String,
    /// Is the connection switched on?
    pub enabled: bool,
    /// Can it be called?
    pub executable: bool,
    pub status: ReadinessStatus,
    pub missing_config: Vec<String>,
    pub reasons: Vec<String>,
    pub model_count: u64,
    pub label: Option<String>,
    pub monthly_budget_micros: Option<Micros>,
    pub spent_micros: Option<Micros>,
    pub remaining_micros: Option<Micros>,
    pub budget_state: State,
}

impl ProviderRow {
    pub fn new(ready: &Readiness, label: Option<String>, row: &BudgetRow) -> Self {
        Self {
            provider_id: ready.id.clone(),
            display_name: ready.display_name.clone(),
            class: ready.class.clone(),
            service_kind: ready.service_kind.clone(),
            enabled: row.enabled,
            executable: ready.executable,
            status: ready.status.clone(),
            missing_config: ready.missing_config.clone(),
            reasons: ready.reasons.clone(),
            model_count: ready.model_count,
            label,
            monthly_budget_micros: row.limit_micros,
            spent_micros: row.spent_micros,
            remaining_micros: row.remaining_micros,
            budget_state: row.state,
        }
    }
}

const ID: Column<ProviderRow> =
    Column::left("providerId", "PROVIDER", |row| Cell::name(&row.provider_id));
const NAME: Column<ProviderRow> =
    Column::left("displayName", "NAME", |row| Cell::new(&row.display_name));
const READY: Column<ProviderRow> = Column::left("executable", "READY", |row| ready(row.executable));
const STATUS: Column<ProviderRow> = Column::left("status", "STATE", |row| status(&row.status));
const MODELS: Column<ProviderRow> =
    Column::right("modelCount", "MODELS", |row| Cell::new(row.model_count.to_string()));
const BUDGET: Column<ProviderRow> = Column::right("monthlyBudgetMicros", "BUDGET", budget_cell);
const SPENT: Column<ProviderRow> = Column::right("spentMicros", "SPENT", spent);
const LABEL: Column<ProviderRow> =
    Column::left("label", "LABEL", |row| Cell::optional(row.label.as_ref()));
const REASONS: Column<ProviderRow> =
    Column::left("reasons", "WHY", |row| Cell::new(row.reasons.join(" ")));
const ENABLED: Column<ProviderRow> =
    Column::left("enabled", "SWITCH", |row: &ProviderRow| super::policy::enabled(row.enabled))
        .on_request();
const MISSING: Column<ProviderRow> =
    Column::left("missingConfig", "MISSING", |row: &ProviderRow| {
        Cell::new(row.missing_config.join(", "))
    })
    .on_request();
const CLASS: Column<ProviderRow> =
    Column::left("class", "CLASS", |row: &ProviderRow| Cell::new(&row.class)).on_request();

pub const COLUMNS: &[Column<ProviderRow>] =
    &[ID, NAME, READY, STATUS, MODELS, BUDGET, SPENT, LABEL, REASONS, ENABLED, MISSING, CLASS];

/// The same columns, with fewer of them shown unasked.
const NARROW: &[Column<ProviderRow>] = &[
    ID,
    READY,
    STATUS,
    MODELS,
    BUDGET,
    SPENT,
    LABEL.on_request(),
    NAME.on_request(),
    REASONS.on_request(),
    ENABLED,
    MISSING,
    CLASS,
];

pub struct Providers {
    pub rows: Vec<ProviderRow>,
}

impl View for Providers {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.rows.is_empty() {
            return page.aside("No providers.");
        }
        let narrow = page.width().is_some_and(|width| width < 140);
        page.table(if narrow { NARROW } else { COLUMNS }, &self.rows)?;
        if narrow && self.rows.iter().any(|row| !row.executable) {
            page.aside("`clawctl provider show ID` says why one is not ready.")?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.rows)
    }
}

/// One provider, with what can be called there and what it costs.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderDetail {
    #[serde(flatten)]
    pub row: ProviderRow,
    pub required_config: Vec<String>,
    pub optional_config: Vec<String>,
    pub executable_endpoints: Vec<String>,
    pub last_checked_at: Option<String>,
    pub endpoints: Vec<Endpoint>,
    pub models: Vec<Model>,
    /// What to know before it is used.
    pub notice: Option<String>,
    /// What it says of itself just now, where it has a place for that.
    pub health: Vec<VitalSign>,
}

const ENDPOINTS: &[Column<(Endpoint, bool)>] = &[
    Column::left("id", "ENDPOINT", |(endpoint, _)| Cell::name(&endpoint.id)),
    Column::left("methods", "METHOD", |(endpoint, _)| Cell::new(methods(endpoint))),
    Column::left("path", "PATH", |(endpoint, _)| Cell::new(&endpoint.path)),
    Column::left("streaming", "STREAM", |(endpoint, _)| {
        Cell::optional(endpoint.streaming.as_ref())
    }),
    Column::left("ready", "READY", |(_, executable)| ready(*executable)),
];

const MODEL_PRICES: &[Column<Model>] = &[
    Column::left("id", "MODEL", |model| Cell::name(&model.id)),
    Column::right("context", "CONTEXT", |model| {
        tokens(model.token_pricing().map(|pricing| pricing.max_input_tokens))
    }),
    Column::right("input", "IN/M", |model| match &model.pricing {
        Some(price) => per_million(price, |p| Some(p.input_micros_per_million)),
        None => Cell::none(),
    }),
    Column::right("cached", "CACHED/M", |model| {
        let cached = model.token_pricing().and_then(|p| p.cached_input_micros_per_million);
        micros(cached.map(Micros))
    }),
    Column::right("output", "OUT/M", |model| {
        micros(model.token_pricing().map(|p| Micros(p.output_micros_per_million)))
    }),
];

impl View for ProviderDetail {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let row = &self.row;
        let mut fields = vec![
            ("provider", Cell::name(&row.provider_id)),
            ("name", Cell::new(&row.display_name)),
            ("kind", Cell::new(format!("{}, {}", row.service_kind, row.class))),
            ("switch", super::policy::enabled(row.enabled)),
            ("ready", ready(row.executable)),
            ("state", status(&row.status)),
        ];
        if !row.missing_config.is_empty() {
            let names = row.missing_config.join(", ");
            fields.push(("missing", Cell::toned(names, Tone::Bad)));
        }
        fields.extend(row.reasons.iter().map(|reason| ("why", Cell::new(reason))));
        let names = |names: &[String]| Some(names.join(", ")).filter(|text| !text.is_empty());
        fields.extend([
            ("needs", Cell::optional(names(&self.required_config))),
            ("takes", Cell::optional(names(&self.optional_config))),
            ("label", Cell::optional(row.label.as_ref())),
            ("budget", budget_per_month(row)),
        ]);
        if let Some(checked) = &self.last_checked_at {
            fields.push(("last checked", Cell::new(checked)));
        }
        fields.extend(self.health.iter().map(|sign| ("health", vital(sign))));
        if let Some(notice) = &self.notice {
            fields.push(("notice", Cell::toned(notice, Tone::Warning)));
        }
        page.fields(fields)?;
        if !self.endpoints.is_empty() {
            page.blank()?;
            let callable = |e: &Endpoint| self.executable_endpoints.contains(&e.id);
            let rows: Vec<_> = self.endpoints.iter().map(|e| (e.clone(), callable(e))).collect();
            page.part(ENDPOINTS, &rows)?;
        }
        if !self.models.is_empty() {
            page.blank()?;
            page.part(MODEL_PRICES, &self.models)?;
        }
        Ok(())
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

fn vital(sign: &VitalSign) -> Cell {
    let VitalSign { path, ok, status, latency_ms, detail } = sign;
    let answer = match status {
        Some(status) => format!("{status} in {latency_ms} ms"),
        None => "no answer".to_owned(),
    };
    let detail = if detail.is_empty() { String::new() } else { format!(": {detail}") };
    let tone = if *ok { Tone::Good } else { Tone::Bad };
    Cell::toned(format!("GET {path}, {answer}{detail}"), tone)
}

fn ready(executable: bool) -> Cell {
    let tone = if executable { Tone::Good } else { Tone::Bad };
    Cell { tone, ..yes_no(executable) }
}

fn status(status: &ReadinessStatus) -> Cell {
    let tone = match status {
        ReadinessStatus::Verified => Tone::Good,
        ReadinessStatus::Unverified | ReadinessStatus::Other(_) => Tone::Plain,
        ReadinessStatus::Disabled => Tone::Faint,
        ReadinessStatus::MissingConfig | ReadinessStatus::Failed => Tone::Bad,
    };
    Cell::toned(status.as_str().replace('_', " "), tone).plain(status.as_str())
}

fn budget_cell(row: &ProviderRow) -> Cell {
    let cell = budget(row.monthly_budget_micros);
    match row.monthly_budget_micros {
        Some(amount) => cell.plain(amount.0.to_string()),
        None => cell,
    }
}

/// What is spent is counted only against a limit.
fn spent(row: &ProviderRow) -> Cell {
    match row.budget_state {
        State::Unknown => Cell::toned("unknown", Tone::Bad),
        _ => micros(row.spent_micros),
    }
}

fn budget_per_month(row: &ProviderRow) -> Cell {
    let limit = budget(row.monthly_budget_micros);
    let Some(amount) = row.monthly_budget_micros else { return limit };
    let counted = match row.spent_micros {
        None => "what is spent is unknown".to_owned(),
        Some(spent) => match percent(spent, amount) {
            Some(percent) => format!("{spent} spent ({percent}%)"),
            None => format!("{spent} spent"),
        },
    };
    Cell { text: format!("{} per UTC month, {counted}", limit.text), ..limit }
}

fn methods(endpoint: &Endpoint) -> String {
    if endpoint.methods.is_empty() { endpoint.method.clone() } else { endpoint.methods.join(", ") }
}
