//! What the command line costs, beside programs that do as little as possible.
//!
//! `cargo bench --bench cli` runs everything; `cargo bench --bench cli -- start --rounds 101` one
//! part. Nothing here is a test: times are printed and judged, and never asserted.

mod answers;
mod floor;
mod measure;
mod render;
mod report;
mod scene;

use std::path::Path;
use std::process::Stdio;
use std::time::Duration;

use measure::{Figures, Program, in_turn, median};
use report::Report;
use scene::{Answers, Certificate, Home, Served, TOKEN, bare, find};

/// Anything that ends a measurement.
pub type Failure = Box<dyn std::error::Error + Send + Sync>;

const PARTS: [&str; 6] = ["start", "http", "https", "issue", "lists", "size"];
const ROUNDS: usize = 41;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        // The same program is the floor, the fixed answers and the drawing, in processes of their
        // own: what is measured must not share the memory of whoever measures.
        ["as", "floor", url] => floor::call(url, None),
        ["as", "floor-put", url] => floor::call(url, Some(r#"{"enabled":true}"#)),
        ["as", "json-lines", url] => floor::json_lines(url),
        ["as", "answers"] => answers::serve(None),
        ["as", "answers", certificate, key] => {
            answers::serve(Some((Path::new(certificate), Path::new(key))))
        }
        ["as", "drawn", format, count] => render::draw(format, count.parse()?),
        ["as", "fill", database, count] => scene::fill(Path::new(database), count.parse()?),
        _ => measure_all(&words),
    }
}

/// What was asked for on the command line.
struct Wanted {
    parts: Vec<&'static str>,
    rounds: usize,
}

impl Wanted {
    fn read(words: &[&str]) -> Result<Self, Failure> {
        let mut wanted = Self { parts: Vec::new(), rounds: ROUNDS };
        let mut words = words.iter();
        while let Some(word) = words.next() {
            match *word {
                // Cargo says so to every bench.
                "--bench" => {}
                "--rounds" => wanted.rounds = words.next().ok_or("how many rounds?")?.parse()?,
                word => match PARTS.iter().find(|part| **part == word) {
                    Some(part) => wanted.parts.push(part),
                    None => return Err(format!("the parts are {}", PARTS.join(", ")).into()),
                },
            }
        }
        if wanted.parts.is_empty() {
            wanted.parts = PARTS.to_vec();
        }
        Ok(wanted)
    }
}

fn measure_all(words: &[&str]) -> Result<(), Failure> {
    let wanted = Wanted::read(words)?;
    let mut report = Report::begin()?;
    for part in &wanted.parts {
        match *part {
            "start" => start(&mut report, wanted.rounds)?,
            "http" => http(&mut report, wanted.rounds)?,
            "https" => https(&mut report, wanted.rounds)?,
            "issue" => issue(&mut report, wanted.rounds)?,
            "lists" => lists(&mut report, wanted.rounds)?,
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
fn other<'a>(program: &str, words: &'a [&'a str]) -> Option<Program<'a>> {
    let found = find(program)?;
    let name = [&[program], words].concat().join(" ");
    Some(Program::new(name, move |_| {
        let mut command = bare(&found);
        command.args(words).env("CLAWROUTER_ADMIN_TOKEN", TOKEN);
        command
    }))
}

fn named<'f>(figures: &'f [Figures], start: &str) -> Option<&'f Figures> {
    figures.iter().find(|figures| figures.name.starts_with(start))
}

/// Nothing but starting and ending.
fn start(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let home = Home::new()?;
    let ours = [
        Program::new("clawctl --version", |_| home.clawctl(&["--version"])),
        Program::new("clawctl --help", |_| home.clawctl(&["--help"])),
        Program::new("clawctl key issue --help", |_| home.clawctl(&["key", "issue", "--help"])),
        Program::new("clawctl kee", |_| home.clawctl(&["kee"])).exits_with(2),
    ];
    let mut programs = vec![Program::new("/bin/true", |_| bare("/bin/true"))];
    programs.extend(ours);
    programs.extend(other("rg", &["--version"]));
    let figures = in_turn(&programs, rounds)?;
    report.figures("Starting and ending", &figures);
    for took in figures.iter().filter(|figures| figures.name.starts_with("clawctl")) {
        let name = format!("`{}`, CPU", took.name);
        report.ratio(&name, took.cpu, ("`/bin/true`", figures[0].cpu), 2.0);
        if let Some(rg) = named(&figures, "rg") {
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
    let list = |url: String| {
        let home = &home;
        move |_| home.clawctl(&["policy", "list", "--url", &url])
    };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/cli/call.mjs");
    let bearer = format!("authorization: Bearer {TOKEN}");
    let curl_words = ["-sS", "-H", &bearer, &path];
    let node_words = [script, &path];
    let mut programs = vec![
        own("floor: reqwest + ring, GET", &["floor", &path])?,
        own("floor: reqwest + ring, PUT", &["floor-put", &path])?,
        Program::new("clawctl policy list", list(answers.http.clone())),
        Program::new("clawctl policy list, the served router", list(served.url.clone())),
    ];
    programs.extend(other("curl", &curl_words));
    programs.extend(other("node", &node_words));
    let figures = in_turn(&programs, rounds)?;
    report.figures("One read over http", &figures);
    let took = &figures[2];
    let what = "`policy list` over http, CPU";
    report.ratio(what, took.cpu, ("floor", figures[0].cpu), 1.5);
    if let Some(curl) = named(&figures, "curl") {
        report.ratio(what, took.cpu, ("curl", curl.cpu), 0.25);
    }
    if let Some(node) = named(&figures, "node") {
        report.faster(what, took.cpu, ("a Node script", node.cpu), 70.0);
    }
    report.bytes("`policy list` over http, peak memory", took.peak_bytes, 8 << 20);
    Ok(())
}

/// The same over https, under roots that are given by name.
fn https(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let home = Home::new()?;
    let Some(tls) = Certificate::make(&home) else {
        report.note("https was left out: there is no openssl that makes a certificate.");
        return Ok(());
    };
    let answers = Answers::start(Some(&tls))?;
    let base = answers.https.clone().ok_or("no https")?;
    let path = format!("{base}/v1/admin/policies");
    let bearer = format!("authorization: Bearer {TOKEN}");
    let roots = tls.certificate.to_string_lossy().into_owned();
    let curl_words = ["-sS", "--cacert", &roots, "-H", &bearer, &path];
    let under = |program: Program<'static>| {
        let roots = roots.clone();
        Program::new(program.name, move |round| {
            let mut command = (program.command)(round);
            command.env("SSL_CERT_FILE", &roots);
            command
        })
    };
    let mut programs = vec![
        under(own("floor: reqwest + ring, GET", &["floor", &path])?),
        Program::new("clawctl policy list", |_| {
            let mut command = home.clawctl(&["policy", "list", "--url", &base]);
            command.env("SSL_CERT_FILE", &roots);
            command
        }),
    ];
    programs.extend(other("curl", &curl_words));
    let figures = in_turn(&programs, rounds)?;
    report.figures("One read over https, with a file of roots", &figures);
    let what = "`policy list` over https, CPU";
    report.ratio(what, figures[1].cpu, ("floor", figures[0].cpu), 1.5);
    if let Some(curl) = named(&figures, "curl") {
        report.ratio(what, figures[1].cpu, ("curl", curl.cpu), 0.2);
    }
    Ok(())
}

/// A key with every safeguard on: journal, registered off, delivered, switched on, proved.
fn issue(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let (home, client) = (Home::with_policy()?, Home::new()?);
    let served = Served::start(&home)?;
    let embedded = Home::with_policy()?;
    let answers = Answers::start(None)?;
    let path = format!("{}/v1/admin/policies", answers.http);
    let issue = |home: &Home, round: usize, more: &[&str]| {
        let id = format!("key_{round:06}");
        home.clawctl(&[&["key", "issue", &id, "--policy", "team"], more].concat())
    };
    let programs = [
        own("floor: reqwest + ring, PUT", &["floor-put", &path])?,
        Program::new("clawctl key issue, over http", |round| {
            issue(&client, round, &["--url", &served.url])
        }),
        Program::new("clawctl key issue, embedded", |round| issue(&embedded, round, &[])),
    ];
    let figures = in_turn(&programs, rounds)?;
    report.figures("Issuing a key under an existing policy", &figures);
    let floor = &figures[0];
    report.ratio("`key issue` over http, wall", figures[1].wall, ("floor", floor.wall), 4.0);
    let what = "`key issue`, embedded, durable, wall";
    report.time(what, figures[2].wall, Duration::from_millis(8));
    for took in &figures[1..] {
        report.bytes(&format!("`{}`, peak memory", took.name), took.peak_bytes, 8 << 20);
    }
    Ok(())
}

/// Lists: of whole processes, and the drawing alone.
fn lists(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    let home = Home::new()?;
    let answers = Answers::start(None)?;
    for count in answers::LISTS {
        let base = format!("{}/{count}", answers.http);
        let path = format!("{base}/v1/admin/credentials");
        let list = |format: &'static str| {
            let (base, home) = (base.clone(), &home);
            Program::new(format!("clawctl key list -o {format}"), move |_| {
                home.clawctl(&["key", "list", "-o", format, "--url", &base])
            })
        };
        let programs = [
            own("floor: reqwest, JSON lines", &["json-lines", &path])?,
            list("table"),
            list("jsonl"),
            list("csv"),
        ];
        let figures = in_turn(&programs, rounds.div_ceil(2))?;
        report.figures(&format!("A list of {count} keys over http"), &figures);
        for took in &figures[1..] {
            let what = format!("`{}`, {count} rows, wall", took.name);
            report.ratio(&what, took.wall, ("floor", figures[0].wall), 2.0);
        }
    }
    embedded_lists(report, rounds)?;
    drawing(report, rounds)
}

/// In-process there is no limit on the answer.
fn embedded_lists(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    for count in [10_000, 100_000] {
        let home = Home::with_policy()?;
        let database = home.database();
        let filled = bare(std::env::current_exe()?)
            .args(["as", "fill", &database.to_string_lossy(), &count.to_string()])
            .status()?;
        if !filled.success() {
            return Err("the database could not be filled".into());
        }
        let list = |format: &'static str| {
            let home = &home;
            Program::new(format!("clawctl key list -o {format}"), move |_| {
                home.clawctl(&["key", "list", "-o", format])
            })
        };
        let figures = in_turn(&[list("table"), list("jsonl"), list("csv")], rounds.div_ceil(4))?;
        report.figures(&format!("A list of {count} keys, embedded"), &figures);
    }
    Ok(())
}

/// What a long list costs beyond the answer.
fn drawing(report: &mut Report, rounds: usize) -> Result<(), Failure> {
    const FORMATS: [&str; 5] = ["floor", "table", "json", "jsonl", "csv"];
    let this = std::env::current_exe()?;
    for count in [10_000, 100_000] {
        let mut drawn = FORMATS.map(|_| Vec::new());
        for _ in 0..rounds.div_ceil(4) {
            for (format, drawn) in FORMATS.iter().zip(&mut drawn) {
                let mut command = bare(&this);
                command.args(["as", "drawn", format, &count.to_string()]);
                let done = command.stdin(Stdio::null()).stdout(Stdio::null());
                let said = done.stderr(Stdio::piped()).output()?.stderr;
                drawn.push(render::read(&String::from_utf8_lossy(&said))?);
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
        let heading = format!("Drawing {count} rows that are there; growth of the peak");
        report.figures(&heading, &figures);
        for took in &figures[1..] {
            let what = format!("drawing {count} rows as {}", took.name);
            report.ratio(&what, took.wall, ("the JSON-lines floor", figures[0].wall), 2.0);
            // Flat: buffers, and not a megabyte for every so many rows.
            report.bytes(&format!("{what}, memory"), took.peak_bytes, 3 << 20);
        }
    }
    Ok(())
}

fn size(report: &mut Report) -> Result<(), Failure> {
    let bytes = std::fs::metadata(env!("CARGO_BIN_EXE_clawctl"))?.len();
    report.bytes("the stripped binary", bytes, 12_000_000);
    Ok(())
}
