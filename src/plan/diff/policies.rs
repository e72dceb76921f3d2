//! Policies that are wanted.

use super::Work;
use crate::client::Change;
use crate::plan::action::{Action, Deed};
use crate::plan::desired::{PolicyWish, Wanted};
use crate::plan::nearest::nearest;
use crate::plan::policy_change;
use clawctl_wire::policy::{Policy, ProviderScope};

impl Work<'_> {
    pub(super) fn policies(&mut self) {
        let manifest = self.manifest;
        for (id, wanted) in &manifest.desired.policies {
            self.policy(id, wanted);
        }
    }

    fn policy(&mut self, id: &str, wanted: &Wanted<PolicyWish>) {
        let before = self.live.policies.get(id);
        let PolicyWish { edit, routing } = &wanted.wish;
        let mut edit = edit.clone();
        if before.is_some_and(|it| self.comes_back("policy", id, edit.enabled, it.enabled)) {
            edit.enabled = Some(true);
        }
        self.check_policy(id, wanted, before);
        let after = self.as_wished(id, &wanted.wish);
        let keys = before.map(|_| self.live.enabled_keys.get(id).copied().unwrap_or(0));
        let change = policy_change(before, &after, keys);
        let deed = match before {
            None => Deed::CreatePolicy(Box::new(after)),
            Some(before) => Deed::EditPolicy {
                before: Box::new(before.clone()),
                edit: Box::new(edit),
                routing: routing.clone(),
            },
        };
        self.add(Action { change, place: Some(wanted.place), deed });
    }

    /// The policy as it is, with what is wished. What a new one must say is checked elsewhere.
    fn as_wished(&self, id: &str, PolicyWish { edit, routing }: &PolicyWish) -> Policy {
        let before = self.live.policies.get(id);
        let start = before.cloned().unwrap_or_else(|| Policy {
            retain_request_content: self.live.offers.retains,
            ..Policy::with_defaults(id, edit.scope.as_ref().unwrap_or(&ProviderScope::All))
        });
        let mut after = edit.apply(&start);
        if let Some(routing) = routing {
            after.grant_routing = routing.apply(&start.grant_routing);
        }
        if let Some(before) = before {
            settle(before, &mut after);
            // What an earlier run disabled is named again.
            after.enabled |= edit.enabled.is_none() && self.is_pruned("policy", id);
        }
        after
    }

    /// A policy as it will be, if it will be there.
    pub(super) fn policy_to_be(&self, id: &str) -> Option<Policy> {
        match self.manifest.desired.policies.get(id) {
            Some(wanted) => Some(self.as_wished(id, &wanted.wish)),
            None => self.live.policies.get(id).cloned(),
        }
    }

    fn check_policy(&mut self, id: &str, wanted: &Wanted<PolicyWish>, before: Option<&Policy>) {
        let (place, edit) = (wanted.place, &wanted.wish.edit);
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
        if matches!(edit.models, Change::Set(_)) && !self.live.offers.models {
            let at = self.manifest.locate(place.file, &["policies", id, "models"]);
            let message = "this router does not know model scopes (`policy.models`)";
            self.problem(at, message, "leave `models` out here: it would reach every model");
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

/// Lists whose order means nothing stay in the order that they have.
pub fn settle(before: &Policy, after: &mut Policy) {
    let same = |a: &[String], b: &[String]| sorted(a) == sorted(b);
    if same(&before.providers, &after.providers) {
        after.providers.clone_from(&before.providers);
    }
    if let (Some(old), Some(new)) = (&before.models, &after.models)
        && sorted(old) == sorted(new)
    {
        after.models.clone_from(&before.models);
    }
    let lists = |policy: &Policy| policy.grant_routing.get("eligibleGrants").cloned();
    if let (Some(old), Some(new)) = (lists(before), lists(after))
        && old != new
        && sorted_lists(&old) == sorted_lists(&new)
    {
        after.grant_routing["eligibleGrants"] = old;
    }
}

fn sorted<T: Ord + Clone>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort();
    list.dedup();
    list
}

fn sorted_lists(lists: &serde_json::Value) -> Vec<(String, Vec<String>)> {
    let texts = |value: &serde_json::Value| {
        let texts = value.as_array().into_iter().flatten().filter_map(|item| item.as_str());
        sorted(&texts.map(str::to_owned).collect::<Vec<_>>())
    };
    lists.as_object().into_iter().flatten().map(|(id, list)| (id.clone(), texts(list))).collect()
}
