//! `GET /v1/catalog`: every provider in scope, with what can be called and why the rest cannot.

use crate::decision::Scope;
use crate::exchange::Exchange;
use crate::manifest::{Manifest, is_openai_compatible};
use crate::refusal::Refusal;
use crate::reply::Reply;
use crate::{auth, fusion, providers};
use clawctl_wire::catalog::{
    CATALOG_VERSION, Catalog, CatalogModel, CatalogProvider, CatalogRoute, Readiness,
};
use clawctl_wire::fusion::MODEL;
use clawctl_wire::provider::{Endpoint, Model, Provider};

/// How a provider can be given its upstream secret. The contract says the same of each.
const CONNECTION_TYPES: [&str; 3] = ["api_key", "oauth", "subscription"];

pub(crate) fn answer(exchange: &Exchange<'_>) -> Result<Reply, Refusal> {
    let manifests = exchange.core.manifests();
    let (holder, known, fusion) = exchange.core.store.read(|db| {
        let holder = auth::client(exchange, db)?;
        let fusion = fusion::config::stored(db, manifests)?;
        Ok::<_, Refusal>((holder, providers::State::read(db)?, fusion))
    })?;
    auth::note_use(exchange, &holder);
    let policy = &holder.policy.policy;
    let scope = Scope::of(policy);
    let readiness = |manifest: &Manifest| known.readiness(exchange, manifest, Some(policy));
    let fusion = fusion::shown::readiness(&fusion, manifests, &scope, &readiness);
    let fusion = fusion.map(|readiness| compound(readiness, &policy.policy_id));
    // Who was given every provider was not given one that nobody has connected yet.
    let is_offered = |manifest: &&Manifest| {
        let connection = known.connections.get(&manifest.provider.id);
        !scope.has_every_provider() || connection.is_some() || manifest.is_on(None)
    };
    let inside = manifests.iter().filter(|manifest| scope.has_provider(&manifest.provider.id));
    let rows = inside
        .filter(is_offered)
        .map(|manifest| row(&manifest.provider, readiness(manifest), &scope, &policy.policy_id));
    let rows = fusion.into_iter().chain(rows).collect();
    Reply::private(&Catalog { version: CATALOG_VERSION.to_owned(), providers: rows })
}

/// Fusion, which stands before the providers.
fn compound(readiness: Readiness, policy_id: &str) -> CatalogProvider {
    let model = CatalogModel {
        id: MODEL.to_owned(),
        upstream: MODEL.to_owned(),
        capabilities: vec![fusion::CAPABILITY.to_owned()],
        supported_reasoning_efforts: Vec::new(),
        pricing_ref: None,
        pricing: None,
    };
    CatalogProvider {
        id: fusion::shown::PROVIDER.to_owned(),
        display_name: fusion::shown::DISPLAY_NAME.to_owned(),
        allowed: true,
        executable: readiness.executable,
        openai_compatible: true,
        native_base_url: "/v1".to_owned(),
        policies: vec![policy_id.to_owned()],
        connection_types: vec!["compound".to_owned()],
        routes: Vec::new(),
        models: if readiness.executable { vec![model] } else { Vec::new() },
        readiness: Some(readiness),
    }
}

fn row(
    provider: &Provider,
    readiness: Readiness,
    scope: &Scope<'_>,
    policy_id: &str,
) -> CatalogProvider {
    let executable = readiness.executable;
    let callable = |endpoint: &&Endpoint| readiness.executable_endpoints.contains(&endpoint.id);
    let routes = provider.endpoints.iter().filter(callable).map(route).collect();
    let priced = |model: &&Model| executable && !scope.lacks_price(model);
    CatalogProvider {
        id: provider.id.clone(),
        display_name: provider.display_name.clone(),
        allowed: true,
        executable,
        openai_compatible: executable && is_openai_compatible(provider),
        native_base_url: format!("/v1/native/{}", provider.id),
        policies: vec![policy_id.to_owned()],
        connection_types: CONNECTION_TYPES.map(str::to_owned).to_vec(),
        routes,
        models: scope.models(provider).filter(priced).map(model).collect(),
        readiness: Some(readiness),
    }
}

fn route(endpoint: &Endpoint) -> CatalogRoute {
    CatalogRoute {
        endpoint: endpoint.id.clone(),
        methods: endpoint.methods.clone(),
        path: endpoint.path.clone(),
        request_format: endpoint.request_format.clone(),
        response_format: endpoint.response_format.clone(),
        streaming: endpoint.streaming.clone(),
    }
}

fn model(model: &Model) -> CatalogModel {
    CatalogModel {
        id: model.id.clone(),
        upstream: model.upstream.clone(),
        capabilities: model.capabilities.clone(),
        supported_reasoning_efforts: model.supported_reasoning_efforts.clone().unwrap_or_default(),
        pricing_ref: model.pricing_ref.clone(),
        pricing: model.pricing.clone(),
    }
}
