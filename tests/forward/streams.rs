//! Streams: piece by piece, at the client's pace, and no longer than it listens.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use crate::protocol::{PROTOCOLS, Protocol};
use crate::upstream::Ended;
use crate::world::{World, client, collect};

/// How many pieces a stream has here; were each delayed by 40 ms, it would take two seconds.
const PIECES: usize = 50;

#[tokio::test]
async fn pieces_are_passed_on_one_by_one_and_without_a_stall() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        let team = world.team(json!({ "providers": [protocol.provider()] })).await;
        let text = team.say(&format!("events={PIECES} pause=1"));
        let body = protocol.body(protocol.upstream_model(), &text, true);
        let direct = format!("{}{}", world.upstream.url(), protocol.upstream_path(true));
        let started = Instant::now();
        collect(client().post(direct).json(&body).send().await.unwrap()).await;
        let direct = started.elapsed();
        let body = protocol.body(protocol.model(), &text, true);
        let started = Instant::now();
        let pieces = collect(world.ask(&team, &protocol.path(true), &body).await).await;
        let routed = started.elapsed();
        assert!(pieces.len() >= PIECES, "{protocol:?}: {} pieces", pieces.len());
        let stalled = Duration::from_millis(40) * u32::try_from(PIECES).unwrap() / 2;
        assert!(routed < direct + stalled, "{protocol:?}: {routed:?}, directly {direct:?}");
    }
}

#[tokio::test]
async fn a_piece_does_not_wait_for_the_next() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        let team = world.team(json!({ "providers": [protocol.provider()] })).await;
        let text = team.say("after=4 end=stall events=9");
        let body = protocol.body(protocol.model(), &text, true);
        let mut answer = world.ask(&team, &protocol.path(true), &body).await;
        let mut events = 0;
        while events < 4 {
            let piece = answer.chunk().await.unwrap().unwrap();
            events += String::from_utf8(piece.to_vec()).unwrap().matches("data: ").count();
        }
        assert_eq!(world.upstream.come(&team.policy).await.end(), None, "it is still at it");
    }
}

/// Where no money is set aside for its tokens, there is nothing to learn from the rest.
#[tokio::test]
async fn a_client_that_goes_ends_the_call_and_is_counted() {
    let world = World::shared();
    let unlimited = json!({ "allProviders": true });
    let fixed = json!({ "allProviders": true, "requestCostMicros": 250,
        "monthlyBudgetMicros": 9_000_000 });
    for (protocol, policy) in PROTOCOLS.into_iter().flat_map(|p| [(p, &unlimited), (p, &fixed)]) {
        for orders in ["events=endless pause=1", "events=9 after=4 end=stall", "delay=60000"] {
            let team = world.team(policy.clone()).await;
            let body = protocol.body(protocol.model(), &team.say(orders), true);
            let request = world.request(&team, &protocol.path(true)).json(&body);
            let asked = tokio::spawn(async move {
                let mut answer = request.send().await.unwrap();
                answer.chunk().await.unwrap();
                std::future::pending::<()>().await;
            });
            let seen = world.upstream.come(&team.policy).await;
            if !orders.starts_with("delay") {
                while seen.events() < 4 {
                    tokio::time::sleep(Duration::from_millis(2)).await;
                }
            }
            asked.abort();
            let seen = world.upstream.ended(&team.policy).await;
            assert_eq!(seen.end(), Some(Ended::ClientGone), "{protocol:?} {orders}");
            let event = &world.events(&team, 1).await[0];
            assert_eq!(event["model"], protocol.model(), "{event}");
            assert_eq!(event["status_code"], 499, "{event}");
            let charged = event["actual_cost_micros"].as_u64().unwrap();
            if *policy == fixed {
                assert_eq!(charged, 250, "{protocol:?} {orders}: {event}");
                assert_eq!(world.spent(&team).await, 250, "{protocol:?} {orders}");
            } else {
                assert!(charged > 0, "{protocol:?} {orders}: {event}");
            }
        }
    }
}

#[tokio::test]
async fn usage_is_asked_for_and_kept_from_whom_did_not_ask() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let mut body = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say("events=9"), true);
    let asked_for = collect(world.ask(&team, "/v1/chat/completions", &body).await).await.concat();
    for options in [None, Some(json!({})), Some(json!({ "include_usage": false }))] {
        body.as_object_mut().unwrap().remove("stream_options");
        if let Some(options) = &options {
            body["stream_options"] = options.clone();
        }
        for slice in ["events=9", "events=9 slice=5"] {
            body["messages"][0]["content"] = json!(team.say(slice));
            let answer = world.ask(&team, "/v1/chat/completions", &body).await;
            let withheld = collect(answer).await.concat();
            let events = |text: &str| -> Vec<Value> {
                let data = text.split("\n\n").filter_map(|event| event.strip_prefix("data: "));
                data.filter_map(|data| serde_json::from_str(data).ok()).collect()
            };
            assert_eq!(events(&asked_for).len(), events(&withheld).len() + 1, "{withheld}");
            for event in events(&withheld) {
                assert_ne!(event["choices"], json!([]), "{event}");
                assert!(event["usage"].is_null(), "{event}");
            }
            assert!(withheld.ends_with("data: [DONE]\n\n"), "{withheld}");
        }
    }
    for seen in world.upstream.seen(&team.policy) {
        assert_eq!(seen.json()["stream_options"]["include_usage"], true);
    }
    for event in world.events(&team, 7).await {
        assert_eq!((&event["input_tokens"], &event["output_tokens"]), (&json!(11), &json!(7)));
    }
}

/// What a client does not read is not fetched either, beyond what some buffers hold.
#[tokio::test]
async fn a_slow_client_slows_the_provider_down() {
    const PIECE: usize = 1 << 16;
    const BUFFERED_MAX: usize = 48 << 20;
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let text = team.say(&format!("events=endless size={PIECE}"));
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", &text, true);
    let _unread = world.ask(&team, "/v1/chat/completions", &body).await;
    let seen = world.upstream.come(&team.policy).await;
    let mut sent = usize::MAX;
    while sent != seen.events() {
        sent = seen.events();
        assert!(sent * PIECE < BUFFERED_MAX, "{sent} pieces and no end");
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    assert_eq!(seen.end(), None);
}

#[tokio::test]
async fn a_stream_that_stops_without_its_end_is_passed_on_and_counted() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        let budget = json!({ "allProviders": true, "monthlyBudgetMicros": 9_000_000 });
        let team = world.team(budget).await;
        let body = protocol.body(protocol.model(), &team.say("end=unfinished after=4"), true);
        let answer = world.ask(&team, &protocol.path(true), &body).await;
        assert_eq!(answer.status(), 200);
        // Whether this is an end or a failure is for the client to judge: it has all there is.
        let _ = answer.text().await;
        let event = &world.events(&team, 1).await[0];
        let charged = event["actual_cost_micros"].as_u64().unwrap();
        assert!(charged > 0, "{protocol:?}: {event}");
        assert_eq!(world.spent(&team).await, charged);
    }
}
