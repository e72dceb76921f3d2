//! Some minutes of traffic with faults: memory and file handles stay where they are.

use std::sync::atomic::Ordering;
use std::time::{Duration, Instant};

use crate::common::Failure;
use crate::common::report::{Report, mib, print};
use crate::mix;
use crate::options::Options;
use crate::process::{BUDGETED, key};
use crate::scene::Scene;

const CLIENTS: usize = 32;
const SAMPLES: u32 = 12;

/// What may come on top after the first quarter of the time: caches of the database, mostly.
const GROWTH_MAX: u64 = 8 << 20;

/// Connections that are kept for later, beside those that were open before.
const HANDLES_MAX: usize = 160;

/// After the traffic, until everything that was left is noticed.
const CALM: Duration = Duration::from_secs(3);

pub(crate) fn run(report: &mut Report, scene: &Scene, options: &Options) -> Result<(), Failure> {
    let (url, key) = (scene.clawctl.url.clone(), key(&scene.home, BUDGETED)?);
    let handles_before = scene.clawctl.handles()?;
    let length = Duration::from_secs_f64(options.seconds);
    let started = Instant::now();
    let traffic = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
        let _ = rustls::crypto::ring::default_provider().install_default();
        Ok::<_, std::io::Error>(runtime.block_on(mix::ask_until(
            &url,
            &key,
            CLIENTS,
            started + length,
        )))
    });
    print("\n### Soak\n\n| seconds | RSS MiB | handles |\n|---:|---:|---:|\n");
    let mut sizes = Vec::new();
    for sample in 1..=SAMPLES {
        let due = started + length * sample / SAMPLES;
        std::thread::sleep(due.saturating_duration_since(Instant::now()));
        sizes.push(line(scene, started)?);
    }
    let tally = traffic.join().map_err(|_| "the traffic broke off")??;
    std::thread::sleep(CALM);
    let last = line(scene, started)?;
    let handles = scene.clawctl.handles()?;
    let [answered, failed, left] =
        [&tally.answered, &tally.failed, &tally.left].map(|count| count.load(Ordering::Relaxed));
    print(&format!("\n{answered} answered, {failed} failed as they were told, {left} left\n"));
    let grown = last.saturating_sub(sizes[sizes.len() / 4]);
    report.bytes("soak: memory grown after the first quarter", grown, GROWTH_MAX);
    let more = handles.saturating_sub(handles_before);
    let met = more <= HANDLES_MAX;
    report.judge(
        "soak: handles more than before",
        &format!("≤ {HANDLES_MAX}"),
        &more.to_string(),
        met,
    );
    if grown > GROWTH_MAX || !met || answered == 0 {
        return Err("the router grows under traffic with faults".into());
    }
    Ok(())
}

fn line(scene: &Scene, started: Instant) -> Result<u64, Failure> {
    let (resident, handles) = (scene.clawctl.resident()?, scene.clawctl.handles()?);
    let seconds = started.elapsed().as_secs();
    print(&format!("| {seconds} | {} | {handles} |\n", mib(resident)));
    Ok(resident)
}
