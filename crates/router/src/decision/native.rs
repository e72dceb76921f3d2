//! `/v1/native/<provider><path>`: the provider's own addresses, and Anthropic's without a prefix.

use std::borrow::Cow;

use super::resolve::{model_name, resolve};
use super::select::{Call, Config, capability_of, has_body, manifest, pairs, takes, wrong_method};
use super::{Ask, Body};
use crate::manifest::{Manifest, Manifests, template};
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::percent;
use clawctl_wire::provider::Endpoint;

/// The provider behind Anthropic's routes, where the model names no other.
const ANTHROPIC: &str = "anthropic";

/// The format in which another provider can serve Anthropic's routes.
const MESSAGES_FORMAT: &str = "anthropic.messages";

pub(super) fn call<'m, 'a>(
    manifests: &'m Manifests,
    config: &Config<'_>,
    ask: &Ask<'a>,
    provider: &str,
    path: &str,
) -> Result<Call<'m, 'a>, Refusal> {
    let manifest = manifest(manifests, provider)?;
    let (endpoint, captured) = find(manifest, config, ask, path)?;
    let body = if has_body(ask.method) { Some(Body::parse(ask.body)?) } else { None };
    finish(manifests, config, ask, manifest, endpoint, captured, body)
}

/// Anthropic's own paths. A model of another provider that speaks its format goes there.
pub(super) fn messages<'m, 'a>(
    manifests: &'m Manifests,
    config: &Config<'_>,
    ask: &Ask<'a>,
    path: &str,
) -> Result<Call<'m, 'a>, Refusal> {
    let body = Body::parse(ask.body)?;
    let other = model_name(&body)?.and_then(|name| {
        let manifest = manifests.resolve_model(&name)?.manifest;
        let mut endpoints = manifest.provider.endpoints.iter();
        endpoints.find(|endpoint| endpoint.path == path && speaks_messages(endpoint))?;
        Some(manifest)
    });
    let manifest = match other {
        Some(manifest) => manifest,
        None => manifest(manifests, ANTHROPIC)?,
    };
    let (endpoint, captured) = find(manifest, config, ask, path)?;
    finish(manifests, config, ask, manifest, endpoint, captured, Some(body))
}

fn speaks_messages(endpoint: &Endpoint) -> bool {
    endpoint.native_proxy && endpoint.request_format == MESSAGES_FORMAT
}

fn finish<'m, 'a>(
    manifests: &'m Manifests,
    config: &Config<'_>,
    ask: &Ask<'a>,
    manifest: &'m Manifest,
    endpoint: &'m Endpoint,
    path_params: Vec<(String, String)>,
    body: Option<Body<'a>>,
) -> Result<Call<'m, 'a>, Refusal> {
    let mut call = Call {
        manifest,
        endpoint,
        capability: capability_of(manifest, endpoint, ask.method),
        route: &endpoint.path,
        model: None,
        is_named: false,
        method: ask.method.clone(),
        path_params,
        query: pairs(ask.query),
        body,
    };
    resolve(manifests, config, &mut call)?;
    Ok(call)
}

/// Names and values.
type PathParams = Vec<(String, String)>;

/// The endpoint at a path that takes the method, and the values of the parameters in the path.
fn find<'m>(
    manifest: &'m Manifest,
    config: &Config<'_>,
    ask: &Ask<'_>,
    path: &str,
) -> Result<(&'m Endpoint, PathParams), Refusal> {
    let mut found = matches(manifest, config, path);
    // Google's SDKs ask for the stable version of what a manifest may list as beta alone.
    if found.is_empty()
        && let Some(rest) = path.strip_prefix("/v1/models/")
    {
        found = matches(manifest, config, &format!("/v1beta/models/{rest}"));
    }
    // A path that is spelled out goes before one that happens to fit a pattern.
    found.sort_by_key(|(_, captured)| captured.len());
    let refusal = match found.first() {
        Some((endpoint, _)) => wrong_method(endpoint),
        None => Refusal::no_route(),
    };
    let taken = found.into_iter().find(|(endpoint, _)| takes(endpoint, ask.method));
    let (endpoint, captured) = taken.ok_or(refusal)?;
    let decode = |(name, value): (String, String)| match percent::decode(&value) {
        Some(decoded) => Ok((name, decoded.into_owned())),
        None => {
            let message = format!("`{name}` has a percent sign with no UTF-8 behind it");
            Err(Refusal::bad(code::INVALID_PATH_PARAM, message))
        }
    };
    let captured: Result<_, _> = captured.into_iter().map(decode).collect();
    Ok((endpoint, captured?))
}

fn matches<'m>(
    manifest: &'m Manifest,
    config: &Config<'_>,
    path: &str,
) -> Vec<(&'m Endpoint, Vec<(String, String)>)> {
    let provider = &manifest.provider;
    let native = provider.endpoints.iter().filter(|endpoint| endpoint.native_proxy);
    let fits = |endpoint: &'m Endpoint| {
        let given = |name: &str| endpoint.path_params.iter().any(|param| param == name);
        let value = |name: &str| {
            let configured = || template::configured(provider, name, config);
            if given(name) { Some(format!("${{{name}}}")) } else { configured() }
        };
        let pattern: Cow<'_, str> = template::fill(&endpoint.path, value)?;
        Some((endpoint, capture(&pattern, path)?))
    };
    native.filter_map(fits).collect()
}

/// The values of the parameters in a path, as they are encoded there. A parameter stands for a
/// segment or a part of one, and for as much of it as it can.
fn capture(pattern: &str, path: &str) -> Option<Vec<(String, String)>> {
    let parts =
        pattern.split_once("${").and_then(|(before, rest)| Some((before, rest.split_once('}')?)));
    let Some((literal, (name, after))) = parts else {
        return (pattern == path).then(Vec::new);
    };
    let rest = path.strip_prefix(literal)?;
    let segment = rest.find('/').unwrap_or(rest.len());
    (1..=segment).rev().filter(|end| rest.is_char_boundary(*end)).find_map(|end| {
        let mut captured = capture(after, &rest[end..])?;
        captured.insert(0, (name.to_owned(), rest[..end].to_owned()));
        Some(captured)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_must_fit_the_whole_path() {
        let check = |pattern, path, expected: Option<&[&str]>| {
            let captured = capture(pattern, path);
            let values: Option<Vec<_>> = captured
                .as_ref()
                .map(|pairs| pairs.iter().map(|(_, value)| value.as_str()).collect());
            assert_eq!(values.as_deref(), expected, "{pattern} {path}");
        };
        check("/v1/messages", "/v1/messages", Some(&[]));
        check("/v1/messages", "/v1/messages/", None);
        check("/v1/messages", "/V1/messages", None);
        check("/model/${model}/invoke", "/model/a:0/invoke", Some(&["a:0"]));
        check("/model/${model}/invoke", "/model/a%2Fb/invoke", Some(&["a%2Fb"]));
        check("/model/${model}/invoke", "/model/a/b/invoke", None);
        check("/model/${model}/invoke", "/model//invoke", None);
        check("/m/${model}:go", "/m/a:go:go", Some(&["a:go"]));
        check("/m/${model}:go", "/m/:go", None);
        check("/m/${model}:go", "/m/a:stop", None);
        check("/${a}.${b}/x", "/1.2.3/x", Some(&["1.2", "3"]));
    }
}
