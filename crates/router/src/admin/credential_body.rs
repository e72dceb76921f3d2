//! What the body of a credential write means.

use jiff::Timestamp;
use serde_json::Value;

use super::fields::Fields;
use crate::refusal::Refusal;
use clawctl_wire::credential::{SecretHash, is_principal};
use clawctl_wire::id::check_id;
use clawctl_wire::key::is_sha256_hex;

const LABEL_CHARS_MAX: usize = 256;

/// A write of a credential. What is `None` outside is kept as it is.
pub(super) struct CredentialBody {
    pub(super) secret: SecretHash,
    pub(super) policy_id: String,
    pub(super) enabled: bool,
    pub(super) principal_id: Option<String>,
    pub(super) label: Option<Option<String>>,
    pub(super) expires_at: Option<Option<Timestamp>>,
}

impl CredentialBody {
    pub(super) fn read(fields: Fields<'_>) -> Result<Self, Refusal> {
        Ok(Self {
            secret: secret(fields)?,
            policy_id: policy_id(fields)?,
            enabled: fields.boolean("enabled")?.unwrap_or(true),
            principal_id: principal(fields)?,
            label: label(fields)?,
            expires_at: expiry(fields)?,
        })
    }
}

/// The hash of the secret, in lower case, if the body has one.
pub(super) fn secret_hash(fields: Fields<'_>) -> Result<Option<String>, Refusal> {
    match fields.get("secretSha256") {
        None => Ok(None),
        Some(Value::String(hex)) if is_sha256_hex(hex) => Ok(Some(hex.to_ascii_lowercase())),
        Some(_) => Err(fields.refuse("`secretSha256` takes the 64 hex digits of a SHA-256")),
    }
}

fn secret(fields: Fields<'_>) -> Result<SecretHash, Refusal> {
    let keep = fields.boolean("keepSecret")?.unwrap_or(false);
    match (secret_hash(fields)?, keep) {
        (Some(hex), false) => Ok(SecretHash::Sha256(hex)),
        (None, true) => Ok(SecretHash::Keep),
        (Some(_), true) => Err(fields.refuse("`keepSecret` and `secretSha256` exclude each other")),
        (None, false) => Err(fields.refuse("`secretSha256` is missing")),
    }
}

fn policy_id(fields: Fields<'_>) -> Result<String, Refusal> {
    let Some(Value::String(text)) = fields.get("policyId") else {
        return Err(fields.refuse("`policyId` takes the id of a policy"));
    };
    let id = text.trim();
    check_id(id).map_err(|error| fields.refuse(format!("`policyId`: {error}")))?;
    Ok(id.to_owned())
}

fn principal(fields: Fields<'_>) -> Result<Option<String>, Refusal> {
    let Some(text) = fields.clearable("principalId")?.flatten() else { return Ok(None) };
    let principal = text.to_lowercase();
    if !is_principal(&principal) {
        return Err(fields.refuse("`principalId` takes an e-mail address or null"));
    }
    Ok(Some(principal))
}

/// Extension `credential.metadata`.
fn label(fields: Fields<'_>) -> Result<Option<Option<String>>, Refusal> {
    let label = fields.clearable("label")?;
    let text = label.as_ref().and_then(Option::as_deref).unwrap_or("");
    if text.chars().count() > LABEL_CHARS_MAX || text.chars().any(char::is_control) {
        return Err(fields.refuse(format!(
            "`label` takes up to {LABEL_CHARS_MAX} characters on one line, or null"
        )));
    }
    Ok(label)
}

/// Extension `credential.expiresAt`.
fn expiry(fields: Fields<'_>) -> Result<Option<Option<Timestamp>>, Refusal> {
    match fields.get("expiresAt") {
        None => Ok(None),
        Some(Value::Null) => Ok(Some(None)),
        Some(value) => match value.as_str().and_then(|text| text.parse().ok()) {
            Some(end) => Ok(Some(Some(end))),
            None => {
                Err(fields.refuse("`expiresAt` takes a time as `2026-12-31T00:00:00Z`, or null"))
            }
        },
    }
}
