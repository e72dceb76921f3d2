//! People who sign in to a router's console.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::member::fields;
use super::value::{set, text};
use super::words::{listed, yes_no};
use super::{Field, Kind, Member, Resource, SetEdit, Shape};
use clawctl_wire::resource;
use clawctl_wire::rule::GENERATED_PREFIX;
use clawctl_wire::user::{AccessUser, groups};

/// What is to become of a user. Whatever is not named stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct UserEdit {
    pub tenant: Option<String>,
    pub enabled: Option<bool>,
    pub groups: SetEdit,
    pub retention_disabled: Option<bool>,
}

pub static USER: Shape = Shape { noun: "user", fields: &FIELDS };
static FIELDS: [&Field; 4] = fields(&MEMBERS);

type Row = Member<AccessUser>;

static MEMBERS: [Row; 4] = [
    Row::new("enabled", Kind::Flag, "Whether signing in works.")
        .wire("enabled")
        .words("enabled", |user| yes_no(user.enabled))
        .get(|user| Some(user.enabled.into()))
        .set(|edit, value| edit.enabled = value.as_bool()),
    Row::new("tenant", Kind::Text, "Tenant of the user.")
        .wire("tenantId")
        .words("tenant", |user| user.tenant_id.clone())
        .get(|user| Some(json!(user.tenant_id)))
        .set(|edit, value| edit.tenant = text(value)),
    // What rules make for themselves comes back with them.
    Row::new("groups", Kind::Texts, "Groups, all of them; those that rules give are theirs.")
        .wire("groups")
        .words("groups", |user| listed(&user.groups))
        .get(|user| {
            let own = user.groups.iter().filter(|name| !name.starts_with(GENERATED_PREFIX));
            Some(own.cloned().collect())
        })
        .set(|edit, value| edit.groups = set(value)),
    Row::new(
        "retain_content",
        Kind::Flag,
        "`false`: contents of requests with keys of this principal are never kept.",
    )
    .wire("contentRetentionDisabled")
    .words("retain content", |user| yes_no(!user.content_retention_disabled))
    .get(|user| Some((!user.content_retention_disabled).into()))
    .set(|edit, value| edit.retention_disabled = value.as_bool().map(|retain| !retain)),
];

impl UserEdit {
    pub fn apply(&self, user: &AccessUser) -> AccessUser {
        let mut after = user.clone();
        if let Some(text) = &self.tenant {
            after.tenant_id = text.trim().to_owned();
        }
        after.enabled = self.enabled.unwrap_or(after.enabled);
        if !self.groups.is_keep() {
            self.groups.apply(&mut after.groups);
            after.groups = groups(after.groups.iter().map(String::as_str));
        }
        let disabled = self.retention_disabled.unwrap_or(after.content_retention_disabled);
        after.content_retention_disabled = disabled;
        after
    }
}

impl Resource for AccessUser {
    type Id = str;
    type Edit = UserEdit;
    const KIND: &'static resource::Kind = &resource::USER;
    const MEMBERS: &'static [Member<Self>] = &MEMBERS;

    /// The address in lower case.
    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.email)
    }

    fn apply(edit: &UserEdit, to: &Self) -> Self {
        edit.apply(to)
    }

    fn body(&self) -> Value {
        self.put_body()
    }

    fn is_enabled(&self) -> bool {
        self.enabled
    }

    fn enabled(edit: &mut UserEdit) -> &mut Option<bool> {
        &mut edit.enabled
    }

    fn with_id(email: &str) -> Option<Self> {
        Some(Self::with_defaults(email))
    }

    /// Rules add groups, and take them away.
    fn made(&self) -> Value {
        Self { groups: Vec::new(), unknown: Map::new(), ..self.clone() }.put_body()
    }
}
