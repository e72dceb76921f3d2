//! `GET /v1/catalog` and provider readiness: what a key can really use.

use serde::{Deserialize, Serialize};

use super::pricing::Price;
use super::word::word;

word! {
    /// Whether a provider can be called, and how sure the router is.
    ReadinessStatus {
        /// The connection is switched off.
        Disabled = "disabled",
        /// A key or a setting is missing.
        MissingConfig = "missing_config",
        /// The last live check failed.
        Failed = "failed",
        /// A live check succeeded within a day.
        Verified = "verified",
        /// Configured, and not checked lately.
        Unverified = "unverified",
    }
}

/// Whether a provider can be called, and why not.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Readiness {
    pub id: String,
    pub display_name: String,
    pub class: String,
    pub service_kind: String,
    pub required_config: Vec<String>,
    pub optional_config: Vec<String>,
    pub missing_config: Vec<String>,
    pub config_present: bool,
    pub connection_enabled: bool,
    pub oauth_grant_required: bool,
    pub oauth_grant_count: u64,
    pub upstream_grant_count: u64,
    /// Of the class alone; the catalog row says whether it can be used that way.
    pub openai_compatible: bool,
    pub manifest_routes: u64,
    pub executable_endpoints: Vec<String>,
    pub model_count: u64,
    pub executable: bool,
    pub verified: bool,
    pub last_checked_at: Option<String>,
    pub latency_ms: Option<f64>,
    pub status: ReadinessStatus,
    pub reasons: Vec<String>,
}

/// `GET /v1/admin/provider-status`
#[derive(Debug, Serialize, Deserialize)]
pub struct ReadinessList {
    pub providers: Vec<Readiness>,
}

/// `GET /v1/admin/provider-health`
#[derive(Debug, Serialize, Deserialize)]
pub struct ProviderHealthList {
    pub providers: Vec<ProviderHealth>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProviderHealth {
    pub provider_id: String,
    pub status: String,
    pub checked_at: String,
    pub latency_ms: Option<f64>,
    pub status_code: Option<u16>,
    pub error: Option<String>,
}

/// The version word of the catalog.
pub const CATALOG_VERSION: &str = "clawrouter.client-catalog.v1";

/// `GET /v1/catalog`
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Catalog {
    #[serde(default)]
    pub version: String,
    pub providers: Vec<CatalogProvider>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CatalogProvider {
    pub id: String,
    #[serde(default)]
    pub display_name: String,
    #[serde(default)]
    pub allowed: bool,
    #[serde(default)]
    pub executable: bool,
    #[serde(default)]
    pub openai_compatible: bool,
    #[serde(default)]
    pub native_base_url: String,
    #[serde(default)]
    pub policies: Vec<String>,
    /// Absent on the compound row that a router adds for fusion.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub readiness: Option<Readiness>,
    #[serde(default)]
    pub connection_types: Vec<String>,
    #[serde(default)]
    pub routes: Vec<CatalogRoute>,
    #[serde(default)]
    pub models: Vec<CatalogModel>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CatalogRoute {
    pub endpoint: String,
    #[serde(default)]
    pub methods: Vec<String>,
    pub path: String,
    #[serde(default)]
    pub request_format: String,
    #[serde(default)]
    pub response_format: String,
    pub streaming: Option<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct CatalogModel {
    pub id: String,
    #[serde(default)]
    pub upstream: String,
    #[serde(default)]
    pub capabilities: Vec<String>,
    #[serde(default, rename = "supportedReasoningEfforts", skip_serializing_if = "Vec::is_empty")]
    pub supported_reasoning_efforts: Vec<String>,
    #[serde(default)]
    pub pricing_ref: Option<String>,
    #[serde(default)]
    pub pricing: Option<Price>,
}
