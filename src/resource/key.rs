//! Issued keys. Their secrets, and where these are delivered, are no part of it.

use std::borrow::Cow;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::member::fields;
use super::value::{clearable, moment, text, time};
use super::words::{text_or_none, yes_no};
use super::{Change, Extended, Field, Kind, Member, Resource, Shape};
use clawctl_wire::credential::{Credential, PutCredential, SecretHash};
use clawctl_wire::health::Extension;
use clawctl_wire::resource;

/// What is to become of a key. Whatever is not named stays.
#[derive(Debug, Clone, Default)]
pub struct CredentialEdit {
    pub policy_id: Option<String>,
    pub principal: Change<String>,
    pub label: Change<String>,
    pub expires_at: Change<Timestamp>,
    pub enabled: Option<bool>,
}

pub static KEY: Shape = Shape { noun: "key", fields: &FIELDS };

/// The last three are about the secret of a new key, and are read beside the table.
static FIELDS: [&Field; 8] = {
    let [enabled, policy, principal, label, expires] = &fields(&MEMBERS);
    [*policy, *enabled, *principal, *label, *expires, &TO, &TEST, &SECRET_SHA256]
};

static TO: Field = Field::new(
    "to",
    Kind::Sinks,
    "Where a new key is delivered; `{id}` stands for its id, paths start at this file.",
);
static TEST: Field =
    Field::new("test", Kind::Flag, "Whether a new key is marked as one for tests.");
static SECRET_SHA256: Field = Field::new(
    "secret_sha256",
    Kind::Hash,
    "Hash of the secret, from `export --with-key-hashes`: the key goes on working here.",
);

type Row = Member<Credential>;

static MEMBERS: [Row; 5] = [
    Row::new("enabled", Kind::Flag, "Whether it works. Left out, a revoked key stays revoked.")
        .wire("enabled")
        .words("enabled", |key| yes_no(key.enabled))
        .get(|key| Some(key.enabled.into()))
        .set(|edit, value| edit.enabled = value.as_bool()),
    Row::new("policy", Kind::Id, "Policy of the key. A new key needs it.")
        .wire("policyId")
        .words("policy", |key| key.policy_id.clone())
        .get(|key| Some(json!(key.policy_id)))
        .set(|edit, value| edit.policy_id = text(value)),
    Row::new(
        "principal",
        Kind::EmailOrNull,
        "Person or service that it belongs to, as an e-mail address.",
    )
    .wire("principalId")
    .words("principal", |key| text_or_none(key.principal_id.as_ref()))
    .get(|key| Some(json!(key.principal_id)))
    .set(|edit, value| {
        edit.principal = text(value).map_or(Change::Clear, |it| Change::Set(it.to_lowercase()));
    }),
    Row::new("label", Kind::TextOrNull, "Note that the router keeps with it.")
        .wire("label")
        .extended(Extended {
            extension: Extension::CredentialMetadata,
            flag: "--label",
            what: "`label` of a key",
            instead: "leave it out here",
        })
        .words("label", |key| text_or_none(key.label.as_ref()))
        .get(|key| Some(json!(key.label)))
        .set(|edit, value| edit.label = clearable(value)),
    Row::new(
        "expires",
        Kind::TimeOrNever,
        "When it ends: `2027-01-31` (its end, UTC), a full time, or `never`.",
    )
    .wire("expiresAt")
    .extended(Extended {
        extension: Extension::CredentialExpiresAt,
        flag: "--expires",
        what: "`expires` of a key",
        instead: "leave it out here",
    })
    .words("expires", |key| key.expires_at.map_or_else(|| "never".into(), |at| at.to_string()))
    .get(|key| Some(time(key.expires_at)))
    .set(|edit, value| {
        let at = value.as_str().and_then(moment);
        edit.expires_at = at.map_or(Change::Clear, Change::Set);
    }),
];

impl CredentialEdit {
    pub fn apply(&self, put: &mut PutCredential) {
        if let Some(id) = &self.policy_id {
            put.policy_id.clone_from(id);
        }
        self.principal.apply(&mut put.principal_id);
        self.label.apply(&mut put.label);
        self.expires_at.apply(&mut put.expires_at);
        put.enabled = self.enabled.unwrap_or(put.enabled);
    }
}

impl Resource for Credential {
    type Id = str;
    type Edit = CredentialEdit;
    const KIND: &'static resource::Kind = &resource::KEY;
    const MEMBERS: &'static [Member<Self>] = &MEMBERS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.credential_id)
    }

    fn apply(edit: &CredentialEdit, to: &Self) -> Self {
        let mut put = PutCredential::unchanged(to, SecretHash::Keep);
        edit.apply(&mut put);
        let PutCredential { policy_id, enabled, principal_id, label, expires_at, .. } = put;
        Self { policy_id, enabled, principal_id, label, expires_at, ..to.clone() }
    }

    fn body(&self) -> Value {
        let (has_label, has_end) = (self.label.is_some(), self.expires_at.is_some());
        PutCredential::unchanged(self, SecretHash::Keep).body(has_label, has_end)
    }

    fn is_enabled(&self) -> bool {
        self.enabled
    }

    fn enabled(edit: &mut CredentialEdit) -> &mut Option<bool> {
        &mut edit.enabled
    }

    /// Whether it is enabled changes while it is issued.
    fn made(&self) -> Value {
        json!({
            "policyId": self.policy_id,
            "principalId": self.principal_id,
            "label": self.label,
            "expiresAt": self.expires_at,
        })
    }
}
