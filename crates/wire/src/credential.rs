//! Credentials: the router's record of an issued key. It holds a hash, never the secret.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

/// A credential as the admin API returns it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Credential {
    pub credential_id: String,
    pub policy_id: String,
    pub enabled: bool,
    pub policy_enabled: bool,
    /// False for a record that was written under another incarnation of its policy.
    pub generation_matches: bool,
    /// Said by later routers: false if the owner is a user who is disabled. It cannot be written.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub principal_enabled: Option<bool>,
    /// Enabled, under an enabled policy, of its present generation.
    pub active: bool,
    pub principal_id: Option<String>,
    /// Extension `credential.metadata`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub label: Option<String>,
    /// Extension `credential.expiresAt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
    /// Extension `credential.metadata`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub created_at: Option<Timestamp>,
    /// Extension `credential.metadata`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_used_at: Option<Timestamp>,
    /// Members that this version does not know. An edit sends them back as they came.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

/// What a PUT says of the secret.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SecretHash {
    /// This hash, in hex.
    Sha256(String),
    /// Extension `credential.keepSecret`: the one that the router has.
    Keep,
}

/// Every member of a credential that a PUT sets, so that none falls to a router's default.
#[derive(Debug, Clone, PartialEq)]
pub struct PutCredential {
    pub secret: SecretHash,
    pub policy_id: String,
    pub enabled: bool,
    pub principal_id: Option<String>,
    pub label: Option<String>,
    pub expires_at: Option<Timestamp>,
    pub unknown: Map<String, Value>,
}

impl PutCredential {
    /// A write that leaves the credential as it was read.
    pub fn unchanged(credential: &Credential, secret: SecretHash) -> Self {
        Self {
            secret,
            policy_id: credential.policy_id.clone(),
            enabled: credential.enabled,
            principal_id: credential.principal_id.clone(),
            label: credential.label.clone(),
            expires_at: credential.expires_at,
            unknown: credential.unknown.clone(),
        }
    }

    /// The body. Label and expiry are written, also as null, only where the router knows them.
    pub fn body(&self, label_known: bool, expiry_known: bool) -> Value {
        let mut body = self.unknown.clone();
        match &self.secret {
            SecretHash::Sha256(hex) => body.insert("secretSha256".into(), hex.as_str().into()),
            SecretHash::Keep => body.insert("keepSecret".into(), true.into()),
        };
        body.insert("policyId".into(), self.policy_id.as_str().into());
        body.insert("enabled".into(), self.enabled.into());
        body.insert("principalId".into(), serde_json::json!(self.principal_id));
        if label_known {
            body.insert("label".into(), serde_json::json!(self.label));
        }
        if expiry_known {
            body.insert("expiresAt".into(), serde_json::json!(self.expires_at));
        }
        Value::Object(body)
    }
}

/// `GET /v1/admin/credentials`
#[derive(Debug, Serialize, Deserialize)]
pub struct CredentialList {
    pub credentials: Vec<Credential>,
}

/// Extension `credential.hash`, `GET /v1/admin/credential-hashes`: what another router needs so that
/// keys go on working there. No list shows it, so that it is told only to who asks for it.
#[derive(Debug, Serialize, Deserialize)]
pub struct CredentialHashList {
    pub hashes: Vec<CredentialHash>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CredentialHash {
    pub credential_id: String,
    pub secret_sha256: String,
}

/// `GET /v1/key/inspect`: what a key that works may do.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspection {
    pub kid: String,
    pub mode: String,
    pub syntax_valid: bool,
    pub verified: bool,
    pub verification: String,
    pub enabled: bool,
    /// Empty means every provider.
    pub providers: Vec<String>,
    pub tenant_id: Option<String>,
    pub token_role: Option<String>,
    pub monthly_budget_micros: Option<super::money::Micros>,
    pub request_cost_micros: Option<super::money::Micros>,
    pub budget_scope: super::policy::BudgetScope,
    /// Extension `policy.models`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub models: Option<Vec<super::model::ModelPattern>>,
    /// Extension `credential.expiresAt`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<Timestamp>,
}

/// Is this a principal that the router accepts? Something before and after an `@`, no spaces.
pub fn is_principal(text: &str) -> bool {
    text.chars().count() <= 320
        && !text.chars().any(char::is_whitespace)
        && text
            .split_once('@')
            .is_some_and(|(name, host)| !name.is_empty() && !host.is_empty() && !host.contains('@'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn principals_look_like_addresses() {
        for good in ["ada@localhost", "ci@example.com", "a+b@c.d"] {
            assert!(is_principal(good), "{good}");
        }
        for bad in ["ada", "@x", "ada@", "a b@c", "a@b@c", ""] {
            assert!(!is_principal(bad), "{bad}");
        }
    }

    #[test]
    fn a_put_carries_the_hash_or_asks_to_keep_it() {
        let mut put = PutCredential {
            secret: SecretHash::Sha256("ab".repeat(32)),
            policy_id: "team".into(),
            enabled: false,
            principal_id: None,
            label: None,
            expires_at: None,
            unknown: Map::new(),
        };
        let plain = put.body(false, false);
        let names: Vec<_> = plain.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(names, ["enabled", "policyId", "principalId", "secretSha256"]);
        put.secret = SecretHash::Keep;
        let kept = put.body(true, true);
        assert_eq!(kept["keepSecret"], true);
        assert_eq!(kept["expiresAt"], Value::Null);
        assert!(kept.get("secretSha256").is_none());
    }
}
