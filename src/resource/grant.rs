//! Upstream grants. Their secrets are no part of it: a router never shows one.

use serde_json::{Number, Value};

use super::{Change, Field, Kind, Shape};
use clawctl_wire::grant::{GrantKind, GrantRefresh, PutGrant, PutRefresh};

/// What is to become of a grant. Whatever is not named stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct GrantEdit {
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
    pub refresh: Change<GrantRefresh>,
}

impl GrantEdit {
    /// Changes a write. Pure, so that it can be shown before anything is sent.
    pub fn apply(&self, put: &mut PutGrant, gives_token: bool) {
        let set = |to: &mut String, text: &Option<String>| {
            if let Some(text) = text {
                text.clone_into(to);
            }
        };
        set(&mut put.provider, &self.provider);
        set(&mut put.token_type, &self.token_type);
        put.kind = self.kind.clone().unwrap_or_else(|| put.kind.clone());
        put.enabled = self.enabled.unwrap_or(put.enabled);
        self.label.apply(&mut put.label);
        // The expiry belongs to the token that it was given with.
        if gives_token {
            put.expires_at = None;
        }
        self.expires_at.apply(&mut put.expires_at);
        put.scopes = self.scopes.clone().unwrap_or_else(|| put.scopes.clone());
        self.account_id.apply(&mut put.account_id);
        self.subscription.apply(&mut put.subscription);
        put.priority = self.priority.unwrap_or(put.priority);
        put.weight = self.weight.clone().unwrap_or_else(|| put.weight.clone());
        put.refresh = match &self.refresh {
            Change::Keep => PutRefresh::Keep,
            Change::Clear => PutRefresh::Clear,
            Change::Set(refresh) => PutRefresh::Set(refresh.clone()),
        };
    }
}

pub static GRANT: Shape = Shape {
    noun: "grant",
    fields: &[
        &Field::new("provider", Kind::Text, "Provider that it is for. A new grant needs it."),
        &Field::new(
            "kind",
            Kind::Text,
            "What sort of secret it holds: `api_key`, `bearer`, `oauth`, `subscription`, or what \
             else the router has. A new grant needs it.",
        ),
        &Field::new("enabled", Kind::Flag, "Whether requests are sent with it."),
        &Field::new("label", Kind::TextOrNull, "Note that the router keeps with it."),
        &Field::new("priority", Kind::Whole { min: 0, max: 1_000_000 }, "Lower comes first."),
        &Field::new("weight", Kind::Share { max: 1_000_000.0 }, "Share among equals."),
        &Field::new("token_type", Kind::Text, "How the token is presented, such as `Bearer`."),
        &Field::new("expires", Kind::TimeOrNever, "When it ends, or `never`."),
        &Field::new("scopes", Kind::AnyTexts, "Scopes of the token."),
        &Field::new("account", Kind::TextOrNull, "Account at the provider."),
        &Field::new("subscription", Kind::Any, "What is known of the plan."),
        &Field::new("credential", Kind::Secret, "Where its secret is kept."),
        &Field::new("access_token", Kind::Secret, "Where its access token is kept."),
        &Field::new("refresh_token", Kind::Secret, "Where its refresh token is kept."),
        &Field::new("credentials", Kind::Secrets, "Where several secrets are kept, by name."),
        &Field::new(
            "refresh",
            Kind::Part(&GRANT_REFRESH),
            "Where tokens are renewed; it counts where the router has nothing of it, or another \
             address.",
        ),
    ],
};

static GRANT_REFRESH: Shape = Shape {
    noun: "grant's renewal",
    fields: &[
        &Field::needed("token_url", Kind::Text, "Address that the refresh token is sent to."),
        &Field::new("client_id", Kind::Text, "Id of the client."),
        &Field::new("client_id_config", Kind::Text, "Name of the router's setting with that id."),
        &Field::new(
            "client_secret_config",
            Kind::Text,
            "Name of the router's setting with its secret.",
        ),
        &Field::new("extra_params", Kind::TextMap, "What else is sent along."),
    ],
};
