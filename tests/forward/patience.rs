//! Nobody is waited for without end: no provider that is silent, and no client that is deaf.

use serde_json::{Value, json};
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::upstream::Ended;
use crate::world::{Team, World, refusal};

/// A provider that has to be quick.
const HASTY: &str = "
schema: clawrouter.service-provider.v1
id: hasty
displayName: Hasty
baseUrls: { default: http://127.0.0.1:1 }
auth:
  schemes:
    - { type: bearer, header: Authorization, format: 'Bearer ${secret}', secretKind: api_key, required: false }
routing: { modelPrefixes: [hasty/] }
patience: { firstDataMs: 400, idleMs: 400, totalMs: 1500 }
endpoints:
  chat_completions:
    path: /v1/chat/completions
    requestFormat: openai.chat_completions
    responseFormat: openai.chat_completions
    streaming: sse
    timeoutMs: 400
capabilities: [{ id: llm.chat, endpoint: chat_completions }]
models: { entries: [{ id: hasty/one, upstream: one, capabilities: [llm.chat] }] }
";

const PATH: &str = "/v1/chat/completions";

fn body(team: &Team, orders: &str, stream: bool) -> Value {
    let text = team.say(orders);
    json!({ "model": "hasty/one", "stream": stream,
        "messages": [{ "role": "user", "content": text }] })
}

#[tokio::test]
async fn a_provider_is_waited_for_as_long_as_its_manifest_says() {
    let world = World::with_provider("hasty", HASTY, &[]);
    let policy = json!({ "providers": ["hasty"], "requestCostMicros": 5,
        "monthlyBudgetMicros": 1_000 });
    // Before anything is said, it is an error; after that, the stream breaks off.
    for (orders, stream, status) in [
        ("delay=60000", false, 502),
        ("events=0 end=stall after=0", true, 502),
        ("events=3 end=stall after=2", true, 200),
        ("events=endless pause=50", true, 200),
    ] {
        let team = world.team(policy.clone()).await;
        let answer = world.ask(&team, PATH, &body(&team, orders, stream)).await;
        assert_eq!(answer.status(), status, "{orders}");
        if status == 200 {
            assert!(answer.text().await.is_err(), "{orders}: it has no good end");
        } else {
            assert_eq!(refusal(answer).await.1, "provider_unavailable", "{orders}");
        }
        let event = &world.events(&team, 1).await[0];
        assert_eq!(event["status"], "timeout", "{orders}: {event}");
    }
}

#[tokio::test]
async fn a_client_that_reads_nothing_loses_its_place() {
    let world =
        World::with_provider("hasty", &HASTY.replace("1500", "600000"), &["--max-in-flight", "1"]);
    let team = world.team(json!({ "providers": ["hasty"] })).await;
    let address = world.url().trim_start_matches("http://");
    let mut deaf = TcpStream::connect(address).await.unwrap();
    let asked = body(&team, "events=endless size=400000", true).to_string();
    let head = format!(
        "POST {PATH} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer {}\r\n\
         content-length: {}\r\n\r\n",
        team.key,
        asked.len()
    );
    deaf.write_all(format!("{head}{asked}").as_bytes()).await.unwrap();
    let ended = world.upstream.ended(&team.policy).await.end();
    assert_eq!(ended, Some(Ended::ClientGone));
    let event = &world.events(&team, 1).await[0];
    assert_eq!((&event["status"], &event["status_code"]), (&json!("client_error"), &json!(499)));
    let answer = world.ask(&team, PATH, &body(&team, "", false)).await;
    assert_eq!(answer.status(), 200, "the one place is free again");
}
