//! What is not throughput: memory over time, starting, revoking, and reading many events.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::time::{Duration, Instant};

use crate::common::measure::median;
use crate::common::report::{Report, mib, ms, print};
use crate::common::{Failure, TOKEN};
use crate::load::Until;
use crate::options::Options;
use crate::process::{BUDGETED, Process, home_with_keys, key};
use crate::scene::{Scene, Shape, Way};

const PATIENCE: Duration = Duration::from_secs(10);

/// How much memory a new router has in use after so many requests, and whether it goes on growing.
pub(crate) fn memory(report: &mut Report, scene: &Scene) -> Result<(), Failure> {
    const STEPS: u64 = 5;
    const REQUESTS: u64 = 100_000;
    let mut said = "\n### Memory\n\n| requests | RSS MiB |\n|---:|---:|\n".to_owned();
    let mut sizes = Vec::new();
    for step in 1..=STEPS {
        let until = Until::Requests(REQUESTS / STEPS);
        scene.load(Way::Budgeted, Shape::Whole, 64, until).run(scene.cores)?;
        let resident = scene.clawctl.resident()?;
        said.push_str(&format!("| {} | {} |\n", step * REQUESTS / STEPS, mib(resident)));
        sizes.push(resident);
    }
    print(&said);
    let (first, last) = (sizes[0], sizes[sizes.len() - 1]);
    report.bytes("RSS after 100 000 requests", last, 32 << 20);
    report.bytes("… grown over the last 80 000", last.saturating_sub(first), 4 << 20);
    Ok(())
}

/// From the command until the first answer.
pub(crate) fn start(report: &mut Report, scene: &Scene, options: &Options) -> Result<(), Failure> {
    let home = home_with_keys()?;
    let mut times = Vec::new();
    for _ in 0..options.rounds * 5 {
        let port = TcpListener::bind("127.0.0.1:0")?.local_addr()?;
        let started = Instant::now();
        let address = port.to_string();
        // Its first answer can come before its first words.
        let poll = std::thread::spawn(move || {
            while started.elapsed() < PATIENCE {
                if get(&port.to_string(), "/v1/health", None).is_ok() {
                    return Ok(started.elapsed());
                }
                std::thread::sleep(Duration::from_micros(200));
            }
            Err("it does not start")
        });
        let _router = Process::clawctl(&home, scene.cores, &scene.upstream.url, &address)?;
        times.push(poll.join().map_err(|_| "the clock broke")??);
    }
    let took = median(times.into_iter());
    let met = took <= Duration::from_millis(25);
    report.judge("start to the first answer", "≤ 25 ms", &format!("{} ms", ms(took)), met);
    Ok(())
}

/// Whether the request after a revocation by another process is refused.
pub(crate) fn revocation(
    report: &mut Report,
    scene: &Scene,
    options: &Options,
) -> Result<(), Failure> {
    let key = key(&scene.home, BUDGETED)?;
    let address = scene.clawctl.url.trim_start_matches("http://");
    let inspect = || get(address, "/v1/key/inspect", Some(&key));
    let mut obeyed = 0;
    let rounds = options.rounds * 5;
    for _ in 0..rounds {
        scene.home.run(&["key", "revoke", BUDGETED, "--yes"])?;
        obeyed += usize::from(inspect()?.starts_with("HTTP/1.1 403"));
        scene.home.run(&["key", "enable", BUDGETED])?;
        if !inspect()?.starts_with("HTTP/1.1 200") {
            return Err("an enabled key is refused".into());
        }
    }
    let said = format!("{obeyed} of {rounds}");
    report.judge("a revocation by another process", "the next request", &said, obeyed == rounds);
    Ok(())
}

/// Reads of usage with a million events stored, made by asking a million times.
pub(crate) fn reads(report: &mut Report, scene: &Scene) -> Result<(), Failure> {
    const EVENTS: u64 = 1_000_000;
    scene.load(Way::Budgeted, Shape::Whole, 64, Until::Requests(EVENTS)).run(scene.cores)?;
    let key = key(&scene.home, BUDGETED)?;
    let address = scene.clawctl.url.trim_start_matches("http://");
    for (path, token) in [
        ("/v1/usage", key.as_str()),
        ("/v1/admin/usage", TOKEN),
        ("/v1/admin/policies", TOKEN),
        ("/v1/admin/usage/events?limit=100", TOKEN),
        ("/v1/admin/usage/groups?by=policy", TOKEN),
    ] {
        let mut times = Vec::new();
        for _ in 0..9 {
            let started = Instant::now();
            let answer = get(address, path, Some(token))?;
            times.push(started.elapsed());
            if !answer.starts_with("HTTP/1.1 200") {
                return Err(format!("{path}: {}", answer.lines().next().unwrap_or("")).into());
            }
        }
        let took = median(times.into_iter());
        let what = format!("`{path}` with 1 000 000 events");
        let met = took <= Duration::from_millis(20);
        report.judge(&what, "≤ 20 ms", &format!("{} ms", ms(took)), met);
    }
    Ok(())
}

/// One request on a connection of its own; the whole answer, head and all.
fn get(address: &str, path: &str, token: Option<&str>) -> Result<String, Failure> {
    let mut stream = TcpStream::connect(address)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    let authorization =
        token.map(|token| format!("authorization: Bearer {token}\r\n")).unwrap_or_default();
    let request = format!(
        "GET {path} HTTP/1.1\r\nhost: {address}\r\n{authorization}connection: close\r\n\r\n"
    );
    stream.write_all(request.as_bytes())?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    if answer.is_empty() { Err("no answer".into()) } else { Ok(answer) }
}
