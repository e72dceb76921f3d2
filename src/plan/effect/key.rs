//! What a change of a key does.

use super::Effect;
use super::reach::reach_effects;
use crate::plan::action::{Beginning, KeyMembers};
use crate::plan::change::ChangeSet;
use crate::plan::loss::{Loss, Subject};
use crate::resource::words::{text_or_none, yes_no};
use clawctl_secret::sink::SinkSpec;
use clawctl_wire::credential::Credential;
use clawctl_wire::policy::Policy;

/// What a change of a credential does. `policies` are the old and the new one, where the key is put
/// under another.
pub fn credential_change(
    before: &Credential,
    after: &Credential,
    policies: Option<(&Policy, &Policy)>,
) -> ChangeSet {
    let mut set = ChangeSet::new("key", &after.credential_id, false);
    set.members(Some(before), after);
    match (before.enabled, after.enabled) {
        (true, false) => {
            let everything = Loss::everything(Subject::Key(after.credential_id.clone()));
            set.loss(Effect::Revokes, "the key stops working at once", everything);
        }
        (false, true) => {
            set.effect(Effect::ReEnables, "anyone who has the secret can use it again");
        }
        _ => {}
    }
    if before.policy_id != after.policy_id {
        set.effect(
            Effect::Moves,
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
        set.loss(Effect::Disables, text, Loss::everything(subject.clone()));
    }
    reach_effects(set, &subject, from, to);
}

/// A key that is not there yet.
pub fn new_key_change(key: &KeyMembers) -> ChangeSet {
    let mut set = ChangeSet::new("key", &key.id, true);
    set.field("enabled", None, yes_no(key.enabled));
    set.field("policy", None, key.policy_id.clone());
    set.field("principal", None, text_or_none(key.principal_id.as_ref()));
    set.field("label", None, text_or_none(key.label.as_ref()));
    let ends = key.expires_at.map_or_else(|| "never".to_owned(), |time| time.to_string());
    set.field("expires", None, ends);
    set
}

/// Where the secret of a new key goes.
pub fn key_delivery(set: &mut ChangeSet, sinks: &[SinkSpec], how: Beginning) {
    let places: Vec<_> = sinks.iter().map(SinkSpec::to_string).collect();
    let places = if places.is_empty() { "the terminal".to_owned() } else { places.join(", ") };
    if how == (Beginning::Unfinished { delivered: true }) {
        return set.effect(Effect::Finishes, "it was delivered already, and is switched on");
    }
    set.field("delivered to", None, places);
    match how {
        Beginning::Anew => {}
        Beginning::Unfinished { .. } => set.effect(Effect::Finishes, "an issue that was cut off"),
        Beginning::Registered => {
            set.effect(Effect::Finishes, "an issue that was cut off; nobody was given its secret");
        }
    }
}
