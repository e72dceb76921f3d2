//! What a change of the choice among upstream grants means.

use std::collections::BTreeSet;

use serde_json::Value;

use super::change::ChangeSet;
use super::effect::{Effect, without};
use crate::resource::words::yes_no;
use clawctl_wire::policy::{Policy, default_grant_routing};

/// Each member with the words for it.
const MEMBERS: [(&str, &str); 7] = [
    ("strategy", "grant strategy"),
    ("stickiness", "grant stickiness"),
    ("failover", "grant failover"),
    ("staleState", "stale grants"),
    ("staleAfterSeconds", "stale after"),
    ("switchAtUsedPercent", "grant switch"),
    ("hysteresisPercent", "grant hysteresis"),
];

/// Notes the members that change. A new policy is compared with one that says nothing of grants.
pub(super) fn routing_fields(set: &mut ChangeSet, before: Option<&Policy>, after: &Policy) {
    let defaults = default_grant_routing();
    let before = before.map_or(&defaults, |policy| &policy.grant_routing);
    let after = &after.grant_routing;
    for (member, field) in MEMBERS {
        // A later router adds members to what it is sent; what is not sent is not meant to change.
        if after.get(member).is_some() {
            set.field(field, Some(word(before, member)), word(after, member));
        }
    }
    set.field("eligible grants", Some(eligible_text(before)), eligible_text(after));
}

pub(super) fn routing_effects(set: &mut ChangeSet, before: &Policy, after: &Policy) {
    let (before, after) = (&before.grant_routing, &after.grant_routing);
    let providers: BTreeSet<&String> =
        [before, after].into_iter().filter_map(lists).flat_map(|lists| lists.keys()).collect();
    for provider in providers {
        let list = |routing| lists(routing).and_then(|lists| lists.get(provider)).map(refs);
        match (list(before), list(after)) {
            (Some(_), None) => {
                set.named_effect(Effect::Widens, format!("to every grant of {provider}"));
            }
            (None, Some(new)) => {
                set.named_effect(Effect::Narrows, format!("to {} of {provider}", new.join(", ")));
            }
            (Some(old), Some(new)) => {
                let (gained, lost) = (without(&new, &old), without(&old, &new));
                if !gained.is_empty() {
                    set.named_effect(
                        Effect::Widens,
                        format!("to {} of {provider}", gained.join(", ")),
                    );
                }
                if !lost.is_empty() {
                    set.named_effect(
                        Effect::Narrows,
                        format!("without {} of {provider}", lost.join(", ")),
                    );
                }
            }
            (None, None) => {}
        }
    }
}

fn word(routing: &Value, member: &str) -> String {
    match routing.get(member) {
        Some(Value::String(word)) => word.clone(),
        Some(Value::Bool(yes)) => yes_no(*yes),
        Some(Value::Number(percent)) if member.ends_with("Percent") => format!("{percent} %"),
        Some(Value::Number(seconds)) => format!("{seconds} s"),
        Some(other) => other.to_string(),
        None => "not said".to_owned(),
    }
}

fn lists(routing: &Value) -> Option<&serde_json::Map<String, Value>> {
    routing.get("eligibleGrants").and_then(Value::as_object)
}

fn refs(list: &Value) -> Vec<&str> {
    list.as_array().into_iter().flatten().filter_map(Value::as_str).collect()
}

fn eligible_text(routing: &Value) -> String {
    let lists = lists(routing).into_iter().flatten();
    let texts: Vec<_> =
        lists.map(|(provider, list)| format!("{provider}: {}", refs(list).join(", "))).collect();
    if texts.is_empty() { "any".to_owned() } else { texts.join("; ") }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::policy_change;
    use super::*;
    use clawctl_wire::policy::ProviderScope;

    #[test]
    fn each_change_of_routing_is_named() {
        let with = |change: Value| {
            let mut policy = Policy::with_defaults("team", &ProviderScope::All);
            for (name, value) in change.as_object().unwrap() {
                policy.grant_routing[name] = value.clone();
            }
            policy
        };
        let check = |before: Value, after: Value, field: (&str, &str, &str), effects: &[&str]| {
            let set = policy_change(Some(&with(before)), &with(after), None);
            assert_eq!(set.fields.len(), 1, "{set:?}");
            let found = &set.fields[0];
            let (old, new) = (found.before.as_deref().unwrap(), found.after.as_str());
            assert_eq!((found.field, old, new), field);
            let lines: Vec<_> = set.effects.iter().map(|e| e.to_string()).collect();
            assert_eq!(lines, effects);
        };
        let field = ("grant strategy", "most_remaining", "priority");
        check(json!({}), json!({"strategy": "priority"}), field, &[]);
        check(json!({}), json!({"failover": false}), ("grant failover", "yes", "no"), &[]);
        let field = ("stale after", "300 s", "30 s");
        check(json!({}), json!({"staleAfterSeconds": 30}), field, &[]);
        let of = |refs: Value| json!({"eligibleGrants": {"openai": refs}});
        let field = ("eligible grants", "any", "openai: a");
        check(json!({}), of(json!(["a"])), field, &["NARROWS: to a of openai"]);
        let field = ("eligible grants", "openai: a", "any");
        check(of(json!(["a"])), json!({}), field, &["WIDENS: to every grant of openai"]);
        let field = ("eligible grants", "openai: a", "openai: b");
        let both = ["WIDENS: to b of openai", "NARROWS: without a of openai"];
        check(of(json!(["a"])), of(json!(["b"])), field, &both);
        let made = policy_change(None, &with(json!({})), None);
        assert!(made.fields.iter().all(|field| !field.field.contains("grant")), "{made:?}");
    }
}
