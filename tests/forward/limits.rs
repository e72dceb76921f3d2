//! What is not let through: other models, revoked keys, and more at once than there may be.

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::protocol::{PROTOCOLS, Protocol};
use crate::world::{World, refusal};

#[tokio::test]
async fn a_scope_of_models_holds_on_every_route() {
    let world = World::shared();
    let models = json!(["openai/gpt-4.1-mini", "anthropic/claude-haiku-*"]);
    let team = world.team(json!({ "allProviders": true, "models": models })).await;
    let chat = |model: &str| Protocol::Chat.body(model, &team.say(""), false);
    let messages = |model: &str| Protocol::Messages.body(model, &team.say(""), false);
    let wrap = |body: Value| json!({ "body": body });
    let generate = "gemini-3.5-flash:generateContent";
    for (path, body) in [
        ("/v1/chat/completions", chat("openai/gpt-5.4")),
        ("/v1/chat/completions", chat("openai/made-up")),
        ("/v1/responses", Protocol::Responses.body("openai/gpt-5.4", "", false)),
        ("/v1/embeddings", json!({ "model": "openai/text-embedding-3-large", "input": "" })),
        ("/v1/messages", messages("anthropic/claude-opus-4-8")),
        ("/v1/messages", messages("claude-opus-4-8")),
        ("/v1/messages", json!({ "max_tokens": 1, "messages": [] })),
        ("/v1/messages/count_tokens", messages("claude-opus-4-8")),
        ("/v1/native/openai/v1/chat/completions", chat("gpt-5.4")),
        ("/v1/native/anthropic/v1/messages", messages("claude-opus-4-8")),
        (
            &format!("/v1/native/google-gemini/v1beta/models/{generate}"),
            Protocol::Gemini.body("", "", false),
        ),
        ("/v1/proxy/openai/chat_completions", wrap(chat("openai/gpt-5.4"))),
        ("/v1/proxy/anthropic/messages", wrap(messages("claude-opus-4-8"))),
        (
            "/v1/proxy/google-gemini/generate_content",
            json!({ "pathParams": { "model": "gemini-3.5-flash" },
                "body": Protocol::Gemini.body("", "", false) }),
        ),
    ] {
        let answer = refusal(world.ask(&team, path, &body).await).await;
        assert_eq!(answer.0, 403, "{path} {body}: {answer:?}");
    }
    assert!(world.upstream.seen(&team.policy).is_empty());
    for (path, body) in [
        ("/v1/chat/completions", chat("openai/gpt-4.1-mini")),
        ("/v1/messages", messages("claude-haiku-4-5")),
        ("/v1/native/openai/v1/chat/completions", chat("gpt-4.1-mini")),
        ("/v1/proxy/anthropic/messages", wrap(messages("anthropic/claude-haiku-4-5"))),
    ] {
        let answer = world.ask(&team, path, &body).await;
        assert_eq!(answer.status(), 200, "{path}: {}", answer.text().await.unwrap());
    }
}

/// OpenRouter's ways to another model than the one that is named.
#[tokio::test]
async fn a_scope_of_models_holds_for_fallbacks_presets_and_plugins() {
    let world = World::with_provider("gateway", GATEWAY, &[]);
    let team = world.team(json!({ "allProviders": true, "models": ["gateway/a", "gateway/b"] }));
    let team = team.await;
    let native = "/v1/native/gateway/v1/chat/completions";
    let body = |members: Value| {
        let mut body = Protocol::Chat.body("gateway/a", &team.say(""), false);
        body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        body
    };
    for (members, status) in [
        (json!({ "models": ["a", "c"] }), 403),
        (json!({ "models": ["b", "gateway/c"] }), 403),
        (json!({ "models": "b" }), 403),
        (json!({ "MODELS": ["b"] }), 403),
        (json!({ "preset": "@preset/mine" }), 403),
        (json!({ "plugins": [{ "id": "auto-router" }] }), 403),
        (json!({ "route": "fallback" }), 403),
        (json!({ "Model": "c" }), 400),
        (json!({ "model": null }), 403),
        (json!({ "model": "gateway/c" }), 403),
    ] {
        let wrapped = json!({ "body": body(members.clone()) });
        let proxy = "/v1/proxy/gateway/chat_completions";
        for (path, body) in [(native, body(members.clone())), (proxy, wrapped)] {
            let answer = refusal(world.ask(&team, path, &body).await).await;
            assert_eq!(answer.0, status, "{path} {members}: {answer:?}");
        }
    }
    let twice = body(json!({})).to_string().replacen('{', r#"{"model":"c","#, 1);
    let answer = world.request(&team, native).body(twice).send().await.unwrap();
    assert_eq!(refusal(answer).await, (400, "invalid_request_body".to_owned()));
    assert!(world.upstream.seen(&team.policy).is_empty());
    for members in [json!({}), json!({ "models": ["b", "a"], "provider": { "sort": "price" } })] {
        let answer = world.ask(&team, native, &body(members)).await;
        assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    }
}

const GATEWAY: &str = "\
schema: clawrouter.service-provider.v1
id: gateway
displayName: Gateway
baseUrls: { default: http://127.0.0.1:1 }
auth:
  schemes:
    - { type: bearer, header: Authorization, format: 'Bearer ${secret}', secretKind: api_key, required: false }
routing: { modelPrefixes: [gateway/] }
endpoints:
  chat_completions:
    path: /v1/chat/completions
    requestFormat: openai.chat_completions
    responseFormat: openai.chat_completions
    streaming: sse
    timeoutMs: 30000
capabilities: [{ id: llm.chat, endpoint: chat_completions }]
models:
  entries:
    - { id: gateway/a, upstream: a, capabilities: [llm.chat] }
    - { id: gateway/b, upstream: b, capabilities: [llm.chat] }
";

/// Usage answers carry the newest hundred events, so none of them may be large.
#[tokio::test]
async fn nobody_fills_the_records_with_the_names_of_models() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"], "monthlyBudgetMicros": 0 })).await;
    let body = |name: &str| Protocol::Chat.body(&format!("openai/{name}"), &team.say(""), false);
    let path = "/v1/chat/completions";
    for name in [&"x".repeat(4_000_000), &"x".repeat(250), "a b", "a\tb", "a\u{2028}b"] {
        let answer = refusal(world.ask(&team, path, &body(name)).await).await;
        assert_eq!(answer, (400, "invalid_request_body".to_owned()));
        let path = format!("/v1/native/openai{path}");
        let answer = refusal(world.ask(&team, &path, &body(name)).await).await;
        assert_eq!(answer, (400, "invalid_request_body".to_owned()));
    }
    let longest = body(&"x".repeat(249));
    for _ in 0..100 {
        let id = "r".repeat(128);
        let request = world.request(&team, path).json(&longest).header("x-request-id", id);
        let request = request.header("x-clawrouter-session-id", "s".repeat(256));
        let request = request.header("x-clawrouter-agent-id", "a".repeat(256));
        assert_eq!(request.send().await.unwrap().status(), 402);
    }
    // What was refused by its name has no event.
    let events = world.events(&team, 100).await;
    let largest = events.iter().map(|event| event.to_string().len()).max().unwrap();
    assert!(largest < 4 * 1024, "{largest} bytes");
}

#[tokio::test]
async fn a_key_revoked_by_another_process_is_refused_by_the_next_request() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(""), false);
    let ask = async || refusal(world.ask(&team, "/v1/chat/completions", &body).await).await;
    let embedded = |words: &[&str]| world.sandbox.ok(words);
    for _ in 0..3 {
        assert_eq!(ask().await.0, 200);
        embedded(&["key", "revoke", &team.policy, "--yes"]);
        assert_eq!(ask().await, (403, "proxy_key_revoked".to_owned()));
        embedded(&["key", "enable", &team.policy]);
    }
    embedded(&["policy", "disable", &team.policy, "--yes"]);
    assert_eq!(ask().await, (403, "policy_revoked".to_owned()));
    embedded(&["policy", "enable", &team.policy]);
    assert_eq!(ask().await.0, 200);
    embedded(&["policy", "set", &team.policy, "--budget", "0", "--yes"]);
    assert_eq!(ask().await, (402, "budget_exhausted".to_owned()));
}

/// What has begun is finished, whatever becomes of the key meanwhile.
#[tokio::test]
async fn a_revocation_does_not_cut_a_stream_off() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        let team = world.team(json!({ "allProviders": true })).await;
        let text = team.say("events=20 pause=10");
        let body = protocol.body(protocol.model(), &text, true);
        let answer = world.ask(&team, &protocol.path(true), &body).await;
        world.sandbox.ok(&["key", "revoke", &team.policy, "--yes"]);
        let text = answer.text().await.unwrap();
        assert!(text.matches("data: ").count() >= 20, "{protocol:?}: {text}");
    }
}

#[tokio::test]
async fn beyond_its_bound_the_router_says_when_to_come_again() {
    const BOUND: usize = 4;
    let world = World::with(&["--max-in-flight", "4"]);
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let body =
        Protocol::Chat.body("openai/gpt-4.1-mini", &team.say("events=endless pause=5"), true);
    let mut streams = JoinSet::new();
    for _ in 0..BOUND {
        let mut answer = world.ask(&team, "/v1/chat/completions", &body).await;
        assert_eq!(answer.status(), 200);
        streams.spawn(async move { while let Ok(Some(_)) = answer.chunk().await {} });
    }
    let plain = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(""), false);
    let answer = world.ask(&team, "/v1/chat/completions", &plain).await;
    assert_eq!(answer.status(), 503);
    let seconds = answer.headers()["retry-after"].to_str().unwrap().parse::<u32>();
    assert!(seconds.is_ok(), "{seconds:?}");
    assert!(answer.json::<Value>().await.unwrap()["error"]["code"].is_string());
    let health = crate::world::client().get(format!("{}/v1/health", world.url()));
    assert_eq!(health.send().await.unwrap().status(), 200, "what is not passed on is answered");
    streams.shutdown().await;
    // The slots are free as soon as the router has noticed.
    while world.ask(&team, "/v1/chat/completions", &plain).await.status() == 503 {
        tokio::task::yield_now().await;
    }
    world.events(&team, BOUND + 1).await;
}
