//! How single events look.

use std::io;

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::super::{Cell, Column, Machine, Page, Room, Tone, View};
use super::{cost, count};
use crate::report::{Coverage, Event, Interval};
use clawctl_wire::money::Micros;

/// Named as the router names its members, so that an event that is passed on says the same.
const TIME: Column<Event> = Column::left("time", "TIME", |event| time(event, "%Y-%m-%d %H:%M:%S"));
/// A person who watches knows the day.
const CLOCK: Column<Event> = Column::left("time", "TIME", |event| time(event, "%H:%M:%S"));
const STATUS: Column<Event> = Column::left("status", "STATUS", status);
const POLICY: Column<Event> = text("policy_id", "POLICY", |e| word(e, "policy_id"));
const KEY: Column<Event> = text("credential_id", "KEY", |e| word(e, "credential_id"));
const MODEL: Column<Event> = text("model", "MODEL", |e| word(e, "model"));
const INPUT: Column<Event> = Column::right("input_tokens", "IN", |e| amount(e, "input_tokens"));
const OUTPUT: Column<Event> = Column::right("output_tokens", "OUT", |e| amount(e, "output_tokens"));
const TOTAL: Column<Event> = Column::right("total_tokens", "TOKENS", |e| amount(e, "total_tokens"));
const COST: Column<Event> =
    Column::right("actual_cost_micros", "COST", |e: &Event| e.cost().map_or_else(unknown, cost));
const DURATION: Column<Event> = Column::right("duration_ms", "TOOK", duration);
const CLIENT: Column<Event> = text("client", "CLIENT", |e| word(e, "client"));
const PROJECT: Column<Event> = text("project_id", "PROJECT", |e| word(e, "project_id"));

const fn text(
    name: &'static str,
    heading: &'static str,
    cell: fn(&Event) -> Cell,
) -> Column<Event> {
    Column::left(name, heading, cell)
}

/// What only `--columns` and CSV show.
macro_rules! with_the_rest {
    ($($column:expr),+ $(,)?) => {
        &[
            $($column,)+
            text("id", "ID", |e| word(e, "id")).on_request(),
            text("request_id", "REQUEST", |e| word(e, "request_id")).on_request(),
            text("provider", "PROVIDER", |e| word(e, "provider")).on_request(),
            text("capability", "CAPABILITY", |e| word(e, "capability")).on_request(),
            text("tenant_id", "TENANT", |e| word(e, "tenant_id")).on_request(),
            text("principal_id", "PRINCIPAL", |e| word(e, "principal_id")).on_request(),
            text("session_id", "SESSION", |e| word(e, "session_id")).on_request(),
            text("agent_id", "AGENT", |e| word(e, "agent_id")).on_request(),
            text("parent_agent_id", "PARENT", |e| word(e, "parent_agent_id")).on_request(),
            text("auth_type", "AUTH", |e| word(e, "auth_type")).on_request(),
            text("trace_id", "TRACE", |e| word(e, "trace_id")).on_request(),
            Column::right("status_code", "CODE", |e: &Event| plain(e, "status_code")).on_request(),
            Column::right("cached_input_tokens", "CACHED", |e: &Event| {
                amount(e, "cached_input_tokens")
            })
            .on_request(),
            Column::right("cache_write_input_tokens", "CACHE WRITES", |e: &Event| {
                amount(e, "cache_write_input_tokens")
            })
            .on_request(),
            Column::right("reserved_cost_micros", "RESERVED", |e: &Event| {
                e.number("reserved_cost_micros").map_or_else(unknown, |n| cost(Micros(n)))
            })
            .on_request(),
            text("cost_basis", "BASIS", |e| word(e, "cost_basis")).on_request(),
            text("pricing_ref", "PRICES", |e| word(e, "pricing_ref")).on_request(),
            text("content_ref", "CONTENT", |e| word(e, "content_ref")).on_request(),
            Column::right("occurred_at_ms", "AT", |e: &Event| Cell::new(e.at_ms().to_string()))
                .on_request(),
        ]
    };
}

pub const COLUMNS: &[Column<Event>] = with_the_rest![
    TIME,
    STATUS,
    POLICY,
    KEY,
    MODEL,
    INPUT,
    OUTPUT,
    COST,
    DURATION,
    CLIENT,
    PROJECT,
    TOTAL.on_request(),
];

/// The same columns, with fewer of them shown unasked.
const MIDDLE: &[Column<Event>] = with_the_rest![
    TIME,
    STATUS,
    POLICY,
    MODEL,
    INPUT,
    OUTPUT,
    COST,
    DURATION,
    KEY.on_request(),
    CLIENT.on_request(),
    PROJECT.on_request(),
    TOTAL.on_request(),
];

const NARROW: &[Column<Event>] = with_the_rest![
    TIME,
    STATUS,
    POLICY,
    MODEL,
    TOTAL,
    COST,
    KEY.on_request(),
    INPUT.on_request(),
    OUTPUT.on_request(),
    DURATION.on_request(),
    CLIENT.on_request(),
    PROJECT.on_request(),
];

/// For lines that are not wrapped.
const NARROW_LIVE: &[Column<Event>] = with_the_rest![
    CLOCK,
    STATUS,
    POLICY,
    MODEL,
    COST,
    TOTAL.on_request(),
    KEY.on_request(),
    INPUT.on_request(),
    OUTPUT.on_request(),
    DURATION.on_request(),
    CLIENT.on_request(),
    PROJECT.on_request(),
];

/// The columns for so much room.
pub fn columns(width: Option<u16>) -> &'static [Column<Event>] {
    match width {
        Some(..100) => NARROW,
        Some(..140) => MIDDLE,
        _ => COLUMNS,
    }
}

/// The columns for events that come one by one.
pub fn live_columns(width: Option<u16>) -> &'static [Column<Event>] {
    if is_narrow(width) { NARROW_LIVE } else { columns(width) }
}

fn is_narrow(width: Option<u16>) -> bool {
    width.is_some_and(|width| width < 120)
}

/// The room that a column has where events come one by one.
pub fn live_room(width: Option<u16>) -> fn(&str) -> Room {
    match is_narrow(width) {
        true => |column| room(column, "23:59:59"),
        false => |column| room(column, "2026-12-31 23:59:59"),
    }
}

fn room(column: &str, time: &str) -> Room {
    let fixed = |usual| Room { usual, grows: false };
    let growing = |usual| Room { usual, grows: true };
    match column {
        "time" => fixed(time.len()),
        "status" => fixed("provider_error".len()),
        "policy_id" | "credential_id" => growing(12),
        "model" => growing(24),
        "input_tokens" | "output_tokens" | "total_tokens" => fixed(7),
        "actual_cost_micros" => fixed("$0.000123".len()),
        "duration_ms" => fixed("120.0 s".len()),
        "client" | "project_id" => growing(10),
        _ => fixed(0),
    }
}

/// Events that are known as a whole, the newest first.
pub struct Events {
    pub events: Vec<Event>,
    pub window: Interval,
    pub coverage: Coverage,
    /// Are there more of them than were asked for?
    pub more: bool,
}

impl View for Events {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        if !self.events.is_empty() {
            page.table(columns(page.width()), &self.events)?;
        }
        page.aside(&about(self.events.len(), self.more, &self.window, &self.coverage))
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.items(COLUMNS, &self.events)
    }
}

/// The sentence below a list of events.
pub fn about(shown: usize, more: bool, window: &Interval, coverage: &Coverage) -> String {
    let events = match (shown, more) {
        (0, _) => "No events".to_owned(),
        (1, false) => "One event".to_owned(),
        (_, false) => format!("{shown} events"),
        (1, true) => "The newest event, and there are more (`--all`),".to_owned(),
        (_, true) => format!("The newest {shown} events, and there are more (`--all`),"),
    };
    format!("{events} in {}; {}.", window.words(), coverage.words())
}

fn word(event: &Event, member: &str) -> Cell {
    Cell::optional(event.text(member))
}

/// A number that an event does not say is not zero.
fn amount(event: &Event, member: &str) -> Cell {
    event.number(member).map_or_else(unknown, count)
}

fn plain(event: &Event, member: &str) -> Cell {
    Cell::optional(event.number(member).map(|number| number.to_string()))
}

fn unknown() -> Cell {
    Cell::none()
}

fn time(event: &Event, format: &str) -> Cell {
    let Ok(at) = Timestamp::from_millisecond(event.at_ms()) else { return Cell::none() };
    Cell::new(at.to_zoned(TimeZone::UTC).strftime(format).to_string()).plain(at.to_string())
}

fn status(event: &Event) -> Cell {
    let Some(word) = event.text("status") else { return Cell::none() };
    let tone = match word {
        "success" => Tone::Good,
        "denied" | "client_error" => Tone::Warning,
        _ => Tone::Bad,
    };
    Cell::toned(word, tone)
}

fn duration(event: &Event) -> Cell {
    let Some(ms) = event.number("duration_ms") else { return Cell::none() };
    let text = match ms {
        ..1000 => format!("{ms} ms"),
        _ => format!("{}.{} s", ms / 1000, ms % 1000 / 100),
    };
    Cell::new(text).plain(ms.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn every_width_knows_every_column() {
        let names = |columns: &[Column<Event>]| {
            let mut names: Vec<_> = columns.iter().map(|column| column.name).collect();
            names.sort_unstable();
            names
        };
        assert_eq!(names(NARROW), names(COLUMNS));
        assert_eq!(names(NARROW_LIVE), names(COLUMNS));
        assert_eq!(names(MIDDLE), names(COLUMNS));
    }

    #[test]
    fn one_event_is_not_several() {
        let instant = |text: &str| text.parse().unwrap();
        let window =
            Interval { from: instant("2026-11-20T12:00:00Z"), to: instant("2026-11-20T13:00:00Z") };
        let check = |shown, more, words| {
            let about = about(shown, more, &window, &Coverage::Complete);
            assert!(about.starts_with(words), "{about}");
        };
        check(0, false, "No events in ");
        check(1, false, "One event in ");
        check(1, true, "The newest event, and there are more (`--all`), in ");
        check(2, false, "2 events in ");
        check(2, true, "The newest 2 events, and there are more (`--all`), in ");
    }

    #[test]
    fn zero_and_unknown_are_two_cells() {
        let nothing = Event::new(json!({"id": "u"}));
        let zero = Event::new(json!({"input_tokens": 0, "actual_cost_micros": 0}));
        let shown = |event: &Event| [(INPUT.cell)(event), (COST.cell)(event)].map(|c| c.text);
        assert_eq!(shown(&nothing), ["–", "–"]);
        assert_eq!(shown(&zero), ["0", "$0.00"]);
        assert_eq!((COST.cell)(&nothing).csv(), "");
        assert_eq!((COST.cell)(&zero).csv(), "0");
    }

    #[test]
    fn times_and_durations_are_for_people_and_for_programs() {
        let event =
            Event::new(json!({"occurred_at_ms": 1_795_195_269_140_i64, "duration_ms": 5990}));
        let shown = |column: Column<Event>| {
            let cell = (column.cell)(&event);
            (cell.text.clone(), cell.csv().to_owned())
        };
        let pair = |a: &str, b: &str| (a.to_owned(), b.to_owned());
        assert_eq!(shown(TIME), pair("2026-11-20 17:21:09", "2026-11-20T17:21:09.14Z"));
        assert_eq!(shown(CLOCK), pair("17:21:09", "2026-11-20T17:21:09.14Z"));
        assert_eq!(shown(DURATION), pair("5.9 s", "5990"));
    }
}
