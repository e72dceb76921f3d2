//! `provider check`: real requests to the upstream, as small as they can be, and what is kept.

use serde_json::{Value, json};

use crate::harness::{Run, Sandbox};
use crate::world::{ADMIN_TOKEN, World, upstream_secret};

const ASKED: [&str; 6] =
    ["anthropic", "google-gemini", "groq", "local-openai", "mistral", "openai"];

/// The command, against the served router.
fn check(world: &World, words: &[&str]) -> Run {
    let sandbox = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", ADMIN_TOKEN);
    let url = ["--url", world.url(), "-o", "json"];
    let run = sandbox.run(&[["provider", "check"].as_slice(), words, &url].concat());
    for provider in ASKED {
        assert!(!run.to_string().contains(&upstream_secret(provider)), "{run}");
    }
    run
}

fn rows(run: &Run) -> Vec<Value> {
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}: {run}"))
}

/// What the router says of a provider.
async fn state(world: &World, provider: &str) -> (Value, Option<Value>) {
    let find = |list: Value, name: &str| {
        let list = list["providers"].as_array().unwrap().clone();
        list.into_iter().find(|row| row[name] == provider)
    };
    let status = find(world.admin("provider-status").await, "id").unwrap();
    (status, find(world.admin("provider-health").await, "providerId"))
}

#[tokio::test]
async fn a_provider_that_answers_is_verified() {
    let world = World::with(&[]);
    let mut words = ASKED.to_vec();
    words.push("replicate");
    let planned = check(&world, &[words.as_slice(), &["--dry-run"]].concat());
    assert_eq!(planned.code, Some(0), "{planned}");
    assert!(rows(&planned).iter().all(|row| row["outcome"] != "verified"), "{planned}");
    assert!(world.upstream.seen("Say OK.").is_empty(), "nothing was sent");

    let run = check(&world, &words);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("6 requests, $0.00"), "{run}");
    let rows = rows(&run);
    assert_eq!(rows.len(), 7);
    for row in &rows[..6] {
        assert_eq!(row["outcome"], "verified", "{row}");
        assert_eq!((&row["statusCode"], &row["recorded"]), (&json!(200), &json!(true)), "{row}");
        assert!(row["mostMicros"].as_u64().unwrap() < 3_000, "{row}");
        let provider = row["providerId"].as_str().unwrap();
        let (status, health) = state(&world, provider).await;
        assert_eq!((&status["status"], &status["verified"]), (&json!("verified"), &json!(true)));
        let health = health.unwrap();
        assert_eq!((&health["status"], &health["statusCode"]), (&json!("verified"), &json!(200)));
        assert_eq!(health["checkedAt"], row["checkedAt"]);
        assert!(health["latencyMs"].is_number(), "{health}");
        assert_eq!(health["error"], Value::Null);
    }
    assert_eq!(rows[6]["outcome"], "skipped");
    let seen = world.upstream.seen("Say OK.");
    assert_eq!(seen.len(), 6);
    assert!(seen.iter().all(|seen| seen.body.len() < 200), "{seen:?}");

    // They are the administrator's, and no more than was said.
    let usage = world.admin("usage").await;
    let events = usage["usage"]["events"].as_array().unwrap();
    assert_eq!(events.len(), 6);
    for event in events {
        assert_eq!((&event["auth_type"], &event["key_id"]), (&json!("admin"), &Value::Null));
        let row = rows.iter().find(|row| row["providerId"] == event["provider"]).unwrap();
        assert_eq!(event["model"], row["model"]);
        let cost = event["actual_cost_micros"].as_u64().unwrap();
        assert!(cost <= row["mostMicros"].as_u64().unwrap(), "{event} {row}");
    }
}

#[tokio::test]
async fn a_provider_that_fails_is_known_to() {
    let world = World::with(&[]);
    for (orders, status, reason) in [
        ("status=401", json!(401), "it answered 401 told_to_fail"),
        ("status=502;body=html", json!(502), "it answered 502"),
        (
            "end=drop",
            Value::Null,
            "provider local-openai failed to answer: the connection broke off",
        ),
    ] {
        // The upstream obeys the name of the model here: all else in the request is fixed.
        let model = format!("local/!{orders}");
        let run = check(&world, &["local-openai", "--model", &model]);
        assert_eq!(run.code, Some(1), "{orders}\n{run}");
        let row = &rows(&run)[0];
        assert_eq!((&row["outcome"], &row["statusCode"]), (&json!("failed"), &status), "{row}");
        assert_eq!(row["reason"], reason, "{orders}");
        let (ready, health) = state(&world, "local-openai").await;
        assert_eq!((&ready["status"], &ready["executable"]), (&json!("failed"), &json!(true)));
        assert_eq!(health.unwrap()["error"], reason, "{orders}");
    }
    assert_eq!(check(&world, &["local-openai"]).code, Some(0));
    assert_eq!(state(&world, "local-openai").await.0["status"], "verified");
}

#[tokio::test]
async fn a_check_spends_no_more_than_the_provider_may() {
    let world = World::with(&[]);
    world.put("connections/openai", &json!({ "monthlyBudgetMicros": 5 })).await;
    world.put("connections/groq", &json!({ "enabled": false })).await;
    let run = check(&world, &["openai", "groq", "mistral"]);
    assert_eq!(run.code, Some(1), "{run}");
    let rows = rows(&run);
    let outcomes: Vec<_> = rows.iter().map(|row| &row["outcome"]).collect();
    assert_eq!(outcomes, ["failed", "skipped", "verified"]);
    assert!(rows[0]["reason"].as_str().unwrap().contains("provider_budget_exhausted"), "{run}");
    // That says nothing of the provider itself.
    assert!(state(&world, "openai").await.1.is_none());
    assert_eq!(world.upstream.seen("Say OK.").len(), 1);
}

#[tokio::test]
async fn a_check_with_a_key_is_that_keys_request() {
    let world = World::with(&[]);
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let sandbox =
        Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", ADMIN_TOKEN).with("CHECK_KEY", &team.key);
    let words = ["provider", "check", "openai", "mistral", "--key-env", "CHECK_KEY", "-o", "json"];
    let run = sandbox.run(&[words.as_slice(), &["--url", world.url()]].concat());
    assert_eq!(run.code, Some(1), "{run}");
    assert!(!run.to_string().contains(team.secret()), "{run}");
    let rows = rows(&run);
    assert_eq!((&rows[0]["outcome"], &rows[0]["recorded"]), (&json!("verified"), &json!(false)));
    assert_eq!((&rows[1]["outcome"], &rows[1]["statusCode"]), (&json!("failed"), &json!(403)));
    assert!(state(&world, "openai").await.1.is_none());
    let events = world.events(&team, 2).await;
    assert!(events.iter().all(|event| event["key_id"] == json!(team.policy)), "{events:?}");
}

#[tokio::test]
async fn the_embedded_router_checks_without_a_server() {
    let world = World::shared();
    let url = world.upstream.url();
    let sandbox = Sandbox::new().with("LOCAL_OPENAI_BASE_URL", &url);
    let row = &sandbox.json(&["provider", "check", "local-openai"])[0];
    assert_eq!((&row["outcome"], &row["recorded"]), (&json!("verified"), &json!(true)), "{row}");
    let shown = sandbox.json(&["provider", "show", "local-openai"]);
    assert_eq!(shown["status"], "verified");
    assert_eq!(shown["lastCheckedAt"], row["checkedAt"]);
    let unknown = sandbox.run(&["provider", "check", "opneai"]);
    assert_eq!(unknown.code, Some(2), "{unknown}");
    let two = sandbox.run(&["provider", "check", "openai", "groq", "--model", "openai/gpt-5.6"]);
    assert_eq!(two.code, Some(2), "{two}");
}

#[test]
fn it_is_said_why_nothing_answers() {
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let there = format!("http://user:canary-in-an-address@{closed}/canary");
    let sandbox = Sandbox::new().with("LOCAL_OPENAI_BASE_URL", &there);
    let reason = "provider local-openai failed to answer: the connection was refused";
    let words = ["provider", "check", "local-openai"];
    let person = sandbox.run(&words);
    let program = sandbox.run(&[words.as_slice(), &["-o", "json"]].concat());
    assert_eq!(rows(&program)[0]["reason"], reason, "{program}");
    for run in [person, program] {
        assert_eq!(run.code, Some(1), "{run}");
        assert!(run.stdout.contains("the connection was refused"), "{run}");
        assert!(!run.to_string().contains("canary"), "{run}");
    }
}
