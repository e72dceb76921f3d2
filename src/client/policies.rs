//! Policies and providers.

use http::{HeaderMap, Method};

use super::edit::compare;
use super::error::{Error, Result};
use super::{As, Client};
use clawctl_wire::connection::Connection;
use clawctl_wire::error::code;
use clawctl_wire::policy::Policy;

impl Client {
    pub async fn policies(&self) -> Result<Vec<Policy>> {
        self.all().await
    }

    pub async fn connections(&self) -> Result<Vec<Connection>> {
        self.all().await
    }

    pub async fn policy(&self, id: &str) -> Result<Policy> {
        self.one(id).await
    }

    /// Switches a policy off by the router's own verb, which touches nothing else.
    pub async fn disable_policy(&self, id: &str) -> Result<Policy> {
        let path = format!("/v1/admin/policies/{id}/revoke");
        match self.call(Method::POST, &path, &As::Admin, HeaderMap::new(), None).await {
            Err(e) if e.code() == code::UNKNOWN_POLICY => {
                Err(Error::missing("policy", id, Some(&e)))
            }
            Err(e) => Err(e),
            Ok(_) => {
                let read = self.policy(id).await?;
                let sent = serde_json::json!({ "enabled": false });
                compare("policy", id, &sent, &serde_json::json!({ "enabled": read.enabled }))?;
                Ok(read)
            }
        }
    }
}
