//! Keys that are wanted: there already, to be issued, or held by somebody since before.

use super::Work;
use crate::plan::action::{Action, Beginning, IssueKey, KeyMembers, Operation};
use crate::plan::change::ChangeSet;
use crate::plan::desired::{KeyWish, Wanted};
use crate::plan::effect::{Effect, key_delivery, new_key_change};
use crate::plan::{credential_change, lock::State};
use crate::resource::{Change, CredentialEdit, Resource};
use clawctl_wire::credential::{Credential, SecretHash};
use clawctl_wire::health::Extension;
use clawctl_wire::id::check_key_id;
use clawctl_wire::lineage::{Lineage, by_age};

/// How much of a hash is shown: enough to tell two apart.
const SHOWN_HEX: usize = 12;

impl<'a> Work<'a> {
    pub(super) fn keys(&mut self) {
        let manifest = self.manifest;
        for (id, wanted) in &manifest.desired.keys {
            self.check_key(id, wanted);
            match self.live.keys.get(id) {
                // One that is to be off and is off needs no secret.
                Some(before)
                    if !self.is_unfinished(id, before)
                        || (wanted.wish.edit.enabled == Some(false) && !before.enabled) =>
                {
                    let successors = self.edit_successors(id, wanted);
                    if successors == 0 || before.enabled {
                        self.edit(id, wanted, before);
                    } else {
                        self.retired(id);
                    }
                }
                there => self.new_key(id, wanted, there),
            }
        }
        self.check_sinks_apart();
    }

    /// The keys that have the place of this one by now. One that the manifest names itself, or that
    /// succeeds such a one, stands for itself.
    pub(super) fn successors(&self, id: &str) -> Vec<&'a Credential> {
        let family = self.successors.get(Lineage::of(id).base);
        let family = family.into_iter().flatten().copied();
        let later = family.filter(|key| by_age(id, &key.credential_id).is_lt());
        let is_of_another = |key: &Credential| {
            self.named_family(id)
                .any(|other| by_age(id, other).is_lt() && by_age(other, &key.credential_id).is_le())
        };
        later.filter(|key| !is_of_another(key)).collect()
    }

    /// The keys of a family that the manifest names.
    pub(super) fn named_family(&self, id: &str) -> impl Iterator<Item = &'a str> {
        let base = Lineage::of(id).base;
        let named = self.manifest.desired.keys.range(base.to_owned()..);
        let near = named.map(|(other, _)| other.as_str());
        let near = near.take_while(move |other| other.starts_with(base));
        near.filter(move |other| Lineage::of(other).base == base)
    }

    /// Holds the successors of a key to what the manifest says of it. Their secrets and their ends
    /// are those of the rotation, and one is never enabled by it.
    fn edit_successors(&mut self, id: &str, wanted: &Wanted<KeyWish>) -> usize {
        let successors = self.successors(id);
        let wish = &wanted.wish.edit;
        let edit = CredentialEdit {
            expires_at: Change::Keep,
            enabled: wish.enabled.filter(|enabled| !enabled),
            ..wish.clone()
        };
        let wish = KeyWish { edit, ..KeyWish::default() };
        let wanted = Wanted { wish, place: wanted.place };
        successors.iter().for_each(|key| self.edit(&key.credential_id, &wanted, key));
        successors.len()
    }

    /// A key that was rotated, and whose successors have its place: it stays as it is.
    fn retired(&mut self, id: &str) {
        let by: Vec<_> = self.successors(id).iter().map(|key| key.credential_id.as_str()).collect();
        self.plan.notes.push(format!("key {id} is retired; {} took its place", by.join(", ")));
    }

    /// Was its issue cut off, and is it still as that left it?
    fn is_unfinished(&self, id: &str, there: &Credential) -> bool {
        if let Some(delivered) = self.known.unfinished.get(id) {
            return *delivered || !there.enabled;
        }
        let begun = self.known.made.and_then(|made| made.state("key", id));
        begun == Some(State::Making) && !there.enabled
    }

    fn check_key(&mut self, id: &str, wanted: &Wanted<KeyWish>) {
        let (file, edit) = (wanted.place.file, &wanted.wish.edit);
        let offers = self.live.offers;
        let lacking = [
            (
                matches!(edit.label, Change::Set(_)) && !offers.has(Extension::CredentialMetadata),
                "label",
                "credential.metadata",
            ),
            (
                matches!(edit.expires_at, Change::Set(_))
                    && !offers.has(Extension::CredentialExpiresAt),
                "expires",
                "credential.expiresAt",
            ),
        ];
        for (_, member, extension) in lacking.into_iter().filter(|(lacking, ..)| *lacking) {
            let at = self.manifest.locate(file, &["keys", id, member]);
            let message = format!("this router does not know `{member}` of a key (`{extension}`)");
            self.problem(at, message, "leave it out here");
        }
        let Some(policy) = &edit.policy_id else { return };
        let manifest = self.manifest;
        self.check_policy_is_known(policy, || manifest.locate(file, &["keys", id, "policy"]));
    }

    fn edit(&mut self, id: &str, wanted: &Wanted<KeyWish>, before: &Credential) {
        let edit = &wanted.wish.edit;
        let after = Credential::apply(edit, before);
        let to =
            self.policy_to_be(&after.policy_id).filter(|_| after.policy_id != before.policy_id);
        let policies = self.live.policies.get(&before.policy_id).zip(to.as_ref());
        let mut change = credential_change(before, &after, policies);
        let has = self.live.hashes.as_ref().and_then(|hashes| hashes.get(id));
        let wants = wanted.wish.secret_sha256.as_ref();
        let other = wants.filter(|wants| has.is_some_and(|has| has != *wants));
        if let (Some(has), Some(wants)) = (has, other) {
            change.field("secret", Some(shown(has)), shown(wants));
            change.effect(Effect::ReplacesSecret, "the present secret stops working at once");
        }
        let is_ours = !wanted.wish.to.is_empty() || self.is_pruned("key", id);
        if edit.enabled.is_none() && !before.enabled && is_ours {
            self.plan.notes.push(format!(
                "key {id} is switched off, and stays so: say `enabled: true` to switch it on, or \
                 give it a new secret with `clawctl key rotate {id}`"
            ));
        }
        if !before.generation_matches {
            self.plan.notes.push(format!(
                "key {id} is of an earlier policy of that name, and every request with it is \
                 refused: give it a new secret with `clawctl key rotate {id}`"
            ));
        }
        if change.is_empty() {
            self.plan.unchanged += 1;
            return;
        }
        let secret = match (other, self.live.offers.has(Extension::CredentialKeepSecret)) {
            (Some(hash), _) => SecretHash::Sha256(hash.clone()),
            (None, true) => SecretHash::Keep,
            (None, false) => match wants.or(self.known.own_hashes.get(id)) {
                Some(hash) => SecretHash::Sha256(hash.clone()),
                None => {
                    let message = format!(
                        "this router wants the hash of the secret with every write, and key \
                         `{id}` was not issued from here"
                    );
                    self.problem(wanted.place, message, "give it as `secret_sha256`");
                    return;
                }
            },
        };
        let (before, edit) = (Box::new(before.clone()), Box::new(edit.clone()));
        let operation = Operation::EditKey { before, edit, secret };
        self.add(Action { change, place: Some(wanted.place), operation });
    }

    fn new_key(&mut self, id: &str, wanted: &Wanted<KeyWish>, there: Option<&Credential>) {
        let KeyWish { edit, to, folder, test, secret_sha256 } = &wanted.wish;
        let Some(key) = self.members(id, wanted) else { return };
        let created =
            |change: ChangeSet, operation| Action { change, place: Some(wanted.place), operation };
        if let Some(secret_sha256) = secret_sha256 {
            let mut change = new_key_change(&key);
            change.effect(Effect::Carries, "anyone who has the secret can use it on this router");
            let operation =
                Operation::Carry { key: Box::new(key), secret_sha256: secret_sha256.clone() };
            return self.add(created(change, operation));
        }
        if !key.enabled && there.is_none() {
            // Nobody could use it, and there is no secret that could be kept.
            self.plan.unchanged += 1;
            return;
        }
        let how = match (self.known.unfinished.get(id), there) {
            (Some(delivered), _) => Beginning::Unfinished { delivered: *delivered },
            (None, Some(_)) => Beginning::Registered,
            (None, None) => Beginning::Anew,
        };
        let delivered = how == Beginning::Unfinished { delivered: true };
        let filled = self
            .known
            .sinks
            .iter()
            .filter_map(|sink| sink.as_typed().replace("{id}", id).parse().ok());
        let sinks: Vec<_> = if to.is_empty() { filled.collect() } else { to.clone() };
        if sinks.is_empty() && !self.known.terminal && !delivered {
            let message = format!("key `{id}` is new, and nothing says where it goes");
            let suggestion = "add `to: [file:PATH]` or another sink, or give all such keys one \
                              with `--to 'file:keys/{id}'`; a key that is held already comes with \
                              `export --with-key-hashes`";
            return self.problem(wanted.place, message, suggestion);
        }
        let mut change = new_key_change(&key);
        key_delivery(&mut change, &sinks, how);
        let (folder, test) = (folder.clone(), *test);
        let operation = Operation::Deliver(Box::new(IssueKey { key, sinks, folder, test, how }));
        debug_assert!(edit.policy_id.is_some(), "a key without a policy is a problem");
        self.add(created(change, operation));
    }

    fn members(&mut self, id: &str, wanted: &Wanted<KeyWish>) -> Option<KeyMembers> {
        let edit = &wanted.wish.edit;
        if let Err(e) = check_key_id(id) {
            self.problem(wanted.place, e.to_string(), "give it a longer id");
            return None;
        }
        let Some(policy_id) = edit.policy_id.clone() else {
            let message = format!("key `{id}` is not on this router yet, so it needs a policy");
            self.problem(wanted.place, message, "add `policy: ID`");
            return None;
        };
        let set = |change: &Change<String>| match change {
            Change::Set(text) => Some(text.clone()),
            _ => None,
        };
        Some(KeyMembers {
            id: id.to_owned(),
            policy_id,
            enabled: edit.enabled.unwrap_or(true),
            principal_id: set(&edit.principal),
            label: set(&edit.label),
            expires_at: match edit.expires_at {
                Change::Set(at) => Some(at),
                _ => None,
            },
        })
    }

    /// Two keys in one place would leave one of them with nobody.
    fn check_sinks_apart(&mut self) {
        use std::collections::HashMap;

        use clawctl_secret::sink::SinkSpec;
        let mut taken: HashMap<String, &str> = HashMap::new();
        let mut clashes = Vec::new();
        for action in &self.plan.actions {
            let Operation::Deliver(issue) = &action.operation else { continue };
            for sink in &issue.sinks {
                if matches!(sink, SinkSpec::Stdout | SinkSpec::Tty | SinkSpec::Exec(_)) {
                    continue;
                }
                if let Some(other) = taken.insert(sink.as_typed(), &issue.key.id)
                    && other != issue.key.id
                {
                    clashes.push((
                        action.place,
                        format!("keys `{other}` and `{}` would both go to {sink}", issue.key.id),
                    ));
                }
            }
        }
        for (place, message) in clashes {
            let place =
                place.unwrap_or(crate::plan::manifest::Place { file: 0, line: 0, column: 0 });
            self.problem(place, message, "give each a place of its own, such as `file:keys/{id}`");
        }
    }
}

fn shown(hash: &str) -> String {
    format!("sha256 {}…", &hash[..SHOWN_HEX.min(hash.len())])
}
