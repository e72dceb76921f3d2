//! `key exec`: what the command gets, what it leaves, and what becomes of the key.

use std::process::Stdio;
use std::time::{Duration, Instant};

use super::*;
use crate::harness::finish;

const PATIENCE: Duration = Duration::from_secs(60);

/// The key that a command wrote into a file.
fn got(world: &World) -> String {
    let path = world.operator.path("got");
    let deadline = Instant::now() + PATIENCE;
    loop {
        match std::fs::read_to_string(&path) {
            Ok(text) if text.ends_with('\n') => return text.trim().to_owned(),
            _ => assert!(Instant::now() < deadline, "the command got nothing"),
        }
        std::thread::sleep(Duration::from_millis(5));
    }
}

fn script(world: &World, text: &str) -> String {
    let path = world.operator.path("got").display().to_string();
    text.replace("GOT", &path)
}

#[test]
fn the_key_lives_as_long_as_the_command_and_its_cost_is_said() {
    let world = World::new();
    let script = script(
        &world,
        "printf '%s %s %s\\n' \"$CLAWROUTER_API_KEY\" \"$CLAWROUTER_BASE_URL\" \
         \"${CLAWROUTER_ADMIN_TOKEN-none}\" >GOT; while test ! -e used; do sleep 0.01; done; exit 7",
    );
    let words = ["key", "exec", "--policy", "team", "--ttl", "2h", "--", "sh", "-c", &script];
    let child = world
        .operator
        .command(&words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let line = got(&world);
    let parts: Vec<&str> = line.split(' ').collect();
    let (key, url, token) = (parts[0], parts[1], parts[2]);
    assert_eq!((url, token), (world.proxy.url.as_str(), "none"));
    assert!(world.works(key));
    assert_eq!(world.use_key(key, "job"), 200);
    std::fs::write(world.operator.path("used"), "").unwrap();
    let run = finish(child);
    code(&run, 7);
    assert_eq!(run.stdout, "");
    assert!(run.stderr.contains(" in 1 request, 18 tokens"), "{run}");
    assert!(!run.stderr.contains(secret_of(key)), "{run}");
    assert!(!world.works(key) && world.enabled().is_empty());
    std::fs::remove_file(world.operator.path("got")).unwrap();
    hunt(world.operator.root(), secret_of(key), &[]);
}

#[test]
fn names_can_be_chosen_and_the_scope_is_made_for_it() {
    let world = World::new();
    let script = script(
        &world,
        "printf '%s %s\\n' \"$OPENAI_API_KEY\" \"$OPENAI_BASE_URL\" >GOT; test -z \"$CLAWROUTER_API_KEY\"",
    );
    let set = ["--set", "OPENAI_API_KEY={key}", "--set", "OPENAI_BASE_URL={url}/v1"];
    let scope = ["--provider", "openai", "--budget", "$2"];
    let words = [&["key", "exec"], &set[..], &scope, &["--", "sh", "-c", &script]].concat();
    let run = world.operator.run(&words);
    code(&run, 0);
    assert!(got(&world).ends_with("/v1"));
    let policies = world.admin("GET", "policies", None);
    let made = policies["policies"].as_array().unwrap().iter();
    let made = made.clone().find(|p| p["policyId"].as_str().unwrap().starts_with("exec_")).unwrap();
    assert_eq!(
        (&made["enabled"], &made["monthlyBudgetMicros"]),
        (&json!(false), &json!(2_000_000))
    );
    assert!(world.enabled().is_empty());
}

#[test]
fn a_command_that_cannot_run_costs_no_key() {
    let world = World::new();
    world.proxy.behave();
    let run = world.operator.run(&["key", "exec", "--policy", "team", "--", "no-such-program"]);
    code(&run, 127);
    assert!(world.proxy.heard().is_empty());
    let run = world.operator.run(&["key", "exec", "--policy", "each", "--", "true"]);
    code(&run, 2);
    assert!(run.stderr.contains("--principal"), "{run}");
    let run = world.operator.run(&["key", "exec", "--", "true"]);
    code(&run, 2);
    assert!(world.enabled().is_empty());
}

#[test]
fn signals_are_passed_on_and_the_key_is_revoked_all_the_same() {
    let world = World::new();
    for (name, expected) in [("TERM", 143), ("INT", 130), ("HUP", 129)] {
        let script = script(&world, "printf '%s\\n' \"$CLAWROUTER_API_KEY\" >GOT; exec sleep 600");
        let words = ["key", "exec", "--policy", "team", "--", "sh", "-c", &script];
        let child = world
            .operator
            .command(&words)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let key = got(&world);
        assert!(world.works(&key));
        signal(child.id(), name);
        code(&finish(child), expected);
        assert!(!world.works(&key), "{name}");
        std::fs::remove_file(world.operator.path("got")).unwrap();
    }
    // One that catches the signal decides how it ends.
    let script = script(
        &world,
        "trap 'exit 3' TERM; printf '%s\\n' \"$CLAWROUTER_API_KEY\" >GOT; while :; do sleep 0.01; done",
    );
    let words = ["key", "exec", "--policy", "team", "--", "sh", "-c", &script];
    let child = world
        .operator
        .command(&words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    got(&world);
    signal(child.id(), "TERM");
    code(&finish(child), 3);
    assert!(world.enabled().is_empty());
}

#[test]
fn a_lease_that_is_over_takes_the_key_from_a_command_that_goes_on() {
    let world = World::new();
    world.plain();
    let script = script(
        &world,
        "printf '%s\\n' \"$CLAWROUTER_API_KEY\" >GOT; while test ! -e go; do sleep 0.01; done",
    );
    let words = ["key", "exec", "--policy", "team", "--ttl", "1s", "--", "sh", "-c", &script];
    let child = world
        .operator
        .command(&words)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let key = got(&world);
    let deadline = Instant::now() + PATIENCE;
    while world.works(&key) {
        assert!(Instant::now() < deadline, "the key outlives its lease");
        std::thread::sleep(Duration::from_millis(10));
    }
    std::fs::write(world.operator.path("go"), "").unwrap();
    let run = finish(child);
    code(&run, 0);
    assert!(run.stderr.contains("is over"), "{run}");
}

#[test]
fn who_was_killed_leaves_a_key_that_any_machine_can_reap() {
    let world = World::new();
    world.plain();
    let script = script(&world, "printf '%s\\n' \"$CLAWROUTER_API_KEY\" >GOT; exec sleep 600");
    let words = ["key", "exec", "--policy", "team", "--ttl", "1s", "--", "sh", "-c", &script];
    let mut child = world
        .operator
        .command(&words)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let key = got(&world);
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(world.works(&key), "nobody could revoke it");
    let elsewhere = Sandbox::new()
        .with("CLAWROUTER_BASE_URL", &world.proxy.url)
        .with("CLAWROUTER_ADMIN_TOKEN", &world.token);
    let deadline = Instant::now() + PATIENCE;
    while world.works(&key) {
        assert!(Instant::now() < deadline, "it is never reaped");
        code(&elsewhere.run(&["key", "reap", "--leases", "--yes"]), 0);
    }
}
