//! A server that does what it is told to do wrong.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server does with one request.
#[derive(Clone)]
pub(crate) enum Act {
    /// Answers with these bytes, head and all.
    Raw(Vec<u8>),
    /// Answers with these bytes and closes.
    Last(Vec<u8>),
    /// Takes the request and closes.
    Hang,
    /// Takes the request and says nothing until the client is gone.
    Stall,
    /// Promises more than it sends, then closes.
    Cut,
}

/// A request as it came.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub line: String,
    pub headers: Vec<String>,
    pub body: String,
}

pub(crate) struct Server {
    pub url: String,
    heard: Arc<Mutex<Vec<Heard>>>,
}

impl Server {
    /// Answers every request by the function of its line, such as `GET /v1/health HTTP/1.1`.
    pub(crate) fn start(act: impl Fn(&str) -> Act + Send + Sync + 'static) -> Self {
        Self::start_reading(move |heard| act(&heard.line))
    }

    /// The same, by all that was heard.
    pub(crate) fn start_reading(act: impl Fn(&Heard) -> Act + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let log = Arc::clone(&heard);
        let act = Arc::new(act);
        // The thread ends with the test process; each connection has one of its own.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (log, act) = (Arc::clone(&log), Arc::clone(&act));
                std::thread::spawn(move || converse(stream, &log, act.as_ref()));
            }
        });
        Self { url, heard }
    }

    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.heard.lock().unwrap().clone()
    }
}

fn converse(stream: TcpStream, log: &Mutex<Vec<Heard>>, act: &dyn Fn(&Heard) -> Act) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    while let Some(heard) = hear(&mut reader) {
        let todo = act(&heard);
        log.lock().unwrap().push(heard);
        match todo {
            Act::Raw(bytes) => {
                if stream.write_all(&bytes).is_err() {
                    return;
                }
            }
            Act::Last(bytes) => {
                let _ = stream.write_all(&bytes);
                return;
            }
            Act::Hang => return,
            Act::Stall => {
                let _ = reader.read(&mut [0]);
                return;
            }
            Act::Cut => {
                let _ = stream.write_all(
                    b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 999\r\n\r\n{\"pol",
                );
                return;
            }
        }
    }
}

fn hear(reader: &mut BufReader<TcpStream>) -> Option<Heard> {
    let mut line = String::new();
    if reader.read_line(&mut line).ok()? == 0 {
        return None;
    }
    let (mut headers, mut length) = (Vec::new(), 0);
    loop {
        let mut header = String::new();
        if reader.read_line(&mut header).ok()? == 0 {
            return None;
        }
        let header = header.trim_end().to_owned();
        if header.is_empty() {
            break;
        }
        if let Some(value) = header.to_lowercase().strip_prefix("content-length:") {
            length = value.trim().parse().ok()?;
        }
        headers.push(header);
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).ok()?;
    let body = String::from_utf8_lossy(&body).into_owned();
    Some(Heard { line: line.trim_end().to_owned(), headers, body })
}

/// An answer with a status, a content type and a body.
pub(crate) fn answer(status: &str, kind: &str, body: &str) -> Act {
    Act::Raw(
        format!(
            "HTTP/1.1 {status}\r\ncontent-type: {kind}\r\nx-request-id: req_test\r\n\
             content-length: {}\r\n\r\n{body}",
            body.len()
        )
        .into_bytes(),
    )
}

pub(crate) fn json(status: &str, body: &str) -> Act {
    answer(status, "application/json", body)
}

impl Heard {
    /// The value of a header, whose name is written in lower case here.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let pairs = self.headers.iter().filter_map(|header| header.split_once(": "));
        let mut found = pairs.filter(|(known, _)| known.eq_ignore_ascii_case(name));
        found.next().map(|(_, value)| value)
    }
}

/// What a router of the plain contract says of itself.
pub(crate) fn health() -> Act {
    json(
        "200 OK",
        r#"{"ok":true,"service":"clawrouter-edge","runtime":"typescript","environment":"production","observability":{"mode":"metadata_only","requestContentRetentionDefault":true}}"#,
    )
}
