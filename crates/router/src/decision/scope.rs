//! What a policy lets through: a pure function, so that the catalog, the list of models and the
//! forwarding of a request cannot disagree.

use super::price;
use clawctl_wire::model;
use clawctl_wire::policy::{Policy, ProviderScope};
use clawctl_wire::provider::{Model, Provider};

/// The reach of one policy.
pub(crate) struct Scope<'a> {
    policy: &'a Policy,
}

impl<'a> Scope<'a> {
    pub(crate) fn of(policy: &'a Policy) -> Self {
        Self { policy }
    }

    /// Whether no list of providers limits it.
    pub(crate) fn has_every_provider(&self) -> bool {
        self.policy.scope() == ProviderScope::All
    }

    pub(crate) fn has_provider(&self, id: &str) -> bool {
        self.policy.covers(id)
    }

    /// Extension `policy.models`: whether there is an allow list.
    pub(crate) fn has_model_list(&self) -> bool {
        self.policy.models.is_some()
    }

    /// Extension `policy.models`: whether the allow list, if there is one, names the model.
    pub(crate) fn has_model(&self, id: &str) -> bool {
        model::allows(self.policy.models.as_deref(), id)
    }

    /// Whether the allow list, if there is one, lets every model of the provider through, whatever
    /// it is called.
    pub(super) fn has_every_model(&self, provider: &Provider) -> bool {
        let Some(patterns) = &self.policy.models else { return true };
        let own = format!("{}/", provider.id);
        let prefixes = &provider.routing.model_prefixes;
        let covers = |prefix: &String| {
            patterns.iter().any(|pattern| {
                let start = pattern.as_str().strip_suffix('*');
                start.is_some_and(|start| !start.contains('*') && prefix.starts_with(start))
            })
        };
        let named = if prefixes.is_empty() { covers(&own) } else { prefixes.iter().all(covers) };
        named && provider.models.iter().all(|model| self.has_model(&model.id))
    }

    /// The models of a provider that a request may name.
    pub(crate) fn models<'p>(&self, provider: &'p Provider) -> impl Iterator<Item = &'p Model> {
        let inside = self.has_provider(&provider.id);
        provider.models.iter().filter(move |model| inside && self.has_model(&model.id))
    }

    /// Whether every request for this model is refused, because a budget counts money and nothing
    /// says what a request costs.
    pub(crate) fn lacks_price(&self, model: &Model) -> bool {
        let budgeted = self.policy.monthly_budget_micros.is_some();
        price::lacks_price(Some(model), self.policy.request_cost_micros, budgeted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::manifest::Manifests;
    use clawctl_wire::money::Micros;

    fn policy(providers: &[&str], models: Option<&[&str]>) -> Policy {
        let scope = ProviderScope::Only(providers.iter().map(|id| (*id).to_owned()).collect());
        let mut policy = Policy::with_defaults("team", &scope);
        policy.models = models.map(|list| list.iter().map(|text| text.parse().unwrap()).collect());
        policy
    }

    #[test]
    fn a_model_needs_its_provider_and_a_pattern() {
        let manifests = Manifests::bundled();
        let check = |providers: &[&str], models: Option<&[&str]>, id: &str, expected: &[&str]| {
            let policy = policy(providers, models);
            let provider = &manifests.get(id).unwrap().provider;
            let scope = Scope::of(&policy);
            let listed: Vec<_> = scope.models(provider).map(|model| model.id.as_str()).collect();
            assert_eq!(listed, expected, "{providers:?} {models:?}");
        };
        check(&["groq"], None, "groq", &["groq/gpt-oss-120b"]);
        check(&["openai"], None, "groq", &[]);
        check(&[], None, "groq", &["groq/gpt-oss-120b"]);
        check(&["groq"], Some(&["openai/*"]), "groq", &[]);
        check(&["openai"], Some(&["*"]), "groq", &[]);
        check(
            &["openai"],
            Some(&["openai/gpt-5*"]),
            "openai",
            &["openai/gpt-5.6", "openai/gpt-5.5", "openai/gpt-5.4"],
        );
    }

    #[test]
    fn only_a_pattern_without_an_end_has_every_model() {
        let manifests = Manifests::bundled();
        let check = |models: Option<&[&str]>, id: &str, expected| {
            let policy = policy(&[], models);
            let provider = &manifests.get(id).unwrap().provider;
            assert_eq!(Scope::of(&policy).has_every_model(provider), expected, "{models:?} {id}");
        };
        check(None, "openrouter", true);
        check(Some(&["*"]), "openrouter", true);
        check(Some(&["groq/*", "openrouter/*"]), "openrouter", true);
        check(Some(&["open*"]), "openrouter", true);
        check(Some(&["openrouter/auto"]), "openrouter", false);
        check(Some(&["openrouter/a*"]), "openrouter", false);
        check(Some(&["*/auto*"]), "openrouter", false);
        check(Some(&["google/*"]), "google-gemini", false);
        check(Some(&["google/*", "gemini/*"]), "google-gemini", true);
        check(Some(&[]), "openrouter", false);
    }

    #[test]
    fn a_budget_wants_a_price() {
        let manifests = Manifests::bundled();
        let (_, unpriced) = manifests.model("openrouter/auto").unwrap();
        let (_, priced) = manifests.model("openai/gpt-5.6").unwrap();
        let mut policy = policy(&[], None);
        assert!(!Scope::of(&policy).lacks_price(unpriced));
        policy.monthly_budget_micros = Some(Micros::ZERO);
        assert!(Scope::of(&policy).lacks_price(unpriced));
        assert!(!Scope::of(&policy).lacks_price(priced));
        policy.request_cost_micros = Some(Micros(7));
        assert!(!Scope::of(&policy).lacks_price(unpriced));
    }
}
