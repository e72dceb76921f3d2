//! A server that renews access tokens as an OAuth provider does: a refresh token is good once, and
//! the next one comes with the access token. One that is used again gives the whole chain up, as
//! providers do when they notice a thief.

use std::collections::HashMap;
use std::io::{Read, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex};
use std::time::Duration;

/// How a chain of tokens is treated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) enum Mood {
    #[default]
    Fair,
    /// Says no.
    Refuses,
    /// Sends elsewhere.
    Redirects,
    /// Hears the request, and answers when its mood gets better.
    Stalls,
}

#[derive(Debug, Default)]
struct Chain {
    mood: Mood,
    /// The number of the refresh token that is good now.
    good: usize,
    lasts: u64,
    /// The forms that came, the oldest first.
    asked: Vec<HashMap<String, String>>,
    /// Whether a token was used twice.
    is_broken: bool,
}

#[derive(Default)]
struct State {
    chains: Mutex<HashMap<String, Chain>>,
    changed: Condvar,
}

/// A token server for many chains, each at a path of its own.
pub(crate) struct TokenServer {
    url: String,
    state: Arc<State>,
}

impl TokenServer {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let state = Arc::<State>::default();
        let shared = Arc::clone(&state);
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let state = Arc::clone(&shared);
                std::thread::spawn(move || state.answer(stream));
            }
        });
        Self { url, state }
    }

    /// A chain of tokens that last so many seconds. Its first refresh token is `NAME-rt-0`, and
    /// `NAME-at-1` the first access token that it hands out.
    pub(crate) fn chain(&self, name: &str, lasts: u64) -> String {
        let chain = Chain { lasts, ..Chain::default() };
        self.state.chains.lock().unwrap().insert(name.to_owned(), chain);
        format!("{}/{name}", self.url)
    }

    pub(crate) fn feels(&self, name: &str, mood: Mood) {
        self.state.chains.lock().unwrap().get_mut(name).unwrap().mood = mood;
        self.state.changed.notify_all();
    }

    /// What was asked of a chain so far.
    pub(crate) fn asked(&self, name: &str) -> Vec<HashMap<String, String>> {
        self.state.chains.lock().unwrap()[name].asked.clone()
    }

    /// Whether every refresh token of a chain was used once at most.
    pub(crate) fn is_intact(&self, name: &str) -> bool {
        !self.state.chains.lock().unwrap()[name].is_broken
    }

    /// Waits until so many requests came for a chain.
    pub(crate) fn hears(&self, name: &str, count: usize) {
        let chains = self.state.chains.lock().unwrap();
        let waited =
            self.state.changed.wait_timeout_while(chains, Duration::from_secs(30), |chains| {
                chains[name].asked.len() < count
            });
        assert!(!waited.unwrap().1.timed_out(), "nobody asked for a token of {name}");
    }
}

impl State {
    fn answer(&self, mut stream: TcpStream) {
        let Some((name, form)) = request(&mut stream) else { return };
        let mut chains = self.chains.lock().unwrap();
        let Some(chain) = chains.get_mut(&name) else {
            drop(stream.write_all(b"HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n\r\n"));
            return;
        };
        chain.asked.push(form.clone());
        self.changed.notify_all();
        // Whoever hung up is not there for an answer, and has not used his token up.
        let mut chains = self
            .changed
            .wait_timeout_while(chains, Duration::from_secs(30), |chains| {
                chains[&name].mood == Mood::Stalls && !is_gone(&stream)
            })
            .unwrap()
            .0;
        if is_gone(&stream) {
            return;
        }
        let chain = chains.get_mut(&name).unwrap();
        let (status, head, body) = match chain.mood {
            Mood::Refuses => (400, "", r#"{"error":"invalid_grant"}"#.to_owned()),
            Mood::Redirects => (302, "location: /elsewhere\r\n", String::new()),
            Mood::Stalls => return,
            Mood::Fair => {
                let given = form.get("refresh_token").map(String::as_str).unwrap_or_default();
                if given == format!("{name}-rt-{}", chain.good) && !chain.is_broken {
                    chain.good += 1;
                    let (next, lasts) = (chain.good, chain.lasts);
                    let body = format!(
                        r#"{{"access_token":"{name}-at-{next}","refresh_token":"{name}-rt-{next}","expires_in":{lasts},"scope":"read write"}}"#
                    );
                    (200, "", body)
                } else {
                    chain.is_broken = true;
                    (400, "", r#"{"error":"invalid_grant"}"#.to_owned())
                }
            }
        };
        let head = format!(
            "HTTP/1.1 {status} X\r\n{head}content-type: application/json\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        );
        let _ = stream.write_all((head + &body).as_bytes());
    }
}

fn is_gone(stream: &TcpStream) -> bool {
    stream.set_nonblocking(true).unwrap();
    let peeked = stream.peek(&mut [0]);
    stream.set_nonblocking(false).unwrap();
    match peeked {
        Ok(read) => read == 0,
        Err(error) => error.kind() != std::io::ErrorKind::WouldBlock,
    }
}

/// The name in the path, and the form in the body.
fn request(stream: &mut TcpStream) -> Option<(String, HashMap<String, String>)> {
    let mut bytes = Vec::new();
    let mut piece = [0; 4096];
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|four| four == b"\r\n\r\n") {
            break end + 4;
        }
        let read = stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
    };
    let head = String::from_utf8(bytes[..end].to_vec()).ok()?;
    let length: usize = head
        .lines()
        .find_map(|line| line.to_lowercase().strip_prefix("content-length:")?.trim().parse().ok())
        .unwrap_or(0);
    while bytes.len() < end + length {
        let read = stream.read(&mut piece).ok().filter(|read| *read > 0)?;
        bytes.extend_from_slice(&piece[..read]);
    }
    let path = head.split(' ').nth(1)?.trim_start_matches('/').to_owned();
    let form = url::form_urlencoded::parse(&bytes[end..end + length]).into_owned().collect();
    Some((path, form))
}
