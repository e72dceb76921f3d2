//! Effects in words. A reader of the words alone must not be surprised by the change.

use std::collections::BTreeSet;

use serde::Serialize;

use super::action::{Beginning, KeyMembers};
use super::change::ChangeSet;
use super::loss::{Left, Loss, Subject};
use super::routing::{routing_effects, routing_fields};
use crate::resource::words::yes_no;
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::Credential;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{Policy, ProviderScope};

/// What a change brings about, such as `UN-METERS`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Effect {
    pub word: &'static str,
    pub text: String,
    /// Is it dangerous enough to ask before?
    #[serde(skip)]
    pub(super) asked: bool,
    /// What it takes away, until it was said from whom.
    #[serde(skip)]
    pub(super) loss: Option<Loss>,
}

impl Effect {
    pub fn is_asked(&self) -> bool {
        self.asked
    }
}

/// What a change of a policy does. `keys_enabled` are the keys that live under it.
pub fn policy_change(
    before: Option<&Policy>,
    after: &Policy,
    keys_enabled: Option<usize>,
) -> ChangeSet {
    let mut set = ChangeSet::new("policy", &after.policy_id, before.is_none());
    set.members(before, after);
    // Most policies never hear of it.
    if before.is_some_and(Policy::falls_back_to_environment) || after.falls_back_to_environment() {
        let show = |policy: &Policy| yes_no(policy.falls_back_to_environment());
        set.field("environment fallback", before.map(show), show(after));
    }
    routing_fields(&mut set, before, after);
    if let Some(before) = before {
        policy_effects(&mut set, before, after, keys_enabled);
    } else if after.monthly_budget_micros.is_none() {
        set.effect("UN-METERED", "keys under this policy spend without a limit");
    }
    if before.is_none() && after.monthly_budget_micros == Some(Micros::ZERO) {
        set.named_effect("BLOCKS", BLOCKS_TEXT);
    }
    set
}

const BLOCKS_TEXT: &str = "a budget of zero refuses every request";

fn policy_effects(
    set: &mut ChangeSet,
    before: &Policy,
    after: &Policy,
    keys_enabled: Option<usize>,
) {
    let subject = Subject::Policy(after.policy_id.clone());
    let everything = || Loss { subject: subject.clone(), left: Left::Nothing };
    match (before.enabled, after.enabled) {
        (true, false) => {
            let keys = keys_text(keys_enabled, "stops working at once", "stop working at once");
            set.loss("DISABLES", keys, everything());
        }
        (false, true) => {
            set.effect("RE-ENABLES", keys_text(keys_enabled, "works again", "work again"));
        }
        _ => {}
    }
    reach_effects(set, &subject, before, after);
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

/// What requests may reach and spend, before and after: under a policy that is edited, or with a key
/// that is put under another one.
fn reach_effects(set: &mut ChangeSet, subject: &Subject, before: &Policy, after: &Policy) {
    scope_effects(set, subject, &before.scope(), &after.scope());
    model_effects(set, subject, before.models.as_deref(), after.models.as_deref());
    match (before.monthly_budget_micros, after.monthly_budget_micros) {
        (Some(_), None) => {
            let who = match subject {
                Subject::Key(_) => "the key spends",
                _ => "keys under it spend",
            };
            set.effect("UN-METERS", format!("{who} without a limit"));
        }
        (None, Some(_)) => set.effect(
            "METERS",
            "models without a price are refused unless the policy has a request cost",
        ),
        (Some(old), Some(new)) if new > old => set.effect("RAISES", "the budget of the month"),
        (Some(old), Some(new)) if new < old => set.effect("LOWERS", "the budget of the month"),
        _ => {}
    }
    if after.monthly_budget_micros == Some(Micros::ZERO)
        && before.monthly_budget_micros != Some(Micros::ZERO)
    {
        let everything = Loss { subject: subject.clone(), left: Left::Nothing };
        set.loss("BLOCKS", BLOCKS_TEXT, everything);
    }
    if after.falls_back_to_environment() && !before.falls_back_to_environment() {
        set.effect(
            "FALLS BACK",
            "where none of its grants can be used, the operator's own key is used and pays",
        );
    }
}

/// Something named that is gained. An edit of a policy names it itself; a key that moves does not.
fn gains(set: &mut ChangeSet, subject: &Subject, gained: &str) {
    let text = format!("to {gained}");
    match subject {
        Subject::Key(_) => set.effect("WIDENS", text),
        _ => set.named_effect("WIDENS", text),
    }
}

fn no_longer_allowed(lost: &[String]) -> String {
    let are = if lost.len() == 1 { "is" } else { "are" };
    format!("{} {are} no longer allowed", lost.join(", "))
}

fn scope_effects(
    set: &mut ChangeSet,
    subject: &Subject,
    before: &ProviderScope,
    after: &ProviderScope,
) {
    let loss = |left: &BTreeSet<String>| Loss {
        subject: subject.clone(),
        left: Left::Providers(left.clone()),
    };
    match (before, after) {
        (ProviderScope::Only(_), ProviderScope::All) => {
            set.effect("WIDENS", "to ALL providers, also those added later");
        }
        (ProviderScope::All, ProviderScope::Only(new)) => {
            let text = "from all providers to the named ones; every other one is refused";
            set.loss("NARROWS", text, loss(new));
        }
        (ProviderScope::Only(old), ProviderScope::Only(new)) => {
            let names = |a: &BTreeSet<String>, b: &BTreeSet<String>| -> Vec<String> {
                a.difference(b).cloned().collect()
            };
            let (gained, lost) = (names(new, old), names(old, new));
            if !gained.is_empty() {
                gains(set, subject, &gained.join(", "));
            }
            if !lost.is_empty() {
                set.loss("NARROWS", no_longer_allowed(&lost), loss(new));
            }
        }
        (ProviderScope::All, ProviderScope::All) => {}
    }
}

fn model_effects(
    set: &mut ChangeSet,
    subject: &Subject,
    before: Option<&[ModelPattern]>,
    after: Option<&[ModelPattern]>,
) {
    let loss = |left: &[ModelPattern]| Loss {
        subject: subject.clone(),
        left: Left::Models(left.to_vec()),
    };
    match (before, after) {
        (Some(_), None) => set.effect("WIDENS", "to all models of its providers"),
        (None, Some(new)) => {
            let text = "from all models to the named ones; every other one is refused";
            set.loss("NARROWS", text, loss(new));
        }
        (Some(old), Some(new)) => {
            let names = |from: &[ModelPattern], without: &[ModelPattern]| -> Vec<String> {
                from.iter().filter(|p| !without.contains(p)).map(ModelPattern::to_string).collect()
            };
            let (gained, lost) = (names(new, old), names(old, new));
            if !gained.is_empty() {
                gains(set, subject, &gained.join(", "));
            }
            if !lost.is_empty() {
                set.loss("NARROWS", no_longer_allowed(&lost), loss(new));
            }
        }
        (None, None) => {}
    }
}

/// What a change of a provider's connection does.
pub fn connection_change(before: &Connection, after: &Connection) -> ChangeSet {
    let mut set = ChangeSet::new("provider", &after.provider_id, false);
    set.members(Some(before), after);
    let everything =
        || Loss { subject: Subject::Provider(after.provider_id.clone()), left: Left::Nothing };
    match (before.enabled, after.enabled) {
        (true, false) => {
            let text = "every request to this provider is refused, under any policy";
            set.loss("DISABLES", text, everything());
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
        let text = "a budget of zero refuses every request to this provider";
        set.loss("BLOCKS", text, everything());
    }
    set
}

/// What a change of a credential does. `policies` are the old and the new one, where the key is put
/// under another.
pub fn credential_change(
    before: &Credential,
    after: &Credential,
    policies: Option<(&Policy, &Policy)>,
) -> ChangeSet {
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
        (true, false) => {
            let subject = Subject::Key(after.credential_id.clone());
            let everything = Loss { subject, left: Left::Nothing };
            set.loss("REVOKES", "the key stops working at once", everything);
        }
        (false, true) => set.effect("RE-ENABLES", "anyone who has the secret can use it again"),
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
        if let Some((from, to)) = policies {
            move_effects(&mut set, from, to);
        }
    }
    set
}

/// What a key gains and loses under another policy.
fn move_effects(set: &mut ChangeSet, from: &Policy, to: &Policy) {
    let subject = Subject::Key(set.id.clone());
    if from.enabled && !to.enabled {
        let text = format!("policy {} is disabled, so the key stops working", to.policy_id);
        set.loss("DISABLES", text, Loss { subject: subject.clone(), left: Left::Nothing });
    }
    reach_effects(set, &subject, from, to);
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
        // Nobody was let through by one that is made so.
        let blocked = Policy { monthly_budget_micros: Some(Micros(0)), ..base.clone() };
        assert!(!policy_change(None, &blocked, None).effects[0].is_asked());
        assert!(policy_change(Some(&base), &blocked, None).effects[1].is_asked());
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
