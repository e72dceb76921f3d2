//! The one way in which a request is refused: a status, a code, and a sentence.

use std::borrow::Cow;
use std::error::Error;

use http::StatusCode;

use super::cause::Cause;
use clawctl_wire::error::code;

/// What is said of a failure of the router's own. What it comes from is for the log.
const FAILED: &str = "the router failed; see its log";

/// Why a request is not answered as asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) message: Cow<'static, str>,
    /// After how many seconds it may be worth another try.
    pub(crate) retry_after: Option<u32>,
    /// What it comes from, where only the operator may know that.
    pub(crate) cause: Option<Cause>,
}

impl Refusal {
    pub(crate) fn new(
        status: StatusCode,
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { status, code, message: message.into(), retry_after: None, cause: None }
    }

    pub(crate) fn unavailable(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::SERVICE_UNAVAILABLE, code, message)
    }

    pub(crate) fn retry_after(self, seconds: u32) -> Self {
        Self { retry_after: Some(seconds), ..self }
    }

    /// The request itself is at fault.
    pub(crate) fn bad(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, code, message)
    }

    pub(crate) fn unauthorized(code: &'static str, message: &'static str) -> Self {
        Self::new(StatusCode::UNAUTHORIZED, code, message)
    }

    pub(crate) fn forbidden(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::FORBIDDEN, code, message)
    }

    pub(crate) fn missing(code: &'static str, message: impl Into<Cow<'static, str>>) -> Self {
        Self::new(StatusCode::NOT_FOUND, code, message)
    }

    pub(crate) fn no_route() -> Self {
        Self::missing(code::ROUTE_NOT_FOUND, "there is nothing at this path for this method")
    }

    pub(crate) fn no_admin_route() -> Self {
        Self::missing(code::ROUTE_NOT_FOUND, "the admin API has nothing here for this method")
    }

    pub(crate) fn wrong_method() -> Self {
        let message = "the admin API does not take this method here";
        Self::new(StatusCode::METHOD_NOT_ALLOWED, code::METHOD_NOT_ALLOWED, message)
    }

    /// The router itself failed.
    pub(crate) fn internal(cause: impl Into<Cause>) -> Self {
        let failed = Self::new(StatusCode::INTERNAL_SERVER_ERROR, code::INTERNAL_ERROR, FAILED);
        Self { cause: Some(cause.into()), ..failed }
    }

    /// As [`Self::internal`], because of an error.
    pub(crate) fn failed(error: impl Error + Send + Sync + 'static) -> Self {
        Self::internal(Cause::of(error))
    }

    /// The same refusal, with what it comes from.
    pub(crate) fn because(self, error: impl Error + Send + Sync + 'static) -> Self {
        Self { cause: Some(Cause::of(error)), ..self }
    }
}
