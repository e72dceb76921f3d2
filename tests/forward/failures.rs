//! What a client is told when a provider fails, before the first byte and after it.

use serde_json::{Value, json};

use crate::protocol::{PROTOCOLS, Protocol};
use crate::world::{World, client, collect};

#[tokio::test]
async fn a_failure_passes_as_it_is_where_no_stream_was_asked_for() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true, "monthlyBudgetMicros": 100_000 })).await;
    let mut asked = 0;
    for protocol in PROTOCOLS {
        for orders in [
            "status=400",
            "status=401",
            "status=429 header=retry-after:7",
            "status=500 body=html",
            "status=502 body=empty",
            "status=429 body=string",
            "status=529",
        ] {
            asked += 1;
            let text = team.say(orders);
            let body = protocol.body(protocol.model(), &text, false);
            let routed = world.ask(&team, &protocol.path(false), &body).await;
            let body = protocol.body(protocol.upstream_model(), &text, false);
            let direct = format!("{}{}", world.upstream.url(), protocol.upstream_path(false));
            let direct = client().post(direct).json(&body).send().await.unwrap();
            assert_eq!(routed.status(), direct.status(), "{protocol:?} {orders}");
            for name in ["content-type", "retry-after"] {
                assert_eq!(routed.headers().get(name), direct.headers().get(name), "{orders}");
            }
            assert_eq!(routed.text().await.unwrap(), direct.text().await.unwrap(), "{orders}");
        }
    }
    for event in world.events(&team, asked).await {
        assert_ne!(event["status"], "success", "{event}");
        assert_eq!(event["actual_cost_micros"], 0, "{event}");
    }
    assert_eq!(world.spent(&team).await, 0, "all of it was given back");
}

#[tokio::test]
async fn a_failed_stream_is_an_error_of_one_shape() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    let message = json!("the upstream was told to fail");
    for (protocol, orders, status, expected) in [
        (Protocol::Chat, "status=429", 429, json!([message, "server_error", "told_to_fail"])),
        (Protocol::Responses, "status=500", 500, json!([message, "server_error", "told_to_fail"])),
        (Protocol::Messages, "status=529", 529, json!([message, "overloaded_error", 529])),
        (Protocol::Gemini, "status=429", 429, json!([message, "upstream_error", 429])),
        (Protocol::Chat, "status=502 body=html", 502, json!([null, "upstream_error", 502])),
        (Protocol::Chat, "status=503 body=empty", 503, json!([null, "upstream_error", 503])),
        (
            Protocol::Messages,
            "status=429 body=string",
            429,
            json!(["the pool says no", "upstream_error", 429]),
        ),
    ] {
        let body = protocol.body(protocol.model(), &team.say(orders), true);
        let answer = world.ask(&team, &protocol.path(true), &body).await;
        assert_eq!(answer.status(), status, "{protocol:?} {orders}");
        let body: Value = answer.json().await.unwrap();
        let error = body["error"].as_object().unwrap_or_else(|| panic!("{orders}: {body}"));
        assert!(error["message"].as_str().is_some_and(|text| !text.is_empty()), "{body}");
        if !expected[0].is_null() {
            assert_eq!(error["message"], expected[0], "{protocol:?} {orders}: {body}");
        }
        assert_eq!((&error["type"], &error["code"]), (&expected[1], &expected[2]), "{body}");
    }
}

#[tokio::test]
async fn an_error_as_the_first_event_is_an_error_of_http() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true, "monthlyBudgetMicros": 100_000 })).await;
    for (protocol, code, status) in [
        (Protocol::Chat, "", 502),
        (Protocol::Chat, "code=429", 429),
        (Protocol::Chat, "code=200", 502),
        (Protocol::Responses, "", 502),
        (Protocol::Messages, "", 502),
        (Protocol::Gemini, "code=503", 503),
        // Even if it comes byte by byte.
        (Protocol::Chat, "code=429 slice=1", 429),
    ] {
        let text = team.say(&format!("end=error after=0 {code}"));
        let body = protocol.body(protocol.model(), &text, true);
        let answer = world.ask(&team, &protocol.path(true), &body).await;
        assert_eq!(answer.status(), status, "{protocol:?} {code}");
        assert!(answer.json::<Value>().await.unwrap()["error"].is_object(), "{protocol:?} {code}");
    }
    world.events(&team, 7).await;
    assert_eq!(world.spent(&team).await, 0, "all of it was given back");
}

#[tokio::test]
async fn an_error_on_the_way_passes_as_it_is() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    for protocol in PROTOCOLS {
        let text = team.say("end=error after=3");
        let body = protocol.body(protocol.model(), &text, true);
        let routed = world.ask(&team, &protocol.path(true), &body).await;
        assert_eq!(routed.status(), 200);
        let body = protocol.body(protocol.upstream_model(), &text, true);
        let direct = format!("{}{}", world.upstream.url(), protocol.upstream_path(true));
        let direct = client().post(direct).json(&body).send().await.unwrap();
        assert_eq!(collect(routed).await.concat(), direct.text().await.unwrap(), "{protocol:?}");
    }
    world.events(&team, PROTOCOLS.len()).await;
}

#[tokio::test]
async fn a_provider_that_says_nothing_is_unavailable() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true, "monthlyBudgetMicros": 100_000 })).await;
    let mut asked = 0;
    for stream in [false, true] {
        for protocol in PROTOCOLS {
            for end in ["drop", "reset", "garbage"] {
                asked += 1;
                let text = team.say(&format!("end={end}"));
                let body = protocol.body(protocol.model(), &text, stream);
                let answer = world.ask(&team, &protocol.path(stream), &body).await;
                assert_eq!(answer.status(), 502, "{protocol:?} {end} {stream}");
                let body: Value = answer.json().await.unwrap();
                assert_eq!(body["error"]["code"], "provider_unavailable", "{body}");
            }
        }
    }
    let mut reserved = 0;
    for event in world.events(&team, asked).await {
        assert_eq!(event["status"], "provider_error", "{event}");
        // It has the request, and may have worked.
        assert_eq!(event["actual_cost_micros"], event["reserved_cost_micros"], "{event}");
        assert_eq!(event["cost_basis"], "manifest_reservation", "{event}");
        reserved += event["reserved_cost_micros"].as_u64().unwrap();
    }
    assert_eq!(world.spent(&team).await, reserved);
}

#[tokio::test]
async fn a_provider_that_is_not_there_is_unavailable() {
    let world = World::with(&[]);
    let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let other = format!("deepseek=http://{closed}");
    let elsewhere = crate::harness::Sandbox::new()
        .with("DEEPSEEK_API_KEY", "upstream-canary")
        .with("CLAWCTL_HOME", &world.sandbox.path("clawctl").display().to_string());
    let second = elsewhere.serve_with(&["--upstream", &other]);
    let team = world.team(json!({ "allProviders": true, "monthlyBudgetMicros": 100_000 })).await;
    let body = Protocol::Chat.body("deepseek/deepseek-v4-pro", &team.say(""), false);
    let url = format!("{}/v1/chat/completions", second.url);
    let answer = client().post(url).bearer_auth(&team.key).json(&body).send().await.unwrap();
    assert_eq!(answer.status(), 502);
    let body: Value = answer.json().await.unwrap();
    assert_eq!(body["error"]["code"], "provider_unavailable", "{body}");
    world.events(&team, 1).await;
    assert_eq!(world.spent(&team).await, 0);
}

/// Who counts on the end of an answer must not take a part of it for the whole.
#[tokio::test]
async fn an_answer_that_breaks_off_breaks_off_for_the_client() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    for (protocol, stream) in PROTOCOLS.into_iter().flat_map(|p| [(p, false), (p, true)]) {
        for end in ["drop", "reset", "garbage"] {
            let orders = if stream { "after=2 events=50" } else { "after=0" };
            let text = team.say(&format!("end={end} {orders}"));
            let body = protocol.body(protocol.model(), &text, stream);
            let request = world.request(&team, &protocol.path(stream)).json(&body);
            // The head may or may not have been sent on by then.
            let whole = match request.send().await {
                Ok(answer) if answer.status() == 502 => continue,
                Ok(answer) => answer.bytes().await,
                Err(error) => Err(error),
            };
            assert!(whole.is_err(), "{protocol:?} {stream} {end}: {whole:?}");
        }
    }
    world.events(&team, PROTOCOLS.len() * 2 * 3).await;
}

#[tokio::test]
async fn a_head_without_a_word_behind_it_is_no_answer() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true, "monthlyBudgetMicros": 100_000 })).await;
    for protocol in PROTOCOLS {
        let text = team.say("end=drop after=0 events=0");
        let body = protocol.body(protocol.model(), &text, false);
        let answer = world.ask(&team, &protocol.path(false), &body).await;
        assert_eq!(answer.status(), 502, "{protocol:?}");
        let body: Value = answer.json().await.unwrap();
        assert_eq!(body["error"]["code"], "provider_unavailable", "{protocol:?}: {body}");
    }
    // The provider has begun to answer, and had written all of it by then.
    for event in world.events(&team, PROTOCOLS.len()).await {
        assert_eq!(
            (&event["status"], &event["status_code"]),
            (&json!("provider_error"), &json!(502))
        );
        let [charged, reserved] = ["actual_cost_micros", "reserved_cost_micros"]
            .map(|name| event[name].as_u64().unwrap());
        assert!(0 < charged && charged == reserved, "{event}");
        assert_eq!(event["cost_basis"], "manifest_reservation", "{event}");
    }
}
