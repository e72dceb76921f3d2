//! A proxy between a client and a served router. It writes down what it hears, and can be told
//! to fail at one request.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

/// How long a socket may be silent before a test gives up on it.
const PATIENCE: Duration = Duration::from_secs(60);

/// A request as the client sent it.
#[derive(Debug, Clone)]
pub(crate) struct Heard {
    pub(crate) line: String,
    pub(crate) headers: Vec<String>,
    pub(crate) body: Vec<u8>,
}

/// What happens to one request.
pub(crate) enum Act {
    /// It is passed on, and the answer back.
    Forward,
    /// It gets no further; the proxy waits for the client to go.
    HoldRequest,
    /// It is carried out, but its answer is held until the client has gone.
    HoldAnswer,
    /// It is carried out, and the connection closed without the answer.
    DropAnswer,
    /// It is carried out twice, and answered with the second answer.
    Twice,
    /// It gets no further, and is answered with these bytes.
    Answer(Vec<u8>),
}

/// Decides by the number of the request since the plan was made, from one, and by its content.
type Plan = dyn Fn(usize, &Heard) -> Act + Send + Sync;

pub(crate) struct Proxy {
    pub(crate) url: String,
    shared: Arc<Shared>,
}

struct Shared {
    upstream: String,
    state: Mutex<State>,
}

struct State {
    plan: Arc<Plan>,
    heard: Vec<Heard>,
    /// Told each time that a request or an answer is held.
    held: Option<Sender<()>>,
}

impl Proxy {
    /// In front of a router at a URL such as `http://127.0.0.1:8787`.
    pub(crate) fn start(upstream: &str) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = State { plan: Arc::new(|_, _| Act::Forward), heard: Vec::new(), held: None };
        let upstream = upstream.trim_start_matches("http://").to_owned();
        let shared = Arc::new(Shared { upstream, state: Mutex::new(state) });
        let ours = Arc::clone(&shared);
        // The thread ends with the test process; each connection has one of its own.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let shared = Arc::clone(&ours);
                std::thread::spawn(move || converse(stream, &shared));
            }
        });
        Self { url, shared }
    }

    /// Follows a plan from now on, and begins to count and to write down anew. What is returned
    /// is told when something is held.
    pub(crate) fn follow(
        &self,
        plan: impl Fn(usize, &Heard) -> Act + Send + Sync + 'static,
    ) -> Receiver<()> {
        let (held, receiver) = channel();
        let mut state = self.shared.state.lock().unwrap();
        *state = State { plan: Arc::new(plan), heard: Vec::new(), held: Some(held) };
        receiver
    }

    /// Passes everything on from now on.
    pub(crate) fn behave(&self) {
        let _ = self.follow(|_, _| Act::Forward);
    }

    /// All requests since the plan was made.
    pub(crate) fn heard(&self) -> Vec<Heard> {
        self.shared.state.lock().unwrap().heard.clone()
    }
}

fn converse(stream: TcpStream, shared: &Shared) {
    let mut reader = BufReader::new(stream.try_clone().unwrap());
    let mut stream = stream;
    while let Some(heard) = hear(&mut reader) {
        let (number, plan, held) = {
            let mut state = shared.state.lock().unwrap();
            state.heard.push(heard.clone());
            (state.heard.len(), Arc::clone(&state.plan), state.held.clone())
        };
        let hold = |reader: &mut BufReader<TcpStream>| {
            let _ = held.as_ref().map(|held| held.send(()));
            wait_until_gone(reader);
        };
        let answer = match plan(number, &heard) {
            Act::Forward => pass_on(shared, &heard),
            Act::HoldRequest => return hold(&mut reader),
            Act::HoldAnswer => {
                pass_on(shared, &heard);
                return hold(&mut reader);
            }
            Act::DropAnswer => {
                pass_on(shared, &heard);
                return;
            }
            Act::Twice => {
                pass_on(shared, &heard);
                pass_on(shared, &heard)
            }
            Act::Answer(bytes) => bytes,
        };
        if answer.is_empty() || stream.write_all(&answer).is_err() {
            return;
        }
    }
}

/// The end of a killed process or of an impatient one closes its sockets.
fn wait_until_gone(reader: &mut BufReader<TcpStream>) {
    let _ = reader.get_ref().set_read_timeout(Some(PATIENCE));
    let _ = reader.read(&mut [0]);
}

/// Nothing if the router is not there.
fn pass_on(shared: &Shared, heard: &Heard) -> Vec<u8> {
    let Ok(mut upstream) = TcpStream::connect(&shared.upstream) else { return Vec::new() };
    let _ = upstream.set_read_timeout(Some(PATIENCE));
    let mut request = format!("{}\r\n", heard.line).into_bytes();
    for header in &heard.headers {
        request.extend_from_slice(format!("{header}\r\n").as_bytes());
    }
    request.extend_from_slice(b"\r\n");
    request.extend_from_slice(&heard.body);
    if upstream.write_all(&request).is_err() {
        return Vec::new();
    }
    let mut reader = BufReader::new(upstream);
    let Some(answer) = hear(&mut reader) else { return Vec::new() };
    let mut bytes = format!("{}\r\n{}\r\n\r\n", answer.line, answer.headers.join("\r\n"));
    // A router's answers are text; what is not would only break the test that sent it.
    bytes.push_str(&String::from_utf8_lossy(&answer.body));
    bytes.into_bytes()
}

/// One message, with a body of the length that it announces.
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
    Some(Heard { line: line.trim_end().to_owned(), headers, body })
}

/// One call, made by the test itself and not by clawctl: its status and its body.
pub(crate) fn ask(
    url: &str,
    method: &str,
    path: &str,
    bearer: Option<&str>,
    body: Option<&serde_json::Value>,
) -> (u16, serde_json::Value) {
    let address = url.trim_start_matches("http://");
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let body = body.map(ToString::to_string).unwrap_or_default();
    let authorization =
        bearer.map(|text| format!("authorization: Bearer {text}\r\n")).unwrap_or_default();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nhost: {address}\r\n{authorization}content-type: \
         application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).unwrap();
    let answer = hear(&mut BufReader::new(stream)).unwrap_or_else(|| panic!("{method} {path}"));
    let status = answer.line.split(' ').nth(1).unwrap().parse().unwrap();
    (status, serde_json::from_slice(&answer.body).unwrap_or_default())
}
