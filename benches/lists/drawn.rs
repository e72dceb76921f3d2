//! Rows that are in memory already, drawn by clawctl's own views: what a long list costs beyond
//! the answer itself.

use std::io::{self, BufWriter, Write};
use std::time::{Duration, Instant};

use clawctl::ui::{Look, Ui};
use clawctl::view::List;
use clawctl::view::key::COLUMNS;
use clawctl::view::machine::Format;
use clawctl_wire::credential::Credential;
use jiff::Timestamp;

use crate::common::Failure;

/// What drawing took, without making the rows.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Drawn {
    pub time: Duration,
    /// By how much the peak of the process's memory grew.
    pub grown_bytes: u64,
}

/// Draws so many rows on stdout in one of the formats, or as the floor does, and says on stderr
/// what it took.
pub(crate) fn draw(format: &str, count: usize) -> Result<(), Failure> {
    let view = List { rows: rows(count)?, columns: COLUMNS, empty: "No keys." };
    let before = peak_bytes()?;
    let started = Instant::now();
    if format == "floor" {
        let mut out = BufWriter::with_capacity(64 * 1024, io::stdout());
        for row in &view.rows {
            serde_json::to_writer(&mut out, row)?;
            out.write_all(b"\n")?;
        }
        out.flush()?;
    } else {
        let format = match format {
            "table" => None,
            "json" => Some(Format::Json),
            "jsonl" => Some(Format::JsonLines),
            "csv" => Some(Format::Csv),
            other => return Err(format!("there is no format `{other}`").into()),
        };
        let ui = Ui::new(Look { format, width: Some(120), ..Look::default() });
        ui.show(&view).map_err(|error| error.message)?;
    }
    let time = started.elapsed();
    let grown = peak_bytes()? - before;
    Ok(writeln!(io::stderr(), "{} {grown}", time.as_nanos())?)
}

/// Reads what [`draw`] said.
pub(crate) fn read(said: &str) -> Result<Drawn, Failure> {
    let (nanos, bytes) = said.trim().split_once(' ').ok_or("nothing was said")?;
    Ok(Drawn { time: Duration::from_nanos(nanos.parse()?), grown_bytes: bytes.parse()? })
}

fn rows(count: usize) -> Result<Vec<Credential>, Failure> {
    let created: Timestamp = "2026-11-20T12:00:00.123Z".parse()?;
    let used: Timestamp = "2026-11-21T09:30:00.5Z".parse()?;
    let end: Timestamp = "2027-02-18T12:00:00Z".parse()?;
    let row = |n: usize| Credential {
        credential_id: format!("key_{n:06}"),
        policy_id: format!("team_{:03}", n % 20),
        enabled: !n.is_multiple_of(9),
        policy_enabled: true,
        generation_matches: true,
        active: !n.is_multiple_of(9),
        principal_enabled: None,
        principal_id: Some(format!("user{n}@example.com")),
        label: n.is_multiple_of(2).then(|| format!("laptop of user {n}")),
        expires_at: n.is_multiple_of(3).then_some(end),
        created_at: Some(created),
        last_used_at: n.is_multiple_of(4).then_some(used),
        unknown: serde_json::Map::new(),
    };
    Ok((0..count).map(row).collect())
}

fn peak_bytes() -> Result<u64, Failure> {
    let status = std::fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib: u64 = line.ok_or("no VmHWM")?.trim().trim_end_matches(" kB").parse()?;
    Ok(kib * 1024)
}
