//! How policy bindings look.

use super::policy::enabled;
use super::{Cell, Column};
use clawctl_wire::binding::Binding;

pub const COLUMNS: &[Column<Binding>] = &[
    Column::left("policyId", "POLICY", |row| Cell::name(&row.policy_id)),
    Column::left("principalType", "FOR", |row| Cell::new(row.principal_type.as_str())),
    Column::left("principalId", "WHOM", |row| Cell::new(&row.principal_id)),
    Column::left("enabled", "STATE", |row| enabled(row.enabled)),
    Column::right("priority", "PRIORITY", |row| Cell::new(row.priority.to_string())),
];
