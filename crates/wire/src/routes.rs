//! `GET /v1/routes`: which paths lead to which endpoints. The order of the members in each type is
//! the order on the wire.

use serde::{Deserialize, Serialize};

/// The body of `GET /v1/routes`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct RouteTable {
    /// Providers behind the unified routes, such as `/v1/chat/completions`.
    pub openai_compatible: Vec<UnifiedRoutes>,
    /// Every endpoint behind `/v1/proxy/<provider>/<endpoint>`.
    pub manifest_proxy: Vec<ProxyRoute>,
}

/// What one provider offers on the unified routes.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct UnifiedRoutes {
    pub provider: String,
    pub models: Vec<UnifiedModel>,
    pub model_prefixes: Vec<String>,
    pub endpoints: Vec<String>,
}

/// A model with the unified routes that take it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct UnifiedModel {
    pub id: String,
    pub capabilities: Vec<String>,
    pub endpoints: Vec<String>,
}

/// One endpoint behind `/v1/proxy`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ProxyRoute {
    pub provider: String,
    pub endpoint: String,
    pub route: String,
    pub methods: Vec<String>,
    pub path_params: Vec<String>,
    pub request_format: String,
    pub response_format: String,
    pub sample_model: Option<String>,
    pub models: Vec<RoutedModel>,
    pub streaming: bool,
}

/// A model as `/v1/routes` lists it beside a proxied endpoint.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoutedModel {
    pub id: String,
    pub capabilities: Vec<String>,
}
