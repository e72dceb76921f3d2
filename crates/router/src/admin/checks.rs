//! Extension `provider.check`: who may have a provider asked, and for which model.

use std::cell::OnceCell;

use http::Request;
use hyper::body::Bytes;
use jiff::Timestamp;
use serde_json::Value;

use crate::exchange::{Caller, Exchange, Identity, checked_body};
use crate::refusal::Refusal;
use crate::{Router, auth};
use clawctl_wire::error::code;

/// Lets the administrator through, and gives the model that is named, if one is.
pub(crate) fn check_asked(
    router: &Router,
    request: &Request<Bytes>,
    caller: Caller,
    now: Timestamp,
    identity: &mut Option<Identity>,
) -> Result<Option<String>, Refusal> {
    let exchange = Exchange { router, request, caller, now, identity: OnceCell::new() };
    auth::admin(&exchange)?;
    let body = checked_body(request)?;
    let asked = if body.is_empty() { Ok(Value::Null) } else { exchange.json() };
    *identity = exchange.identity.into_inner();
    let asked = asked?;
    match asked.get("model") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(model)) => Ok(Some(model.clone())),
        Some(_) => Err(Refusal::bad(code::INVALID_REQUEST_BODY, "`model` takes the id of a model")),
    }
}
