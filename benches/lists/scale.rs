//! Every command that reads all keys, on a router that has half a million: what it takes beyond what
//! it prints, embedded and over http.

use std::process::{Command, Stdio};

use crate::common::measure::{Figures, Program, once};
use crate::common::report::Report;
use crate::common::{Failure, Home, bare};
use crate::scene::Served;

const KEYS: usize = 500_000;

/// What a command may take beyond what it prints.
const BEYOND_OUTPUT_MAX: u64 = 64 << 20;

/// Names ten of the keys, as they are.
const MANIFEST: &str = "few.yaml";

/// The words of a command, and its exit code.
type Words<'w> = (&'w [&'w str], i32);

const LISTS: [Words<'_>; 4] = [
    (&["key", "list"], 0),
    (&["key", "list", "-o", "jsonl"], 0),
    (&["key", "list", "-o", "csv"], 0),
    (&["key", "list", "-o", "json"], 0),
];

const OTHERS: [Words<'_>; 14] = [
    (&["key", "list", "--unused", "1d", "--state", "active", "-o", "jsonl"], 0),
    (&["key", "reap", "--dry-run"], 0),
    (&["key", "reap", "--superseded", "--dry-run"], 0),
    (&["key", "revoke", "key_000001", "--dry-run"], 0),
    (&["key", "rotate", "--all", "--id", "key_00000*", "--to", "file:{id}", "--dry-run"], 0),
    (&["key", "rotate", "--all", "--to", "file:{id}", "--dry-run"], 0),
    (&["key", "rotate", "--all", "--id", "key_00000*", "--finish", "--dry-run"], 0),
    (&["policy", "show", "team"], 0),
    (&["status"], 0),
    (&["doctor"], 0),
    (&["diff", "-f", MANIFEST], 0),
    (&["apply", "-f", MANIFEST, "--yes"], 0),
    (&["export"], 0),
    (&["export", "--with-key-hashes"], 0),
];

pub(crate) fn measure(report: &mut Report) -> Result<(), Failure> {
    let home = super::filled(KEYS)?;
    let names: Vec<_> =
        (0..10).map(|n| format!("  key_{:06}: {{ policy: team }}\n", n * 10)).collect();
    std::fs::write(home.path(MANIFEST), format!("version: 1\nkeys:\n{}", names.concat()))?;
    let database = home.path("router.db");
    let floor = Program::new("the floor", |_| own(&["as", "read", &database.to_string_lossy()]));
    all(report, "embedded", &floor, |words| at_home(&home, words))?;
    let served = Served::start(&home)?;
    let url = format!("{}/v1/admin/credentials", served.url);
    let floor = Program::new("the floor", |_| own(&["as", "call", &url]));
    let remote = ["--url", &served.url];
    all(report, "over http", &floor, |words| at_home(&home, &[words, &remote[..]].concat()))
}

fn at_home(home: &Home, words: &[&str]) -> Command {
    let mut command = home.clawctl(words);
    command.current_dir(home.path(""));
    command
}

fn own(words: &[&str]) -> Command {
    let mut command = bare(std::env::current_exe().unwrap_or_default());
    command.args(words);
    command
}

fn all(
    report: &mut Report,
    way: &str,
    floor: &Program<'_>,
    command: impl Fn(&[&str]) -> Command,
) -> Result<(), Failure> {
    let floor = once(floor, 0)?;
    let mut figures = vec![floor.clone()];
    for (words, code) in LISTS {
        let took = one(report, way, words, code, &command)?;
        let what = format!("{}, {way}", took.name);
        report.ratio(&what, took.wall, ("the JSON-lines floor", floor.wall), 2.0);
        figures.push(took);
    }
    for (words, code) in OTHERS {
        figures.push(one(report, way, words, code, &command)?);
    }
    report.figures(&format!("{KEYS} keys, {way}"), &figures);
    Ok(())
}

/// Once: what counts is its memory.
fn one(
    report: &mut Report,
    way: &str,
    words: &[&str],
    code: i32,
    command: &impl Fn(&[&str]) -> Command,
) -> Result<Figures, Failure> {
    let printed = command(words).stdin(Stdio::null()).output()?.stdout.len() as u64;
    let name = format!("clawctl {}", words.join(" "));
    let program = Program { code, ..Program::new(&name, |_| command(words)) };
    let took = once(&program, 0)?;
    let what = format!("{name}, {way}, {} MiB printed", printed >> 20);
    report.bytes(&what, took.peak_bytes, BEYOND_OUTPUT_MAX + printed);
    Ok(took)
}
