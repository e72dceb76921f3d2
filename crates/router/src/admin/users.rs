//! Access users: their records, and the policies that are bound to their addresses.

use super::fields::Fields;
use super::listing;
use super::target::decode;
use crate::exchange::Exchange;
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::store::users::UserRecord;
use crate::store::{Db, bindings, policies, users};
use clawctl_wire::binding::{Binding, BindingKey, PrincipalType};
use clawctl_wire::error::code;
use clawctl_wire::id::check_id;
use clawctl_wire::policy::DEFAULT_TENANT;
use clawctl_wire::user::{self, GrantedUser};

pub(super) fn list(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    listing::list(exchange, "users", |db, after, take| {
        users::walk(db, after, |record| take(&record.user.email, &record.user))
    })
}

/// Unlike elsewhere, what a body leaves out here is kept.
pub(super) fn put(exchange: &Exchange<'_>, encoded: &str) -> Result<Reply, Refusal> {
    let email = email(encoded)?;
    let body = exchange.json()?;
    let fields = Fields::of(&body, code::INVALID_ACCESS_USER)?;
    let record = exchange.core.store.write(|db| save(exchange, db, &email, fields))?;
    Reply::private(&record.user)
}

/// The same, and the policies that are bound to the address from now on. Bindings to others are
/// switched off, and none is ever forgotten.
pub(super) fn put_grants(exchange: &Exchange<'_>, encoded: &str) -> Result<Reply, Refusal> {
    let email = email(encoded)?;
    let body = exchange.json()?;
    let fields = Fields::of(&body, code::INVALID_ACCESS_USER)?;
    let wanted = policy_ids(fields)?;
    let granted = exchange.core.store.write(|db| {
        check_policies(db, &wanted, "a policy that is to be granted does not exist")?;
        let record = save(exchange, db, &email, fields)?;
        let present = bindings::of(db, &PrincipalType::User, &email)?;
        for binding in &present {
            let enabled = wanted.contains(&binding.policy_id);
            bindings::put(db, &Binding { enabled, ..binding.clone() }, exchange.now)?;
        }
        for policy_id in wanted {
            let is_new = present.iter().all(|binding| binding.policy_id != policy_id);
            if let Some(key) = BindingKey::of_user(&email, &policy_id).filter(|_| is_new) {
                bindings::put(db, &Binding::with_defaults(&key), exchange.now)?;
            }
        }
        let bindings = bindings::of(db, &PrincipalType::User, &email)?;
        Ok::<_, Refusal>(GrantedUser { user: record.user, bindings })
    })?;
    Reply::private(&granted)
}

/// Writes what a body says of a user over what there is of him.
fn save(
    exchange: &Exchange<'_>,
    db: &Db,
    email: &str,
    fields: Fields<'_>,
) -> Result<UserRecord, Refusal> {
    let present = users::find(db, email)?;
    let mut record = present.clone().unwrap_or_else(|| UserRecord::fresh(email));
    let user = &mut record.user;
    if fields.get("tenantId").is_some() {
        let named = fields.text("tenantId")?;
        user.tenant_id = named.unwrap_or_else(|| DEFAULT_TENANT.to_owned());
    }
    if fields.get("enabled").is_some() {
        // Null is yes.
        user.enabled = match fields.given("enabled") {
            None => true,
            Some(_) => fields.boolean("enabled")?.unwrap_or(true),
        };
    }
    if let Some(names) = fields.strings("groups")? {
        user.groups = user::groups(names);
    }
    if let Some(yes) = fields.boolean("contentRetentionDisabled")? {
        user.content_retention_disabled = yes;
    }
    if present.as_ref() != Some(&record) {
        users::put(db, &record, exchange.now)?;
    }
    Ok(record)
}

fn email(encoded: &str) -> Result<String, Refusal> {
    let decoded = decode(encoded)?;
    user::email(&decoded).ok_or_else(|| {
        let message = format!("`{}` is not an e-mail address", decoded.escape_debug());
        Refusal::bad(code::INVALID_ACCESS_USER, message)
    })
}

/// None named means none, and so does no word about them.
fn policy_ids(fields: Fields<'_>) -> Result<Vec<String>, Refusal> {
    let mut ids: Vec<String> = Vec::new();
    for id in fields.strings("policyIds")?.unwrap_or_default() {
        let id = id.trim();
        check_id(id).map_err(|error| fields.refuse(format!("`policyIds`: {error}")))?;
        if !ids.iter().any(|known| known == id) {
            ids.push(id.to_owned());
        }
    }
    Ok(ids)
}

/// Refuses what names a policy that there is not.
pub(super) fn check_policies(db: &Db, ids: &[String], message: &str) -> Result<(), Refusal> {
    for id in ids {
        if policies::find(db, id)?.is_none() {
            let message = format!("{message}: `{}`", id.escape_debug());
            return Err(Refusal::missing(code::UNKNOWN_POLICY, message));
        }
    }
    Ok(())
}
