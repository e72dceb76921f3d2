//! Policy bindings: which policies a person, or a group of them, holds in a router's console.

use std::fmt;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::user;
use super::word::word;

word! {
    /// Whom a binding is for.
    PrincipalType {
        User = "user",
        Group = "group",
    }
}

/// The priority of a binding, and of an assignment rule, that names none. Lower comes first.
pub const PRIORITY_DEFAULT: u64 = 100;

/// Which binding: whom it is for, and the policy. Nothing else tells two apart.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BindingKey {
    pub principal_type: PrincipalType,
    pub principal_id: String,
    pub policy_id: String,
}

impl BindingKey {
    /// The binding of a person, if a router takes the text for an address.
    pub fn of_user(text: &str, policy_id: &str) -> Option<Self> {
        let principal_id = user::email(text)?;
        let policy_id = policy_id.to_owned();
        Some(Self { principal_type: PrincipalType::User, principal_id, policy_id })
    }

    /// The binding of a group, if its name is not blank.
    pub fn of_group(name: &str, policy_id: &str) -> Option<Self> {
        let principal_id = Some(name.trim().to_lowercase()).filter(|name| !name.is_empty())?;
        let policy_id = policy_id.to_owned();
        Some(Self { principal_type: PrincipalType::Group, principal_id, policy_id })
    }
}

impl fmt::Display for BindingKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { principal_type, principal_id, policy_id } = self;
        write!(f, "{principal_type} {principal_id} → {policy_id}")
    }
}

/// A binding as the admin API returns it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Binding {
    pub principal_type: PrincipalType,
    pub principal_id: String,
    pub policy_id: String,
    pub enabled: bool,
    pub priority: u64,
    /// Members that this version does not know. An edit sends them back as they came.
    #[serde(flatten)]
    pub unknown: Map<String, Value>,
}

impl Binding {
    /// A binding as a router makes one of a key alone.
    pub fn with_defaults(key: &BindingKey) -> Self {
        Self {
            principal_type: key.principal_type.clone(),
            principal_id: key.principal_id.clone(),
            policy_id: key.policy_id.clone(),
            enabled: true,
            priority: PRIORITY_DEFAULT,
            unknown: Map::new(),
        }
    }

    pub fn key(&self) -> BindingKey {
        BindingKey {
            principal_type: self.principal_type.clone(),
            principal_id: self.principal_id.clone(),
            policy_id: self.policy_id.clone(),
        }
    }

    /// Whether this binds a policy to the person with this address.
    pub fn is_of(&self, email: &str) -> bool {
        self.principal_type == PrincipalType::User && self.principal_id == email
    }

    /// The body of a PUT that leaves nothing to the router's defaults: a priority that is left out
    /// would fall back to 100, and a disabled binding would be enabled.
    pub fn put_body(&self) -> Value {
        match serde_json::to_value(self) {
            Ok(body) => body,
            // A binding is strings, numbers and a map with string keys; this cannot happen.
            Err(_) => Value::Null,
        }
    }
}

/// `GET /v1/admin/policy-bindings`
#[derive(Debug, Serialize, Deserialize)]
pub struct BindingList {
    pub bindings: Vec<Binding>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_put_says_everything_and_sends_back_what_it_does_not_know() {
        let read = serde_json::json!({"principalType": "team", "principalId": "x",
            "policyId": "p", "enabled": false, "priority": 7, "until": "2027"});
        let binding: Binding = serde_json::from_value(read.clone()).unwrap();
        assert_eq!(binding.put_body(), read);
    }

    #[test]
    fn keys_are_spelled_as_the_router_spells_them() {
        let user = BindingKey::of_user(" Bob@Example.com", "team").unwrap();
        assert_eq!(user.to_string(), "user bob@example.com → team");
        assert_eq!(BindingKey::of_group(" Devs ", "team").unwrap().principal_id, "devs");
        assert_eq!(BindingKey::of_user("bob", "team"), None);
        assert_eq!(BindingKey::of_group("  ", "team"), None);
    }
}
