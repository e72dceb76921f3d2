//! Budgets hold: to the micro, for any number of requests at once, in any number of processes.

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::harness::Sandbox;
use crate::protocol::Protocol;
use crate::world::{ADMIN_TOKEN, Team, World, client, refusal};

/// Asks so often at the same time, in turn of these routers, and counts 200s and 402s.
async fn ask_at_once(urls: &[&str], team: &Team, text: &str, count: usize) -> (usize, usize) {
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", text, false);
    let mut asked = JoinSet::new();
    for n in 0..count {
        let url = format!("{}/v1/chat/completions", urls[n % urls.len()]);
        let request = client().post(url).bearer_auth(&team.key).json(&body);
        asked.spawn(async move { request.send().await.unwrap().status().as_u16() });
    }
    let statuses = asked.join_all().await;
    let count = |wanted| statuses.iter().filter(|status| **status == wanted).count();
    assert_eq!(count(200) + count(402), statuses.len(), "{statuses:?}");
    (count(200), count(402))
}

#[tokio::test]
async fn of_many_requests_at_once_exactly_those_pass_that_are_paid_for() {
    let world = World::shared();
    for scope in ["policy", "principal"] {
        let policy = json!({ "providers": ["openai"], "requestCostMicros": 100,
            "monthlyBudgetMicros": 1_000, "budgetScope": scope });
        let team = world.team(policy).await;
        // All of them are under way before any is settled.
        let passed = ask_at_once(&[world.url()], &team, &team.say("delay=300"), 30).await;
        assert_eq!(passed, (10, 20), "{scope}");
        assert_eq!(world.upstream.seen(&team.policy).len(), 10, "{scope}");
        assert_eq!(world.spent(&team).await, 1_000, "{scope}");
        let events = world.events(&team, 30).await;
        let denied = events.iter().filter(|event| event["status"] == "denied").count();
        assert_eq!(denied, 20, "{scope}");
    }
}

#[tokio::test]
async fn two_processes_share_one_budget() {
    let world = World::with(&[]);
    let other = world.another_router(&[]);
    let policy = json!({ "providers": ["openai"], "requestCostMicros": 100,
        "monthlyBudgetMicros": 1_000 });
    let team = world.team(policy).await;
    let urls = [world.url(), &other.url];
    let passed = ask_at_once(&urls, &team, &team.say("delay=300"), 30).await;
    assert_eq!(passed, (10, 20));
    assert_eq!(world.upstream.seen(&team.policy).len(), 10);
    assert_eq!(world.spent(&team).await, 1_000);
    world.events(&team, 30).await;
}

#[tokio::test]
async fn what_is_refused_says_why_and_costs_nothing() {
    let world = World::shared();
    let path = "/v1/chat/completions";
    for (policy, model, expected) in [
        (json!({ "monthlyBudgetMicros": 0 }), "openai/gpt-4.1-mini", (402, "budget_exhausted")),
        // Even what is free: the reservation of the highest output is more than that.
        (json!({ "monthlyBudgetMicros": 10 }), "openai/gpt-4.1-mini", (402, "budget_exhausted")),
        (json!({ "monthlyBudgetMicros": 1000 }), "openai/unheard-of", (400, "pricing_required")),
        (json!({}), "groq/gpt-oss-120b", (403, "provider_not_allowed")),
    ] {
        let mut whole = json!({ "providers": ["openai"] });
        whole.as_object_mut().unwrap().extend(policy.as_object().unwrap().clone());
        let team = world.team(whole).await;
        let body = Protocol::Chat.body(model, &team.say(""), false);
        let answer = refusal(world.ask(&team, path, &body).await).await;
        assert_eq!((answer.0, answer.1.as_str()), expected, "{policy}");
        assert!(world.upstream.seen(&team.policy).is_empty(), "{policy}");
        let event = &world.events(&team, 1).await[0];
        assert_eq!(event["actual_cost_micros"], 0, "{event}");
        assert_eq!(event["status_code"], expected.0, "{event}");
    }
}

#[tokio::test]
async fn an_answer_without_usage_costs_what_was_reserved() {
    let world = World::shared();
    let policy = json!({ "providers": ["openai"], "monthlyBudgetMicros": 9_000_000 });
    for stream in [false, true] {
        let team = world.team(policy.clone()).await;
        let mut body = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say("usage=none"), stream);
        body["n"] = json!(2);
        let answer = world.ask(&team, "/v1/chat/completions", &body).await;
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap();
        let bytes = world.upstream.ended(&team.policy).await.body.len();
        // 0.4 a token in, 1.6 out; a token for each byte and 1024 more, and 500 out, twice.
        let reserved = u64::try_from((bytes + 1024) * 4).unwrap().div_ceil(10) + 1_000 * 16 / 10;
        let event = &world.events(&team, 1).await[0];
        assert_eq!(event["reserved_cost_micros"], reserved, "{event}");
        assert_eq!(event["actual_cost_micros"], reserved, "{event}");
        assert_eq!(world.spent(&team).await, reserved);
    }
}

#[tokio::test]
async fn a_fixed_price_is_that_price() {
    let world = World::shared();
    let policy = json!({ "providers": ["openai"], "requestCostMicros": 250,
        "monthlyBudgetMicros": 10_000 });
    let team = world.team(policy).await;
    for (model, text) in [
        ("openai/gpt-4.1-mini", "tokens=9000/9000"),
        ("openai/gpt-4.1-mini", "usage=none"),
        ("openai/unheard-of", ""),
        ("openai/gpt-4.1-mini", "status=500"),
    ] {
        let body = Protocol::Chat.body(model, &team.say(text), false);
        world.ask(&team, "/v1/chat/completions", &body).await.text().await.unwrap();
    }
    let events = world.events(&team, 4).await;
    let costs: Vec<_> = events.iter().map(|event| event["actual_cost_micros"].as_u64()).collect();
    assert_eq!(costs, [Some(250), Some(250), Some(250), Some(0)]);
    assert!(events[..3].iter().all(|event| event["cost_basis"] == "policy_fixed"), "{events:?}");
    assert_eq!(world.spent(&team).await, 750);
}

#[tokio::test]
async fn a_provider_has_a_budget_of_its_own() {
    let world = World::with(&[]);
    let of_provider = json!({ "enabled": true, "monthlyBudgetMicros": 100 });
    world.put("connections/mistral", &of_provider).await;
    let policy = json!({ "providers": ["mistral"], "requestCostMicros": 60,
        "monthlyBudgetMicros": 1_000 });
    let one = world.team(policy.clone()).await;
    // On the original, this policy would draw on the provider's own budget.
    let mut namesake = policy;
    namesake["tenantId"] = json!("provider");
    let other = world.team_called("mistral", namesake).await;
    let body =
        |team: &Team| Protocol::Chat.body("mistral/mistral-small-2603", &team.say(""), false);
    let ask = async |team: &Team| {
        refusal(world.ask(team, "/v1/chat/completions", &body(team)).await).await
    };
    assert_eq!(ask(&one).await.0, 200);
    let exhausted = (402, "provider_budget_exhausted".to_owned());
    assert_eq!(ask(&one).await, exhausted);
    assert_eq!(ask(&other).await, exhausted);
    world.events(&other, 1).await;
    assert_eq!((world.spent(&one).await, world.spent(&other).await), (60, 0));
    let listed: Value = world.admin("connections").await;
    let rows = listed["connections"].as_array().unwrap();
    let row = rows.iter().find(|row| row["providerId"] == "mistral").unwrap();
    assert_eq!((&row["spentMicros"], &row["remainingMicros"]), (&json!(60), &json!(40)), "{row}");
    world.put("connections/mistral", &json!({ "enabled": false })).await;
    assert_eq!(ask(&one).await, (503, "provider_disabled".to_owned()));
}

/// A limit that is changed counts at once.
#[tokio::test]
async fn a_budget_can_be_changed_under_way() {
    let world = World::shared();
    let policy = |limit: u64| json!({ "providers": ["openai"], "requestCostMicros": 100, "monthlyBudgetMicros": limit });
    let team = world.team(policy(200)).await;
    let url = [world.url()];
    assert_eq!(ask_at_once(&url, &team, &team.say(""), 3).await, (2, 1));
    world.put(&format!("policies/{}", team.policy), &policy(500)).await;
    assert_eq!(ask_at_once(&url, &team, &team.say(""), 9).await, (3, 6));
    world.put(&format!("policies/{}", team.policy), &policy(100)).await;
    assert_eq!(ask_at_once(&url, &team, &team.say(""), 2).await, (0, 2));
    assert_eq!(world.spent(&team).await, 500);
}

/// Whatever says what is spent says the same, and that is what refusals go by.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_command_tells_the_one_counter() {
    let world = World::shared();
    let policy = json!({ "providers": ["openai"], "requestCostMicros": 400,
        "monthlyBudgetMicros": 1_000 });
    let team = world.team(policy).await;
    assert_eq!(ask_at_once(&[world.url()], &team, &team.say(""), 3).await, (2, 1));
    world.events(&team, 3).await;
    let figures = |row: &Value| {
        [row["limitMicros"].as_u64(), row["spentMicros"].as_u64(), row["remainingMicros"].as_u64()]
    };
    let expected = [Some(1_000), Some(800), Some(200)];
    let operator = operator(&world);
    let named = ["--policy", &team.policy];
    let listed = operator.json(&[&["budget", "list"][..], &named].concat());
    assert_eq!(figures(&listed[0]), expected, "{listed}");
    let summary = operator.json(&[&["usage", "summary"][..], &named].concat());
    assert_eq!(figures(&summary["budgets"][0]), expected, "{summary}");
    assert_eq!(summary["summary"]["value"]["actualCostMicros"], 800, "{summary}");
    let key = operator.run(&["usage", "by", "key", "--policy", &team.policy, "-o", "json"]);
    let key: Value = serde_json::from_str(&key.stdout).unwrap();
    assert_eq!(key["groups"][0]["actualCostMicros"], 800, "{key}");
    for (need, code) in [("0.0002", 0), ("0.000201", 21)] {
        let words =
            [&["budget", "check", "--warn", "100%", "--need", need, "-o", "json"][..], &named];
        let run = operator.run(&words.concat());
        assert_eq!(run.code, Some(code), "{need}: {run}");
        let row: Value = serde_json::from_str(&run.stdout).unwrap();
        assert_eq!(figures(&row[0]), expected, "{need}: {run}");
    }
    let words = [&["why", "--model", "openai/gpt-4.1-mini", "-o", "json"][..], &named].concat();
    let why = operator.run(&words);
    assert_eq!(why.code, Some(40), "{why}");
    let why: Value = serde_json::from_str(&why.stdout).unwrap();
    assert_eq!(why["code"], "budget_exhausted", "{why}");
    assert_eq!(why["budgets"][0]["takenMicros"], 800, "{why}");
}

/// What is spent is no part of a desired state, so no file can set it back.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_manifest_that_is_applied_resets_no_counter() {
    let world = World::with(&[]);
    let policy = json!({ "providers": ["openai"], "requestCostMicros": 100,
        "monthlyBudgetMicros": 1_000 });
    let team = world.team(policy).await;
    assert_eq!(ask_at_once(&[world.url()], &team, &team.say(""), 7).await, (7, 0));
    let operator = operator(&world);
    let exported = operator.ok(&["export"]);
    assert!(!exported.contains("spent"), "{exported}");
    let file = operator.path("state.yaml");
    let file = file.to_str().unwrap();
    std::fs::write(file, &exported).unwrap();
    let unchanged = operator.ok(&["diff", "-f", file]);
    assert!(unchanged.contains("nothing to do"), "{unchanged}");
    let raised = exported.replace("budget: $0.001", "budget: $0.002");
    assert_ne!(raised, exported);
    std::fs::write(file, raised).unwrap();
    operator.ok(&["apply", "-f", file, "--yes"]);
    assert_eq!(world.spent(&team).await, 700);
    assert_eq!(ask_at_once(&[world.url()], &team, &team.say(""), 20).await, (13, 7));
}

/// Who administers the router from another machine.
fn operator(world: &World) -> Sandbox {
    let sandbox = Sandbox::new().with("CLAWROUTER_BASE_URL", world.url());
    sandbox.with("CLAWROUTER_ADMIN_TOKEN", ADMIN_TOKEN)
}
