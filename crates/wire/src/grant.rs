//! Upstream grants: the provider credentials of one policy, or of all policies of one tenant.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};
use thiserror::Error;

mod put;

pub use self::put::{GrantRefresh, PutGrant, PutRefresh, plain_number};
use super::percent;
use super::policy::Policy;
use super::word::word;

/// All grants in the admin API.
pub const PATH: &str = "/v1/admin/upstream-grants";

/// How many characters the id of a holder, or the reference of a grant, may have.
pub const SEGMENT_CHARS_MAX: usize = 256;

/// How many enabled grants one holder may have for one provider.
pub const POOL_MEMBERS_MAX: usize = 32;

/// How many characters the name of a secret in a bundle may have.
pub const BUNDLE_NAME_CHARS_MAX: usize = 128;

pub const PRIORITY_DEFAULT: u64 = 100;
pub const PRIORITY_MAX: u64 = 1_000_000;
pub const WEIGHT_MAX: f64 = 1_000_000.0;

word! {
    /// What sort of secret a grant holds. A router takes any word.
    GrantKind {
        ApiKey = "api_key",
        Bearer = "bearer",
        Oauth = "oauth",
        /// A person's plan, reached through another program's client.
        Subscription = "subscription",
    }
}

word! {
    /// What was last seen of a grant's limits.
    QuotaStatus {
        Unknown = "unknown",
        Available = "available",
        /// A tenth of a limit is left, or less.
        Limited = "limited",
        Cooldown = "cooldown",
    }
}

/// Who holds a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GrantScope {
    Policies,
    Tenants,
}

impl GrantScope {
    pub const WORDS: &'static [&'static str] = &["policies", "tenants"];

    pub fn as_str(self) -> &'static str {
        match self {
            Self::Policies => "policies",
            Self::Tenants => "tenants",
        }
    }

    pub fn of(word: &str) -> Option<Self> {
        match word {
            "policies" => Some(Self::Policies),
            "tenants" => Some(Self::Tenants),
            _ => None,
        }
    }

    /// Are requests under this policy sent with a grant of such a holder? It is the policy's own,
    /// or its tenant's.
    fn serves(self, scope_id: &str, policy: &Policy) -> bool {
        match self {
            Self::Policies => scope_id == policy.policy_id,
            Self::Tenants => scope_id == policy.tenant_id,
        }
    }
}

/// Which grant: its holder, and its name there. Written `policies/team/main`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct GrantKey {
    pub scope: GrantScope,
    pub scope_id: String,
    pub token_ref: String,
}

/// Why a text names no grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BadGrantKey {
    #[error("a grant is named `policies/ID/REF` or `tenants/ID/REF`")]
    Shape,
    #[error(
        "the parts of a grant's name have 1 to 256 characters, no slash, and are no dots alone"
    )]
    Segment,
    #[error("a policy called `tenants` cannot hold grants")]
    Reserved,
}

impl GrantKey {
    pub fn new(scope: GrantScope, scope_id: &str, token_ref: &str) -> Result<Self, BadGrantKey> {
        if !is_segment(scope_id) || !is_segment(token_ref) {
            return Err(BadGrantKey::Segment);
        }
        // Its grants would be stored where those of a tenant are.
        if scope == GrantScope::Policies && scope_id == "tenants" {
            return Err(BadGrantKey::Reserved);
        }
        Ok(Self { scope, scope_id: scope_id.to_owned(), token_ref: token_ref.to_owned() })
    }

    /// Are requests under this policy sent with it?
    pub fn serves(&self, policy: &Policy) -> bool {
        self.scope.serves(&self.scope_id, policy)
    }

    /// Where it is in the admin API.
    pub fn path(&self) -> String {
        let mut path = format!("{PATH}/{}", self.scope.as_str());
        for segment in [&self.scope_id, &self.token_ref] {
            path.push('/');
            percent::encode(&mut path, segment);
        }
        path
    }

    /// The name under which a router stores it.
    pub fn stored(&self) -> String {
        match self.scope {
            GrantScope::Policies => format!("oauth/{}/{}", self.scope_id, self.token_ref),
            GrantScope::Tenants => format!("oauth/tenants/{}/{}", self.scope_id, self.token_ref),
        }
    }
}

impl fmt::Display for GrantKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}/{}", self.scope.as_str(), self.scope_id, self.token_ref)
    }
}

impl FromStr for GrantKey {
    type Err = BadGrantKey;

    fn from_str(text: &str) -> Result<Self, BadGrantKey> {
        let (scope, rest) = text.split_once('/').ok_or(BadGrantKey::Shape)?;
        let (scope_id, token_ref) = rest.split_once('/').ok_or(BadGrantKey::Shape)?;
        Self::new(GrantScope::of(scope).ok_or(BadGrantKey::Shape)?, scope_id, token_ref)
    }
}

/// Whether a text can stand in a grant's path. Every reader of a URL takes one dot, or two, for a
/// way through the others.
pub fn is_segment(text: &str) -> bool {
    (1..=SEGMENT_CHARS_MAX).contains(&text.chars().count())
        && !text.chars().any(|c| c == '/' || c.is_control())
        && !matches!(text, "." | "..")
}

/// A grant as the admin API returns it. Its secrets never come back, only whether there are any.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Grant {
    pub key: String,
    pub scope: String,
    pub scope_id: String,
    pub token_ref: String,
    #[serde(default)]
    pub version: u64,
    pub enabled: bool,
    pub kind: GrantKind,
    /// Empty in a record whose provider the router does not know.
    #[serde(with = "unless_empty")]
    pub provider: String,
    pub label: Option<String>,
    #[serde(with = "unless_empty")]
    pub token_type: String,
    pub expires_at: Option<String>,
    #[serde(default)]
    pub scopes: Vec<String>,
    pub account_id: Option<String>,
    pub subscription: Option<Value>,
    /// Empty where the router does not know it, as the other time.
    #[serde(with = "unless_empty")]
    pub created_at: String,
    #[serde(with = "unless_empty")]
    pub updated_at: String,
    pub revoked_at: Option<String>,
    #[serde(default)]
    pub has_credential: bool,
    /// The names in a bundle of secrets, such as `accessKeyId`.
    #[serde(default)]
    pub credential_fields: Vec<String>,
    #[serde(default)]
    pub has_access_token: bool,
    #[serde(default)]
    pub has_refresh_token: bool,
    #[serde(default)]
    pub refresh_configured: bool,
    pub refresh_token_url: Option<String>,
    pub client_id_config: Option<String>,
    pub client_secret_config: Option<String>,
    pub usable: bool,
    pub priority: u64,
    pub weight: Number,
    #[serde(default)]
    pub selected_count: u64,
    pub last_selected_at: Option<String>,
    pub quota_status: QuotaStatus,
    pub quota_observed_at: Option<String>,
    pub cooldown_until: Option<String>,
    pub quota_source: Option<String>,
    pub last_provider_signal: Option<String>,
    #[serde(default)]
    pub quota_windows: Vec<QuotaWindow>,
    /// Members that this version does not know.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Grant {
    /// Nothing for a scope that this version does not know.
    pub fn name(&self) -> Option<GrantKey> {
        GrantKey::new(GrantScope::of(&self.scope)?, &self.scope_id, &self.token_ref).ok()
    }

    /// Said by later routers: whether the router sends requests of its own with a subscription, so
    /// that its limits keep running.
    pub fn keeps_warm(&self) -> Option<bool> {
        self.unknown.get("maintenance")?.get("keepWarm")?.as_bool()
    }

    /// Said by later routers: `active`, or `reauth_required` once the provider has refused for good.
    pub fn credential_status(&self) -> Option<&str> {
        self.unknown.get("credentialStatus")?.as_str()
    }

    /// Are requests under this policy sent with it? Not if its scope is one that nobody knows here.
    pub fn serves(&self, policy: &Policy) -> bool {
        GrantScope::of(&self.scope).is_some_and(|scope| scope.serves(&self.scope_id, policy))
    }
}

/// A text that is null where there is none.
mod unless_empty {
    use serde::{Deserialize, Deserializer, Serialize as _, Serializer};

    pub(super) fn serialize<S: Serializer>(text: &str, s: S) -> Result<S::Ok, S::Error> {
        (!text.is_empty()).then_some(text).serialize(s)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(d: D) -> Result<String, D::Error> {
        Ok(Option::<String>::deserialize(d)?.unwrap_or_default())
    }
}

/// One limit of a provider, as it was last seen.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct QuotaWindow {
    pub id: String,
    pub kind: String,
    pub unit: Option<String>,
    pub window: Option<String>,
    pub remaining: Option<Number>,
    pub limit: Option<Number>,
    pub reset_at: Option<String>,
}

/// `GET /v1/admin/upstream-grants`
#[derive(Debug, Serialize, Deserialize)]
pub struct GrantList {
    pub grants: Vec<Grant>,
}

/// `POST /v1/admin/upstream-grants/…/authorize`: where a browser goes on.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Authorization {
    pub authorization_url: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_says_whose_grant_it_is() {
        let check = |text: &str, stored: Result<&str, BadGrantKey>| {
            let key = text.parse::<GrantKey>();
            assert_eq!(key.clone().map(|key| key.stored()), stored.map(str::to_owned), "{text}");
            if let Ok(key) = key {
                assert_eq!(key.to_string(), text);
            }
        };
        check("policies/team/main", Ok("oauth/team/main"));
        check("tenants/acme/main key.1", Ok("oauth/tenants/acme/main key.1"));
        check("tenants/tenants/x", Ok("oauth/tenants/tenants/x"));
        check("policies/tenants/x", Err(BadGrantKey::Reserved));
        check("policies/team", Err(BadGrantKey::Shape));
        check("teams/a/b", Err(BadGrantKey::Shape));
        check("policies/a/b/c", Err(BadGrantKey::Segment));
        check("policies//b", Err(BadGrantKey::Segment));
        check("policies/a/b\n", Err(BadGrantKey::Segment));
        check("policies/a/..", Err(BadGrantKey::Segment));
    }

    #[test]
    fn a_path_holds_any_name() {
        let key: GrantKey = "policies/dash-ok/ref.with-dots and 100%".parse().unwrap();
        let path = "/v1/admin/upstream-grants/policies/dash-ok/ref.with-dots%20and%20100%25";
        assert_eq!(key.path(), path);
    }
}
