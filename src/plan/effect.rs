//! Effects in words. A reader of the words alone must not be surprised by the change.

use serde::Serialize;

use super::action::{Beginning, KeyMembers};
use super::change::ChangeSet;
use super::routing::{routing_effects, routing_fields};
use crate::secret::sink::SinkSpec;
use crate::wire::connection::Connection;
use crate::wire::credential::Credential;
use crate::wire::model::ModelPattern;
use crate::wire::money::Micros;
use crate::wire::policy::{Policy, ProviderScope};

/// What a change brings about, such as `UN-METERS`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Effect {
    pub word: &'static str,
    pub text: String,
}

/// What a change of a policy does. `keys_enabled` are the keys that live under it.
pub fn policy_change(
    before: Option<&Policy>,
    after: &Policy,
    keys_enabled: Option<usize>,
) -> ChangeSet {
    let mut set = ChangeSet::new("policy", &after.policy_id, before.is_none());
    let show = |read: fn(&Policy) -> String| (before.map(read), read(after));
    let mut field = |name, (old, new): (Option<String>, String)| set.field(name, old, new);
    field("enabled", show(|p| yes_no(p.enabled)));
    field("providers", show(|p| providers_text(&p.scope())));
    field("models", show(|p| models_text(p.models.as_deref())));
    field("budget", show(|p| budget_text(p.monthly_budget_micros)));
    field("budget scope", show(|p| p.budget_scope.to_string()));
    field("request cost", show(|p| request_cost_text(p.request_cost_micros)));
    field("tenant", show(|p| p.tenant_id.clone()));
    field("role", show(|p| p.token_role.clone()));
    field("retain content", show(|p| yes_no(p.retain_request_content)));
    // Most policies never hear of it.
    if before.is_some_and(Policy::falls_back_to_environment) || after.falls_back_to_environment() {
        field("environment fallback", show(|p| yes_no(p.falls_back_to_environment())));
    }
    routing_fields(&mut set, before, after);
    if let Some(before) = before {
        policy_effects(&mut set, before, after, keys_enabled);
    } else if after.monthly_budget_micros.is_none() {
        set.effect("UN-METERED", "keys under this policy spend without a limit");
    }
    if after.monthly_budget_micros == Some(Micros::ZERO)
        && before.is_none_or(|p| p.monthly_budget_micros != Some(Micros::ZERO))
    {
        set.effect("BLOCKS", "a budget of zero refuses every request");
    }
    set
}

fn policy_effects(
    set: &mut ChangeSet,
    before: &Policy,
    after: &Policy,
    keys_enabled: Option<usize>,
) {
    match (before.enabled, after.enabled) {
        (true, false) => {
            let keys = keys_text(keys_enabled, "stops working at once", "stop working at once");
            set.effect("DISABLES", keys);
        }
        (false, true) => {
            set.effect("RE-ENABLES", keys_text(keys_enabled, "works again", "work again"));
        }
        _ => {}
    }
    scope_effects(set, &before.scope(), &after.scope());
    model_effects(set, before.models.as_deref(), after.models.as_deref());
    match (before.monthly_budget_micros, after.monthly_budget_micros) {
        (Some(_), None) => set.effect("UN-METERS", "keys under it spend without a limit"),
        (None, Some(_)) => set.effect(
            "METERS",
            "models without a price are refused unless the policy has a request cost",
        ),
        (Some(old), Some(new)) if new > old => set.effect("RAISES", "the budget of the month"),
        (Some(old), Some(new)) if new < old => set.effect("LOWERS", "the budget of the month"),
        _ => {}
    }
    if after.falls_back_to_environment() && !before.falls_back_to_environment() {
        set.effect(
            "FALLS BACK",
            "where none of its grants can be used, the operator's own key is used and pays",
        );
    }
    let moved = before.tenant_id != after.tenant_id || before.budget_scope != after.budget_scope;
    let metered = before.monthly_budget_micros.is_some() || after.monthly_budget_micros.is_some();
    if moved && metered {
        set.effect("MOVES LEDGER", "the counter of this month starts again at zero");
    }
    routing_effects(set, before, after);
    if before.tenant_id != after.tenant_id {
        set.effect("HIDES HISTORY", "usage under the old tenant is no longer shown with it");
    }
}

fn scope_effects(set: &mut ChangeSet, before: &ProviderScope, after: &ProviderScope) {
    match (before, after) {
        (ProviderScope::Only(_), ProviderScope::All) => {
            set.effect("WIDENS", "to ALL providers, also those added later");
        }
        (ProviderScope::All, ProviderScope::Only(_)) => {
            set.effect("NARROWS", "from all providers to the named ones");
        }
        (ProviderScope::Only(old), ProviderScope::Only(new)) => {
            let list = |ids: Vec<&String>| {
                ids.into_iter().map(String::as_str).collect::<Vec<_>>().join(", ")
            };
            let (gained, lost) =
                (list(new.difference(old).collect()), list(old.difference(new).collect()));
            if !gained.is_empty() {
                set.effect("WIDENS", format!("to {gained}"));
            }
            if !lost.is_empty() {
                set.effect("NARROWS", format!("without {lost}"));
            }
        }
        (ProviderScope::All, ProviderScope::All) => {}
    }
}

fn model_effects(
    set: &mut ChangeSet,
    before: Option<&[ModelPattern]>,
    after: Option<&[ModelPattern]>,
) {
    match (before, after) {
        (Some(_), None) => set.effect("WIDENS", "to all models of its providers"),
        (None, Some(_)) => set.effect("NARROWS", "to the named models"),
        (Some(old), Some(new)) => {
            let list = |from: &[ModelPattern], without: &[ModelPattern]| {
                let some: Vec<_> = from
                    .iter()
                    .filter(|p| !without.contains(p))
                    .map(ModelPattern::as_str)
                    .collect();
                some.join(", ")
            };
            let (gained, lost) = (list(new, old), list(old, new));
            if !gained.is_empty() {
                set.effect("WIDENS", format!("to {gained}"));
            }
            if !lost.is_empty() {
                set.effect("NARROWS", format!("without {lost}"));
            }
        }
        (None, None) => {}
    }
}

/// What a change of a provider's connection does.
pub fn connection_change(before: &Connection, after: &Connection) -> ChangeSet {
    let mut set = ChangeSet::new("provider", &after.provider_id, false);
    let show = |read: fn(&Connection) -> String| (Some(read(before)), read(after));
    let mut field = |name, (old, new): (Option<String>, String)| set.field(name, old, new);
    field("enabled", show(|c| yes_no(c.enabled)));
    field("label", show(|c| c.label.clone().unwrap_or_else(|| "none".to_owned())));
    field("budget", show(|c| budget_text(c.budget())));
    match (before.enabled, after.enabled) {
        (true, false) => {
            set.effect("DISABLES", "every request to this provider is refused, under any policy");
        }
        (false, true) => set.effect("RE-OPENS", "requests to this provider are served again"),
        _ => {}
    }
    match (before.budget(), after.budget()) {
        (Some(_), None) => set.effect("UN-METERS", "the provider as a whole"),
        (None, Some(_)) => {
            set.effect("METERS", "models of this provider without a price are refused");
        }
        _ => {}
    }
    if after.budget() == Some(Micros::ZERO) && before.budget() != Some(Micros::ZERO) {
        set.effect("BLOCKS", "a budget of zero refuses every request to this provider");
    }
    set
}

/// What a change of a credential does.
pub fn credential_change(before: &Credential, after: &Credential) -> ChangeSet {
    let mut set = ChangeSet::new("key", &after.credential_id, false);
    let show = |read: fn(&Credential) -> String| (Some(read(before)), read(after));
    let mut field = |name, (old, new): (Option<String>, String)| set.field(name, old, new);
    field("enabled", show(|c| yes_no(c.enabled)));
    field("policy", show(|c| c.policy_id.clone()));
    field("principal", show(|c| c.principal_id.clone().unwrap_or_else(|| "none".to_owned())));
    field("label", show(|c| c.label.clone().unwrap_or_else(|| "none".to_owned())));
    field(
        "expires",
        show(|c| c.expires_at.map_or_else(|| "never".to_owned(), |time| time.to_string())),
    );
    match (before.enabled, after.enabled) {
        (true, false) => set.effect("REVOKES", "the key stops working at once"),
        (false, true) => set.effect("RE-ENABLES", "whoever holds the secret can use it again"),
        _ => {}
    }
    if before.policy_id != after.policy_id {
        set.effect(
            "MOVES",
            format!(
                "scope, models and budget become those of {}; spend so far stays with {}",
                after.policy_id, before.policy_id
            ),
        );
    }
    set
}

/// A key that is not there yet.
pub fn new_key_change(key: &KeyMembers) -> ChangeSet {
    let mut set = ChangeSet::new("key", &key.id, true);
    let none = || "none".to_owned();
    set.field("enabled", None, yes_no(key.enabled));
    set.field("policy", None, key.policy_id.clone());
    set.field("principal", None, key.principal_id.clone().unwrap_or_else(none));
    set.field("label", None, key.label.clone().unwrap_or_else(none));
    let ends = key.expires_at.map_or_else(|| "never".to_owned(), |time| time.to_string());
    set.field("expires", None, ends);
    set
}

/// Where the secret of a new key goes.
pub fn key_delivery(set: &mut ChangeSet, sinks: &[SinkSpec], how: Beginning) {
    let places: Vec<_> = sinks.iter().map(SinkSpec::to_string).collect();
    let places = if places.is_empty() { "the terminal".to_owned() } else { places.join(", ") };
    if how == (Beginning::Unfinished { delivered: true }) {
        return set.effect("FINISHES", "it was delivered already, and is switched on");
    }
    set.field("delivered to", None, places);
    match how {
        Beginning::Anew => {}
        Beginning::Unfinished { .. } => set.effect("FINISHES", "an issue that was cut off"),
        Beginning::Registered => {
            set.effect("FINISHES", "an issue that was cut off; nobody was given its secret");
        }
    }
}

pub fn yes_no(yes: bool) -> String {
    if yes { "yes" } else { "no" }.to_owned()
}

/// Providers as they are shown everywhere: `ALL` is loud on purpose.
pub fn providers_text(scope: &ProviderScope) -> String {
    match scope {
        ProviderScope::All => "ALL".to_owned(),
        ProviderScope::Only(ids) => ids.iter().map(String::as_str).collect::<Vec<_>>().join(", "),
    }
}

pub fn models_text(models: Option<&[ModelPattern]>) -> String {
    match models {
        None => "all".to_owned(),
        Some(list) => list.iter().map(ModelPattern::as_str).collect::<Vec<_>>().join(", "),
    }
}

pub fn budget_text(budget: Option<Micros>) -> String {
    match budget {
        None => "unlimited".to_owned(),
        Some(Micros::ZERO) => "$0.00 (blocks)".to_owned(),
        Some(amount) => amount.to_string(),
    }
}

fn request_cost_text(cost: Option<Micros>) -> String {
    cost.map_or_else(|| "by model".to_owned(), |amount| amount.to_string())
}

/// How many keys do what. One key does it, several do it.
fn keys_text(count: Option<usize>, one_does: &str, several_do: &str) -> String {
    match count {
        None => format!("its keys {several_do}"),
        Some(0) => "no enabled key is under it".to_owned(),
        Some(1) => format!("1 key {one_does}"),
        Some(n) => format!("{n} keys {several_do}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn policy(providers: &[&str]) -> Policy {
        let ids = providers.iter().map(|id| (*id).to_owned()).collect();
        Policy::with_defaults("team", &ProviderScope::Only(ids))
    }

    fn words(before: &Policy, after: &Policy) -> Vec<&'static str> {
        let set = policy_change(Some(before), after, Some(14));
        set.effects.iter().map(|effect| effect.word).collect()
    }

    #[test]
    fn each_dangerous_change_is_named() {
        let base = Policy { monthly_budget_micros: Some(Micros(5)), ..policy(&["openai"]) };
        let check = |after: Policy, expected: &[&str]| assert_eq!(words(&base, &after), expected);
        check(base.clone(), &[]);
        check(Policy { monthly_budget_micros: None, ..base.clone() }, &["UN-METERS"]);
        check(Policy { monthly_budget_micros: Some(Micros(9)), ..base.clone() }, &["RAISES"]);
        check(
            Policy { monthly_budget_micros: Some(Micros(0)), ..base.clone() },
            &["LOWERS", "BLOCKS"],
        );
        check(Policy { providers: vec![], ..base.clone() }, &["WIDENS"]);
        check(Policy { providers: vec!["xai".into()], ..base.clone() }, &["WIDENS", "NARROWS"]);
        check(Policy { enabled: false, ..base.clone() }, &["DISABLES"]);
        check(
            Policy { tenant_id: "acme".into(), ..base.clone() },
            &["MOVES LEDGER", "HIDES HISTORY"],
        );
        let models = Some(vec![ModelPattern::parse("openai/gpt-5*").unwrap()]);
        let narrowed = Policy { models, ..base.clone() };
        check(narrowed.clone(), &["NARROWS"]);
        assert_eq!(words(&narrowed, &base), ["WIDENS"]);
    }

    #[test]
    fn what_is_disabled_is_counted() {
        let base = policy(&["openai"]);
        let off = Policy { enabled: false, ..base.clone() };
        let set = policy_change(Some(&base), &off, Some(14));
        assert_eq!(set.effects[0].text, "14 keys stop working at once");
    }
}
