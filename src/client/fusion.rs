//! The configuration of fusion.

use http::{HeaderMap, Method};
use serde_json::json;

use super::edit::{Planned, compare};
use super::error::{Error, Result};
use super::{As, Client};
use clawctl_wire::error::code;
use clawctl_wire::fusion::{FusionConfig, FusionPreview};

const NOUN: &str = "fusion";
const ID: &str = "configuration";
const PATH: &str = "/v1/admin/fusion";

/// What is to become of the configuration. Whatever is not named stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct FusionEdit {
    pub enabled: Option<bool>,
    pub advisers: Option<Vec<String>>,
    pub aggregator: Option<String>,
    pub adviser_timeout_ms: Option<u64>,
    pub max_output_tokens: Option<u64>,
    pub max_input_chars: Option<u64>,
    pub max_proposal_chars: Option<u64>,
    pub temperature: Option<f64>,
}

impl FusionEdit {
    pub fn apply(&self, config: &FusionConfig) -> FusionConfig {
        let Self {
            enabled,
            advisers,
            aggregator,
            adviser_timeout_ms,
            max_output_tokens,
            max_input_chars,
            max_proposal_chars,
            temperature,
        } = self;
        let before = config.clone();
        FusionConfig {
            enabled: enabled.unwrap_or(before.enabled),
            adviser_models: advisers.clone().unwrap_or(before.adviser_models),
            aggregator_model: aggregator.clone().unwrap_or(before.aggregator_model),
            adviser_timeout_ms: adviser_timeout_ms.unwrap_or(before.adviser_timeout_ms),
            max_output_tokens: max_output_tokens.unwrap_or(before.max_output_tokens),
            max_input_chars: max_input_chars.unwrap_or(before.max_input_chars),
            max_proposal_chars: max_proposal_chars.unwrap_or(before.max_proposal_chars),
            temperature: temperature.unwrap_or(before.temperature),
            version: before.version,
            model_id: before.model_id,
            unknown: before.unknown,
        }
    }
}

impl Client {
    pub async fn fusion(&self) -> Result<FusionConfig> {
        self.get(PATH, &As::Admin, "fusion configuration").await
    }

    /// Thinks an edit through without sending it.
    pub async fn plan_fusion_edit(&self, edit: &FusionEdit) -> Result<Planned<FusionConfig>> {
        let before = self.fusion().await?;
        let after = edit.apply(&before);
        after.check().map_err(Error::Fusion)?;
        Ok(Planned { before: Some(before), after, etag: None })
    }

    /// Writes what was planned, reads it back and compares.
    pub async fn write_fusion(&self, planned: &Planned<FusionConfig>) -> Result<FusionConfig> {
        planned.after.check().map_err(Error::Fusion)?;
        if let Some(before) = &planned.before {
            // There is no precondition for it, so the state is read once more instead.
            let now = self.fusion().await?;
            if now.put_body() != before.put_body() {
                return Err(Error::Changed { noun: NOUN, id: ID.to_owned() });
            }
        }
        let body = planned.after.put_body();
        self.call(Method::PUT, PATH, &As::Admin, HeaderMap::new(), Some(&body)).await?;
        let read = self.fusion().await?;
        compare(NOUN, ID, &body, &read.put_body())?;
        Ok(read)
    }

    /// What a configuration, stored or not, would do for the keys of a policy.
    pub async fn preview_fusion(
        &self,
        policy: &str,
        config: &FusionConfig,
    ) -> Result<FusionPreview> {
        config.check().map_err(Error::Fusion)?;
        let body = json!({ "policyId": policy, "config": config.put_body() });
        let path = format!("{PATH}/preview");
        match self.call(Method::POST, &path, &As::Admin, HeaderMap::new(), Some(&body)).await {
            Ok(answer) => answer.read("fusion preview"),
            Err(e) if e.code() == code::FUSION_POLICY_NOT_FOUND => {
                Err(Error::missing("policy", policy, Some(&e)))
            }
            Err(e) => Err(e),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_edit_touches_what_it_names_alone() {
        let mut before = FusionConfig { temperature: 1.5, ..FusionConfig::default() };
        before.unknown.insert("rounds".to_owned(), 2.into());
        assert_eq!(FusionEdit::default().apply(&before), before);
        let edit = FusionEdit { max_output_tokens: Some(100), ..FusionEdit::default() };
        let expected = FusionConfig { max_output_tokens: 100, ..before.clone() };
        assert_eq!(edit.apply(&before), expected);
    }
}
