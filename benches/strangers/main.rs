//! What strangers cost a served router, and whether anybody notices: memory while 1 000 of them send
//! 8 MiB each, and a minute later; how long honest clients wait; 100 000 keys that nobody has; and
//! large bodies of somebody who has one.
//!
//! `cargo bench --bench strangers`, or with one of the parts `bodies keys members`. It takes three
//! minutes, most of them waiting for memory to be given back. Nothing here is a test.

#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "the benches of whole commands use the rest")]
mod common;
mod crowd;
mod honest;
mod served;
#[path = "../../tests/upstream/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the tests of forwarding use the rest")]
mod upstream;

use std::time::{Duration, Instant};

use common::report::{Report, mib, ms, print};
use common::{Failure, Wanted};
use honest::Honest;
use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};
use served::Served;

const PARTS: [&str; 3] = ["bodies", "keys", "members"];

const MIB: u64 = 1024 * 1024;

/// How long memory may take to be given back.
const REST: Duration = Duration::from_secs(60);

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let wanted = Wanted::read(&words, &PARTS, 1)?;
    allow_many_files()?;
    let mut report = Report::begin()?;
    for part in wanted.parts {
        let served = Served::start()?;
        match part {
            "bodies" => bodies(&mut report, &served)?,
            "keys" => keys(&mut report, &served)?,
            _ => members(&mut report, &served)?,
        }
    }
    report.end()
}

/// The strangers are all in this process.
fn allow_many_files() -> Result<(), Failure> {
    let limit = getrlimit(Resource::Nofile);
    setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit })?;
    Ok(())
}

fn bodies(report: &mut Report, served: &Served) -> Result<(), Failure> {
    const STRANGERS: usize = 1_000;
    let honest = Honest::begin(served, 8)?;
    let calm = honest.after(Duration::from_secs(5))?;
    let watch = served.watch_memory();
    let answered = crowd::of_bodies(&served.address, STRANGERS)?;
    let waited = honest.end()?;
    let most = watch.most()?;
    print(&format!(
        "\n### Bodies\n\n{STRANGERS} strangers, 8 MiB each; {answered} heard 401. Honest requests: p50 \
         {} ms, p99 {} ms; before: p99 {} ms.\n",
        ms(waited.p50),
        ms(waited.p99),
        ms(calm.p99)
    ));
    report.bytes("RSS while 1 000 strangers send 8 MiB each", most, 256 * MIB);
    judge_wait(report, "p99 of honest clients beside them", waited.p99);
    report.judge("their requests that failed", "0", &waited.failed.to_string(), waited.failed == 0);
    std::thread::sleep(REST);
    report.bytes("… and RSS one minute later", served.resident()?, 64 * MIB);
    Ok(())
}

fn keys(report: &mut Report, served: &Served) -> Result<(), Failure> {
    const KEYS: usize = 100_000;
    let honest = Honest::begin(served, 2)?;
    let (memory, size) = (served.resident()?, served.database_bytes()?);
    let started = Instant::now();
    crowd::of_keys(&served.address, KEYS)?;
    let took = started.elapsed();
    let waited = honest.end()?;
    let met = took <= Duration::from_secs(60);
    let said = format!("{:.1} s", took.as_secs_f64());
    report.judge("100 000 unknown keys are refused within", "60 s", &said, met);
    judge_wait(report, "p99 of honest clients beside them", waited.p99);
    let grown = served.resident()?.saturating_sub(memory);
    report.bytes("RSS grown by them", grown, 16 * MIB);
    // What the honest ones leave is an event each.
    let grown = served.database_bytes()?.saturating_sub(size);
    let each = grown / (waited.count.max(1) as u64);
    let said = format!("{} MiB, {each} bytes for each honest request", mib(grown));
    report.judge("the database grown beside them", "nothing for strangers", &said, each < 4096);
    Ok(())
}

fn members(report: &mut Report, served: &Served) -> Result<(), Failure> {
    let honest = Honest::begin(served, 4)?;
    let calm = honest.after(Duration::from_secs(5))?;
    let watch = served.watch_memory();
    let count = crowd::of_members(&served.address, &served.other_key, 4, 24)?;
    let waited = honest.end()?;
    print(&format!(
        "\n### Members\n\n{count} bodies of 8 MiB with 600 000 members, four at a time. Honest \
         requests: p50 {} ms, p99 {} ms; before: p50 {} ms, p99 {} ms.\n",
        ms(waited.p50),
        ms(waited.p99),
        ms(calm.p50),
        ms(calm.p99)
    ));
    judge_wait(report, "p99 of honest clients beside bodies of many members", waited.p99);
    print(&format!("RSS at most {} MiB\n", mib(watch.most()?)));
    std::thread::sleep(REST);
    report.bytes("RSS one minute after bodies of many members", served.resident()?, 64 * MIB);
    Ok(())
}

fn judge_wait(report: &mut Report, what: &str, took: Duration) {
    let limit = Duration::from_millis(50);
    report.judge(what, "≤ 50 ms", &format!("{} ms", ms(took)), took <= limit);
}
