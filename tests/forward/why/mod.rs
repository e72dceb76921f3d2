//! `why` against the router itself: what it says beforehand is what happens then, to the micro, in
//! any state of policies, keys, providers, grants, budgets and fusion, for any request.

mod ask;
mod fusion;
mod grants;
mod scene;
mod stage;

use std::collections::BTreeMap;

use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use clawctl_wire::why::{Mark, Verdict};

use self::ask::{AskOf, FUSION, Twist};
use self::fusion::FusionOf;
use self::scene::{Held, KeyOf, KeyState, PolicyOf, Routing, Scene, scenes};
use self::stage::Stage;

/// Each has up to eight requests.
const SCENES: u32 = 420;

/// What must have come up, or else the scenes are too tame to prove anything.
const CODES: [&str; 28] = [
    "budget_exhausted",
    "credential_policy_missing",
    "credential_policy_stale",
    "fusion_capability_unsupported",
    "fusion_disabled",
    "fusion_messages_invalid",
    "invalid_json",
    "invalid_proxy_key",
    "invalid_request_body",
    "model_capability_unsupported",
    "model_not_allowed",
    "model_not_found",
    "model_path_mismatch",
    "model_provider_mismatch",
    "model_required",
    "policy_revoked",
    "pricing_required",
    "provider_budget_exhausted",
    "provider_disabled",
    "provider_not_allowed",
    "provider_not_configured",
    "provider_not_found",
    "proxy_key_expired",
    "proxy_key_revoked",
    "request_too_large",
    "route_not_found",
    "unknown_proxy_key",
    "upstream_grant_pool_unavailable",
];

/// What must have become of grants and of the parts of fusion.
const EVENTS: [&str; 10] = [
    "adviser 200",
    "adviser 400",
    "adviser 402",
    "adviser 403",
    "adviser 503",
    "refused for want of a grant that works",
    "sent with a grant",
    "sent with the environment, by leave",
    "synthesizer 200",
    "synthesizer 402",
];

#[test]
fn what_it_says_is_what_happens() {
    let stage = Stage::new();
    let config = Config { cases: SCENES, failure_persistence: None, ..Config::default() };
    let rng = TestRng::deterministic_rng(RngAlgorithm::ChaCha);
    let mut runner = TestRunner::new_with_rng(config, rng);
    let outcome = runner.run(&scenes(), |scene| stage.play(&scene));
    if let Err(TestError::Fail(reason, scene)) = outcome {
        panic!("{reason}\nin the smallest scene that shows it:\n{scene:#?}");
    }
    let tally: BTreeMap<String, u32> = stage.tally();
    for wanted in CODES.iter().chain(&EVENTS) {
        assert!(tally.contains_key(*wanted), "`{wanted}` never came up: {tally:#?}");
    }
    let passed = tally.get("").copied().unwrap_or_default();
    assert!(passed > SCENES, "too few requests passed: {tally:#?}");
    assert!(stage.reserved() > 100, "too few had a reservation: {}", stage.reserved());
}

/// How long the requests are that another router makes of one for fusion, it does not say.
#[test]
fn of_another_make_of_router_no_more_is_said_than_can_be_known() {
    let stage = Stage::new();
    let foretell_with = |twist, target, budget: Option<u64>, providers: &[&'static str]| {
        let policy = PolicyOf {
            enabled: true,
            providers: providers.to_vec(),
            models: None,
            budget,
            cost: None,
            per_principal: false,
            routing: Routing::Usual,
        };
        let fusion = FusionOf {
            enabled: true,
            advisers: vec!["groq/gpt-oss-120b", "mistral/mistral-small-2603"],
            aggregator: "openai/gpt-4.1-mini",
            input_chars: 1_000,
            proposal_chars: 256,
            output_tokens: 64,
        };
        let ask =
            AskOf { target, prompt_bytes: 10, output_tokens: Some(100), streams: false, twist };
        let key = KeyOf { state: KeyState::Works, principal: None, held: Held::Key };
        let (connections, grants, asks) = (Vec::new(), Vec::new(), vec![ask]);
        stage.foretell_of_another_make(&Scene { policy, key, connections, grants, fusion, asks })
    };
    let foretell = |budget, providers: &[&'static str]| {
        foretell_with(Twist::None, ("", FUSION), budget, providers)
    };
    let foretell_of = |twist, target, budget| foretell_with(twist, target, budget, &[]);
    let said = |unseen: &[String]| unseen.iter().any(|note| note.contains("it does not say"));

    let told = foretell(None, &["openai", "groq"]);
    assert_eq!((told.verdict, told.status), (Verdict::Passes, Some(200)), "{told:#?}");
    assert!(said(&told.unseen), "{told:#?}");
    let parts: Vec<_> = told.parts.iter().map(|part| (part.verdict, part.status)).collect();
    let passes = (Verdict::Passes, Some(200));
    assert_eq!(parts, [passes, passes, (Verdict::Refused, Some(403))], "{told:#?}");

    let told = foretell(Some(9_000_000), &[]);
    assert_eq!((told.verdict, told.status), (Verdict::Unknown, None), "{told:#?}");
    let ledger = told.steps.iter().find(|step| step.check == "policy_ledger").unwrap();
    assert_eq!(ledger.mark, Mark::Unknown, "{told:#?}");
    assert!(told.parts.iter().all(|part| part.verdict == Verdict::Unknown), "{told:#?}");

    // Some of its versions refuse a tool with a price of its own, and some do not.
    let told = foretell_of(Twist::ProviderTool, ("", "openai/gpt-4.1-mini"), Some(9_000_000));
    assert_eq!((told.verdict, told.status), (Verdict::Unknown, None), "{told:#?}");
    assert!(told.unseen.iter().any(|note| note.contains("some versions of that router")));
    let told = foretell_of(Twist::ProviderTool, ("", "openai/gpt-4.1-mini"), None);
    assert_eq!((told.verdict, told.status), (Verdict::Passes, Some(200)), "{told:#?}");

    // A budget of nothing has no room for anything, however long it is.
    let told = foretell(Some(0), &[]);
    assert_eq!((told.status, told.parts.len()), (Some(402), 1), "{told:#?}");
}
