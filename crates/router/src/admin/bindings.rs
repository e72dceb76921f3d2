//! Policy bindings: `GET` and `PUT /v1/admin/policy-bindings`.

use serde_json::Value;

use super::fields::Fields;
use super::users::check_policies;
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::bindings;
use clawctl_wire::binding::{Binding, BindingKey, BindingList};
use clawctl_wire::error::code;
use clawctl_wire::id::check_id;

pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    Reply::private(&BindingList { bindings: exchange.core.store.read(bindings::all)? })
}

/// The body names the binding as well as what becomes of it; what it leaves out of the latter falls
/// to a default.
pub(super) fn put(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let body = exchange.json()?;
    let binding = read(Fields::of(&body, code::INVALID_POLICY_BINDING)?)?;
    exchange.core.store.write(|db| {
        let policy = std::slice::from_ref(&binding.policy_id);
        check_policies(db, policy, "the policy that is to be bound does not exist")?;
        bindings::put(db, &binding, exchange.now)?;
        Ok::<_, Refusal>(())
    })?;
    Reply::private(&binding)
}

fn read(fields: Fields<'_>) -> Result<Binding, Refusal> {
    let text = |name: &str| match fields.get(name).and_then(Value::as_str) {
        Some(text) => Ok(text.trim()),
        None => Err(fields.refuse(format!("`{name}` takes a text"))),
    };
    let key = match fields.get("principalType").and_then(Value::as_str) {
        Some("user") => BindingKey::of_user,
        Some("group") => BindingKey::of_group,
        _ => return Err(fields.refuse("`principalType` takes user or group")),
    };
    let principal_id = text("principalId")?;
    let policy_id = text("policyId")?;
    let key = key(principal_id, policy_id).ok_or_else(|| {
        fields.refuse("`principalId` takes an e-mail address, or the name of a group")
    })?;
    check_id(policy_id).map_err(|error| fields.refuse(format!("`policyId`: {error}")))?;
    let mut binding = Binding::with_defaults(&key);
    binding.enabled = fields.boolean("enabled")?.unwrap_or(binding.enabled);
    binding.priority = fields.priority()?.unwrap_or(binding.priority);
    Ok(binding)
}
