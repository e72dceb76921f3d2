//! What the store holds for one context, and how it is written down.

use serde::{Deserialize, Serialize};

use super::AccessToken;
use clawctl_secret::Secret;

/// What is stored for one context.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Stored {
    /// Where these secrets may be sent: scheme, host and port. Older versions did not keep it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub origin: Option<String>,
    #[serde(default, with = "exposed", skip_serializing_if = "Option::is_none")]
    pub admin_token: Option<Secret>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub access_client_id: Option<String>,
    #[serde(default, with = "exposed", skip_serializing_if = "Option::is_none")]
    pub access_client_secret: Option<Secret>,
}

impl Stored {
    /// Takes the halves of a service token over, where there is one.
    pub fn with_access(mut self, access: Option<AccessToken>) -> Self {
        if let Some(AccessToken { client_id, client_secret }) = access {
            self.access_client_id = Some(client_id);
            self.access_client_secret = Some(client_secret);
        }
        self
    }

    /// The service token, if both halves are there.
    pub fn take_access(&mut self) -> Option<AccessToken> {
        let client_id = self.access_client_id.take()?;
        let client_secret = self.access_client_secret.take()?;
        Some(AccessToken { client_id, client_secret })
    }
}

/// The store is the one place that secrets are written to as they are.
mod exposed {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    use clawctl_secret::Secret;

    pub(super) fn serialize<S: Serializer>(
        secret: &Option<Secret>,
        serializer: S,
    ) -> Result<S::Ok, S::Error> {
        secret.as_ref().map(Secret::expose).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(
        deserializer: D,
    ) -> Result<Option<Secret>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(Secret::new))
    }
}
