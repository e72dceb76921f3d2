//! Which model a request means that names its provider itself.

use std::borrow::Cow;

use super::Body;
use super::select::{Call, Config};
use crate::manifest::{Manifest, Manifests, template, unlisted};
use crate::refusal::Refusal;
use clawctl_wire::error::code;
use clawctl_wire::provider::{Model, Provider};

/// The longest name of a model, in characters. Longer ones would only fill the records.
const NAME_CHARS_MAX: usize = 256;

/// The parameters of a path that name a model.
pub(crate) const MODEL_PARAMS: [&str; 2] = ["model", "deployment"];

/// The model that a body names, if it names one.
pub(super) fn model_name<'b>(body: &'b Body<'_>) -> Result<Option<Cow<'b, str>>, Refusal> {
    match body.get("model") {
        None => Ok(None),
        Some(value) if value.get() == "null" => Ok(None),
        Some(_) => match body.read::<String>("model").filter(|name| !name.is_empty()) {
            Some(name) if is_name(&name) => Ok(Some(name.into())),
            Some(_) => Err(Refusal::bad(code::INVALID_REQUEST_BODY, BAD_NAME)),
            None => Err(Refusal::bad(code::MODEL_REQUIRED, "the model must be a name")),
        },
    }
}

const BAD_NAME: &str =
    "a model name has at most 256 characters, no white space and no control characters";

fn is_name(name: &str) -> bool {
    name.chars().count() <= NAME_CHARS_MAX
        && !name.chars().any(|c| c.is_whitespace() || c.is_control())
}

/// The model with the upstream's name taken from the configuration, where the manifest says so.
/// Without a value there the name stays as it is: the provider is not configured then, and the
/// request is refused for that.
pub(super) fn filled<'m>(
    provider: &Provider,
    config: &Config<'_>,
    model: Cow<'m, Model>,
) -> Cow<'m, Model> {
    let value = |name: &str| template::configured(provider, name, config);
    match template::fill(&model.upstream, value) {
        Some(Cow::Owned(upstream)) => Cow::Owned(Model { upstream, ..model.into_owned() }),
        Some(Cow::Borrowed(_)) | None => model,
    }
}

/// Finds out which model is meant, and gives body and path the upstream's name of it.
pub(super) fn resolve(
    manifests: &Manifests,
    config: &Config<'_>,
    call: &mut Call<'_, '_>,
) -> Result<(), Refusal> {
    let in_path = |name: &str| MODEL_PARAMS.contains(&name);
    let manifest = call.manifest;
    let of_path = match call.path_params.iter().find(|(name, _)| in_path(name)) {
        Some((_, name)) if !is_name(name) => {
            return Err(Refusal::bad(code::INVALID_PATH_PARAM, BAD_NAME));
        }
        Some((_, name)) => Some(named(manifests, manifest, config, name)?),
        None => None,
    };
    let of_body = match call.body.as_ref().map(model_name).transpose()?.flatten() {
        Some(name) => Some(named(manifests, manifest, config, &name)?),
        None => None,
    };
    if let (Some(path), Some(body)) = (&of_path, &of_body)
        && path.upstream != body.upstream
    {
        let message = "the path and the body name different models";
        return Err(Refusal::bad(code::MODEL_PATH_MISMATCH, message));
    }
    let first = || {
        let model = manifest.provider.models.first()?;
        Some(filled(&manifest.provider, config, Cow::Borrowed(model)))
    };
    let meant = of_path.or(of_body);
    let param = call.endpoint.path_params.iter().find(|name| in_path(name));
    if let (Some(param), Some(model)) = (param, &meant) {
        call.path_params.retain(|(name, _)| name != param);
        call.path_params.push((param.clone(), model.upstream.clone()));
    }
    if let Some(body) = &mut call.body {
        match &meant {
            Some(model) if param.is_none() => body.set_text("model", &model.upstream),
            _ => drop(body.remove("model")),
        }
    }
    call.is_named = meant.is_some();
    call.model = meant.or_else(first);
    Ok(())
}

/// The model that a name stands for within a provider.
fn named<'m>(
    manifests: &Manifests,
    manifest: &'m Manifest,
    config: &Config<'_>,
    name: &str,
) -> Result<Cow<'m, Model>, Refusal> {
    let provider = &manifest.provider;
    for model in &provider.models {
        let model = filled(provider, config, Cow::Borrowed(model));
        if model.upstream == name || model.id == name {
            return Ok(model);
        }
    }
    match manifests.resolve_model(name) {
        Some(found) if found.manifest.provider.id != provider.id => Err(Refusal::bad(
            code::MODEL_PROVIDER_MISMATCH,
            "the model belongs to another provider than the path",
        )),
        Some(found) => Ok(filled(provider, config, Cow::Owned(found.model.into_owned()))),
        None if provider.routing.listed_models_only => {
            let message = format!("provider {} has no such model", provider.id);
            Err(Refusal::missing(code::MODEL_NOT_FOUND, message))
        }
        None => {
            let id = unlisted_id(provider, name);
            Ok(Cow::Owned(unlisted(provider, &id, name)))
        }
    }
}

/// The id of a model that the provider does not list.
pub(super) fn unlisted_id(provider: &Provider, upstream: &str) -> String {
    match provider.routing.model_prefixes.first() {
        Some(prefix) => format!("{prefix}{upstream}"),
        None => format!("{}/{upstream}", provider.id),
    }
}
