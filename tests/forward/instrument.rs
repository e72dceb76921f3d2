//! The upstream itself, asked directly: what the other tests measure with has to be right first.

use serde_json::{Value, json};

use crate::upstream::{Ended, Upstream};
use crate::world::{client, collect};

fn chat(text: &str, stream: bool) -> Value {
    json!({ "model": "m", "stream": stream, "stream_options": { "include_usage": true },
        "messages": [{ "role": "user", "content": text }] })
}

async fn ask(upstream: &Upstream, path: &str, body: &Value) -> reqwest::Result<reqwest::Response> {
    client().post(format!("{}{path}", upstream.url())).json(body).send().await
}

#[tokio::test]
async fn it_answers_in_every_protocol() {
    let upstream = Upstream::start().unwrap();
    let body = json!({ "model": "m", "input": "!tokens=20/5/4/3" });
    let gemini = "/v1beta/models/g:generateContent";
    for (path, pointer, tokens) in [
        ("/v1/chat/completions", "/usage/prompt_tokens", 20),
        ("/v1/responses", "/usage/input_tokens", 20),
        ("/v1/embeddings", "/usage/prompt_tokens", 20),
        ("/v1/messages", "/usage/input_tokens", 13),
        ("/v1/messages/count_tokens", "/input_tokens", 20),
        (gemini, "/usageMetadata/promptTokenCount", 20),
    ] {
        let answer = ask(&upstream, path, &body).await.unwrap();
        assert_eq!(answer.status(), 200, "{path}");
        let answer: Value = answer.json().await.unwrap();
        assert_eq!(answer.pointer(pointer), Some(&json!(tokens)), "{path}: {answer}");
    }
}

#[tokio::test]
async fn it_streams_in_every_protocol() {
    let upstream = Upstream::start().unwrap();
    let gemini = "/v1beta/models/g:streamGenerateContent?alt=sse";
    for (path, events, last) in [
        ("/v1/chat/completions", 5 + 3, "data: [DONE]\n\n"),
        ("/v1/responses", 5 + 8, "\n\n"),
        ("/v1/messages", 5 + 6, "data: {\"type\":\"message_stop\"}\n\n"),
        (gemini, 5 + 1, "\r\n\r\n"),
    ] {
        let answer = ask(&upstream, path, &chat("!events=5", true)).await.unwrap();
        let chunks = collect(answer).await;
        let text = chunks.concat();
        let said = text.split("data: ").count() - 1;
        assert!(text.ends_with(last), "{path}: {text}");
        let expected = if path.ends_with("completions") { events + 1 } else { events };
        assert_eq!(said, expected, "{path}: {text}");
    }
}

#[tokio::test]
async fn it_fails_as_it_is_told() {
    let upstream = Upstream::start().unwrap();
    let path = "/v1/chat/completions";
    let order = |text: &str| chat(text, false);
    let limited = order("!status=429 header=retry-after:7 body=html");
    let limited = ask(&upstream, path, &limited).await.unwrap();
    assert_eq!(
        (limited.status().as_u16(), &limited.headers()["retry-after"]),
        (429, &"7".parse().unwrap())
    );
    assert!(limited.text().await.unwrap().starts_with("<html>"));
    for end in ["drop", "reset", "garbage"] {
        let failed = ask(&upstream, path, &order(&format!("!end={end}"))).await;
        assert!(failed.is_err(), "{end}: {failed:?}");
        let halved = ask(&upstream, path, &order(&format!("!end={end} after=0"))).await.unwrap();
        assert!(halved.bytes().await.is_err(), "{end}");
    }
    let misspelt = ask(&upstream, path, &order("!stauts=429")).await.unwrap();
    assert_eq!(misspelt.status(), 418);
}

#[tokio::test]
async fn it_refuses_only_whom_it_should() {
    let upstream = Upstream::start().unwrap();
    let body = chat("!refuse=bad status=401", false);
    for (credential, status) in [("Bearer key-bad", 401), ("Bearer key-good", 200)] {
        let request = client().post(format!("{}/v1/chat/completions", upstream.url()));
        let answer = request.header("authorization", credential).json(&body).send().await.unwrap();
        assert_eq!(answer.status(), status, "{credential}");
    }
}

#[tokio::test]
async fn it_knows_what_came_and_who_went_away() {
    let upstream = Upstream::start().unwrap();
    let path = "/v1/chat/completions";
    ask(&upstream, path, &chat("!mark=whole", false)).await.unwrap().text().await.unwrap();
    let seen = upstream.ended("mark=whole").await;
    assert_eq!((seen.method.as_str(), seen.target.as_str()), ("POST", path));
    assert_eq!(seen.header("Content-Type"), Some("application/json"));
    assert_eq!(seen.json()["model"], "m");
    assert_eq!(seen.end(), Some(Ended::Played));
    for orders in ["events=endless pause=1", "end=stall after=2", "events=9 pause=60000"] {
        let orders = format!("!mark=gone {orders}");
        let mut answer = ask(&upstream, path, &chat(&orders, true)).await.unwrap();
        if !orders.contains("60000") {
            assert!(answer.chunk().await.unwrap().is_some());
        }
        drop(answer);
        let seen = upstream.ended(&orders).await;
        assert_eq!(seen.end(), Some(Ended::ClientGone), "{orders}");
    }
    assert_eq!(upstream.seen("mark=gone").len(), 3);
}

#[tokio::test]
async fn it_sends_its_events_in_any_pieces() {
    let upstream = Upstream::start().unwrap();
    let path = "/v1/messages";
    let whole = ask(&upstream, path, &chat("!events=4", true)).await.unwrap().text().await;
    let sliced = ask(&upstream, path, &chat("!events=4 slice=7", true)).await.unwrap();
    let pieces = collect(sliced).await;
    assert!(pieces.iter().all(|piece| piece.len() <= 7), "{pieces:?}");
    assert_eq!(pieces.concat(), whole.unwrap());
}
