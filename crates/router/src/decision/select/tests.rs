use serde_json::{Value, json};

use super::*;

mod adapting;
mod addressed;
mod unified;

/// What the tests' configuration says.
fn config(key: &str) -> Option<String> {
    let value = match key {
        "AZURE_OPENAI_DEPLOYMENT" => "prod",
        "AZURE_OPENAI_COMPLETION_TOKEN_DEPLOYMENTS" => "new, prod",
        _ => return None,
    };
    Some(value.to_owned())
}

fn ask<'m>(
    manifests: &'m Manifests,
    route: ForwardRoute<'_>,
    method: &str,
    query: Option<&str>,
    body: &str,
) -> Result<Selection<'m>, Refusal> {
    let method = method.parse().unwrap();
    let ask = Ask { route, method: &method, query, body: body.as_bytes() };
    select(manifests, &config, &ask, &|_, _| Ok(()))
}

fn post<'m>(
    manifests: &'m Manifests,
    route: ForwardRoute<'_>,
    body: &Value,
) -> Result<Selection<'m>, Refusal> {
    ask(manifests, route, "POST", None, &body.to_string())
}

fn refused(manifests: &Manifests, route: ForwardRoute<'_>, body: &Value) -> &'static str {
    post(manifests, route, body).err().map_or("", |refusal| refusal.code)
}

fn native<'p>(provider: &'p str, path: &'p str) -> ForwardRoute<'p> {
    ForwardRoute::Native { provider, path }
}

fn proxy<'p>(provider: &'p str, endpoint: &'p str) -> ForwardRoute<'p> {
    ForwardRoute::Proxy { provider, endpoint }
}

/// Which endpoint is asked for which model, and with which body.
fn gist(selection: &Selection<'_>) -> Value {
    let body = selection.body.as_ref();
    json!({
        "at": format!("{}/{}", selection.manifest.provider.id, selection.endpoint.id),
        "model": selection.model.as_ref().map(|model| &model.id),
        "priced": selection.model.as_ref().is_some_and(|model| model.pricing.is_some()),
        "params": selection.path_params,
        "body": body.map(|body| serde_json::from_slice::<Value>(body).unwrap()),
    })
}
