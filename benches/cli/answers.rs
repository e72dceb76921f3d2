//! A server that knows a few answers by heart: what is left is the client's own cost.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::sync::Arc;
use std::thread;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use serde_json::{Value, json};

use crate::common::Failure;

/// How many credentials stand behind `/<number>/v1/admin/credentials`. The last is about the
/// most that fits into the 8 MiB that a client reads.
pub(crate) const LISTS: [usize; 2] = [10_000, 26_000];

/// A member longer than this is no request of ours.
const BODY_BYTES_MAX: u64 = 1024 * 1024;

/// Serves until its stdin is closed, so that it cannot outlive whoever started it.
pub(crate) fn serve(pems: Option<(&Path, &Path)>) -> Result<(), Failure> {
    let answers = Arc::new(Answers::new());
    let plain = TcpListener::bind("127.0.0.1:0")?;
    let secure = TcpListener::bind("127.0.0.1:0")?;
    let ports = format!("{} {}\n", plain.local_addr()?.port(), secure.local_addr()?.port());
    let known = Arc::clone(&answers);
    thread::spawn(move || accept(&plain, move |stream| known.converse(stream)));
    if let Some((certificate, key)) = pems {
        let tls = Arc::new(tls(certificate, key)?);
        thread::spawn(move || {
            accept(&secure, move |stream| {
                let session = rustls::ServerConnection::new(Arc::clone(&tls));
                let session = session.map_err(io::Error::other)?;
                answers.converse(rustls::StreamOwned::new(session, stream))
            });
        });
    }
    io::stdout().write_all(ports.as_bytes())?;
    io::stdin().read_to_end(&mut Vec::new())?;
    Ok(())
}

fn tls(certificate: &Path, key: &Path) -> Result<rustls::ServerConfig, Failure> {
    let _ = rustls::crypto::ring::default_provider().install_default();
    let certificate = CertificateDer::from_pem_file(certificate)?;
    let key = PrivateKeyDer::from_pem_file(key)?;
    let config = rustls::ServerConfig::builder().with_no_client_auth();
    Ok(config.with_single_cert(vec![certificate], key)?)
}

fn accept(
    listener: &TcpListener,
    converse: impl Fn(TcpStream) -> io::Result<()> + Send + Sync + 'static,
) {
    let converse = Arc::new(converse);
    for stream in listener.incoming().flatten() {
        let converse = Arc::clone(&converse);
        thread::spawn(move || {
            let _ = stream.set_nodelay(true);
            // A client that goes away is no failure.
            let _ = converse(stream);
        });
    }
}

struct Answers {
    health: Vec<u8>,
    policies: Vec<u8>,
    credentials: Vec<(String, Vec<u8>)>,
}

impl Answers {
    fn new() -> Self {
        let policies: Vec<Value> = (0..20).map(policy).collect();
        let list = |count: usize| {
            let rows: Vec<Value> = (0..count).map(credential).collect();
            let body = json!({ "credentials": rows }).to_string();
            (format!("/{count}/v1/admin/credentials"), respond(&body))
        };
        let extensions = [
            "policy.models",
            "credential.expiresAt",
            "credential.metadata",
            "credential.keepSecret",
            "revision",
            "read.one",
        ];
        let health = json!({
            "ok": true, "service": "clawrouter", "providers": 23, "routes": 60,
            "extensions": extensions,
        });
        Self {
            health: respond(&health.to_string()),
            policies: respond(&json!({ "policies": policies }).to_string()),
            credentials: LISTS.into_iter().map(list).collect(),
        }
    }

    fn to(&self, path: &str) -> &[u8] {
        if let Some((_, list)) = self.credentials.iter().find(|(known, _)| known == path) {
            return list;
        }
        if path.ends_with("/v1/admin/policies") { &self.policies } else { &self.health }
    }

    /// Requests one after the other, until the client has had enough.
    fn converse(&self, mut stream: impl Read + Write) -> io::Result<()> {
        loop {
            let mut reader = BufReader::new(&mut stream);
            let mut line = String::new();
            if reader.read_line(&mut line)? == 0 {
                return Ok(());
            }
            let path = line.split(' ').nth(1).unwrap_or_default().to_owned();
            let mut length = 0;
            while reader.read_line({
                line.clear();
                &mut line
            })? > 2
            {
                if let Some((name, value)) = line.split_once(':')
                    && name.eq_ignore_ascii_case("content-length")
                {
                    length = value.trim().parse().unwrap_or(0);
                }
            }
            io::copy(&mut reader.take(length.min(BODY_BYTES_MAX)), &mut io::sink())?;
            stream.write_all(self.to(&path))?;
            stream.flush()?;
        }
    }
}

fn respond(body: &str) -> Vec<u8> {
    let length = body.len();
    format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\n\r\n{body}"
    )
    .into_bytes()
}

fn policy(n: usize) -> Value {
    json!({
        "policyId": format!("team_{n:03}"), "enabled": true, "providers": ["openai", "anthropic"],
        "tenantId": "default", "tokenRole": "admin", "monthlyBudgetMicros": 50_000_000,
        "requestCostMicros": null, "budgetScope": "policy", "retainRequestContent": true,
        "grantRouting": {}, "models": ["openai/gpt-5*"],
    })
}

/// As the embedded router shows one; every member that a table has a column for is there in some.
fn credential(n: usize) -> Value {
    let mut credential = json!({
        "credentialId": format!("key_{n:06}"), "policyId": format!("team_{:03}", n % 20),
        "enabled": !n.is_multiple_of(9), "policyEnabled": true, "generationMatches": true,
        "active": !n.is_multiple_of(9), "principalId": format!("user{n}@example.com"),
        "createdAt": "2026-11-20T12:00:00.123Z",
    });
    if n.is_multiple_of(2) {
        credential["label"] = json!(format!("laptop of user {n}"));
    }
    if n.is_multiple_of(3) {
        credential["expiresAt"] = json!("2027-02-18T12:00:00Z");
    }
    if n.is_multiple_of(4) {
        credential["lastUsedAt"] = json!("2026-11-21T09:30:00.5Z");
    }
    credential
}
