//! How a policy chooses among upstream grants, edited member by member.
//!
//! A router takes a given `grantRouting` for the whole of it, and what it leaves out returns to the
//! defaults. So the one that was read is changed, and sent with all that is in it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value, json};

use super::SetEdit;
use super::value::{set, text};
use clawctl_wire::policy::{ENVIRONMENT_FALLBACK, is_default_grant_routing, reset_grant_routing};

/// The members that a manifest can say, by their names on the wire and there.
const NAMES: [(&str, &str); 7] = [
    ("strategy", "strategy"),
    ("stickiness", "stickiness"),
    ("failover", "failover"),
    (ENVIRONMENT_FALLBACK, "environment_fallback"),
    ("staleState", "stale_state"),
    ("staleAfterSeconds", "stale_after_seconds"),
    ("eligibleGrants", "eligible_grants"),
];

/// A policy's routing as a manifest says it.
pub(super) fn routing_said(routing: &Value) -> Value {
    if is_default_grant_routing(routing) {
        return "default".into();
    }
    let member =
        |(wire, name): &(&str, &str)| Some(((*name).to_owned(), routing.get(*wire)?.clone()));
    Value::Object(NAMES.iter().filter_map(member).collect())
}

/// What is to become of a policy's routing. Whatever is not named stays.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RoutingEdit {
    /// It returns to the defaults before anything else.
    pub reset: bool,
    pub strategy: Option<String>,
    pub stickiness: Option<String>,
    pub failover: Option<bool>,
    pub stale_state: Option<String>,
    pub stale_after_seconds: Option<u64>,
    /// Which grants of a provider may be used.
    pub eligible: BTreeMap<String, SetEdit>,
    /// Those that are named are all: of every other provider any grant may be used.
    pub only_eligible: bool,
    /// Providers of which every grant may be used again.
    pub any_of: BTreeSet<String>,
}

impl RoutingEdit {
    /// What a manifest wants: the defaults, or these members and the others as they are.
    pub(super) fn said(value: &Value) -> Self {
        let lists = value["eligible_grants"].as_object();
        Self {
            reset: !value.is_object(),
            strategy: text(&value["strategy"]),
            stickiness: text(&value["stickiness"]),
            failover: value["failover"].as_bool(),
            stale_state: text(&value["stale_state"]),
            stale_after_seconds: value["stale_after_seconds"].as_u64(),
            eligible: lists
                .into_iter()
                .flatten()
                .map(|(id, list)| (id.clone(), set(list)))
                .collect(),
            only_eligible: lists.is_some(),
            any_of: BTreeSet::new(),
        }
    }

    pub fn is_keep(&self) -> bool {
        *self == Self::default()
    }

    /// The routing as it will be. Members that this version does not know stay.
    pub fn apply(&self, routing: &Value) -> Value {
        if self.is_keep() {
            return routing.clone();
        }
        let base = if self.reset { reset_grant_routing(routing) } else { routing.clone() };
        let mut members = match base {
            Value::Object(members) => members,
            _ => Map::new(),
        };
        let named = [
            ("strategy", self.strategy.as_ref().map(|word| json!(word))),
            ("stickiness", self.stickiness.as_ref().map(|word| json!(word))),
            ("failover", self.failover.map(|yes| json!(yes))),
            ("staleState", self.stale_state.as_ref().map(|word| json!(word))),
            ("staleAfterSeconds", self.stale_after_seconds.map(|seconds| json!(seconds))),
        ];
        for (name, value) in named {
            if let Some(value) = value {
                members.insert(name.to_owned(), value);
            }
        }
        if self.only_eligible || !self.eligible.is_empty() || !self.any_of.is_empty() {
            let eligible = members.entry("eligibleGrants").or_insert_with(|| json!({}));
            if let Some(lists) = eligible.as_object_mut() {
                self.change_lists(lists);
            }
        }
        Value::Object(members)
    }

    fn change_lists(&self, lists: &mut Map<String, Value>) {
        if self.only_eligible {
            lists.clear();
        }
        for provider in &self.any_of {
            lists.remove(provider);
        }
        for (provider, edit) in &self.eligible {
            let mut refs = eligible_refs(lists.get(provider));
            edit.apply(&mut refs);
            lists.insert(provider.clone(), json!(refs));
        }
    }
}

fn eligible_refs(list: Option<&Value>) -> Vec<String> {
    let refs = list.and_then(Value::as_array).into_iter().flatten();
    refs.filter_map(Value::as_str).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use clawctl_wire::policy::default_grant_routing;

    #[test]
    fn only_what_is_named_changes() {
        let start = json!({"strategy": "priority", "stickiness": "session", "failover": false,
            "staleState": "deny", "staleAfterSeconds": 600,
            "eligibleGrants": {"openai": ["a", "b"], "xai": ["x"]}, "ofTomorrow": {"z": 1}});
        let check = |edit: RoutingEdit, member: &str, value: Value| {
            let mut expected = start.clone();
            if !member.is_empty() {
                expected[member] = value;
            }
            assert_eq!(edit.apply(&start), expected, "{edit:?}");
        };
        let none = RoutingEdit::default;
        check(none(), "", Value::Null);
        let round = Some("round_robin".to_owned());
        check(RoutingEdit { strategy: round, ..none() }, "strategy", json!("round_robin"));
        let stickiness = Some("none".to_owned());
        check(RoutingEdit { stickiness, ..none() }, "stickiness", json!("none"));
        check(RoutingEdit { failover: Some(true), ..none() }, "failover", json!(true));
        let stale_state = Some("allow".to_owned());
        check(RoutingEdit { stale_state, ..none() }, "staleState", json!("allow"));
        let after = RoutingEdit { stale_after_seconds: Some(30), ..none() };
        check(after, "staleAfterSeconds", json!(30));
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
        let edit = SetEdit { only: None, add: names(&["c"]), remove: names(&["a"]) };
        let eligible = BTreeMap::from([("openai".to_owned(), edit)]);
        let lists = json!({"openai": ["b", "c"], "xai": ["x"]});
        check(RoutingEdit { eligible, ..none() }, "eligibleGrants", lists);
        let any_of: BTreeSet<String> = names(&["openai"]);
        let edit = RoutingEdit { any_of, ..none() };
        check(edit, "eligibleGrants", json!({"xai": ["x"]}));
    }

    #[test]
    fn the_defaults_come_before_what_is_named() {
        let edit = RoutingEdit { reset: true, failover: Some(false), ..RoutingEdit::default() };
        let mut expected = default_grant_routing();
        expected["failover"] = json!(false);
        assert_eq!(edit.apply(&json!({"strategy": "priority"})), expected);
    }
}
