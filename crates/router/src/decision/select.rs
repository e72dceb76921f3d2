//! What a request asks for: provider, endpoint, model, and the body that goes upstream.

use std::borrow::Cow;

use http::{Method, StatusCode};

use super::format::Format;
use super::size::Measured;
use super::{Ask, Body, ForwardRoute, Reach, Selection, adapt, envelope, native, size, unified};
use crate::manifest::{Manifest, Manifests};
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::provider::{Endpoint, Model};

/// The value of a configuration name, such as `OPENAI_API_KEY`.
pub(crate) type Config<'c> = dyn Fn(&str) -> Option<String> + 'c;

/// What has to be done to a body because of who gets it.
pub(crate) type Quirk<'q> = dyn Fn(&Manifest, &mut Body<'_>) -> Result<(), Refusal> + 'q;

/// A request whose provider, endpoint and model are known.
pub(super) struct Call<'m, 'a> {
    pub(super) manifest: &'m Manifest,
    pub(super) endpoint: &'m Endpoint,
    pub(super) capability: &'m str,
    /// The path by which the manifest knows the request: the router's own, or the endpoint's.
    pub(super) route: &'m str,
    pub(super) model: Option<Cow<'m, Model>>,
    /// Whether the request names its model, which is the provider's first one otherwise.
    pub(super) is_named: bool,
    pub(super) method: Method,
    pub(super) path_params: Vec<(String, String)>,
    pub(super) query: Vec<(String, String)>,
    pub(super) body: Option<Body<'a>>,
}

/// The provider that a route names itself. One that does not exist is refused before anything
/// is asked of the client, its key included.
pub(crate) fn provider_of<'m>(
    manifests: &'m Manifests,
    route: ForwardRoute<'_>,
) -> Result<Option<&'m Manifest>, Refusal> {
    match route {
        ForwardRoute::Native { provider, .. } => manifest(manifests, provider).map(Some),
        ForwardRoute::Proxy { provider, .. } => proxied(manifests, provider).map(Some),
        _ => Ok(None),
    }
}

pub(super) fn manifest<'m>(manifests: &'m Manifests, id: &str) -> Result<&'m Manifest, Refusal> {
    manifests.get(id).ok_or_else(|| missing(code::PROVIDER_NOT_FOUND, id))
}

/// The same behind `/v1/proxy/`, where the contract has another code for it.
pub(super) fn proxied<'m>(manifests: &'m Manifests, id: &str) -> Result<&'m Manifest, Refusal> {
    manifests.get(id).ok_or_else(|| missing(code::ROUTE_NOT_FOUND, id))
}

fn missing(code: &'static str, id: &str) -> Refusal {
    Refusal::missing(code, format!("there is no provider `{}`", id.escape_debug()))
}

/// Finds out what a request asks for. The body is given the upstream's name of the model, then the
/// renames of the manifest, then `quirk`; what it says of its size is read behind all of that.
pub(crate) fn select<'m>(
    manifests: &'m Manifests,
    config: &Config<'_>,
    ask: &Ask<'_>,
    quirk: &Quirk<'_>,
) -> Result<Selection<'m>, Refusal> {
    let call = match ask.route {
        ForwardRoute::Chat => unified::call(manifests, config, ask, "llm.chat"),
        ForwardRoute::Responses => unified::call(manifests, config, ask, "llm.responses"),
        ForwardRoute::Embeddings => unified::call(manifests, config, ask, "llm.embeddings"),
        ForwardRoute::Messages => native::messages(manifests, config, ask, "/v1/messages"),
        ForwardRoute::CountTokens => {
            native::messages(manifests, config, ask, "/v1/messages/count_tokens")
        }
        ForwardRoute::Native { provider, path } => {
            native::call(manifests, config, ask, provider, path)
        }
        ForwardRoute::Proxy { provider, endpoint } => {
            envelope::call(manifests, config, ask, provider, endpoint)
        }
    };
    finish(call?, config, quirk)
}

fn finish<'m>(
    call: Call<'m, '_>,
    config: &Config<'_>,
    quirk: &Quirk<'_>,
) -> Result<Selection<'m>, Refusal> {
    let Call { manifest, endpoint, capability, route, model, is_named, .. } = call;
    let Call { method, path_params, query, mut body, .. } = call;
    let upstream = model.as_ref().map_or("", |model| model.upstream.as_str());
    let reach = Reach::of(&manifest.provider, body.as_ref(), is_named.then_some(upstream));
    if let Some(body) = &mut body {
        adapt::rename(&manifest.provider, route, upstream, config, body);
        quirk(manifest, body)?;
    }
    let measured = body.as_ref().map(|body| size::measure(body, Format::of(endpoint)));
    let Measured { size, unpriced } = measured.unwrap_or_default();
    let asked = body.as_ref().and_then(|body| body.read("stream")).unwrap_or(false);
    let told = asked && adapt::tells_usage(manifest, endpoint);
    let usage_added = told && body.as_mut().is_some_and(adapt::ask_for_usage);
    Ok(Selection {
        manifest,
        endpoint,
        model,
        capability,
        method,
        path_params,
        query,
        body: body.map(|body| body.to_bytes()),
        streams: asked || adapt::always_streams(endpoint),
        usage_added,
        size,
        unpriced,
        reach,
    })
}

/// The capability that an endpoint serves, or else the endpoint itself.
pub(super) fn capability_of<'m>(
    manifest: &'m Manifest,
    endpoint: &'m Endpoint,
    method: &Method,
) -> &'m str {
    let served = || {
        let capabilities = manifest.provider.capabilities.iter();
        capabilities.filter(|capability| capability.endpoint == endpoint.id)
    };
    let takes =
        |methods: &[String]| methods.iter().any(|m| m.eq_ignore_ascii_case(method.as_str()));
    let exact = served().find(|capability| takes(&capability.methods));
    exact.or_else(|| served().next()).map_or(&endpoint.id, |capability| &capability.id)
}

/// Whether requests of this method have a body.
pub(super) fn has_body(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD)
}

pub(super) fn takes(endpoint: &Endpoint, method: &Method) -> bool {
    endpoint.methods.iter().any(|taken| taken == method.as_str())
}

pub(super) fn wrong_method(endpoint: &Endpoint) -> Refusal {
    let message = format!("endpoint `{}` takes {}", endpoint.id, endpoint.methods.join(", "));
    Refusal::new(StatusCode::METHOD_NOT_ALLOWED, code::METHOD_NOT_ALLOWED, message)
}

/// The parameters of a query, decoded.
pub(super) fn pairs(query: Option<&str>) -> Vec<(String, String)> {
    let parsed = url::form_urlencoded::parse(query.unwrap_or("").as_bytes());
    parsed.map(|(name, value)| (name.into_owned(), value.into_owned())).collect()
}

#[cfg(test)]
mod tests;
