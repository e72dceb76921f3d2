//! What the router costs on the way of a request: throughput, latency, CPU and memory, beside a
//! direct call and beside the least that a gateway in Rust does.
//!
//! `cargo bench --bench forward` runs everything but the soak; `cargo bench --bench forward -- --only
//! whole --rounds 5 --seconds 5` one part; `--only soak --seconds 300` five minutes of traffic with
//! faults. Every gateway has one core of its own; the upstream and the load share the other. What a
//! gateway adds to one request at a time is measured with all of them on one core (`alone`).
//! Nothing here is a test: figures are printed and judged, and never asserted.

mod alone;
#[path = "../common/mod.rs"]
#[expect(dead_code, reason = "the benches of whole commands use the rest")]
mod common;
mod cores;
mod load;
mod mix;
mod options;
mod passthrough;
mod process;
mod scene;
mod service;
mod soak;
mod traffic;
#[path = "../../tests/upstream/mod.rs"]
#[expect(dead_code, unused_imports, reason = "the tests of forwarding use the rest")]
mod upstream;

use std::io::{self, Read as _, Write as _};

use common::Failure;
use common::report::{Report, print};
use cores::Cores;
use options::Options;
use scene::Scene;

fn main() -> Result<(), Failure> {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    match words[..] {
        // The same program plays the other parts, in processes of their own.
        ["as", "upstream"] => serve_upstream(),
        ["as", "passthrough", upstream] => passthrough::serve(upstream),
        ["as", "load"] => load::make(),
        _ => measure_all(&Options::read(&words)?),
    }
}

fn measure_all(options: &Options) -> Result<(), Failure> {
    let mut report = Report::begin()?;
    let cores = Cores::find()?;
    let scene = Scene::set(cores)?;
    let Cores { gateway, others } = cores;
    print(&format!("Gateways on core {gateway}, upstream and load on core {others}.\n"));
    for part in &options.parts {
        match part.as_str() {
            "whole" => traffic::whole(&mut report, &scene, options)?,
            "streams" => traffic::streams(&mut report, &scene, options)?,
            "alone" => alone::run(&mut report, &Scene::set(cores.alone())?, options)?,
            "memory" => service::memory(&mut report, &scene)?,
            "start" => service::start(&mut report, &scene, options)?,
            "revocation" => service::revocation(&mut report, &scene, options)?,
            "reads" => service::reads(&mut report, &scene)?,
            _ => soak::run(&mut report, &scene, options)?,
        }
    }
    report.end()
}

/// Serves until its stdin is closed, so that it cannot outlive whoever started it.
fn serve_upstream() -> Result<(), Failure> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let listener = runtime.block_on(tokio::net::TcpListener::bind("127.0.0.1:0"))?;
    writeln!(io::stdout(), "{}", listener.local_addr()?)?;
    let (closed, until_closed) = tokio::sync::oneshot::channel::<()>();
    std::thread::spawn(move || {
        let _ = io::stdin().read_to_end(&mut Vec::new());
        drop(closed);
    });
    runtime.block_on(async {
        tokio::select! {
            () = upstream::serve_unrecorded(listener) => {}
            _ = until_closed => {}
        }
    });
    Ok(())
}
