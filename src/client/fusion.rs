//! The configuration of fusion.

use http::{HeaderMap, Method};
use serde_json::json;

use super::error::{Error, Result};
use super::{As, Client};
use crate::resource::FUSION_ID;
use clawctl_wire::error::code;
use clawctl_wire::fusion::{FusionConfig, FusionPreview};

impl Client {
    pub async fn fusion(&self) -> Result<FusionConfig> {
        self.one(FUSION_ID).await
    }

    /// What a configuration, stored or not, would do for the keys of a policy.
    pub async fn preview_fusion(
        &self,
        policy: &str,
        config: &FusionConfig,
    ) -> Result<FusionPreview> {
        config.check().map_err(Error::Fusion)?;
        let body = json!({ "policyId": policy, "config": config.put_body() });
        let path = "/v1/admin/fusion/preview";
        match self.call(Method::POST, path, &As::Admin, HeaderMap::new(), Some(&body)).await {
            Ok(answer) => answer.read("fusion preview"),
            Err(e) if e.code() == code::FUSION_POLICY_NOT_FOUND => {
                Err(Error::missing("policy", policy, Some(&e)))
            }
            Err(e) => Err(e),
        }
    }
}
