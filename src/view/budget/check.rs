//! How the verdict on budgets looks.

use std::io;

use super::super::{Cell, Column, Machine, Page, Tone, View, policy};
use super::{counted, limit, percent};
use crate::error::Exit;
use crate::report::Verdict;
use crate::report::check::Check;

pub const COLUMNS: &[Column<Check>] = &[
    Column::left("verdict", "VERDICT", |check| verdict(check.verdict)),
    Column::left("budget", "BUDGET", |check| Cell::name(check.row.name())),
    Column::left("reason", "WHY", |check| Cell::new(&check.reason)),
    Column::right("limitMicros", "LIMIT", |check: &Check| limit(&check.row)).on_request(),
    Column::right("spentMicros", "SPENT", |check: &Check| {
        counted(&check.row, check.row.spent_micros)
    })
    .on_request(),
    Column::right("remainingMicros", "LEFT", |check: &Check| {
        counted(&check.row, check.row.remaining_micros)
    })
    .on_request(),
    Column::right("usedPercent", "%", |check: &Check| percent(&check.row)).on_request(),
    Column::left("runsOutAt", "RUNS OUT", |check: &Check| {
        Cell::optional(check.runs_out_at.map(|at| at.to_string()))
    })
    .on_request(),
    Column::left("binds", "BINDS", |check: &Check| policy::yes_no(check.binds)).on_request(),
];

/// The verdict on every budget that was asked about; the exit code is that of the worst.
pub struct Checks {
    pub checks: Vec<Check>,
    /// An unavailable ledger is let pass.
    pub fail_open: bool,
}

impl Checks {
    /// The worst that counts.
    fn worst(&self) -> Verdict {
        let counting = self.checks.iter().map(|check| check.verdict);
        let counting = counting.filter(|v| !(self.fail_open && *v == Verdict::Unknown));
        counting.max().unwrap_or(Verdict::Ok)
    }
}

impl View for Checks {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if self.checks.is_empty() {
            return page.aside("No budgets.");
        }
        page.table(COLUMNS, &self.checks)?;
        match self.checks.iter().find(|check| check.binds) {
            Some(check) if self.checks.len() > 1 => {
                page.aside(&format!("What binds first is {}: {}.", check.row.name(), check.reason))
            }
            _ => Ok(()),
        }
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.checks)
    }

    fn exit(&self) -> Exit {
        exit_of(self.worst())
    }
}

fn exit_of(verdict: Verdict) -> Exit {
    match verdict {
        Verdict::Ok => Exit::DONE,
        Verdict::Warning => Exit::BUDGET_WARNING,
        Verdict::WillRunOut => Exit::BUDGET_WILL_RUN_OUT,
        Verdict::Unknown => Exit::BUDGET_UNKNOWN,
        Verdict::Exhausted => Exit::BUDGET_EXHAUSTED,
    }
}

fn verdict(verdict: Verdict) -> Cell {
    let (text, tone) = match verdict {
        Verdict::Ok => ("ok", Tone::Good),
        Verdict::Warning => ("warning", Tone::Warning),
        Verdict::WillRunOut => ("will run out", Tone::Warning),
        Verdict::Unknown => ("unknown", Tone::Bad),
        Verdict::Exhausted => ("exhausted", Tone::Bad),
    };
    Cell::toned(text, tone)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::budget::provider_row;
    use crate::report::check::{Demand, judge};

    fn check(limit: u64, spent: Option<u64>) -> Check {
        let now = "2026-11-29T00:00:00Z".parse().unwrap();
        let connection = serde_json::from_value(serde_json::json!({
            "providerId": "openai", "enabled": true, "label": null,
            "monthlyBudgetMicros": limit, "spentMicros": spent,
        }));
        let demand = Demand { warn_percent: 80, need: None };
        judge(provider_row(&connection.unwrap(), now), &demand, now)
    }

    #[test]
    fn the_exit_code_is_that_of_the_worst() {
        let code = |checks: Vec<Check>, fail_open| Checks { checks, fail_open }.exit().0;
        let (ok, warning) = (check(100, Some(1)), check(100, Some(85)));
        let (gone, unknown) = (check(100, Some(100)), check(100, None));
        assert_eq!(code(vec![], false), 0);
        assert_eq!(code(vec![ok.clone()], false), 0);
        assert_eq!(code(vec![ok.clone(), warning.clone()], false), 20);
        assert_eq!(code(vec![warning.clone(), unknown.clone(), ok], false), 23);
        assert_eq!(code(vec![gone, unknown.clone()], false), 21);
        assert_eq!(code(vec![unknown.clone()], true), 0);
        assert_eq!(code(vec![unknown, warning], true), 20);
    }
}
