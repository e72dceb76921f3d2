//! An answer, prepared as bytes and what to do between them.

use std::fmt::Write as _;
use std::time::Duration;

use bytes::Bytes;
use serde_json::json;

use super::orders::{End, ErrorBody, Orders};
use super::speech::Asked;

#[derive(Debug, Clone)]
pub(crate) enum Step {
    Wait(Duration),
    Send(Bytes),
    /// Sends an event of a stream, which is counted.
    Event(Bytes),
    /// Sends the same event for ever.
    Endless(Bytes, Duration),
    Stall,
    Drop,
    Reset,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Script {
    pub steps: Vec<Step>,
}

impl Script {
    pub(crate) fn of(orders: &Orders, asked: &Asked) -> Self {
        let mut script = Self::default();
        if !orders.delay.is_zero() {
            script.steps.push(Step::Wait(orders.delay));
        }
        if orders.status >= 400 {
            let (kind, body) = error_body(orders, asked);
            script.whole(orders, kind, &body);
        } else if orders.end != End::Well && orders.after.is_none() {
            script.end(orders.end);
        } else if asked.stream {
            script.stream(orders, asked);
        } else {
            script.whole(orders, "application/json", &asked.dialect.whole(asked, orders));
        }
        script
    }

    /// What a test gets whose orders are misspelt.
    pub(crate) fn misunderstood(problem: &str) -> Self {
        let mut script = Self::default();
        let orders = Orders { status: 418, ..Orders::default() };
        script.whole(&orders, "application/json", &json!({ "error": problem }).to_string());
        script
    }

    /// An answer in one piece; cut in half where it is to end badly, or behind its head.
    fn whole(&mut self, orders: &Orders, kind: &str, body: &str) {
        let mut bytes = head(orders, kind, Some(body.len()));
        if orders.end == End::Well {
            bytes.push_str(body);
            self.steps.push(Step::Send(bytes.into()));
        } else {
            let sent = if orders.events == Some(0) { 0 } else { body.len() / 2 };
            let half = &body.as_bytes()[..sent];
            self.steps.push(Step::Send([bytes.as_bytes(), half].concat().into()));
            self.end(orders.end);
        }
    }

    fn stream(&mut self, orders: &Orders, asked: &Asked) {
        self.steps.push(Step::Send(head(orders, asked.dialect.stream_type(), None).into()));
        let speech = asked.dialect.speech(asked, orders);
        let Some(pieces) = orders.events else {
            self.events(orders, speech.opening);
            let piece = speech.pieces.first().map_or("", String::as_str);
            self.steps.push(Step::Endless(chunk(piece.as_bytes()), orders.pause));
            return;
        };
        let mut events = speech.opening;
        events.extend(speech.pieces.into_iter().take(pieces));
        events.extend(speech.closing);
        if orders.end == End::Well {
            self.events(orders, events);
            self.end(End::Well);
            return;
        }
        events.truncate(orders.after.unwrap_or(0));
        if orders.end == End::Error {
            let errors = asked.dialect.error_events(orders.code);
            events.extend(errors.into_iter().map(|event| orders.worded(event)));
        }
        self.events(orders, events);
        self.end(orders.end);
    }

    fn events(&mut self, orders: &Orders, events: Vec<String>) {
        let mut send = |bytes: &[u8]| {
            if !orders.pause.is_zero() {
                self.steps.push(Step::Wait(orders.pause));
            }
            self.steps.push(Step::Event(chunk(bytes)));
        };
        match orders.slice {
            None => events.iter().for_each(|event| send(event.as_bytes())),
            Some(length) => events.concat().as_bytes().chunks(length).for_each(send),
        }
    }

    fn end(&mut self, end: End) {
        const LAST_CHUNK: &[u8] = b"0\r\n\r\n";
        const GARBAGE: &[u8] = b"\x16\x03\x01 not http at all\r\n\r\n";
        match end {
            End::Well | End::Error | End::Unfinished => self.send(LAST_CHUNK),
            End::Drop => self.steps.push(Step::Drop),
            End::Reset => self.steps.push(Step::Reset),
            End::Stall => self.steps.push(Step::Stall),
            End::Garbage => {
                self.send(GARBAGE);
                self.steps.push(Step::Drop);
            }
        }
    }

    fn send(&mut self, bytes: &'static [u8]) {
        self.steps.push(Step::Send(Bytes::from_static(bytes)));
    }
}

fn head(orders: &Orders, kind: &str, length: Option<usize>) -> String {
    let mut head = format!(
        "HTTP/1.1 {} Said So\r\ncontent-type: {kind}\r\nx-request-id: upstream-1\r\n\
         set-cookie: upstream=1\r\n",
        orders.status
    );
    for (name, value) in &orders.headers {
        let _ = write!(head, "{name}: {value}\r\n");
    }
    let _ = match length {
        Some(length) => write!(head, "content-length: {length}\r\n\r\n"),
        None => write!(head, "transfer-encoding: chunked\r\n\r\n"),
    };
    head
}

fn chunk(bytes: &[u8]) -> Bytes {
    [format!("{:x}\r\n", bytes.len()).as_bytes(), bytes, b"\r\n"].concat().into()
}

fn error_body(orders: &Orders, asked: &Asked) -> (&'static str, String) {
    match orders.body {
        ErrorBody::Json => ("application/json", orders.worded(asked.dialect.error(orders.status))),
        ErrorBody::Html => {
            let page = "<html><head><title>Bad gateway</title></head><body>nginx</body></html>\n";
            ("text/html", page.to_owned())
        }
        ErrorBody::Empty => ("text/plain", String::new()),
        ErrorBody::Text => {
            let body = json!({ "error": "the pool says no", "tokens_used": 7, "token_limit": 7 });
            ("application/json", body.to_string())
        }
    }
}
