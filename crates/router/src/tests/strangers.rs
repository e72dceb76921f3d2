//! What somebody without a key can take of a router: no memory, no rows, and nobody's place.

use std::collections::BTreeMap;
use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::serving::Served;
use crate::serve::{Hosts, ServeOptions};

/// Asks on a connection that stays open, and reads the whole answer.
fn status_of(stream: &mut TcpStream) -> std::io::Result<String> {
    write!(stream, "GET /v1/health HTTP/1.1\r\nhost: localhost\r\n\r\n")?;
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(char::from(byte[0]));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    stream.read_exact(&mut vec![0; length.and_then(|text| text.parse().ok()).unwrap_or(0)])?;
    Ok(head[..12].to_owned())
}

#[test]
fn the_connection_that_waited_the_longest_makes_room() {
    let served = Served::with(ServeOptions { connections_max: 3, ..ServeOptions::default() });
    let mut idle: Vec<TcpStream> = (0..3).map(|_| served.connect()).collect();
    for stream in &mut idle {
        assert_eq!(status_of(stream).unwrap(), "HTTP/1.1 200");
    }
    assert!(served.ask("GET /v1/health", "").starts_with("HTTP/1.1 200"));
    assert_eq!(idle[0].read(&mut [0]).unwrap_or(0), 0, "it was closed");
    assert_eq!(status_of(&mut idle[2]).unwrap(), "HTTP/1.1 200");
    // Half a head keeps nobody out either, nor does half a body.
    let mut slow: Vec<TcpStream> = (0..8).map(|_| served.connect()).collect();
    for (number, stream) in slow.iter_mut().enumerate() {
        let half = "POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n";
        let more = if number % 2 == 0 { "" } else { "\r\n{" };
        // It may have had to make room already.
        let _ = write!(stream, "{half}{more}");
    }
    assert!(served.ask("GET /v1/health", "").starts_with("HTTP/1.1 200"));
}

#[test]
fn a_large_body_is_not_waited_for_before_its_sender_is_known() {
    let served = Served::with(ServeOptions::default());
    let wrong = "authorization: Bearer clawrouter-live-nobody-12345678\r\n";
    for (line, header) in [
        ("POST /v1/chat/completions", ""),
        ("POST /v1/messages", wrong),
        ("POST /v1/native/openai/v1/responses", wrong),
        ("POST /v1/proxy/openai/chat_completions", wrong),
        ("PUT /v1/admin/policies/team", ""),
        ("PUT /v1/admin/policies/team", wrong),
        ("POST /v1/admin/provider-health/openai", wrong),
    ] {
        for length in ["content-length: 8388608", "transfer-encoding: chunked"] {
            let mut stream = served.connect();
            // A client that asks first is told at once, instead of being asked for its body.
            write!(
                stream,
                "{line} HTTP/1.1\r\nhost: x\r\n{length}\r\nexpect: 100-continue\r\n{header}\r\n"
            )
            .unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).unwrap();
            assert!(answer.starts_with("HTTP/1.1 401"), "{line} {length}: {answer}");
        }
    }
    let mut stream = served.connect();
    write!(stream, "POST /v1/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 8388608\r\n\r\n")
        .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
}

#[test]
fn unknown_keys_write_no_rows() {
    let served = Served::with(ServeOptions::default());
    let rows = || {
        served.router.core.store.flush().unwrap();
        let db = rusqlite::Connection::open(served.dir.path().join("router.db")).unwrap();
        let sql = "SELECT name FROM sqlite_master WHERE type = 'table'";
        let mut tables = db.prepare(sql).unwrap();
        let names = tables.query_map([], |row| row.get::<_, String>(0)).unwrap();
        let count = |name: String| {
            let sql = format!("SELECT count(*) FROM \"{name}\"");
            let count: i64 = db.query_row(&sql, [], |row| row.get(0)).unwrap();
            (name, count)
        };
        names.map(|name| count(name.unwrap())).collect::<BTreeMap<_, _>>()
    };
    let before = rows();
    assert!(before.len() > 5, "{before:?}");
    for number in 0..200 {
        let path = ["/v1/me", "/v1/key/inspect", "/v1/chat/completions"][number % 3];
        let method = if number % 3 == 2 { "POST" } else { "GET" };
        let mut stream = served.connect();
        write!(
            stream,
            "{method} {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\
             x-api-key: clawrouter-live-stranger{number}-12345678\r\n\r\n{{}}"
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        assert!(answer.starts_with("HTTP/1.1 401"), "{answer}");
    }
    assert_eq!(rows(), before);
}

#[test]
fn another_name_than_this_machines_is_refused_before_anything_is_done() {
    let hosts = Hosts::LoopbackAnd(vec!["router.example.com".to_owned()]);
    let served = Served::with(ServeOptions { hosts, ..ServeOptions::default() });
    let ask = |host: &str| {
        let mut stream = served.connect();
        write!(
            stream,
            "PUT /v1/admin/policies/team HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\
             authorization: Bearer {}\r\ncontent-length: 24\r\n\r\n{{\"providers\":[\"openai\"]}}",
            super::TOKEN
        )
        .unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    };
    for host in ["attacker.example", "0.0.0.0:8787", "router.example.com.attacker.example"] {
        let answer = ask(host);
        assert!(answer.starts_with("HTTP/1.1 403"), "{host}: {answer}");
        assert!(answer.contains("host_not_allowed") && answer.contains("x-request-id"), "{answer}");
        assert!(!answer.contains("access-control-allow-origin"), "{answer}");
    }
    let store = &served.router.core.store;
    assert_eq!(store.read(crate::store::counts::read).unwrap().policies, 0);
    for host in ["127.0.0.1:8787", "localhost", "router.example.com:443"] {
        let answer = ask(host);
        assert!(answer.starts_with("HTTP/1.1 200"), "{host}: {answer}");
    }
}

/// With one thread that serves, somebody who works on a large body would stop everyone else.
#[tokio::test(flavor = "multi_thread", worker_threads = 1)]
async fn work_on_a_large_body_leaves_its_thread_to_others() {
    let (said, heard) = std::sync::mpsc::channel();
    let large = tokio::spawn(async move {
        let work = move || heard.recv_timeout(Duration::from_secs(10)).is_ok();
        crate::aside::Aside::new().run(1024 * 1024, work).await
    });
    tokio::spawn(async move { said.send(()) });
    assert!(large.await.unwrap(), "the other one had no turn");
}
