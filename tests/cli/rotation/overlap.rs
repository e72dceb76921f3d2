//! A successor beside the old key, and its end on demand or on evidence.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::*;
use crate::harness::finish;

/// The one id that begins with the base and is not it.
fn successor(world: &World, base: &str) -> String {
    let ids = world.enabled();
    let mut found = ids.into_iter().filter(|id| id.starts_with(&format!("{base}_")));
    found.next_back().unwrap_or_else(|| panic!("{base} has no successor"))
}

#[test]
fn both_keys_work_until_the_old_one_is_retired() {
    let world = World::new();
    let principal = ["--principal", "ci@example.com", "--label", "the pipeline"];
    let old = world.issue("alice", &principal);
    let to = world.file("alice");
    let words = ["key", "rotate", "alice", "--overlap", "--to", &to, "-v"];
    let run = world.operator.run(&words);
    code(&run, 0);
    assert!(run.stderr.contains("both work"), "{run}");
    // The old key stood in the sink, so the router was shown that it works.
    assert!(!run.stderr.contains("record"), "{run}");
    let new = world.held("alice");
    assert!(world.works(&old) && world.works(&new) && old != new);
    hunt(world.operator.root(), secret_of(&old), &[]);
    let next = successor(&world, "alice");
    assert!(new.contains(&format!("-{next}-")), "{next}");
    let (a, b) = (
        world.operator.json(&["key", "show", "alice"]),
        world.operator.json(&["key", "show", &next]),
    );
    for member in ["policyId", "principalId", "label", "expiresAt"] {
        assert_eq!(a[member], b[member], "{member}");
    }
    let run = world.operator.run(&["key", "rotate", &next, "--finish", "--yes"]);
    code(&run, 0);
    assert!(!world.works(&old) && world.works(&new));
    let run = world.operator.run(&["key", "rotate", "alice", "--finish", "--yes"]);
    code(&run, 0);
    assert!(run.stderr.contains("No key waits"), "{run}");
}

#[test]
fn the_old_key_is_proved_or_nothing_is_sent() {
    let world = World::new();
    let old = world.issue("alice", &[]);
    let other = world.file("other");
    let words = ["key", "rotate", "alice", "--overlap", "--to", &other];
    let wrong = old.replace(&secret_of(&old)[..4], "0000");
    for (key, says) in
        [(wrong.as_str(), "does not work"), ("clawrouter-live-bobby-12345678", "not `alice`")]
    {
        let run = world.operator.run_with_input(&[&words[..], &["--key-stdin"]].concat(), key);
        assert!(matches!(run.code, Some(2 | 5)), "{run}");
        assert!(run.stderr.contains(says), "{run}");
    }
    assert_eq!(world.enabled(), ["alice"]);
    let run = world.operator.run_with_input(&[&words[..], &["--key-stdin"]].concat(), &old);
    code(&run, 0);
    let _ = world.operator.ok(&["key", "revoke", "alice", "--yes"]);
    let run = world.operator.run(&["key", "rotate", "alice", "--overlap", "--to", &other]);
    code(&run, 5);
    assert!(run.stderr.contains("nothing can overlap"), "{run}");
}

#[test]
fn a_counter_that_would_begin_again_is_guarded() {
    let world = World::new();
    world.issue("alone", &["--policy", "each"]);
    let to = world.file("alone");
    let words = ["key", "rotate", "alone", "--overlap", "--to", &to];
    let run = world.operator.run(&words);
    code(&run, 2);
    assert!(run.stderr.contains("--reset-counter") && run.stderr.contains("zero"), "{run}");
    assert_eq!(world.enabled(), ["alone"]);
    code(&world.operator.run(&[&words[..], &["--reset-counter"]].concat()), 0);
    // With a principal the counter goes on.
    world.issue("named", &["--policy", "each", "--principal", "ada@example.com"]);
    let to = world.file("named");
    code(&world.operator.run(&["key", "rotate", "named", "--overlap", "--to", &to]), 0);
}

#[test]
fn a_successor_is_succeeded_under_the_same_name() {
    let world = World::new();
    let base = "alice";
    world.register(base, json!({}));
    world.register("alice_20260101T0000", json!({}));
    let to = world.file("alice");
    code(
        &world.operator.run(&["key", "rotate", "alice_20260101T0000", "--overlap", "--to", &to]),
        0,
    );
    let next = successor(&world, base);
    assert!(next.len() == "alice_20260101T0000".len() && next.as_str() > "alice_2026", "{next}");
    // Both before it go.
    let run = world.operator.run(&["key", "rotate", base, "--finish", "--yes", "-o", "json"]);
    code(&run, 0);
    assert_eq!(world.enabled(), [next]);
    assert_eq!(parsed(&run)["outcome"], "retired");
    // Within the same minute there is no other id.
    let run = world.operator.run(&["key", "rotate", base, "--overlap", "--to", &to]);
    code(&run, 5);
}

#[test]
fn what_still_uses_the_old_key_is_named_and_keeps_it() {
    for plain in [false, true] {
        let world = World::new();
        if plain {
            world.plain();
        }
        let old = world.issue("alice", &[]);
        let to = world.file("alice");
        code(&world.operator.run(&["key", "rotate", "alice", "--overlap", "--to", &to]), 0);
        let new = world.held("alice");
        let finish = |idle: &str| {
            let words = ["key", "rotate", "alice", "--finish", "--yes", "--if-idle", idle];
            (
                world.operator.run(&words),
                world.operator.run(&[&words[..], &["-o", "json"]].concat()),
            )
        };
        // Silence alone proves nothing.
        let (run, _) = finish("1ms");
        code(&run, 7);
        assert!(run.stdout.contains("was not used yet"), "{run}");
        assert_eq!(world.use_key(&old, "late-session"), 200);
        assert_eq!(world.use_key(&new, "new-session"), 200);
        let (run, machine) = finish("30m");
        code(&run, 7);
        code(&machine, 7);
        for word in ["alice was used at", "codex", "late-session"] {
            assert!(run.stdout.contains(word), "{word}: {run}");
        }
        assert_eq!(run.stderr.contains("newest 100 events"), plain, "{run}");
        let found = parsed(&machine);
        assert_eq!(found["outcome"], "stillUsed");
        assert_eq!(found["predecessors"][0]["users"][0]["session"], "late-session");
        assert!(world.works(&old));
        if !plain {
            // The router notes the last use of a key as well, and that counts like an event.
            continue;
        }
        std::thread::sleep(Duration::from_millis(30));
        let (run, _) = finish("20ms");
        code(&run, 0);
        assert!(!world.works(&old) && world.works(&new));
    }
}

#[test]
fn a_key_that_was_used_seconds_ago_is_retired_only_by_force() {
    for plain in [false, true] {
        let world = World::new();
        if plain {
            world.plain();
        }
        let old = world.issue("alice", &[]);
        let to = world.file("alice");
        code(&world.operator.run(&["key", "rotate", "alice", "--overlap", "--to", &to]), 0);
        assert_eq!(world.use_key(&old, "late-session"), 200);
        let words = ["key", "rotate", "alice", "--finish", "--yes"];
        let run = world.operator.run(&words);
        code(&run, 7);
        for said in ["alice was used at", "s ago", "codex", "late-session"] {
            assert!(run.stdout.contains(said), "{said}\n{run}");
        }
        assert!(run.stderr.contains("--force"), "{run}");
        assert!(world.works(&old));
        let run = world.operator.run(&[&words[..], &["--force", "-o", "json"]].concat());
        code(&run, 0);
        assert!(run.stderr.contains("alice was used at"), "{run}");
        let done = parsed(&run);
        assert_eq!(done["outcome"], "retired");
        assert!(done["predecessors"][0]["lastUsed"].is_string(), "{done}");
        assert!(!world.works(&old) && world.works(&world.held("alice")));
    }
}

#[test]
fn a_hundred_other_events_are_a_gap_in_the_evidence() {
    let world = World::new();
    world.plain();
    world.issue("alice", &[]);
    let other = world.register("other", json!({}));
    let to = world.file("alice");
    code(&world.operator.run(&["key", "rotate", "alice", "--overlap", "--to", &to]), 0);
    let new = world.held("alice");
    for _ in 0..105 {
        assert_eq!(world.use_key(&other, "noise"), 200);
    }
    assert_eq!(world.use_key(&new, "new"), 200);
    let words = ["key", "rotate", "alice", "--finish", "--yes", "--if-idle", "30m"];
    let run = world.operator.run(&words);
    code(&run, 7);
    assert!(run.stdout.contains("gap: sampled: newest 100 of 106"), "{run}");
}

/// Waits until the proxy has heard of so many looks at the usage.
fn looked(world: &World, looks: usize) {
    let count = || world.proxy.heard().iter().filter(|heard| heard.line.contains("/usage")).count();
    let deadline = Instant::now() + Duration::from_secs(60);
    while count() < looks {
        assert!(Instant::now() < deadline, "it does not look");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_old_key_is_retired_as_soon_as_it_is_proven_idle() {
    let world = World::new();
    world.plain();
    let old = world.issue("alice", &[]);
    let to = world.file("alice");
    let words = ["key", "rotate", "alice", "--until-proven", "--if-idle", "300ms"];
    let words =
        [&words[..], &["--interval", "50ms", "--within", "1m", "--to", &to, "-o", "json"]].concat();
    let child = world
        .operator
        .command(&words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    looked(&world, 2);
    assert!(world.works(&old), "it was retired before anybody used its successor");
    assert_eq!(world.use_key(&old, "straggler"), 200);
    assert_eq!(world.use_key(&world.held("alice"), "new"), 200);
    let run = finish(child);
    code(&run, 0);
    assert_eq!(parsed(&run)["outcome"], "retired");
    assert!(!world.works(&old) && world.works(&world.held("alice")));
}

#[test]
fn waiting_ends_with_the_time_or_a_signal_and_keeps_the_old_key() {
    let world = World::new();
    let old = world.issue("alice", &[]);
    let to = world.file("alice");
    let words =
        ["key", "rotate", "alice", "--until-proven", "--if-idle", "1h", "--interval", "50ms"];
    let run = world.operator.run(&[&words[..], &["--within", "200ms", "--to", &to]].concat());
    code(&run, 7);
    assert!(run.stdout.contains("was not used yet"), "{run}");
    let before = world.enabled();
    assert_eq!(before.len(), 2);
    // The same command goes on waiting, and makes no third key.
    world.proxy.behave();
    let child = world
        .operator
        .command(&words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    looked(&world, 1);
    signal(child.id(), "INT");
    let run = finish(child);
    code(&run, 7);
    assert!(run.stderr.contains("was not retired"), "{run}");
    assert_eq!(world.enabled(), before);
    assert!(world.works(&old));
}
