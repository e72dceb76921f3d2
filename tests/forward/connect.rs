//! `connect check` against the served router with an upstream behind it.

use serde_json::{Value, json};

use crate::harness::{Run, Sandbox};
use crate::world::{Team, World};

/// Checks from another machine, which knows nothing but the address and the key.
fn check(url: &str, key: &str, words: &[&str]) -> (Run, Vec<Value>) {
    let laptop = Sandbox::new().with("ALICE", key);
    let words = [&["connect", "check"], words, &["--key-env", "ALICE", "--url", url]].concat();
    let run = laptop.run(&[&words[..], &["-o", "json"]].concat());
    let findings: Vec<Value> = serde_json::from_str(&run.stdout).unwrap_or_default();
    let person = laptop.run(&words);
    for text in [run.to_string(), person.to_string()] {
        assert!(!text.contains(key), "{text}");
    }
    assert_eq!(run.code, person.code, "{person}");
    (run, findings)
}

fn levels(findings: &[Value]) -> Vec<(&str, &str)> {
    let mut levels = Vec::new();
    for finding in findings {
        levels.push((finding["check"].as_str().unwrap(), finding["level"].as_str().unwrap()));
    }
    levels
}

async fn team(world: &World, providers: &[&str], more: Value) -> Team {
    let mut policy = json!({ "providers": providers, "enabled": true });
    policy.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    world.team(policy).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_way_of_speaking_is_tried() {
    let world = World::shared();
    let providers = ["openai", "anthropic", "google-gemini", "groq"];
    let team = team(&world, &providers, json!({ "monthlyBudgetMicros": 5_000_000 })).await;
    let (run, findings) = check(world.url(), &team.key, &["openclaw", "--probe"]);
    assert_eq!(run.code, Some(0), "{run}");
    let checks: Vec<_> = levels(&findings);
    for wanted in [
        ("key", "ok"),
        ("reach", "ok"),
        ("identity", "ok"),
        ("catalog", "ok"),
        ("models", "ok"),
        ("usage", "ok"),
        ("probe.openai-responses", "ok"),
        ("probe.anthropic-messages", "ok"),
        ("probe.google-generative-ai", "ok"),
    ] {
        assert!(checks.contains(&wanted), "{wanted:?}: {run}");
    }
    assert!(run.stderr.contains("is asked: a paid request, $0.0"), "{run}");
    assert!(!world.usage(&team).await["usage"]["events"].as_array().unwrap().is_empty());
    for (client, probe) in [
        ("codex", "probe.openai-responses"),
        ("claude-code", "probe.anthropic-messages"),
        ("python", "probe.openai-responses"),
    ] {
        let (run, findings) = check(world.url(), &team.key, &[client, "--probe"]);
        assert!(levels(&findings).contains(&(probe, "ok")), "{client}: {run}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_step_that_fails_is_named_with_what_to_do() {
    let world = World::shared();
    let fine = team(&world, &["anthropic"], json!({})).await;
    let spent = team(&world, &["openai"], json!({ "monthlyBudgetMicros": 0 })).await;
    let case = |key: &str, words: &[&str], step: &str, remedy: &str| {
        let (run, findings) = check(world.url(), key, words);
        assert_eq!(run.code, Some(1), "{step}: {run}");
        let last = findings.last().unwrap_or_else(|| panic!("{run}"));
        assert_eq!(
            (last["check"].as_str(), last["level"].as_str()),
            (Some(step), Some("problem")),
            "{run}"
        );
        assert!(last["remedy"].as_str().unwrap_or_default().contains(remedy), "{step}: {run}");
    };
    case("not-a-key", &[], "key", "clawctl key inspect");
    let wrong = format!("{}x", fine.key);
    case(&wrong, &[], "identity", "rotate");
    case(&fine.key, &["codex"], "models", "clawctl policy scope");
    case(&spent.key, &[], "models", "clawctl");
    case(&fine.key, &["--probe", "--model", "openai/gpt-5.6"], "probe", "--model");
}

/// What is shown as a model is understood as one.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_model_is_named_as_the_router_or_the_client_calls_it() {
    let world = World::shared();
    let team = team(&world, &["anthropic"], json!({})).await;
    for (client, named) in [
        ("curl", "anthropic/claude-haiku-4-5"),
        ("curl", "claude-haiku-4-5"),
        ("claude-code", "claude-haiku-4-5"),
        ("openclaw", "clawrouter/anthropic/claude-haiku-4-5"),
    ] {
        let words = [client, "--probe", "--dry-run", "--model", named];
        let (run, findings) = check(world.url(), &team.key, &words);
        let last = findings.last().unwrap();
        assert_eq!(last["check"], "probe.anthropic-messages", "{named}: {run}");
        assert!(last["what"].as_str().unwrap().contains("claude-haiku-4-5"), "{run}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_provider_that_refuses_is_told_from_a_router_that_does() {
    let world = World::with(&["--upstream", "mistral=http://127.0.0.1:1"]);
    let team = team(&world, &["mistral"], json!({})).await;
    let (run, findings) = check(world.url(), &team.key, &["--probe"]);
    assert_eq!(run.code, Some(1), "{run}");
    let last = findings.last().unwrap();
    assert_eq!(last["check"], "probe.openai-completions", "{run}");
    assert!(last["why"].as_str().unwrap().contains("provider_unavailable"), "{run}");
}

#[test]
fn a_router_that_is_not_there_is_said_to_be() {
    let laptop = Sandbox::new().with("ALICE", "clawrouter-live-alice-0123456789abcdef");
    let words = ["connect", "check", "--key-env", "ALICE", "--client-url", "http://127.0.0.1:1"];
    let run = laptop.run(&words);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("problem") && run.stdout.contains("127.0.0.1:1"), "{run}");
}

/// The served router knows the keys of providers that it was started with.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_served_router_is_asked_for_the_models_of_the_key() {
    let world = World::shared();
    let team = team(&world, &["anthropic"], json!({})).await;
    let laptop = Sandbox::new().with("ALICE", &team.key);
    let words = ["connect", "openclaw", "--key-env", "ALICE", "--client-url", world.url()];
    let sample = laptop.json(&words);
    assert_eq!(sample["keyVariable"], "ALICE");
    assert_eq!(sample["models"][0], "clawrouter/anthropic/claude-opus-4-8", "{sample}");
    assert!(sample["text"].as_str().unwrap().contains(world.url()), "{sample}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_dry_run_sends_no_probe() {
    let world = World::shared();
    let team = team(&world, &["openai"], json!({})).await;
    let (run, findings) = check(world.url(), &team.key, &["codex", "--probe", "--dry-run"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(levels(&findings).contains(&("probe.openai-responses", "info")), "{run}");
    let usage = world.usage(&team).await;
    assert_eq!(usage["usage"]["events"], json!([]), "nothing was asked of a provider");
}

/// Codex sets no limit on the answer, so a turn reserves the longest one. A probe is so small that it
/// would tell nothing of that.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_the_client_really_asks_for_has_to_have_room_in_the_budget() {
    let world = World::shared();
    let policy = json!({ "monthlyBudgetMicros": 1_000_000, "models": ["openai/gpt-5.6"] });
    let poor = team(&world, &["openai"], policy).await;
    let (run, findings) = check(world.url(), &poor.key, &["codex", "--probe"]);
    assert_eq!(run.code, Some(1), "{run}");
    let levels = levels(&findings);
    assert!(levels.contains(&("room", "problem")), "{run}");
    assert!(levels.contains(&("probe.openai-responses", "ok")), "a probe has room: {run}");
    let body = json!({ "model": "openai/gpt-5.6", "input": poor.say(""), "stream": true });
    let answer = world.ask(&poor, "/v1/responses", &body).await;
    assert_eq!(answer.status(), 402, "and that is what Codex would get");
    let policy = json!({ "monthlyBudgetMicros": 1_000_000 });
    let mixed = team(&world, &["openai"], policy).await;
    let (run, findings) = check(world.url(), &mixed.key, &["codex"]);
    assert_eq!(run.code, Some(0), "{run}");
    let room = findings.iter().find(|finding| finding["check"] == "room").unwrap();
    assert_eq!(room["level"], "warning", "some models fit: {run}");
    let words = ["codex", "--model", "openai/gpt-4.1-mini"];
    let (run, findings) = check(world.url(), &mixed.key, &words);
    let room = findings.iter().find(|finding| finding["check"] == "room").unwrap();
    assert_eq!(room["level"], "ok", "{run}");
}

/// Through the file that `connect` writes, up to the event and the provider.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_headers_that_a_client_gets_name_it_in_usage_and_stay_with_the_router() {
    let world = World::shared();
    let team = team(&world, &["openai"], json!({})).await;
    let laptop = Sandbox::new().with("ALICE", &team.key);
    let words = ["connect", "codex", "--key-env", "ALICE", "--client-url", world.url()];
    laptop.ok(&[&words[..], &["--project", "web/shop", "--write"]].concat());
    let text = std::fs::read_to_string(laptop.path(".codex/config.toml")).unwrap();
    let config: toml_edit::DocumentMut = text.parse().unwrap();
    let headers = config["model_providers"]["clawrouter"]["http_headers"].as_table().unwrap();
    let body = json!({ "model": "openai/gpt-5.6", "input": team.say(""), "stream": true });
    let request = headers
        .iter()
        .fold(world.request(&team, "/v1/responses").json(&body), |request, (name, value)| {
            request.header(name, value.as_str().unwrap())
        });
    let answer = request.send().await.unwrap();
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap();
    let events = world.events(&team, 1).await;
    assert_eq!(events[0]["client"], "codex", "{events:?}");
    assert_eq!(events[0]["project_id"], "web/shop", "{events:?}");
    let seen = world.upstream.ended(&team.policy).await;
    let ours = seen.headers.iter().find(|(name, _)| name.to_lowercase().contains("clawrouter"));
    assert_eq!(ours, None, "the provider learns nothing of it");
}
