//! What a provider says reaches the client as it was said, in every protocol, and is counted.

use serde_json::{Value, json};

use crate::protocol::{PROTOCOLS, Protocol};
use crate::world::{World, client, refusal};

/// 1000 tokens in, of which 300 from a cache and 100 written to one, and 200 out.
const TOKENS: &str = "tokens=1000/200/300/100";

/// What they cost, by the prices of each model.
fn micros(protocol: Protocol) -> u64 {
    match protocol {
        // 0.4 a token, 0.1 from the cache, 1.6 out; writing to the cache costs what reading does.
        Protocol::Chat | Protocol::Responses => 700 * 4 / 10 + 300 / 10 + 200 * 16 / 10,
        // 1 a token, 0.1 from the cache, 1.25 to it, 5 out.
        Protocol::Messages => 600 + 300 / 10 + 100 * 125 / 100 + 200 * 5,
        // 1.5 a token, 0.15 from the cache, 9 out; this provider reports no writing.
        Protocol::Gemini => 700 * 15 / 10 + 300 * 15 / 100 + 200 * 9,
    }
}

#[tokio::test]
async fn every_protocol_passes_byte_for_byte_and_is_counted() {
    let world = World::shared();
    for (protocol, stream, more) in PROTOCOLS.into_iter().flat_map(|protocol| {
        // Events that are cut anywhere are the same events.
        [(protocol, false, ""), (protocol, true, "events=9"), (protocol, true, "slice=7")]
    }) {
        let what = format!("{protocol:?} stream={stream} {more}");
        let provider = json!([protocol.provider()]);
        let team = world.team(json!({ "providers": provider, "monthlyBudgetMicros": 9_000_000 }));
        let team = team.await;
        let text = team.say(&format!("{TOKENS} {more}"));
        let body = protocol.body(protocol.model(), &text, stream);
        let routed = world.ask(&team, &protocol.path(stream), &body).await;
        let body = protocol.body(protocol.upstream_model(), &text, stream);
        let direct = format!("{}{}", world.upstream.url(), protocol.upstream_path(stream));
        let direct = client().post(direct).json(&body).send().await.unwrap();
        assert_eq!(routed.status(), 200, "{what}: {}", routed.text().await.unwrap());
        assert_eq!(routed.headers()["content-type"], direct.headers()["content-type"], "{what}");
        let (routed, direct) = (routed.text().await.unwrap(), direct.text().await.unwrap());
        assert_eq!(routed, direct, "{what}");
        let event = &world.events(&team, 1).await[0];
        let counted = |member: &str| event[member].as_u64();
        assert_eq!(counted("input_tokens"), Some(1000), "{what}: {event}");
        assert_eq!(counted("output_tokens"), Some(200), "{what}: {event}");
        assert_eq!(counted("cached_input_tokens"), Some(300), "{what}: {event}");
        assert_eq!(counted("actual_cost_micros"), Some(micros(protocol)), "{what}: {event}");
        assert_eq!(event["model"], protocol.model(), "{what}");
        assert_eq!((&event["status"], &event["status_code"]), (&json!("success"), &json!(200)));
        assert_eq!(world.spent(&team).await, micros(protocol), "{what}");
    }
}

#[tokio::test]
async fn odd_reports_of_usage_are_understood() {
    let world = World::shared();
    for (protocol, usage) in [
        (Protocol::Chat, "every"),
        (Protocol::Chat, "late"),
        (Protocol::Responses, "every"),
        (Protocol::Messages, "every"),
        (Protocol::Messages, "late"),
        (Protocol::Gemini, "late"),
    ] {
        let team = world.team(json!({ "allProviders": true })).await;
        let text = team.say(&format!("{TOKENS} usage={usage}"));
        let body = protocol.body(protocol.model(), &text, true);
        world.ask(&team, &protocol.path(true), &body).await.text().await.unwrap();
        let event = &world.events(&team, 1).await[0];
        assert_eq!(event["input_tokens"], 1000, "{protocol:?} {usage}: {event}");
        assert_eq!(event["output_tokens"], 200, "{protocol:?} {usage}: {event}");
        assert_eq!(event["actual_cost_micros"], micros(protocol), "{protocol:?} {usage}");
    }
}

#[tokio::test]
async fn embeddings_and_counts_of_tokens_pass() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true, "monthlyBudgetMicros": 100_000 })).await;
    let body = json!({ "model": "openai/text-embedding-3-large", "encoding_format": "base64",
        "input": team.say("tokens=1000/0") });
    let answer: Value = world.ask(&team, "/v1/embeddings", &body).await.json().await.unwrap();
    assert_eq!(answer["data"][0]["object"], "embedding", "{answer}");
    let seen = world.upstream.ended(&team.policy).await;
    assert_eq!(seen.json()["model"], "text-embedding-3-large");
    assert_eq!(seen.json()["encoding_format"], "base64");
    let event = &world.events(&team, 1).await[0];
    assert_eq!(event["actual_cost_micros"], 130, "0.13 a token: {event}");
    let body = Protocol::Messages.body("claude-haiku-4-5", &team.say("tokens=42/0"), false);
    let answer = world.ask(&team, "/v1/messages/count_tokens", &body).await;
    assert_eq!(answer.json::<Value>().await.unwrap(), json!({ "input_tokens": 42 }));
    let event = &world.events(&team, 2).await[1];
    assert_eq!(event["capability"], "llm.count_tokens");
    assert_eq!(world.spent(&team).await, 130, "counting is free");
}

#[tokio::test]
async fn a_provider_is_reached_in_its_own_way_and_through_the_envelope() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    let messages = Protocol::Messages.body("claude-haiku-4-5", &team.say("mark=native"), false);
    let native = world.ask(&team, "/v1/native/anthropic/v1/messages?beta=true", &messages).await;
    assert_eq!(native.status(), 200);
    assert_eq!(world.upstream.ended("mark=native").await.target, "/v1/messages?beta=true");
    let envelope = json!({ "body": Protocol::Chat.body("gpt-4.1-mini", "!mark=envelope", false) });
    let answer = world.ask(&team, "/v1/proxy/openai/chat_completions", &envelope).await;
    assert_eq!(answer.status(), 200, "{}", answer.text().await.unwrap());
    let seen = world.upstream.ended("mark=envelope").await;
    assert_eq!(
        (seen.target.as_str(), seen.json()["model"].as_str()),
        ("/v1/chat/completions", Some("gpt-4.1-mini"))
    );
    for path in [
        "/v1/native/replicate/v1/predictions/p1",
        "/v1/proxy/replicate/prediction?prediction_id=p1",
    ] {
        let request = client().get(format!("{}{path}", world.url())).bearer_auth(&team.key);
        let answer: Value = request.send().await.unwrap().json().await.unwrap();
        assert_eq!(answer["asked"], "/v1/predictions/p1", "{path}");
    }
    let nowhere = world.ask(&team, "/v1/native/anthropic/v1/complete", &messages).await;
    assert_eq!(refusal(nowhere).await.0, 404);
}

#[tokio::test]
async fn a_model_is_known_by_the_upstreams_name_there_and_fields_by_theirs() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let body = Protocol::Chat.body("openai/gpt-5.4", &team.say(""), false);
    assert_eq!(world.ask(&team, "/v1/chat/completions", &body).await.status(), 200);
    let sent = world.upstream.ended(&team.policy).await.json();
    assert_eq!(sent["model"], "gpt-5.4");
    assert_eq!((&sent["max_completion_tokens"], &sent["max_tokens"]), (&json!(500), &Value::Null));
    for (model, expected) in [
        (json!("gpt-4.1-mini"), (404, "model_not_found")),
        (json!("nobody/knows"), (404, "model_not_found")),
        (Value::Null, (400, "model_required")),
        (json!("openai/text-embedding-3-large"), (400, "model_capability_unsupported")),
    ] {
        let mut body = body.clone();
        body["model"] = model.clone();
        let answer = refusal(world.ask(&team, "/v1/chat/completions", &body).await).await;
        assert_eq!((answer.0, answer.1.as_str()), expected, "{model}");
    }
    assert_eq!(world.events(&team, 1).await.len(), 1, "what is not understood is not counted");
}

#[tokio::test]
async fn long_requests_and_long_answers_pass() {
    const MIB: usize = 1 << 20;
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let mut body = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say("size=20000000"), false);
    body["messages"][0]["name"] = json!("é".repeat(2 * MIB));
    let answer = world.ask(&team, "/v1/chat/completions", &body).await;
    assert_eq!(answer.status(), 200);
    assert!(answer.bytes().await.unwrap().len() > 20_000_000);
    let sent = world.upstream.ended(&team.policy).await.json();
    assert_eq!(sent["messages"], body["messages"]);
    body["messages"][0]["name"] = json!("x".repeat(8 * MIB));
    let answer = world.ask(&team, "/v1/chat/completions", &body).await;
    assert_eq!(refusal(answer).await, (413, "request_too_large".to_owned()));
}
