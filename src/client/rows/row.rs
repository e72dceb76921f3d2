//! What a row of a list is, and what is made of one that cannot be understood.

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use super::split::Fault;
use super::unread::UnreadRow;
use crate::client::hidden::Hidden;
use clawctl_wire::binding::Binding;
use clawctl_wire::catalog::{
    CatalogModel, CatalogProvider, CatalogRoute, ProviderHealth, Readiness,
};
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::{Credential, CredentialHash};
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::grant::Grant;
use clawctl_wire::overview::Tenant;
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::{Capability, Endpoint, Model, Provider};
use clawctl_wire::rule::Rule;
use clawctl_wire::usage::{DailyUsage, PolicyUsage, ProviderUsage};
use clawctl_wire::usage_query::UsageGroup;
use clawctl_wire::user::AccessUser;

/// One row of a list.
pub trait Row: DeserializeOwned {
    /// The members that together name a row.
    const ID: &'static [&'static str] = &[];

    /// The lists inside a row whose own rows can be left out one by one.
    const PARTS: &'static [Part] = &[];
}

/// A list inside a row.
pub struct Part {
    member: &'static str,
    noun: &'static str,
    check: fn(&Value) -> serde_json::Result<()>,
}

/// A row, and what had to be left out of it.
pub(super) struct ReadRow<T> {
    pub(super) row: T,
    pub(super) left_out: Vec<UnreadRow>,
}

/// Reads a row. `Ok(Err)` is a row that is JSON, but cannot be understood.
pub(super) fn read<T: Row>(
    bytes: &[u8],
    hidden: &Hidden,
) -> Result<Result<ReadRow<T>, UnreadRow>, Fault> {
    let error = match serde_json::from_slice(bytes) {
        Ok(row) => return Ok(Ok(ReadRow { row, left_out: Vec::new() })),
        Err(error) => error,
    };
    let mut value: Value = serde_json::from_slice(bytes).map_err(|_| Fault::NotJson)?;
    let left_out = leave_out::<T>(&mut value, hidden);
    if !left_out.is_empty()
        && let Ok(row) = T::deserialize(&value)
    {
        return Ok(Ok(ReadRow { row, left_out }));
    }
    Ok(Err(UnreadRow { id: id_of(&value, T::ID, hidden), reason: reason(&error, hidden) }))
}

/// Removes what cannot be understood from the lists inside a row.
fn leave_out<T: Row>(row: &mut Value, hidden: &Hidden) -> Vec<UnreadRow> {
    let mut left_out = Vec::new();
    for Part { member, noun, check } in T::PARTS {
        let Some(parts) = row.get_mut(*member).and_then(Value::as_array_mut) else { continue };
        parts.retain(|part| {
            let Err(error) = check(part) else { return true };
            let id = id_of(part, &["id"], hidden).or_else(|| id_of(part, &["endpoint"], hidden));
            let reason = format!("{noun}: {}", reason(&error, hidden));
            left_out.push(UnreadRow { id, reason });
            false
        });
    }
    left_out
}

fn id_of(row: &Value, names: &[&str], hidden: &Hidden) -> Option<String> {
    let parts: Option<Vec<&str>> =
        names.iter().map(|name| row.get(*name).and_then(Value::as_str)).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| hidden.hide_in_text(parts.join("/")))
}

/// The words of serde, without the place in a line that nobody sees.
fn reason(error: &serde_json::Error, hidden: &Hidden) -> String {
    let text = error.to_string();
    let words = text.split(" at line ").next().unwrap_or_default();
    hidden.hide_in_text(words.to_owned())
}

const fn part<T: DeserializeOwned>(member: &'static str, noun: &'static str) -> Part {
    fn check<T: DeserializeOwned>(value: &Value) -> serde_json::Result<()> {
        T::deserialize(value).map(drop)
    }
    Part { member, noun, check: check::<T> }
}

impl Row for Value {}

impl Row for FusionConfig {}

impl Row for IgnoredAny {}

impl Row for Policy {
    const ID: &'static [&'static str] = &["policyId"];
}

impl Row for Credential {
    const ID: &'static [&'static str] = &["credentialId"];
}

impl Row for CredentialHash {
    const ID: &'static [&'static str] = &["credentialId"];
}

impl Row for Connection {
    const ID: &'static [&'static str] = &["providerId"];
}

impl Row for Grant {
    const ID: &'static [&'static str] = &["scope", "scopeId", "tokenRef"];
}

impl Row for AccessUser {
    const ID: &'static [&'static str] = &["email"];
}

impl Row for Binding {
    const ID: &'static [&'static str] = &["principalType", "principalId", "policyId"];
}

impl Row for Rule {
    const ID: &'static [&'static str] = &["ruleId"];
}

impl Row for Tenant {
    const ID: &'static [&'static str] = &["tenantId"];
}

impl Row for Provider {
    const ID: &'static [&'static str] = &["id"];
    const PARTS: &'static [Part] = &[
        part::<Model>("models", "model"),
        part::<Endpoint>("endpoints", "endpoint"),
        part::<Capability>("capabilities", "capability"),
    ];
}

impl Row for Readiness {
    const ID: &'static [&'static str] = &["id"];
}

impl Row for ProviderHealth {
    const ID: &'static [&'static str] = &["providerId"];
}

impl Row for CatalogProvider {
    const ID: &'static [&'static str] = &["id"];
    const PARTS: &'static [Part] =
        &[part::<CatalogModel>("models", "model"), part::<CatalogRoute>("routes", "route")];
}

impl Row for PolicyUsage {
    const ID: &'static [&'static str] = &["policyId"];
}

impl Row for ProviderUsage {
    const ID: &'static [&'static str] = &["provider"];
}

impl Row for DailyUsage {}

impl Row for UsageGroup {}
