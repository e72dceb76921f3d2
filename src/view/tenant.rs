//! How tenants look.

use std::io;

use serde::Serialize;

use super::{Cell, Column, Machine, Page, Tone, View, policy};
use crate::report::tenant::TenantRow;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

pub const COLUMNS: &[Column<TenantRow>] = &[
    Column::left("tenantId", "TENANT", |row| Cell::name(&row.tenant.tenant_id)),
    Column::right("policies", "POLICIES", |row| {
        of(row.tenant.active_policies, row.tenant.policies)
    }),
    Column::right("keys", "KEYS", |row| of(row.tenant.active_keys, row.tenant.keys)),
    Column::left("providers", "PROVIDERS", providers),
    Column::right("monthlyBudgetMicros", "BUDGETS", budgets),
    Column::right("activePolicies", "ACTIVE POLICIES", |row: &TenantRow| {
        Cell::new(row.tenant.active_policies.to_string())
    })
    .on_request(),
    Column::right("activeKeys", "ACTIVE KEYS", |row: &TenantRow| {
        Cell::new(row.tenant.active_keys.to_string())
    })
    .on_request(),
    Column::right("unlimitedPolicies", "UNLIMITED", |row: &TenantRow| {
        Cell::new(row.unlimited_policies.to_string())
    })
    .on_request(),
];

/// So many active of so many.
fn of(active: u64, all: u64) -> Cell {
    let text = if active == all { all.to_string() } else { format!("{active} of {all}") };
    Cell::new(text).plain(all.to_string())
}

fn providers(row: &TenantRow) -> Cell {
    if row.tenant.all_providers {
        return Cell::toned("ALL", Tone::Warning);
    }
    Cell::new(row.tenant.providers.join(", "))
}

/// The router's sum counts a policy without a limit as zero, so such a policy is said beside it.
fn budgets(row: &TenantRow) -> Cell {
    let sum = row.tenant.monthly_budget_micros;
    let cell = match (sum, row.unlimited_policies) {
        (_, 0) => Cell::new(sum.to_string()),
        (Micros::ZERO, _) => Cell::toned("unlimited", Tone::Warning),
        (_, unlimited) => Cell::toned(format!("{sum} + {unlimited} unlimited"), Tone::Warning),
    };
    cell.plain(sum.0.to_string())
}

/// One tenant with all that belongs to it.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct TenantDetail {
    #[serde(flatten)]
    pub tenant: TenantRow,
    /// `policies` is how many there are.
    pub policy_list: Vec<Policy>,
    pub users: Vec<String>,
}

impl View for TenantDetail {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let row = &self.tenant;
        let users =
            if self.users.is_empty() { Cell::none() } else { Cell::new(self.users.join(", ")) };
        page.fields(vec![
            ("tenant", Cell::name(&row.tenant.tenant_id)),
            ("keys", of(row.tenant.active_keys, row.tenant.keys)),
            ("providers", providers(row)),
            ("budgets", budgets(row)),
            ("users", users),
        ])?;
        page.blank()?;
        page.part(policy::COLUMNS, &self.policy_list)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}
