//! What is booked when: by what was reported, by what passed, and by what was set aside.

use reqwest::Response;
use serde_json::{Value, json};

use crate::protocol::{PROTOCOLS, Protocol};
use crate::upstream::Ended;
use crate::world::{Team, World};

/// Micros for a million tokens, in and out, the most that is read, and the most that is written.
pub(crate) fn prices(protocol: Protocol) -> (u64, u64, u64, u64) {
    match protocol {
        Protocol::Chat | Protocol::Responses => (400_000, 1_600_000, 1_047_576, 32_768),
        Protocol::Messages => (1_000_000, 5_000_000, 200_000, 64_000),
        Protocol::Gemini => (1_500_000, 9_000_000, 1_048_576, 65_536),
    }
}

pub(crate) fn cost(protocol: Protocol, input: u64, output: u64) -> u64 {
    let (read, written, ..) = prices(protocol);
    (input * read + output * written).div_ceil(1_000_000)
}

/// What stands in the last event of a stream.
fn last_words(protocol: Protocol) -> &'static str {
    match protocol {
        Protocol::Chat => "[DONE]",
        Protocol::Responses => "event: response.completed",
        Protocol::Messages => "event: message_stop",
        Protocol::Gemini => "\"finishReason\":\"STOP\"",
    }
}

fn micros(event: &Value, name: &str) -> u64 {
    event[name].as_u64().unwrap_or_else(|| panic!("{name}: {event}"))
}

async fn team(world: &World, budget: Option<u64>) -> Team {
    let mut policy = json!({ "allProviders": true });
    if let Some(budget) = budget {
        policy["monthlyBudgetMicros"] = json!(budget);
    }
    world.team(policy).await
}

/// Reads a stream as long as it must be read on, up to the end of an event, and leaves.
async fn read_while(answer: Response, must: impl Fn(&str) -> bool) {
    let (mut answer, mut read) = (answer, String::new());
    while must(&read) || !read.ends_with("\n\n") && !read.ends_with("\r\n\r\n") {
        let piece = answer.chunk().await.unwrap().unwrap_or_else(|| panic!("over: {read}"));
        read.push_str(str::from_utf8(&piece).unwrap());
    }
}

/// The first event of some formats knows of one token, which is no report of the rest.
#[tokio::test]
async fn a_stream_that_is_left_before_its_last_count_pays_for_what_passed() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        for orders in ["", "usage=every", "usage=none"] {
            let team = team(&world, None).await;
            // Forty pieces, of a text that ends with them, and nothing that closes it.
            let opening = match protocol {
                Protocol::Chat => 1,
                Protocol::Responses => 4,
                Protocol::Messages => 3,
                Protocol::Gemini => 0,
            };
            let after = opening + 40;
            let text = team
                .say(&format!("events=40 size=1200 tokens=50/3 end=stall after={after} {orders}"));
            let body = protocol.body(protocol.model(), &text, true);
            let answer = world.ask(&team, &protocol.path(true), &body).await;
            read_while(answer, |read| read.matches("data: ").count() < after).await;
            let event = &world.events(&team, 1).await[0];
            assert_eq!(event["output_tokens"], 300, "{protocol:?} {orders}: {event}");
            assert_eq!(event["cost_note"], "counted_as_passed", "{protocol:?} {orders}: {event}");
            let charged = micros(event, "actual_cost_micros");
            assert!(charged >= cost(protocol, 0, 300), "{protocol:?} {orders}: {event}");
        }
    }
}

/// Codex and the SDKs close once they have read the last event, before the body is over.
#[tokio::test]
async fn whoever_closes_behind_the_last_event_was_answered() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        for budget in [None, Some(9_000_000)] {
            let team = team(&world, budget).await;
            // All events are sent; the end of the body is not.
            let text = team.say("tokens=110/70 end=stall after=99");
            let body = protocol.body(protocol.model(), &text, true);
            let answer = world.ask(&team, &protocol.path(true), &body).await;
            read_while(answer, |read| !read.contains(last_words(protocol))).await;
            let event = &world.events(&team, 1).await[0];
            assert_eq!(event["status"], "success", "{protocol:?} {budget:?}: {event}");
            assert_eq!(event["status_code"], 200, "{protocol:?} {budget:?}: {event}");
            assert_eq!(event["output_tokens"], 70, "{protocol:?} {budget:?}: {event}");
            let charged = micros(event, "actual_cost_micros");
            assert_eq!(charged, cost(protocol, 110, 70), "{protocol:?} {budget:?}: {event}");
            assert_eq!(event["cost_note"], Value::Null, "{protocol:?} {budget:?}: {event}");
        }
    }
}

/// Whoever leaves early pays what the answer costs, no less and no more.
#[tokio::test]
async fn under_a_budget_an_answer_that_is_left_is_read_to_its_end() {
    let world = World::shared();
    for (protocol, stream) in PROTOCOLS.into_iter().flat_map(|p| [(p, false), (p, true)]) {
        for orders in ["delay=300", "events=9 pause=30"] {
            if !stream && orders.starts_with("events") {
                continue;
            }
            let team = team(&world, Some(9_000_000)).await;
            let text = team.say(&format!("tokens=100/400 {orders}"));
            let body = protocol.body(protocol.model(), &text, stream);
            let request = world.request(&team, &protocol.path(stream)).json(&body);
            let asked = tokio::spawn(async move {
                let mut answer = request.send().await.unwrap();
                answer.chunk().await.unwrap();
            });
            let seen = world.upstream.come(&team.policy).await;
            if orders.starts_with("delay") {
                asked.abort();
            } else {
                asked.await.unwrap();
            }
            let event = &world.events(&team, 1).await[0];
            let what = format!("{protocol:?} stream={stream} {orders}: {event}");
            assert_eq!(seen.end(), Some(Ended::Played), "{what}");
            assert_eq!(
                (&event["status"], &event["status_code"]),
                (&json!("client_error"), &json!(499))
            );
            assert_eq!(micros(event, "actual_cost_micros"), cost(protocol, 100, 400), "{what}");
            assert_eq!(event["cost_basis"], "manifest_pricing", "{what}");
            assert_eq!(world.spent(&team).await, cost(protocol, 100, 400), "{what}");
        }
    }
}

/// A provider that has a price, and has to be quick.
const HASTY: &str = "
schema: clawrouter.service-provider.v1
id: hasty
displayName: Hasty
baseUrls: { default: http://127.0.0.1:1 }
auth:
  schemes:
    - { type: bearer, header: Authorization, format: 'Bearer ${secret}', secretKind: api_key, required: false }
routing: { modelPrefixes: [hasty/] }
patience: { firstDataMs: 400, idleMs: 400, totalMs: 30000 }
endpoints:
  chat_completions:
    path: /v1/chat/completions
    requestFormat: openai.chat_completions
    responseFormat: openai.chat_completions
    streaming: sse
    timeoutMs: 400
capabilities: [{ id: llm.chat, endpoint: chat_completions }]
models:
  entries:
    - id: hasty/one
      upstream: one
      capabilities: [llm.chat]
      pricingRef: hasty-2026-01-01
      pricing:
        effectiveAt: '2026-01-01'
        source: https://example.com/prices
        inputMicrosPerMillion: 1000000
        outputMicrosPerMillion: 2000000
        maxInputTokens: 100000
        defaultMaxOutputTokens: 1000
";

#[tokio::test]
async fn what_nobody_knows_costs_what_was_set_aside() {
    let world = World::with_provider("hasty", HASTY, &["--max-in-flight", "2"]);
    let path = "/v1/chat/completions";
    for (orders, stream, leaves) in [
        // Nobody answers, or not in time.
        ("delay=60000", false, false),
        ("end=drop", false, false),
        ("end=reset", true, false),
        ("end=garbage", false, false),
        ("events=0 end=stall after=0", true, false),
        // A document breaks off, of which all was written.
        ("end=drop after=0", false, false),
        // The client has left, and there is no end of it.
        ("delay=60000", false, true),
        ("delay=60000", true, true),
        ("events=9 end=stall after=4", true, true),
        ("events=9 end=drop after=4 pause=20", true, true),
        ("events=9 end=unfinished after=4 pause=20", true, true),
        ("usage=none delay=100", false, true),
    ] {
        let team = team(&world, Some(9_000_000)).await;
        let mut body = Protocol::Chat.body("hasty/one", &team.say(orders), stream);
        body["max_tokens"] = json!(500);
        let request = world.request(&team, path).json(&body);
        let asked = tokio::spawn(async move {
            let mut answer = request.send().await?;
            if leaves { answer.chunk().await.map(drop) } else { answer.bytes().await.map(drop) }
        });
        let seen = world.upstream.come(&team.policy).await;
        if leaves && (orders.contains("delay")) {
            asked.abort();
        } else {
            let _ = asked.await;
        }
        let event = &world.events(&team, 1).await[0];
        let what = format!("{orders} stream={stream} leaves={leaves}: {event}");
        let reserved = micros(event, "reserved_cost_micros");
        assert!(reserved > 0, "{what}");
        assert_eq!(micros(event, "actual_cost_micros"), reserved, "{what}");
        assert_eq!(event["cost_basis"], "manifest_reservation", "{what}");
        assert_eq!(world.spent(&team).await, reserved, "{what}");
        assert_ne!(event["status"], "success", "{what}");
        drop(seen);
    }
    // The same figures are told where nothing counts them.
    let team = team(&world, None).await;
    let body = Protocol::Chat.body("hasty/one", &team.say("end=drop"), false);
    assert_eq!(world.ask(&team, path, &body).await.status(), 502);
    let event = &world.events(&team, 1).await[0];
    assert_eq!(event["cost_basis"], "manifest_reservation", "{event}");
    assert!(micros(event, "actual_cost_micros") > 0, "{event}");
}

#[tokio::test]
async fn whoever_leaves_takes_no_place_with_him() {
    let world = World::with(&["--max-in-flight", "1"]);
    let leaver = team(&world, Some(9_000_000)).await;
    let other = team(&world, Some(9_000_000)).await;
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", &leaver.say("delay=60000"), false);
    let request = world.request(&leaver, "/v1/chat/completions").json(&body);
    let asked = tokio::spawn(async move { request.send().await.map(drop) });
    let seen = world.upstream.come(&leaver.policy).await;
    asked.abort();
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", &other.say(""), false);
    while world.ask(&other, "/v1/chat/completions", &body).await.status() == 503 {
        tokio::task::yield_now().await;
    }
    assert_eq!(seen.end(), None, "its answer is still waited for");
    assert!(world.spent(&leaver).await > 0, "and what was set aside for it counts");
}

#[tokio::test]
async fn a_router_that_stops_settles_what_was_left() {
    let world = World::with(&[]);
    let team = team(&world, Some(9_000_000)).await;
    let text = team.say("tokens=100/400 delay=1000");
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", &text, false);
    let request = world.request(&team, "/v1/chat/completions").json(&body);
    let asked = tokio::spawn(async move { request.send().await.map(drop) });
    world.upstream.come(&team.policy).await;
    asked.abort();
    let path = world.sandbox.path("clawctl/router.db");
    // The client goes on leaving while the router stops.
    let (_sandbox, _) = tokio::task::spawn_blocking(|| world.stop()).await.unwrap();
    let database = rusqlite::Connection::open(path).unwrap();
    let sql = "SELECT actual_cost_micros, status_code FROM usage_events";
    let event: (i64, i64) =
        database.query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    let expected = i64::try_from(cost(Protocol::Chat, 100, 400)).unwrap();
    assert_eq!(event, (expected, 499));
    let sql = "SELECT sum(spent_micros), sum(reserved_micros) FROM ledgers";
    let ledger: (i64, i64) =
        database.query_row(sql, (), |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    assert_eq!(ledger, (expected, 0));
}

/// Some providers pass over the limit that a request sets.
#[tokio::test]
async fn a_stream_ends_where_its_reservation_does() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        let team = team(&world, Some(9_000_000)).await;
        let text = team.say("events=endless size=1000 pause=1");
        let body = protocol.body(protocol.model(), &text, true);
        let answer = world.ask(&team, &protocol.path(true), &body).await;
        let told = answer.text().await.unwrap();
        let last = told.trim_end().rsplit("\n\n").find(|event| !event.contains("[DONE]")).unwrap();
        let last = last.rsplit("\r\n\r\n").next().unwrap();
        assert!(last.contains("reached what was reserved"), "{protocol:?}: {last}");
        let data = last.rsplit("data: ").next().unwrap();
        assert!(serde_json::from_str::<Value>(data).is_ok(), "{protocol:?}: {data}");
        // Five hundred tokens were asked for, and no language has more than 16 bytes for each.
        let passed = told.matches("the quick brown fox").count() * 34;
        assert!((7_000..12_000).contains(&passed), "{protocol:?}: {passed}");
        assert_eq!(world.upstream.ended(&team.policy).await.end(), Some(Ended::ClientGone));
        let event = &world.events(&team, 1).await[0];
        assert_eq!(event["cost_note"], "stopped_at_reservation", "{protocol:?}: {event}");
        let reserved = micros(event, "reserved_cost_micros");
        assert_eq!(micros(event, "actual_cost_micros"), reserved, "{protocol:?}: {event}");
        assert_eq!(world.spent(&team).await, reserved, "{protocol:?}");
    }
}

#[tokio::test]
async fn a_stream_that_keeps_to_its_limit_is_not_stopped() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        let team = team(&world, Some(9_000_000)).await;
        // Fifteen bytes for each of the tokens that were asked for.
        let text = team.say("events=50 size=7500 tokens=100/500");
        let body = protocol.body(protocol.model(), &text, true);
        let told = world.ask(&team, &protocol.path(true), &body).await.text().await.unwrap();
        assert!(!told.contains("reserved"), "{protocol:?}: {told}");
        let event = &world.events(&team, 1).await[0];
        assert_eq!(event["status"], "success", "{protocol:?}: {event}");
        assert_eq!(micros(event, "actual_cost_micros"), cost(protocol, 100, 500), "{protocol:?}");
    }
}

#[tokio::test]
async fn a_report_that_cannot_be_true_is_capped_and_marked() {
    let world = World::shared();
    for (protocol, stream) in PROTOCOLS.into_iter().flat_map(|p| [(p, false), (p, true)]) {
        let team = team(&world, Some(9_000_000)).await;
        let text = team.say("tokens=9999999999999999/9999999999999999");
        let body = protocol.body(protocol.model(), &text, stream);
        world.ask(&team, &protocol.path(stream), &body).await.text().await.unwrap();
        let event = &world.events(&team, 1).await[0];
        let (.., window, output) = prices(protocol);
        let most = cost(protocol, window, output);
        assert_eq!(micros(event, "actual_cost_micros"), most, "{protocol:?} {stream}: {event}");
        assert_eq!(event["cost_note"], "report_capped", "{protocol:?} {stream}: {event}");
        assert_eq!(world.spent(&team).await, most, "{protocol:?} {stream}");
        // The mark is where an operator looks for it.
        let shown = world.admin(&format!("usage/events?policy={}", team.policy)).await;
        assert_eq!(shown["events"][0]["cost_note"], "report_capped", "{shown}");
        let listed = world.sandbox.json(&["usage", "events", "--policy", &team.policy]);
        let text = listed.to_string();
        assert!(text.contains("\"cost_note\":\"report_capped\""), "{text}");
    }
}
