//! What a change of a provider's connection does.

use super::Effect;
use crate::plan::change::ChangeSet;
use crate::plan::loss::{Loss, Subject};
use clawctl_wire::connection::Connection;
use clawctl_wire::money::Micros;

/// What a change of a provider's connection does.
pub fn connection_change(before: &Connection, after: &Connection) -> ChangeSet {
    let mut set = ChangeSet::new("provider", &after.provider_id, false);
    set.members(Some(before), after);
    let everything = || Loss::everything(Subject::Provider(after.provider_id.clone()));
    match (before.enabled, after.enabled) {
        (true, false) => {
            let text = "every request to this provider is refused, under any policy";
            set.loss(Effect::Disables, text, everything());
        }
        (false, true) => set.effect(Effect::ReOpens, "requests to this provider are served again"),
        _ => {}
    }
    match (before.budget(), after.budget()) {
        (Some(_), None) => set.effect(Effect::UnMeters, "the provider as a whole"),
        (None, Some(_)) => {
            set.effect(Effect::Meters, "models of this provider without a price are refused");
        }
        _ => {}
    }
    if after.budget() == Some(Micros::ZERO) && before.budget() != Some(Micros::ZERO) {
        let text = "a budget of zero refuses every request to this provider";
        set.loss(Effect::Blocks, text, everything());
    }
    set
}
