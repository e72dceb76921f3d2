//! What the router publishes about its providers: `GET /v1/providers` and `GET /v1/routes`.

use std::collections::BTreeMap;

use super::{BodyQuirks, Manifest, Manifests, Patience};
use clawctl_wire::provider::{
    CapabilitySource, Endpoint, IndexedModel, Model, Provider, ProviderSnapshot, SNAPSHOT_VERSION,
};
use clawctl_wire::routes::{ProxyRoute, RouteTable, RoutedModel, UnifiedModel, UnifiedRoutes};

impl Manifests {
    /// The body of `GET /v1/providers`.
    pub fn snapshot(&self) -> ProviderSnapshot {
        let mut capability_index = BTreeMap::<_, Vec<_>>::new();
        let mut model_index = BTreeMap::new();
        for Provider { id, capabilities, models, .. } in self.providers() {
            for capability in capabilities {
                capability_index.entry(capability.id.clone()).or_default().push(CapabilitySource {
                    provider: id.clone(),
                    endpoint: capability.endpoint.clone(),
                    methods: capability.methods.clone(),
                });
            }
            for model in models {
                model_index.insert(model.id.clone(), indexed(id, model));
            }
        }
        ProviderSnapshot {
            version: SNAPSHOT_VERSION.to_owned(),
            providers: self.providers().cloned().collect(),
            capability_index,
            model_index,
        }
    }

    /// The providers of a snapshot, as far as it tells of them: what only the router itself needs to
    /// know of a provider is not in it.
    pub fn from_snapshot(snapshot: ProviderSnapshot) -> Self {
        let manifest = |provider| Manifest {
            provider,
            notice: None,
            refused_tokens: BTreeMap::new(),
            body_quirks: BodyQuirks::default(),
            patience: Patience::default(),
            health_paths: Vec::new(),
            path: None,
            is_moved: false,
        };
        Self::new(snapshot.providers.into_iter().map(manifest).collect(), Vec::new())
    }

    /// The same, with what the bundled manifests say of the bodies that each provider takes: a
    /// router of this kind goes by them, and does not show it.
    pub(crate) fn with_bundled_quirks(mut self) -> Self {
        let bundled = Self::bundled();
        for manifest in &mut self.all {
            if let Some(known) = bundled.get(&manifest.provider.id) {
                manifest.body_quirks = known.body_quirks.clone();
            }
        }
        self
    }

    /// The body of `GET /v1/routes`.
    pub(crate) fn routes(&self) -> RouteTable {
        let compatible = self.providers().filter(|provider| provider.class == "openai_compatible");
        let proxied = self.providers().flat_map(|provider| {
            provider.endpoints.iter().map(|endpoint| proxy_route(provider, endpoint))
        });
        RouteTable {
            openai_compatible: compatible.map(unified_routes).collect(),
            manifest_proxy: proxied.collect(),
        }
    }
}

/// The unified route that asks for a capability.
pub(crate) fn unified_path(capability: &str) -> Option<&'static str> {
    match capability {
        "llm.chat" => Some("/v1/chat/completions"),
        "llm.responses" => Some("/v1/responses"),
        "llm.embeddings" => Some("/v1/embeddings"),
        _ => None,
    }
}

fn indexed(provider: &str, model: &Model) -> IndexedModel {
    IndexedModel {
        provider: provider.to_owned(),
        upstream: model.upstream.clone(),
        capabilities: model.capabilities.clone(),
        supported_reasoning_efforts: model.supported_reasoning_efforts.clone(),
        pricing_ref: model.pricing_ref.clone(),
        pricing: model.pricing.clone(),
    }
}

fn unified_routes(provider: &Provider) -> UnifiedRoutes {
    let models = provider.models.iter().map(|model| UnifiedModel {
        id: model.id.clone(),
        capabilities: model.capabilities.clone(),
        endpoints: unified_paths(model.capabilities.iter()),
    });
    UnifiedRoutes {
        provider: provider.id.clone(),
        models: models.collect(),
        model_prefixes: provider.routing.model_prefixes.clone(),
        endpoints: unified_paths(provider.capabilities.iter().map(|capability| &capability.id)),
    }
}

fn unified_paths<'a>(capabilities: impl Iterator<Item = &'a String>) -> Vec<String> {
    capabilities.filter_map(|id| unified_path(id)).map(str::to_owned).collect()
}

fn proxy_route(provider: &Provider, endpoint: &Endpoint) -> ProxyRoute {
    let served = |model: &&Model| {
        provider.capabilities.iter().any(|capability| {
            capability.endpoint == endpoint.id && model.capabilities.contains(&capability.id)
        })
    };
    let models = provider.models.iter().map(|model| RoutedModel {
        id: model.id.clone(),
        capabilities: model.capabilities.clone(),
    });
    ProxyRoute {
        provider: provider.id.clone(),
        endpoint: endpoint.id.clone(),
        route: format!("/v1/proxy/{}/{}", provider.id, endpoint.id),
        methods: endpoint.methods.clone(),
        path_params: endpoint.path_params.clone(),
        request_format: endpoint.request_format.clone(),
        response_format: endpoint.response_format.clone(),
        sample_model: provider.models.iter().find(served).map(|model| model.id.clone()),
        models: models.collect(),
        streaming: endpoint.streaming.is_some(),
    }
}
