//! One request, two ways to carry it: over the network, or to a handler in this process.

use std::pin::Pin;
use std::time::Duration;

use bytes::Bytes;
use http::{HeaderMap, Method, Request, Response};
use serde::de::DeserializeOwned;
use url::Url;

use super::error::{Error, Result};
use super::http::{Http, HttpOptions};
use super::retry::Tries;
use clawctl_wire::error::{ErrorEnvelope, Problem};

/// A router in this process: it answers a request as it would over a socket.
pub type Handler = Box<dyn Fn(Request<Bytes>) -> Answering + Send + Sync>;

/// An answer that may take its time.
pub type Answering = Pin<Box<dyn Future<Output = Result<Response<Bytes>, String>> + Send>>;

/// How requests reach the router.
pub enum Transport {
    Http(Box<Http>),
    InProcess { handler: Handler, place: String },
}

/// A request on its way.
#[derive(Clone)]
pub(super) struct Outgoing {
    pub(super) method: Method,
    /// Path and query, starting with a slash.
    pub(super) path: String,
    pub(super) headers: HeaderMap,
    pub(super) body: Bytes,
    /// May it be sent again when it is not known whether it arrived?
    pub(super) repeatable: bool,
    /// Is it a question, although it is no GET?
    pub(super) changes_nothing: bool,
}

/// What came back, whatever its status.
#[derive(Debug, Clone)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Transport {
    /// Over the network.
    pub fn http(base: &Url, options: &HttpOptions) -> Result<Self> {
        Ok(Self::Http(Box::new(Http::new(base, options)?)))
    }

    pub(super) fn place(&self) -> &str {
        match self {
            Self::Http(http) => http.place(),
            Self::InProcess { place, .. } => place,
        }
    }

    pub(super) fn is_in_process(&self) -> bool {
        matches!(self, Self::InProcess { .. })
    }

    pub(super) async fn send(&self, outgoing: Outgoing) -> Result<Answer> {
        match self {
            Self::Http(http) => http.send(outgoing).await,
            Self::InProcess { handler, place } => in_process(handler, place, outgoing).await,
        }
    }

    /// The attempts at a read. A router in this process does not answer otherwise when it is asked
    /// again.
    pub(super) fn tries(&self) -> Tries {
        match self {
            Self::Http(http) => http.tries(true),
            Self::InProcess { .. } => Tries::new(Duration::ZERO, false),
        }
    }

    /// Asks, and hands the body out piece by piece. A refusal comes as a whole.
    pub(super) async fn open(
        &self,
        outgoing: Outgoing,
        tries: &mut Tries,
    ) -> Result<Result<Opened<'_>, Answer>> {
        match self {
            Self::Http(http) => Ok(match http.open(&outgoing, tries).await? {
                Ok(response) => Ok(Opened {
                    status: response.status().as_u16(),
                    headers: response.headers().clone(),
                    body: Body::Network { http, response: Box::new(response) },
                }),
                Err(refusal) => Err(refusal),
            }),
            Self::InProcess { handler, place } => {
                let answer = in_process(handler, place, outgoing).await?;
                if !(200..300).contains(&answer.status) {
                    return Ok(Err(answer));
                }
                let Answer { status, headers, body } = answer;
                Ok(Ok(Opened { status, headers, body: Body::Whole(body) }))
            }
        }
    }
}

async fn in_process(handler: &Handler, place: &str, outgoing: Outgoing) -> Result<Answer> {
    let mut request = Request::new(outgoing.body);
    *request.method_mut() = outgoing.method;
    *request.uri_mut() = outgoing
        .path
        .parse()
        .map_err(|_| Error::Setup(format!("`{}` is not a path", outgoing.path)))?;
    *request.headers_mut() = outgoing.headers;
    let answered = handler(request).await;
    let broken = |reason| Error::Unreachable { place: place.to_owned(), reason };
    let (mut parts, body) = answered.map_err(broken)?.into_parts();
    // An id leads to a router's log, and here there is none.
    parts.headers.remove("x-request-id");
    Ok(Answer { status: parts.status.as_u16(), headers: parts.headers, body })
}

/// A success of which the body is still to be read.
pub(super) struct Opened<'t> {
    pub(super) status: u16,
    pub(super) headers: HeaderMap,
    body: Body<'t>,
}

enum Body<'t> {
    Network { http: &'t Http, response: Box<reqwest::Response> },
    Whole(Bytes),
}

impl Opened<'_> {
    /// The next piece of the body.
    pub(super) async fn chunk(&mut self, tries: &mut Tries) -> Result<Option<Bytes>> {
        match &mut self.body {
            Body::Network { http, response } => http.chunk(response, tries).await,
            Body::Whole(body) if body.is_empty() => Ok(None),
            Body::Whole(body) => Ok(Some(std::mem::take(body))),
        }
    }

    /// The router's id of this exchange.
    pub(super) fn request_id(&self) -> Option<String> {
        text_of(&self.headers, "x-request-id")
    }
}

fn text_of(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned)
}

impl Answer {
    /// The router's id of this exchange.
    pub fn request_id(&self) -> Option<String> {
        self.header("x-request-id")
    }

    pub(super) fn header(&self, name: &str) -> Option<String> {
        text_of(&self.headers, name)
    }

    /// What a refusal says of itself, where it says something.
    pub fn problem(&self) -> Option<Problem> {
        ErrorEnvelope::read(&self.body)
    }

    /// The answer if it is a success, else the reason that it is not.
    pub(super) fn accepted(self) -> Result<Self> {
        if (200..300).contains(&self.status) { Ok(self) } else { Err(self.refusal()) }
    }

    /// The reason that it is no success.
    pub(super) fn refusal(&self) -> Error {
        let request_id = self.request_id();
        if (300..400).contains(&self.status) {
            let location = self.header("location").unwrap_or_else(|| "nowhere".to_owned());
            return Error::Redirected { location, request_id };
        }
        match self.problem() {
            Some(problem) => Error::Refused { status: self.status, problem, request_id },
            None => self.not_json(),
        }
    }

    /// Reads the body as what it should be.
    pub(super) fn read<T: DeserializeOwned>(&self, what: &str) -> Result<T> {
        serde_json::from_slice(&self.body).map_err(|e| {
            if e.is_data() {
                Error::Shape {
                    what: what.to_owned(),
                    reason: e.to_string(),
                    request_id: self.request_id(),
                }
            } else {
                self.not_json()
            }
        })
    }

    fn not_json(&self) -> Error {
        not_json(self.status, &self.body, self.request_id())
    }
}

pub(super) fn not_json(status: u16, body: &[u8], request_id: Option<String>) -> Error {
    Error::NotJson { status, first_line: first_line(body), request_id }
}

/// Enough of a foreign answer to recognise it by.
fn first_line(body: &[u8]) -> String {
    const SHOWN_CHARS: usize = 120;
    let text = String::from_utf8_lossy(&body[..body.len().min(4096)]);
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
    match line.char_indices().nth(SHOWN_CHARS) {
        _ if line.is_empty() => "an empty body".to_owned(),
        Some((end, _)) => format!("`{}…`", &line[..end]),
        None => format!("`{line}`"),
    }
}
