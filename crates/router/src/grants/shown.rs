//! A grant as the admin API returns it.

use jiff::Timestamp;

use crate::grant::record::GrantRecord;
use crate::grant::state::State;
use clawctl_wire::grant::{Grant, QuotaStatus};

/// The version word of a stored grant.
const VERSION: u64 = 1;

impl GrantRecord {
    /// `state` is what was seen of this revision of it.
    pub(crate) fn shown(&self, state: Option<&State>, now: Timestamp) -> Grant {
        let time = |at: Timestamp| format!("{at:.3}");
        let facts = &self.facts;
        let refresh = facts.refresh.as_ref();
        Grant {
            key: self.key.stored(),
            scope: self.key.scope.as_str().to_owned(),
            scope_id: self.key.scope_id.clone(),
            token_ref: self.key.token_ref.clone(),
            version: VERSION,
            enabled: self.enabled,
            kind: facts.kind.clone(),
            provider: self.provider.clone(),
            label: facts.label.clone(),
            token_type: facts.token_type.clone(),
            expires_at: facts.expires_at.clone(),
            scopes: facts.scopes.clone(),
            account_id: facts.account_id.clone(),
            subscription: facts.subscription.clone(),
            created_at: time(facts.created_at),
            updated_at: time(self.updated_at),
            revoked_at: facts.revoked_at.map(time),
            has_credential: facts.has_credential,
            credential_fields: facts.credential_fields.clone(),
            has_access_token: facts.has_access_token,
            has_refresh_token: facts.has_refresh_token,
            refresh_configured: refresh.is_some(),
            refresh_token_url: refresh.map(|refresh| refresh.token_url.clone()),
            client_id_config: refresh.and_then(|refresh| refresh.client_id_config.clone()),
            client_secret_config: refresh.and_then(|refresh| refresh.client_secret_config.clone()),
            usable: self.is_usable(now),
            priority: facts.priority,
            weight: facts.weight.clone(),
            selected_count: state.map_or(0, |state| state.selected_count),
            last_selected_at: state.and_then(|state| state.last_selected_at).map(time),
            quota_status: state.map_or(QuotaStatus::Unknown, |state| state.status(now)),
            quota_observed_at: state.and_then(|state| state.observed_at).map(time),
            cooldown_until: state
                .and_then(|state| state.cooldown_until)
                .filter(|end| *end > now)
                .map(time),
            quota_source: state.and_then(|state| state.source.clone()),
            last_provider_signal: state.and_then(|state| state.signal.clone()),
            quota_windows: state.map(|state| state.windows.clone()).unwrap_or_default(),
            unknown: serde_json::Map::new(),
        }
    }
}
