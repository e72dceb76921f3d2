//! A grant as it is stored: what may be read of it, and what is sealed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};
use zeroize::Zeroize as _;

use super::seal::{SealError, Sealer};
use crate::manifest::template;
use clawctl_secret::Secret;
use clawctl_wire::grant::{GrantKey, GrantKind};
use clawctl_wire::policy::Policy;
use clawctl_wire::provider::Provider;

/// A row of the table of grants.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct GrantRecord {
    pub(crate) key: GrantKey,
    pub(crate) provider: String,
    pub(crate) enabled: bool,
    pub(crate) facts: GrantFacts,
    /// Nothing once it is revoked.
    pub(crate) sealed: Option<Vec<u8>>,
    pub(crate) updated_at: Timestamp,
}

/// What is not secret in a grant.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct GrantFacts {
    pub(crate) kind: GrantKind,
    pub(crate) label: Option<String>,
    pub(crate) token_type: String,
    /// As it was given.
    pub(crate) expires_at: Option<String>,
    pub(crate) scopes: Vec<String>,
    pub(crate) account_id: Option<String>,
    pub(crate) subscription: Option<Value>,
    pub(crate) priority: u64,
    pub(crate) weight: Number,
    pub(crate) refresh: Option<RefreshFacts>,
    pub(crate) created_at: Timestamp,
    /// When somebody last said what is secret in it. A token that was renewed is still the same.
    #[serde(default)]
    pub(crate) secrets_at: Timestamp,
    pub(crate) revoked_at: Option<Timestamp>,
    pub(crate) has_credential: bool,
    pub(crate) credential_fields: Vec<String>,
    pub(crate) has_access_token: bool,
    pub(crate) has_refresh_token: bool,
}

/// Where and as whom an access token is renewed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct RefreshFacts {
    pub(crate) token_url: String,
    pub(crate) client_id: Option<String>,
    /// The configuration name that holds the client's id.
    pub(crate) client_id_config: Option<String>,
    pub(crate) client_secret_config: Option<String>,
}

impl RefreshFacts {
    /// The first configuration name in it whose value must not be sent to its address.
    ///
    /// Anyone with the admin token chooses that address. So a grant may name only what the
    /// provider's manifest declares, and never the operator's own credential for that provider.
    pub(crate) fn forbidden_name(&self, provider: &Provider) -> Option<&str> {
        let is_declared = |name: &str| provider.config_keys.iter().any(|key| key == name);
        let is_secret = |name: &str| template::secret_keys(provider).any(|key| key == name);
        let names = [&self.client_id_config, &self.client_secret_config];
        let mut names = names.into_iter().filter_map(Option::as_deref);
        names.find(|name| !is_declared(name) || is_secret(name))
    }
}

impl GrantRecord {
    /// Tells these secrets of the grant from those that it had before. What was seen of it at its
    /// provider is of one revision.
    pub(crate) fn revision(&self) -> String {
        format!("{:.3}", self.facts.secrets_at)
    }

    pub(crate) fn has_secret(&self) -> bool {
        let facts = &self.facts;
        facts.has_credential || facts.has_access_token || !facts.credential_fields.is_empty()
    }

    pub(crate) fn expires_at(&self) -> Option<Timestamp> {
        self.facts.expires_at.as_deref()?.parse().ok()
    }

    /// Whether a request can be sent with it. An access token whose time is over, and which nobody
    /// can renew, is of no use.
    pub(crate) fn is_usable(&self, now: Timestamp) -> bool {
        let facts = &self.facts;
        let only_a_token = !facts.has_credential && facts.credential_fields.is_empty();
        let over = self.expires_at().is_some_and(|end| end <= now);
        let dead = only_a_token && over && !facts.has_refresh_token;
        self.enabled && self.has_secret() && !dead
    }

    /// The same grant without its secrets, switched off. It stays known, so that its requests do
    /// not go elsewhere without a word.
    pub(crate) fn revoked(mut self, now: Timestamp) -> Self {
        let facts = &mut self.facts;
        facts.has_credential = false;
        facts.has_access_token = false;
        facts.has_refresh_token = false;
        facts.credential_fields.clear();
        facts.secrets_at = now;
        facts.revoked_at = Some(now);
        Self { enabled: false, sealed: None, updated_at: now, ..self }
    }

    /// Whether a request under this policy may use it.
    pub(crate) fn is_visible_to(&self, policy: &Policy) -> bool {
        self.key.serves(policy)
    }

    pub(crate) fn secrets(&self, sealer: &Sealer) -> Result<Secrets, SealError> {
        match &self.sealed {
            None => Ok(Secrets::default()),
            Some(sealed) => {
                let text = sealer.open(&self.key, sealed)?;
                Secrets::read(&text).ok_or(SealError::Unopened)
            }
        }
    }

    /// Puts secrets into the grant, and says of them what may be said.
    pub(crate) fn seal(&mut self, secrets: &Secrets, sealer: &Sealer) -> Result<(), SealError> {
        self.facts.has_credential = secrets.credential.is_some();
        self.facts.has_access_token = secrets.access_token.is_some();
        self.facts.has_refresh_token = secrets.refresh_token.is_some();
        self.facts.credential_fields = secrets.bundle.keys().cloned().collect();
        self.sealed = match secrets.is_empty() {
            true => None,
            false => Some(sealer.seal(&self.key, &secrets.written())?),
        };
        Ok(())
    }
}

/// What is sealed of a grant. Members of a write that nobody knows are among it, because nobody
/// knows whether one of them is a secret.
#[derive(Debug, Default)]
pub(crate) struct Secrets {
    pub(crate) credential: Option<Secret>,
    pub(crate) access_token: Option<Secret>,
    pub(crate) refresh_token: Option<Secret>,
    pub(crate) bundle: BTreeMap<String, Secret>,
    /// What else is sent to where tokens are renewed.
    pub(crate) extra_params: BTreeMap<String, Secret>,
    pub(crate) unknown: Map<String, Value>,
}

/// How the sealed text is written. It lives only as long as it takes to seal or to open it.
#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    credential: Option<String>,
    access_token: Option<String>,
    refresh_token: Option<String>,
    #[serde(default)]
    credentials: BTreeMap<String, String>,
    #[serde(default)]
    extra_params: BTreeMap<String, String>,
    #[serde(default)]
    unknown: Map<String, Value>,
}

impl Secrets {
    pub(crate) fn is_empty(&self) -> bool {
        let Self { credential, access_token, refresh_token, bundle, extra_params, unknown } = self;
        credential.is_none()
            && access_token.is_none()
            && refresh_token.is_none()
            && bundle.is_empty()
            && extra_params.is_empty()
            && unknown.is_empty()
    }

    fn read(text: &[u8]) -> Option<Self> {
        let Written { credential, access_token, refresh_token, credentials, extra_params, unknown } =
            serde_json::from_slice(text).ok()?;
        let all = |texts: BTreeMap<String, String>| {
            texts.into_iter().map(|(name, text)| (name, Secret::new(text))).collect()
        };
        Some(Self {
            credential: credential.map(Secret::new),
            access_token: access_token.map(Secret::new),
            refresh_token: refresh_token.map(Secret::new),
            bundle: all(credentials),
            extra_params: all(extra_params),
            unknown,
        })
    }

    fn written(&self) -> zeroize::Zeroizing<Vec<u8>> {
        let one =
            |secret: &Option<Secret>| secret.as_ref().map(|secret| secret.expose().to_owned());
        let all = |secrets: &BTreeMap<String, Secret>| {
            let exposed =
                |(name, secret): (&String, &Secret)| (name.clone(), secret.expose().to_owned());
            secrets.iter().map(exposed).collect()
        };
        let mut written = Written {
            credential: one(&self.credential),
            access_token: one(&self.access_token),
            refresh_token: one(&self.refresh_token),
            credentials: all(&self.bundle),
            extra_params: all(&self.extra_params),
            unknown: self.unknown.clone(),
        };
        // Strings in maps with string keys: there is nothing here that could not be written.
        let text = serde_json::to_vec(&written).unwrap_or_default();
        written.wipe();
        zeroize::Zeroizing::new(text)
    }
}

impl Written {
    fn wipe(&mut self) {
        let Self { credential, access_token, refresh_token, credentials, extra_params, .. } = self;
        let single = [credential, access_token, refresh_token].into_iter().flatten();
        for text in single.chain(credentials.values_mut()).chain(extra_params.values_mut()) {
            text.zeroize();
        }
    }
}
