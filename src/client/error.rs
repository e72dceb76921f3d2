//! Why a call failed, in terms that a command can act on.

use std::time::Duration;

use thiserror::Error;

use super::rows::UnreadRow;
use clawctl_wire::error::{Problem, code};
use clawctl_wire::fusion::BadFusion;
use clawctl_wire::health::Extension;

pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Everything that can go wrong between a typed method and its answer.
#[derive(Debug, Error)]
pub enum Error {
    #[error("{}", unreachable("the router", place, reason))]
    Unreachable { place: String, reason: String },

    #[error("{}", timeout("the router", place, *after))]
    Timeout { place: String, after: Duration },

    #[error("no secure connection to {place}: {reason}")]
    Tls {
        place: String,
        reason: String,
        #[source]
        cause: Option<rustls::Error>,
    },

    #[error("the router answered with a redirect to {location}, which is not followed")]
    Redirected { location: String, request_id: Option<String> },

    #[error("the answer is larger than {limit_bytes} bytes and was not read further")]
    TooLarge { limit_bytes: usize },

    #[error("the router answered {status} with something that is not JSON: {first_line}")]
    NotJson { status: u16, first_line: String, request_id: Option<String> },

    #[error("the router's {what} is not of the expected shape: {reason}")]
    Shape { what: String, reason: String, request_id: Option<String> },

    #[error("{}", refusal(*status, problem))]
    Refused { status: u16, problem: Problem, request_id: Option<String> },

    #[error("no {noun} `{id}` on this router")]
    Missing { noun: &'static str, id: String, request_id: Option<String> },

    #[error("cannot tell what {noun} `{id}` is: a row of the router's list cannot be read: {row}")]
    Unread { noun: &'static str, id: String, row: UnreadRow },

    #[error("{noun} `{id}` already exists")]
    Exists { noun: &'static str, id: String },

    #[error("{noun} `{id}` was changed by someone else after it was read; nothing was written")]
    Changed { noun: &'static str, id: String },

    #[error("{noun} `{id}` was written, but reads back with {field} = {found} instead of {wanted}")]
    Mismatch { noun: &'static str, id: String, field: String, wanted: String, found: String },

    #[error("`{flag}` needs `{}`, which this router does not offer; nothing was sent", extension.as_str())]
    NeedsExtension { extension: Extension, flag: String },

    #[error("{0}; nothing was sent")]
    Fusion(BadFusion),

    #[error(
        "{what} makes an ordinary user of `{email}`, which locks the administrator of a \
         ClawRouter's own console out of it; nothing was sent"
    )]
    LocksOut { what: &'static str, email: &'static str },

    #[error("`{url}` is plain http to another machine, which would show the token to the network")]
    PlainHttp { url: String },

    #[error("the {place} of the request holds a key with its secret; nothing was sent")]
    StrayKey { place: &'static str },

    #[error("a token or header contains a character that HTTP does not allow")]
    HeaderCharacter,

    #[error("cannot prepare the connection: {0}")]
    Setup(String),
}

impl Error {
    /// There is no such thing: the router said so, or it is in none of its lists.
    pub(super) fn missing(noun: &'static str, id: &str, said: Option<&Self>) -> Self {
        let request_id = said.and_then(Self::request_id).map(str::to_owned);
        Self::Missing { noun, id: id.to_owned(), request_id }
    }

    /// The words about the silence of something else than the router.
    pub fn silence_of(&self, who: &str) -> String {
        match self {
            Self::Unreachable { place, reason } => unreachable(who, place, reason),
            Self::Timeout { place, after } => timeout(who, place, *after),
            other => other.to_string(),
        }
    }

    /// The router's id of the failed request, for its logs.
    pub fn request_id(&self) -> Option<&str> {
        match self {
            Self::Redirected { request_id, .. }
            | Self::NotJson { request_id, .. }
            | Self::Shape { request_id, .. }
            | Self::Missing { request_id, .. }
            | Self::Refused { request_id, .. } => request_id.as_deref(),
            _ => None,
        }
    }

    /// The router's error code, where it refused with one.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused { problem, .. } => problem.code(),
            _ => "",
        }
    }

    pub fn status(&self) -> Option<u16> {
        match self {
            Self::Refused { status, .. } | Self::NotJson { status, .. } => Some(*status),
            _ => None,
        }
    }

    /// Did the router say that it has no such route, in whatever words?
    pub fn is_no_route(&self) -> bool {
        self.code() == code::ROUTE_NOT_FOUND || matches!(self.status(), Some(404 | 405 | 501))
    }

    /// Is it unknown whether the router carried the request out?
    pub fn is_ambiguous(&self) -> bool {
        match self {
            Self::Unreachable { .. }
            | Self::Timeout { .. }
            | Self::TooLarge { .. }
            | Self::Shape { .. } => true,
            Self::NotJson { status, .. } => *status < 400 || *status >= 500,
            Self::Refused { status, .. } => *status >= 500,
            _ => false,
        }
    }
}

fn unreachable(who: &str, place: &str, reason: &str) -> String {
    format!("cannot reach {who} at {place}: {reason}")
}

fn timeout(who: &str, place: &str, after: Duration) -> String {
    format!("{who} at {place} did not answer within {}", seconds(after))
}

fn refusal(status: u16, problem: &Problem) -> String {
    let code = match &problem.code {
        serde_json::Value::String(word) => word.clone(),
        serde_json::Value::Null => String::new(),
        other => other.to_string(),
    };
    match (problem.message.is_empty(), code.is_empty()) {
        (false, false) => format!("the router refused ({status} {code}): {}", problem.message),
        (false, true) => format!("the router refused ({status}): {}", problem.message),
        (true, false) => format!("the router refused ({status} {code})"),
        (true, true) => format!("the router refused ({status})"),
    }
}

/// A list that a router may do without, as one that is older than its kind does.
pub fn if_there<T>(list: Result<Vec<T>>) -> Result<Vec<T>> {
    Ok(if_offered(list)?.unwrap_or_default())
}

/// The same for anything: nothing where the router has no route for it.
pub fn if_offered<T>(answer: Result<T>) -> Result<Option<T>> {
    match answer {
        Err(e) if e.is_no_route() => Ok(None),
        answer => answer.map(Some),
    }
}

fn seconds(limit: Duration) -> String {
    if limit.subsec_millis() == 0 {
        format!("{} s", limit.as_secs())
    } else {
        format!("{:.1} s", limit.as_secs_f64())
    }
}
