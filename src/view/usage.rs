//! How usage looks: sums, providers and days, each with how much of the truth it holds.

pub mod breakdown;
pub mod event;
mod flat;

use std::io;

use jiff::{Timestamp, tz::TimeZone};

use super::budget::micros;
use super::machine::Format;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::report::usage::{UsageReport, Whose, every_day};
use crate::report::{Coverage, State};
use clawctl_wire::money::Micros;
use clawctl_wire::usage::{DailyUsage, ProviderUsage, UsageSummary, WINDOW_DAYS};

/// What was used in the last thirty days.
pub struct Summary {
    pub report: UsageReport,
    /// A row for every day, instead of one line of bars.
    pub by_day: bool,
}

const PROVIDERS: &[Column<ProviderUsage>] = &[
    Column::left("provider", "PROVIDER", |row| Cell::name(&row.provider)),
    Column::right("requestCount", "REQUESTS", |row| count(row.request_count)),
    Column::right("errorCount", "ERRORS", |row| errors(row.error_count)),
    Column::right("totalTokens", "TOKENS", |row| count(row.total_tokens)),
    Column::right("actualCostMicros", "COST", |row| cost(row.actual_cost_micros)),
    Column::right("unpricedRequestCount", "UNPRICED", |row: &ProviderUsage| {
        row.unpriced_request_count.map_or_else(Cell::none, count)
    })
    .on_request(),
];

const DAYS: &[Column<DailyUsage>] = &[
    Column::left("day", "DAY", |row| Cell::name(date(row.day_start_ms))),
    Column::right("requestCount", "REQUESTS", |row| count(row.request_count)),
    Column::right("errorCount", "ERRORS", |row| errors(row.error_count)),
    Column::right("totalTokens", "TOKENS", |row| count(row.total_tokens)),
    Column::right("actualCostMicros", "COST", |row| cost(row.actual_cost_micros)),
];

impl View for Summary {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let report = &self.report;
        page.heading(&title(report))?;
        let mut fields = vec![("window", Cell::new(window(report)))];
        fields.extend(totals(report.summary.value.as_ref()));
        fields.push(("coverage", coverage(&report.summary.coverage)));
        if !self.by_day {
            fields.push(("days", days_line(report)));
        }
        fields.push(("events", coverage(&report.events)));
        fields.push(("budgets", budgets_line(report)));
        page.fields(fields)?;
        self.providers(page)?;
        if self.by_day {
            self.days(page)?;
        }
        match report.whose {
            Whose::Policy if matches!(report.summary.coverage, Coverage::Sampled { .. }) => page
                .aside(
                    "The router sums over all policies, so this is counted from the events that it \
                 still returns; with a key of the policy (`--key-stdin`) the sums are its own.",
                ),
            Whose::KeyPolicy if matches!(report.events, Coverage::Own { .. }) => page.aside(
                "The sums are of all keys of the policy; the router lists only the events of this \
                 key's owner.",
            ),
            Whose::KeyPolicy => page.aside("This is the usage of all keys of the policy."),
            Whose::AllPolicies | Whose::Policy => Ok(()),
        }
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        match machine.format() {
            Format::Csv => machine.items(flat::COLUMNS, &flat::figures(&self.report)),
            _ => machine.one(&self.report),
        }
    }
}

impl Summary {
    fn providers(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Some(rows) = &self.report.providers.value else { return Ok(()) };
        if rows.is_empty() {
            return Ok(());
        }
        page.blank()?;
        page.part(PROVIDERS, rows)
    }

    fn days(&self, page: &mut Page<'_>) -> io::Result<()> {
        page.blank()?;
        let Some(days) = &self.report.daily.value else {
            let text = format!("days: {}", self.report.daily.coverage.words());
            return page.toned(text, Tone::Warning);
        };
        page.part(DAYS, &every_day(days, self.report.days))
    }
}

/// The router forgets a request thirty days after it was made, whatever the month.
fn window(report: &UsageReport) -> String {
    format!("the last {WINDOW_DAYS} days, {}", report.window.words())
}

fn title(report: &UsageReport) -> String {
    match &report.policy_id {
        Some(policy) => format!("Usage of policy {policy}"),
        None => "Usage of all policies".to_owned(),
    }
}

fn totals(summary: Option<&UsageSummary>) -> Vec<(&'static str, Cell)> {
    let Some(sum) = summary else { return Vec::new() };
    let requests = format!(
        "{} ({} succeeded, {} failed)",
        grouped(sum.request_count),
        grouped(sum.success_count),
        grouped(sum.error_count)
    );
    let tokens = format!(
        "{} ({} in, {} out)",
        grouped(sum.total_tokens),
        grouped(sum.input_tokens),
        grouped(sum.output_tokens)
    );
    let mut fields = vec![
        ("requests", Cell::new(requests)),
        ("tokens", Cell::new(tokens)),
        ("cost", Cell::new(sum.actual_cost_micros.to_string())),
    ];
    let unpriced = sum.unpriced_request_count.filter(|count| *count > 0);
    fields.extend(unpriced.map(|count| {
        let text = format!("{} requests, not included in the cost", grouped(count));
        ("without a price", Cell::toned(text, Tone::Warning))
    }));
    fields
}

/// A cost without what nobody knows is not the whole cost.
fn unpriced_note(count: Option<u64>) -> Option<String> {
    let count = count.filter(|count| *count > 0)?;
    let noun = if count == 1 { "request has" } else { "requests have" };
    Some(format!("{} {noun} no known price and cost more than is shown.", grouped(count)))
}

fn coverage(coverage: &Coverage) -> Cell {
    let tone = if *coverage == Coverage::Complete { Tone::Good } else { Tone::Warning };
    Cell::toned(coverage.words(), tone)
}

fn days_line(report: &UsageReport) -> Cell {
    let Some(days) = &report.daily.value else { return coverage(&report.daily.coverage) };
    let days = every_day(days, report.days);
    let costs: Vec<u64> = days.iter().map(|day| day.actual_cost_micros.0).collect();
    let requests: Vec<u64> = days.iter().map(|day| day.request_count).collect();
    // Days that cost nothing still have a shape.
    let (what, values) =
        if costs.iter().any(|cost| *cost > 0) { ("cost", costs) } else { ("requests", requests) };
    let (from, to) = (report.days.from, report.days.to);
    let window = format!("[{}, {})", date(from.as_millisecond()), date(to.as_millisecond()));
    Cell::new(format!("{} {what} a day, {window}", sparkline(&values)))
}

/// A bar for each value, against the highest. A dot is nothing at all.
fn sparkline(values: &[u64]) -> String {
    const BARS: [char; 8] = ['▁', '▂', '▃', '▄', '▅', '▆', '▇', '█'];
    let highest = u128::from(values.iter().copied().max().unwrap_or(0));
    let bar = |value: &u64| match (u128::from(*value) * 8).checked_div(highest) {
        None => '·',
        Some(_) if *value == 0 => '·',
        Some(eighths) => BARS[usize::try_from(eighths.clamp(1, 8) - 1).unwrap_or(7)],
    };
    values.iter().map(bar).collect()
}

fn budgets_line(report: &UsageReport) -> Cell {
    let of = |state: State| report.budgets.iter().filter(|row| row.state == state).count();
    if let [row] = report.budgets.as_slice() {
        let text = match (row.limit_micros, row.spent_micros, row.remaining_micros) {
            (None, ..) => "unlimited".to_owned(),
            (Some(Micros::ZERO), ..) => "$0.00 (blocks)".to_owned(),
            (Some(limit), ..) if row.state == State::Unused => {
                format!("{limit} per UTC month for each principal, none spends yet")
            }
            (Some(limit), Some(spent), Some(left)) => {
                format!("{spent} of {limit} spent in {}, {left} left", row.window)
            }
            (Some(limit), ..) => format!("{limit} per UTC month, what is spent is unknown"),
        };
        return Cell::new(text);
    }
    let counts = [
        (of(State::Open) + of(State::Unused), "with something left"),
        (of(State::Exhausted), "exhausted"),
        (of(State::Blocked), "blocked"),
        (of(State::Unknown), "unknown"),
        (report.budgets.iter().filter(|row| is_open_ended(row)).count(), "unlimited"),
    ];
    let words: Vec<_> = counts
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, words)| format!("{count} {words}"))
        .collect();
    if words.is_empty() {
        return Cell::none();
    }
    let troubled = of(State::Exhausted) + of(State::Unknown) > 0;
    Cell::toned(words.join(", "), if troubled { Tone::Warning } else { Tone::Plain })
}

/// A provider without a budget is the usual case, and nothing to count.
fn is_open_ended(row: &crate::report::BudgetRow) -> bool {
    row.state == State::Unlimited && row.policy_id.is_some()
}

fn count(number: u64) -> Cell {
    Cell::new(grouped(number)).plain(number.to_string())
}

fn errors(number: u64) -> Cell {
    let tone = if number == 0 { Tone::Faint } else { Tone::Warning };
    Cell { tone, ..count(number) }
}

fn cost(amount: Micros) -> Cell {
    micros(Some(amount))
}

fn date(ms: i64) -> String {
    let time = Timestamp::from_millisecond(ms).unwrap_or(Timestamp::UNIX_EPOCH);
    time.to_zoned(TimeZone::UTC).date().to_string()
}

/// `1234567` as `1,234,567`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_and_a_little_look_different() {
        assert_eq!(sparkline(&[0, 1, 50, 100]), "·▁▄█");
        assert_eq!(sparkline(&[0, 0]), "··");
        assert_eq!(sparkline(&[7]), "█");
        assert_eq!(sparkline(&[u64::MAX, u64::MAX / 2]), "█▃");
        assert_eq!(sparkline(&[]), "");
    }

    #[test]
    fn digits_are_grouped_by_three() {
        let shown = |number| grouped(number);
        assert_eq!(
            [shown(0), shown(999), shown(1000), shown(1_234_567)],
            ["0", "999", "1,000", "1,234,567"]
        );
    }
}
