//! What a provider says when it fails, in the one shape that clients of a stream read.

use std::borrow::Cow;

use http::{HeaderValue, StatusCode};
use hyper::body::Bytes;
use serde::Serialize;
use serde_json::Value;

/// The most of a body that is read for it.
pub(crate) const ERROR_BYTES_MAX: usize = 64 * 1024;

/// What is said where the provider says nothing that can be passed on.
const MESSAGE_DEFAULT: &str = "upstream request failed";
const TYPE_DEFAULT: &str = "upstream_error";

/// The answer to a client that asked for a stream, from a provider that refused. Of a body that
/// is no JSON nothing is passed on: it is a page of some proxy in between, not a message.
pub(crate) fn rewrite_error(
    status: StatusCode,
    content_type: Option<&HeaderValue>,
    body: &[u8],
) -> Bytes {
    let is_page = content_type
        .and_then(|value| value.to_str().ok())
        .is_some_and(|value| value.to_ascii_lowercase().contains("html"));
    let error = if is_page { ErrorBody::default() } else { ErrorBody::read(body) };
    error.to_bytes(status)
}

/// The same for a body whose `error` is a bare text; nothing for any other, which is passed on as
/// it came.
pub(crate) fn rewrite_bare_error(status: StatusCode, body: &[u8]) -> Option<Bytes> {
    let value: Value = serde_json::from_slice(body).ok()?;
    value.get("error")?.as_str()?;
    Some(ErrorBody::of(&value).to_bytes(status))
}

/// What was said of an error, as far as it was.
#[derive(Debug, Default, PartialEq)]
pub(super) struct ErrorBody {
    message: Option<String>,
    kind: Option<String>,
    code: Option<Value>,
}

impl ErrorBody {
    pub(super) fn read(body: &[u8]) -> Self {
        let value = serde_json::from_slice(body).ok();
        value.as_ref().map(Self::of).unwrap_or_default()
    }

    fn of(value: &Value) -> Self {
        let error = error_in(value);
        let text = |name| error.get(name).and_then(Value::as_str).filter(|text| !text.is_empty());
        let message = error.as_str().or_else(|| text("message")).or_else(|| text("detail"));
        let can_be_said = |text: &&str| !text.is_empty() && !is_markup(text);
        Self {
            message: message.filter(can_be_said).map(str::to_owned),
            // Beside the message of an event, `type` says what kind of event it is.
            kind: text("type").filter(|kind| *kind != "error").map(str::to_owned),
            code: error.get("code").filter(|code| code.is_string() || code.is_number()).cloned(),
        }
    }

    pub(super) fn to_bytes(&self, status: StatusCode) -> Bytes {
        let envelope = Envelope {
            error: Said {
                message: self.message.as_deref().unwrap_or(MESSAGE_DEFAULT),
                kind: self.kind.as_deref().unwrap_or(TYPE_DEFAULT),
                code: match &self.code {
                    Some(code) => Cow::Borrowed(code),
                    None => Cow::Owned(Value::from(status.as_u16())),
                },
            },
        };
        // Texts and a number: there is nothing here that could not be written.
        serde_json::to_vec(&envelope).unwrap_or_default().into()
    }
}

/// The status that an error names as its code.
pub(super) fn numeric_code(body: &[u8]) -> Option<u16> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let code = error_in(&value).get("code")?.as_u64()?;
    u16::try_from(code).ok().filter(|code| (400..=599).contains(code))
}

/// Where the error is: in a member, or in the first of a list, or all of it.
fn error_in(value: &Value) -> &Value {
    let value = value.get(0).unwrap_or(value);
    value.get("error").filter(|error| error.is_string() || error.is_object()).unwrap_or(value)
}

fn is_markup(text: &str) -> bool {
    text.trim_start().starts_with('<')
}

#[derive(Serialize)]
struct Envelope<'a> {
    error: Said<'a>,
}

#[derive(Serialize)]
struct Said<'a> {
    message: &'a str,
    #[serde(rename = "type")]
    kind: &'a str,
    code: Cow<'a, Value>,
}
