//! One request on its way through the router.

use std::sync::OnceLock;

use http::{HeaderMap, Method, Request};
use hyper::body::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use super::capacity::Exhausted;
use super::core::Core;
use super::refusal::Refusal;
use clawctl_wire::BODY_BYTES_MAX;
use clawctl_wire::error::code;

/// Where a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Caller {
    /// This very process, on behalf of the owner of the file: an administrator without a token.
    InProcess,
    /// Somebody at the other end of a socket.
    Network,
}

/// Who a request turned out to be from. It travels in the extensions of the response, for a log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Identity {
    Admin,
    Key { id: String, policy: String },
}

/// Why the body of a request was not read. It stands in the request's extensions, so that the
/// refusal comes where the contract has it: behind authentication.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unread {
    /// It is longer than any may be.
    TooLong,
    /// The head of the request did not show that anyone may send it.
    OfAStranger,
    NoMemory(Exhausted),
}

/// A request, with what every handler needs beside it.
pub(crate) struct Exchange<'a> {
    pub(crate) core: &'a Core,
    pub(crate) request: &'a Request<Bytes>,
    pub(crate) caller: Caller,
    pub(crate) now: Timestamp,
    pub(crate) identity: OnceLock<Identity>,
}

impl<'a> Exchange<'a> {
    pub(crate) fn new(core: &'a Core, request: &'a Request<Bytes>, caller: Caller) -> Self {
        Self { core, request, caller, now: (core.clock)(), identity: OnceLock::new() }
    }

    pub(crate) fn method(&self) -> &'a Method {
        self.request.method()
    }

    pub(crate) fn headers(&self) -> &'a HeaderMap {
        self.request.headers()
    }

    /// The body as JSON, whatever its content type claims.
    pub(crate) fn json(&self) -> Result<Value, Refusal> {
        serde_json::from_slice(checked_body(self.request)?).map_err(|error| {
            Refusal::bad(code::INVALID_JSON, format!("the body is not JSON: {error}"))
        })
    }

    pub(crate) fn is(&self, identity: Identity) {
        // The first is the right one; nothing in a request changes who it is from.
        let _ = self.identity.set(identity);
    }
}

/// The text of a body, unless it is longer than any may be.
pub(crate) fn checked_body(request: &Request<Bytes>) -> Result<&[u8], Refusal> {
    match request.extensions().get::<Unread>() {
        Some(Unread::TooLong) => Err(too_large()),
        // Only somebody who was let in since gets here.
        Some(Unread::OfAStranger) => {
            let message = "this request was not accepted when it came; send it once more";
            Err(Refusal::unauthorized(code::INVALID_PROXY_KEY, message))
        }
        Some(Unread::NoMemory(exhausted)) => Err(exhausted.refusal(
            "the router holds as many request bodies as it may; try again",
            "the router holds as many request bodies of this key as it may; try again",
        )),
        None => checked_length(request.body()),
    }
}

/// The same of a body that was read.
pub(crate) fn checked_length(body: &[u8]) -> Result<&[u8], Refusal> {
    if body.len() > BODY_BYTES_MAX {
        return Err(too_large());
    }
    // Some programs write a byte order mark in front of UTF-8; it means nothing.
    Ok(body.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(body))
}

fn too_large() -> Refusal {
    Refusal::new(
        http::StatusCode::PAYLOAD_TOO_LARGE,
        code::REQUEST_TOO_LARGE,
        "a request body has at most 8 MiB",
    )
}
