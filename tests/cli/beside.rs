//! Commands beside a router that is served from the same database by another process, which has
//! another environment.

use serde_json::Value;

use crate::harness::{Sandbox, Served, signal};

const CANARY: &str = "upstream-canary-4471";

/// A home whose router is served with a key for OpenAI. The commands in it have none.
fn home() -> (Sandbox, Served) {
    let mut sandbox = Sandbox::new().with("OPENAI_API_KEY", CANARY);
    let served = sandbox.serve();
    sandbox.set("OPENAI_API_KEY", "");
    sandbox.ok(&["policy", "create", "team", "--provider", "openai", "--no-budget"]);
    (sandbox, served)
}

fn why(sandbox: &Sandbox) -> (Option<i32>, String) {
    let run = sandbox.run(&["why", "--policy", "team", "--model", "openai/gpt-5.4"]);
    (run.code, run.to_string())
}

/// How ready the provider is, by `provider list`.
fn is_ready(sandbox: &Sandbox) -> bool {
    let ready = sandbox.json(&["provider", "list", "--ready"]);
    ready.as_array().unwrap().iter().any(|row| row["providerId"] == "openai")
}

#[test]
fn commands_judge_readiness_by_the_served_router() {
    let (sandbox, served) = home();
    let (code, said) = why(&sandbox);
    assert_eq!(code, Some(0), "{said}");
    assert!(!said.contains("this shell"), "{said}");
    assert!(is_ready(&sandbox));
    assert_eq!(sandbox.json(&["provider", "show", "openai"])["executable"], true);
    let models = sandbox.json(&["catalog", "list", "--policy", "team", "--ready"]);
    assert!(!models.as_array().unwrap().is_empty());
    let info = sandbox.json(&["router", "info"]);
    assert_eq!(info["server"]["url"], served.url, "{info}");
    assert_eq!(info["server"]["configured"], serde_json::json!(["OPENAI_API_KEY"]));
    assert_eq!(info["providers"]["ready"], 1, "{info}");
    let findings = sandbox.json(&["doctor"]);
    let found = |check: &str| {
        let mut findings = findings.as_array().unwrap().iter();
        findings.find(|finding| finding["check"] == check).cloned()
    };
    assert_eq!(found("served").unwrap()["level"], "ok", "{findings}");
    let codex = sandbox.json(&["connect", "codex"]);
    assert_eq!(codex["baseUrl"], served.url, "{codex}");
    let checked = sandbox.json(&["provider", "check", "openai"]);
    assert_eq!(checked[0]["outcome"], "skipped", "this shell has no key to ask with: {checked}");
    assert!(checked[0]["reason"].as_str().unwrap().contains("OPENAI_API_KEY"), "{checked}");
    for entry in std::fs::read_dir(sandbox.path("clawctl")).unwrap() {
        let path = entry.unwrap().path();
        if path.is_file() {
            let bytes = std::fs::read(&path).unwrap();
            let holds = bytes.windows(CANARY.len()).any(|window| window == CANARY.as_bytes());
            assert!(!holds, "{} holds the value of a setting", path.display());
        }
    }
}

#[test]
fn a_router_that_stopped_or_was_killed_is_not_asked_for() {
    let (sandbox, served) = home();
    assert_eq!(why(&sandbox).0, Some(0));
    assert_eq!(served.stop().0, Some(0));
    let here = |how: &str| {
        let (code, said) = why(&sandbox);
        assert_eq!(code, Some(40), "{how}: {said}");
        assert!(said.contains("this shell's environment"), "{how}: {said}");
        assert!(!is_ready(&sandbox), "{how}");
        assert_eq!(sandbox.json(&["router", "info"])["server"], Value::Null, "{how}");
    };
    here("stopped");
    let left = || {
        let names = std::fs::read_dir(sandbox.path("clawctl")).unwrap();
        let names = names.map(|entry| entry.unwrap().file_name().into_string().unwrap());
        names.filter(|name| name.contains(".server-")).count()
    };
    assert_eq!(left(), 0, "a router that stops takes its notice back");
    let (sandbox, served) = home();
    drop(served);
    let (code, said) = why(&sandbox);
    assert_eq!(code, Some(40), "killed: {said}");
    let again = sandbox.serve();
    assert_eq!(sandbox.json(&["router", "info"])["server"]["url"], again.url);
    assert_eq!(why(&sandbox).0, Some(40), "the next one has no key");
}

/// Each speaks for itself while it lives.
#[test]
fn of_two_served_routers_the_newest_that_lives_is_asked_for() {
    let (mut sandbox, first) = home();
    let second = sandbox.serve();
    assert!(!is_ready(&sandbox), "the newer one has no key");
    signal(second.pid(), "KILL");
    drop(second);
    assert!(is_ready(&sandbox), "the older one is left, and has one");
    drop(first);
    assert!(!is_ready(&sandbox));
    sandbox.set("OPENAI_API_KEY", CANARY);
    assert!(is_ready(&sandbox), "this shell has one");
}
