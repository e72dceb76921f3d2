//! What a router can reach upstream: the snapshot of `GET /v1/providers`.
//!
//! A newer router may add members and words, so nothing here refuses what it does not know. The
//! order of the members in each type is the order on the wire.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::{Number, Value};

use super::pricing::{Price, Pricing};

/// The word that opens a snapshot of this shape.
pub const SNAPSHOT_VERSION: &str = "clawrouter.provider-snapshot.v1";

/// The body of `GET /v1/providers`: every provider, and two indexes over them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ProviderSnapshot {
    pub version: String,
    pub providers: Vec<Provider>,
    /// Who offers a capability, by its id.
    #[serde(default)]
    pub capability_index: BTreeMap<String, Vec<CapabilitySource>>,
    /// Every listed model, by its qualified id.
    #[serde(default)]
    pub model_index: BTreeMap<String, IndexedModel>,
}

/// One provider with everything that a router needs to reach it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Provider {
    pub id: String,
    pub display_name: String,
    /// `stable`, `experimental`, `deprecated` or `disabled`.
    pub status: String,
    /// `openai_compatible`, `anthropic_compatible`, `rest_json`, and so on.
    pub class: String,
    pub service_platform: String,
    pub service_kind: String,
    /// The environment names that configure this provider, secret or not.
    pub config_keys: Vec<String>,
    /// Those of `config_keys` that it can do without.
    pub optional_config_keys: Vec<String>,
    pub auth: Auth,
    /// The schemes in short form, such as `bearer:api_key`.
    pub auth_schemes: Vec<String>,
    pub base_urls: BTreeMap<String, String>,
    pub routing: Routing,
    pub native_prefixes: Vec<String>,
    pub adapter: Adapter,
    pub capabilities: Vec<Capability>,
    /// In byte order of their ids.
    pub endpoints: Vec<Endpoint>,
    /// In the provider's own order: the first is the one used when a request names none.
    pub models: Vec<Model>,
    pub billing: Billing,
    pub meter: Option<String>,
    pub quota: Quota,
}

/// How requests to a provider are authenticated.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Auth {
    pub schemes: Vec<AuthScheme>,
    /// A browser sign-in, which only some routers run; kept as it came.
    pub authorization: Option<Value>,
    pub refresh: Option<Refresh>,
    /// Other addresses for other kinds of grant, which only some routers use; kept as they came.
    pub grant_transports: BTreeMap<String, Value>,
}

/// Where the upstream secret goes in a request.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case", rename_all_fields = "camelCase")]
pub enum AuthScheme {
    Bearer {
        header: String,
        /// The header's value, with `${secret}` where the secret goes.
        format: String,
        secret_kind: String,
        #[serde(default = "yes")]
        required: bool,
    },
    ApiKey {
        header: String,
        secret_kind: String,
    },
    QueryApiKey {
        param: String,
        secret_kind: String,
    },
    Oauth {
        provider: Option<String>,
        #[serde(default)]
        scopes: Vec<String>,
        token_ref: Option<String>,
    },
    SigV4 {
        service: String,
        region_param: Option<String>,
    },
    CloudflareBinding,
    /// A scheme that this version does not know.
    #[serde(other)]
    Unknown,
}

impl AuthScheme {
    /// The short form that `auth_schemes` carries.
    pub fn id(&self) -> String {
        match self {
            Self::Bearer { secret_kind, required: true, .. } => format!("bearer:{secret_kind}"),
            Self::Bearer { secret_kind, .. } => format!("bearer:{secret_kind}:optional"),
            Self::ApiKey { secret_kind, .. } => format!("api_key:{secret_kind}"),
            Self::QueryApiKey { secret_kind, .. } => format!("query_api_key:{secret_kind}"),
            Self::Oauth { provider: Some(provider), .. } => format!("oauth:{provider}"),
            Self::Oauth { .. } => "oauth".to_owned(),
            Self::SigV4 { service, .. } => format!("sigv4:{service}"),
            Self::CloudflareBinding => "cloudflare_binding".to_owned(),
            Self::Unknown => "unknown".to_owned(),
        }
    }
}

/// How a grant's access token is renewed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Refresh {
    pub token_url: String,
    pub client_id: Option<String>,
    /// The environment name that holds the client id.
    pub client_id_config: Option<String>,
    pub client_secret_config: Option<String>,
    #[serde(default)]
    pub extra_params: BTreeMap<String, String>,
}

/// Which requests reach a provider.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Routing {
    pub native_prefixes: Vec<String>,
    /// A model reference that starts with one of these belongs to the provider, listed or not.
    pub model_prefixes: Vec<String>,
    /// Whether it takes no model that is not listed; an addition of ours to the contract.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub listed_models_only: bool,
    pub base_url_param: Option<String>,
    pub service_param: Option<String>,
}

/// How requests and answers are adapted.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Adapter {
    pub request: Option<String>,
    pub response: Option<String>,
    pub stream: Option<String>,
    pub error: Option<String>,
    /// Headers of the client that go upstream, besides those of the endpoint.
    pub passthrough_headers: Vec<String>,
    pub inject_headers: BTreeMap<String, String>,
    pub inject_query: BTreeMap<String, String>,
    pub request_transforms: RequestTransforms,
}

/// Changes to a request body on its way upstream.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RequestTransforms {
    pub rename_fields: Vec<RenameField>,
}

/// One member of a request body that some models want under another name.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct RenameField {
    pub from: String,
    pub to: String,
    /// The router's own paths it applies to; empty for all.
    pub paths: Vec<String>,
    /// The upstream models it applies to; empty for all.
    pub upstreams: Vec<String>,
    /// A configuration value that lists further upstream models.
    pub upstream_config: Option<String>,
}

/// Something a provider can do, and the endpoint that does it.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Capability {
    pub id: String,
    pub endpoint: String,
    pub methods: Vec<String>,
}

/// One address of a provider.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Endpoint {
    pub id: String,
    pub method: String,
    pub methods: Vec<String>,
    /// With `${name}` for each of `path_params`.
    pub path: String,
    /// Whether `/v1/native/<provider>` reaches it.
    pub native_proxy: bool,
    pub auth: Option<String>,
    pub headers: BTreeMap<String, String>,
    /// Headers of the client that go upstream.
    pub request_headers: Vec<String>,
    pub response_headers: Vec<String>,
    pub query: BTreeMap<String, String>,
    pub path_params: Vec<String>,
    /// `segment` (when absent), `opaque_segment` or `relative_path`.
    pub path_param_styles: BTreeMap<String, String>,
    pub request_format: String,
    pub response_format: String,
    /// `sse`, `aws_eventstream`, or nothing for an endpoint that never streams.
    pub streaming: Option<String>,
    /// How long to wait for the head of the answer.
    pub timeout_ms: Option<u64>,
}

/// A model that a provider lists.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Model {
    /// The qualified id, such as `openai/gpt-5.6`.
    pub id: String,
    /// What the provider itself calls it.
    pub upstream: String,
    pub capabilities: Vec<String>,
    #[serde(rename = "supportedReasoningEfforts", skip_serializing_if = "Option::is_none")]
    pub supported_reasoning_efforts: Option<Vec<String>>,
    pub pricing_ref: Option<String>,
    pub pricing: Option<Price>,
}

impl Model {
    /// What its tokens cost, if that is how its price is said.
    pub fn token_pricing(&self) -> Option<&Pricing> {
        self.pricing.as_ref().and_then(Price::tokens)
    }
}

/// What usage is counted by.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Billing {
    pub meter: Option<String>,
    pub dimensions: Vec<String>,
    pub counters: Vec<Counter>,
}

/// One number of a provider's answer that usage counts.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Counter {
    pub name: String,
    pub source: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub unit: Option<String>,
}

/// Where a provider says how much of its own limits is left.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct Quota {
    pub response_headers: Vec<QuotaHeaders>,
    pub probes: Vec<QuotaProbe>,
}

/// A limit that is read from the headers of an answer.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QuotaHeaders {
    pub id: String,
    pub kind: String,
    pub unit: Option<String>,
    pub window: Option<String>,
    pub fixed_limit: Option<Number>,
    pub limit_headers: Vec<String>,
    pub remaining_headers: Vec<String>,
    pub used_headers: Vec<String>,
    pub reset_headers: Vec<String>,
}

/// A request that asks a provider for its limits.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QuotaProbe {
    pub grant_kinds: Vec<String>,
    pub url: String,
    pub method: String,
    pub headers: BTreeMap<String, String>,
    pub windows: Vec<QuotaPointers>,
}

/// A limit that is read from the body of a probe's answer, by JSON pointers.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub struct QuotaPointers {
    pub id: String,
    pub kind: String,
    pub unit: Option<String>,
    pub window: Option<String>,
    pub fixed_limit: Option<Number>,
    pub limit_pointer: Option<String>,
    pub remaining_pointer: Option<String>,
    pub used_pointer: Option<String>,
    pub reset_pointer: Option<String>,
}

/// One provider's offer of a capability, in the snapshot's index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CapabilitySource {
    pub provider: String,
    pub endpoint: String,
    #[serde(default)]
    pub methods: Vec<String>,
}

/// One listed model, in the snapshot's index.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct IndexedModel {
    pub provider: String,
    pub upstream: String,
    #[serde(default)]
    pub capabilities: Vec<String>,
    #[serde(rename = "supportedReasoningEfforts", skip_serializing_if = "Option::is_none")]
    pub supported_reasoning_efforts: Option<Vec<String>>,
    pub pricing_ref: Option<String>,
    pub pricing: Option<Price>,
}

fn yes() -> bool {
    true
}
