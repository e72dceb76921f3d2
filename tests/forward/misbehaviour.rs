//! Providers that send clients elsewhere, say secrets back, or speak to browsers and proxies.

use serde_json::{Value, json};

use crate::protocol::{PROTOCOLS, Protocol};
use crate::upstream::Upstream;
use crate::world::{PATIENCE, Team, World, client, upstream_secret};

/// A client that does what most do with a redirect: it goes there, and takes its headers along.
fn follower() -> reqwest::Client {
    let builder = reqwest::Client::builder().no_proxy().timeout(PATIENCE);
    builder.build().unwrap()
}

/// A small request on each kind of route.
fn asked(team: &Team, orders: &str, stream: bool) -> Vec<(String, Value)> {
    let chat = |model: &str| Protocol::Chat.body(model, &team.say(orders), stream);
    let mut asked: Vec<_> = PROTOCOLS
        .map(|p| (p.path(stream), p.body(p.model(), &team.say(orders), stream)))
        .into_iter()
        .collect();
    asked.push(("/v1/native/openai/v1/chat/completions".to_owned(), chat("gpt-4.1-mini")));
    let wrapped = json!({ "body": chat("openai/gpt-4.1-mini") });
    asked.push(("/v1/proxy/openai/chat_completions".to_owned(), wrapped));
    asked
}

#[tokio::test]
async fn a_redirect_of_a_provider_reaches_no_client() {
    let world = World::shared();
    let trap = Upstream::start().unwrap();
    let team = world.team(json!({ "allProviders": true, "monthlyBudgetMicros": 100_000 })).await;
    let mut count = 0;
    for status in [101, 300, 301, 302, 303, 304, 307, 308] {
        let orders = format!("status={status} header=location:{}/trap", trap.url());
        for stream in [false, true] {
            for (path, body) in asked(&team, &orders, stream) {
                let url = format!("{}{path}", world.url());
                let request = follower().post(url).header("x-api-key", &team.key).json(&body);
                let answer = request.send().await.unwrap();
                assert_eq!(answer.status(), 502, "{status} {stream} {path}");
                assert!(!answer.headers().contains_key("location"), "{status} {stream} {path}");
                let said: Value = answer.json().await.unwrap();
                assert_eq!(said["error"]["code"], "provider_unavailable", "{said}");
                assert!(!said.to_string().contains(&trap.url()), "{said}");
                count += 1;
            }
        }
    }
    assert!(trap.seen("").is_empty(), "somebody followed");
    for event in world.events(&team, count).await {
        assert_eq!(
            (&event["status"], &event["status_code"]),
            (&json!("provider_error"), &json!(502))
        );
    }
    assert_eq!(world.spent(&team).await, 0, "all of it was given back");
}

#[tokio::test]
async fn a_secret_that_a_provider_says_back_is_hidden_from_clients() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    for protocol in PROTOCOLS {
        let secret = upstream_secret(protocol.provider());
        let mut orders: Vec<String> = [
            "status=401",
            "status=400 body=string",
            "status=429 body=html",
            "",
            "end=error after=0",
            "end=error after=2",
        ]
        .map(|orders| format!("{orders} say={secret} header=x-echo:{secret}"))
        .into();
        // Wherever the answer is cut.
        orders.extend([1, 3, 7, 16, 61].map(|slice| format!("slice={slice} say={secret}")));
        orders.push(format!("slice=5 end=error after=2 say=Bearer_{secret}{secret}"));
        for (orders, stream) in orders.iter().flat_map(|o| [(o, false), (o, true)]) {
            // A document has no event that could be an error.
            if !stream && orders.contains("end=") {
                continue;
            }
            let body = protocol.body(protocol.model(), &team.say(orders), stream);
            let answer = world.ask(&team, &protocol.path(stream), &body).await;
            let head = format!("{:?}", answer.headers());
            let said = answer.text().await.unwrap();
            let all = format!("{head}\n{said}");
            assert!(!all.contains(&secret), "{protocol:?} {orders} {stream}: {all}");
            let repeated = !orders.contains("body=") && !said.contains("upstream request failed");
            assert!(!repeated || said.contains("****"), "{protocol:?} {orders} {stream}: {all}");
        }
    }
}

/// The secret of a grant is hidden as the operator's own is, and so is one that took its place.
#[tokio::test]
async fn the_secret_of_a_grant_is_hidden_too() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let secret = "grant/canary+of-openai-9917";
    let path = format!("upstream-grants/policies/{}/own", team.policy);
    let grant = json!({ "provider": "openai", "kind": "api_key", "credential": secret });
    world.put(&path, &grant).await;
    for said in [secret, "grant%2Fcanary%2Bof-openai-9917"] {
        let orders = team.say(&format!("status=400 say={said}"));
        let body = Protocol::Chat.body("openai/gpt-4.1-mini", &orders, false);
        let answer = world.ask(&team, "/v1/chat/completions", &body).await;
        assert_eq!(answer.status(), 400);
        let text = answer.text().await.unwrap();
        assert!(!text.contains(said) && text.contains("****"), "{text}");
    }
}

#[tokio::test]
async fn what_is_for_browsers_and_proxies_stays_with_the_router() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    let withheld = [
        "clear-site-data:\"*\"",
        "alt-svc:h3=\":443\"",
        "strict-transport-security:max-age=9",
        "set-cookie2:a=1",
        "refresh:0",
        "access-control-allow-credentials:true",
        "service-worker-allowed:/",
        "nel:{}",
        "report-to:{}",
        "link:<http://127.0.0.1:1>",
        "www-authenticate:Basic",
        "x-accel-redirect:/etc/passwd",
        "x-sendfile:/etc/passwd",
        "connection:x-of-the-hop",
        "x-of-the-hop:1",
    ];
    let orders: String = withheld.map(|header| format!(" header={header}")).concat();
    let orders = team.say(&orders.replace('"', ""));
    for (protocol, stream) in PROTOCOLS.into_iter().flat_map(|p| [(p, false), (p, true)]) {
        for status in ["", "status=401"] {
            let text = format!("{orders} {status} header=x-ratelimit-remaining:9");
            let body = protocol.body(protocol.model(), &text, stream);
            let url = format!("{}{}", world.url(), protocol.path(stream));
            let answer =
                client().post(url).bearer_auth(&team.key).json(&body).send().await.unwrap();
            for header in withheld {
                let (name, _) = header.split_once(':').unwrap();
                let passed = answer.headers().get(name);
                assert_eq!(passed, None, "{protocol:?} {stream} {status}: {name}");
            }
            assert_eq!(answer.headers()["x-ratelimit-remaining"], "9");
            assert_eq!(answer.headers()["access-control-allow-origin"], "*");
        }
    }
}
