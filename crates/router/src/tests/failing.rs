//! A database that fails under a served router: the client learns the id of the request, and the log
//! says why.

use std::fs;

use clawctl_wire::error::code;

use super::serving::Served;
use super::{TOKEN, ask, open_at};
use crate::log::LogLine;
use crate::serve::ServeOptions;
use crate::store::{Db, StoreError};
use crate::{Caller, Router};

/// What SQLite and the system say, and no client reads.
const FOREIGN: [&str; 9] =
    ["sqlite", "database", "disk", "malformed", "corrupt", "damaged", "full", "error code", "/"];

/// The sentence of an answer, which must be one of an internal error and say nothing of the cause.
fn sentence(answer: &str) -> String {
    assert!(answer.starts_with("HTTP/1.1 500"), "{answer}");
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    let body: serde_json::Value = serde_json::from_str(body).unwrap();
    assert_eq!(body["error"]["code"], code::INTERNAL_ERROR);
    let said = body["error"]["message"].as_str().unwrap().to_owned();
    for word in FOREIGN {
        assert!(!said.to_lowercase().contains(word), "{said}");
    }
    let id = head.lines().find_map(|line| line.strip_prefix("x-request-id: ")).unwrap();
    assert_eq!(said, format!("the router failed to answer; see its log for request ID {id}"));
    id.to_owned()
}

/// What the log says of a request that failed.
fn logged(served: &Served, id: &str) -> String {
    let cause = |line| match line {
        LogLine::Failed { request_id, cause, .. } if request_id == id => Some(cause),
        _ => None,
    };
    let causes: Vec<_> = served.heard.lines().into_iter().filter_map(cause).collect();
    assert_eq!(causes.len(), 1, "{causes:?}");
    assert!(!causes[0].contains(TOKEN), "{causes:?}");
    causes[0].clone()
}

/// Runs SQL on the connection that the next request gets.
fn run(router: &Router, sql: &str) {
    let run = |db: &Db| db.execute_batch(sql).map_err(StoreError::from);
    router.core.store.read(run).unwrap();
}

#[test]
fn a_full_disk_is_for_the_log_alone() {
    let served = Served::with(ServeOptions::default());
    run(&served.router, "PRAGMA max_page_count = 1");
    let put =
        |n| served.ask(&format!("PUT /v1/admin/policies/team_{n}"), r#"{"providers":["openai"]}"#);
    let refused = (0..1000).map(put).find(|answer| !answer.starts_with("HTTP/1.1 200"));
    let id = sentence(&refused.expect("the file grew"));
    assert_eq!(logged(&served, &id), "the disk is full");
}

#[test]
fn a_page_that_is_corrupt_is_for_the_log_and_for_the_owner_of_the_file() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("router.db");
    let router = open_at(&path);
    let place = |db: &Db| {
        let sql = "SELECT rootpage, (SELECT page_size FROM pragma_page_size) FROM sqlite_schema
                   WHERE name = 'policies'";
        let place = db.query_row(sql, [], |row| Ok((row.get::<_, i64>(0)?, row.get::<_, i64>(1)?)));
        place.map_err(StoreError::from)
    };
    let (page, size) = router.core.store.read(place).unwrap();
    router.core.store.checkpoint().unwrap();
    drop(router);
    let mut bytes = fs::read(&path).unwrap();
    let from = usize::try_from((page - 1) * size).unwrap();
    bytes[from..from + usize::try_from(size).unwrap()].fill(0x5a);
    fs::write(&path, &bytes).unwrap();

    let served = Served::over(dir, ServeOptions::default());
    let id = sentence(&served.ask("GET /v1/admin/policies", ""));
    let cause = logged(&served, &id);
    assert!(cause.starts_with("the database is damaged: "), "{cause}");
    assert!(cause.contains("malformed") && cause.contains("code 11"), "{cause}");
    // Who asks in this process has no other log.
    let own = ask(&served.router, Caller::InProcess, "GET", "/v1/admin/policies", &[], "");
    let said = own.body["error"]["message"].as_str().unwrap();
    assert!(said.starts_with("the database is damaged: "), "{said}");
    assert_eq!(own.code(), code::INTERNAL_ERROR);
}
