//! Answers, and the headers that go with each kind of them.

use http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, RETRY_AFTER, X_CONTENT_TYPE_OPTIONS};
use http::{HeaderValue, Response, StatusCode};
use hyper::body::Bytes;
use serde::Serialize;

use super::cause::Cause;
use super::exchange::Caller;
use super::refusal::Refusal;
use super::store::StoreError;
use clawctl_wire::error::{ErrorEnvelope, code};

/// How an answer is labelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// The same for everyone.
    Public,
    /// Meant for one caller, and for no cache.
    Private,
    Refusal,
    Empty,
}

/// An answer before it becomes an HTTP response.
#[derive(Debug, Clone)]
pub(crate) struct Reply {
    status: StatusCode,
    kind: Kind,
    body: Bytes,
    revision: Option<u64>,
    retry_after: Option<u32>,
    /// Why the router failed, for its log.
    cause: Option<Cause>,
}

impl Reply {
    pub(crate) fn public(body: &impl Serialize) -> Result<Self, Refusal> {
        Ok(Self::public_bytes(json(body)?))
    }

    /// A body that was written earlier.
    pub(crate) fn public_bytes(body: Bytes) -> Self {
        Self::new(StatusCode::OK, Kind::Public, body)
    }

    pub(crate) fn private(body: &impl Serialize) -> Result<Self, Refusal> {
        Ok(Self::private_bytes(json(body)?))
    }

    /// As [`Self::private`], of a body that was written earlier.
    pub(crate) fn private_bytes(body: Bytes) -> Self {
        Self::new(StatusCode::OK, Kind::Private, body)
    }

    /// The answer to a preflight request.
    pub(crate) fn empty() -> Self {
        Self::new(StatusCode::NO_CONTENT, Kind::Empty, Bytes::new())
    }

    /// A refusal in words for its caller. Why the router itself failed is for its log, and for
    /// the owner of its file, who asks in this process and has no log.
    pub(crate) fn refused(refusal: Refusal, caller: Caller, request_id: &HeaderValue) -> Self {
        let Refusal { status, code, message, retry_after, cause } = refusal;
        let message = match (&cause, caller) {
            (Some(cause), Caller::InProcess) if code == code::INTERNAL_ERROR => {
                cause.to_string().into()
            }
            (Some(_), Caller::Network) if code == code::INTERNAL_ERROR => {
                let id = request_id.to_str().unwrap_or_default();
                format!("the router failed to answer; see its log for request ID {id}").into()
            }
            _ => message,
        };
        // Two strings in two objects: there is nothing here that could not be written.
        let body = json(&ErrorEnvelope::new(code, message)).unwrap_or_default();
        Self { retry_after, cause, ..Self::new(status, Kind::Refusal, body) }
    }

    fn new(status: StatusCode, kind: Kind, body: Bytes) -> Self {
        Self { status, kind, body, revision: None, retry_after: None, cause: None }
    }

    /// Extension `revision`: the resource's ETag.
    pub(crate) fn with_revision(mut self, revision: u64) -> Self {
        self.revision = Some(revision);
        self
    }

    pub(crate) fn into_response(self) -> Response<Bytes> {
        let mut response = Response::new(self.body);
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        let mut set = |name, value| headers.insert(name, HeaderValue::from_static(value));
        match self.kind {
            Kind::Public => {
                set(CONTENT_TYPE, "application/json");
            }
            Kind::Private => {
                set(CONTENT_TYPE, "application/json; charset=utf-8");
                set(CACHE_CONTROL, "no-store");
                set(X_CONTENT_TYPE_OPTIONS, "nosniff");
            }
            Kind::Refusal => {
                set(CONTENT_TYPE, "application/json; charset=utf-8");
            }
            Kind::Empty => {}
        }
        if let Some(revision) = self.revision
            && let Ok(tag) = HeaderValue::try_from(format!("\"{revision}\""))
        {
            headers.insert(ETAG, tag);
        }
        if let Some(seconds) = self.retry_after {
            headers.insert(RETRY_AFTER, seconds.into());
        }
        if let Some(cause) = self.cause {
            response.extensions_mut().insert(cause);
        }
        response
    }
}

impl From<StoreError> for Refusal {
    fn from(error: StoreError) -> Self {
        Self::failed(error)
    }
}

pub(crate) fn json(value: &impl Serialize) -> Result<Bytes, Refusal> {
    match serde_json::to_vec(value) {
        Ok(bytes) => Ok(bytes.into()),
        Err(error) => Err(Refusal::internal(format!("the answer could not be written: {error}"))),
    }
}
