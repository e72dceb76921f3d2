//! A manifest as it is written, and its translation into the provider of the wire.

use std::collections::BTreeMap;
use std::path::PathBuf;

use serde::Deserialize;

use super::Manifest;
use clawctl_wire::pricing::{Price, Pricing};
use clawctl_wire::provider::{
    Adapter, Auth, AuthScheme, Billing, Capability, Endpoint, Model, Provider, Quota, QuotaHeaders,
    QuotaProbe, Routing,
};

/// The only version of the format so far.
pub(super) const SCHEMA: &str = "clawrouter.service-provider.v1";

/// Enough of a file to know what it is before all of it is read.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Head {
    pub(super) schema: Option<String>,
    pub(super) id: Option<String>,
}

/// A whole manifest. Members that serve only people and the tests of others are passed over.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ManifestFile {
    id: String,
    display_name: String,
    status: Option<String>,
    class: Option<String>,
    #[serde(default)]
    service: Service,
    notice: Option<String>,
    #[serde(default)]
    refused_tokens: BTreeMap<String, String>,
    base_urls: BTreeMap<String, String>,
    auth: Auth,
    #[serde(default)]
    routing: Routing,
    #[serde(default)]
    adapter: Adapter,
    #[serde(default)]
    body_quirks: BodyQuirks,
    #[serde(default)]
    patience: Patience,
    #[serde(default)]
    health: Health,
    endpoints: BTreeMap<String, EndpointFile>,
    capabilities: Vec<Capability>,
    #[serde(default)]
    models: Models,
    #[serde(default)]
    billing: Billing,
    #[serde(default)]
    quota: QuotaFile,
}

/// What is peculiar about the bodies that a provider takes and gives; an addition of ours to the
/// format.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct BodyQuirks {
    /// Members that must not reach it.
    pub(crate) drop_fields: Vec<String>,
    /// The one name under which it reads the limit on its output, where clients use two.
    pub(crate) output_limit: Option<String>,
    /// Whether text given as a list of parts must be joined into one string.
    pub(crate) flatten_text: bool,
    /// Whether it passes over every message that is not of the system, the user or the assistant,
    /// and over calls of tools.
    pub(crate) plain_roles: bool,
    /// Whether an answer without a word in it means that it could not answer.
    pub(crate) empty_is_failure: bool,
    /// Whether `error` is a bare text in what it answers when it refuses.
    pub(crate) bare_errors: bool,
    /// Whether a stream does not tell its usage when it is asked for it, as OpenAI's does.
    pub(crate) no_stream_usage: bool,
}

/// How long a provider may be silent; an addition of ours to the format. An endpoint's own
/// `timeoutMs` is for the head of its answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(crate) struct Patience {
    /// From the head of an answer to its first data; comments of an event stream are none.
    pub(crate) first_data_ms: u64,
    /// Between two pieces of an answer.
    pub(crate) idle_ms: u64,
    /// For a whole answer.
    pub(crate) total_ms: u64,
}

impl Default for Patience {
    fn default() -> Self {
        Self { first_data_ms: 300_000, idle_ms: 300_000, total_ms: 3_600_000 }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct Service {
    platform: Option<String>,
    kind: Option<String>,
    config_keys: Vec<String>,
    optional_config_keys: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct EndpointFile {
    path: String,
    method: Option<String>,
    native_proxy: Option<bool>,
    auth: Option<String>,
    #[serde(default)]
    headers: BTreeMap<String, String>,
    #[serde(default)]
    request_headers: Vec<String>,
    #[serde(default)]
    response_headers: Vec<String>,
    #[serde(default)]
    query: BTreeMap<String, String>,
    #[serde(default)]
    path_params: Vec<String>,
    #[serde(default)]
    path_param_styles: BTreeMap<String, String>,
    request_format: String,
    response_format: String,
    streaming: Option<String>,
    timeout_ms: Option<u64>,
}

/// Where a provider says how it is; an addition of ours to the format.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Health {
    paths: Vec<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Models {
    entries: Vec<ModelFile>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct ModelFile {
    id: String,
    upstream: String,
    #[serde(default)]
    capabilities: Vec<String>,
    supported_reasoning_efforts: Option<Vec<String>>,
    pricing_ref: Option<String>,
    pricing: Option<Pricing>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "camelCase")]
struct QuotaFile {
    response_headers: Option<Vec<QuotaHeaders>>,
    probes: Vec<QuotaProbe>,
}

impl ManifestFile {
    pub(super) fn compile(self, path: Option<PathBuf>) -> Manifest {
        let mut capabilities = self.capabilities;
        for capability in &mut capabilities {
            if capability.methods.is_empty() {
                let endpoint = self.endpoints.get(&capability.endpoint);
                let method = endpoint.and_then(|endpoint| endpoint.method.as_deref());
                capability.methods.push(method.unwrap_or("POST").to_owned());
            }
        }
        let endpoints =
            self.endpoints.into_iter().map(|(id, file)| endpoint(id, file, &capabilities));
        let provider = Provider {
            display_name: self.display_name,
            status: self.status.unwrap_or_else(|| "stable".to_owned()),
            class: self.class.unwrap_or_else(|| "openai_compatible".to_owned()),
            service_platform: self.service.platform.unwrap_or_else(|| self.id.clone()),
            service_kind: self.service.kind.unwrap_or_else(|| "api_provider".to_owned()),
            config_keys: self.service.config_keys,
            optional_config_keys: self.service.optional_config_keys,
            auth_schemes: self.auth.schemes.iter().map(AuthScheme::id).collect(),
            auth: self.auth,
            base_urls: self.base_urls,
            native_prefixes: self.routing.native_prefixes.clone(),
            routing: self.routing,
            adapter: self.adapter,
            endpoints: endpoints.collect(),
            capabilities,
            models: self.models.entries.into_iter().map(model).collect(),
            meter: self.billing.meter.clone(),
            billing: self.billing,
            quota: quota(self.quota),
            id: self.id,
        };
        Manifest {
            provider,
            notice: self.notice,
            refused_tokens: self.refused_tokens,
            body_quirks: self.body_quirks,
            patience: self.patience,
            health_paths: self.health.paths,
            path,
            is_moved: false,
        }
    }
}

fn endpoint(id: String, file: EndpointFile, capabilities: &[Capability]) -> Endpoint {
    let method = file.method.unwrap_or_else(|| "POST".to_owned());
    let mut methods = vec![method.to_uppercase()];
    for capability in capabilities.iter().filter(|capability| capability.endpoint == id) {
        for method in capability.methods.iter().map(|method| method.to_uppercase()) {
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
    }
    Endpoint {
        id,
        method,
        methods,
        path: file.path,
        native_proxy: file.native_proxy.unwrap_or(true),
        auth: file.auth,
        headers: file.headers,
        request_headers: file.request_headers,
        response_headers: file.response_headers,
        query: file.query,
        path_params: file.path_params,
        path_param_styles: file.path_param_styles,
        request_format: file.request_format,
        response_format: file.response_format,
        streaming: file.streaming,
        timeout_ms: file.timeout_ms,
    }
}

fn model(file: ModelFile) -> Model {
    Model {
        id: file.id,
        upstream: file.upstream,
        capabilities: file.capabilities,
        supported_reasoning_efforts: file.supported_reasoning_efforts,
        pricing_ref: file.pricing_ref,
        pricing: file.pricing.map(Price::Tokens),
    }
}

fn quota(file: QuotaFile) -> Quota {
    let mut probes = file.probes;
    for probe in &mut probes {
        if probe.method.is_empty() {
            "GET".clone_into(&mut probe.method);
        }
    }
    Quota { response_headers: file.response_headers.unwrap_or_else(usual_limits), probes }
}

/// The headers in which most providers report their limits.
fn usual_limits() -> Vec<QuotaHeaders> {
    ["requests", "tokens", "generic"].into_iter().map(usual_limit).collect()
}

fn usual_limit(kind: &str) -> QuotaHeaders {
    let suffix = if kind == "generic" { String::new() } else { format!("-{kind}") };
    let headers = |what: &str| {
        let plain = format!("ratelimit-{what}{suffix}");
        vec![plain.clone(), format!("x-{plain}")]
    };
    QuotaHeaders {
        id: kind.to_owned(),
        kind: kind.to_owned(),
        limit_headers: headers("limit"),
        remaining_headers: headers("remaining"),
        reset_headers: headers("reset"),
        ..QuotaHeaders::default()
    }
}
