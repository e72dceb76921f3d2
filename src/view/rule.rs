//! How assignment rules look, and what comes of a reconciliation.

use std::io;

use serde::Serialize;

use super::change::HeldBack;
use super::policy::{enabled, yes_no};
use super::user::names;
use super::{Cell, Column, Machine, Page, View};
use crate::resource::words::subject_text;
use clawctl_wire::rule::{Reconciled, Rule};

pub const COLUMNS: &[Column<Rule>] = &[
    Column::left("ruleId", "RULE", |rule| Cell::name(&rule.rule_id)),
    Column::left("enabled", "STATE", |rule| enabled(rule.enabled)),
    Column::left("subject", "MATCHES", |rule| {
        Cell::new(subject_text(rule)).plain(rule.subject.as_str())
    }),
    Column::left("groups", "GROUPS", |rule| names(&rule.groups)),
    Column::left("policyIds", "POLICIES", |rule| names(&rule.policy_ids)),
    Column::right("priority", "PRIORITY", |rule| Cell::new(rule.priority.to_string())),
    Column::left("revokeOnLoss", "ON LOSS", |rule| on_loss(rule.revoke_on_loss)),
    Column::left("kind", "KIND", |rule: &Rule| Cell::new(rule.kind.as_str())).on_request(),
    Column::left("provenance", "PROVENANCE", |rule: &Rule| Cell::new(&rule.provenance))
        .on_request(),
    Column::left("updatedAt", "CHANGED", |rule: &Rule| Cell::new(&rule.updated_at)).on_request(),
];

fn on_loss(revokes: bool) -> Cell {
    Cell::new(if revokes { "revokes" } else { "keeps" }).plain(revokes.to_string())
}

/// One rule, with the users whom it matches by their address.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct RuleDetail {
    #[serde(flatten)]
    pub rule: Rule,
    pub matching_users: Vec<String>,
}

impl View for RuleDetail {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let Self { rule, matching_users } = self;
        let mut fields = vec![
            ("rule", Cell::name(&rule.rule_id)),
            ("state", enabled(rule.enabled)),
            ("matches", Cell::new(subject_text(rule))),
            ("groups", names(&rule.groups)),
            ("policies", names(&rule.policy_ids)),
            ("own group", Cell::new(&rule.generated_group)),
            ("priority", Cell::new(rule.priority.to_string())),
            ("revokes on loss", yes_no(rule.revoke_on_loss)),
            ("provenance", Cell::new(&rule.provenance)),
            ("created", Cell::new(&rule.created_at)),
            ("changed", Cell::new(&rule.updated_at)),
            ("matching users", names(matching_users)),
        ];
        for (name, value) in &rule.unknown {
            fields.push((name.as_str(), Cell::new(value.to_string())));
        }
        page.fields(fields)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}

/// What a reconciliation made of one user.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct ReconciledRow {
    #[serde(flatten)]
    pub reconciled: Reconciled,
    pub gained_groups: Vec<String>,
    pub lost_groups: Vec<String>,
}

pub const RECONCILED: &[Column<ReconciledRow>] = &[
    Column::left("email", "USER", |row| Cell::name(&row.reconciled.email)),
    Column::left("matchedRuleIds", "MATCHED", |row| names(&row.reconciled.matched_rule_ids)),
    Column::left("retainedRuleIds", "RETAINED", |row| names(&row.reconciled.retained_rule_ids)),
    Column::left("gainedGroups", "GAINED", |row| names(&row.gained_groups)),
    Column::left("lostGroups", "LOST", |row| names(&row.lost_groups)),
    Column::left("groups", "GROUPS", |row: &ReconciledRow| names(&row.reconciled.groups))
        .on_request(),
];

/// What came of a reconciliation, or the request that a dry run held back.
pub enum ReconciledOutcome {
    Done(Vec<ReconciledRow>),
    HeldBack(HeldBack),
}

impl View for ReconciledOutcome {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        match self {
            Self::Done(rows) if rows.is_empty() => page.aside("The router knows no users."),
            Self::Done(rows) => page.table(RECONCILED, rows),
            Self::HeldBack(request) => request.draw(page),
        }
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        match self {
            Self::Done(rows) => machine.items(RECONCILED, rows),
            Self::HeldBack(request) => {
                machine.one(&serde_json::json!({ "dryRun": true, "request": request }))
            }
        }
    }
}
