use http::Method;
use serde_json::json;

use super::*;
use crate::router::decision::{Ask, CacheWrite, ForwardRoute, RequestSize, select};
use crate::router::manifest::Manifests;
use crate::wire::policy::ProviderScope;
use crate::wire::usage_event::CostBasis;

fn policy() -> Policy {
    let mut policy = Policy::with_defaults("team", &ProviderScope::All);
    policy.tenant_id = "acme".to_owned();
    policy
}

fn selection<'m>(manifests: &'m Manifests, route: ForwardRoute<'_>, model: &str) -> Selection<'m> {
    let body = json!({ "model": model, "max_tokens": 10 }).to_string();
    let ask = Ask { route, method: &Method::POST, query: None, body: body.as_bytes() };
    select(manifests, &|_| None, &ask, &|_, _| Ok(())).unwrap()
}

/// The code of the refusal, or else the claims.
fn decide(
    selection: &Selection<'_>,
    policy: &Policy,
    provider_budget: Option<u64>,
) -> Result<Demand, &'static str> {
    let standing = Standing {
        policy,
        principal: "alice",
        connection_enabled: true,
        provider_budget: provider_budget.map(Micros),
    };
    match admit(selection, &standing, || Ok(()), &mut |_| {}) {
        Ok(((), demand)) => Ok(demand),
        Err(refusal) => Err(refusal.code),
    }
}

#[test]
fn the_first_obstacle_in_the_order_of_the_contract_is_named() {
    let manifests = Manifests::bundled();
    let selection = selection(&manifests, ForwardRoute::Chat, "openrouter/auto");
    let mut policy = policy();
    policy.providers = vec!["openai".to_owned()];
    policy.models = Some(vec!["openai/*".parse().unwrap()]);
    policy.monthly_budget_micros = Some(Micros::ZERO);
    let mut connection_enabled = false;
    let mut upstream = Err(Refusal::internal("no credential"));
    let mut provider_budget = Some(Micros::ZERO);
    let mut seen = Vec::new();
    for round in 0..8 {
        let standing =
            Standing { policy: &policy, principal: "alice", connection_enabled, provider_budget };
        let mut steps = Vec::new();
        let found = admit(&selection, &standing, || upstream.clone(), &mut |step| steps.push(step));
        let (last, before) = steps.split_last().unwrap();
        assert!(before.iter().all(|step| step.outcome != Outcome::Refused), "{steps:?}");
        assert_eq!(last.outcome == Outcome::Refused, found.is_err(), "{steps:?}");
        seen.push(found.map(|(_, demand)| demand.claims.len()).map_err(|refusal| refusal.code));
        match round {
            0 => policy.providers.clear(),
            1 => policy.models = Some(vec!["openrouter/*".parse().unwrap()]),
            2 => connection_enabled = true,
            3 => upstream = Ok(()),
            4 => policy.monthly_budget_micros = Some(Micros(1_000)),
            5 => provider_budget = Some(Micros(1_000)),
            _ => policy.request_cost_micros = Some(Micros(7)),
        }
    }
    assert_eq!(
        seen,
        [
            Err(code::PROVIDER_NOT_ALLOWED),
            Err(code::MODEL_NOT_ALLOWED),
            Err(code::PROVIDER_DISABLED),
            Err(code::INTERNAL_ERROR),
            Err(code::BUDGET_EXHAUSTED),
            Err(code::PROVIDER_BUDGET_EXHAUSTED),
            Err(code::PRICING_REQUIRED),
            Ok(2),
        ]
    );
}

#[test]
fn a_path_is_checked_before_budgets_and_after_the_credential() {
    let manifests = Manifests::bundled();
    let route = ForwardRoute::Proxy { provider: "aws-bedrock", endpoint: "invoke_model" };
    let ask = Ask { route, method: &Method::POST, query: None, body: b"{\"body\":{}}" };
    let selection = select(&manifests, &|_| None, &ask, &|_, _| Ok(())).unwrap();
    let mut policy = policy();
    policy.monthly_budget_micros = Some(Micros::ZERO);
    assert_eq!(decide(&selection, &policy, None), Err(code::MISSING_PATH_PARAM));
}

#[test]
fn a_request_claims_from_each_budget_that_counts_it() {
    let manifests = Manifests::bundled();
    let selection = selection(&manifests, ForwardRoute::Chat, "openai/gpt-5.6");
    let mut policy = policy();
    assert_eq!(decide(&selection, &policy, None).unwrap().claims, []);
    policy.monthly_budget_micros = Some(Micros(50));
    let of_policy = |principal: Option<&str>| Claim {
        account: Account::Policy {
            tenant: "acme".to_owned(),
            policy: "team".to_owned(),
            principal: principal.map(str::to_owned),
        },
        limit: Micros(50),
    };
    let of_provider =
        Claim { account: Account::Provider { provider: "openai".to_owned() }, limit: Micros(90) };
    let claims = decide(&selection, &policy, Some(90)).unwrap().claims;
    assert_eq!(claims, [of_policy(None), of_provider.clone()]);
    policy.budget_scope = BudgetScope::Principal;
    assert_eq!(decide(&selection, &policy, None).unwrap().claims, [of_policy(Some("alice"))]);
    policy.monthly_budget_micros = None;
    let demand = decide(&selection, &policy, Some(90)).unwrap();
    assert_eq!(demand.claims, [of_provider]);
    assert_eq!(demand.estimate.basis, CostBasis::ManifestPricing);
}

#[test]
fn counting_tokens_is_free_whatever_the_budgets() {
    let manifests = Manifests::bundled();
    let counting = selection(&manifests, ForwardRoute::CountTokens, "anthropic/claude-haiku-4-5");
    let mut policy = policy();
    policy.monthly_budget_micros = Some(Micros::ZERO);
    policy.request_cost_micros = Some(Micros(7));
    let demand = decide(&counting, &policy, Some(0)).unwrap();
    assert_eq!((demand.claims, demand.estimate.micros), (Vec::new(), Micros::ZERO));
    let answering = selection(&manifests, ForwardRoute::Messages, "anthropic/claude-haiku-4-5");
    assert_eq!(decide(&answering, &policy, Some(0)), Err(code::BUDGET_EXHAUSTED));
}

#[test]
fn a_list_of_models_lets_nothing_through_that_has_no_model() {
    let manifests = Manifests::bundled();
    let route = ForwardRoute::Native { provider: "firecrawl", path: "/v2/scrape" };
    let ask = Ask { route, method: &Method::POST, query: None, body: b"{}" };
    let scrape = select(&manifests, &|_| None, &ask, &|_, _| Ok(())).unwrap();
    assert_eq!(scrape.model, None);
    let mut policy = policy();
    assert!(decide(&scrape, &policy, None).is_ok());
    policy.models = Some(vec!["*".parse().unwrap()]);
    assert_eq!(decide(&scrape, &policy, None), Err(code::MODEL_NOT_ALLOWED));
}

#[test]
fn a_withdrawn_provider_is_switched_off() {
    let manifests = Manifests::bundled();
    let mut manifest = manifests.get("openai").unwrap().clone();
    manifest.provider.status = "disabled".to_owned();
    let selection = selection(&manifests, ForwardRoute::Chat, "openai/gpt-5.6");
    let selection = Selection { manifest: &manifest, ..selection };
    assert_eq!(decide(&selection, &policy(), None), Err(code::PROVIDER_DISABLED));
}

#[test]
fn the_catalog_and_forwarding_agree_on_what_lacks_a_price() {
    let manifests = Manifests::bundled();
    let mut policy = policy();
    for (budget, fixed) in [(None, None), (Some(9), None), (Some(9), Some(1)), (None, Some(1))] {
        policy.monthly_budget_micros = budget.map(Micros);
        policy.request_cost_micros = fixed.map(Micros);
        for id in ["openai/gpt-5.6", "openrouter/auto"] {
            let selection = selection(&manifests, ForwardRoute::Chat, id);
            let refused = decide(&selection, &policy, None) == Err(code::PRICING_REQUIRED);
            let model = selection.model.as_deref().unwrap();
            assert_eq!(Scope::of(&policy).lacks_price(model), refused, "{id} {budget:?} {fixed:?}");
        }
    }
}

#[test]
fn room_is_what_is_left_of_a_limit() {
    let check = |limit, taken, cost, expected| {
        assert_eq!(fits(Micros(limit), Micros(taken), Micros(cost)), expected);
    };
    check(10, 0, 10, true);
    check(10, 0, 11, false);
    check(10, 10, 0, true);
    check(10, 20, 0, true);
    check(10, 20, 1, false);
}

#[test]
fn a_demand_follows_the_size_of_the_body() {
    let manifests = Manifests::bundled();
    let selection = selection(&manifests, ForwardRoute::Chat, "openai/gpt-5.6");
    let expected = RequestSize {
        bytes: r#"{"max_completion_tokens":10,"model":"gpt-5.6"}"#.len() as u64,
        unbounded: false,
        output_limit: Some(10),
        choices: 1,
        cache_write: CacheWrite::None,
    };
    assert_eq!(selection.size, expected);
    let estimate = decide(&selection, &policy(), None).unwrap().estimate;
    assert_eq!(estimate.input_tokens, Some(expected.bytes + 1_024));
    assert_eq!(estimate.output_tokens, Some(10));
}
