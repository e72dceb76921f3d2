//! What a write of a grant says.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Number, Value};

use super::{Grant, GrantKind, PRIORITY_DEFAULT};

/// Every member of a grant that a PUT sets and that is no secret, so that none falls to a router's
/// default: a write without `enabled` brings a revoked grant back, one without `kind` makes it
/// `oauth`, and one without `scopes` forgets them.
///
/// A router keeps what else it has of a grant, its secrets among it. So members that this version
/// does not know are safe when they are left out, and here they are.
#[derive(Debug, Clone, PartialEq)]
pub struct PutGrant {
    pub provider: String,
    pub enabled: bool,
    pub kind: GrantKind,
    pub label: Option<String>,
    pub token_type: String,
    pub expires_at: Option<String>,
    pub scopes: Vec<String>,
    pub account_id: Option<String>,
    pub subscription: Option<Value>,
    pub priority: u64,
    pub weight: Number,
    pub refresh: PutRefresh,
    /// Whether the router may send requests of its own with a subscription. Left out, it stays as
    /// it is, and a first write falls to the default of the provider.
    pub keep_warm: Option<bool>,
}

/// What a write says of where tokens are renewed. A router does not give all of it back, so that
/// it cannot be sent back as it was read.
#[derive(Debug, Clone, PartialEq, Default)]
pub enum PutRefresh {
    /// It stays as it is.
    #[default]
    Keep,
    Clear,
    Set(GrantRefresh),
}

/// Where and as whom an access token is renewed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct GrantRefresh {
    pub token_url: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// The name of the router's configuration that holds the client's id.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_id_config: Option<String>,
    /// The name of the router's configuration that holds the client's secret.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret_config: Option<String>,
    /// What else is sent along.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub extra_params: BTreeMap<String, String>,
}

impl PutGrant {
    /// A grant with the defaults that a router gives to what a first write leaves out.
    pub fn with_defaults(provider: &str, kind: GrantKind) -> Self {
        Self {
            provider: provider.to_owned(),
            enabled: true,
            kind,
            label: None,
            token_type: "Bearer".to_owned(),
            expires_at: None,
            scopes: Vec::new(),
            account_id: None,
            subscription: None,
            priority: PRIORITY_DEFAULT,
            weight: 1.into(),
            refresh: PutRefresh::Keep,
            keep_warm: None,
        }
    }

    /// A write that leaves the grant as it was read.
    pub fn unchanged(grant: &Grant) -> Self {
        Self {
            provider: grant.provider.clone(),
            enabled: grant.enabled,
            kind: grant.kind.clone(),
            label: grant.label.clone(),
            token_type: grant.token_type.clone(),
            expires_at: grant.expires_at.clone(),
            scopes: grant.scopes.clone(),
            account_id: grant.account_id.clone(),
            subscription: grant.subscription.clone(),
            priority: grant.priority,
            weight: grant.weight.clone(),
            refresh: PutRefresh::Keep,
            keep_warm: None,
        }
    }

    /// The body, without secrets.
    pub fn body(&self) -> Map<String, Value> {
        let mut body = Map::new();
        let mut member = |name: &str, value: Value| body.insert(name.to_owned(), value);
        // A router keeps what is left out here, and knows better what it did not say.
        if !self.provider.is_empty() {
            member("provider", self.provider.as_str().into());
        }
        member("enabled", self.enabled.into());
        member("kind", self.kind.as_str().into());
        member("label", self.label.as_deref().into());
        if !self.token_type.is_empty() {
            member("tokenType", self.token_type.as_str().into());
        }
        member("expiresAt", self.expires_at.as_deref().into());
        member("scopes", self.scopes.clone().into());
        member("accountId", self.account_id.as_deref().into());
        member("subscription", self.subscription.clone().into());
        member("priority", self.priority.into());
        member("weight", Value::Number(self.weight.clone()));
        if let Some(yes) = self.keep_warm {
            member("maintenance", serde_json::json!({ "keepWarm": yes }));
        }
        match &self.refresh {
            PutRefresh::Keep => {}
            PutRefresh::Clear => drop(member("refresh", Value::Null)),
            PutRefresh::Set(refresh) => drop(member("refresh", serde_json::json!(refresh))),
        }
        body
    }
}

/// A number as a router writes it: a whole one without a fraction.
pub fn plain_number(number: f64) -> Option<Number> {
    if number.fract() == 0.0 && number.abs() < 9e15 {
        return Some(Number::from(number as i64));
    }
    Number::from_f64(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_put_says_everything_that_is_no_secret() {
        let body = PutGrant::with_defaults("openai", GrantKind::ApiKey).body();
        let names: Vec<_> = body.keys().map(String::as_str).collect();
        assert_eq!(
            names,
            [
                "accountId",
                "enabled",
                "expiresAt",
                "kind",
                "label",
                "priority",
                "provider",
                "scopes",
                "subscription",
                "tokenType",
                "weight",
            ]
        );
    }

    #[test]
    fn where_tokens_are_renewed_is_kept_taken_away_or_said_in_full() {
        let body = |refresh| {
            let put = PutGrant { refresh, ..PutGrant::with_defaults("openai", GrantKind::Oauth) };
            put.body().get("refresh").cloned()
        };
        assert_eq!(body(PutRefresh::Keep), None);
        assert_eq!(body(PutRefresh::Clear), Some(Value::Null));
        let refresh = GrantRefresh {
            token_url: "https://login.example/token".into(),
            client_id: Some("ours".into()),
            ..GrantRefresh::default()
        };
        assert_eq!(
            body(PutRefresh::Set(refresh)),
            Some(
                serde_json::json!({ "tokenUrl": "https://login.example/token", "clientId": "ours" })
            )
        );
    }

    #[test]
    fn whole_numbers_have_no_fraction() {
        let check =
            |number, text: &str| assert_eq!(plain_number(number).unwrap().to_string(), text);
        check(2.0, "2");
        check(2.5, "2.5");
        check(1_000_000.0, "1000000");
        assert_eq!(plain_number(f64::NAN), None);
    }
}
