//! How policies look.

use std::io;

use super::budget::micros;
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::resource::words::{models_text, providers_text};
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{Policy, ProviderScope};

pub const COLUMNS: &[Column<Policy>] = &[
    Column::left("policyId", "POLICY", |p| Cell::name(&p.policy_id)),
    Column::left("enabled", "STATE", |p| enabled(p.enabled)),
    Column::left("providers", "PROVIDERS", |p| providers(&p.scope())),
    Column::left("models", "MODELS", |p| Cell::new(models_text(p.models.as_deref()))),
    Column::right("monthlyBudgetMicros", "BUDGET", |p| budget(p.monthly_budget_micros)),
    Column::left("budgetScope", "SCOPE", |p| Cell::new(p.budget_scope.as_str())),
    Column::left("tenantId", "TENANT", |p| Cell::new(&p.tenant_id)),
    Column::left("tokenRole", "ROLE", |p: &Policy| Cell::new(&p.token_role)).on_request(),
    Column::right("requestCostMicros", "PER REQUEST", |p: &Policy| micros(p.request_cost_micros))
        .on_request(),
    Column::left("retainRequestContent", "RETAINS", |p: &Policy| yes_no(p.retain_request_content))
        .on_request(),
];

/// One policy, with the keys under it where they are known.
pub struct PolicyDetail {
    pub policy: Policy,
    pub keys: Option<(usize, usize)>,
}

impl View for PolicyDetail {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let p = &self.policy;
        let mut fields = vec![
            ("policy", Cell::name(&p.policy_id)),
            ("state", enabled(p.enabled)),
            ("providers", providers(&p.scope())),
            ("models", Cell::new(models_text(p.models.as_deref()))),
            ("budget", budget_per_month(p)),
            ("request cost", request_cost(p.request_cost_micros)),
            ("tenant", Cell::new(&p.tenant_id)),
            ("role", Cell::new(&p.token_role)),
            ("retains content", yes_no(p.retain_request_content)),
        ];
        if let Some((enabled, all)) = self.keys {
            fields.push(("keys", Cell::new(format!("{enabled} enabled of {all}"))));
        }
        if !clawctl_wire::policy::is_default_grant_routing(&p.grant_routing) {
            fields.push(("grant routing", Cell::new(p.grant_routing.to_string())));
        }
        for (name, value) in &p.unknown {
            fields.push((name.as_str(), Cell::new(value.to_string())));
        }
        page.fields(fields)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(&self.policy)
    }
}

pub fn enabled(yes: bool) -> Cell {
    let cell =
        if yes { Cell::toned("enabled", Tone::Good) } else { Cell::toned("disabled", Tone::Bad) };
    cell.plain(yes.to_string())
}

pub fn yes_no(yes: bool) -> Cell {
    Cell::new(if yes { "yes" } else { "no" }).plain(yes.to_string())
}

pub fn providers(scope: &ProviderScope) -> Cell {
    let tone = if *scope == ProviderScope::All { Tone::Warning } else { Tone::Plain };
    Cell::toned(providers_text(scope), tone)
}

/// Unlimited, zero and an amount are three different cells; a program gets micros, as in JSON.
pub fn budget(limit: Option<Micros>) -> Cell {
    match limit {
        None => Cell::toned("unlimited", Tone::Warning).plain(""),
        Some(Micros::ZERO) => Cell::toned("$0.00 blocked", Tone::Bad).plain("0"),
        Some(amount) => Cell::new(amount.to_string()).plain(amount.0.to_string()),
    }
}

fn budget_per_month(p: &Policy) -> Cell {
    let cell = budget(p.monthly_budget_micros);
    if p.monthly_budget_micros.is_none() {
        return cell;
    }
    let share = match p.budget_scope.as_str() {
        "policy" => "shared by its keys",
        "principal" => "for each principal",
        other => other,
    };
    Cell { text: format!("{} per UTC month, {share}", cell.text), ..cell }
}

fn request_cost(cost: Option<Micros>) -> Cell {
    match cost {
        None => Cell::toned("by model", Tone::Faint),
        Some(amount) => Cell::new(format!("{amount} for every request")),
    }
}
