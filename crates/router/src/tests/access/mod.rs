//! People, what they are bound to, and the rules that give them groups: recordings 411 to 476.

mod bindings;
mod rules;
mod users;

use serde_json::{Value, json};

use super::House;

/// A router with the policies of the recordings.
fn house() -> House {
    let house = House::new();
    for policy in ["client_pol", "second_pol"] {
        house.does(&format!("PUT policies/{policy}"), json!({"providers": ["openai"]}), json!({}));
    }
    house
}

fn user(email: &str, tenant: &str, enabled: bool, groups: &[&str], exempt: bool) -> Value {
    json!({
        "email": email, "role": "user", "tenantId": tenant, "enabled": enabled, "groups": groups,
        "contentRetentionDisabled": exempt,
    })
}

fn binding(kind: &str, id: &str, policy: &str, enabled: bool, priority: u64) -> Value {
    json!({
        "principalType": kind, "principalId": id, "policyId": policy, "enabled": enabled,
        "priority": priority,
    })
}

impl House {
    /// The list at a path, which must be its only member.
    fn list(&self, path: &str, name: &str) -> Value {
        let answer = self.does(&format!("GET {path}"), json!({}), json!({}));
        assert_eq!(answer.body.as_object().unwrap().len(), 1);
        answer.body[name].clone()
    }
}
