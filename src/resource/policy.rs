//! Policies.

use std::borrow::Cow;

use serde_json::{Map, Value, json};

use super::member::{fields, member_needs};
use super::routing::{RoutingEdit, routing_said};
use super::value::{amount, money, text, texts};
use super::words::{budget_text, models_text, providers_text, request_cost_text, yes_no};
use super::{Change, Extended, Field, Kind, Member, Resource, Shape};
use clawctl_wire::health::Extension;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{
    BudgetScope, ENVIRONMENT_FALLBACK, GRANT_STALE_SECONDS, GRANT_STALE_STATES, GRANT_STICKINESS,
    GRANT_STRATEGIES, Policy, ProviderScope,
};
use clawctl_wire::resource;

/// What is to become of a policy. Whatever is not named stays.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct PolicyEdit {
    pub scope: Option<ProviderScope>,
    pub models: Change<Vec<ModelPattern>>,
    pub budget: Change<Micros>,
    pub request_cost: Change<Micros>,
    pub budget_scope: Option<BudgetScope>,
    pub tenant: Option<String>,
    pub token_role: Option<String>,
    pub retain_content: Option<bool>,
    pub environment_fallback: Option<bool>,
    pub routing: RoutingEdit,
    pub enabled: Option<bool>,
}

pub static POLICY: Shape = Shape { noun: "policy", fields: &FIELDS };
static FIELDS: [&Field; 10] = fields(&MEMBERS);

type Row = Member<Policy>;

static MEMBERS: [Row; 10] = [
    Row::new("enabled", Kind::Flag, "Whether its keys work.")
        .wire("enabled")
        .words("enabled", |p| yes_no(p.enabled))
        .get(|p| Some(p.enabled.into()))
        .set(|edit, value| edit.enabled = value.as_bool()),
    Row::new(
        "providers",
        Kind::Providers,
        "Providers that may be reached, or `all`, also those added later. A new policy needs it.",
    )
    .wire("providers")
    .words("providers", |p| providers_text(&p.scope()))
    .get(|p| match p.scope() {
        ProviderScope::All => Some("all".into()),
        ProviderScope::Only(ids) => Some(json!(ids)),
    })
    .set(|edit, value| {
        let named = texts(value).map(|ids| ProviderScope::Only(ids.into_iter().collect()));
        edit.scope = Some(named.unwrap_or(ProviderScope::All));
    }),
    Row::new(
        "models",
        Kind::Models,
        "Models that may be used, `*` for any run of characters, or `all` of its providers.",
    )
    .wire("models")
    .extended(Extended {
        extension: Extension::PolicyModels,
        flag: "--model",
        what: "model scopes",
        instead: "leave `models` out here: it would reach every model",
    })
    .words("models", |p| models_text(p.models.as_deref()))
    .get(|p| Some(p.models.as_ref().map_or("all".into(), |list| json!(list))))
    .set(|edit, value| edit.models = texts(value).map_or(Change::Clear, patterns)),
    Row::new(
        "budget",
        Kind::MoneyOrNone,
        "Budget per UTC month, such as `$50`; `0` blocks, `none` is no limit. A new policy \
             needs it.",
    )
    .wire("monthlyBudgetMicros")
    .words("budget", |p| budget_text(p.monthly_budget_micros))
    .get(|p| Some(money(p.monthly_budget_micros)))
    .set(|edit, value| edit.budget = amount(value)),
    Row::new(
        "budget_scope",
        Kind::Word(&["policy", "principal"]),
        "Who shares the budget: all keys of the policy, or each principal has it alone.",
    )
    .wire("budgetScope")
    .words("budget scope", |p| p.budget_scope.to_string())
    .get(|p| Some(json!(p.budget_scope)))
    .set(|edit, value| edit.budget_scope = value.as_str().map(BudgetScope::from)),
    Row::new(
        "request_cost",
        Kind::MoneyOrNone,
        "Fixed price of every request, or `none`: the models' prices.",
    )
    .wire("requestCostMicros")
    .words("request cost", |p| request_cost_text(p.request_cost_micros))
    .get(|p| Some(money(p.request_cost_micros)))
    .set(|edit, value| edit.request_cost = amount(value)),
    Row::new("tenant", Kind::Text, "Tenant that the policy belongs to. A change moves the ledger.")
        .wire("tenantId")
        .words("tenant", |p| p.tenant_id.clone())
        .get(|p| Some(json!(p.tenant_id)))
        .set(|edit, value| edit.tenant = text(value)),
    Row::new("role", Kind::Text, "A label; nothing is enforced by it.")
        .wire("tokenRole")
        .words("role", |p| p.token_role.clone())
        .get(|p| Some(json!(p.token_role)))
        .set(|edit, value| edit.token_role = text(value)),
    Row::new("retain_content", Kind::Flag, "Whether the router keeps request contents.")
        .wire("retainRequestContent")
        .words("retain content", |p| yes_no(p.retain_request_content))
        .get(|p| Some(p.retain_request_content.into()))
        .set(|edit, value| edit.retain_content = value.as_bool()),
    // A change of it is told member by member.
    Row::new(
        "grant_routing",
        Kind::PartOrDefault(&GRANT_ROUTING),
        "How upstream grants are chosen, or `default`.",
    )
    .wire("grantRouting")
    .get(|p| Some(routing_said(&p.grant_routing)))
    .set(|edit, value| {
        edit.routing = RoutingEdit::said(value);
        edit.environment_fallback = value["environment_fallback"].as_bool();
    }),
];

static GRANT_ROUTING: Shape = Shape {
    noun: "grant routing",
    fields: &[
        &Field::new("strategy", Kind::Word(&GRANT_STRATEGIES), "Which of several grants is taken."),
        &Field::new(
            "stickiness",
            Kind::Word(&GRANT_STICKINESS),
            "What keeps to the grant that it had.",
        ),
        &Field::new("failover", Kind::Flag, "Whether another grant is tried after a refusal."),
        &Field::new(
            "environment_fallback",
            Kind::Flag,
            "Whether the operator's own key is used where no grant can be (an extension).",
        ),
        &Field::new(
            "stale_state",
            Kind::Word(&GRANT_STALE_STATES),
            "Whether a grant may be used whose quota was not seen lately.",
        ),
        &Field::new(
            "stale_after_seconds",
            Kind::Whole { min: *GRANT_STALE_SECONDS.start(), max: *GRANT_STALE_SECONDS.end() },
            "After how long what was seen of a quota is old.",
        ),
        &Field::new(
            "eligible_grants",
            Kind::TextLists,
            "By provider, the only grants that may be chosen.",
        ),
    ],
};

/// In the order in which a router keeps them.
fn patterns(texts: Vec<String>) -> Change<Vec<ModelPattern>> {
    let mut list: Vec<_> = texts.iter().filter_map(|it| ModelPattern::parse(it).ok()).collect();
    list.sort();
    list.dedup();
    Change::Set(list)
}

impl PolicyEdit {
    pub fn apply(&self, policy: &Policy) -> Policy {
        let mut after = policy.clone();
        if let Some(scope) = &self.scope {
            after.providers = match scope {
                ProviderScope::All => Vec::new(),
                ProviderScope::Only(ids) => ids.iter().cloned().collect(),
            };
        }
        self.models.apply(&mut after.models);
        self.budget.apply(&mut after.monthly_budget_micros);
        self.request_cost.apply(&mut after.request_cost_micros);
        if let Some(word) = &self.budget_scope {
            after.budget_scope = word.clone();
        }
        if let Some(text) = &self.tenant {
            after.tenant_id = text.trim().to_owned();
        }
        if let Some(text) = &self.token_role {
            after.token_role = text.trim().to_owned();
        }
        after.retain_request_content = self.retain_content.unwrap_or(after.retain_request_content);
        after.grant_routing = self.routing.apply(&after.grant_routing);
        if let (Some(yes), Some(routing)) =
            (self.environment_fallback, after.grant_routing.as_object_mut())
        {
            fall_back(routing, yes);
        }
        after.enabled = self.enabled.unwrap_or(after.enabled);
        after
    }
}

/// Without it, the members are those of the contract.
fn fall_back(routing: &mut Map<String, Value>, yes: bool) {
    match yes {
        true => drop(routing.insert(ENVIRONMENT_FALLBACK.to_owned(), true.into())),
        false => drop(routing.remove(ENVIRONMENT_FALLBACK)),
    }
}

impl Resource for Policy {
    type Id = str;
    type Edit = PolicyEdit;
    const KIND: &'static resource::Kind = &resource::POLICY;
    const MEMBERS: &'static [Member<Self>] = &MEMBERS;

    fn id(&self) -> Cow<'_, str> {
        Cow::Borrowed(&self.policy_id)
    }

    fn apply(edit: &PolicyEdit, to: &Self) -> Self {
        edit.apply(to)
    }

    fn body(&self) -> Value {
        self.put_body()
    }

    fn is_enabled(&self) -> bool {
        self.enabled
    }

    fn enabled(edit: &mut PolicyEdit) -> &mut Option<bool> {
        &mut edit.enabled
    }

    fn settle(&mut self, before: &Self) {
        let same = |a: &[String], b: &[String]| sorted(a) == sorted(b);
        if same(&before.providers, &self.providers) {
            self.providers.clone_from(&before.providers);
        }
        if let (Some(old), Some(new)) = (&before.models, &self.models)
            && sorted(old) == sorted(new)
        {
            self.models.clone_from(&before.models);
        }
        let lists = |policy: &Self| policy.grant_routing.get("eligibleGrants").cloned();
        if let (Some(old), Some(new)) = (lists(before), lists(self))
            && old != new
            && sorted_lists(&old) == sorted_lists(&new)
        {
            self.grant_routing["eligibleGrants"] = old;
        }
    }

    fn needs(&self) -> Vec<(Extension, &'static str)> {
        let mut needs = member_needs(self);
        if self.falls_back_to_environment() {
            needs.push((Extension::PolicyEnvironmentFallback, "--environment-fallback"));
        }
        needs
    }
}

fn sorted<T: Ord + Clone>(list: &[T]) -> Vec<T> {
    let mut list = list.to_vec();
    list.sort();
    list.dedup();
    list
}

fn sorted_lists(lists: &Value) -> Vec<(String, Vec<String>)> {
    let lists = lists.as_object().into_iter().flatten();
    lists.map(|(id, list)| (id.clone(), sorted(&texts(list).unwrap_or_default()))).collect()
}
