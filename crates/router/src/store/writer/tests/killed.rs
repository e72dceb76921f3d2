//! A process that is killed in the middle of its work.

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Command, Stdio};
use std::sync::Arc;

use jiff::SignedDuration;
use rusqlite::Connection;

use super::{another, event, job, now, spent};
use crate::store::Store;
use clawctl_wire::money::Micros;

const LIMIT: u64 = 1_000_000;

/// What the process of the next test does, in the directory that it is started in: requests that
/// each hold 10 and cost 3. It says what is reserved, and what is written of what was settled.
#[test]
#[ignore = "the next test starts it, and kills it"]
fn spend_here() {
    let dir = std::env::current_dir().unwrap();
    if !dir.join("kill-me").exists() {
        return;
    }
    let store = Arc::new(Store::open(&dir.join("router.db"), now(), 90).unwrap());
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).build().unwrap();
    let say = |line: String| {
        let mut out = std::io::stderr().lock();
        writeln!(out, "{line}").unwrap();
    };
    runtime.block_on(async {
        let spender = |name: u64| {
            let store = Arc::clone(&store);
            async move {
                for n in 0..2_000 {
                    let id = format!("usage_{}_{name}_{n}", std::process::id());
                    let reservation = store.reserve(job(10, LIMIT)).await.unwrap();
                    say(format!("reserved {id}"));
                    store.settle(Some(reservation), Micros(3), event(&id, 3));
                    if n % 5 == 0 {
                        store.written().await.unwrap();
                        say(format!("written {id}"));
                    }
                }
            }
        };
        let spenders: Vec<_> = (0..8).map(|name| tokio::spawn(spender(name))).collect();
        for spender in spenders {
            spender.await.unwrap();
        }
    });
}

#[test]
fn nothing_is_spent_twice_or_forgotten() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("kill-me"), "").unwrap();
    drop(another(&dir));
    let (mut reserved, mut written) = (0_u64, BTreeSet::new());
    // Each round kills a process a little later than the one before.
    for round in 0..6 {
        let mut process = Command::new(std::env::current_exe().unwrap())
            .args(["--ignored", "--exact", "--nocapture"])
            .arg("store::writer::tests::killed::spend_here")
            .current_dir(dir.path())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(process.stderr.take().unwrap()).lines();
        let mut process = Some(process);
        for (count, line) in lines.map_while(Result::ok).enumerate() {
            match line.split_once(' ') {
                Some(("reserved", _)) => reserved += 1,
                Some(("written", id)) => assert!(written.insert(id.to_owned())),
                _ => panic!("{line}"),
            }
            if count == 20 + 37 * round
                && let Some(mut process) = process.take()
            {
                process.kill().unwrap();
                process.wait().unwrap();
            }
        }
        assert!(process.is_none(), "it was killed before it was done");

        let db = Connection::open(dir.path().join("router.db")).unwrap();
        let number =
            |sql: &str| db.query_row(sql, [], |row| row.get::<_, u32>(0)).map(u64::from).unwrap();
        let events = number("SELECT count(*) FROM usage_events");
        let open = number("SELECT count(*) FROM reservations");
        // A settlement and its event are one: each event took its reservation with it, and left
        // what it cost.
        assert_eq!(number("SELECT sum(spent_micros) FROM ledgers"), 3 * events);
        assert_eq!(number("SELECT sum(reserved_micros) FROM ledgers"), 10 * open);
        assert_eq!(number("SELECT sum(requests) FROM usage_sums WHERE span_ms = 3600000"), events);
        assert!(events + open >= reserved, "{events} and {open} of {reserved}");
        let mut statement = db.prepare("SELECT id FROM usage_events").unwrap();
        let ids = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let ids: BTreeSet<_> = ids.map(Result::unwrap).collect();
        assert!(written.is_subset(&ids));

        // What the dead one held counts until its time is over.
        let store = another(&dir);
        assert_eq!(spent(&store, now()), 3 * events + 10 * open);
        assert_eq!(spent(&store, now() + SignedDuration::from_mins(15)), 3 * events);
    }
}
