//! Any state that a router can be brought to is written out, found to be the same, and brought
//! about elsewhere, embedded and served.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use super::{ends, write};
use crate::crash::world::World;
use crate::harness::Sandbox;

/// A manifest of everything that a router can hold, with odd texts in it.
fn any_manifest() -> impl Strategy<Value = String> {
    let text =
        "[ -~é№]{0,10}".prop_map(|text| serde_json::to_string(&format!("x{text}x")).unwrap());
    let money = prop_oneof![
        Just("none".to_owned()),
        Just("0".to_owned()),
        (0..9_007_199_254_740_991_u64).prop_map(|n| format!(
            "${}.{:06}",
            n / 1_000_000,
            n % 1_000_000
        )),
    ];
    let policy = (any::<bool>(), money.clone(), money.clone(), text.clone(), text.clone(), 0..3_usize, any::<bool>())
        .prop_map(|(enabled, budget, cost, tenant, role, scope, retain)| {
            let providers = ["all", "[openai, xai]", "[anthropic]"][scope];
            let models = ["all", "[openai/gpt-5*, xai/*]", "[anthropic/claude-haiku-4-5]"][scope];
            let routing = ["default", "{ strategy: round_robin, stale_after_seconds: 60 }",
                "{ failover: false, eligible_grants: { openai: [b, a] } }"][scope];
            let budget_scope = ["policy", "principal"][usize::from(retain)];
            format!("{{ enabled: {enabled}, providers: {providers}, models: {models}, budget: {budget}, \
                request_cost: {cost}, budget_scope: {budget_scope}, tenant: {tenant}, role: {role}, \
                retain_content: {retain}, grant_routing: {routing} }}")
        });
    let key = (0..3_usize, any::<bool>(), text.clone(), 0..2_usize).prop_map(|(policy, enabled, label, more)| {
        let more = ["principal: a@b, expires: never", "expires: 2031-05-05T01:02:03Z"][more];
        format!("{{ policy: policy_{policy}, enabled: {enabled}, label: {label}, {more}, secret_sha256: {} }}", "ab".repeat(32))
    });
    let provider = (any::<bool>(), money, text).prop_map(|(enabled, budget, label)| {
        format!("{{ enabled: {enabled}, budget: {budget}, label: {label} }}")
    });
    let policies = proptest::collection::vec(policy, 3);
    let keys = proptest::collection::vec(key, 0..4);
    let providers = proptest::collection::vec(provider, 0..3);
    (policies, keys, providers, 1_000..120_000_u64, any::<bool>()).prop_map(
        |(policies, keys, providers, timeout, people)| {
            let mut text = "version: 1\npolicies:\n".to_owned();
            for (n, policy) in policies.iter().enumerate() {
                text.push_str(&format!("  policy_{n}: {policy}\n"));
            }
            text.push_str("keys:\n");
            for (n, key) in keys.iter().enumerate() {
                text.push_str(&format!("  key_{n}: {key}\n"));
            }
            text.push_str("providers:\n");
            for (n, provider) in providers.iter().enumerate() {
                text.push_str(&format!("  {}: {provider}\n", ["openai", "xai", "groq"][n]));
            }
            if people {
                text.push_str("users:\n  ada@example.com: { groups: [Ops, dev], tenant: acme }\n  bob@example.com: { enabled: false, retain_content: false }\n");
                text.push_str("bindings:\n  - { group: ops, policy: policy_1, priority: 5 }\n  - { user: ada@example.com, policy: policy_0, enabled: false }\n");
                text.push_str("rules:\n  staff: { kind: email_domain, subject: Example.com, groups: [staff], policies: [policy_2, policy_0] }\n");
            }
            text.push_str(&format!("fusion: {{ adviser_timeout_ms: {timeout}, advisers: [openai/gpt-5.6], temperature: 0.7 }}\n"));
            text
        },
    )
}

fn manifests(count: u32) -> Vec<String> {
    let config = Config { rng_seed: RngSeed::Fixed(7), ..Config::default() };
    let mut runner = TestRunner::new(config);
    (0..count).map(|_| any_manifest().new_tree(&mut runner).unwrap().current()).collect()
}

#[track_caller]
fn check_round_trip(from: &Sandbox, elsewhere: &Sandbox, text: &str) {
    write(from, "m.yaml", text);
    let applied = from.run(&["apply", "-f", "m.yaml", "--yes", "-q"]);
    assert_eq!(applied.code, Some(0), "{text}\n{applied}");
    let left = from.run(&["diff", "-f", "m.yaml"]);
    assert_eq!(left.code, Some(0), "after apply\n{text}\n{left}");
    let exported = from.ok(&["export", "--with-key-hashes", "-q"]);
    for (format, text) in [("yaml", exported.clone()), ("json", from.ok(&["export", "-o", "json"]))]
    {
        let same = from.run_with_input(&["diff", "-f", "-"], &text);
        assert_eq!(same.code, Some(0), "{format}\n{text}\n{same}");
    }
    let names = ["GRANT_POLICY_0_MAIN_CREDENTIAL", "GRANT_ACME_X_Y_ACCESS_TOKEN"];
    let mut given = elsewhere.command(&["apply", "-f", "-", "--yes", "-q"]);
    for name in names {
        given.env(name, "sk-given-elsewhere");
    }
    use std::io::Write;
    use std::process::Stdio;
    given.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = given.spawn().unwrap();
    child.stdin.take().unwrap().write_all(exported.as_bytes()).unwrap();
    let carried = crate::harness::finish(child);
    assert_eq!(carried.code, Some(0), "{exported}\n{carried}");
    assert_eq!(elsewhere.ok(&["export", "--with-key-hashes", "-q"]), exported);
}

#[test]
fn any_state_is_exported_and_brought_about_elsewhere() {
    for text in manifests(10) {
        let from = Sandbox::new().with("UPSTREAM", "sk-upstream-1234");
        check_round_trip(&from, &Sandbox::new(), &text);
    }
}

#[test]
fn any_state_goes_from_the_embedded_router_to_a_served_one() {
    for text in manifests(3) {
        let from = Sandbox::new().with("UPSTREAM", "sk-upstream-1234");
        let world = World::remote();
        // The world has a policy of its own, which the export would have too.
        let _ = from.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
        check_round_trip(&from, &world.operator, &text);
        let left = world
            .operator
            .run_with_input(&["diff", "-f", "-"], &from.ok(&["export", "--with-key-hashes", "-q"]));
        ends(&left, 0);
    }
}
