//! A client library that others wrote, pointed at the router and told nothing about it.

use async_openai::Client;
use async_openai::config::OpenAIConfig;
use async_openai::error::OpenAIError;
use async_openai::types::chat::CreateChatCompletionRequest;
use async_openai::types::responses::{CreateResponse, ResponseStreamEvent};
use futures_util::StreamExt as _;
use serde_json::json;

use crate::protocol::Protocol;
use crate::upstream::Ended;
use crate::world::{Team, World, client};

const MODEL: &str = "openai/gpt-4.1-mini";

fn openai(world: &World, key: &str) -> Client<OpenAIConfig> {
    let base = format!("{}/v1", world.url());
    let config = OpenAIConfig::new().with_api_base(base).with_api_key(key);
    Client::with_config(config).with_http_client(client())
}

/// What it asks for, as anyone would write it: no usage is asked for.
fn chat(team: &Team, orders: &str) -> CreateChatCompletionRequest {
    let messages = json!([{ "role": "user", "content": team.say(orders) }]);
    serde_json::from_value(json!({ "model": MODEL, "messages": messages })).unwrap()
}

#[tokio::test]
async fn it_chats() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let openai = openai(&world, &team.key);
    let answer = openai.chat().create(chat(&team, "size=20")).await.unwrap();
    assert_eq!(answer.choices[0].message.content.as_deref(), Some("the quick brown fox "));
    assert_eq!(answer.usage.unwrap().total_tokens, 18);
    let mut stream = openai.chat().create_stream(chat(&team, "events=9 size=90")).await.unwrap();
    let mut text = String::new();
    while let Some(chunk) = stream.next().await {
        for choice in chunk.unwrap().choices {
            text.push_str(choice.delta.content.as_deref().unwrap_or_default());
        }
    }
    assert_eq!(text.len(), 90, "{text}");
    for event in world.events(&team, 2).await {
        assert_eq!(event["total_tokens"], 18, "{event}");
    }
}

#[tokio::test]
async fn it_leaves_a_stream() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let request = chat(&team, "events=endless pause=1");
    let mut stream = openai(&world, &team.key).chat().create_stream(request).await.unwrap();
    for _ in 0..5 {
        stream.next().await.unwrap().unwrap();
    }
    drop(stream);
    assert_eq!(world.upstream.ended(&team.policy).await.end(), Some(Ended::ClientGone));
    world.events(&team, 1).await;
}

#[tokio::test]
async fn it_asks_for_responses() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let openai = openai(&world, &team.key);
    let request = |orders: &str, streams: bool| -> CreateResponse {
        let body = Protocol::Responses.body(MODEL, &team.say(orders), streams);
        serde_json::from_value(body).unwrap()
    };
    let answer = openai.responses().create(request("size=20", false)).await.unwrap();
    assert_eq!(answer.output_text().as_deref(), Some("the quick brown fox "));
    let mut stream = openai.responses().create_stream(request("events=9", true)).await.unwrap();
    let (mut pieces, mut used) = (0, None);
    while let Some(event) = stream.next().await {
        match event.unwrap() {
            ResponseStreamEvent::ResponseOutputTextDelta(_) => pieces += 1,
            ResponseStreamEvent::ResponseCompleted(end) => used = end.response.usage,
            _ => {}
        }
    }
    assert_eq!(pieces, 9);
    assert_eq!(used.unwrap().total_tokens, 18);
    world.events(&team, 2).await;
}

#[tokio::test]
async fn it_embeds() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let request = json!({ "model": "openai/text-embedding-3-large", "input": team.say("") });
    let request = serde_json::from_value(request).unwrap();
    let answer = openai(&world, &team.key).embeddings().create(request).await.unwrap();
    assert_eq!(answer.data[0].embedding, [0.25, -0.5, 0.125]);
    assert_eq!(world.events(&team, 1).await[0]["input_tokens"], 11);
}

#[tokio::test]
async fn it_understands_refusals() {
    let world = World::shared();
    let spent = json!({ "providers": ["openai"], "monthlyBudgetMicros": 0 });
    let team = world.team(spent).await;
    for (key, status, code) in [
        (team.key.as_str(), 402, "budget_exhausted"),
        ("clawrouter-live-nobody-12345678", 401, "unknown_proxy_key"),
    ] {
        let refused = openai(&world, key).chat().create(chat(&team, "")).await;
        let Err(OpenAIError::ApiError(error)) = refused else { panic!("{refused:?}") };
        assert_eq!(error.status_code.as_u16(), status);
        assert_eq!(error.api_error.code.as_deref(), Some(code));
    }
    let refused = openai(&world, &team.key).chat().create_stream(chat(&team, "")).await;
    assert!(refused.is_err(), "also where a stream was asked for");
}
