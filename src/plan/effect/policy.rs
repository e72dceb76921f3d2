//! What a change of a policy does.

use super::Effect;
use super::reach::reach_effects;
use crate::plan::change::ChangeSet;
use crate::plan::loss::{Loss, Subject};
use crate::plan::routing::{routing_effects, routing_fields};
use crate::resource::words::yes_no;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;

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
        set.effect(Effect::UnMetered, "keys under this policy spend without a limit");
    }
    if before.is_none() && after.monthly_budget_micros == Some(Micros::ZERO) {
        set.named_effect(Effect::Blocks, BLOCKS_TEXT);
    }
    set
}

pub(super) const BLOCKS_TEXT: &str = "a budget of zero refuses every request";

fn policy_effects(
    set: &mut ChangeSet,
    before: &Policy,
    after: &Policy,
    keys_enabled: Option<usize>,
) {
    let subject = Subject::Policy(after.policy_id.clone());
    match (before.enabled, after.enabled) {
        (true, false) => {
            let keys = keys_text(keys_enabled, "stops working at once", "stop working at once");
            set.loss(Effect::Disables, keys, Loss::everything(subject.clone()));
        }
        (false, true) => {
            set.effect(Effect::ReEnables, keys_text(keys_enabled, "works again", "work again"));
        }
        _ => {}
    }
    reach_effects(set, &subject, before, after);
    let moved = before.tenant_id != after.tenant_id || before.budget_scope != after.budget_scope;
    let metered = before.monthly_budget_micros.is_some() || after.monthly_budget_micros.is_some();
    if moved && metered {
        set.effect(Effect::MovesLedger, "the counter of this month starts again at zero");
    }
    routing_effects(set, before, after);
    if before.tenant_id != after.tenant_id {
        set.effect(Effect::HidesHistory, "usage under the old tenant is no longer shown with it");
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
    use clawctl_wire::model::ModelPattern;
    use clawctl_wire::policy::{ENVIRONMENT_FALLBACK, ProviderScope};

    fn policy(providers: &[&str]) -> Policy {
        let ids = providers.iter().map(|id| (*id).to_owned()).collect();
        Policy::with_defaults("team", &ProviderScope::Only(ids))
    }

    fn words(before: &Policy, after: &Policy) -> Vec<&'static str> {
        let set = policy_change(Some(before), after, Some(14));
        set.effects.iter().map(|effect| effect.kind.word()).collect()
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

    /// As with a grant that is the last one: the operator's own key pays.
    #[test]
    fn to_fall_back_to_the_operators_key_is_asked_about() {
        let base = policy(&["openai"]);
        let mut falling = base.clone();
        falling.grant_routing[ENVIRONMENT_FALLBACK] = true.into();
        let set = policy_change(Some(&base), &falling, None);
        let kinds: Vec<_> = set.effects.iter().map(|effect| effect.kind).collect();
        assert_eq!(kinds, [Effect::FallsBack]);
        assert!(set.effects[0].is_asked());
        assert!(policy_change(Some(&falling), &base, None).effects.is_empty());
    }

    #[test]
    fn what_is_disabled_is_counted() {
        let base = policy(&["openai"]);
        let off = Policy { enabled: false, ..base.clone() };
        let set = policy_change(Some(&base), &off, Some(14));
        assert_eq!(set.effects[0].text, "14 keys stop working at once");
    }
}
