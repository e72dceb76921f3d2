//! Rotation in all its forms, leases, and the record of what was changed, on a served router with
//! an upstream behind it, so that keys are really used.

mod exec;
mod fleet;
mod log;
mod overlap;
mod reap;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};

use serde_json::{Value, json};

use crate::harness::{Run, Sandbox, Served, signal};
use crate::proxy::{Act, Proxy, ask};

const MODEL: &str = "openai/gpt-5.5";

/// What a router of the plain contract says of itself: it lists no extensions.
const PLAIN_HEALTH: &str = r#"{"ok":true,"service":"clawrouter-edge"}"#;

struct World {
    served: Served,
    proxy: Proxy,
    operator: Sandbox,
    token: String,
    _home: Sandbox,
}

impl World {
    /// A router with the policies `team` and, counted by principal, `each`.
    fn new() -> Self {
        let home = Sandbox::new().with("OPENAI_API_KEY", "upstream-secret-of-the-tests");
        let token = home.ok(&["router", "token", "rotate", "--yes"]).trim().to_owned();
        let _ = home.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
        let each = ["policy", "create", "each", "--provider", "openai", "--budget", "$5"];
        let _ = home.ok(&[&each[..], &["--per-principal"]].concat());
        let served = home.serve_with(&["--upstream", &format!("openai={}", upstream())]);
        let proxy = Proxy::start(&served.url);
        let operator = Sandbox::new()
            .with("CLAWROUTER_BASE_URL", &proxy.url)
            .with("CLAWROUTER_ADMIN_TOKEN", &token)
            .with("USER", "ada");
        Self { served, proxy, operator, token, _home: home }
    }

    /// From here on the router says that it offers no extensions.
    fn plain(&self) {
        let _ = self.proxy.follow(|_, heard| match heard.line.starts_with("GET /v1/health ") {
            true => Act::Answer(answer(PLAIN_HEALTH)),
            false => Act::Forward,
        });
    }

    /// A key of this id that was delivered into a file of its name.
    fn issue(&self, id: &str, more: &[&str]) -> String {
        let to = self.file(id);
        let policy = if more.contains(&"--policy") { &[][..] } else { &["--policy", "team"] };
        let words = [&["key", "issue", id, "--to", &to], policy, more].concat();
        let _ = self.operator.ok(&words);
        self.held(id)
    }

    fn file(&self, name: &str) -> String {
        format!("file:{}", self.operator.path(name).display())
    }

    fn held(&self, name: &str) -> String {
        std::fs::read_to_string(self.operator.path(name)).unwrap()
    }

    /// One request with a key, as a client of this session would make it.
    fn use_key(&self, key: &str, session: &str) -> u16 {
        let body = json!({"model": MODEL, "messages": [{"role": "user", "content": "hi"}]});
        let address = self.served.url.trim_start_matches("http://");
        let body = body.to_string();
        let request = format!(
            "POST /v1/chat/completions HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {key}\r\n\
             x-clawrouter-client: codex\r\nx-clawrouter-session-id: {session}\r\n\
             content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
            body.len()
        );
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(request.as_bytes()).unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).unwrap();
        answer.split(' ').nth(1).unwrap().parse().unwrap()
    }

    fn works(&self, key: &str) -> bool {
        ask(&self.served.url, "GET", "/v1/key/inspect", Some(key), None).0 == 200
    }

    fn admin(&self, method: &str, path: &str, body: Option<&Value>) -> Value {
        let path = format!("/v1/admin/{path}");
        let (status, answer) = ask(&self.served.url, method, &path, Some(&self.token), body);
        assert_eq!(status, 200, "{method} {path}: {answer}");
        answer
    }

    /// The ids of all keys that are switched on.
    fn enabled(&self) -> Vec<String> {
        let list = self.admin("GET", "credentials", None);
        let keys = list["credentials"].as_array().unwrap().iter();
        let enabled = keys.filter(|key| key["enabled"] == true);
        enabled.map(|key| key["credentialId"].as_str().unwrap().to_owned()).collect()
    }

    /// Registers a key that nobody issued from here.
    fn register(&self, id: &str, members: Value) -> String {
        use sha2::{Digest, Sha256};
        let secret = format!("{:Z<43}", id.replace('_', ""));
        let hash: String =
            Sha256::digest(secret.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
        let mut body = json!({"secretSha256": hash, "policyId": "team", "enabled": true});
        body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        self.admin("PUT", &format!("credentials/{id}"), Some(&body));
        format!("clawrouter-live-{id}-{secret}")
    }
}

fn answer(body: &str) -> Vec<u8> {
    let head = "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length:";
    format!("{head} {}\r\n\r\n{body}", body.len()).into_bytes()
}

/// A provider that always says the same.
fn upstream() -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    // The thread ends with the test process; each connection has one of its own.
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            std::thread::spawn(move || converse(&stream));
        }
    });
    url
}

fn converse(stream: &TcpStream) {
    let body = json!({
        "id": "x", "object": "chat.completion", "model": "gpt-5.5", "choices": [{
            "index": 0, "finish_reason": "stop",
            "message": {"role": "assistant", "content": "hi"},
        }],
        "usage": {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18},
    });
    let answer = answer(&body.to_string());
    let mut reader = BufReader::new(stream);
    loop {
        let (mut line, mut length) = (String::new(), 0);
        if reader.read_line(&mut line).unwrap_or(0) == 0 {
            return;
        }
        loop {
            line.clear();
            if reader.read_line(&mut line).unwrap_or(0) <= 2 {
                break;
            }
            if let Some(value) = line.to_lowercase().strip_prefix("content-length:") {
                length = value.trim().parse().unwrap();
            }
        }
        let mut body = vec![0; length];
        let mut stream = stream;
        if reader.read_exact(&mut body).is_err() || stream.write_all(&answer).is_err() {
            return;
        }
    }
}

#[track_caller]
fn code(run: &Run, code: i32) {
    assert_eq!(run.code, Some(code), "{run}");
}

fn parsed(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}\n{run}"))
}

/// No file below this folder but the ones named holds the text.
#[track_caller]
fn hunt(root: &std::path::Path, secret: &str, allowed: &[&str]) {
    for entry in std::fs::read_dir(root).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            hunt(&path, secret, allowed);
            continue;
        }
        let name = path.file_name().unwrap().to_str().unwrap();
        let text = std::fs::read(&path).unwrap_or_default();
        let holds = String::from_utf8_lossy(&text).contains(secret);
        assert!(!holds || allowed.contains(&name), "{} holds it", path.display());
    }
}

fn secret_of(key: &str) -> &str {
    key.trim().rsplit('-').next().unwrap()
}
