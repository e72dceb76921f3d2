//! Extension `provider.check`: who may have a provider asked, and for which model.

use serde_json::Value;

use crate::auth;
use crate::exchange::{Exchange, checked_body};
use crate::refusal::Refusal;
use clawctl_wire::error::code;

/// Lets the administrator through, and gives the model that is named, if one is.
pub(crate) fn check_asked(exchange: &Exchange<'_>) -> Result<Option<String>, Refusal> {
    auth::admin(exchange)?;
    let body = checked_body(exchange.request)?;
    let asked = if body.is_empty() { Value::Null } else { exchange.json()? };
    match asked.get("model") {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(model)) => Ok(Some(model.clone())),
        Some(_) => Err(Refusal::bad(code::INVALID_REQUEST_BODY, "`model` takes the id of a model")),
    }
}
