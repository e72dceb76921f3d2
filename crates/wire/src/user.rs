//! Access users: people who sign in to a router's console, and the policies that they hold there.
//!
//! A key does not need any of this. Of its principal's record one member counts for it: whether
//! the contents of requests may be kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::binding::Binding;
use super::credential::is_principal;
use super::percent;
use super::policy::DEFAULT_TENANT;

/// The address under which a router's own console knows its administrator, unless it was told
/// another. Any write to this record makes an ordinary user of it.
pub const CONSOLE_ADMIN: &str = "admin@local";

/// A user as the admin API returns it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AccessUser {
    /// In lower case.
    pub email: String,
    /// Always `user`, whatever the record says; it cannot be written.
    #[serde(default)]
    pub role: String,
    pub tenant_id: String,
    pub enabled: bool,
    /// In lower case and sorted, those of assignment rules among them.
    #[serde(default)]
    pub groups: Vec<String>,
    #[serde(default)]
    pub content_retention_disabled: bool,
    /// Members that this version does not know. An edit sends them back as they came.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl AccessUser {
    /// A user as a router makes one of an address alone.
    pub fn with_defaults(email: &str) -> Self {
        Self {
            email: email.to_owned(),
            role: "user".to_owned(),
            tenant_id: DEFAULT_TENANT.to_owned(),
            enabled: true,
            groups: Vec::new(),
            content_retention_disabled: false,
            unknown: Map::new(),
        }
    }

    /// The body of a PUT that says everything. A router keeps what is left out here, but a write
    /// that relies on that could not be compared with what reads back.
    pub fn put_body(&self) -> Value {
        let mut body = self.unknown.clone();
        body.insert("tenantId".into(), self.tenant_id.as_str().into());
        body.insert("enabled".into(), self.enabled.into());
        body.insert("groups".into(), serde_json::json!(self.groups));
        body.insert("contentRetentionDisabled".into(), self.content_retention_disabled.into());
        Value::Object(body)
    }
}

/// A user together with the policies that are bound to the address itself, and not to a group.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserGrants {
    #[serde(flatten)]
    pub user: AccessUser,
    /// The policies whose direct binding is enabled.
    pub policy_ids: BTreeSet<String>,
}

impl UserGrants {
    /// Finds a user's direct bindings among all bindings.
    pub fn of(user: AccessUser, bindings: &[Binding]) -> Self {
        let own = bindings.iter().filter(|binding| binding.enabled && binding.is_of(&user.email));
        let policy_ids = own.map(|binding| binding.policy_id.clone()).collect();
        Self { user, policy_ids }
    }

    /// The body of a PUT on a user's grants. Without `policyIds` it would take all of them away.
    pub fn put_body(&self) -> Value {
        let mut body = self.user.put_body();
        body["policyIds"] = serde_json::json!(self.policy_ids);
        body
    }
}

/// Where a user is written.
pub fn user_path(email: &str) -> String {
    path("/v1/admin/access-users/", email)
}

/// Where a user is written together with the policies that are bound to the address.
pub fn grants_path(email: &str) -> String {
    path("/v1/admin/access-user-grants/", email)
}

fn path(under: &str, email: &str) -> String {
    let mut path = under.to_owned();
    percent::encode(&mut path, email);
    path
}

/// `GET /v1/admin/access-users`
#[derive(Debug, Serialize, Deserialize)]
pub struct AccessUserList {
    pub users: Vec<AccessUser>,
}

/// `PUT /v1/admin/access-user-grants/<email>`: the user, and every binding to the address,
/// disabled ones too.
#[derive(Debug, Serialize, Deserialize)]
pub struct GrantedUser {
    pub user: AccessUser,
    pub bindings: Vec<Binding>,
}

/// The address as a router stores it, if it takes it for one.
pub fn email(text: &str) -> Option<String> {
    let text = text.trim().to_lowercase();
    is_principal(&text).then_some(text)
}

/// Group names as a router stores them: trimmed, in lower case, sorted, each one once.
pub fn groups<'t>(names: impl IntoIterator<Item = &'t str>) -> Vec<String> {
    let names = names.into_iter().map(|name| name.trim().to_lowercase());
    names.filter(|name| !name.is_empty()).collect::<BTreeSet<_>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_put_says_everything() {
        let names =
            |body: Value| -> Vec<String> { body.as_object().unwrap().keys().cloned().collect() };
        let user = AccessUser::with_defaults("ada@example.com");
        let own = ["contentRetentionDisabled", "enabled", "groups", "tenantId"];
        assert_eq!(names(user.put_body()), own);
        let grants = UserGrants { user, policy_ids: BTreeSet::new() };
        assert_eq!(grants.put_body()["policyIds"], serde_json::json!([]));
    }

    #[test]
    fn members_of_a_newer_router_are_sent_back() {
        let read = serde_json::json!({"email": "a@b", "role": "user", "tenantId": "default",
            "enabled": true, "groups": [], "contentRetentionDisabled": false, "seats": 3});
        let user: AccessUser = serde_json::from_value(read).unwrap();
        assert_eq!(user.put_body()["seats"], 3);
    }

    #[test]
    fn only_enabled_bindings_to_the_address_are_grants() {
        let binding = |kind: &str, id: &str, policy: &str, enabled: bool| -> Binding {
            serde_json::from_value(serde_json::json!({"principalType": kind, "principalId": id,
                "policyId": policy, "enabled": enabled, "priority": 100}))
            .unwrap()
        };
        let bindings = [
            binding("user", "ada@example.com", "b", true),
            binding("user", "ada@example.com", "a", true),
            binding("user", "ada@example.com", "gone", false),
            binding("group", "ada@example.com", "group", true),
            binding("user", "bob@example.com", "bobs", true),
        ];
        let grants = UserGrants::of(AccessUser::with_defaults("ada@example.com"), &bindings);
        assert_eq!(grants.policy_ids.into_iter().collect::<Vec<_>>(), ["a", "b"]);
    }

    #[test]
    fn addresses_and_groups_are_spelled_as_the_router_spells_them() {
        assert_eq!(email(" Ada@Example.com ").as_deref(), Some("ada@example.com"));
        assert_eq!(email("a@b").as_deref(), Some("a@b"));
        assert_eq!(email("ada"), None);
        assert_eq!(groups(["Devs", " ops ", "devs", " "]), ["devs", "ops"]);
    }
}
