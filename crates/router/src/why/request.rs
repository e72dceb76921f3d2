//! A request as a client could make it: to a route, for a model, of a size.

use std::fmt;
use std::str::FromStr;

use http::Method;
use hyper::body::Bytes;
use serde_json::{Map, Value, json};
use thiserror::Error;

use crate::decision::{self, Ask, Body, ForwardRoute, MODEL_PARAMS};
use crate::manifest::Manifests;
use crate::{forward, route};
use clawctl_wire::provider::{Model, Provider};
use clawctl_wire::{BODY_BYTES_MAX, percent};

/// A request, ready to be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Request {
    pub method: Method,
    /// With its query.
    pub path: String,
    pub body: Bytes,
}

/// Where a request goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RouteChoice {
    Chat,
    Responses,
    Embeddings,
    Messages,
    CountTokens,
    /// Below `/v1/native/` or `/v1/proxy/`, or any of the others in full.
    Path(String),
}

/// What is said of a request that is to be drawn up.
#[derive(Debug, Clone, Default)]
pub struct Sketch<'a> {
    pub route: Option<RouteChoice>,
    pub method: Option<Method>,
    pub model: Option<&'a str>,
    /// The length of the prompt.
    pub prompt_bytes: usize,
    /// The limit that is set on the answer.
    pub output_tokens: Option<u64>,
    pub streams: bool,
    /// In place of all that.
    pub body: Option<Bytes>,
}

/// Why no request can be drawn up.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadSketch {
    #[error("`{0}` is no route on which requests are passed on")]
    Route(String),
    #[error("neither a model nor a route is named")]
    Nothing,
    #[error("a prompt of {0} bytes is far beyond what any router takes")]
    Size(usize),
}

impl FromStr for RouteChoice {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "chat" => Self::Chat,
            "responses" => Self::Responses,
            "embeddings" => Self::Embeddings,
            "messages" => Self::Messages,
            "count-tokens" => Self::CountTokens,
            path if path.starts_with('/') => Self::Path(path.to_owned()),
            _ => {
                return Err(
                    "write chat, responses, embeddings, messages, count-tokens, or a path \
                            such as `/v1/native/openai/v1/chat/completions`"
                        .to_owned(),
                );
            }
        })
    }
}

impl fmt::Display for RouteChoice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Chat => "/v1/chat/completions",
            Self::Responses => "/v1/responses",
            Self::Embeddings => "/v1/embeddings",
            Self::Messages => "/v1/messages",
            Self::CountTokens => "/v1/messages/count_tokens",
            Self::Path(path) => path,
        })
    }
}

impl Request {
    /// Draws a request up.
    pub fn draw(manifests: &Manifests, sketch: &Sketch<'_>) -> Result<Self, BadSketch> {
        if sketch.prompt_bytes > 4 * BODY_BYTES_MAX {
            return Err(BadSketch::Size(sketch.prompt_bytes));
        }
        let named = sketch.body.as_ref().and_then(|body| model_in(body));
        let model = sketch.model.or(named.as_deref());
        let path = match (&sketch.route, model) {
            (Some(route), _) => route.to_string(),
            (None, Some(model)) => usual_path(manifests, model, sketch),
            (None, None) => return Err(BadSketch::Nothing),
        };
        let method = sketch.method.clone().unwrap_or(Method::POST);
        let bare = path.split('?').next().unwrap_or_default();
        let canonical = route::canonical(bare);
        let Some(route) = route::forwarded(&method, &canonical) else {
            return Err(BadSketch::Route(path));
        };
        let body = match &sketch.body {
            Some(body) => body.clone(),
            None if matches!(method, Method::GET | Method::HEAD) => Bytes::new(),
            None => written(manifests, route, &method, sketch),
        };
        Ok(Self { method, path, body })
    }
}

fn model_in(body: &[u8]) -> Option<String> {
    Body::parse(body).ok()?.read("model")
}

/// Where a client would send a request for a model.
fn usual_path(manifests: &Manifests, reference: &str, sketch: &Sketch<'_>) -> String {
    let Some(found) = manifests.resolve_model(reference) else {
        return RouteChoice::Chat.to_string();
    };
    let able = |capability: &str| found.model.capabilities.iter().any(|id| id == capability);
    let is_input = |body: &Bytes| Body::parse(body).is_ok_and(|body| body.get("input").is_some());
    let in_responses = sketch.body.as_ref().is_some_and(is_input) && able("llm.responses");
    let unified = [
        ("llm.chat", RouteChoice::Chat),
        ("llm.responses", RouteChoice::Responses),
        ("llm.embeddings", RouteChoice::Embeddings),
        ("llm.messages", RouteChoice::Messages),
    ];
    if in_responses {
        return RouteChoice::Responses.to_string();
    }
    if let Some((_, route)) = unified.into_iter().find(|(capability, _)| able(capability)) {
        return route.to_string();
    }
    let provider = &found.manifest.provider;
    native_path(provider, &found.model, sketch.streams).unwrap_or_else(|| {
        // It will be said that the model cannot do that.
        RouteChoice::Chat.to_string()
    })
}

/// The provider's own address for what a model can do.
fn native_path(provider: &Provider, model: &Model, streams: bool) -> Option<String> {
    let served = || {
        let endpoints = provider.endpoints.iter().filter(|endpoint| endpoint.native_proxy);
        endpoints.filter(|endpoint| {
            provider.capabilities.iter().any(|capability| {
                capability.endpoint == endpoint.id && model.capabilities.contains(&capability.id)
            })
        })
    };
    let fitting = served().find(|endpoint| endpoint.streaming.is_some() == streams);
    let endpoint = fitting.or_else(|| served().next())?;
    let mut path = endpoint.path.clone();
    for param in endpoint.path_params.iter().filter(|name| MODEL_PARAMS.contains(&name.as_str())) {
        let mut encoded = String::new();
        percent::encode(&mut encoded, &model.upstream);
        path = path.replace(&format!("${{{param}}}"), &encoded);
    }
    Some(format!("/v1/native/{}{path}", provider.id))
}

/// The body that the endpoint at a route takes.
fn written(
    manifests: &Manifests,
    route: ForwardRoute<'_>,
    method: &Method,
    sketch: &Sketch<'_>,
) -> Bytes {
    let enveloped = matches!(route, ForwardRoute::Proxy { .. });
    let (format, params) = match route {
        ForwardRoute::Chat => ("openai.chat_completions".to_owned(), Vec::new()),
        ForwardRoute::Responses => ("openai.responses".to_owned(), Vec::new()),
        ForwardRoute::Embeddings => ("openai.embeddings".to_owned(), Vec::new()),
        ForwardRoute::Messages => ("anthropic.messages".to_owned(), Vec::new()),
        ForwardRoute::CountTokens => ("anthropic.count_tokens".to_owned(), Vec::new()),
        _ => endpoint_of(manifests, route, method).unwrap_or_default(),
    };
    let mut body = in_format(&format, sketch);
    let in_path = params.iter().find(|name| MODEL_PARAMS.contains(&name.as_str()));
    if let (Some(model), None) = (sketch.model, in_path) {
        body.insert("model".to_owned(), model.into());
    }
    let whole = match (enveloped, in_path, sketch.model) {
        (false, _, _) => Value::Object(body),
        (true, Some(param), Some(model)) => {
            json!({ "pathParams": { param.as_str(): model }, "body": body })
        }
        (true, _, _) => json!({ "body": body }),
    };
    whole.to_string().into()
}

/// The format of the endpoint that a path leads to, and the parameters of its own path.
fn endpoint_of(
    manifests: &Manifests,
    route: ForwardRoute<'_>,
    method: &Method,
) -> Option<(String, Vec<String>)> {
    let ask = Ask { route, method, query: None, body: b"{}" };
    let selection = decision::select(manifests, &|_| None, &ask, &forward::adapt).ok()?;
    let endpoint = selection.endpoint;
    Some((endpoint.request_format.clone(), endpoint.path_params.clone()))
}

fn in_format(format: &str, sketch: &Sketch<'_>) -> Map<String, Value> {
    let prompt = "a".repeat(sketch.prompt_bytes);
    let messages = || json!([{ "role": "user", "content": prompt }]);
    let (body, limit) = match format {
        "openai.responses" => (json!({ "input": prompt }), Some("max_output_tokens")),
        "openai.embeddings" => (json!({ "input": prompt }), None),
        "anthropic.count_tokens" => (json!({ "messages": messages() }), None),
        "google.generate_content" => {
            let parts = json!([{ "role": "user", "parts": [{ "text": prompt }] }]);
            let mut body = json!({ "contents": parts });
            if let Some(limit) = sketch.output_tokens {
                body["generationConfig"] = json!({ "maxOutputTokens": limit });
            }
            (body, None)
        }
        // Most others have taken over this form.
        _ => (json!({ "messages": messages() }), Some("max_tokens")),
    };
    let Value::Object(mut body) = body else { return Map::new() };
    if let (Some(name), Some(limit)) = (limit, sketch.output_tokens) {
        body.insert(name.to_owned(), limit.into());
    }
    // Others are asked for a stream by their path, or have none.
    if sketch.streams && limit.is_some() && !format.starts_with("aws_bedrock") {
        body.insert("stream".to_owned(), true.into());
    }
    body
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drawn(sketch: &Sketch<'_>) -> (String, Value) {
        let request = Request::draw(&Manifests::bundled(), sketch).unwrap();
        (request.path, serde_json::from_slice(&request.body).unwrap())
    }

    #[test]
    fn a_model_has_its_usual_route() {
        let check = |model, streams, path: &str| {
            let sketch = Sketch { model: Some(model), streams, ..Sketch::default() };
            assert_eq!(drawn(&sketch).0, path, "{model}");
        };
        check("openai/gpt-5.6", false, "/v1/chat/completions");
        check("openai/text-embedding-3-large", false, "/v1/embeddings");
        check("anthropic/claude-haiku-4-5", true, "/v1/messages");
        let gemini = "/v1/native/google-gemini/v1beta/models/gemini-3.5-flash";
        check("google/gemini-3.5-flash", false, &format!("{gemini}:generateContent"));
        check("google/gemini-3.5-flash", true, &format!("{gemini}:streamGenerateContent"));
        let nova = "/v1/native/aws-bedrock/model/amazon.nova-lite-v1%3A0/invoke";
        check("bedrock/amazon.nova-lite-v1:0", false, nova);
        check("nobody/knows", false, "/v1/chat/completions");
    }

    #[test]
    fn a_body_has_the_form_of_its_route() {
        let check = |route: &str, expected: Value| {
            let sketch = Sketch {
                route: Some(route.parse().unwrap()),
                model: Some("m"),
                prompt_bytes: 2,
                output_tokens: Some(9),
                streams: true,
                ..Sketch::default()
            };
            assert_eq!(drawn(&sketch).1, expected, "{route}");
        };
        let messages = json!([{ "role": "user", "content": "aa" }]);
        let chat = json!({ "model": "m", "messages": messages, "max_tokens": 9, "stream": true });
        check("chat", chat.clone());
        check("messages", chat.clone());
        check("count-tokens", json!({ "model": "m", "messages": messages }));
        let responses =
            json!({ "model": "m", "input": "aa", "max_output_tokens": 9, "stream": true });
        check("responses", responses.clone());
        check("embeddings", json!({ "model": "m", "input": "aa" }));
        check("/v1/native/openai/v1/responses", responses);
        check("/v1/proxy/openai/chat_completions", json!({ "body": chat }));
        let contents = json!([{ "role": "user", "parts": [{ "text": "aa" }] }]);
        let gemini = json!({ "contents": contents, "generationConfig": { "maxOutputTokens": 9 } });
        check(
            "/v1/proxy/google-gemini/generate_content",
            json!({ "pathParams": { "model": "m" }, "body": gemini }),
        );
        check("/v1/native/google-gemini/v1beta/models/m:generateContent", gemini);
    }

    #[test]
    fn what_leads_nowhere_is_refused() {
        let manifests = Manifests::bundled();
        let draw = |sketch: &Sketch<'_>| Request::draw(&manifests, sketch).unwrap_err();
        assert_eq!(draw(&Sketch::default()), BadSketch::Nothing);
        let route = Some(RouteChoice::Path("/v1/models".to_owned()));
        let error = draw(&Sketch { route, ..Sketch::default() });
        assert_eq!(error, BadSketch::Route("/v1/models".to_owned()));
        let huge = Sketch { model: Some("m"), prompt_bytes: usize::MAX, ..Sketch::default() };
        assert_eq!(draw(&huge), BadSketch::Size(usize::MAX));
        assert!("completions".parse::<RouteChoice>().is_err());
    }

    #[test]
    fn a_body_of_ones_own_is_left_alone() {
        let body = Bytes::from_static(br#"{"model":"openai/gpt-5.6","input":"x"}"#);
        let sketch = Sketch { body: Some(body.clone()), ..Sketch::default() };
        let request = Request::draw(&Manifests::bundled(), &sketch).unwrap();
        assert_eq!((request.path.as_str(), &request.body), ("/v1/responses", &body));
    }
}
