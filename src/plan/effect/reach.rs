//! What requests may reach and spend, before and after.

use std::collections::BTreeSet;

use super::policy::BLOCKS_TEXT;
use super::{Effect, without};
use crate::plan::change::ChangeSet;
use crate::plan::loss::{Left, Loss, Subject};
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{Policy, ProviderScope};

/// What requests may reach and spend, before and after: under a policy that is edited, or with a key
/// that is put under another one.
pub(super) fn reach_effects(
    set: &mut ChangeSet,
    subject: &Subject,
    before: &Policy,
    after: &Policy,
) {
    scope_effects(set, subject, &before.scope(), &after.scope());
    model_effects(set, subject, before.models.as_deref(), after.models.as_deref());
    match (before.monthly_budget_micros, after.monthly_budget_micros) {
        (Some(_), None) => {
            let who = match subject {
                Subject::Key(_) => "the key spends",
                _ => "keys under it spend",
            };
            set.effect(Effect::UnMeters, format!("{who} without a limit"));
        }
        (None, Some(_)) => set.effect(
            Effect::Meters,
            "models without a price are refused unless the policy has a request cost",
        ),
        (Some(old), Some(new)) if new > old => {
            set.effect(Effect::Raises, "the budget of the month");
        }
        (Some(old), Some(new)) if new < old => {
            set.effect(Effect::Lowers, "the budget of the month");
        }
        _ => {}
    }
    if after.monthly_budget_micros == Some(Micros::ZERO)
        && before.monthly_budget_micros != Some(Micros::ZERO)
    {
        set.loss(Effect::Blocks, BLOCKS_TEXT, Loss::everything(subject.clone()));
    }
    if after.falls_back_to_environment() && !before.falls_back_to_environment() {
        set.effect(
            Effect::FallsBack,
            "where none of its grants can be used, the operator's own key is used and pays",
        );
    }
}

fn scope_effects(
    set: &mut ChangeSet,
    subject: &Subject,
    before: &ProviderScope,
    after: &ProviderScope,
) {
    let named = |scope: &ProviderScope| match scope {
        ProviderScope::All => None,
        ProviderScope::Only(ids) => Some(ids.iter().cloned().collect()),
    };
    let left = match after {
        ProviderScope::All => BTreeSet::new(),
        ProviderScope::Only(ids) => ids.clone(),
    };
    let words = ("providers", "to ALL providers, also those added later");
    let loss = Loss { subject: subject.clone(), left: Left::Providers(left) };
    list_effects(set, words, named(before), named(after), loss);
}

fn model_effects(
    set: &mut ChangeSet,
    subject: &Subject,
    before: Option<&[ModelPattern]>,
    after: Option<&[ModelPattern]>,
) {
    let named = |list: &[ModelPattern]| list.iter().map(ModelPattern::to_string).collect();
    let left = Left::Models(after.unwrap_or_default().to_vec());
    let words = ("models", "to all models of its providers");
    let loss = Loss { subject: subject.clone(), left };
    list_effects(set, words, before.map(named), after.map(named), loss);
}

/// What becomes of a list that says what is allowed; none allows all.
fn list_effects(
    set: &mut ChangeSet,
    (noun, to_all): (&str, &'static str),
    before: Option<Vec<String>>,
    after: Option<Vec<String>>,
    loss: Loss,
) {
    match (before, after) {
        (Some(_), None) => set.effect(Effect::Widens, to_all),
        (None, Some(_)) => {
            let text = format!("from all {noun} to the named ones; every other one is refused");
            set.loss(Effect::Narrows, text, loss);
        }
        (Some(old), Some(new)) => {
            let (gained, lost) = (without(&new, &old), without(&old, &new));
            if !gained.is_empty() {
                let text = format!("to {}", gained.join(", "));
                match loss.subject {
                    // An edit of a policy names it itself; a key that moves does not.
                    Subject::Key(_) => set.effect(Effect::Widens, text),
                    _ => set.named_effect(Effect::Widens, text),
                }
            }
            if !lost.is_empty() {
                let are = if lost.len() == 1 { "is" } else { "are" };
                let text = format!("{} {are} no longer allowed", lost.join(", "));
                set.loss(Effect::Narrows, text, loss);
            }
        }
        (None, None) => {}
    }
}
