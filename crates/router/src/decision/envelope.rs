//! `/v1/proxy/<provider>/<endpoint>`: a request to an endpoint, described in an envelope.

use http::Method;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::resolve::resolve;
use super::select::{Call, Config, capability_of, has_body, pairs, proxied, takes, wrong_method};
use super::{Ask, Body};
use crate::manifest::Manifests;
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::provider::Endpoint;

/// What a request says of itself, in its URL or in its envelope.
struct Content<'a> {
    method: Method,
    path_params: Vec<(String, String)>,
    query: Vec<(String, String)>,
    body: Option<Body<'a>>,
}

pub(super) fn call<'m, 'a>(
    manifests: &'m Manifests,
    config: &Config<'_>,
    ask: &Ask<'a>,
    provider: &str,
    endpoint: &str,
) -> Result<Call<'m, 'a>, Refusal> {
    let manifest = proxied(manifests, provider)?;
    let mut endpoints = manifest.provider.endpoints.iter();
    let endpoint = endpoints.find(|known| known.id == endpoint).ok_or_else(Refusal::no_route)?;
    let content = if has_body(ask.method) { open(ask)? } else { of_url(ask, endpoint) };
    let Content { method, mut path_params, query, body } = content;
    if !takes(endpoint, &method) {
        return Err(wrong_method(endpoint));
    }
    path_params.retain(|(name, _)| endpoint.path_params.contains(name));
    let mut call = Call {
        manifest,
        endpoint,
        capability: capability_of(manifest, endpoint, &method),
        route: &endpoint.path,
        model: None,
        is_named: false,
        method,
        path_params,
        query,
        body,
    };
    resolve(manifests, config, &mut call)?;
    Ok(call)
}

fn of_url(ask: &Ask<'_>, endpoint: &Endpoint) -> Content<'static> {
    let is_param = |(name, _): &(String, String)| endpoint.path_params.contains(name);
    let (path_params, query) = pairs(ask.query).into_iter().partition(is_param);
    Content { method: ask.method.clone(), path_params, query, body: None }
}

fn open<'a>(ask: &Ask<'a>) -> Result<Content<'a>, Refusal> {
    let envelope = Envelope(Body::parse(ask.body)?.into_values());
    let method = envelope.method()?.unwrap_or_else(|| ask.method.clone());
    let body = if has_body(&method) { Some(envelope.body()?) } else { None };
    Ok(Content { path_params: envelope.path_params()?, query: envelope.query()?, method, body })
}

/// The members of an envelope; one that is null is as good as none.
struct Envelope<'a>(Vec<(String, &'a RawValue)>);

impl<'a> Envelope<'a> {
    fn get(&self, name: &str) -> Option<&'a RawValue> {
        let member = self.0.iter().find(|(member, _)| member == name);
        member.map(|(_, value)| *value).filter(|value| value.get() != "null")
    }

    fn method(&self) -> Result<Option<Method>, Refusal> {
        let Some(value) = self.get("method") else { return Ok(None) };
        let word: String = serde_json::from_str(value.get()).map_err(|_| wrong("method"))?;
        word.to_ascii_uppercase().parse().map(Some).map_err(|_| wrong("method"))
    }

    fn path_params(&self) -> Result<Vec<(String, String)>, Refusal> {
        let Some(value) = self.get("pathParams") else { return Ok(Vec::new()) };
        let params: Map<String, Value> =
            serde_json::from_str(value.get()).map_err(|_| wrong("pathParams"))?;
        let text = |(name, value)| match value {
            Value::String(text) => Ok((name, text)),
            _ => Err(wrong("pathParams")),
        };
        params.into_iter().map(text).collect()
    }

    /// A value may be a text, a number or a truth; a list of them is the same name several times.
    fn query(&self) -> Result<Vec<(String, String)>, Refusal> {
        let Some(value) = self.get("query") else { return Ok(Vec::new()) };
        let members: Map<String, Value> =
            serde_json::from_str(value.get()).map_err(|_| wrong("query"))?;
        let mut query = Vec::new();
        for (name, value) in members {
            let values = match value {
                Value::Array(values) => values,
                Value::Null => Vec::new(),
                single => vec![single],
            };
            for value in values {
                let text = match value {
                    Value::String(text) => text,
                    Value::Number(number) => number.to_string(),
                    Value::Bool(truth) => truth.to_string(),
                    _ => return Err(wrong("query")),
                };
                query.push((name.clone(), text));
            }
        }
        Ok(query)
    }

    fn body(&self) -> Result<Body<'a>, Refusal> {
        match self.get("body") {
            Some(value) => Body::nested(value).map_err(|_| wrong("body")),
            None => Ok(Body::default()),
        }
    }
}

fn wrong(member: &str) -> Refusal {
    let message = format!("`{member}` of the envelope is not what it should be");
    Refusal::bad(code::INVALID_REQUEST_BODY, message)
}
