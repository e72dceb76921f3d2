//! What a manifest wants, member by member.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::manifest::Place;
use crate::resource::{
    BindingEdit, ConnectionEdit, CredentialEdit, FusionEdit, GrantEdit, PolicyEdit, RuleEdit,
    UserEdit,
};
use clawctl_secret::reference::SecretRef;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::binding::BindingKey;

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
    pub edit: GrantEdit,
    pub secrets: GrantRefs,
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
