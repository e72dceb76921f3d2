//! By which members a run knows a thing again that an earlier one was about to make: those that
//! were sent, without what a router or its rules change of themselves. Somebody else's thing of the
//! same name is told apart by them.

use serde_json::{Map, Value};

use super::action::key_body;
use super::live::Live;
use clawctl_wire::binding::Binding;
use clawctl_wire::grant::PutGrant;
use clawctl_wire::rule::Rule;
use clawctl_wire::user::AccessUser;

/// Of a thing that the router has.
pub fn members(live: &Live, noun: &str, id: &str) -> Option<Value> {
    match noun {
        "policy" => live.policies.get(id).map(|it| it.put_body(true)),
        "key" => live.keys.get(id).map(key_body),
        "grant" => live.grants.get(id).map(|it| of_grant(&PutGrant::unchanged(it))),
        "user" => live.users.get(id).map(of_user),
        "binding" => {
            let mut all = live.bindings.iter();
            all.find(|it| it.key().to_string() == id).map(of_binding)
        }
        "rule" => live.rules.get(id).map(of_rule),
        _ => None,
    }
}

/// Does the router have it, and is it enabled?
pub fn is_enabled(live: &Live, noun: &str, id: &str) -> bool {
    let enabled = match noun {
        "policy" => live.policies.get(id).map(|it| it.enabled),
        "key" => live.keys.get(id).map(|it| it.enabled),
        "grant" => live.grants.get(id).map(|it| it.enabled),
        "user" => live.users.get(id).map(|it| it.enabled),
        "binding" => {
            live.bindings.iter().find(|it| it.key().to_string() == id).map(|it| it.enabled)
        }
        "rule" => live.rules.get(id).map(|it| it.enabled),
        _ => None,
    };
    enabled == Some(true)
}

/// A renewal moves the end of a grant.
pub(super) fn of_grant(put: &PutGrant) -> Value {
    let mut body = put.body();
    for moving in ["refresh", "expiresAt"] {
        body.remove(moving);
    }
    Value::Object(body)
}

/// Rules add groups, and take them away.
pub(super) fn of_user(user: &AccessUser) -> Value {
    AccessUser { groups: Vec::new(), unknown: Map::new(), ..user.clone() }.put_body()
}

pub(super) fn of_binding(binding: &Binding) -> Value {
    Binding { unknown: Map::new(), ..binding.clone() }.put_body()
}

pub(super) fn of_rule(rule: &Rule) -> Value {
    Rule { unknown: Map::new(), ..rule.clone() }.put_body()
}
