//! How keys look.

use std::io;

use serde::Serialize;

use super::policy::{budget, enabled, providers};
use super::{Cell, Column, Machine, Page, Tone, View};
use crate::resource::words::models_text;
use clawctl_wire::credential::Credential;
use clawctl_wire::id::check_key_id;
use clawctl_wire::policy::Policy;

/// Whether a key works, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Active,
    Revoked,
    PolicyDisabled,
    Stale,
    /// Its owner is a user who is disabled.
    OwnerDisabled,
    /// Switched on in every way, and still not active: its time is over.
    Expired,
    /// The router stores it, and refuses every request with it.
    Unusable,
}

impl State {
    pub fn of(key: &Credential) -> Self {
        if check_key_id(&key.credential_id).is_err() {
            Self::Unusable
        } else if !key.enabled {
            Self::Revoked
        } else if !key.policy_enabled {
            Self::PolicyDisabled
        } else if !key.generation_matches {
            Self::Stale
        } else if key.principal_enabled == Some(false) {
            Self::OwnerDisabled
        } else if !key.active {
            Self::Expired
        } else {
            Self::Active
        }
    }

    pub fn words(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Revoked => "revoked",
            Self::PolicyDisabled => "policy disabled",
            Self::Stale => "stale",
            Self::OwnerDisabled => "owner disabled",
            Self::Expired => "expired",
            Self::Unusable => "unusable id",
        }
    }

    fn cell(self) -> Cell {
        let tone = match self {
            Self::Active => Tone::Good,
            Self::PolicyDisabled | Self::OwnerDisabled => Tone::Warning,
            Self::Stale | Self::Unusable => Tone::Bad,
            Self::Revoked | Self::Expired => Tone::Faint,
        };
        Cell::toned(self.words(), tone)
    }
}

pub const COLUMNS: &[Column<Credential>] = &[
    Column::left("credentialId", "KEY", |k| Cell::name(&k.credential_id)),
    Column::left("state", "STATE", |k| State::of(k).cell()),
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
            ("state", State::of(k).cell()),
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
