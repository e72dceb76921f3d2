//! What is wrong with a key, in one sentence, and how to mend it.

use std::io;

use serde::Serialize;

use super::policy::{budget, providers};
use super::{Cell, Machine, Page, Tone, View};
use crate::error::Exit;
use crate::resource::words::models_text;
use clawctl_wire::credential::Inspection;
use clawctl_wire::policy::ProviderScope;

/// Why a key does not work.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Fault {
    Malformed,
    Unknown,
    WrongSecret,
    Revoked,
    Expired,
    PolicyDisabled,
    Stale,
    PolicyMissing,
    OwnerDisabled,
}

/// The result of an inspection.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Inspected {
    pub key_id: Option<String>,
    pub works: bool,
    pub fault: Option<Fault>,
    /// One sentence.
    pub finding: String,
    pub remedy: Option<String>,
    /// What the router or the parser said.
    pub detail: Option<String>,
    pub inspection: Option<Inspection>,
}

impl Inspected {
    pub fn working(id: &str, inspection: Inspection) -> Self {
        Self {
            key_id: Some(id.to_owned()),
            works: true,
            fault: None,
            finding: format!("key {id} works"),
            remedy: None,
            detail: None,
            inspection: Some(inspection),
        }
    }

    pub fn faulty(id: Option<String>, fault: Fault, detail: String) -> Self {
        let name = id.as_deref().unwrap_or("ID");
        let (finding, remedy) = words(name, fault);
        Self {
            finding,
            remedy: Some(remedy),
            key_id: id,
            works: false,
            fault: Some(fault),
            detail: Some(detail).filter(|text| !text.is_empty()),
            inspection: None,
        }
    }
}

fn words(id: &str, fault: Fault) -> (String, String) {
    match fault {
        Fault::Malformed => (
            "this is not a key".into(),
            "a key reads `clawrouter-live-<id>-<secret>`; was all of it copied?".into(),
        ),
        Fault::Unknown => (
            format!("this router knows no key {id}"),
            "is it of another router? `clawctl status` says which one was asked".into(),
        ),
        Fault::WrongSecret => (
            format!("key {id} exists, but its secret is another one"),
            format!("it was rotated; find the new one, or `clawctl key rotate {id}`"),
        ),
        Fault::Revoked => {
            (format!("key {id} is revoked"), format!("`clawctl key enable {id}`, or issue another"))
        }
        Fault::Expired => (
            format!("the time of key {id} is over"),
            "issue another with `clawctl key issue`".into(),
        ),
        Fault::PolicyDisabled => (
            format!("the policy of key {id} is disabled"),
            format!("`clawctl key show {id}` names it; then `clawctl policy enable POLICY`"),
        ),
        Fault::Stale => (
            format!("key {id} was written under an earlier incarnation of its policy"),
            format!("write it again: `clawctl key enable {id}` with the key on `--key-stdin`"),
        ),
        Fault::PolicyMissing => (
            format!("the policy of key {id} is missing"),
            format!("`clawctl key show {id}` names it; create it, or move the key"),
        ),
        Fault::OwnerDisabled => (
            format!("the owner of key {id} is disabled on this router"),
            format!("run `clawctl key show {id}`, then `clawctl user enable EMAIL` of its owner"),
        ),
    }
}

impl View for Inspected {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let tone = if self.works { Tone::Good } else { Tone::Bad };
        page.toned(&self.finding, tone)?;
        if let Some(detail) = &self.detail {
            page.toned(format!("  {detail}"), Tone::Faint)?;
        }
        if let Some(remedy) = &self.remedy {
            page.line(format!("  {remedy}"))?;
        }
        let Some(found) = &self.inspection else { return Ok(()) };
        let scope = if found.providers.is_empty() {
            ProviderScope::All
        } else {
            ProviderScope::Only(found.providers.iter().cloned().collect())
        };
        let mut fields = vec![
            ("mode", Cell::new(&found.mode)),
            ("providers", providers(&scope)),
            ("models", Cell::new(models_text(found.models.as_deref()))),
            ("budget", budget(found.monthly_budget_micros)),
            ("budget scope", Cell::new(found.budget_scope.as_str())),
            ("tenant", Cell::optional(found.tenant_id.as_deref())),
            ("role", Cell::optional(found.token_role.as_deref())),
        ];
        if let Some(at) = found.expires_at {
            fields.push(("expires", Cell::new(at.to_string())));
        }
        page.fields(fields)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }

    fn exit(&self) -> Exit {
        self.fault.map_or(Exit::DONE, Fault::exit)
    }
}
