//! What earlier runs of this manifest made and it no longer names. Nothing else is ever touched.

use std::collections::HashSet;

use super::Work;
use crate::client::{GrantSecrets, PlannedGrant};
use crate::plan::action::{Action, Deed};
use crate::plan::change::ChangeSet;
use crate::plan::grant::grant_change;
use crate::plan::lock::State;
use crate::plan::{binding_change, credential_change, policy_change, rule_change, user_change};
use clawctl_wire::binding::Binding;
use clawctl_wire::credential::Credential;
use clawctl_wire::grant::PutGrant;
use clawctl_wire::lineage::by_age;
use clawctl_wire::policy::Policy;
use clawctl_wire::rule::Rule;
use clawctl_wire::user::AccessUser;

impl Work<'_> {
    pub(super) fn prune(&mut self) {
        let Some(made) = self.known.made else { return };
        let gone = made.things().filter(|(.., state)| *state == State::Made);
        let mut taken = HashSet::new();
        for (noun, id, _) in gone {
            if let Some((change, deed)) = self.disabled(noun, id) {
                self.plan.actions.push(Action { change, place: None, deed });
            }
            if noun == "key" {
                self.prune_successors(id, &mut taken);
            }
        }
    }

    /// A key that was rotated lives on in its successors, which no lock names.
    fn prune_successors(&mut self, id: &str, taken: &mut HashSet<String>) {
        if self.manifest.desired.keys.contains_key(id) {
            return;
        }
        for key in self.successors(id) {
            let successor = &key.credential_id;
            // The successor of a key that the manifest still names is that one's.
            let is_kept = self.named_family(id).any(|other| by_age(other, successor).is_le());
            let is_in_lock =
                self.known.made.is_some_and(|made| made.state("key", successor).is_some());
            if is_kept || is_in_lock || !taken.insert(successor.clone()) {
                continue;
            }
            let (change, deed) = revoked(key);
            self.plan.actions.push(Action { change, place: None, deed });
            self.plan.notes.push(format!(
                "key {successor} has the place of key {id}, which is no longer named"
            ));
        }
    }

    /// What disables a thing, if it is there, enabled, and named no more.
    fn disabled(&self, noun: &str, id: &str) -> Option<(ChangeSet, Deed)> {
        let (desired, live) = (&self.manifest.desired, self.live);
        match noun {
            "policy" if !desired.policies.contains_key(id) => {
                let before = live.policies.get(id).filter(|it| it.enabled)?;
                let after = Policy { enabled: false, ..before.clone() };
                let keys = live.enabled_keys.get(id).copied().unwrap_or(0);
                let deed = Deed::DisablePolicy { before: Box::new(before.clone()) };
                Some((policy_change(Some(before), &after, Some(keys)), deed))
            }
            "key" if !desired.keys.contains_key(id) => {
                Some(revoked(live.keys.get(id).filter(|it| it.enabled)?))
            }
            "grant" if !desired.grants.contains_key(id) => {
                let before = live.grants.get(id).filter(|it| it.enabled)?;
                let key = before.name()?;
                let put = PutGrant { enabled: false, ..PutGrant::unchanged(before) };
                let left = self.left(&key, &before.provider);
                let planned = PlannedGrant {
                    key: key.clone(),
                    before: Some(before.clone()),
                    put,
                    secrets: GrantSecrets::default(),
                };
                let deed = Deed::DisableGrant { before: Box::new(before.clone()), key };
                Some((grant_change(&planned, left), deed))
            }
            "user" if !desired.users.contains_key(id) => {
                let before = live.users.get(id).filter(|it| it.enabled)?;
                let after = AccessUser { enabled: false, ..before.clone() };
                let deed = Deed::DisableUser { before: Box::new(before.clone()) };
                Some((user_change(Some(before), &after, &live.bindings), deed))
            }
            "binding" if !desired.bindings.contains_key(id) => {
                let before = live.bindings.iter().find(|it| it.key().to_string() == id)?;
                if !before.enabled {
                    return None;
                }
                let after = Binding { enabled: false, ..before.clone() };
                let users: Vec<_> = live.users.values().cloned().collect();
                let deed = Deed::DisableBinding { before: before.clone() };
                Some((binding_change(Some(before), &after, &users, None), deed))
            }
            "rule" if !desired.rules.contains_key(id) => {
                let before = live.rules.get(id).filter(|it| it.enabled)?;
                let after = Rule { enabled: false, ..before.clone() };
                let users: Vec<_> = live.users.values().cloned().collect();
                let deed = Deed::DisableRule { before: Box::new(before.clone()) };
                Some((rule_change(Some(before), &after, &users), deed))
            }
            _ => None,
        }
    }
}

fn revoked(key: &Credential) -> (ChangeSet, Deed) {
    let after = Credential { enabled: false, ..key.clone() };
    let deed = Deed::RevokeKey { before: Box::new(key.clone()) };
    (credential_change(key, &after, None), deed)
}
