//! The router behind a real socket.

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::net::TcpListener;
use tokio::sync::oneshot;

use super::heard::Heard;
use super::{House, SECRET, TOKEN, open_at};
use crate::serve::{ServeOptions, serve};
use crate::{Identity, RestoreError, Router, restore};
use clawctl_wire::key::sha256_hex;

/// A served router, until it is told to stop.
pub(super) struct Served {
    pub(super) dir: TempDir,
    pub(super) router: Arc<Router>,
    address: SocketAddr,
    pub(super) heard: Heard,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Served {
    fn start() -> Self {
        Self::with(ServeOptions::default())
    }

    pub(super) fn with(options: ServeOptions) -> Self {
        Self::over(tempfile::tempdir().unwrap(), options)
    }

    /// On the database in a folder.
    pub(super) fn over(dir: TempDir, options: ServeOptions) -> Self {
        let router = Arc::new(open_at(&dir.path().join("router.db")));
        let heard = Heard::default();
        let (stop, stopped) = oneshot::channel();
        let (bound, address) = std::sync::mpsc::channel();
        let (serving, hears) = (Arc::clone(&router), heard.clone());
        let thread = thread::spawn(move || {
            let _listens = tracing::subscriber::set_default(hears);
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
            runtime.unwrap().block_on(async move {
                let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
                bound.send(listener.local_addr().unwrap()).unwrap();
                let stopped = async { stopped.await.unwrap_or(()) };
                serve(serving, listener, options, stopped).await.unwrap().unwrap();
            });
        });
        let address = address.recv().unwrap();
        Self { dir, router, address, heard, stop: Some(stop), thread: Some(thread) }
    }

    pub(super) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
        stream
    }

    /// Sends a request on a connection of its own, and returns the whole answer.
    pub(super) fn ask(&self, head: &str, body: &str) -> String {
        let mut stream = self.connect();
        let length = body.len();
        let request = format!(
            "{head} HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: {length}\r\n\
             authorization: Bearer {TOKEN}\r\n\r\n{body}"
        );
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer
    }

    fn signal(&mut self) {
        drop(self.stop.take());
    }

    fn join(&mut self) {
        self.thread.take().unwrap().join().unwrap();
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.signal();
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

#[test]
fn the_same_answers_come_over_a_socket() {
    let served = Served::start();
    let written = served.ask("PUT /v1/admin/policies/team", r#"{"providers":["openai"]}"#);
    assert!(written.starts_with("HTTP/1.1 200"), "{written}");
    assert!(written.contains("etag: \"1\""), "{written}");
    assert!(written.ends_with('}'), "{written}");
    let health = served.ask("GET /v1/health", "");
    assert!(health.contains("access-control-allow-origin: *"), "{health}");
    let head = served.ask("HEAD /v1/health", "");
    assert!(head.starts_with("HTTP/1.1 404") && head.ends_with("\r\n\r\n"), "{head}");
}

#[test]
fn a_log_line_says_who_and_never_the_secret() {
    let served = Served::start();
    served.ask("PUT /v1/admin/policies/team", r#"{"providers":["openai"]}"#);
    let hash = sha256_hex(SECRET);
    let body = format!(r#"{{"secretSha256":"{hash}","policyId":"team"}}"#);
    served.ask("PUT /v1/admin/credentials/team", &body);
    let mut stream = served.connect();
    let key = format!("clawrouter-live-team-{SECRET}");
    write!(
        stream,
        "GET /v1/me?token={SECRET} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
         x-api-key: {key}\r\nx-request-id: mine-1\r\n\r\n"
    )
    .unwrap();
    stream.read_to_end(&mut Vec::new()).unwrap();
    served.ask(&format!("GET /v1/native/openai/{key}"), "");
    let lines = served.heard.answers();
    let line = &lines[2];
    assert_eq!((line.method.as_str(), line.path.as_str(), line.status), ("GET", "/v1/me", 200));
    assert_eq!(line.request_id, "mine-1");
    let identity = Identity::Key { id: "team".into(), policy: "team".into() };
    assert_eq!(line.identity.as_ref(), Some(&identity));
    assert_eq!(lines[0].identity, Some(Identity::Admin));
    let all = format!("{lines:?}");
    for secret in [SECRET, TOKEN, &hash] {
        assert!(!all.contains(secret), "{all}");
    }
}

#[test]
fn a_body_that_is_too_long_is_not_read() {
    let served = Served::start();
    let mut stream = served.connect();
    // Only announced, never sent: a router that waited for it would wait for ever.
    write!(
        stream,
        "PUT /v1/admin/policies/team HTTP/1.1\r\nhost: x\r\ncontent-length: 8388609\r\n\
         authorization: Bearer {TOKEN}\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 413"), "{answer}");
    assert!(answer.contains("request_too_large"), "{answer}");

    let mut chunked = served.connect();
    write!(
        chunked,
        "PUT /v1/admin/policies/team HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\
         authorization: Bearer {TOKEN}\r\n\r\n800001\r\n"
    )
    .unwrap();
    chunked.write_all(&vec![b' '; 0x80_0001]).unwrap();
    let mut status = [0; 12];
    chunked.read_exact(&mut status).unwrap();
    assert_eq!(&status, b"HTTP/1.1 413");
}

#[test]
fn stopping_finishes_what_is_in_flight_and_closes_what_is_idle() {
    let mut served = Served::start();
    let mut idle = served.connect();
    write!(idle, "GET /v1/health HTTP/1.1\r\nhost: x\r\n\r\n").unwrap();
    let mut byte = [0; 1];
    idle.read_exact(&mut byte).unwrap();
    // Half a request is in flight: the server has its head and waits for the body.
    let mut busy = served.connect();
    let body = r#"{"providers":["openai"]}"#;
    write!(
        busy,
        "PUT /v1/admin/policies/team HTTP/1.1\r\nhost: x\r\ncontent-length: {}\r\n\
         authorization: Bearer {TOKEN}\r\nexpect: 100-continue\r\n\r\n",
        body.len()
    )
    .unwrap();
    let mut go_on = [0; 25];
    busy.read_exact(&mut go_on).unwrap();
    assert_eq!(&go_on, b"HTTP/1.1 100 Continue\r\n\r\n");
    served.signal();
    let mut rest = Vec::new();
    idle.read_to_end(&mut rest).unwrap();
    let refused = Instant::now();
    while TcpStream::connect(served.address).is_ok() {
        assert!(refused.elapsed() < Duration::from_secs(5), "it still accepts");
        thread::sleep(Duration::from_millis(5));
    }
    busy.write_all(body.as_bytes()).unwrap();
    let mut answer = String::new();
    busy.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    served.join();
}

#[test]
fn a_database_is_not_restored_under_a_server() {
    let mut served = Served::start();
    // It is up once it answers; only then it surely holds its lock.
    served.ask("GET /v1/health", "");
    let (backup, database) =
        (served.dir.path().join("backup.db"), served.dir.path().join("router.db"));
    served.router.backup(&backup).unwrap();
    assert!(served.router.info().unwrap().serving);
    assert!(matches!(
        restore(&backup, &database, Timestamp::UNIX_EPOCH),
        Err(RestoreError::Serving(_))
    ));
    served.signal();
    served.join();
    restore(&backup, &database, Timestamp::UNIX_EPOCH).unwrap();
    assert!(!served.router.info().unwrap().serving);
}

#[test]
fn an_in_process_write_is_seen_by_the_next_request_from_the_socket() {
    let served = Served::start();
    served.ask("PUT /v1/admin/policies/team", r#"{"providers":["openai"]}"#);
    let beside = open_at(&served.dir.path().join("router.db"));
    let request = http::Request::post("/v1/admin/policies/team/revoke");
    let request = request.body(hyper::body::Bytes::new()).unwrap();
    let revoked = beside.answer(request, crate::Caller::InProcess);
    assert_eq!(revoked.status().as_u16(), 200);
    let read = served.ask("GET /v1/admin/policies/team", "");
    assert!(read.contains(r#""enabled":false"#), "{read}");
}

#[test]
fn identity_is_known_even_of_a_key_that_is_refused() {
    let house = House::new();
    let key = house.issue("team", serde_json::json!({"providers": ["openai"]}));
    house.admin("POST credentials/team/revoke", "");
    let identity = |key: &str| {
        let request = http::Request::get("/v1/me").header("x-api-key", key);
        let request = request.body(hyper::body::Bytes::new()).unwrap();
        let response = house.router.answer(request, crate::Caller::Network);
        response.extensions().get::<Identity>().cloned()
    };
    let team = Identity::Key { id: "team".into(), policy: "team".into() };
    assert_eq!(identity(&key), Some(team));
    assert_eq!(identity("clawrouter-live-team-not-the-secret"), None);
}
