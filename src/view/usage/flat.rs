//! A usage report as one table of figures, for CSV: each row with its own coverage.

use serde::Serialize;

use super::super::{Cell, Column};
use super::{cost, count, date};
use crate::report::usage::UsageReport;
use clawctl_wire::money::Micros;

/// The total, a provider's part of it, or a day's.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Figure {
    of: &'static str,
    name: String,
    request_count: u64,
    error_count: u64,
    total_tokens: u64,
    actual_cost_micros: Micros,
    coverage: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    unpriced_request_count: Option<u64>,
}

pub(super) const COLUMNS: &[Column<Figure>] = &[
    Column::left("of", "OF", |figure| Cell::new(figure.of)),
    Column::left("name", "NAME", |figure| Cell::new(&figure.name)),
    Column::right("requestCount", "REQUESTS", |figure| count(figure.request_count)),
    Column::right("errorCount", "ERRORS", |figure| count(figure.error_count)),
    Column::right("totalTokens", "TOKENS", |figure| count(figure.total_tokens)),
    Column::right("actualCostMicros", "COST", |figure| cost(figure.actual_cost_micros)),
    Column::left("coverage", "COVERAGE", |figure| Cell::new(&figure.coverage)),
    Column::right("unpricedRequestCount", "UNPRICED", |figure| {
        figure.unpriced_request_count.map_or_else(Cell::none, count)
    }),
];

/// What could not be seen has no row.
pub(super) fn figures(report: &UsageReport) -> Vec<Figure> {
    let total = report.summary.value.iter().map(|sum| Figure {
        of: "total",
        name: report.policy_id.clone().unwrap_or_default(),
        request_count: sum.request_count,
        error_count: sum.error_count,
        total_tokens: sum.total_tokens,
        actual_cost_micros: sum.actual_cost_micros,
        coverage: report.summary.coverage.words(),
        unpriced_request_count: sum.unpriced_request_count,
    });
    let providers = report.providers.value.iter().flatten().map(|row| Figure {
        of: "provider",
        name: row.provider.clone(),
        request_count: row.request_count,
        error_count: row.error_count,
        total_tokens: row.total_tokens,
        actual_cost_micros: row.actual_cost_micros,
        coverage: report.providers.coverage.words(),
        unpriced_request_count: row.unpriced_request_count,
    });
    let days = report.daily.value.iter().flatten().map(|row| Figure {
        of: "day",
        name: date(row.day_start_ms),
        request_count: row.request_count,
        error_count: row.error_count,
        total_tokens: row.total_tokens,
        actual_cost_micros: row.actual_cost_micros,
        coverage: report.daily.coverage.words(),
        unpriced_request_count: row.unpriced_request_count,
    });
    total.chain(providers).chain(days).collect()
}
