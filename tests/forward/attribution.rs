//! Who asked, for what, and how it ended: one event for each request.

use serde_json::{Value, json};

use crate::protocol::Protocol;
use crate::world::{World, refusal};

const PATH: &str = "/v1/chat/completions";
const MODEL: &str = "openai/gpt-4.1-mini";

#[tokio::test]
async fn an_event_says_whose_request_it_was() {
    let world = World::shared();
    let policy = json!({ "providers": ["openai"], "tenantId": "t1" });
    for (headers, expected) in [
        (
            [
                ("x-clawrouter-session-id", "sess-1"),
                ("x-clawrouter-agent-id", "openclaw/main"),
                ("x-clawrouter-parent-agent-id", "root"),
                ("x-clawrouter-project-id", "proj"),
                ("x-clawrouter-client", "openclaw"),
                ("x-request-id", "call-42"),
                ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
            ]
            .as_slice(),
            json!({
                "session_id": "sess-1", "agent_id": "openclaw/main", "parent_agent_id": "root",
                "project_id": "proj", "client": "openclaw", "request_id": "call-42",
                "trace_id": "4bf92f3577b34da6a3ce929d0e0e4736", "span_id": "00f067aa0ba902b7",
            }),
        ),
        // As Claude Code says it.
        (
            &[
                ("x-claude-code-session-id", "cc-1"),
                ("x-claude-code-agent-id", "cc-agent"),
                ("x-claude-code-parent-agent-id", "cc-parent"),
            ],
            json!({ "session_id": "cc-1", "agent_id": "cc-agent", "parent_agent_id": "cc-parent" }),
        ),
        // As Codex says it.
        (&[("session-id", "codex-1")], json!({ "session_id": "codex-1" })),
        // The router's own names come first.
        (
            &[("session-id", "codex-1"), ("x-clawrouter-session-id", "own")],
            json!({ "session_id": "own" }),
        ),
        (
            &[("traceparent", "not-one")],
            json!({ "trace_id": null, "span_id": null, "session_id": null, "client": null }),
        ),
    ] {
        let team = world.team(policy.clone()).await;
        let request =
            world.request(&team, PATH).json(&Protocol::Chat.body(MODEL, &team.say(""), false));
        let request = headers.iter().fold(request, |request, (k, v)| request.header(*k, *v));
        let answer = request.send().await.unwrap();
        assert_eq!(answer.status(), 200);
        let id = answer.headers()["x-request-id"].to_str().unwrap().to_owned();
        let event = &world.events(&team, 1).await[0];
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(&event[name], value, "{name} in {event}");
        }
        for (name, value) in [
            ("type", json!("clawrouter.usage.v1")),
            ("request_id", json!(id)),
            ("tenant_id", json!("t1")),
            ("policy_id", json!(team.policy)),
            ("credential_id", json!(team.policy)),
            ("key_id", json!(team.policy)),
            ("auth_type", json!("proxy_key")),
            ("provider", json!("openai")),
            ("capability", json!("llm.chat")),
            ("model", json!(MODEL)),
            ("status", json!("success")),
            ("status_code", json!(200)),
            ("cost_basis", json!("manifest_pricing")),
            ("total_tokens", json!(18)),
        ] {
            assert_eq!(event[name], value, "{name} in {event}");
        }
        assert!(event["duration_ms"].is_u64(), "{event}");
    }
}

#[tokio::test]
async fn each_outcome_has_its_word_and_what_is_not_understood_has_none() {
    let world = World::shared();
    let policy = json!({ "providers": ["openai", "anthropic"] });
    let team = world.team(policy).await;
    for (number, (model, orders, word, code)) in [
        (MODEL, "", "success", 200),
        (MODEL, "status=400", "client_error", 400),
        (MODEL, "status=500", "provider_error", 500),
        (MODEL, "end=drop", "provider_error", 502),
        ("groq/gpt-oss-120b", "", "denied", 403),
    ]
    .into_iter()
    .enumerate()
    {
        let body = Protocol::Chat.body(model, &team.say(orders), false);
        let answer = world.ask(&team, PATH, &body).await;
        assert_eq!(answer.status(), code, "{orders}");
        answer.bytes().await.unwrap();
        let event = &world.events(&team, number + 1).await[number];
        assert_eq!((&event["status"], &event["status_code"]), (&json!(word), &json!(code)));
    }
    let known = world.usage(&team).await["usage"]["summary"]["requestCount"].clone();
    let asked =
        |request: reqwest::RequestBuilder| async { refusal(request.send().await.unwrap()).await.0 };
    let body = Protocol::Chat.body("nobody/knows", "", false);
    assert_eq!(asked(world.request(&team, PATH).json(&body)).await, 404);
    assert_eq!(asked(world.request(&team, PATH).body("{")).await, 400);
    let body = Protocol::Chat.body(MODEL, "", false);
    let request = world.request(&team, PATH).json(&body);
    assert_eq!(asked(request.header("x-clawrouter-session-id", "not an id")).await, 400);
    assert_eq!(world.usage(&team).await["usage"]["summary"]["requestCount"], known);
}

#[tokio::test]
async fn many_events_are_all_counted_and_can_all_be_asked_for() {
    const ASKED: usize = 130;
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let body = Protocol::Chat.body(MODEL, &team.say(""), false);
    for _ in 0..ASKED {
        assert_eq!(world.ask(&team, PATH, &body).await.status(), 200);
    }
    let usage = loop {
        let usage = world.usage(&team).await;
        if usage["usage"]["summary"]["requestCount"] == json!(ASKED) {
            break usage;
        }
        tokio::task::yield_now().await;
    };
    assert_eq!(usage["usage"]["events"].as_array().unwrap().len(), 100, "the newest hundred");
    assert_eq!(usage["usage"]["summary"]["inputTokens"], 11 * ASKED);
    let all: Value = world.admin(&format!("usage/events?policy={}", team.policy)).await;
    assert_eq!(all["events"].as_array().unwrap().len(), ASKED);
}
