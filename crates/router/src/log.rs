//! What a served router logs, as events of `tracing` under one target. Nothing in them is secret.
//!
//! A subscriber passes what is [`is_ours`] on to [`LogLine::of`]. Without a subscriber, no line
//! is put together.

use std::fmt::Debug;
use std::time::Duration;

use http::Response;
use jiff::Timestamp;
use tracing::field::{Field, Visit};
use tracing::{Event, Level, Metadata, enabled, error, info, warn};

use super::cause::Cause;
use super::exchange::Identity;
use super::headers;

const TARGET: &str = "clawctl_router::served";

/// What a log is told.
#[derive(Debug, Clone)]
pub enum LogLine {
    Answered(AccessLine),
    /// Something that the operator should know.
    Notice {
        at: Timestamp,
        text: String,
    },
    /// The router itself failed, and why. The client was told the id of the request alone.
    Failed {
        at: Timestamp,
        request_id: String,
        cause: String,
    },
}

/// One answered request.
#[derive(Debug, Clone)]
pub struct AccessLine {
    pub at: Timestamp,
    pub method: String,
    /// Without the query, and without anything that looks like a key.
    pub path: String,
    pub status: u16,
    pub request_id: String,
    /// Until the answer was ready, which is before it was sent.
    pub duration: Duration,
    /// Who it was from, where that was proved.
    pub identity: Option<Identity>,
}

/// Whether an event is one of a served router.
pub fn is_ours(metadata: &Metadata<'_>) -> bool {
    metadata.target() == TARGET
}

/// Whether anybody wants to know of each answer.
pub(crate) fn hears_answers() -> bool {
    enabled!(target: TARGET, Level::INFO)
}

pub(crate) fn answered(line: &AccessLine) {
    let AccessLine { at, method, path, status, request_id, duration, identity } = line;
    let (who, policy) = match identity {
        None => (None, None),
        Some(Identity::Admin) => (Some(""), None),
        Some(Identity::Key { id, policy }) => (Some(id.as_str()), Some(policy.as_str())),
    };
    let duration = u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX);
    let at = at.as_nanosecond();
    info!(target: TARGET, at, method, path, status, request_id, duration, who, policy);
}

pub(crate) fn notice(at: Timestamp, text: &str) {
    let at = at.as_nanosecond();
    warn!(target: TARGET, at, text);
}

/// Says why the router failed to answer, if it did.
pub(crate) fn failure<B>(at: Timestamp, response: &Response<B>) {
    if let Some(cause) = response.extensions().get::<Cause>() {
        failed(at, headers::id_of(response.headers()), cause);
    }
}

pub(crate) fn failed(at: Timestamp, request_id: &str, cause: &Cause) {
    let at = at.as_nanosecond();
    error!(target: TARGET, at, request_id, cause = cause.chain());
}

impl LogLine {
    /// What an event says; nothing if it is not one of these.
    pub fn of(event: &Event<'_>) -> Option<Self> {
        let mut said = Said::default();
        event.record(&mut said);
        let at = Timestamp::from_nanosecond(said.at).ok()?;
        match *event.metadata().level() {
            Level::INFO => Some(Self::Answered(AccessLine {
                at,
                method: said.method,
                path: said.path,
                status: u16::try_from(said.status).ok()?,
                request_id: said.request_id,
                duration: Duration::from_nanos(said.duration),
                identity: match (said.who, said.policy) {
                    (None, _) => None,
                    (Some(_), None) => Some(Identity::Admin),
                    (Some(id), Some(policy)) => Some(Identity::Key { id, policy }),
                },
            })),
            Level::WARN => Some(Self::Notice { at, text: said.text }),
            Level::ERROR => {
                Some(Self::Failed { at, request_id: said.request_id, cause: said.cause })
            }
            _ => None,
        }
    }
}

/// The fields of an event.
#[derive(Default)]
struct Said {
    at: i128,
    status: u64,
    duration: u64,
    method: String,
    path: String,
    request_id: String,
    text: String,
    cause: String,
    who: Option<String>,
    policy: Option<String>,
}

impl Visit for Said {
    fn record_i128(&mut self, _: &Field, value: i128) {
        self.at = value;
    }

    fn record_u64(&mut self, field: &Field, value: u64) {
        match field.name() {
            "status" => self.status = value,
            _ => self.duration = value,
        }
    }

    fn record_str(&mut self, field: &Field, value: &str) {
        let value = value.to_owned();
        match field.name() {
            "method" => self.method = value,
            "path" => self.path = value,
            "request_id" => self.request_id = value,
            "text" => self.text = value,
            "cause" => self.cause = value,
            "who" => self.who = Some(value),
            _ => self.policy = Some(value),
        }
    }

    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}
}
