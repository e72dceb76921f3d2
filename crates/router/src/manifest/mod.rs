//! Provider manifests: which upstreams there are, how they are reached, and what they cost.
//!
//! A bundled set is compiled in as JSON; a directory of the user's own YAML files adds to it or
//! overrides it by id. Loading never fails as a whole: what is wrong is kept in
//! [`Manifests::problems`], with its file and line.

mod check;
mod file;
mod load;
mod outline;
mod problem;
mod read;
mod routes;
pub(crate) mod template;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use thiserror::Error;
use url::Url;

pub(crate) use self::file::{BodyQuirks, Patience};
pub use self::problem::ManifestProblem;
pub(crate) use self::routes::unified_path;
use clawctl_wire::pricing::Price;
use clawctl_wire::provider::{Model, Provider};

/// One provider as its manifest describes it.
#[derive(Debug, Clone, PartialEq)]
pub struct Manifest {
    /// What everyone may see of it.
    pub provider: Provider,
    /// A caveat to show to the operator who connects it.
    pub notice: Option<String>,
    /// Tokens that it gives to its own programs alone: why a grant of this kind is not taken.
    pub(crate) refused_tokens: BTreeMap<String, String>,
    pub(crate) body_quirks: BodyQuirks,
    pub(crate) patience: Patience,
    /// Where it says how it is, to anybody and for nothing.
    pub(crate) health_paths: Vec<String>,
    /// The user's file that it comes from; nothing for a bundled one.
    pub path: Option<PathBuf>,
    /// Whether it is reached elsewhere than its file says.
    pub(crate) is_moved: bool,
}

impl Manifest {
    /// Whether its connection is switched on, by what was written of that. A provider whose terms
    /// have to be agreed to is off until somebody has connected it.
    pub(crate) fn is_on(&self, written: Option<bool>) -> bool {
        written.unwrap_or(self.notice.is_none())
    }

    /// Whether somebody on this machine has asked for the provider: by enabling it, by a value for
    /// one of its names, by another address, or by a manifest. One that takes no key would be ready
    /// on a machine where nobody ever heard of it.
    pub(crate) fn is_wanted(&self, is_written: bool, is_set: &dyn Fn(&str) -> bool) -> bool {
        is_written
            || self.is_moved
            || self.path.is_some()
            || self.provider.config_keys.iter().any(|key| is_set(key))
    }
}

/// Whether it speaks as OpenAI does.
pub(crate) fn is_openai_compatible(provider: &Provider) -> bool {
    provider.class == "openai_compatible"
}

/// All providers that this router knows.
#[derive(Debug, Clone)]
pub struct Manifests {
    /// In byte order of their ids.
    all: Vec<Manifest>,
    /// Where a listed model stands: the provider, and the model in it.
    models: HashMap<String, (usize, usize)>,
    problems: Vec<ManifestProblem>,
}

/// What a model reference stands for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ResolvedModel<'a> {
    pub(crate) manifest: &'a Manifest,
    /// Borrowed when the manifest lists it, owned when it was made up from the provider's prefix.
    pub(crate) model: Cow<'a, Model>,
}

/// Why a base URL cannot be overridden.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum BadUpstream {
    #[error("there is no provider `{0}`")]
    UnknownProvider(String),
    #[error("`{id}` cannot be reached there: {reason}")]
    Url { id: String, reason: &'static str },
}

impl Manifests {
    fn new(mut all: Vec<Manifest>, problems: Vec<ManifestProblem>) -> Self {
        all.sort_by(|a, b| a.provider.id.cmp(&b.provider.id));
        let listed = all.iter().enumerate().flat_map(|(p, manifest)| {
            let models = manifest.provider.models.iter().enumerate();
            models.map(move |(m, model)| (model.id.clone(), (p, m)))
        });
        Self { models: listed.collect(), all, problems }
    }

    /// What was left out, and why.
    pub fn problems(&self) -> &[ManifestProblem] {
        &self.problems
    }

    pub fn iter(&self) -> std::slice::Iter<'_, Manifest> {
        self.all.iter()
    }

    pub fn providers(&self) -> impl Iterator<Item = &Provider> {
        self.all.iter().map(|manifest| &manifest.provider)
    }

    pub fn get(&self, id: &str) -> Option<&Manifest> {
        self.position(id).map(|position| &self.all[position])
    }

    fn position(&self, id: &str) -> Option<usize> {
        self.all.binary_search_by(|manifest| manifest.provider.id.as_str().cmp(id)).ok()
    }

    /// A model that a manifest lists, by its exact id.
    pub fn model(&self, id: &str) -> Option<(&Manifest, &Model)> {
        let (provider, model) = *self.models.get(id)?;
        let manifest = &self.all[provider];
        Some((manifest, &manifest.provider.models[model]))
    }

    /// What a model reference stands for: a listed model, or else any name behind the prefix of a
    /// provider that takes unlisted ones.
    pub(crate) fn resolve_model(&self, reference: &str) -> Option<ResolvedModel<'_>> {
        if let Some((manifest, model)) = self.model(reference) {
            return Some(ResolvedModel { manifest, model: Cow::Borrowed(model) });
        }
        let prefixed = self.all.iter().flat_map(|manifest| {
            let prefixes = manifest.provider.routing.model_prefixes.iter();
            prefixes.filter_map(move |prefix| Some((manifest, reference.strip_prefix(prefix)?)))
        });
        // The longest prefix leaves the shortest rest.
        let (manifest, upstream) = prefixed.min_by_key(|(_, rest)| rest.len())?;
        if upstream.is_empty() || manifest.provider.routing.listed_models_only {
            return None;
        }
        let model = unlisted(&manifest.provider, reference, upstream);
        Some(ResolvedModel { manifest, model: Cow::Owned(model) })
    }

    /// Where a provider is reached. It may hold `${name}`s that its configuration fills.
    pub fn base_url(&self, id: &str) -> Option<&str> {
        self.get(id)?.provider.base_urls.get("default").map(String::as_str)
    }

    /// The same manifests with one provider reached elsewhere.
    pub(crate) fn with_base_url(mut self, id: &str, url: &Url) -> Result<Self, BadUpstream> {
        let Some(position) = self.position(id) else {
            return Err(BadUpstream::UnknownProvider(id.to_owned()));
        };
        check::plain_http(url).map_err(|reason| BadUpstream::Url { id: id.to_owned(), reason })?;
        let manifest = &mut self.all[position];
        manifest.is_moved = true;
        let provider = &mut manifest.provider;
        let replaced = provider
            .base_urls
            .insert("default".to_owned(), url.as_str().trim_end_matches('/').to_owned());
        // A key that only said where the provider is has nothing left to say.
        for name in replaced.as_deref().into_iter().flat_map(template::names) {
            let idle: Vec<_> = template::config_keys(provider, name)
                .filter(|key| !provider.optional_config_keys.iter().any(|other| other == key))
                .map(str::to_owned)
                .collect();
            provider.optional_config_keys.extend(idle);
        }
        Ok(self)
    }
}

impl<'a> IntoIterator for &'a Manifests {
    type Item = &'a Manifest;
    type IntoIter = std::slice::Iter<'a, Manifest>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A model that no manifest lists. It can do what the provider's first model can. Its price is
/// unknown, unless the provider charges nothing for that first one.
pub(crate) fn unlisted(provider: &Provider, reference: &str, upstream: &str) -> Model {
    let first = provider.models.first();
    let every = || provider.capabilities.iter().map(|capability| capability.id.clone()).collect();
    let free = first.filter(|model| model.pricing.as_ref().is_some_and(Price::is_free));
    Model {
        id: reference.to_owned(),
        upstream: upstream.to_owned(),
        capabilities: first.map_or_else(every, |model| model.capabilities.clone()),
        supported_reasoning_efforts: None,
        pricing_ref: free.and_then(|model| model.pricing_ref.clone()),
        pricing: free.and_then(|model| model.pricing.clone()),
    }
}
