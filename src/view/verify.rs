//! How it looks whether a router enforces what it was told.

use std::io;

use serde::Serialize;

use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;
use crate::report::probe::{Family, Probe};
use clawctl_wire::error::code;

/// What has to stop a request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Claim {
    Budget,
    ProviderScope,
    ModelScope,
    Revocation,
}

impl Claim {
    /// How the router has to refuse.
    pub fn refusal(self) -> (u16, &'static str) {
        match self {
            Self::Budget => (402, code::BUDGET_EXHAUSTED),
            Self::ProviderScope => (403, code::PROVIDER_NOT_ALLOWED),
            Self::ModelScope => (403, code::MODEL_NOT_ALLOWED),
            Self::Revocation => (403, code::PROXY_KEY_REVOKED),
        }
    }

    /// Counting tokens costs nothing, so no budget stops it.
    pub fn is_made_of(self, family: Family) -> bool {
        self != Self::Budget || family != Family::CountTokens
    }

    /// Whether a refusal for something that is looked at later shows that this was passed.
    pub fn is_broken_by(self, refused_for: &str) -> bool {
        let order = [
            code::PROXY_KEY_REVOKED,
            code::PROVIDER_NOT_ALLOWED,
            code::MODEL_NOT_ALLOWED,
            code::PROVIDER_DISABLED,
            code::PROVIDER_NOT_CONFIGURED,
            code::UPSTREAM_GRANT_POOL_UNAVAILABLE,
            code::BUDGET_EXHAUSTED,
            code::PROVIDER_BUDGET_EXHAUSTED,
            code::PRICING_REQUIRED,
        ];
        let place = |wanted: &str| order.iter().position(|known| *known == wanted);
        place(refused_for) > place(self.refusal().1)
    }

    fn words(self) -> &'static str {
        match self {
            Self::Budget => "budget of zero",
            Self::ProviderScope => "provider scope",
            Self::ModelScope => "model scope",
            Self::Revocation => "revocation",
        }
    }
}

/// How it went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Verdict {
    Held,
    Broken {
        got: String,
    },
    NotTested {
        why: String,
    },
    /// In a dry run.
    Planned,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Row {
    pub claim: Claim,
    pub family: Family,
    pub provider: Option<String>,
    pub model: Option<String>,
    pub expected: String,
    #[serde(flatten)]
    pub verdict: Verdict,
}

impl Row {
    pub fn new(claim: Claim, family: Family, probe: Option<&Probe>, verdict: Verdict) -> Self {
        let (status, code) = claim.refusal();
        Self {
            claim,
            family,
            provider: probe.map(|probe| probe.provider.clone()),
            model: probe.map(|probe| probe.model.clone()),
            expected: format!("{status} {code}"),
            verdict,
        }
    }

    fn verdict_cell(&self) -> Cell {
        match &self.verdict {
            Verdict::Held => Cell::toned("held", Tone::Good),
            Verdict::Broken { got } => Cell::toned(format!("NOT ENFORCED: {got}"), Tone::Bad),
            Verdict::NotTested { why } => Cell::toned(format!("not tested: {why}"), Tone::Faint),
            Verdict::Planned => Cell::new("would be tried"),
        }
    }
}

pub const COLUMNS: &[Column<Row>] = &[
    Column::left("claim", "WHAT STOPS IT", |row| Cell::new(row.claim.words())),
    Column::left("family", "ROUTE", |row| Cell::name(row.family.route())),
    Column::left("provider", "PROVIDER", |row| Cell::optional(row.provider.as_ref())),
    Column::left("verdict", "VERDICT", Row::verdict_cell),
    Column::left("model", "MODEL", |row: &Row| Cell::optional(row.model.as_ref())).on_request(),
    Column::left("expected", "EXPECTED", |row: &Row| Cell::new(&row.expected)).on_request(),
];

/// Everything that was tried.
pub struct Enforced {
    pub rows: Vec<Row>,
    pub dry_run: bool,
}

impl Enforced {
    fn any(&self, is: impl Fn(&Row) -> bool) -> bool {
        self.rows.iter().any(is)
    }

    fn broken(&self) -> bool {
        self.any(|row| matches!(row.verdict, Verdict::Broken { .. }))
    }

    fn budget_held(&self) -> bool {
        self.any(|row| row.claim == Claim::Budget && row.verdict == Verdict::Held)
    }
}

impl View for Enforced {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.table(COLUMNS, &self.rows)?;
        page.aside(match (self.dry_run, self.broken(), self.budget_held()) {
            (true, ..) => "Nothing was sent: this is a dry run.",
            (_, true, _) => "The router let through what it should have stopped.",
            (_, _, false) => {
                "Nothing was proved of budgets: no provider is ready, so the router refuses earlier."
            }
            _ => "Everything that could be tried was stopped.",
        })
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.rows)
    }

    fn exit(&self) -> Exit {
        if self.dry_run {
            Exit::DONE
        } else if self.broken() {
            Exit::FAILED
        } else if !self.budget_held() {
            Exit::STOPPED
        } else {
            Exit::DONE
        }
    }
}
