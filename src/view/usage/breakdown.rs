//! How usage by some dimensions looks.

use std::collections::BTreeMap;
use std::io;

use serde_json::json;

use super::super::bar::bar;
use super::super::machine::Format;
use super::super::{Cell, Column, Machine, Page, View};
use super::{cost, count, errors, unpriced_note};
use crate::report::Dimension;
use crate::report::breakdown::{Breakdown, Group};

/// The columns of a breakdown: its dimensions, then what was counted.
pub fn columns(by: &[Dimension]) -> Vec<Column<Group>> {
    let counted = [
        Column::right("requestCount", "REQUESTS", |g: &Group| count(g.sums.request_count)),
        Column::right("errorCount", "ERRORS", |g: &Group| errors(g.sums.error_count)),
        Column::right("totalTokens", "TOKENS", |g: &Group| count(g.sums.total_tokens)),
        Column::right("actualCostMicros", "COST", |g: &Group| cost(g.sums.actual_cost_micros)),
        Column::left("costSharePermille", "SHARE", share),
        Column::right("successCount", "SUCCESSES", |g: &Group| count(g.sums.success_count))
            .on_request(),
        Column::right("inputTokens", "IN", |g: &Group| known(g.sums.input_tokens)).on_request(),
        Column::right("outputTokens", "OUT", |g: &Group| known(g.sums.output_tokens)).on_request(),
        Column::right("cachedInputTokens", "CACHED", |g: &Group| known(g.sums.cached_input_tokens))
            .on_request(),
        Column::left("firstAt", "FIRST", |g: &Group| time(g.first_at)).on_request(),
        Column::left("lastAt", "LAST", |g: &Group| time(g.last_at)).on_request(),
        Column::left("coverage", "COVERAGE", |g: &Group| Cell::new(g.coverage.words()))
            .on_request(),
        Column::left("partial", "PART", |g: &Group| {
            Cell::optional(g.partial.map(|partial| if partial { "yes" } else { "no" }))
        })
        .on_request(),
        Column::right("unpricedRequestCount", "UNPRICED", |g: &Group| {
            g.sums.unpriced_request_count.map_or_else(Cell::none, count)
        })
        .on_request(),
    ];
    by.iter().copied().map(column).chain(counted).collect()
}

/// A heading and a cell have to be known when this is built, so each dimension is named.
fn column(dimension: Dimension) -> Column<Group> {
    use Dimension as D;
    match dimension {
        D::Day => Column::left("day", "DAY", |g| name(g, D::Day)),
        D::Hour => Column::left("hour", "HOUR", |g| name(g, D::Hour)),
        D::Month => Column::left("month", "MONTH", |g| name(g, D::Month)),
        D::Tenant => Column::left("tenant", "TENANT", |g| name(g, D::Tenant)),
        D::Policy => Column::left("policy", "POLICY", |g| name(g, D::Policy)),
        D::Credential => Column::left("credential", "KEY", |g| name(g, D::Credential)),
        D::Principal => Column::left("principal", "PRINCIPAL", |g| name(g, D::Principal)),
        D::Provider => Column::left("provider", "PROVIDER", |g| name(g, D::Provider)),
        D::Model => Column::left("model", "MODEL", |g| name(g, D::Model)),
        D::Capability => Column::left("capability", "CAPABILITY", |g| name(g, D::Capability)),
        D::Project => Column::left("project", "PROJECT", |g| name(g, D::Project)),
        D::Session => Column::left("session", "SESSION", |g| name(g, D::Session)),
        D::Agent => Column::left("agent", "AGENT", |g| name(g, D::Agent)),
        D::Client => Column::left("client", "CLIENT", |g| name(g, D::Client)),
        D::Status => Column::left("status", "STATUS", |g| name(g, D::Status)),
    }
}

impl View for Breakdown {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let about = format!("{}; {}.", self.window.words(), self.coverage.words());
        if self.groups.is_empty() && self.groups_left_out == 0 {
            return page.aside(&format!("No events in {about}"));
        }
        let mut rows = self.groups.clone();
        rows.push(total(self));
        page.table(&columns(&self.by), &rows)?;
        if let Some(note) = unpriced_note(self.totals.unpriced_request_count) {
            page.aside(&note)?;
        }
        if self.groups_left_out > 0 {
            let left_out = self.groups_left_out;
            page.aside(&format!("The total counts {left_out} more that are not shown."))?;
        }
        page.aside(&format!("In {about}"))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        let columns = columns(&self.by);
        if matches!(machine.format(), Format::Csv | Format::JsonLines) {
            return machine.items(&columns, &self.groups);
        }
        machine.one(&json!({
            "by": self.by,
            "window": self.window,
            "coverage": self.coverage,
            "totals": self.totals,
            "groups": machine.picked(&columns, &self.groups)?,
            "groupsLeftOut": self.groups_left_out,
        }))
    }
}

/// The last line of the table. Its name stands in the first dimension.
fn total(breakdown: &Breakdown) -> Group {
    let first = breakdown.by.first().map_or("", |dimension| dimension.as_str());
    Group {
        key: BTreeMap::from([(first.to_owned(), Some("total".to_owned()))]),
        sums: breakdown.totals.clone(),
        cost_share_permille: None,
        first_at: None,
        last_at: None,
        coverage: breakdown.coverage.clone(),
        partial: None,
    }
}

fn name(group: &Group, dimension: Dimension) -> Cell {
    match group.key.get(dimension.as_str()) {
        // A part of a day must not look like a day on which little happened.
        Some(Some(name)) if group.partial == Some(true) && dimension.is_time() => {
            Cell::name(format!("{name} (part)")).plain(name)
        }
        Some(Some(name)) => Cell::name(name),
        _ => Cell::none(),
    }
}

/// A sum that the router does not give is not zero.
fn known(number: Option<u64>) -> Cell {
    number.map_or_else(|| Cell::new("unknown").plain(""), count)
}

fn time(at: Option<jiff::Timestamp>) -> Cell {
    Cell::optional(at.map(|at| at.to_string()))
}

fn share(group: &Group) -> Cell {
    let Some(permille) = group.cost_share_permille else { return Cell::none() };
    let percent = permille / 10;
    let little = percent == 0 && group.sums.actual_cost_micros.0 > 0;
    let text = if little { "<1%".to_owned() } else { format!("{percent}%") };
    // A group that costs next to nothing still has a trace of a bar.
    let part = if little { permille.max(1) } else { permille };
    Cell::new(format!("{} {text:>4}", bar(part, 1000))).plain(permille.to_string())
}
