//! Headers that every route treats alike: the request's id, who it is attributed to, and CORS.

use http::{HeaderMap, HeaderName, HeaderValue};

use super::ids;
use super::refusal::Refusal;
use clawctl_wire::error::code;

pub(crate) const X_REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

const REQUEST_ID_CHARS_MAX: usize = 128;
const ATTRIBUTION_CHARS_MAX: usize = 256;

/// Where each attribution is looked for, in this order.
static SESSION: [HeaderName; 3] = [
    HeaderName::from_static("x-clawrouter-session-id"),
    HeaderName::from_static("x-claude-code-session-id"),
    HeaderName::from_static("session-id"),
];
static AGENT: [HeaderName; 2] = [
    HeaderName::from_static("x-clawrouter-agent-id"),
    HeaderName::from_static("x-claude-code-agent-id"),
];
static PARENT_AGENT: [HeaderName; 2] = [
    HeaderName::from_static("x-clawrouter-parent-agent-id"),
    HeaderName::from_static("x-claude-code-parent-agent-id"),
];
static PROJECT: [HeaderName; 1] = [HeaderName::from_static("x-clawrouter-project-id")];
static CLIENT: [HeaderName; 1] = [HeaderName::from_static("x-clawrouter-client")];

/// Who and what a request says it is made for. Nothing depends on it but reports.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Attribution {
    pub(crate) session: Option<String>,
    pub(crate) agent: Option<String>,
    pub(crate) parent_agent: Option<String>,
    pub(crate) project: Option<String>,
    pub(crate) client: Option<String>,
    pub(crate) trace: Option<String>,
    pub(crate) span: Option<String>,
}

impl Attribution {
    /// Reads what [`check_attribution`] has let through.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let first = |names: &[HeaderName]| {
            let value = names.iter().find_map(|name| headers.get(name))?;
            value.to_str().ok().map(str::to_owned)
        };
        let trace = headers.get("traceparent").and_then(|value| trace_parent(value.to_str().ok()?));
        let (trace, span) = trace.unzip();
        Self {
            session: first(&SESSION),
            agent: first(&AGENT),
            parent_agent: first(&PARENT_AGENT),
            project: first(&PROJECT),
            client: first(&CLIENT),
            trace,
            span,
        }
    }
}

/// The ids of a W3C `traceparent`: version, trace, span and flags, in lower-case hex. A version
/// after the first may say more behind them.
fn trace_parent(text: &str) -> Option<(String, String)> {
    let mut parts = text.trim().splitn(5, '-');
    let mut hex = |digits: usize| {
        let part = parts.next()?;
        let plain = part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        (part.len() == digits && plain).then_some(part)
    };
    let (version, trace, span, _flags) = (hex(2)?, hex(32)?, hex(16)?, hex(2)?);
    let more = parts.next().is_some();
    let is_zero = |id: &str| id.bytes().all(|b| b == b'0');
    let is_known = version != "ff" && (version != "00" || !more);
    let good = is_known && !is_zero(trace) && !is_zero(span);
    good.then(|| (trace.to_owned(), span.to_owned()))
}

/// The caller's id for this request, or nothing where it sends none.
fn request_id(headers: &HeaderMap) -> Result<Option<HeaderValue>, Refusal> {
    let mut values = headers.get_all(X_REQUEST_ID).iter();
    let Some(value) = values.next() else { return Ok(None) };
    if values.next().is_some() || !is_identifier(value, REQUEST_ID_CHARS_MAX) {
        return Err(Refusal::bad(
            code::INVALID_REQUEST_ID,
            "x-request-id takes 1 to 128 letters, digits and `._~:/+@=-`",
        ));
    }
    Ok(Some(value.clone()))
}

/// The id in the head of a request or of its answer.
pub(crate) fn id_of(headers: &HeaderMap) -> &str {
    headers.get(X_REQUEST_ID).and_then(|id| id.to_str().ok()).unwrap_or_default()
}

/// The id of a request, and whether the headers that say what it is made for can be kept.
pub(crate) fn checked(headers: &HeaderMap) -> (HeaderValue, Result<(), Refusal>) {
    match request_id(headers) {
        Ok(given) => (given.unwrap_or_else(fresh_request_id), check_attribution(headers)),
        Err(refusal) => (fresh_request_id(), Err(refusal)),
    }
}

/// Refuses attributions that could not be stored as they came.
fn check_attribution(headers: &HeaderMap) -> Result<(), Refusal> {
    let kinds: [&[HeaderName]; 5] = [&SESSION, &AGENT, &PARENT_AGENT, &PROJECT, &CLIENT];
    for names in kinds {
        let given = names.iter().find_map(|name| Some((name, headers.get(name)?)));
        if let Some((name, value)) = given
            && !is_identifier(value, ATTRIBUTION_CHARS_MAX)
        {
            let message = format!("{name} takes 1 to 256 letters, digits and `._~:/+@=-`");
            return Err(Refusal::bad(code::INVALID_ATTRIBUTION_ID, message));
        }
    }
    Ok(())
}

fn is_identifier(value: &HeaderValue, chars_max: usize) -> bool {
    let bytes = value.as_bytes();
    (1..=chars_max).contains(&bytes.len())
        && bytes.iter().all(|b| b.is_ascii_alphanumeric() || b"._~:/+@=-".contains(b))
}

/// An id for a request that came without one.
pub(crate) fn fresh_request_id() -> HeaderValue {
    let text = format!("req_{:032x}", ids::fresh());
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static("req_"))
}

/// What browsers are allowed. The lists are part of the contract, whether or not a route uses them.
static CORS: [(HeaderName, HeaderValue); 5] = [
    (HeaderName::from_static("access-control-allow-origin"), HeaderValue::from_static("*")),
    (
        HeaderName::from_static("access-control-allow-headers"),
        HeaderValue::from_static(
            "authorization,content-type,x-api-key,anthropic-beta,anthropic-version,x-request-id,\
         traceparent,session-id,thread-id,session_id,x-clawrouter-session-id,\
         x-clawrouter-agent-id,x-clawrouter-parent-agent-id,x-clawrouter-project-id,\
         x-clawrouter-client,x-claude-code-session-id,x-claude-code-agent-id,\
         x-claude-code-parent-agent-id,anthropic-dangerous-direct-browser-access,\
         x-stainless-retry-count,x-stainless-timeout,x-stainless-lang,\
         x-stainless-package-version,x-stainless-os,x-stainless-arch,x-stainless-runtime,\
         x-stainless-runtime-version,x-stainless-helper-method,x-stainless-helper",
        ),
    ),
    (
        HeaderName::from_static("access-control-allow-methods"),
        HeaderValue::from_static("GET,POST,PUT,OPTIONS"),
    ),
    (
        HeaderName::from_static("access-control-expose-headers"),
        HeaderValue::from_static(
            "x-request-id,x-clawrouter-content-retention,x-clawrouter-upstream-provider,\
         x-clawrouter-fusion,x-clawrouter-fusion-aggregator,x-clawrouter-fusion-adviser-count,\
         x-clawrouter-fusion-failed-count,x-clawrouter-fusion-latency-ms,\
         x-clawrouter-fusion-advisers",
        ),
    ),
    (HeaderName::from_static("access-control-max-age"), HeaderValue::from_static("600")),
];

pub(crate) fn allow_origins(headers: &mut HeaderMap) {
    for (name, value) in &CORS {
        headers.insert(name, value.clone());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(name: &'static str, value: &str) -> HeaderMap {
        HeaderMap::from_iter([(HeaderName::from_static(name), value.parse().unwrap())])
    }

    #[test]
    fn a_request_id_is_kept_or_refused() {
        let check = |value: &str, good: bool| {
            assert_eq!(request_id(&with("x-request-id", value)).is_ok(), good, "{value}");
        };
        check("caller-1/a+b=c@d~e:f._", true);
        check(&"x".repeat(128), true);
        check(&"x".repeat(129), false);
        check("", false);
        check("bad id", false);
        check("semi;colon", false);
        assert_eq!(request_id(&HeaderMap::new()), Ok(None));
    }

    #[test]
    fn an_attribution_falls_back_to_what_known_clients_send() {
        let check = |name, field: fn(&Attribution) -> &Option<String>| {
            let read = Attribution::of(&with(name, "value-1"));
            assert_eq!(field(&read).as_deref(), Some("value-1"), "{name}");
        };
        check("x-claude-code-session-id", |read| &read.session);
        check("session-id", |read| &read.session);
        check("x-claude-code-agent-id", |read| &read.agent);
        check("x-claude-code-parent-agent-id", |read| &read.parent_agent);
        check("x-clawrouter-project-id", |read| &read.project);
        check("x-clawrouter-client", |read| &read.client);
        let mut both = with("session-id", "fallback");
        both.insert("x-clawrouter-session-id", "named".parse().unwrap());
        assert_eq!(Attribution::of(&both).session.as_deref(), Some("named"));
    }

    #[test]
    fn a_broken_trace_is_none() {
        const TRACE: &str = "4bf92f3577b34da6a3ce929d0e0e4736";
        const SPAN: &str = "00f067aa0ba902b7";
        let check = |text: &str, good: bool| {
            let expected = good.then(|| (TRACE.to_owned(), SPAN.to_owned()));
            assert_eq!(trace_parent(text), expected, "{text}");
        };
        check(&format!("00-{TRACE}-{SPAN}-01"), true);
        check(&format!("01-{TRACE}-{SPAN}-01-more"), true);
        check(&format!("00-{TRACE}-{SPAN}-01-more"), false);
        check(&format!("ff-{TRACE}-{SPAN}-01"), false);
        check(&format!("00-{}-{SPAN}-01", TRACE.to_uppercase()), false);
        check(&format!("00-{}-{SPAN}-01", "0".repeat(32)), false);
        check(&format!("00-{TRACE}-{}-01", "0".repeat(16)), false);
        check(&format!("00-{TRACE}-{SPAN}"), false);
        check("", false);
    }

    #[test]
    fn two_request_ids_are_none() {
        let mut headers = with("x-request-id", "one");
        headers.append("x-request-id", "two".parse().unwrap());
        assert_eq!(request_id(&headers).unwrap_err().code, "invalid_request_id");
    }

    #[test]
    fn the_first_attribution_header_of_a_kind_counts() {
        let check = |name, value: &str, good: bool| {
            assert_eq!(check_attribution(&with(name, value)).is_ok(), good, "{name}: {value}");
        };
        check("x-clawrouter-agent-id", "has space", false);
        check("x-clawrouter-agent-id", "openclaw/main", true);
        check("session-id", "a b", false);
        check("x-clawrouter-client", &"x".repeat(256), true);
        check("x-clawrouter-client", &"x".repeat(257), false);
        check("x-claude-code-parent-agent-id", "", false);
        check("x-unrelated", "a b", true);
        let mut both = with("x-clawrouter-session-id", "fine");
        both.insert("session-id", "not fine".parse().unwrap());
        assert!(check_attribution(&both).is_ok());
    }
}
