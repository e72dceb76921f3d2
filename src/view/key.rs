//! How keys look.

use std::io;

use serde::Serialize;

use super::policy::{budget, enabled, providers};
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::resource::key_state::KeyState;
use crate::resource::words::models_text;
use clawctl_wire::credential::Credential;
use clawctl_wire::policy::Policy;

fn cell(state: KeyState) -> Cell {
    let tone = match state {
        KeyState::Active => Tone::Good,
        KeyState::PolicyDisabled | KeyState::OwnerDisabled => Tone::Warning,
        KeyState::Stale | KeyState::Unusable => Tone::Bad,
        KeyState::Revoked | KeyState::Expired => Tone::Faint,
    };
    Cell::toned(state.words(), tone)
}

pub const COLUMNS: &[Column<Credential>] = &[
    Column::left("credentialId", "KEY", |k| Cell::name(&k.credential_id)),
    Column::left("state", "STATE", |k| cell(KeyState::of(k))),
    Column::left("policyId", "POLICY", |k| Cell::new(&k.policy_id)),
    Column::left("principalId", "PRINCIPAL", |k: &Credential| {
        Cell::optional(k.principal_id.as_deref())
    })
    .where_it_fits(),
    Column::left("expiresAt", "EXPIRES", |k: &Credential| time(k.expires_at)).where_it_fits(),
    Column::left("lastUsedAt", "LAST USED", |k: &Credential| time(k.last_used_at)).where_it_fits(),
    Column::left("label", "LABEL", |k: &Credential| Cell::optional(k.label.as_deref()))
        .where_it_fits(),
    Column::left("createdAt", "CREATED", |k: &Credential| time(k.created_at)).on_request(),
    Column::left("enabled", "ENABLED", |k: &Credential| enabled(k.enabled)).on_request(),
];

/// To the minute for people, in full for programs.
fn time(at: Option<jiff::Timestamp>) -> Cell {
    at.map_or_else(Cell::none, |at| {
        let utc = jiff::tz::TimeZone::UTC.to_datetime(at);
        let (date, time) = (utc.date(), utc.time());
        let (hour, minute) = (time.hour(), time.minute());
        Cell::new(format!("{date} {hour:02}:{minute:02}")).plain(at.to_string())
    })
}

/// One key, with its policy where there is one.
#[derive(Serialize)]
pub struct KeyDetail {
    #[serde(flatten)]
    pub credential: Credential,
    pub policy: Option<Policy>,
}

impl View for KeyDetail {
    fn human(&self, page: &mut Page<'_>) -> io::Result<()> {
        let k = &self.credential;
        let mut fields = vec![
            ("key", Cell::name(&k.credential_id)),
            ("state", cell(KeyState::of(k))),
            ("policy", Cell::new(&k.policy_id)),
            ("principal", Cell::optional(k.principal_id.as_deref())),
            ("label", Cell::optional(k.label.as_deref())),
            ("expires", k.expires_at.map_or_else(|| Cell::new("never"), |at| time(Some(at)))),
            ("created", time(k.created_at)),
            ("last used", time(k.last_used_at)),
        ];
        match &self.policy {
            Some(policy) => {
                fields.push(("providers", providers(&policy.scope())));
                fields.push(("models", Cell::new(models_text(policy.models.as_deref()))));
                fields.push(("budget", budget(policy.monthly_budget_micros)));
            }
            None => fields.push(("providers", Cell::toned("its policy is missing", Tone::Bad))),
        }
        page.fields(fields)
    }

    fn machine(&self, machine: &mut Machine<'_>) -> io::Result<()> {
        machine.one(self)
    }
}
