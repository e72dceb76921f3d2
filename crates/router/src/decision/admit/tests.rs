use http::Method;
use serde_json::{Value, json};

use super::*;
use crate::decision::{Ask, CacheWrite, ForwardRoute, RequestSize, select};
use crate::manifest::Manifests;
use clawctl_wire::policy::ProviderScope;
use clawctl_wire::usage_event::CostBasis;

mod reach;

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

/// Decides about a body. The code of the refusal, or else the claims.
fn asked(
    manifests: &Manifests,
    route: ForwardRoute<'_>,
    body: &Value,
    policy: &Policy,
) -> Result<Demand, &'static str> {
    let body = body.to_string();
    let ask = Ask { route, method: &Method::POST, query: None, body: body.as_bytes() };
    let selection = select(manifests, &|_| None, &ask, &|_, _| Ok(())).unwrap();
    decide(&selection, policy, None)
}

fn budgeted(fixed: Option<u64>) -> Policy {
    let (budget, fixed) = (Some(Micros(9_000_000)), fixed.map(Micros));
    Policy { monthly_budget_micros: budget, request_cost_micros: fixed, ..policy() }
}

#[test]
fn what_has_no_known_price_is_refused_by_a_budget_alone() {
    let manifests = Manifests::bundled();
    let check = |route, body: Value, code| {
        assert_eq!(asked(&manifests, route, &body, &budgeted(None)).err(), Some(code), "{body}");
        for free in [policy(), budgeted(Some(7))] {
            assert!(asked(&manifests, route, &body, &free).is_ok(), "{body}");
        }
        // A budget of the provider counts it as well.
        let text = body.to_string();
        let ask = Ask { route, method: &Method::POST, query: None, body: text.as_bytes() };
        let selection = select(&manifests, &|_| None, &ask, &|_, _| Ok(())).unwrap();
        assert_eq!(decide(&selection, &policy(), Some(9_000_000)).err(), Some(code), "{body}");
    };
    use ForwardRoute::{Chat, Messages, Responses};
    let with = |name: &str, value: Value| json!({ "model": "openai/gpt-4.1-mini", "max_tokens": 1, name: value });
    check(Responses, with("tools", json!([{ "type": "web_search" }])), code::PRICING_REQUIRED);
    check(Chat, with("web_search_options", json!({})), code::PRICING_REQUIRED);
    check(Chat, with("service_tier", json!("priority")), code::PRICING_REQUIRED);
    check(Chat, with("n", json!("4")), code::INVALID_REQUEST_BODY);
    check(Chat, with("models", json!(["gpt-5.6"])), code::PRICING_REQUIRED);
    check(Chat, with("plugins", json!([{ "id": "web" }])), code::PRICING_REQUIRED);
    let claude = |name: &str, value: Value| json!({ "model": "claude-haiku-4-5", "max_tokens": 1, name: value });
    let search = json!([{ "type": "web_search_20250305", "name": "web_search" }]);
    check(Messages, claude("tools", search), code::PRICING_REQUIRED);
    check(Messages, claude("speed", json!("fast")), code::PRICING_REQUIRED);
    check(Messages, json!({ "max_tokens": 1, "messages": [] }), code::PRICING_REQUIRED);
    // Where nothing costs anything, nothing costs extra.
    let local = json!({ "messages": [], "tools": [{ "type": "web_search" }], "n": "4" });
    let free = ForwardRoute::Native { provider: "local-openai", path: "/v1/chat/completions" };
    assert!(asked(&manifests, free, &local, &budgeted(None)).is_ok());
    let tools = json!([{ "type": "function" }, { "type": "custom" }]);
    for policy in [policy(), budgeted(None)] {
        let passes = asked(&manifests, Responses, &with("tools", tools.clone()), &policy);
        assert!(passes.is_ok(), "{passes:?}");
    }
}

#[test]
fn a_refusal_says_how_to_go_on() {
    let manifests = Manifests::bundled();
    let refused = |tools: Value| {
        let body = json!({ "model": "openai/gpt-4.1-mini", "tools": tools }).to_string();
        let route = ForwardRoute::Responses;
        let ask = Ask { route, method: &Method::POST, query: None, body: body.as_bytes() };
        let selection = select(&manifests, &|_| None, &ask, &|_, _| Ok(())).unwrap();
        let (connection_enabled, provider_budget) = (true, None);
        let policy = &budgeted(None);
        let standing = Standing { policy, principal: "alice", connection_enabled, provider_budget };
        let refusal = admit(&selection, &standing, || Ok(()), &mut |_| {}).unwrap_err();
        refusal.message.into_owned()
    };
    assert_eq!(
        refused(json!([{ "type": "web_search" }])),
        "no price known for provider tool `web_search`, so a budget refuses the request; remove \
         the tool (in Codex: `web_search = \"disabled\"` in config.toml), or give the policy a \
         fixed price per request"
    );
    let long = refused(json!([{ "type": "x\n".repeat(5_000) }]));
    assert!(long.len() < 400 && !long.contains('\n'), "{long}");
}

#[test]
fn a_budget_says_what_is_needed_and_what_is_left() {
    let claim = |limit, account: &Account| Claim { account: account.clone(), limit: Micros(limit) };
    let of_policy = |principal: Option<&str>| Account::Policy {
        tenant: "acme".to_owned(),
        policy: "team".to_owned(),
        principal: principal.map(str::to_owned),
    };
    let check = |limit, account: Account, taken, expected: &str| {
        let refusal = no_room(&claim(limit, &account), Micros(taken), Micros(4_100_000));
        assert_eq!(refusal.status, StatusCode::PAYMENT_REQUIRED);
        assert_eq!(refusal.message, expected);
    };
    check(
        1_000_000,
        of_policy(None),
        0,
        "this request may cost up to $4.10, and $1.00 of the $1.00 monthly budget of policy team \
         is left",
    );
    check(
        1_000_000,
        of_policy(Some("alice")),
        600_000,
        "this request may cost up to $4.10, and $0.40 of the $1.00 monthly budget of principal \
         alice in policy team is left",
    );
    check(
        1_000_000,
        of_policy(None),
        1_200_000,
        "the $1.00 monthly budget of policy team is used up, and this request may cost up to $4.10",
    );
    check(
        0,
        of_policy(None),
        0,
        "the monthly budget of policy team is $0.00, which refuses every request",
    );
    // What a provider's budget is, its administrator may know.
    let provider = Account::Provider { provider: "openai".to_owned() };
    for (limit, taken) in [(0, 0), (1_000_000, 0), (1_000_000, 1_200_000)] {
        check(
            limit,
            provider.clone(),
            taken,
            "this request may cost up to $4.10, and the monthly budget of provider openai has \
             less left",
        );
    }
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
