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
