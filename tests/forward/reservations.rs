//! What is set aside for a request is never less than it may cost.

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::protocol::{PROTOCOLS, Protocol};
use crate::world::{Team, World, refusal};

/// A body with members more, or others.
fn with(mut body: Value, members: &Value) -> Value {
    body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    body
}

async fn told(world: &World, team: &Team, path: &str, body: &Value) -> (u16, String, String) {
    let answer = world.ask(team, path, body).await;
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.unwrap();
    let text = |name: &str| body["error"][name].as_str().unwrap_or_default().to_owned();
    (status, text("code"), text("message"))
}

/// The upstream ignores every limit, and says as much as the model can.
#[tokio::test]
async fn a_limit_that_limits_nothing_lets_no_burst_through_a_budget() {
    const BUDGET: u64 = 100_000;
    const AT_ONCE: usize = 40;
    let world = World::shared();
    for limit in [
        json!({ "max_output_tokens": 1 }),
        json!({ "maxTokens": 1 }),
        json!({ "max_tokens": 0 }),
        json!({ "max_tokens": "1" }),
        json!({ "max_tokens": 1, "max_completion_tokens": 0 }),
        json!({ "max_tokens": 1, "Max_Tokens": 32_768 }),
        json!({ "generationConfig": { "maxOutputTokens": 1 } }),
    ] {
        let policy = json!({ "providers": ["openai"], "monthlyBudgetMicros": BUDGET });
        let team = world.team(policy).await;
        let messages =
            json!([{ "role": "user", "content": team.say("delay=200 tokens=10/32768") }]);
        let body = json!({ "model": "openai/gpt-4.1-mini", "messages": messages });
        let body = with(body, &limit);
        let mut asked = JoinSet::new();
        for _ in 0..AT_ONCE {
            let request = world.request(&team, "/v1/chat/completions").json(&body);
            asked.spawn(async move { request.send().await.unwrap().status().as_u16() });
        }
        let statuses = asked.join_all().await;
        let passed = statuses.iter().filter(|status| **status == 200).count();
        // 32 768 tokens out are 52 429 micros.
        assert_eq!(passed, 1, "{limit}: {statuses:?}");
        assert_eq!(world.upstream.seen(&team.policy).len(), 1, "{limit}");
        let events = world.events(&team, AT_ONCE).await;
        for event in events.iter().filter(|event| event["status_code"] == 200) {
            let micros = |name: &str| event[name].as_u64().unwrap();
            assert!(micros("actual_cost_micros") <= micros("reserved_cost_micros"), "{event}");
        }
        assert!(world.spent(&team).await <= BUDGET, "{limit}");
    }
}

#[tokio::test]
async fn a_limit_that_the_provider_reads_is_what_is_set_aside() {
    let world = World::shared();
    let policy = json!({ "allProviders": true, "monthlyBudgetMicros": 90_000_000 });
    for protocol in PROTOCOLS {
        let team = world.team(policy.clone()).await;
        let body = protocol.body(protocol.model(), &team.say("tokens=10/500"), false);
        let answer = world.ask(&team, &protocol.path(false), &body).await;
        assert_eq!(answer.status(), 200, "{protocol:?}");
        answer.text().await.unwrap();
        let event = &world.events(&team, 1).await[0];
        assert_eq!(event["reserved_output_tokens"], 500, "{protocol:?}: {event}");
        let micros = |name: &str| event[name].as_u64().unwrap();
        assert!(micros("actual_cost_micros") <= micros("reserved_cost_micros"), "{event}");
    }
}

/// Mistral reads a limit under one of the names that clients use.
#[tokio::test]
async fn a_limit_reaches_the_provider_under_the_name_that_it_reads() {
    let world = World::shared();
    let policy = json!({ "providers": ["mistral"], "monthlyBudgetMicros": 90_000_000 });
    let team = world.team(policy).await;
    let messages = json!([{ "role": "user", "content": team.say("") }]);
    let body = json!({ "model": "mistral/mistral-small-2603", "messages": messages,
        "max_completion_tokens": 500 });
    let answer = world.ask(&team, "/v1/chat/completions", &body).await;
    assert_eq!(answer.status(), 200);
    answer.text().await.unwrap();
    let sent = world.upstream.ended(&team.policy).await;
    let sent: Value = serde_json::from_slice(&sent.body).unwrap();
    assert_eq!((&sent["max_tokens"], &sent["max_completion_tokens"]), (&json!(500), &Value::Null));
    let event = &world.events(&team, 1).await[0];
    assert_eq!(event["reserved_output_tokens"], 500, "{event}");
}

/// As Codex sends it by default, and as it does with `web_search = "disabled"`.
#[tokio::test]
async fn a_turn_of_codex_passes_a_budget_without_its_search() {
    let world = World::shared();
    let budget = json!({ "providers": ["openai"], "monthlyBudgetMicros": 90_000_000 });
    let fixed = with(budget.clone(), &json!({ "requestCostMicros": 100 }));
    let schema = json!({ "type": "object", "properties": {} });
    let function = json!({ "type": "function", "name": "exec_command", "strict": false,
        "parameters": schema });
    let grammar = json!({ "type": "grammar", "syntax": "lark", "definition": "start: /.+/" });
    let tools = json!([
        function,
        { "type": "custom", "name": "apply_patch", "format": grammar },
        { "type": "namespace", "name": "multi_agent_v1", "tools": [function] },
        { "type": "tool_search", "execution": "client", "parameters": schema },
    ]);
    let search = json!({ "type": "web_search", "external_web_access": false });
    let turn = |team: &Team, tools: &Value| {
        let said = json!([{ "type": "input_text", "text": team.say("") }]);
        let nested = json!([{ "type": "namespace", "name": "functions", "tools": tools }]);
        json!({ "model": "openai/gpt-5.4", "stream": false, "store": false, "tools": tools,
            "tool_choice": "auto", "reasoning": { "effort": "medium" },
            "include": ["reasoning.encrypted_content"], "text": { "verbosity": "low" },
            "input": [
                { "type": "additional_tools", "role": "developer", "tools": nested },
                { "type": "reasoning", "summary": [], "encrypted_content": "eA==" },
                { "type": "custom_tool_call", "call_id": "c", "name": "apply_patch", "input": "x" },
                { "type": "custom_tool_call_output", "call_id": "c", "output": "done" },
                { "type": "message", "role": "user", "content": said },
            ] })
    };
    let mut searching = tools.clone();
    searching.as_array_mut().unwrap().push(search);
    for (policy, tools, expected) in [
        (&budget, &tools, (200, "")),
        (&budget, &searching, (400, "pricing_required")),
        (&fixed, &searching, (200, "")),
        (&json!({ "providers": ["openai"] }), &searching, (200, "")),
    ] {
        let team = world.team(policy.clone()).await;
        let body = turn(&team, tools);
        let (status, code, message) = told(&world, &team, "/v1/responses", &body).await;
        assert_eq!((status, code.as_str()), expected, "{policy} {message}");
        let event = &world.events(&team, 1).await[0];
        if status == 400 {
            assert!(message.contains("web_search = \"disabled\""), "{message}");
            assert!(world.upstream.seen(&team.policy).is_empty());
        } else if policy == &budget {
            // What a turn says is all in its body.
            assert!(event["reserved_input_tokens"].as_u64().unwrap() < 10_000, "{event}");
        }
    }
}

/// The tools of Claude Code are the client's own, but for the search that it makes by itself.
#[tokio::test]
async fn a_turn_of_claude_code_passes_a_budget() {
    let world = World::shared();
    let budget = json!({ "providers": ["anthropic"], "monthlyBudgetMicros": 90_000_000 });
    let team = world.team(budget).await;
    let schema = json!({ "type": "object", "properties": { "type": { "type": "string" } } });
    let cached = json!({ "type": "ephemeral" });
    let turn = |tools: Value| {
        let said = json!([{ "type": "text", "text": team.say(""), "cache_control": cached }]);
        let result = json!([{ "type": "text", "text": "done" }]);
        json!({ "model": "claude-haiku-4-5", "max_tokens": 64_000, "stream": false,
            "system": [{ "type": "text", "text": "You are an agent.", "cache_control": cached }],
            "tools": tools, "thinking": { "type": "adaptive" }, "output_config": { "effort": "high" },
            "context_management": { "edits": [{ "type": "clear_thinking_20251015", "keep": "all" }] },
            "messages": [
                { "role": "assistant", "content": [
                    { "type": "thinking", "thinking": "…", "signature": "eA==" },
                    { "type": "tool_use", "id": "t", "name": "Write", "input": { "type": "other" } }] },
                { "role": "user", "content": [
                    { "type": "tool_result", "tool_use_id": "t", "content": result }] },
                { "role": "user", "content": said },
                { "role": "system", "content": "Agent types: …" },
            ] })
    };
    let body = turn(json!([{ "name": "WebSearch", "input_schema": schema }]));
    let answer = told(&world, &team, "/v1/messages?beta=true", &body).await;
    assert_eq!(answer.0, 200, "{answer:?}");
    let event = &world.events(&team, 1).await[0];
    assert!(event["reserved_input_tokens"].as_u64().unwrap() < 10_000, "{event}");
    let body = turn(json!([{ "type": "web_search_20250305", "name": "web_search" }]));
    let answer = told(&world, &team, "/v1/messages?beta=true", &body).await;
    assert_eq!((answer.0, answer.1.as_str()), (400, "pricing_required"), "{answer:?}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_says_what_is_needed_and_what_is_left_and_so_does_why() {
    let world = World::shared();
    let policy = json!({ "providers": ["openai"], "monthlyBudgetMicros": 1_000_000 });
    let team = world.team(policy).await;
    let body = json!({ "model": "openai/gpt-5.6", "messages": [] });
    let (status, code, message) = told(&world, &team, "/v1/chat/completions", &body).await;
    assert_eq!((status, code.as_str()), (402, "budget_exhausted"));
    // 128 000 tokens out, and a thousand in.
    assert!(message.starts_with("this request may cost up to $3.84"), "{message}");
    let left = format!(", and $1.00 of the $1.00 monthly budget of policy {} is left", team.policy);
    assert!(message.ends_with(&left), "{message}");
    let why = |more: &[&str]| {
        let file = world.sandbox.path("body.json");
        std::fs::write(&file, body.to_string()).unwrap();
        let file = file.to_str().unwrap();
        let words = ["why", "--policy", &team.policy, "--body-file", file, "-o", "json"];
        let run = world.sandbox.run(&[&words[..], more].concat());
        assert_eq!(run.code, Some(40), "{run}");
        serde_json::from_str::<Value>(&run.stdout).unwrap()
    };
    let here = why(&[]);
    assert_eq!(here["message"], message, "{here}");
    let step = here["steps"].as_array().unwrap().iter().find(|step| step["mark"] == "refused");
    assert_eq!(step.unwrap()["detail"], message, "{here}");
}

/// Whoever holds a key is not told what a provider's budget is.
#[tokio::test]
async fn a_provider_that_has_too_little_left_says_only_what_is_needed() {
    let world = World::with(&[]);
    let of_provider = json!({ "enabled": true, "monthlyBudgetMicros": 1_234_567 });
    world.put("connections/openai", &of_provider).await;
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let body = json!({ "model": "openai/gpt-5.6", "messages": [] });
    let (status, code, message) = told(&world, &team, "/v1/chat/completions", &body).await;
    assert_eq!((status, code.as_str()), (402, "provider_budget_exhausted"));
    assert!(message.contains("may cost up to $3.84"), "{message}");
    assert!(!message.contains("1.23"), "{message}");
    let search = with(body, &json!({ "web_search_options": {} }));
    let answer = refusal(world.ask(&team, "/v1/chat/completions", &search).await).await;
    assert_eq!(answer, (400, "pricing_required".to_owned()));
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", "", false);
    let answer = refusal(world.ask(&team, "/v1/chat/completions", &body).await).await;
    assert_eq!(answer.0, 200);
}
