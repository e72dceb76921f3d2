//! `usage tail`: each event once, whatever the router and the reader do.

use std::io::{BufRead, BufReader, Lines};
use std::process::{Child, ChildStdout, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;

use super::router::Router;
use super::{event, events, operator};
use crate::harness::{Run, Sandbox, finish, signal};

const PATIENCE: Duration = Duration::from_secs(60);

/// A tail under way.
struct Tail {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Tail {
    fn start(sandbox: &Sandbox, more: &[&str]) -> Self {
        let words = [&["usage", "tail", "--interval", "50ms"], more].concat();
        let mut child = sandbox
            .command(&words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(child.stdout.take().unwrap()).lines();
        Self { child, lines }
    }

    fn ids(&mut self, count: usize) -> Vec<String> {
        let id = |line: String| {
            let event: Value = serde_json::from_str(&line).unwrap();
            event["id"].as_str().unwrap().to_owned()
        };
        self.lines.by_ref().take(count).map(|line| id(line.unwrap())).collect()
    }

    /// The rest of its stdout, its stderr and its exit code.
    fn end(self) -> Run {
        let rest: String = self.lines.map(|line| line.unwrap() + "\n").collect();
        Run { stdout: rest, ..finish(self.child) }
    }

    fn interrupt(self) -> Run {
        signal(self.child.id(), "INT");
        self.end()
    }
}

/// Waits until a router was looked at so often.
fn looked(router: &Router, more: usize) {
    let (deadline, wanted) = (Instant::now() + PATIENCE, router.looks() + more);
    while router.looks() < wanted {
        assert!(Instant::now() < deadline, "it does not look");
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn named(numbers: std::ops::Range<i64>) -> Vec<String> {
    numbers.map(|n| format!("usage_{n}")).collect()
}

#[test]
fn each_event_comes_once_and_in_order() {
    for query in [true, false] {
        let router = Router::start(query, Vec::new());
        let sandbox = operator(&router);
        let mut tail = Tail::start(&sandbox, &["-o", "jsonl", "--from-start"]);
        looked(&router, 3);
        for n in 0..40 {
            router.add(event(n, "team"));
            if n % 7 == 0 {
                looked(&router, 1);
            }
        }
        assert_eq!(tail.ids(40), named(0..40), "usage.query: {query}");
        looked(&router, 2);
        let run = tail.interrupt();
        assert_eq!((run.code, run.stdout.as_str(), run.stderr.as_str()), (Some(0), "", ""));
    }
}

#[test]
fn it_begins_now_unless_it_is_told_otherwise() {
    for query in [true, false] {
        let router = Router::start(query, events(20).into_iter().map(past).collect());
        let sandbox = operator(&router);
        let mut tail = Tail::start(&sandbox, &["-o", "jsonl", "--limit", "2"]);
        looked(&router, 4);
        (20..25).for_each(|n| router.add(event(n, "team")));
        assert_eq!(tail.ids(2), named(20..22), "usage.query: {query}");
        assert_eq!(tail.end().code, Some(0), "it ends by itself");
        let mut tail = Tail::start(&sandbox, &["-o", "jsonl", "--limit", "25", "--from-start"]);
        assert_eq!(tail.ids(25).len(), 25);
        assert_eq!(tail.end().code, Some(0));
        let since = ["-o", "jsonl", "--limit", "3", "--since", "2026-11-20T18:40:00.022Z"];
        let mut tail = Tail::start(&sandbox, &since);
        assert_eq!(tail.ids(3), named(22..25));
        assert_eq!(tail.end().code, Some(0));
    }
}

/// The same event, a minute before the router's present.
fn past(mut event: Value) -> Value {
    event["occurred_at_ms"] = (event["occurred_at_ms"].as_i64().unwrap() - 60_000).into();
    event
}

#[test]
fn a_router_that_goes_away_is_waited_for() {
    for query in [true, false] {
        let router = Router::start(query, events(3));
        let sandbox = operator(&router);
        let mut tail = Tail::start(&sandbox, &["-o", "jsonl", "--from-start"]);
        assert_eq!(tail.ids(3), named(0..3));
        router.state().hangs_up = true;
        looked(&router, 6);
        router.add(event(3, "team"));
        router.state().refuses = Some(500);
        router.state().hangs_up = false;
        looked(&router, 2);
        router.state().refuses = None;
        assert_eq!(tail.ids(1), named(3..4), "usage.query: {query}");
        let run = tail.interrupt();
        assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""));
        let said = |text: &str| run.stderr.matches(text).count();
        assert_eq!((said("asked again"), said("answers again")), (1, 1), "{run}");
    }
}

#[test]
fn a_refused_identity_ends_it() {
    for (status, code) in [(401, 4), (403, 4), (404, 3)] {
        let router = Router::start(true, events(1));
        let sandbox = operator(&router);
        let mut tail = Tail::start(&sandbox, &["-o", "jsonl", "--from-start"]);
        assert_eq!(tail.ids(1), named(0..1));
        router.state().refuses = Some(status);
        let run = tail.end();
        assert_eq!(run.code, Some(code), "{run}");
        assert!(run.stderr.contains("told_to"), "{run}");
    }
    let nobody = Router::start(true, Vec::new());
    nobody.state().hangs_up = true;
    let run = operator(&nobody).run(&["usage", "tail", "--timeout", "1s"]);
    assert_eq!(run.code, Some(6), "an address without a router is told at once\n{run}");
}

#[test]
fn a_burst_that_rushed_past_is_counted() {
    let router = Router::start(false, events(5));
    let sandbox = operator(&router);
    let mut tail = Tail::start(&sandbox, &["-o", "jsonl", "--policy", "team"]);
    looked(&router, 2);
    {
        let mut state = router.state();
        state.events.extend((5..155).map(|n| event(n, "team")));
    }
    assert_eq!(tail.ids(100), named(55..155));
    let run = tail.interrupt();
    assert_eq!(run.stderr, "warning: gap: at least 50 events were not seen\n");
    let run = Tail::start(&sandbox, &["--from-start", "--limit", "1", "-o", "csv"]).end();
    assert!(run.stderr.contains("gap: at least 55"), "{run}");
}

#[test]
fn it_ends_quietly_when_nobody_reads() {
    let router = Router::start(true, events(1));
    let sandbox = operator(&router);
    // Nothing happens after its reader has gone, so a write would never tell.
    let mut tail = Tail::start(&sandbox, &["-o", "jsonl", "--from-start"]);
    assert_eq!(tail.ids(1), named(0..1));
    drop(tail.lines);
    let run = finish(tail.child);
    assert_eq!((run.code, run.stderr.as_str()), (Some(0), ""));
}

#[test]
fn a_table_keeps_its_columns() {
    let router = Router::start(true, events(3));
    let mut sandbox = operator(&router);
    let mut seen = String::new();
    for width in ["80", "160"] {
        sandbox.set("COLUMNS", width);
        let run = Tail::start(&sandbox, &["--from-start", "--limit", "3"]).end();
        for line in run.stdout.lines() {
            assert!(line.chars().count() <= width.parse().unwrap(), "{run}");
        }
        seen.push_str(&format!("# {width}\n{run}\n"));
    }
    insta::assert_snapshot!("tail", seen);
}
