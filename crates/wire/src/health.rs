//! `GET /v1/health`: what a router says of itself, and what it adds to the contract.

use serde::{Deserialize, Serialize};

/// The answer of `/v1/health`.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Health {
    pub ok: bool,
    #[serde(default)]
    pub service: String,
    /// The version of the router's package; older ones do not say it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    #[serde(default)]
    pub runtime: String,
    #[serde(default)]
    pub environment: String,
    #[serde(default)]
    pub observability: Observability,
    /// What this router adds to the contract; absent on one that adds nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub extensions: Vec<String>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Observability {
    #[serde(default)]
    pub mode: String,
    #[serde(default)]
    pub request_content_retention_default: bool,
}

/// Something that the embedded router adds to the contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Extension {
    /// A policy has an allow list of models.
    PolicyModels,
    /// A credential can end at a given time.
    CredentialExpiresAt,
    /// A credential has a label, and says when it was made and last used.
    CredentialMetadata,
    /// A credential can be written again without knowing the hash of its secret.
    CredentialKeepSecret,
    /// A provider can be asked by the router itself, which remembers what came of it.
    ProviderCheck,
    /// The hashes of all secrets can be read, to carry keys to another router.
    CredentialHash,
    /// One policy or one credential can be read by its id.
    ReadOne,
    /// Policies and credentials have an ETag, and a write can demand it.
    Revision,
    /// A policy can have the operator's own key used where none of its grants can be.
    PolicyEnvironmentFallback,
    /// Every stored usage event can be asked for, filtered and summed up.
    UsageQuery,
    /// Long lists can be read in parts.
    ListPages,
}

impl Extension {
    pub const ALL: [Self; 11] = [
        Self::PolicyModels,
        Self::CredentialExpiresAt,
        Self::CredentialMetadata,
        Self::CredentialKeepSecret,
        Self::ProviderCheck,
        Self::CredentialHash,
        Self::ReadOne,
        Self::Revision,
        Self::PolicyEnvironmentFallback,
        Self::UsageQuery,
        Self::ListPages,
    ];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::PolicyModels => "policy.models",
            Self::CredentialExpiresAt => "credential.expiresAt",
            Self::CredentialMetadata => "credential.metadata",
            Self::CredentialKeepSecret => "credential.keepSecret",
            Self::ProviderCheck => "provider.check",
            Self::CredentialHash => "credential.hash",
            Self::ReadOne => "read.one",
            Self::Revision => "revision",
            Self::PolicyEnvironmentFallback => "policy.environmentFallback",
            Self::UsageQuery => "usage.query",
            Self::ListPages => "list.pages",
        }
    }
}

impl Health {
    pub fn has(&self, extension: Extension) -> bool {
        self.extensions.iter().any(|listed| listed == extension.as_str())
    }
}
