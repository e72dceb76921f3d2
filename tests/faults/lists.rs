//! Lists as they arrive: in pieces, longer than any other answer, and with rows that nobody expects.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use super::server::{Act, Server, health, json as answer};
use super::{against, check};

fn key(id: &str) -> Value {
    json!({ "credentialId": id, "policyId": "team", "enabled": true, "policyEnabled": true,
        "generationMatches": true, "active": true, "principalId": null })
}

/// An answer in pieces of so many bytes.
fn pieces(body: &str, bytes: usize) -> Act {
    let mut raw = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\n\
        transfer-encoding: chunked\r\n\r\n"
        .to_vec();
    for piece in body.as_bytes().chunks(bytes) {
        raw.extend_from_slice(format!("{:x}\r\n", piece.len()).as_bytes());
        raw.extend_from_slice(piece);
        raw.extend_from_slice(b"\r\n");
    }
    raw.extend_from_slice(b"0\r\n\r\n");
    Act::Raw(raw)
}

fn listing(body: String, bytes: usize) -> Server {
    Server::start(move |line| match line.split(' ').nth(1).unwrap() {
        "/v1/health" => health(),
        "/v1/admin/policies" => answer("200 OK", r#"{"policies":[]}"#),
        _ => pieces(&body, bytes),
    })
}

#[test]
fn a_list_is_read_in_whatever_pieces_it_comes() {
    let body = serde_json::to_string_pretty(&json!({ "next": {"credentials": [1]},
        "credentials": [key("a"), key("bé\"]}"), key("c")] }))
    .unwrap();
    for bytes in [1, 2, 7, 4_096] {
        let run = against(&listing(body.clone(), bytes), &["key", "list", "-o", "json"]);
        check(&run, 0, &[]);
        let rows: Value = serde_json::from_str(&run.stdout).unwrap();
        let ids: Vec<_> = rows.as_array().unwrap().iter().map(|row| &row["credentialId"]).collect();
        assert_eq!(ids, ["a", "bé\"]}", "c"], "{bytes}");
    }
}

#[test]
fn a_list_may_be_longer_than_any_other_answer() {
    let keys: Vec<_> = (0..60_000).map(|n| key(&format!("key{n}"))).collect();
    let body = json!({ "credentials": keys }).to_string();
    assert!(body.len() > 8 * 1024 * 1024);
    let server = listing(body, 1024 * 1024);
    let run = against(&server, &["key", "list", "--timeout", "60s", "-o", "jsonl"]);
    check(&run, 0, &[]);
    assert_eq!(run.stdout.lines().count(), 60_000);
    let found = against(&server, &["key", "show", "key59999", "--timeout", "60s", "-o", "json"]);
    check(&found, 0, &[]);
}

#[test]
fn a_row_that_is_not_understood_does_not_take_the_others_along() {
    let odd = json!({ "credentialId": "odd", "policyId": ["team"] });
    let body = json!({ "credentials": [key("a"), odd, key("b")] }).to_string();
    let server = listing(body, 10);
    let run = against(&server, &["key", "list", "-o", "json"]);
    check(&run, 0, &["key list: 1 row could not be read: `odd`: ", "expected a string"]);
    assert_eq!(serde_json::from_str::<Value>(&run.stdout).unwrap().as_array().unwrap().len(), 2);
    let shown = against(&server, &["key", "show", "odd"]);
    check(&shown, 1, &["key `odd`", "cannot be read", "hint:"]);
    let gone = against(&server, &["key", "show", "other"]);
    check(&gone, 3, &["no key `other`"]);
}

#[test]
fn a_list_that_breaks_off_is_asked_for_again_and_counted_once() {
    let keys = json!({ "credentials": [key("a"), key("b")] }).to_string();
    let count = AtomicU32::new(0);
    let server = Server::start(move |line| match line.split(' ').nth(1).unwrap() {
        "/v1/health" => health(),
        // The first row is whole before the connection ends.
        _ if count.fetch_add(1, Ordering::SeqCst) == 0 => {
            let head = "HTTP/1.1 200 OK\r\ncontent-length: 999\r\nconnection: close\r\n\r\n";
            Act::Last(format!("{head}{}", &keys[..keys.len() - 3]).into_bytes())
        }
        _ => answer("200 OK", &keys),
    });
    let run = against(&server, &["key", "list", "-o", "jsonl"]);
    check(&run, 0, &[]);
    assert_eq!(run.stdout.lines().count(), 2, "{run}");
}

#[test]
fn a_list_that_is_no_json_in_its_middle_is_not_taken_for_shorter() {
    let whole = json!({ "credentials": [key("a"), key("b")] }).to_string();
    for broken in [
        whole.replace("},{", "}{"),
        whole.replace("},{", "},,{"),
        whole.replace("]}", ",]}"),
        whole.replace("]}", "]"),
        whole.replace("true", "yes"),
    ] {
        let run = against(&listing(broken.clone(), 50), &["key", "list"]);
        check(&run, 1, &["not JSON"]);
        assert!(!run.stdout.contains("team"), "{broken}\n{run}");
    }
}
