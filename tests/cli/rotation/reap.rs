//! `key reap`, from a machine that knows nothing but the router.

use super::*;

#[test]
fn what_has_had_its_time_is_revoked_and_nothing_else() {
    let world = World::new();
    for id in ["alice", "alice_20260101T0000", "ci_abcdef_until_20260101T000000", "bobby"] {
        world.register(id, json!({}));
    }
    world.register("ci_abcdef_until_29990101T000000", json!({}));
    world.register("trial", json!({"expiresAt": "2026-01-01T00:00:00Z"}));
    let body = json!({"providers": ["openai"], "monthlyBudgetMicros": 1, "enabled": true});
    world.admin("PUT", "policies/exec_abcdef_until_20260101T000000", Some(&body));
    // Nobody is there to be asked.
    let run = world.operator.run(&["key", "reap"]);
    code(&run, 7);
    assert!(run.stderr.contains("--yes"), "{run}");
    assert_eq!(world.enabled().len(), 6);
    let run = world.operator.run(&["key", "reap", "--dry-run", "-o", "json"]);
    code(&run, 0);
    let ids: Vec<String> = parsed(&run)
        .as_array()
        .unwrap()
        .iter()
        .map(|row| row["id"].as_str().unwrap().to_owned())
        .collect();
    let (lease, policy) = ("ci_abcdef_until_20260101T000000", "exec_abcdef_until_20260101T000000");
    assert_eq!(ids, [lease, "trial", policy]);
    let run = world.operator.run(&["key", "reap", "--yes"]);
    code(&run, 0);
    let rest = ["alice", "alice_20260101T0000", "bobby", "ci_abcdef_until_29990101T000000"];
    assert_eq!(world.enabled(), rest);
    let policies = world.admin("GET", "policies", None);
    let made =
        policies["policies"].as_array().unwrap().iter().find(|p| p["policyId"] == policy).unwrap();
    assert_eq!(made["enabled"], false);
    let run = world.operator.run(&["key", "reap", "--superseded", "--after", "1d", "--yes"]);
    code(&run, 0);
    assert_eq!(world.enabled(), &rest[1..]);
    let run = world.operator.run(&["key", "reap", "--superseded", "--yes"]);
    code(&run, 0);
    assert!(run.stderr.contains("Nothing has had its time"), "{run}");
}

#[test]
fn keys_that_end_soon_are_listed() {
    let world = World::new();
    world.register("over", json!({"expiresAt": "2026-01-01T00:00:00Z"}));
    world.register("gone", json!({"expiresAt": "2026-01-01T00:00:00Z", "enabled": false}));
    world.issue("soon", &["--expires", "3d"]);
    world.issue("later", &["--expires", "30d"]);
    world.issue("never", &[]);
    let listed = |length: &str| {
        let which = ["key", "list", "--expiring", length];
        world
            .operator
            .run(&[&which[..], &["-o", "csv", "--columns", "credentialId", "--no-header"]].concat())
    };
    assert_eq!(listed("7d").stdout, "over\nsoon\n");
    assert_eq!(listed("1h").stdout, "over\n");
    world.plain();
    let refused = listed("7d");
    code(&refused, 2);
    assert!(refused.stderr.contains("credential.expiresAt"), "{refused}");
}

#[test]
fn a_key_that_has_expired_is_not_said_to_work() {
    let world = World::new();
    world.register("gone", json!({"expiresAt": "2026-01-01T00:00:00Z", "enabled": false}));
    let run = world.operator.run(&["key", "enable", "gone", "--dry-run", "-o", "json"]);
    code(&run, 0);
    let shown: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&shown["now"]["enabled"], &shown["now"]["active"]), (&json!(true), &json!(false)));
}
