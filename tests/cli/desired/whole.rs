//! Any state that a router can be brought to is written out, found to be the same, and brought
//! about elsewhere, embedded and served.

use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use serde_json::{Value, json};

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
            text.push_str("grants:\n  policies/policy_0/main: { provider: openai, kind: api_key, credential: env:UPSTREAM, subscription: { plan: plus, at: 1.0 } }\n");
            text.push_str("  tenants/acme/x y: { provider: xai, kind: bearer, access_token: env:UPSTREAM, label: ' é ', enabled: false }\n");
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

/// A grant as any program may have made it.
#[derive(Debug)]
struct Made {
    path: String,
    body: Value,
    revoked: bool,
}

fn any_grant() -> impl Strategy<Value = Made> {
    let text = || prop_oneof![Just(Value::Null), "x[ -~é№]{0,8}x".prop_map(Value::from)];
    let plan = prop_oneof![
        Just(Value::Null),
        Just(json!("plus")),
        Just(json!({ "plan": "plus", "subject": null, "of": [1.5, -2.5e-9, 1e300, true, {}] })),
        "[ -~é]{0,8}".prop_map(|text| json!({ text.clone(): [text], "no": 0 })),
        any::<i32>().prop_map(|n| json!((f64::from(n) * 2.0 + 1.0) / 8.0)),
    ];
    let secrets = prop_oneof![
        Just(json!({ "credential": "sk-1" })),
        Just(json!({ "accessToken": "at-1" })),
        Just(json!({ "accessToken": "at-1", "refreshToken": "rt-1",
            "refresh": { "tokenUrl": "https://example.com/a?b=c d", "clientId": "ours" } })),
        Just(json!({ "credential": "sk-1", "refreshToken": "rt-1", "refresh": {
            "tokenUrl": "http://127.0.0.1:9/token", "clientId": "A B",
            "extraParams": { "x": "y" } } })),
        // The only provider here with a setting that a grant may name.
        Just(json!({ "provider": "aws-bedrock", "credential": "sk-1", "refreshToken": "rt-1",
            "refresh": { "tokenUrl": "http://127.0.0.1:9/token", "clientIdConfig": "AWS_REGION",
                "clientSecretConfig": "AWS_REGION" } })),
        Just(json!({ "credentials": { "accessKeyId": "a", "true": "b", "1.0": "c", "a-b": "d" } })),
    ];
    let names = ("[ !-.0-~é]{1,6}x", "[ !-.0-~é]{1,6}x", any::<bool>());
    let facts = (
        prop::sample::select(vec!["openai", "xai", "aws-bedrock"]),
        prop::sample::select(vec!["api_key", "bearer", "oauth", "own kind", "null", "~"]),
        prop::sample::select(vec!["Bearer", "x-1.0", "true"]),
        prop::sample::select(vec![
            Value::Null,
            json!("2031-05-05T01:02:03.250Z"),
            json!("2031-05-05T01:02:03+02:00"),
            json!("2031-05-05 01:02Z"),
        ]),
        prop::sample::select(vec![json!(1), json!(2.5), json!(1e-9), json!(1_000_000), json!(0.1)]),
        prop::collection::vec("[ -~é]{0,6}", 0..3),
    );
    let rest = (text(), text(), plan, secrets, 0..1_000_001_u64, any::<[bool; 2]>());
    (names, facts, rest).prop_map(|((holder, name, tenant), facts, rest)| {
        let (provider, kind, token_type, expires, weight, scopes) = facts;
        let (label, account, plan, secrets, priority, [enabled, revoked]) = rest;
        let mut body = json!({ "provider": provider, "kind": kind, "tokenType": token_type,
            "expiresAt": expires, "weight": weight, "scopes": scopes, "label": label,
            "accountId": account, "subscription": plan, "priority": priority,
            "enabled": enabled });
        body.as_object_mut().unwrap().extend(secrets.as_object().unwrap().clone());
        let encoded =
            |text: &str| -> String { text.bytes().map(|byte| format!("%{byte:02X}")).collect() };
        let scope = ["policies", "tenants"][usize::from(tenant)];
        let path =
            format!("/v1/admin/upstream-grants/{scope}/{}/{}", encoded(&holder), encoded(&name));
        Made { path, body, revoked: revoked && enabled }
    })
}

/// Two whose names differ in what no variable can have in its name.
fn alike() -> [Made; 2] {
    ["main.1", "main-1"].map(|name| Made {
        path: format!("/v1/admin/upstream-grants/policies/policy_0/{name}"),
        body: json!({ "provider": "openai", "kind": "api_key", "credential": name.repeat(3) }),
        revoked: false,
    })
}

fn states(count: u32) -> Vec<(String, Vec<Made>)> {
    let config = Config { rng_seed: RngSeed::Fixed(7), ..Config::default() };
    let mut runner = TestRunner::new(config);
    let state = (any_manifest(), prop::collection::vec(any_grant(), 1..5));
    (0..count)
        .map(|_| state.new_tree(&mut runner).unwrap().current())
        .map(|(text, grants)| (text, grants.into_iter().chain(alike()).collect()))
        .collect()
}

/// An export without grants that have no secret: nothing could be made of those elsewhere.
fn with_secrets(home: &Sandbox) -> Value {
    let mut all = home.json(&["export", "--with-key-hashes"]);
    if let Some(grants) = all["grants"].as_object_mut() {
        grants.retain(|_, grant| {
            // The same time is the same time, however it is written.
            if let Ok(at) = grant["expires"].as_str().unwrap().parse::<jiff::Timestamp>() {
                grant["expires"] = at.to_string().into();
            }
            ["credential", "access_token", "credentials"].iter().any(|it| grant[it] != Value::Null)
        });
    }
    all
}

/// The variables that an export names, each once.
fn variables(exported: &str) -> Vec<&str> {
    let name = |rest: &'_ str| rest.len() - rest.trim_start_matches(is_of_a_name).len();
    let found = exported.split("env:").skip(1).map(|rest| &rest[..name(rest)]);
    let names: Vec<_> = found.filter(|name| name.starts_with("GRANT_")).collect();
    let once: std::collections::BTreeSet<_> = names.iter().collect();
    assert_eq!(once.len(), names.len(), "two secrets share a variable\n{exported}");
    names
}

fn is_of_a_name(c: char) -> bool {
    c.is_ascii_uppercase() || c.is_ascii_digit() || c == '_'
}

#[track_caller]
fn check_round_trip(from: &Sandbox, elsewhere: &Sandbox, (text, grants): &(String, Vec<Made>)) {
    write(from, "m.yaml", text);
    let applied = from.run(&["apply", "-f", "m.yaml", "--yes", "-q"]);
    assert_eq!(applied.code, Some(0), "{text}\n{applied}");
    let left = from.run(&["diff", "-f", "m.yaml"]);
    assert_eq!(left.code, Some(0), "after apply\n{text}\n{left}");
    for Made { path, body, revoked } in grants {
        let put = from.run_with_input(&["api", "PUT", path, "--input", "-"], &body.to_string());
        assert_eq!(put.code, Some(0), "{path} {body}\n{put}");
        if *revoked {
            let _ = from.ok(&["api", "POST", &format!("{path}/revoke")]);
        }
    }
    let exported = from.ok(&["export", "--with-key-hashes", "-q"]);
    for (format, text) in [("yaml", exported.clone()), ("json", from.ok(&["export", "-o", "json"]))]
    {
        let same = from.run_with_input(&["diff", "-f", "-"], &text);
        assert_eq!(same.code, Some(0), "{format}\n{text}\n{same}");
    }
    let mut given = elsewhere.command(&["apply", "-f", "-", "--yes", "-q"]);
    for name in variables(&exported) {
        given.env(name, "sk-given-elsewhere");
    }
    use std::io::Write;
    use std::process::Stdio;
    given.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = given.spawn().unwrap();
    child.stdin.take().unwrap().write_all(exported.as_bytes()).unwrap();
    let carried = crate::harness::finish(child);
    assert_eq!(carried.code, Some(0), "{exported}\n{carried}");
    let same = elsewhere.run_with_input(&["diff", "-f", "-"], &exported);
    assert_eq!(same.code, Some(0), "elsewhere\n{exported}\n{same}");
    assert_eq!(with_secrets(elsewhere), with_secrets(from), "{exported}");
}

#[test]
fn any_state_is_exported_and_brought_about_elsewhere() {
    for state in states(40) {
        let from = Sandbox::new().with("UPSTREAM", "sk-upstream-1234");
        check_round_trip(&from, &Sandbox::new(), &state);
    }
}

#[test]
fn any_state_goes_from_the_embedded_router_to_a_served_one() {
    for state in states(8) {
        let from = Sandbox::new().with("UPSTREAM", "sk-upstream-1234");
        let world = World::remote();
        // The world has a policy of its own, which the export would have too.
        let _ = from.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
        check_round_trip(&from, &world.operator, &state);
        let left = world
            .operator
            .run_with_input(&["diff", "-f", "-"], &from.ok(&["export", "--with-key-hashes", "-q"]));
        ends(&left, 0);
    }
}
