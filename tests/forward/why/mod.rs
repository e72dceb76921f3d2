//! `why` against the router itself: what it says beforehand is what happens then, to the micro, in
//! any state of policies, keys, providers, grants, budgets and fusion, for any request.

mod ask;
mod fusion;
mod grants;
mod scene;
mod stage;

use std::collections::BTreeMap;

use proptest::test_runner::{Config, RngAlgorithm, TestError, TestRng, TestRunner};

use self::scene::scenes;
use self::stage::Stage;

/// Each has up to eight requests.
const SCENES: u32 = 320;

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
