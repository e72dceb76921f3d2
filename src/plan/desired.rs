//! What a manifest wants, member by member.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde_json::{Number, Value};

use super::manifest::Place;
use crate::client::{GrantEdit, GrantSecrets};
use crate::resource::{
    BindingEdit, Change, ConnectionEdit, CredentialEdit, FusionEdit, PolicyEdit, RuleEdit, UserEdit,
};
use clawctl_secret::reference::SecretRef;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::binding::BindingKey;
use clawctl_wire::grant::{GrantKind, GrantRefresh};

/// Everything that the files name.
#[derive(Debug, Default)]
pub struct Desired {
    pub policies: BTreeMap<String, Wanted<PolicyEdit>>,
    pub keys: BTreeMap<String, Wanted<KeyWish>>,
    pub providers: BTreeMap<String, Wanted<ConnectionEdit>>,
    pub grants: BTreeMap<String, Wanted<GrantWish>>,
    pub users: BTreeMap<String, Wanted<UserEdit>>,
    /// By the name of their key, `user ada@example.com → team`.
    pub bindings: BTreeMap<String, Wanted<BindingWish>>,
    pub rules: BTreeMap<String, Wanted<RuleEdit>>,
    pub fusion: Option<Wanted<FusionEdit>>,
}

/// A wish, and where it stands.
#[derive(Debug)]
pub struct Wanted<T> {
    pub wish: T,
    pub place: Place,
}

#[derive(Debug, Default)]
pub struct KeyWish {
    pub edit: CredentialEdit,
    /// Where it goes if it is new. Empty where nothing was said.
    pub to: Vec<SinkSpec>,
    /// Where relative paths start.
    pub folder: PathBuf,
    pub test: bool,
    /// The hash of a secret that somebody holds already.
    pub secret_sha256: Option<String>,
}

#[derive(Debug)]
pub struct BindingWish {
    pub key: BindingKey,
    pub edit: BindingEdit,
}

/// A grant, with its secrets by where they are kept.
#[derive(Debug, Default)]
pub struct GrantWish {
    /// Without secrets.
    pub facts: GrantFacts,
    pub secrets: GrantRefs,
}

/// The members of a grant that are no secret.
#[derive(Debug, Clone, Default)]
pub struct GrantFacts {
    pub provider: Option<String>,
    pub kind: Option<GrantKind>,
    pub enabled: Option<bool>,
    pub label: Change<String>,
    pub token_type: Option<String>,
    pub expires_at: Change<String>,
    pub scopes: Option<Vec<String>>,
    pub account_id: Change<String>,
    pub subscription: Change<Value>,
    pub priority: Option<u64>,
    pub weight: Option<Number>,
    pub refresh: Option<GrantRefresh>,
}

/// Where the secrets of a grant are kept.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GrantRefs {
    pub credential: Option<SecretRef>,
    pub access_token: Option<SecretRef>,
    pub refresh_token: Option<SecretRef>,
    pub bundle: BTreeMap<String, SecretRef>,
}

impl GrantRefs {
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }
}

impl GrantFacts {
    /// As an edit that brings these secrets along.
    pub fn edit(&self, refresh: bool, secrets: GrantSecrets) -> GrantEdit {
        let wish = self.clone();
        GrantEdit {
            provider: wish.provider,
            kind: wish.kind,
            enabled: wish.enabled,
            label: wish.label,
            token_type: wish.token_type,
            expires_at: wish.expires_at,
            scopes: wish.scopes,
            account_id: wish.account_id,
            subscription: wish.subscription,
            priority: wish.priority,
            weight: wish.weight,
            refresh: wish.refresh.filter(|_| refresh).map_or(Change::Keep, Change::Set),
            secrets,
        }
    }
}
