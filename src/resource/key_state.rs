//! What keeps a key from working.

use clawctl_wire::credential::Credential;
use clawctl_wire::id::check_key_id;

/// Whether a key works, and if not, why.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum KeyState {
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

impl KeyState {
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
}
