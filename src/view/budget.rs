//! How budgets look.

pub mod check;

use std::io;

use super::bar::bar;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::report::{BudgetRow, Sharing, State};
use clawctl_wire::money::Micros;

const NAME: Column<BudgetRow> = Column::left("budget", "BUDGET", name);
const SCOPE: Column<BudgetRow> = Column::left("scope", "SCOPE", |row| scope(&row.scope));
/// The wire's own word, where there is little room.
const SHORT_SCOPE: Column<BudgetRow> =
    Column::left("scope", "SCOPE", |row| Cell::new(scope(&row.scope).csv()));
const LIMIT: Column<BudgetRow> = Column::right("limitMicros", "LIMIT", limit);
const SPENT: Column<BudgetRow> =
    Column::right("spentMicros", "SPENT", |row| counted(row, row.spent_micros));
const LEFT: Column<BudgetRow> =
    Column::right("remainingMicros", "LEFT", |row| counted(row, row.remaining_micros));
const USED: Column<BudgetRow> = Column::right("usedPercent", "USED", used);
const WINDOW: Column<BudgetRow> = Column::left("window", "WINDOW", |row| Cell::new(&row.window));
const DAYS: Column<BudgetRow> =
    Column::right("daysLeft", "DAYS", |row| Cell::new(row.days_left.to_string()));
const STATE: Column<BudgetRow> =
    Column::left("state", "STATE", |row: &BudgetRow| state(row.state)).on_request();
const POLICY: Column<BudgetRow> =
    Column::left("policyId", "POLICY", |row: &BudgetRow| Cell::optional(row.policy_id.as_ref()))
        .on_request();
const PROVIDER: Column<BudgetRow> = Column::left("providerId", "PROVIDER", |row: &BudgetRow| {
    Cell::optional(row.provider_id.as_ref())
})
.on_request();
const PRINCIPAL: Column<BudgetRow> = Column::left("principal", "PRINCIPAL", |row: &BudgetRow| {
    Cell::optional(row.principal.as_ref())
})
.on_request();
const ENABLED: Column<BudgetRow> =
    Column::left("enabled", "SWITCH", |row: &BudgetRow| super::policy::enabled(row.enabled))
        .on_request();
const LEDGER: Column<BudgetRow> =
    Column::left("windowKey", "LEDGER", |row: &BudgetRow| Cell::optional(row.window_key.as_ref()))
        .on_request();
const RESETS: Column<BudgetRow> =
    Column::left("resetsAt", "RESETS", |row: &BudgetRow| Cell::new(row.resets_at.to_string()))
        .on_request();

pub const COLUMNS: &[Column<BudgetRow>] = &[
    NAME, SCOPE, LIMIT, SPENT, LEFT, USED, WINDOW, DAYS, STATE, POLICY, PROVIDER, PRINCIPAL,
    ENABLED, LEDGER, RESETS,
];

/// The same columns. The window is one for all, and the sentence below the table says it.
const NARROW: &[Column<BudgetRow>] = &[
    NAME,
    SHORT_SCOPE,
    LIMIT,
    SPENT,
    LEFT,
    USED,
    WINDOW.on_request(),
    DAYS.on_request(),
    STATE,
    POLICY,
    PROVIDER,
    PRINCIPAL,
    ENABLED,
    LEDGER,
    RESETS,
];

/// Budgets in their window.
pub struct Budgets {
    pub rows: Vec<BudgetRow>,
}

impl View for Budgets {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Some(first) = self.rows.first() else { return page.aside("No budgets.") };
        let narrow = page.width().is_some_and(|width| width < 100);
        page.table(if narrow { NARROW } else { COLUMNS }, &self.rows)?;
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

/// The id alone: the scope says whose it is.
fn name(row: &BudgetRow) -> Cell {
    let id = row.policy_id.as_ref().or(row.provider_id.as_ref()).map_or("", String::as_str);
    let text = match &row.principal {
        Some(principal) => format!("{id} {principal}"),
        None => id.to_owned(),
    };
    if row.enabled { Cell::name(text) } else { Cell::toned(format!("{text} (off)"), Tone::Faint) }
        .plain(row.name())
}

fn scope(sharing: &Sharing) -> Cell {
    match sharing {
        Sharing::Shared => Cell::new("shared"),
        Sharing::Principal => Cell::new("per principal").plain("principal"),
        Sharing::Provider => Cell::new("provider"),
        Sharing::Other(word) => Cell::new(word),
    }
}

fn limit(row: &BudgetRow) -> Cell {
    match (row.state, row.limit_micros) {
        (State::Unlimited, _) => Cell::toned("unlimited", Tone::Warning),
        (State::Blocked, _) => Cell::toned("blocked", Tone::Bad).plain("0"),
        (_, amount @ Some(_)) => micros(amount),
        (_, None) => unknown(),
    }
}

/// A count against a limit. It is not counted where there is no limit.
fn counted(row: &BudgetRow, amount: Option<Micros>) -> Cell {
    match row.state {
        State::Unknown => unknown(),
        State::Exhausted => Cell { tone: Tone::Bad, ..micros(amount) },
        _ => micros(amount),
    }
}

/// Dollars for people, and for programs the micros that the column's name promises.
pub fn micros(amount: Option<Micros>) -> Cell {
    amount
        .map_or_else(Cell::none, |amount| Cell::new(amount.to_string()).plain(amount.0.to_string()))
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

/// The share with a bar before it.
fn used(row: &BudgetRow) -> Cell {
    let cell = percent(row);
    match (row.used_percent, row.spent_micros, row.limit_micros) {
        (Some(_), Some(spent), Some(limit)) => {
            Cell { text: format!("{} {:>4}", bar(spent.0, limit.0), cell.text), ..cell }
        }
        _ => cell,
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::budget::provider_row;

    fn row(limit: u64, spent: Option<u64>) -> BudgetRow {
        let connection = serde_json::from_value(serde_json::json!({
            "providerId": "openai", "enabled": true, "label": null,
            "monthlyBudgetMicros": limit, "spentMicros": spent,
        }));
        provider_row(&connection.unwrap(), "2026-11-29T00:00:00Z".parse().unwrap())
    }

    #[test]
    fn unlimited_zero_and_unknown_are_three_cells() {
        let texts = |row: &BudgetRow| {
            [limit(row), counted(row, row.spent_micros), used(row)].map(|cell| cell.text)
        };
        let blocked = row(0, None);
        assert_eq!(texts(&blocked), ["blocked", "–", "–"]);
        assert_eq!(texts(&row(5_000_000, None)), ["$5.00", "unknown", "unknown"]);
        let unlimited = BudgetRow { state: State::Unlimited, limit_micros: None, ..blocked };
        assert_eq!(texts(&unlimited), ["unlimited", "–", "–"]);
    }

    #[test]
    fn a_little_is_not_nothing_and_almost_is_not_all() {
        let check = |spent, text: &str, plain: &str| {
            let cell = used(&row(1_000_000, Some(spent)));
            assert_eq!((cell.text.as_str(), cell.csv()), (text, plain));
        };
        check(0, "░░░░░░░░   0%", "0");
        check(1, "█░░░░░░░  <1%", "0");
        check(500_000, "████░░░░  50%", "50");
        check(999_999, "███████░  99%", "99");
        check(1_140_000, "████████ 114%", "114");
    }

    #[test]
    fn a_scope_that_is_not_known_is_shown_as_it_is() {
        let household = Sharing::Other("household".to_owned());
        let row = BudgetRow { scope: household, ..row(1, None) };
        for column in [SCOPE, SHORT_SCOPE] {
            assert_eq!((column.cell)(&row).text, "household");
        }
    }

    #[test]
    fn every_width_knows_every_column() {
        let names = |columns: &[Column<BudgetRow>]| {
            let mut names: Vec<_> = columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(names(NARROW), names(COLUMNS));
    }
}
