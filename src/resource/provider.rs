//! Connections of providers.

use std::borrow::Cow;

use serde_json::{Value, json};

use super::member::fields;
use super::value::{amount, clearable, money};
use super::words::{budget_text, text_or_none, yes_no};
use super::{Change, Field, Kind, Member, Resource, Shape};
use clawctl_wire::connection::Connection;
use clawctl_wire::money::Micros;
use clawctl_wire::resource;

/// What is to become of a provider's connection. Whatever is not named stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ConnectionEdit {
    pub enabled: Option<bool>,
    pub label: Change<String>,
    pub budget: Change<Micros>,
}

pub static PROVIDER: Shape = Shape { noun: "provider", fields: &FIELDS };
static FIELDS: [&Field; 3] = fields(&MEMBERS);

type Row = Member<Connection>;

static MEMBERS: [Row; 3] = [
    Row::new("enabled", Kind::Flag, "Whether anything reaches it, under any policy.")
        .wire("enabled")
        .words("enabled", |c| yes_no(c.enabled))
        .get(|c| Some(c.enabled.into()))
        .set(|edit, value| edit.enabled = value.as_bool()),
    Row::new("label", Kind::TextOrNull, "Note that the router keeps with it.")
        .wire("label")
        .words("label", |c| text_or_none(c.label.as_ref()))
        .get(|c| Some(json!(c.label)))
        .set(|edit, value| edit.label = clearable(value)),
    Row::new(
        "budget",
        Kind::MoneyOrNone,
        "Budget of everybody together per UTC month; `0` blocks, `none` is no limit.",
    )
    .wire("monthlyBudgetMicros")
    .words("budget", |c| budget_text(c.budget()))
    .get(|c| Some(money(c.budget())))
    .set(|edit, value| edit.budget = amount(value)),
];

impl ConnectionEdit {
    pub fn apply(&self, connection: &Connection) -> Connection {
        let mut after = connection.clone();
        after.enabled = self.enabled.unwrap_or(after.enabled);
        self.label.apply(&mut after.label);
        match self.budget {
            Change::Keep => {}
            Change::Clear => after.monthly_budget_micros = Some(None),
            Change::Set(amount) => after.monthly_budget_micros = Some(Some(amount)),
        }
        after
    }
}

impl Resource for Connection {
    type Id = str;
    type Edit = ConnectionEdit;
    const KIND: &'static resource::Kind = &resource::PROVIDER;
    const MEMBERS: &'static [Member<Self>] = &MEMBERS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.provider_id)
    }

    fn apply(edit: &ConnectionEdit, to: &Self) -> Self {
        edit.apply(to)
    }

    fn body(&self) -> Value {
        self.put_body()
    }

    fn is_enabled(&self) -> bool {
        self.enabled
    }

    fn enabled(edit: &mut ConnectionEdit) -> &mut Option<bool> {
        &mut edit.enabled
    }
}
