//! Two routers on one file, and two threads on one router.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::sync::Barrier;
use std::thread;
use std::time::{Duration, Instant};

use http::Request;
use hyper::body::Bytes;
use serde_json::json;

use super::{Answer, Caller, House, SECRET, ask};
use crate::{Options, Router};
use clawctl_wire::key::sha256_hex;
use clawctl_wire::money::Micros;

fn put(router: &Router, path: &str, header: Option<(&str, &str)>, body: &str) -> Answer {
    let mut request = Request::put(format!("/v1/admin/{path}"));
    if let Some((name, value)) = header {
        request = request.header(name, value);
    }
    let body = Bytes::copy_from_slice(body.as_bytes());
    Answer::read(router.answer(request.body(body).unwrap(), Caller::InProcess))
}

#[test]
fn what_one_writes_the_other_obeys_at_once() {
    let house = House::new();
    let other = house.another();
    let key = house.issue("team", json!({"providers": ["openai"]}));
    let seen = || {
        let headers = [("x-api-key", key.as_str())];
        ask(&other, Caller::Network, "GET", "/v1/key/inspect", &headers, "").status
    };
    assert_eq!(seen(), 200);
    house.does("POST credentials/team/revoke", json!({}), json!({}));
    assert_eq!(seen(), 403);
    put(&other, "credentials/team", None, r#"{"keepSecret":true,"policyId":"team"}"#);
    assert_eq!(house.with_key("/v1/key/inspect", &key).status, 200);
}

#[test]
fn of_two_writes_against_one_revision_one_wins() {
    let house = House::new();
    let other = house.another();
    house.does("PUT policies/team", json!({"providers": ["openai"]}), json!({}));
    for round in 1..=20 {
        let start = Barrier::new(2);
        let tag = format!("\"{round}\"");
        let write = |router: &Router, name: &str| {
            let body = json!({"providers": ["openai"], "tokenRole": format!("{name}{round}")});
            start.wait();
            put(router, "policies/team", Some(("if-match", &tag)), &body.to_string()).status
        };
        let mut statuses = thread::scope(|scope| {
            let there = scope.spawn(|| write(&other, "there"));
            [write(&house.router, "here"), there.join().unwrap()]
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "round {round}");
    }
}

#[test]
fn of_two_creations_one_wins_and_its_key_works() {
    let house = House::new();
    let other = house.another();
    for round in 0..20 {
        let start = Barrier::new(2);
        let create = |router: &Router| {
            start.wait();
            let body = r#"{"providers":["openai"]}"#;
            put(router, &format!("policies/p{round}"), Some(("if-none-match", "*")), body).status
        };
        let mut statuses = thread::scope(|scope| {
            let there = scope.spawn(|| create(&other));
            [create(&house.router), there.join().unwrap()]
        });
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 412], "round {round}");
        let body = json!({"secretSha256": sha256_hex(SECRET), "policyId": format!("p{round}")});
        let facts = json!({"generationMatches": true});
        house.does(&format!("PUT credentials/k{round}"), body, facts);
    }
}

#[test]
fn unguarded_creations_agree_on_one_generation() {
    let house = House::new();
    let other = house.another();
    for round in 0..20 {
        let start = Barrier::new(2);
        let work = |router: &Router, role: &str| {
            start.wait();
            let policy = json!({"providers": ["openai"], "tokenRole": role}).to_string();
            put(router, &format!("policies/p{round}"), None, &policy);
            let body = json!({"secretSha256": sha256_hex(SECRET), "policyId": format!("p{round}")});
            put(router, &format!("credentials/{role}{round}"), None, &body.to_string()).status
        };
        thread::scope(|scope| {
            let there = scope.spawn(|| work(&other, "there"));
            assert_eq!((work(&house.router, "here"), there.join().unwrap()), (200, 200));
        });
    }
    let listed = house.does("GET credentials", json!({}), json!({}));
    let rows = listed.body["credentials"].as_array().unwrap();
    assert_eq!(rows.len(), 40);
    assert!(rows.iter().all(|row| row["active"] == true));
}

#[test]
fn nothing_spent_is_lost_between_threads_and_processes() {
    let house = House::new();
    let other = house.another();
    thread::scope(|scope| {
        for router in [&house.router, &house.router, &other, &other] {
            scope.spawn(|| {
                for _ in 0..25 {
                    router.record_spend("policy:default/team/2026-11", Micros(1)).unwrap();
                }
            });
        }
    });
    let policy = json!({"providers": ["openai"], "monthlyBudgetMicros": 1000});
    house.does("PUT policies/team", policy, json!({}));
    let usage = house.does("GET usage", json!({}), json!({}));
    assert_eq!(usage.row("policies", "kid", "team")["budget"]["spentMicros"], 100);
}

/// What each process of the next test does, in the directory that it is started in.
#[test]
#[ignore = "the next test starts it, several times at once"]
fn open_a_fresh_file_here() {
    let dir = std::env::current_dir().unwrap();
    if !dir.join("race").exists() {
        return;
    }
    let id = std::process::id();
    fs::write(dir.join(format!("ready{id}")), "").unwrap();
    wait_until("the start", || dir.join("go").exists());
    let router = fresh(&dir);
    let body = r#"{"providers":["openai"]}"#;
    assert_eq!(put(&router, &format!("policies/p{id}"), None, body).status, 200);
}

#[test]
fn a_fresh_file_can_be_opened_by_many_processes_at_once() {
    for _ in 0..3 {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("race"), "").unwrap();
        let start = || {
            Command::new(std::env::current_exe().unwrap())
                .args(["--ignored", "--exact", "tests::races::open_a_fresh_file_here"])
                .current_dir(dir.path())
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        };
        let racers: Vec<_> = (0..6).map(|_| start()).collect();
        let ready = || {
            let names = fs::read_dir(dir.path()).unwrap().map(|entry| entry.unwrap().file_name());
            names.filter(|name| name.to_string_lossy().starts_with("ready")).count()
        };
        wait_until("the racers", || ready() == racers.len());
        fs::write(dir.path().join("go"), "").unwrap();
        for racer in racers {
            let output = racer.wait_with_output().unwrap();
            assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stdout));
        }
        assert_eq!(fresh(dir.path()).info().unwrap().policies, 6);
    }
}

fn fresh(dir: &Path) -> Router {
    let now = || "2026-11-20T12:00:00Z".parse().unwrap();
    Router::open(Options::new(dir.join("deep/er/router.db"), Box::new(now))).unwrap()
}

fn wait_until(what: &str, done: impl Fn() -> bool) {
    let started = Instant::now();
    while !done() {
        assert!(started.elapsed() < Duration::from_secs(20), "waited too long for {what}");
        thread::sleep(Duration::from_millis(1));
    }
}
