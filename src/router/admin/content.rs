//! `GET /v1/admin/content`: a retained request. This router retains none.

use crate::router::exchange::Exchange;
use crate::router::refusal::Refusal;
use crate::router::reply::Reply;
use crate::wire::error::code;

const PARAM_CHARS_MAX: usize = 256;

pub(super) fn lookup(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let query = exchange.request.uri().query().unwrap_or("");
    let given = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        let value = pairs.find(|(key, _)| key == name).map(|(_, value)| value.chars().count());
        value.is_some_and(|chars| (1..=PARAM_CHARS_MAX).contains(&chars))
    };
    if !given("tenant") || !given("ref") {
        let message = "`tenant` and `ref` are needed, each of at most 256 characters";
        return Err(Refusal::bad(code::INVALID_CONTENT_LOOKUP, message));
    }
    let message = "no content is kept under this reference";
    Err(Refusal::missing(code::CONTENT_NOT_FOUND, message))
}
