//! Users, bindings, rules and fusion that are wanted.

use std::collections::{BTreeSet, HashMap};

use super::Work;
use crate::plan::action::{Operation, Step};
use crate::plan::desired::Wanted;
use crate::plan::manifest::Place;
use crate::plan::nearest::nearest;
use crate::plan::{Effect, binding_change, fusion_change, rule_change, user_change};
use crate::resource::{Resource, RuleEdit, UserEdit};
use clawctl_wire::binding::Binding;
use clawctl_wire::rule::{GENERATED_PREFIX, Rule};
use clawctl_wire::user::AccessUser;

impl<'a> Work<'a> {
    pub(super) fn users(&mut self) {
        let manifest = self.manifest;
        if !self.knows("users", manifest.desired.users.values().map(|it| it.place)) {
            return;
        }
        let given = self.given_groups();
        for (email, wanted) in &manifest.desired.users {
            let before = self.live.users.get(email);
            let mut edit = user_edit(&given, wanted, before);
            self.brings_back(before, &mut edit);
            let after = user_to_be(email, &edit, before);
            let change = user_change(before, &after, &self.live.bindings);
            self.wish(wanted.place, change, Operation::User(Step::write(before, edit, after)));
        }
    }

    /// What rules give is theirs to take away.
    fn given_groups(&self) -> BTreeSet<&'a str> {
        let live = self.live.rules.values().flat_map(|rule| rule.groups.iter());
        let wanted = self.manifest.desired.rules.values();
        let wanted = wanted.flat_map(|rule| rule.wish.groups.only.iter().flatten());
        live.chain(wanted).map(String::as_str).collect()
    }

    /// All users as they will be when the manifest's are written, before its rules are.
    fn users_to_be(&self) -> Vec<AccessUser> {
        let mut users = self.live.users.clone();
        let given = self.given_groups();
        for (email, wanted) in &self.manifest.desired.users {
            let before = self.live.users.get(email);
            let edit = user_edit(&given, wanted, before);
            users.insert(email.clone(), user_to_be(email, &edit, before));
        }
        users.into_values().collect()
    }

    pub(super) fn bindings(&mut self) {
        let manifest = self.manifest;
        if !self.knows("bindings", manifest.desired.bindings.values().map(|it| it.place)) {
            return;
        }
        let live: HashMap<_, _> = self.live.bindings.iter().map(|it| (it.key(), it)).collect();
        let users = self.users_to_be();
        for wanted in manifest.desired.bindings.values() {
            let (key, mut edit) = (&wanted.wish.key, wanted.wish.edit.clone());
            self.check_policy_is_known(&key.policy_id, || wanted.place);
            let before = live.get(key).copied();
            let back = self.brings_back(before, &mut edit);
            let start = before.cloned().unwrap_or_else(|| Binding::with_defaults(key));
            let after = edit.apply(&start);
            let policy = self.policy_to_be(&key.policy_id);
            let mut change = binding_change(before, &after, &users, policy.as_ref());
            if back {
                change.effect(Effect::ReEnables, NAMED_AGAIN);
            }
            self.wish(wanted.place, change, Operation::Binding(Step::write(before, edit, after)));
        }
    }

    pub(super) fn rules(&mut self) {
        let manifest = self.manifest;
        if !self.knows("rules", manifest.desired.rules.values().map(|it| it.place)) {
            return;
        }
        let users = self.users_to_be();
        for (id, wanted) in &manifest.desired.rules {
            for policy in wanted.wish.policies.only.iter().flatten() {
                let way = ["rules", id, "policies", policy];
                self.check_policy_is_known(policy, || manifest.locate(wanted.place.file, &way));
            }
            let Some(before) = self.live.rules.get(id) else {
                self.new_rule(id, wanted, &users);
                continue;
            };
            let mut edit = wanted.wish.clone();
            let back = self.brings_back(Some(before), &mut edit);
            let mut after = edit.apply(before);
            after.settle(before);
            let mut change = rule_change(Some(before), &after, &users);
            if back {
                change.effect(Effect::ReEnables, NAMED_AGAIN);
            }
            self.wish(
                wanted.place,
                change,
                Operation::Rule(Step::write(Some(before), edit, after)),
            );
        }
    }

    fn new_rule(&mut self, id: &str, wanted: &Wanted<RuleEdit>, users: &[AccessUser]) {
        let edit = &wanted.wish;
        let (Some(kind), Some(subject)) = (&edit.kind, &edit.subject) else {
            let message = format!("rule `{id}` is not on this router yet, so more is needed");
            return self.problem(
                wanted.place,
                message,
                "add what it matches, such as `domain: example.com`",
            );
        };
        let rule = edit.apply(&Rule::with_defaults(id, kind.clone(), subject));
        let change = rule_change(None, &rule, users);
        let step = Step::write(None, edit.clone(), rule);
        self.wish(wanted.place, change, Operation::Rule(step));
    }

    pub(super) fn fusion(&mut self) {
        let manifest = self.manifest;
        let Some(wanted) = &manifest.desired.fusion else { return };
        let Some(before) = &self.live.fusion else {
            let message = "this router does not know fusion";
            return self.problem(wanted.place, message, "leave the section out here");
        };
        let after = wanted.wish.apply(before);
        if let Err(e) = after.check() {
            return self.problem(wanted.place, e.to_string(), "mend it, or leave the section out");
        }
        let change = fusion_change(before, &after);
        let step = Step::write(Some(before), wanted.wish.clone(), after);
        self.wish(wanted.place, change, Operation::Fusion(step));
    }

    /// Is it on the router, or will it be? Its place is looked for only if it is not, because that
    /// goes through the whole file.
    pub(super) fn check_policy_is_known(&mut self, id: &str, at: impl FnOnce() -> Place) {
        let named = &self.manifest.desired.policies;
        if named.contains_key(id) || self.live.policies.contains_key(id) {
            return;
        }
        let known: Vec<_> =
            named.keys().chain(self.live.policies.keys()).map(String::as_str).collect();
        let suggestion = match nearest(id, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add `{id}` under `policies`"),
        };
        let message = format!("there is no policy `{id}`, neither here nor on the router");
        self.problem(at(), message, suggestion);
    }
}

const NAMED_AGAIN: &str = "an earlier run disabled it, and the manifest names it again";

/// What is wished of a user. The groups that rules give stay.
fn user_edit(
    given: &BTreeSet<&str>,
    wanted: &Wanted<UserEdit>,
    before: Option<&AccessUser>,
) -> UserEdit {
    let mut edit = wanted.wish.clone();
    if let (Some(before), false) = (before, edit.groups.is_keep()) {
        let kept = before
            .groups
            .iter()
            .filter(|name| name.starts_with(GENERATED_PREFIX) || given.contains(name.as_str()));
        edit.groups.add.extend(kept.cloned());
    }
    edit
}

fn user_to_be(email: &str, edit: &UserEdit, before: Option<&AccessUser>) -> AccessUser {
    match before {
        Some(before) => edit.apply(before),
        None => edit.apply(&AccessUser::with_defaults(email)),
    }
}
