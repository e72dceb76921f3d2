//! `GET /v1/admin/content`: a retained request, with its prompt in clear.

use hyper::body::Bytes;

use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::contents;
use clawctl_wire::error::code;

const PARAM_CHARS_MAX: usize = 256;

pub(super) fn lookup(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let query = exchange.request.uri().query().unwrap_or("");
    let given = |name: &str| {
        let mut pairs = url::form_urlencoded::parse(query.as_bytes());
        let value = pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
        value.filter(|value| (1..=PARAM_CHARS_MAX).contains(&value.chars().count()))
    };
    let (Some(tenant), Some(reference)) = (given("tenant"), given("ref")) else {
        let message = "`tenant` and `ref` are needed, each of at most 256 characters";
        return Err(Refusal::bad(code::INVALID_CONTENT_LOOKUP, message));
    };
    let find = |db: &_| contents::find(db, &tenant, &reference, exchange.now);
    match exchange.core.store.read(find)? {
        Some(json) => Ok(Reply::private_bytes(Bytes::from(json))),
        None => {
            let message = "no content is kept under this reference";
            Err(Refusal::missing(code::CONTENT_NOT_FOUND, message))
        }
    }
}
