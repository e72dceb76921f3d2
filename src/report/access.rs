//! What somebody holds in a console, and through what.

use serde::Serialize;

use clawctl_wire::binding::{Binding, PrincipalType};
use clawctl_wire::credential::Credential;
use clawctl_wire::rule::{GENERATED_PREFIX, Rule};
use clawctl_wire::user::AccessUser;

/// A policy that a user holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Held {
    pub policy_id: String,
    /// The group through which it is held; nothing where it is bound to the address.
    pub group: Option<String>,
    /// The rule that made the group.
    pub rule: Option<String>,
    pub priority: u64,
}

/// A user with all that follows from the record.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct UserAccess {
    #[serde(flatten)]
    pub user: AccessUser,
    /// In the order of their priority.
    pub held: Vec<Held>,
    /// The enabled rules that match the address by itself.
    pub matching_rules: Vec<String>,
    /// The keys whose principal this is.
    pub keys: Vec<String>,
}

/// Puts together what there is of a user.
pub fn user_access(
    user: AccessUser,
    bindings: &[Binding],
    rules: &[Rule],
    keys: &[Credential],
) -> UserAccess {
    let is_held = |binding: &&Binding| {
        let by_group = binding.principal_type == PrincipalType::Group
            && user.groups.contains(&binding.principal_id);
        binding.enabled && (by_group || binding.is_of(&user.email))
    };
    let mut held: Vec<Held> = bindings.iter().filter(is_held).map(held).collect();
    held.sort_by(|a, b| (a.priority, &a.policy_id).cmp(&(b.priority, &b.policy_id)));
    let matching = rules.iter().filter(|rule| rule.enabled && rule.matches_email(&user.email));
    let own = keys.iter().filter(|key| key.principal_id.as_ref() == Some(&user.email));
    UserAccess {
        held,
        matching_rules: matching.map(|rule| rule.rule_id.clone()).collect(),
        keys: own.map(|key| key.credential_id.clone()).collect(),
        user,
    }
}

fn held(binding: &Binding) -> Held {
    let by_group = binding.principal_type == PrincipalType::Group;
    let group = by_group.then(|| binding.principal_id.clone());
    let rule = group.as_ref().and_then(|name| name.strip_prefix(GENERATED_PREFIX));
    Held {
        policy_id: binding.policy_id.clone(),
        rule: rule.map(str::to_owned),
        group,
        priority: binding.priority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clawctl_wire::binding::BindingKey;
    use clawctl_wire::rule::RuleKind;

    #[test]
    fn what_somebody_holds_is_traced_to_where_it_comes_from() {
        let user = AccessUser {
            groups: vec!["assignment.eng".into(), "devs".into()],
            ..AccessUser::with_defaults("ada@example.com")
        };
        let bind = |key: Option<BindingKey>, priority, enabled| Binding {
            priority,
            enabled,
            ..Binding::with_defaults(&key.unwrap())
        };
        let bindings = [
            bind(BindingKey::of_user("ada@example.com", "own"), 100, true),
            bind(BindingKey::of_group("assignment.eng", "ruled"), 5, true),
            bind(BindingKey::of_group("devs", "shared"), 100, true),
            bind(BindingKey::of_group("devs", "off"), 1, false),
            bind(BindingKey::of_group("ops", "others"), 1, true),
            bind(BindingKey::of_user("bob@example.com", "bobs"), 1, true),
        ];
        let rules = [
            Rule::with_defaults("eng", RuleKind::EmailDomain, "example.com"),
            Rule {
                enabled: false,
                ..Rule::with_defaults("off", RuleKind::ExactEmail, "ada@example.com")
            },
            Rule::with_defaults("other", RuleKind::EmailDomain, "other.com"),
        ];
        let access = user_access(user, &bindings, &rules, &[]);
        let held: Vec<_> = access
            .held
            .iter()
            .map(|held| (held.policy_id.as_str(), held.group.as_deref(), held.rule.as_deref()))
            .collect();
        let expected = [
            ("ruled", Some("assignment.eng"), Some("eng")),
            ("own", None, None),
            ("shared", Some("devs"), None),
        ];
        assert_eq!(held, expected);
        assert_eq!(access.matching_rules, ["eng"]);
    }
}
