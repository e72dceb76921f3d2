//! What a gateway adds to one request at a time, with everything on one core.

use std::fs::File;
use std::io::Write as _;
use std::time::{Duration, Instant};

use crate::common::Failure;
use crate::common::measure::median;
use crate::common::report::Report;
use crate::options::Options;
use crate::scene::{Scene, Shape};
use crate::traffic::table;

/// What may be added beside the flush of a reservation.
const ADDED_MAX_MS: f64 = 0.10;

pub(crate) fn run(report: &mut Report, scene: &Scene, options: &Options) -> Result<(), Failure> {
    let heading = "1 KB, not streamed, one at a time, everything on one core";
    let [[direct, bare, open, paid]] = table(scene, options, Shape::Whole, heading, [1])?;
    let flush = flush(scene)?.as_secs_f64() * 1000.0;
    let added = |us: f64, direct: f64| (us - direct) / 1000.0;
    let mut judge = |what: &str, added: f64, most: f64| {
        let (wanted, said) = (format!("≤ {most:.2} ms"), format!("{added:.3} ms"));
        report.judge(what, &wanted, &said, added <= most);
    };
    let of = |us: f64| added(us, direct.figures.p50_us);
    judge("for comparison: passthrough, c=1, added median", of(bare.figures.p50_us), ADDED_MAX_MS);
    judge("unbudgeted, c=1, added median", of(open.figures.p50_us), ADDED_MAX_MS);
    let what = format!("budgeted, c=1, added median (one flush: {flush:.3} ms)");
    judge(&what, of(paid.figures.p50_us), flush + ADDED_MAX_MS);

    let heading = "50 chunks, streamed, one at a time, everything on one core";
    let [[direct, _, open, paid]] = table(scene, options, Shape::Stream, heading, [1])?;
    let of = |us: f64| added(us, direct.figures.first_p50_us);
    judge("streams, unbudgeted, c=1, first byte added", of(open.figures.first_p50_us), 0.4);
    judge("streams, budgeted, c=1, first byte added", of(paid.figures.first_p50_us), 0.8);
    let took = open.figures.p50_us / 1000.0;
    judge("streams, c=1, whole, no 40 ms stall", took, 40.0);
    Ok(())
}

/// How long the disk takes to keep what a small transaction writes.
fn flush(scene: &Scene) -> Result<Duration, Failure> {
    let mut file = File::create(scene.home.path("flushed"))?;
    let mut times = Vec::new();
    for _ in 0..101 {
        let started = Instant::now();
        file.write_all(&[7; 8 * 1024])?;
        file.sync_data()?;
        times.push(started.elapsed());
    }
    Ok(median(times.into_iter()))
}
