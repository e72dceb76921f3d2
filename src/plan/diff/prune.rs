//! What earlier runs of this manifest made and it no longer names. Nothing else is ever touched.

use std::collections::HashSet;

use super::Work;
use crate::client::{GrantSecrets, PlannedGrant};
use crate::plan::action::{Action, Operation, Step, WriteGrant};
use crate::plan::change::ChangeSet;
use crate::plan::desired::GrantRefs;
use crate::plan::grant::grant_change;
use crate::plan::lock::State;
use crate::plan::{binding_change, credential_change, policy_change, rule_change, user_change};
use crate::resource::{GrantEdit, Resource};
use clawctl_wire::credential::Credential;
use clawctl_wire::grant::{Grant, PutGrant};
use clawctl_wire::lineage::by_age;

impl Work<'_> {
    pub(super) fn prune(&mut self) {
        let Some(made) = self.known.made else { return };
        let gone = made.things().filter(|(.., state)| *state == State::Made);
        let mut taken = HashSet::new();
        for (noun, id, _) in gone {
            if let Some((change, operation)) = self.disabled(noun, id) {
                self.plan.actions.push(Action { change, place: None, operation });
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
            let (change, operation) = revoked(key);
            self.plan.actions.push(Action { change, place: None, operation });
            self.plan.notes.push(format!(
                "key {successor} has the place of key {id}, which is no longer named"
            ));
        }
    }

    /// What disables a thing, if it is there, enabled, and named no more.
    fn disabled(&self, noun: &str, id: &str) -> Option<(ChangeSet, Operation)> {
        let (desired, live) = (&self.manifest.desired, self.live);
        let users = || live.users.values().cloned().collect::<Vec<_>>();
        Some(match noun {
            "policy" if !desired.policies.contains_key(id) => {
                let step = off(live.policies.get(id))?;
                let keys = live.enabled_keys.get(id).copied().unwrap_or(0);
                let change = policy_change(step.before.as_ref(), &step.after, Some(keys));
                (change, Operation::Policy(step))
            }
            "key" if !desired.keys.contains_key(id) => {
                revoked(live.keys.get(id).filter(|it| it.enabled)?)
            }
            "grant" if !desired.grants.contains_key(id) => {
                self.grant_off(live.grants.get(id).filter(|it| it.enabled)?)?
            }
            "user" if !desired.users.contains_key(id) => {
                let step = off(live.users.get(id))?;
                let change = user_change(step.before.as_ref(), &step.after, &live.bindings);
                (change, Operation::User(step))
            }
            "binding" if !desired.bindings.contains_key(id) => {
                let step = off(live.bindings.iter().find(|it| it.key().to_string() == id))?;
                let change = binding_change(step.before.as_ref(), &step.after, &users(), None);
                (change, Operation::Binding(step))
            }
            "rule" if !desired.rules.contains_key(id) => {
                let step = off(live.rules.get(id))?;
                let change = rule_change(step.before.as_ref(), &step.after, &users());
                (change, Operation::Rule(step))
            }
            _ => return None,
        })
    }

    fn grant_off(&self, before: &Grant) -> Option<(ChangeSet, Operation)> {
        let key = before.name()?;
        let planned = PlannedGrant {
            key: key.clone(),
            before: Some(before.clone()),
            put: PutGrant { enabled: false, ..PutGrant::unchanged(before) },
            secrets: GrantSecrets::default(),
        };
        let change = grant_change(&planned, self.left(&key, &before.provider));
        let grant = WriteGrant {
            key,
            before: planned.before,
            edit: GrantEdit { enabled: Some(false), ..GrantEdit::default() },
            secrets: GrantRefs::default(),
            is_pruned: true,
        };
        Some((change, Operation::Grant(Box::new(grant))))
    }
}

fn off<R: Resource>(before: Option<&R>) -> Option<Box<Step<R>>> {
    before.filter(|it| it.is_enabled()).map(Step::prune)
}

fn revoked(key: &Credential) -> (ChangeSet, Operation) {
    let after = Credential { enabled: false, ..key.clone() };
    (credential_change(key, &after, None), Operation::Revoke(Box::new(key.clone())))
}
