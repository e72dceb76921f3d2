//! How budgets look.

use std::io;

use super::policy::money;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::error::Exit;
use crate::report::check::Check;
use crate::report::{BudgetRow, Sharing, State, Verdict};
use crate::wire::money::Micros;

const BAR_CELLS: u128 = 10;

pub const COLUMNS: &[Column<BudgetRow>] = &[
    Column::left("budget", "BUDGET", name),
    Column::left("scope", "SCOPE", |row| scope(row.scope)),
    Column::right("limitMicros", "LIMIT", limit),
    Column::right("spentMicros", "SPENT", |row| counted(row, row.spent_micros)),
    Column::right("remainingMicros", "LEFT", |row| counted(row, row.remaining_micros)),
    Column::left("bar", "USED", bar_cell),
    Column::right("usedPercent", "%", percent),
    Column::right("daysLeft", "DAYS", |row| Cell::new(row.days_left.to_string())),
    Column::left("window", "WINDOW", |row: &BudgetRow| Cell::new(&row.window)).on_request(),
    Column::left("state", "STATE", |row: &BudgetRow| state(row.state)).on_request(),
    Column::left("policyId", "POLICY", |row: &BudgetRow| Cell::optional(row.policy_id.as_ref()))
        .on_request(),
    Column::left("providerId", "PROVIDER", |row: &BudgetRow| {
        Cell::optional(row.provider_id.as_ref())
    })
    .on_request(),
    Column::left("principal", "PRINCIPAL", |row: &BudgetRow| {
        Cell::optional(row.principal.as_ref())
    })
    .on_request(),
    Column::left("enabled", "ENABLED", |row: &BudgetRow| super::policy::enabled(row.enabled))
        .on_request(),
    Column::left("windowKey", "LEDGER", |row: &BudgetRow| Cell::optional(row.window_key.as_ref()))
        .on_request(),
    Column::left("resetsAt", "RESETS", |row: &BudgetRow| Cell::new(row.resets_at.to_string()))
        .on_request(),
];

/// Budgets in their window.
pub struct Budgets {
    pub rows: Vec<BudgetRow>,
}

impl View for Budgets {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Some(first) = self.rows.first() else { return page.aside("No budgets.") };
        page.table(COLUMNS, &self.rows)?;
        let days = if first.days_left == 1 { "day" } else { "days" };
        page.aside(&format!(
            "Window: the UTC month {}; it resets at {:.0}, in {} {days}.",
            first.window, first.resets_at, first.days_left
        ))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.rows)
    }
}

fn name(row: &BudgetRow) -> Cell {
    let tone = if row.enabled { Tone::Name } else { Tone::Faint };
    Cell::toned(row.name(), tone)
}

fn scope(sharing: Sharing) -> Cell {
    match sharing {
        Sharing::Shared => Cell::new("shared"),
        Sharing::Principal => Cell::new("per principal").plain("principal"),
        Sharing::Provider => Cell::new("provider"),
    }
}

fn limit(row: &BudgetRow) -> Cell {
    match (row.state, row.limit_micros) {
        (State::Unlimited, _) => Cell::toned("unlimited", Tone::Warning),
        (State::Blocked, _) => Cell::toned("$0.00 blocked", Tone::Bad).plain("0"),
        (_, Some(amount)) => Cell::new(amount.to_string()).plain(amount.plain()),
        (_, None) => unknown(),
    }
}

/// A count against a limit. It is not counted where there is no limit.
fn counted(row: &BudgetRow, amount: Option<Micros>) -> Cell {
    match row.state {
        State::Unknown => unknown(),
        State::Exhausted => Cell { tone: Tone::Bad, ..money(amount) },
        _ => money(amount),
    }
}

fn unknown() -> Cell {
    Cell::toned("unknown", Tone::Bad)
}

fn percent(row: &BudgetRow) -> Cell {
    let Some(percent) = row.used_percent else {
        return if row.state == State::Unknown { unknown() } else { Cell::none() };
    };
    let tone = match percent {
        0..80 => Tone::Plain,
        80..100 => Tone::Warning,
        _ => Tone::Bad,
    };
    let spent = row.spent_micros.unwrap_or_default();
    let text =
        if percent == 0 && spent > Micros::ZERO { "<1%".to_owned() } else { format!("{percent}%") };
    Cell::toned(text, tone).plain(percent.to_string())
}

fn bar_cell(row: &BudgetRow) -> Cell {
    match (row.state, row.spent_micros, row.limit_micros) {
        (State::Open | State::Exhausted, Some(spent), Some(limit)) => {
            let tone = percent(row).tone;
            Cell::toned(bar(spent, limit), tone).plain("")
        }
        _ => Cell::none(),
    }
}

/// It is full only when the limit is used up, and empty only when nothing is spent.
fn bar(spent: Micros, limit: Micros) -> String {
    let exact = u128::from(spent.0) * BAR_CELLS / u128::from(limit.0.max(1));
    let full = if spent == Micros::ZERO {
        0
    } else if spent < limit {
        exact.clamp(1, BAR_CELLS - 1)
    } else {
        BAR_CELLS
    };
    (0..BAR_CELLS).map(|cell| if cell < full { '█' } else { '░' }).collect()
}

fn state(state: State) -> Cell {
    let (text, tone) = match state {
        State::Unlimited => ("unlimited", Tone::Warning),
        State::Blocked => ("blocked", Tone::Bad),
        State::Unknown => ("unknown", Tone::Bad),
        State::Unused => ("unused", Tone::Faint),
        State::Open => ("open", Tone::Good),
        State::Exhausted => ("exhausted", Tone::Bad),
    };
    Cell::toned(text, tone)
}

pub const CHECK_COLUMNS: &[Column<Check>] = &[
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
    Column::left("binds", "BINDS", |check: &Check| super::policy::yes_no(check.binds)).on_request(),
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
        page.table(CHECK_COLUMNS, &self.checks)?;
        match self.checks.iter().find(|check| check.binds) {
            Some(check) if self.checks.len() > 1 => {
                page.aside(&format!("What binds first is {}: {}.", check.row.name(), check.reason))
            }
            _ => Ok(()),
        }
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(CHECK_COLUMNS, &self.checks)
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
    use proptest::prelude::*;

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

    #[test]
    fn unlimited_zero_and_unknown_are_three_cells() {
        let texts = |row: &BudgetRow| [limit(row).text, counted(row, row.spent_micros).text];
        let known = check(0, None).row;
        assert_eq!(texts(&known), ["$0.00 blocked", "–"]);
        assert_eq!(texts(&check(5_000_000, None).row), ["$5.00", "unknown"]);
        let unlimited = BudgetRow { state: State::Unlimited, limit_micros: None, ..known };
        assert_eq!(texts(&unlimited), ["unlimited", "–"]);
    }

    #[test]
    fn a_little_is_not_nothing_and_almost_is_not_all() {
        let shown = |spent| {
            let row = check(1_000_000, Some(spent)).row;
            (bar_cell(&row).text, percent(&row).text)
        };
        assert_eq!(shown(0), ("░░░░░░░░░░".into(), "0%".into()));
        assert_eq!(shown(1), ("█░░░░░░░░░".into(), "<1%".into()));
        assert_eq!(shown(500_000), ("█████░░░░░".into(), "50%".into()));
        assert_eq!(shown(999_999), ("█████████░".into(), "99%".into()));
        assert_eq!(shown(1_140_000), ("██████████".into(), "114%".into()));
    }

    proptest! {
        #[test]
        fn a_bar_is_full_only_at_the_limit(limit in 1..u64::MAX, spent in 0..u64::MAX) {
            let text = bar(Micros(spent), Micros(limit));
            prop_assert_eq!(text.chars().count(), 10);
            prop_assert_eq!(text.contains('░'), spent < limit);
            prop_assert_eq!(text.contains('█'), spent > 0);
        }
    }
}
