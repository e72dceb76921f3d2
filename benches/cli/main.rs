//! What the command line costs, beside programs that do as little as possible.
//!
//! `cargo bench --bench cli` runs everything; `cargo bench --bench cli -- start --rounds 101` one
//! part. Nothing here is a test: times are printed and judged, and never asserted.

mod answers;
#[path = "../common/mod.rs"]
mod common;
mod floor;
mod scene;

use std::path::Path;
use std::time::Duration;

use common::measure::{Figures, Program, in_turn};
use common::report::{Report, ms, print};
use common::{Failure, Home, TOKEN, Wanted, bare};
use scene::{Answers, Certificate, Served, find};

const PARTS: [&str; 7] = ["start", "http", "https", "issue", "rotate", "lists", "size"];
const ROUNDS: usize = 61;

/// How many keys are rotated at once.
const FLEET_KEYS: usize = 1000;

/// What a client command may take of memory, beside the answer that it reads.
const PEAK_MAX: u64 = 8 << 20;
const BINARY_MAX: u64 = 12_000_000;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        // The same program is the floors and the fixed answers, in processes of their own. It is
        // kept lean for that: what else it held would be counted against the floors.
        ["as", "get", url] => floor::call(url, None),
        ["as", "put", url] => floor::call(url, Some(r#"{"enabled":true}"#)),
        ["as", "json-lines", url] => floor::json_lines(url),
        ["as", "answers"] => answers::serve(None),
        ["as", "answers", certificate, key] => {
            answers::serve(Some((Path::new(certificate), Path::new(key))))
        }
        _ => measure_all(&words),
    }
}

fn measure_all(words: &[&str]) -> Result<(), Failure> {
    let wanted = Wanted::read(words, &PARTS, ROUNDS)?;
    let mut report = Report::begin()?;
    for other in ["rg", "curl", "node", "openssl"].iter().filter(|other| find(other).is_none()) {
        print(&format!("`{other}` is not on this machine; what needs it is left out.\n"));
    }
    for part in &wanted.parts {
        match *part {
            "start" => start(&mut report, wanted.rounds)?,
            "http" => http(&mut report, wanted.rounds)?,
            "https" => https(&mut report, wanted.rounds)?,
            "issue" => issue(&mut report, wanted.rounds)?,
            "rotate" => rotate(&mut report, wanted.rounds.div_ceil(20))?,
            "lists" => lists(&mut report, wanted.rounds.div_ceil(3))?,
            _ => size(&mut report)?,
        }
    }
    report.end()
}

/// This program in another role.
fn own(name: &str, words: &[&str]) -> Result<Program<'static>, Failure> {
    let this = std::env::current_exe()?;
    let words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    Ok(Program::new(name, move |_| {
        let mut command = bare(&this);
        command.arg("as").args(&words);
        command
    }))
}

/// A program that may not be on this machine.
fn other<'a>(name: &str, program: &str, words: &'a [&'a str]) -> Option<Program<'a>> {
    let found = find(program)?;
    Some(Program::new(name, move |_| {
        let mut command = bare(&found);
        command.args(words).env("CLAWROUTER_ADMIN_TOKEN", TOKEN);
        command
    }))
}

/// One call by a script of one's own.
fn script<'a>(words: &'a [&'a str]) -> Option<Program<'a>> {
    other("a Node script", "node", words)
}

const SCRIPT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/cli/call.mjs");

fn named<'f>(figures: &'f [Figures], name: &str) -> Option<&'f Figures> {
    figures.iter().find(|figures| figures.name == name)
}

/// How many times faster than another.
fn faster(report: &mut Report, what: &str, took: Duration, other: (&str, Duration), least: f64) {
    let times = other.1.as_secs_f64() / took.as_secs_f64();
    let wanted = format!("≥ {least:.0} × faster than {}", other.0);
    report.judge(what, &wanted, &format!("{times:.0} ×"), times >= least);
}

/// Nothing but starting and ending.
fn start(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let home = Home::new()?;
    let mistake = Program::new("clawctl kee", |_| home.clawctl(&["kee"]));
    let mut programs = vec![
        Program::new("/bin/true", |_| bare("/bin/true")),
        Program::new("clawctl --version", |_| home.clawctl(&["--version"])),
        Program::new("clawctl --help", |_| home.clawctl(&["--help"])),
        Program::new("clawctl key issue --help", |_| home.clawctl(&["key", "issue", "--help"])),
        Program { code: 2, ..mistake },
    ];
    programs.extend(other("rg --version", "rg", &["--version"]));
    let figures = in_turn(&programs, rounds)?;
    report.figures("Starting and ending", &figures);
    for took in figures.iter().filter(|figures| figures.name.starts_with("clawctl")) {
        let name = format!("`{}`, CPU", took.name);
        report.ratio(&name, took.cpu, ("`/bin/true`", figures[0].cpu), 2.0);
        if let Some(rg) = named(&figures, "rg --version") {
            report.ratio(&name, took.cpu, ("`rg --version`", rg.cpu), 0.8);
        }
    }
    Ok(())
}

/// One admin read over http, from a server that takes no time to answer.
fn http(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let home = Home::with_policy()?;
    let answers = Answers::start(None)?;
    let served = Served::start(&home)?;
    let path = format!("{}/v1/admin/policies", answers.http);
    let bearer = format!("authorization: Bearer {TOKEN}");
    let curl_words = ["-sS", "-H", &bearer, &path];
    let node_words = [SCRIPT, &path];
    let mut programs = vec![
        own("floor: GET", &["get", &path])?,
        own("floor: PUT", &["put", &path])?,
        Program::new("clawctl policy list", |_| {
            home.clawctl(&["policy", "list", "--url", &answers.http])
        }),
        Program::new("clawctl policy list (the served router)", |_| {
            home.clawctl(&["policy", "list", "--url", &served.url])
        }),
        Program::new("clawctl policy list (embedded)", |_| home.clawctl(&["policy", "list"])),
    ];
    programs.extend(other("curl", "curl", &curl_words));
    programs.extend(script(&node_words));
    let figures = in_turn(&programs, rounds)?;
    report.figures("One read over http", &figures);
    let (floor, took) = (&figures[0], &figures[2]);
    let what = "`policy list` over http, CPU";
    report.ratio(what, took.cpu, ("the floor", floor.cpu), 1.5);
    if let Some(curl) = named(&figures, "curl") {
        report.ratio(what, took.cpu, ("curl", curl.cpu), 0.25);
        report.ratio("for comparison, the floor itself", floor.cpu, ("curl", curl.cpu), 0.25);
    }
    if let Some(node) = named(&figures, "a Node script") {
        faster(report, what, took.cpu, ("a Node script", node.cpu), 70.0);
    }
    report.bytes("`policy list` over http, peak memory", took.peak_bytes, PEAK_MAX);
    Ok(())
}

/// The same over https, under roots that are given by name.
fn https(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let home = Home::new()?;
    let Some(tls) = Certificate::make(&home) else { return Ok(()) };
    let answers = Answers::start(Some(&tls))?;
    let base = answers.https.clone().ok_or("no https")?;
    let path = format!("{base}/v1/admin/policies");
    let bearer = format!("authorization: Bearer {TOKEN}");
    let roots = tls.certificate.to_string_lossy().into_owned();
    let curl_words = ["-sS", "--cacert", &roots, "-H", &bearer, &path];
    let floor = own("floor: GET", &["get", &path])?;
    let with_roots = |mut command: std::process::Command| {
        command.env("SSL_CERT_FILE", &roots);
        command
    };
    let mut programs = vec![
        Program::new("floor: GET", |round| with_roots((floor.command)(round))),
        Program::new("clawctl policy list", |_| {
            with_roots(home.clawctl(&["policy", "list", "--url", &base]))
        }),
    ];
    programs.extend(other("curl", "curl", &curl_words));
    let figures = in_turn(&programs, rounds)?;
    report.figures("One read over https, with a file of roots", &figures);
    let what = "`policy list` over https, CPU";
    report.ratio(what, figures[1].cpu, ("the floor", figures[0].cpu), 1.5);
    if let Some(curl) = named(&figures, "curl") {
        report.ratio(what, figures[1].cpu, ("curl", curl.cpu), 0.2);
    }
    Ok(())
}

/// A key with every safeguard on: journal, registered off, delivered, switched on, proved.
fn issue(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let (server, client, embedded) = (Home::with_policy()?, Home::new()?, Home::with_policy()?);
    let served = Served::start(&server)?;
    let answers = Answers::start(None)?;
    let path = format!("{}/v1/admin/policies", answers.http);
    let issue = |home: &Home, round: usize, more: &[&str]| {
        let id = format!("key_{round:06}");
        home.clawctl(&[&["key", "issue", &id, "--policy", "team"], more].concat())
    };
    let node_words = [SCRIPT, &path];
    let mut programs = vec![
        own("floor: PUT", &["put", &path])?,
        Program::new("clawctl key issue (over http)", |round| {
            issue(&client, round, &["--url", &served.url])
        }),
        Program::new("clawctl key issue (embedded)", |round| issue(&embedded, round, &[])),
    ];
    programs.extend(script(&node_words));
    let figures = in_turn(&programs, rounds)?;
    report.figures("Issuing a key under an existing policy", &figures);
    let (floor, remote, local) = (&figures[0], &figures[1], &figures[2]);
    let what = "`key issue` over http, wall";
    report.ratio(what, remote.wall, ("the floor", floor.wall), 4.0);
    if let Some(node) = named(&figures, "a Node script") {
        faster(report, what, remote.wall, ("one call of a Node script", node.wall), 20.0);
    }
    let limit = Duration::from_millis(8);
    let measured = format!("{} ms", ms(local.wall));
    report.judge("`key issue`, embedded, wall", "≤ 8 ms, durable", &measured, local.wall <= limit);
    for took in [remote, local] {
        report.bytes(&format!("`{}`, peak memory", took.name), took.peak_bytes, PEAK_MAX);
    }
    Ok(())
}

/// Many keys at once on the served router, each into its file, with every safeguard on: journal,
/// delivery, replacement, reading back, and the proof of each new key.
fn rotate(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let (server, client) = (Home::with_policy()?, Home::new()?);
    let served = Served::start(&server)?;
    for number in 0..FLEET_KEYS {
        let (id, file) = (format!("key_{number:04}"), client.path(&format!("{number}.key")));
        let to = format!("file:{}", file.display());
        client.run(&[
            "key",
            "issue",
            &id,
            "--policy",
            "team",
            "--to",
            &to,
            "--url",
            &served.url,
        ])?;
    }
    let fleet = Program::new("clawctl key rotate --all", |_| {
        client.clawctl(&["key", "rotate", "--all", "--yes", "--url", &served.url, "-o", "jsonl"])
    });
    let figures = in_turn(&[fleet], rounds)?;
    report.figures(&format!("Rotating {FLEET_KEYS} keys"), &figures);
    let each_second = FLEET_KEYS as f64 / figures[0].wall.as_secs_f64();
    let what = format!("{FLEET_KEYS} keys rotated on the served router");
    let measured = format!("{each_second:.0} keys/s");
    report.judge(&what, "≥ 300 keys/s", &measured, each_second >= 300.0);
    report.bytes(&format!("{what}, peak memory"), figures[0].peak_bytes, 2 * PEAK_MAX);
    Ok(())
}

/// Long lists, from the answer's first byte to the last row.
fn lists(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let home = Home::new()?;
    let answers = Answers::start(None)?;
    for count in answers::LISTS {
        let base = format!("{}/{count}", answers.http);
        let path = format!("{base}/v1/admin/credentials");
        let list = |format: &'static str| {
            let (base, home) = (&base, &home);
            Program::new(format!("clawctl key list -o {format}"), move |_| {
                home.clawctl(&["key", "list", "-o", format, "--url", base])
            })
        };
        let floor = own("floor: GET, JSON lines", &["json-lines", &path])?;
        let figures = in_turn(&[floor, list("table"), list("jsonl"), list("csv")], rounds)?;
        report.figures(&format!("A list of {count} keys over http"), &figures);
        for took in &figures[1..] {
            let what = format!("`{}`, {count} rows, wall", took.name);
            report.ratio(&what, took.wall, ("the floor", figures[0].wall), 2.0);
        }
    }
    Ok(())
}

fn size(report: &mut Report) -> Result<(), Failure> {
    let bytes = std::fs::metadata(env!("CARGO_BIN_EXE_clawctl"))?.len();
    let megabytes = |bytes: u64| format!("{:.1} MB", bytes as f64 / 1e6);
    let wanted = format!("≤ {}", megabytes(BINARY_MAX));
    report.judge("the stripped binary", &wanted, &megabytes(bytes), bytes <= BINARY_MAX);
    Ok(())
}
