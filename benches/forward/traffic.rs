//! Throughput and latency of each way, in turn, and the ratios between them.

use std::fmt::Write as _;

use serde_json::json;

use crate::common::Failure;
use crate::common::report::{Report, mib, print};
use crate::load::{Figures, Until};
use crate::options::Options;
use crate::scene::{Scene, Shape, WAYS, Way};

/// The medians over the rounds of one way with so many connections.
#[derive(Debug, Clone, Default)]
pub(crate) struct Row {
    pub figures: Figures,
    /// CPU seconds of the gateway for 1 000 requests.
    cpu: f64,
    resident: u64,
}

pub(crate) fn whole(report: &mut Report, scene: &Scene, options: &Options) -> Result<(), Failure> {
    let [_, _, many] = table(scene, options, Shape::Whole, "1 KB, not streamed", [1, 16, 64])?;
    let [_, bare, open, paid] = &many;
    let rps = |row: &Row| row.figures.per_second;
    at_least(report, "unbudgeted, c=64, rps", rps(open), 24_000.0);
    let against = rps(open) / rps(bare);
    ratio(report, "unbudgeted, c=64, rps / passthrough", against, 0.55, true);
    at_least(report, "budgeted, c=64, rps", rps(paid), 20_000.0);
    let per_1000 = format!("{:.3} s", paid.cpu);
    report.judge("budgeted, c=64, CPU / 1 000", "≤ 0.05 s", &per_1000, paid.cpu <= 0.05);
    ratio(report, "budgeted, c=64, CPU / passthrough", paid.cpu / bare.cpu, 2.2, false);
    let spread = paid.figures.p99_us / paid.figures.p50_us;
    ratio(report, "budgeted, c=64, p99 / median", spread, 4.0, false);
    Ok(())
}

pub(crate) fn streams(
    report: &mut Report,
    scene: &Scene,
    options: &Options,
) -> Result<(), Failure> {
    let [_, _, many] = table(scene, options, Shape::Stream, "50 chunks, streamed", [1, 16, 64])?;
    let [direct, bare, open, paid] = &many;
    for (name, row) in [("unbudgeted", open), ("budgeted", paid)] {
        let share = row.figures.per_second / direct.figures.per_second;
        ratio(report, &format!("streams, {name}, c=64, per second / direct"), share, 0.75, true);
        let cpu = row.cpu / bare.cpu;
        ratio(report, &format!("streams, {name}, c=64, CPU / passthrough"), cpu, 1.4, false);
    }
    Ok(())
}

fn at_least(report: &mut Report, what: &str, measured: f64, least: f64) {
    report.judge(what, &format!("≥ {least:.0}"), &format!("{measured:.0}"), measured >= least);
}

fn ratio(report: &mut Report, what: &str, measured: f64, limit: f64, least: bool) {
    let (sign, met) = if least { ('≥', measured >= limit) } else { ('≤', measured <= limit) };
    report.judge(what, &format!("{sign} {limit} ×"), &format!("{measured:.2} ×"), met);
}

/// Measures and prints one shape, with each number of connections.
pub(crate) fn table<const N: usize>(
    scene: &Scene,
    options: &Options,
    shape: Shape,
    heading: &str,
    connections: [usize; N],
) -> Result<[[Row; 4]; N], Failure> {
    let mut text = format!("\n### {heading}\n\n");
    text.push_str("| way | c | per second | p50 ms | p99 ms | first byte ms | added p50 ms |");
    text.push_str(" CPU s / 1 000 | RSS MiB |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    let mut rows = connections.map(|_| <[Row; 4]>::default());
    for (rows, count) in rows.iter_mut().zip(connections) {
        *rows = in_turn(scene, options, shape, count)?;
        let direct = rows[0].figures.p50_us;
        for (way, row) in WAYS.iter().zip(rows.iter()) {
            let Figures { per_second, p50_us, p99_us, first_p50_us, .. } = row.figures;
            let (p50, p99, first) = (p50_us / 1000.0, p99_us / 1000.0, first_p50_us / 1000.0);
            let added = (p50_us - direct) / 1000.0;
            let (cpu, resident) = match way {
                Way::Direct => ("–".to_owned(), "–".to_owned()),
                _ => (format!("{:.3}", row.cpu), mib(row.resident)),
            };
            let _ = writeln!(
                text,
                "| {} | {count} | {per_second:.0} | {p50:.3} | {p99:.3} | {first:.3} | \
                 {added:.3} | {cpu} | {resident} |",
                way.name()
            );
            if options.json {
                let line = json!({
                    "shape": heading, "way": way.name(), "connections": count,
                    "perSecond": per_second, "p50Ms": p50, "p99Ms": p99, "firstByteMs": first,
                    "addedP50Ms": added, "cpuSecondsPer1000": row.cpu,
                    "residentBytes": row.resident,
                });
                print(&format!("{line}\n"));
            }
        }
    }
    print(&text);
    Ok(rows)
}

/// Each way once a round, in an order that moves on by one every round.
fn in_turn(
    scene: &Scene,
    options: &Options,
    shape: Shape,
    connections: usize,
) -> Result<[Row; 4], Failure> {
    let mut taken: [Vec<Row>; 4] = Default::default();
    for round in 0..options.rounds {
        for place in 0..WAYS.len() {
            let at = (place + round) % WAYS.len();
            taken[at].push(once(scene, WAYS[at], shape, connections, options.seconds)?);
        }
    }
    Ok(taken.map(|rows| medians(&rows)))
}

fn once(
    scene: &Scene,
    way: Way,
    shape: Shape,
    connections: usize,
    seconds: f64,
) -> Result<Row, Failure> {
    let load = scene.load(way, shape, connections, Until::Seconds(seconds));
    let Some(gateway) = scene.gateway(way) else {
        return Ok(Row { figures: load.run(scene.cores)?, ..Row::default() });
    };
    let before = gateway.cpu()?;
    let figures = load.run(scene.cores)?;
    let used = gateway.cpu()?.saturating_sub(before);
    let cpu = used.as_secs_f64() * 1000.0 / figures.asked as f64;
    Ok(Row { figures, cpu, resident: gateway.resident()? })
}

fn medians(rows: &[Row]) -> Row {
    let of = |value: &dyn Fn(&Row) -> f64| {
        let mut values: Vec<f64> = rows.iter().map(value).collect();
        values.sort_unstable_by(f64::total_cmp);
        values[values.len() / 2]
    };
    Row {
        figures: Figures {
            asked: rows.iter().map(|row| row.figures.asked).sum(),
            per_second: of(&|row| row.figures.per_second),
            p50_us: of(&|row| row.figures.p50_us),
            p99_us: of(&|row| row.figures.p99_us),
            first_p50_us: of(&|row| row.figures.first_p50_us),
        },
        cpu: of(&|row| row.cpu),
        resident: of(&|row| row.resident as f64) as u64,
    }
}
