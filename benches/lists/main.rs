//! What long lists cost: drawing rows that are there, and whole commands on the embedded router,
//! whose answers have no limit.
//!
//! `cargo bench --bench lists`, and `cargo bench --bench lists -- scale`.

#[path = "../common/mod.rs"]
mod common;
mod drawn;
mod fill;
#[path = "../cli/floor.rs"]
#[expect(dead_code, reason = "of the floors over http, only that of lists is wanted")]
mod floor;
mod scale;
#[path = "../cli/scene.rs"]
#[expect(dead_code, reason = "nothing is wanted of it but a router on its port")]
mod scene;

use std::path::Path;
use std::process::Stdio;

use common::measure::{Figures, Program, in_turn, median};
use common::report::Report;
use common::{Failure, Home, Wanted, bare};

/// The last takes minutes, and runs only where it is named.
const PARTS: [&str; 3] = ["embedded", "drawing", "scale"];
const ROUNDS: usize = 15;
const COUNTS: [usize; 2] = [10_000, 100_000];

/// Buffers, and nothing for every so many rows.
const GROWTH_MAX: u64 = 2 << 20;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        // In processes of their own: what is measured must not share the memory of whoever
        // measures.
        ["as", "drawn", format, count] => drawn::draw(format, count.parse()?),
        ["as", "read", database] => fill::read(Path::new(database)),
        ["as", "call", url] => floor::json_lines(url),
        ["as", "fill", database, count] => fill::fill(Path::new(database), count.parse()?),
        _ => measure_all(&words),
    }
}

fn measure_all(words: &[&str]) -> Result<(), Failure> {
    let mut wanted = Wanted::read(words, &PARTS, ROUNDS)?;
    if wanted.parts == PARTS {
        wanted.parts.pop();
    }
    let mut report = Report::begin()?;
    for part in &wanted.parts {
        match *part {
            "embedded" => embedded(&report, wanted.rounds)?,
            "scale" => scale::measure(&mut report)?,
            _ => drawing(&mut report, wanted.rounds)?,
        }
    }
    report.end()
}

fn embedded(report: &Report, rounds: usize) -> Result<(), Failure> {
    for count in COUNTS {
        let home = filled(count)?;
        let list = |format: &'static str| {
            let home = &home;
            Program::new(format!("clawctl key list -o {format}"), move |_| {
                home.clawctl(&["key", "list", "-o", format])
            })
        };
        let figures = in_turn(&[list("table"), list("jsonl"), list("csv")], rounds)?;
        report.figures(&format!("A list of {count} keys, embedded"), &figures);
    }
    Ok(())
}

/// A home whose router has so many keys.
fn filled(count: usize) -> Result<Home, Failure> {
    let home = Home::with_policy()?;
    let database = home.path("router.db");
    let filled = bare(std::env::current_exe()?)
        .args(["as", "fill", &database.to_string_lossy(), &count.to_string()])
        .status()?;
    if filled.success() { Ok(home) } else { Err("the database could not be filled".into()) }
}

fn drawing(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    const FORMATS: [&str; 5] = ["floor", "table", "json", "jsonl", "csv"];
    let this = std::env::current_exe()?;
    for count in COUNTS {
        let mut drawn = FORMATS.map(|_| Vec::new());
        for _ in 0..rounds {
            for (format, drawn) in FORMATS.iter().zip(&mut drawn) {
                let mut command = bare(&this);
                command.args(["as", "drawn", format, &count.to_string()]);
                let done = command.stdin(Stdio::null()).stdout(Stdio::null());
                let said = done.stderr(Stdio::piped()).output()?.stderr;
                drawn.push(drawn::read(&String::from_utf8_lossy(&said))?);
            }
        }
        let figures: Vec<Figures> = FORMATS
            .iter()
            .zip(&drawn)
            .map(|(format, drawn)| {
                let time = median(drawn.iter().map(|drawn| drawn.time));
                let grown = median(drawn.iter().map(|drawn| drawn.grown_bytes));
                let name = (*format).to_owned();
                Figures { name, wall: time, cpu: time, peak_bytes: grown }
            })
            .collect();
        let heading = format!("Drawing {count} rows that are there (peak: by how much it grew)");
        report.figures(&heading, &figures);
        for took in &figures[1..] {
            let what = format!("drawing {count} rows as {}", took.name);
            report.ratio(&what, took.wall, ("the JSON-lines floor", figures[0].wall), 2.0);
            report.bytes(&format!("{what}, memory"), took.peak_bytes, GROWTH_MAX);
        }
    }
    Ok(())
}
