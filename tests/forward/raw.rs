//! Bytes that are no request, or nearly one: each is refused, and the router goes on.

use std::io::{Read, Write};
use std::net::{Shutdown, TcpStream};

use serde_json::json;

use crate::protocol::Protocol;
use crate::world::{ADMIN_TOKEN, PATIENCE, World, client};

const MODEL: &str = "openai/gpt-4.1-mini";

/// Everything that the router says to these bytes, until it closes.
fn says(world: &World, bytes: &[u8]) -> String {
    let address = world.url().trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    // It may close as soon as it has seen enough.
    let _ = stream.write_all(bytes);
    let _ = stream.shutdown(Shutdown::Write);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn cases() -> Vec<Vec<u8>> {
    let get =
        |line: &str, headers: &str| format!("{line}\r\nhost: x\r\n{headers}\r\n").into_bytes();
    let post = |headers: &str, body: &str| {
        let line = "POST /v1/chat/completions HTTP/1.1";
        format!("{line}\r\nhost: x\r\n{headers}\r\n{body}").into_bytes()
    };
    let lines = [
        "GET /v1/health HTTP/9.9",
        "GET  /v1/health HTTP/1.1",
        "GET /v1/health",
        "GET /v1/health HTTP/1.1 HTTP/1.1",
        " GET /v1/health HTTP/1.1",
        "get /v1/health HTTP/1.1",
        "G\0T /v1/health HTTP/1.1",
        "CONNECT example.com:443 HTTP/1.1",
        "TRACE /v1/health HTTP/1.1",
        "GET * HTTP/1.1",
        "GET http://example.com/v1/admin/policies HTTP/1.1",
        "GET /v1/admin/policies HTTP/1.1",
        "GET //v1/admin/policies HTTP/1.1",
        "GET /v1/../v1/admin/policies HTTP/1.1",
        "GET /v1/%2e%2e/v1/admin/policies HTTP/1.1",
        "GET /v1/admin%2fpolicies HTTP/1.1",
        "GET /V1/ADMIN/policies HTTP/1.1",
        "GET /v1/admin/policies%00 HTTP/1.1",
        "GET /v1/admin/policies/%zz HTTP/1.1",
        "GET /v1/admin/policies;x=1 HTTP/1.1",
        "GET /v1/admin/policies?token=admin HTTP/1.1",
        "GET /v1/admin/policies#x HTTP/1.1",
        "GET \\v1\\admin\\policies HTTP/1.1",
    ];
    let headers = [
        "no colon here\r\n",
        "a b: 1\r\n",
        ": 1\r\n",
        "x: \0\r\n",
        "x: 1\r\n 2\r\n",
        "host: y\r\n",
        "authorization: \r\n",
        "authorization: Bearer\r\n",
        "content-length: 5\r\ncontent-length: 6\r\n",
        "content-length: -1\r\n",
        "content-length: 18446744073709551616\r\n",
        "content-length: 0x5\r\n",
        "transfer-encoding: gzip\r\n",
        "transfer-encoding: xchunked\r\n",
        "upgrade: h2c\r\nconnection: upgrade\r\n",
        "expect: everything\r\n",
        "x-forwarded-for: 127.0.0.1\r\nx-forwarded-user: admin\r\ncf-access-jwt-assertion: x\r\n",
        "cookie: session=admin\r\n",
    ];
    let admin = "GET /v1/admin/policies HTTP/1.1";
    let long = "y".repeat(70_000);
    let mut cases: Vec<Vec<u8>> = lines.iter().map(|line| get(line, "")).collect();
    cases.extend(headers.iter().map(|headers| get(admin, headers)));
    cases.extend([
        get(&format!("GET /{long} HTTP/1.1"), ""),
        get(admin, &format!("x: {long}\r\n")),
        get(admin, &"x: 1\r\n".repeat(500)),
        post("content-length: 5\r\ntransfer-encoding: chunked\r\n", "0\r\n\r\n"),
        post("transfer-encoding: chunked\r\n", "zz\r\n"),
        post("transfer-encoding: chunked\r\n", "ffffffffffffffff1\r\n"),
        post("transfer-encoding: chunked\r\n", "5\r\nab"),
        post("content-length: 100\r\n", "{}"),
        post("content-encoding: gzip\r\ncontent-length: 2\r\n", "{}"),
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec(),
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03".to_vec(),
        b"GET /v1/admin/policies HTTP/1.1\nhost: x\n\n".to_vec(),
        b"\r\n\r\n\r\n".to_vec(),
        vec![0xff; 2_000],
        vec![b'A'; 200_000],
        Vec::new(),
    ]);
    cases
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_no_request_is_refused_and_the_router_goes_on() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let cases = cases();
    assert!(cases.len() >= 50);
    for bytes in cases {
        let shown = String::from_utf8_lossy(&bytes[..bytes.len().min(120)]).into_owned();
        let answer = tokio::task::block_in_place(|| says(&world, &bytes));
        // Whatever is answered: no crash, and nothing that only an administrator may see.
        for head in answer.split("\r\n").filter(|line| line.starts_with("HTTP/1.")) {
            let status: u16 = head.split(' ').nth(1).unwrap().parse().unwrap();
            assert!(status < 500 || [501, 505].contains(&status), "{shown:?}: {answer}");
        }
        assert!(!answer.contains("\"policyId\""), "{shown:?}: {answer}");
    }
    let body = Protocol::Chat.body(MODEL, &team.say(""), false);
    assert_eq!(world.ask(&team, "/v1/chat/completions", &body).await.status(), 200);
    let admin = client().get(format!("{}/v1/admin/policies", world.url()));
    assert_eq!(admin.bearer_auth(ADMIN_TOKEN).send().await.unwrap().status(), 200);
}
