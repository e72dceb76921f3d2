//! The routes that any provider can be behind: the model says which.

use std::borrow::Cow;

use super::resolve::{MODEL_PARAMS, filled, model_name};
use super::select::{Call, Config};
use super::{Ask, Body};
use crate::manifest::{Manifests, unified_path};
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::fusion;

pub(super) fn call<'m, 'a>(
    manifests: &'m Manifests,
    config: &Config<'_>,
    ask: &Ask<'a>,
    capability: &'static str,
) -> Result<Call<'m, 'a>, Refusal> {
    let mut body = Body::parse(ask.body)?;
    let Some(name) = model_name(&body)?.map(Cow::into_owned) else {
        let message = "the body must name a model, such as `\"model\": \"openai/gpt-5.6\"`";
        return Err(Refusal::bad(code::MODEL_REQUIRED, message));
    };
    if name == fusion::MODEL {
        return Err(several(capability));
    }
    let Some(resolved) = manifests.resolve_model(&name) else {
        let message = "the model is not listed, and no provider has its prefix";
        return Err(Refusal::missing(code::MODEL_NOT_FOUND, message));
    };
    let provider = &resolved.manifest.provider;
    let able = resolved.model.capabilities.iter().any(|id| id == capability);
    let offered = provider.capabilities.iter().find(|offered| offered.id == capability);
    let endpoint = offered.filter(|_| able).and_then(|offered| {
        provider.endpoints.iter().find(|endpoint| endpoint.id == offered.endpoint)
    });
    let Some(endpoint) = endpoint else {
        let message = format!("this model has no {capability}");
        return Err(Refusal::bad(code::MODEL_CAPABILITY_UNSUPPORTED, message));
    };
    let model = filled(provider, config, resolved.model);
    body.set_text("model", &model.upstream);
    let in_path = endpoint.path_params.iter().filter(|name| MODEL_PARAMS.contains(&name.as_str()));
    Ok(Call {
        manifest: resolved.manifest,
        endpoint,
        capability,
        route: unified_path(capability).unwrap_or(&endpoint.path),
        method: ask.method.clone(),
        path_params: in_path.map(|name| (name.clone(), model.upstream.clone())).collect(),
        query: Vec::new(),
        model: Some(model),
        is_named: true,
        body: Some(body),
    })
}

/// Whether what was refused is a request for fusion, which may be answered in another way.
pub(crate) fn is_several(refusal: &Refusal) -> bool {
    refusal.code == code::FUSION_DISABLED
}

/// Fusion is no model of a provider's. A caller that can make several requests of one does so where
/// it is refused here.
fn several(capability: &str) -> Refusal {
    if capability == "llm.chat" {
        let message = "fusion is several requests, each for a model of its own";
        return Refusal::missing(code::FUSION_DISABLED, message);
    }
    let message = "fusion answers chat completions alone";
    Refusal::bad(code::FUSION_CAPABILITY_UNSUPPORTED, message)
}
