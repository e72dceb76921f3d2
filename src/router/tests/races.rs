//! Two routers on one file, and two threads on one router.

use std::sync::Barrier;
use std::thread;

use http::Request;
use hyper::body::Bytes;
use serde_json::json;

use super::{Answer, Caller, House, SECRET, ask};
use crate::router::{Options, Router};
use crate::wire::key::sha256_hex;
use crate::wire::money::Micros;

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
                    router.record_spend("default/team/2026-11", Micros(1)).unwrap();
                }
            });
        }
    });
    let policy = json!({"providers": ["openai"], "monthlyBudgetMicros": 1000});
    house.does("PUT policies/team", policy, json!({}));
    let usage = house.does("GET usage", json!({}), json!({}));
    assert_eq!(usage.row("policies", "kid", "team")["budget"]["spentMicros"], 100);
}

#[test]
fn a_fresh_file_can_be_opened_by_many_at_once() {
    for _ in 0..5 {
        let dir = tempfile::tempdir().unwrap();
        let start = Barrier::new(8);
        thread::scope(|scope| {
            let opened: Vec<_> = (0..8)
                .map(|n| {
                    let (dir, start) = (&dir, &start);
                    scope.spawn(move || {
                        let now = || "2026-11-20T12:00:00Z".parse().unwrap();
                        let path = dir.path().join("deep/er/router.db");
                        start.wait();
                        let router = Router::open(Options::new(path, Box::new(now))).unwrap();
                        let body = r#"{"providers":["openai"]}"#;
                        put(&router, &format!("policies/p{n}"), None, body).status
                    })
                })
                .collect();
            for done in opened {
                assert_eq!(done.join().unwrap(), 200);
            }
        });
        let now = || "2026-11-20T12:00:00Z".parse().unwrap();
        let path = dir.path().join("deep/er/router.db");
        let router = Router::open(Options::new(path, Box::new(now))).unwrap();
        assert_eq!(router.info().unwrap().policies, 8);
    }
}
