//! Bindings of policies to people and groups.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::member::fields;
use super::words::yes_no;
use super::{Field, Kind, Member, Resource, Shape};
use clawctl_wire::binding::{Binding, BindingKey, PrincipalType};
use clawctl_wire::money::MICROS_MAX;
use clawctl_wire::resource;

/// What is to become of a binding. Whatever is not named stays.
#[derive(Debug, Clone, Default)]
pub struct BindingEdit {
    pub enabled: Option<bool>,
    pub priority: Option<u64>,
}

pub static BINDING: Shape = Shape { noun: "binding", fields: &FIELDS };

/// What has to be said comes first in messages.
static FIELDS: [&Field; 5] = {
    let [user, group, policy, enabled, priority] = &fields(&MEMBERS);
    [*policy, *user, *group, *priority, *enabled]
};

type Row = Member<Binding>;

/// The first three name it, and are read together.
static MEMBERS: [Row; 5] = [
    Row::new("user", Kind::Email, "Address of who holds it; this or `group`.")
        .get(|binding| principal(binding, &PrincipalType::User)),
    Row::new("group", Kind::Text, "Group that holds it; this or `user`.")
        .get(|binding| principal(binding, &PrincipalType::Group)),
    Row::new("policy", Kind::Id, "Policy that is held.")
        .needed()
        .wire("policyId")
        .get(|binding| Some(json!(binding.policy_id))),
    Row::new("enabled", Kind::Flag, "Whether it counts.")
        .wire("enabled")
        .words("enabled", |binding| yes_no(binding.enabled))
        .get(|binding| Some(binding.enabled.into()))
        .set(|edit, value| edit.enabled = value.as_bool()),
    Row::new("priority", Kind::Whole { min: 0, max: MICROS_MAX }, "Lower comes first.")
        .wire("priority")
        .words("priority", |binding| binding.priority.to_string())
        .get(|binding| Some(binding.priority.into()))
        .set(|edit, value| edit.priority = value.as_u64()),
];

fn principal(binding: &Binding, of: &PrincipalType) -> Option<Value> {
    (binding.principal_type == *of).then(|| json!(binding.principal_id))
}

impl BindingEdit {
    pub fn apply(&self, binding: &Binding) -> Binding {
        Binding {
            enabled: self.enabled.unwrap_or(binding.enabled),
            priority: self.priority.unwrap_or(binding.priority),
            ..binding.clone()
        }
    }
}

impl Resource for Binding {
    type Id = BindingKey;
    type Edit = BindingEdit;
    const KIND: &'static resource::Kind = &resource::BINDING;
    const MEMBERS: &'static [Member<Self>] = &MEMBERS;

    fn id(&self) -> Cow<'_, BindingKey> {
        Cow::Owned(self.key())
    }

    fn parts(id: &BindingKey) -> Vec<String> {
        let BindingKey { principal_type, principal_id, policy_id } = id;
        vec![principal_type.to_string(), principal_id.clone(), policy_id.clone()]
    }

    fn apply(edit: &BindingEdit, to: &Self) -> Self {
        edit.apply(to)
    }

    fn body(&self) -> Value {
        self.put_body()
    }

    fn is_enabled(&self) -> bool {
        self.enabled
    }

    fn enabled(edit: &mut BindingEdit) -> &mut Option<bool> {
        &mut edit.enabled
    }

    fn with_id(id: &BindingKey) -> Option<Self> {
        Some(Self::with_defaults(id))
    }

    fn policies(&self) -> Vec<String> {
        vec![self.policy_id.clone()]
    }

    fn made(&self) -> Value {
        Self { unknown: Map::new(), ..self.clone() }.put_body()
    }
}
