//! Policies that are wanted.

use super::Work;
use crate::plan::action::{Operation, Step};
use crate::plan::desired::Wanted;
use crate::plan::nearest::nearest;
use crate::plan::policy_change;
use crate::resource::{PolicyEdit, Resource};
use clawctl_wire::policy::{Policy, ProviderScope};

impl Work<'_> {
    pub(super) fn policies(&mut self) {
        let manifest = self.manifest;
        for (id, wanted) in &manifest.desired.policies {
            self.policy(id, wanted);
        }
    }

    fn policy(&mut self, id: &str, wanted: &Wanted<PolicyEdit>) {
        let before = self.live.policies.get(id);
        let mut edit = wanted.wish.clone();
        self.brings_back(before, &mut edit);
        let after = self.as_wished(id, &edit);
        self.check_policy(id, wanted, before);
        self.check_offers(wanted.place, id, &after);
        let keys = before.map(|_| self.live.enabled_keys.get(id).copied().unwrap_or(0));
        let change = policy_change(before, &after, keys);
        self.wish(wanted.place, change, Operation::Policy(Step::write(before, edit, after)));
    }

    /// The policy as it is, with what is wished. What a new one must say is checked elsewhere.
    fn as_wished(&self, id: &str, edit: &PolicyEdit) -> Policy {
        let Some(before) = self.live.policies.get(id) else {
            let scope = edit.scope.as_ref().unwrap_or(&ProviderScope::All);
            let start = Policy::with_defaults(id, scope);
            let retain_request_content = self.live.offers.retains;
            return edit.apply(&Policy { retain_request_content, ..start });
        };
        let mut after = edit.apply(before);
        after.settle(before);
        // What an earlier run disabled is named again.
        after.enabled |= edit.enabled.is_none() && self.is_pruned("policy", id);
        after
    }

    /// A policy as it will be, if it will be there.
    pub(super) fn policy_to_be(&self, id: &str) -> Option<Policy> {
        match self.manifest.desired.policies.get(id) {
            Some(wanted) => Some(self.as_wished(id, &wanted.wish)),
            None => self.live.policies.get(id).cloned(),
        }
    }

    fn check_policy(&mut self, id: &str, wanted: &Wanted<PolicyEdit>, before: Option<&Policy>) {
        let (place, edit) = (wanted.place, &wanted.wish);
        if before.is_none() {
            let mut lacking = Vec::new();
            if edit.scope.is_none() {
                lacking.push("`providers: […]` (or `all`)");
            }
            // Unlimited is never a default: it has to be said.
            if edit.budget.is_keep() {
                lacking.push("`budget: $50` (or `none`)");
            }
            if !lacking.is_empty() {
                let message = format!("policy `{id}` is not on this router yet, so more is needed");
                self.problem(place, message, format!("add {}", lacking.join(" and ")));
            }
        }
        let Some(ProviderScope::Only(ids)) = &edit.scope else { return };
        let already =
            |provider: &str| before.is_some_and(|p| p.providers.iter().any(|x| x == provider));
        let unknown: Vec<_> = ids
            .iter()
            .filter(|provider| !self.provider_ids.contains(provider.as_str()) && !already(provider))
            .collect();
        for provider in unknown {
            let at = self.manifest.locate(place.file, &["policies", id, "providers", provider]);
            self.unknown_provider(at, provider);
        }
    }

    pub(super) fn unknown_provider(&mut self, at: crate::plan::manifest::Place, id: &str) {
        let known: Vec<_> = self.provider_ids.iter().copied().collect();
        let suggestion = match nearest(id, &known) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "`clawctl provider list` shows which there are".to_owned(),
        };
        self.problem(at, format!("this router knows no provider `{id}`"), suggestion);
    }
}
