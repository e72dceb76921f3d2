//! By which members a run knows a thing again that an earlier one was about to make: those that
//! were sent, without what a router or its rules change of themselves. Somebody else's thing of the
//! same name is told apart by them.

use serde_json::Value;

use super::live::Live;
use crate::resource::Resource;
use clawctl_wire::grant::PutGrant;

/// Of a thing that the router has.
pub fn members(live: &Live, noun: &str, id: &str) -> Option<Value> {
    Some(look_up(live, noun, id)?.0)
}

/// Does the router have it, and is it enabled?
pub fn is_enabled(live: &Live, noun: &str, id: &str) -> bool {
    look_up(live, noun, id).is_some_and(|(_, enabled)| enabled)
}

fn look_up(live: &Live, noun: &str, id: &str) -> Option<(Value, bool)> {
    fn seen<R: Resource>(it: &R) -> (Value, bool) {
        (it.made(), it.is_enabled())
    }
    Some(match noun {
        "policy" => seen(live.policies.get(id)?),
        "user" => seen(live.users.get(id)?),
        "binding" => seen(live.bindings.iter().find(|it| it.key().to_string() == id)?),
        "rule" => seen(live.rules.get(id)?),
        "key" => seen(live.keys.get(id)?),
        "grant" => {
            let grant = live.grants.get(id)?;
            (of_grant(&PutGrant::unchanged(grant)), grant.enabled)
        }
        _ => return None,
    })
}

/// A renewal moves the end of a grant.
pub(super) fn of_grant(put: &PutGrant) -> Value {
    let mut body = put.body();
    for moving in ["refresh", "expiresAt"] {
        body.remove(moving);
    }
    Value::Object(body)
}
