//! How access users look.

use std::io;

use super::policy::{enabled, yes_no};
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::report::access::{Held, UserAccess};
use clawctl_wire::user::UserGrants;

pub const COLUMNS: &[Column<UserGrants>] = &[
    Column::left("email", "USER", |row| Cell::name(&row.user.email)),
    Column::left("enabled", "STATE", |row| enabled(row.user.enabled)),
    Column::left("tenantId", "TENANT", |row| Cell::new(&row.user.tenant_id)),
    Column::left("groups", "GROUPS", |row| names(&row.user.groups)),
    Column::left("policyIds", "DIRECT GRANTS", |row| names(&row.policy_ids)),
    Column::left("contentRetentionDisabled", "RETAINS", |row| {
        let exempt = row.user.content_retention_disabled;
        yes_no(!exempt).plain(exempt.to_string())
    }),
    Column::left("role", "ROLE", |row: &UserGrants| Cell::new(&row.user.role)).on_request(),
];

/// Several names in one cell.
pub(super) fn names<'n>(names: impl IntoIterator<Item = &'n String>) -> Cell {
    let names: Vec<&str> = names.into_iter().map(String::as_str).collect();
    if names.is_empty() { Cell::none() } else { Cell::new(names.join(", ")) }
}

const HELD: &[Column<Held>] = &[
    Column::left("policyId", "POLICY", |held| Cell::name(&held.policy_id)),
    Column::left("through", "THROUGH", |held| match (&held.group, &held.rule) {
        (None, _) => Cell::new("the address itself"),
        (Some(_), Some(rule)) => Cell::new(format!("rule {rule}")),
        (Some(group), None) => Cell::new(format!("group {group}")),
    }),
    Column::right("priority", "PRIORITY", |held| Cell::new(held.priority.to_string())),
];

impl View for UserAccess {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Self { user, held, matching_rules, keys } = self;
        let mut fields = vec![
            ("user", Cell::name(&user.email)),
            ("state", enabled(user.enabled)),
            ("tenant", Cell::new(&user.tenant_id)),
            ("groups", names(&user.groups)),
            ("retains content", yes_no(!user.content_retention_disabled)),
            ("matching rules", names(matching_rules)),
            ("keys", names(keys)),
        ];
        for (name, value) in &user.unknown {
            fields.push((name.as_str(), Cell::new(value.to_string())));
        }
        page.fields(fields)?;
        page.blank()?;
        if held.is_empty() {
            return page.toned("holds no policy in the console", Tone::Faint);
        }
        page.part(HELD, held)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}
