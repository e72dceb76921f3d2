//! `clawrouter/fusion`: several models are asked, one answers, and each is paid for by itself.

use serde_json::{Value, json};

use crate::protocol::Protocol;
use crate::world::{Team, World, collect, refusal};

const PATH: &str = "/v1/chat/completions";
const ADVISERS: [&str; 2] = ["groq/gpt-oss-120b", "mistral/mistral-small-2603"];
const AGGREGATOR: &str = "openai/gpt-4.1-mini";

/// A world of its own, since there is one configuration for all.
async fn world(members: Value) -> World {
    let world = World::with(&[]);
    let mut config =
        json!({ "enabled": true, "adviserModels": ADVISERS, "aggregatorModel": AGGREGATOR });
    config.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
    world.put("fusion", &config).await;
    world
}

async fn team(world: &World) -> Team {
    let policy = json!({ "providers": ["openai", "groq", "mistral"], "tenantId": "t1",
        "monthlyBudgetMicros": 9_000_000, "retainRequestContent": true });
    world.team(policy).await
}

fn body(team: &Team, orders: &str, stream: bool) -> Value {
    Protocol::Chat.body("clawrouter/fusion", &team.say(orders), stream)
}

fn head<'a>(answer: &'a reqwest::Response, name: &str) -> &'a str {
    answer.headers().get(name).map_or("", |value| value.to_str().unwrap())
}

/// The event of a stage; of an adviser by its place, from one.
fn event<'a>(events: &'a [Value], stage: &str, index: Option<u64>) -> &'a Value {
    let wanted = |event: &&Value| {
        event["compound_request_stage"] == stage && event["compound_request_index"] == json!(index)
    };
    events.iter().find(wanted).unwrap_or_else(|| panic!("no {stage} {index:?} in {events:?}"))
}

#[tokio::test]
async fn what_the_advisers_say_reaches_the_model_that_answers() {
    let world = world(json!({ "temperature": 0.5, "maxOutputTokens": 100 })).await;
    let team = team(&world).await;
    let mut body = body(&team, "tokens=11/7", false);
    body["tools"] = json!([{ "type": "function", "function": { "name": "look" } }]);
    let request = world.request(&team, PATH).header("x-request-id", "call-7").json(&body);
    let answer = request.header("x-clawrouter-project-id", "proj").send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert_eq!(head(&answer, "x-clawrouter-fusion"), "advisers");
    assert_eq!(head(&answer, "x-clawrouter-fusion-aggregator"), AGGREGATOR);
    assert_eq!(head(&answer, "x-clawrouter-fusion-adviser-count"), "2");
    assert_eq!(head(&answer, "x-clawrouter-fusion-failed-count"), "0");
    assert_eq!(head(&answer, "x-clawrouter-fusion-advisers"), ADVISERS.join(","));
    assert!(head(&answer, "x-clawrouter-fusion-latency-ms").parse::<u64>().is_ok());
    assert_eq!(head(&answer, "x-clawrouter-upstream-provider"), "openai");
    assert_eq!(head(&answer, "x-request-id"), "call-7");
    let said: Value = answer.json().await.unwrap();
    let words = said["choices"][0]["message"]["content"].as_str().unwrap();

    let seen = world.upstream.seen(&team.policy);
    let asked: Vec<Value> = seen.iter().map(|seen| seen.json()).collect();
    let of = |model: &str| asked.iter().find(|body| body["model"] == model).unwrap();
    assert_eq!(asked.len(), 3);
    for model in ["openai/gpt-oss-120b", "mistral-small-2603"] {
        let adviser = of(model);
        assert_eq!(adviser["max_tokens"], 100, "{adviser}");
        assert_eq!(adviser["temperature"], 0.5);
        assert_eq!(adviser["stream"], false);
        assert_eq!(adviser["messages"][1]["content"], team.say("tokens=11/7"));
        assert!(adviser.get("tools").is_none(), "{adviser}");
    }
    let asked = of("gpt-4.1-mini");
    assert_eq!(asked["tools"], body["tools"]);
    assert_eq!(asked["max_tokens"], 500);
    assert_eq!(asked["messages"][1], body["messages"][0]);
    let brief = asked["messages"][0]["content"].as_str().unwrap();
    assert_eq!(asked["messages"][0]["role"], "system");
    assert_eq!(brief.matches(words).count(), 2, "{brief}");
    assert!(ADVISERS.iter().all(|model| brief.contains(model)), "{brief}");

    let events = world.events(&team, 3).await;
    let synthesizer = event(&events, "fusion_synthesizer", None);
    let advisers = [1, 2].map(|place| event(&events, "fusion_adviser", Some(place)));
    let id = synthesizer["compound_request_id"].as_str().unwrap();
    assert!(id.starts_with("fusion_"), "{id}");
    for (event, provider, cost) in
        [(synthesizer, "openai", 16), (advisers[0], "groq", 6), (advisers[1], "mistral", 6)]
    {
        assert_eq!(event["compound_request_id"], id);
        assert_eq!(event["compound_request_size"], 3);
        assert!(event["compound_request_started_at_ms"].is_i64(), "{event}");
        assert_eq!(event["provider"], provider);
        assert_eq!(event["status"], "success");
        assert_eq!(event["actual_cost_micros"], cost, "{event}");
        assert!(event["reserved_cost_micros"].as_u64().unwrap() > cost, "{event}");
        assert_eq!(event["project_id"], "proj");
    }
    assert_eq!(synthesizer["request_id"], "call-7");
    let adviser_id = advisers[1]["request_id"].as_str().unwrap();
    assert!(adviser_id.starts_with("fusion-adviser-2_"), "{adviser_id}");
    assert_eq!(world.spent(&team).await, 28);

    // What is kept is what was sent.
    let name = synthesizer["content_ref"].as_str().unwrap();
    let kept = world.admin(&format!("content?tenant=t1&ref={name}")).await;
    assert_eq!(&kept["body"], asked);
}

#[tokio::test]
async fn a_stream_is_passed_on_as_it_comes() {
    let world = world(json!({})).await;
    let team = team(&world).await;
    let answer = world.ask(&team, PATH, &body(&team, "events=3 tokens=11/7", true)).await;
    assert_eq!(head(&answer, "x-clawrouter-fusion"), "advisers");
    assert!(head(&answer, "content-type").starts_with("text/event-stream"));
    let text = collect(answer).await.concat();
    assert!(text.ends_with("data: [DONE]\n\n"), "{text}");
    let events = world.events(&team, 3).await;
    assert_eq!(event(&events, "fusion_synthesizer", None)["actual_cost_micros"], 16);
}

#[tokio::test]
async fn an_adviser_that_fails_is_missed_by_nobody() {
    let world = world(json!({ "adviserTimeoutMs": 3_000 })).await;
    for (fault, status, recorded) in [
        ("status=500", 500, "provider_error"),
        ("end=drop", 502, "provider_error"),
        ("end=stall", 502, "timeout"),
    ] {
        let team = team(&world).await;
        let orders = format!("refuse=groq-5527 {fault} tokens=11/7");
        let answer = world.ask(&team, PATH, &body(&team, &orders, false)).await;
        assert_eq!(answer.status(), 200, "{fault}");
        assert_eq!(head(&answer, "x-clawrouter-fusion"), "advisers", "{fault}");
        assert_eq!(head(&answer, "x-clawrouter-fusion-adviser-count"), "1", "{fault}");
        assert_eq!(head(&answer, "x-clawrouter-fusion-failed-count"), "1", "{fault}");
        assert_eq!(head(&answer, "x-clawrouter-fusion-advisers"), ADVISERS[1], "{fault}");
        let events = world.events(&team, 3).await;
        let failed = event(&events, "fusion_adviser", Some(1));
        assert_eq!(failed["status"], recorded, "{fault}: {failed}");
        assert_eq!(failed["status_code"], status, "{fault}: {failed}");
        // Who was asked and did not answer may have worked; who refused has not.
        let unknown = if status == 500 { &json!(0) } else { &failed["reserved_cost_micros"] };
        assert_eq!(failed["actual_cost_micros"], *unknown, "{fault}: {failed}");
        let charged = failed["actual_cost_micros"].as_u64().unwrap();
        assert_eq!(world.spent(&team).await, 22 + charged, "{fault}");
    }
}

#[tokio::test]
async fn without_any_adviser_the_model_answers_alone() {
    let world = world(json!({})).await;
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let asked = body(&team, "", false);
    let answer = world.ask(&team, PATH, &asked).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(head(&answer, "x-clawrouter-fusion"), "aggregator-only");
    assert_eq!(head(&answer, "x-clawrouter-fusion-adviser-count"), "0");
    assert_eq!(head(&answer, "x-clawrouter-fusion-failed-count"), "2");
    assert!(answer.headers().get("x-clawrouter-fusion-advisers").is_none());
    let seen = world.upstream.seen(&team.policy);
    assert_eq!(seen.len(), 1);
    assert_eq!(seen[0].json()["messages"], asked["messages"]);
    let events = world.events(&team, 3).await;
    for place in [1, 2] {
        assert_eq!(event(&events, "fusion_adviser", Some(place))["status"], "denied");
    }
}

#[tokio::test]
async fn a_failure_of_the_model_that_answers_is_the_answer() {
    let world = world(json!({})).await;
    let team = team(&world).await;
    let orders = "refuse=openai-5527 status=429 header=retry-after:7";
    let answer = world.ask(&team, PATH, &body(&team, orders, false)).await;
    assert_eq!(answer.status(), 429);
    assert_eq!(head(&answer, "retry-after"), "7");
    assert_eq!(head(&answer, "x-clawrouter-fusion"), "advisers");
    let events = world.events(&team, 3).await;
    let synthesizer = event(&events, "fusion_synthesizer", None);
    assert_eq!(synthesizer["actual_cost_micros"], 0, "{synthesizer}");
}

#[tokio::test]
async fn what_cannot_be_answered_asks_nobody() {
    let world = world(json!({})).await;
    let all = json!(["openai", "groq", "mistral"]);
    for (policy, expected) in [
        (json!({ "providers": all, "monthlyBudgetMicros": 9_000 }), (402, "budget_exhausted")),
        (json!({ "providers": ["groq", "mistral"] }), (403, "provider_not_allowed")),
        (json!({ "providers": all, "models": ["groq/*"] }), (403, "model_not_allowed")),
    ] {
        let team = world.team(policy.clone()).await;
        let (status, code) = refusal(world.ask(&team, PATH, &body(&team, "", false)).await).await;
        assert_eq!((status, code.as_str()), expected, "{policy}");
        assert!(world.upstream.seen(&team.policy).is_empty(), "{policy}");
        let events = world.events(&team, 1).await;
        assert_eq!(events[0]["compound_request_stage"], "fusion_synthesizer");
        assert_eq!(events[0]["compound_request_size"], 1);
        assert_eq!(events[0]["actual_cost_micros"], 0);
    }
    let team = team(&world).await;
    for (path, body, expected) in [
        (
            "/v1/responses",
            json!({ "model": "clawrouter/fusion", "input": "x" }),
            "fusion_capability_unsupported",
        ),
        (PATH, json!({ "model": "clawrouter/fusion" }), "fusion_messages_invalid"),
        (
            PATH,
            json!({ "model": "clawrouter/fusion", "messages": [{}] }),
            "fusion_messages_invalid",
        ),
    ] {
        let answer = refusal(world.ask(&team, path, &body).await).await;
        assert_eq!((answer.0, answer.1.as_str()), (400, expected), "{body}");
    }
    world.put("fusion", &json!({ "enabled": false })).await;
    let off = refusal(world.ask(&team, PATH, &body(&team, "", false)).await).await;
    assert_eq!((off.0, off.1.as_str()), (404, "fusion_disabled"));
    assert_eq!(world.usage(&team).await["usage"]["events"], json!([]));
}

#[tokio::test]
async fn an_answer_without_usage_costs_what_its_request_might() {
    let world = world(json!({})).await;
    let team = team(&world).await;
    let answer = world.ask(&team, PATH, &body(&team, "usage=none", false)).await;
    answer.text().await.unwrap();
    let seen = world.upstream.seen(&team.policy);
    let sent = seen.iter().find(|seen| seen.json()["model"] == "gpt-4.1-mini").unwrap();
    // 0.4 a token in, for each byte and 1024 more; 1.6 out, for 500 of them.
    let most = u64::try_from((sent.body.len() + 1024) * 4).unwrap().div_ceil(10) + 800;
    let events = world.events(&team, 3).await;
    let synthesizer = event(&events, "fusion_synthesizer", None);
    assert_eq!(synthesizer["actual_cost_micros"], most, "{synthesizer}");
    // What was set aside first is enough for the longest proposals that there may be.
    let reserved = synthesizer["reserved_cost_micros"].as_u64().unwrap();
    assert!(reserved > most + 2 * 6_000 * 6 * 4 / 10 - 1_000, "{reserved} for {most}");
}

#[tokio::test]
async fn who_leaves_before_the_advisers_are_done_pays_for_these_alone() {
    let world = world(json!({})).await;
    let team = team(&world).await;
    let asked = body(&team, "delay=20000", false);
    let asking = tokio::spawn(world.request(&team, PATH).json(&asked).send());
    world.upstream.come(&team.policy).await;
    asking.abort();
    let events = world.events(&team, 3).await;
    let synthesizer = event(&events, "fusion_synthesizer", None);
    assert_eq!(synthesizer["status_code"], 499, "{synthesizer}");
    assert_eq!(synthesizer["actual_cost_micros"], 0, "{synthesizer}");
    let adviser = event(&events, "fusion_adviser", Some(1));
    assert_eq!(adviser["status_code"], 499, "{adviser}");
    assert!(world.upstream.seen(&team.policy).len() <= 2);
    // Nothing stays reserved.
    let paid: u64 = events.iter().map(|e| e["actual_cost_micros"].as_u64().unwrap()).sum();
    assert_eq!(world.spent(&team).await, paid);
}
