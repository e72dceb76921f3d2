//! Which models may answer a request, besides the one that it names.
//!
//! Gateways take more than one model in a request: fallbacks, presets, plugins that choose. A list
//! of models is worth nothing if such a member goes around it, and a price is of the wrong model.

use super::Body;
use super::fold::Folded;
use super::resolve::unlisted_id;
use super::unpriced::short;
use clawctl_wire::provider::Provider;

/// A preset of OpenRouter, behind the name of a model.
const PRESET: &str = "@preset/";

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Reach {
    /// Whether the request names a model at all.
    pub(super) is_named: bool,
    /// The ids of models that may answer in place of that one.
    pub(super) others: Vec<String>,
    /// A member that chooses models in a way that cannot be judged.
    pub(super) chooser: Option<String>,
    /// A member that some providers take for `model`, and others do not.
    pub(super) ambiguous: Option<String>,
}

impl Reach {
    pub(super) fn of(provider: &Provider, body: Option<&Body<'_>>, upstream: Option<&str>) -> Self {
        let mut reach = Self { is_named: upstream.is_some(), ..Self::default() };
        if upstream.is_some_and(|name| name.to_ascii_lowercase().contains(PRESET)) {
            reach.chooser = Some("model".to_owned());
        }
        let Some(body) = body else { return reach };
        if body.names_model_twice() {
            reach.ambiguous = Some("model".to_owned());
        }
        for (name, value) in body.iter() {
            match Folded::of(name).as_str() {
                "model" if name != "model" => reach.ambiguous = Some(short(name)),
                "models" => match body.read::<Option<Vec<String>>>(name) {
                    Some(models) if name == "models" => {
                        let models = models.unwrap_or_default();
                        reach.others = models.iter().map(|name| id_of(provider, name)).collect();
                    }
                    _ => reach.chooser = Some(short(name)),
                },
                "preset"
                | "plugins"
                | "route"
                | "fallbacks"
                | "fallbackmodels"
                | "contextwindowfallbackdict"
                    if !matches!(value.get(), "null" | "[]" | "{}") =>
                {
                    reach.chooser = Some(short(name));
                }
                _ => {}
            }
        }
        reach
    }

    /// Whether no other model than the one that it names can answer.
    pub(super) fn is_plain(&self) -> bool {
        self.is_named && self.others.is_empty() && self.chooser.is_none()
    }
}

/// The id of a model that goes upstream by this name, as it stands.
fn id_of(provider: &Provider, upstream: &str) -> String {
    let listed = provider.models.iter().find(|model| model.upstream == upstream);
    listed.map_or_else(|| unlisted_id(provider, upstream), |model| model.id.clone())
}
