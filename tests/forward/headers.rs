//! Which headers pass, which do not, and whose secret goes where.

use clawctl_wire::key::sha256_hex;
use serde_json::{Value, json};

use crate::protocol::{PROTOCOLS, Protocol};
use crate::world::{World, client, upstream_secret};

#[tokio::test]
async fn a_key_is_taken_from_any_header_and_never_passed_on() {
    let world = World::shared();
    for protocol in PROTOCOLS {
        let team = world.team(json!({ "allProviders": true })).await;
        let bearer = format!("Bearer {}", team.key);
        let ways: [&[(&str, &str)]; 7] = [
            &[("authorization", &bearer)],
            &[("authorization", &team.key)],
            &[("x-api-key", &team.key)],
            &[("x-goog-api-key", &team.key)],
            &[("api-key", &team.key)],
            &[("authorization", "Bearer sk-of-someone-else"), ("x-api-key", &team.key)],
            // As Claude Code sends both, where a variable holds another key.
            &[("authorization", &bearer), ("x-api-key", "sk-of-someone-else")],
        ];
        for headers in ways {
            let body = protocol.body(protocol.model(), &team.say(""), false);
            let url = format!("{}{}", world.url(), protocol.path(false));
            let request = headers.iter().fold(client().post(url), |r, (k, v)| r.header(*k, *v));
            let answer = request.json(&body).send().await.unwrap();
            assert_eq!(answer.status(), 200, "{protocol:?} {headers:?}");
        }
        let seen = world.upstream.seen(&team.policy);
        assert_eq!(seen.len(), ways.len());
        for seen in seen {
            let all = format!("{:?} {}", seen.headers, seen.target);
            assert!(!all.contains(team.secret()) && !all.contains("sk-of-someone"), "{all}");
            let secret = upstream_secret(protocol.provider());
            let (name, value) = match protocol {
                Protocol::Chat | Protocol::Responses => {
                    ("authorization", format!("Bearer {secret}"))
                }
                Protocol::Messages => ("x-api-key", secret),
                Protocol::Gemini => ("x-goog-api-key", secret),
            };
            assert_eq!(seen.header(name), Some(value.as_str()), "{all}");
            let credentials = ["authorization", "x-api-key", "x-goog-api-key", "api-key"];
            let sent = credentials.iter().filter(|name| seen.header(name).is_some()).count();
            assert_eq!(sent, 1, "{all}");
        }
    }
}

#[tokio::test]
async fn only_what_a_manifest_lists_reaches_the_provider() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    let sent = [
        ("openai-organization", "org-1"),
        ("anthropic-beta", "tools-1"),
        ("anthropic-version", "2026-10-21"),
        ("user-agent", "a-client/1"),
        ("accept", "text/x-of-a-client"),
        ("accept-language", "tlh"),
        ("cookie", "session=1"),
        ("x-request-id", "call-42"),
        ("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"),
        ("x-forwarded-for", "10.0.0.1"),
        ("x-clawrouter-session-id", "s1"),
        ("x-of-a-client", "1"),
    ];
    for (protocol, passes) in [
        (Protocol::Chat, ["openai-organization"].as_slice()),
        (Protocol::Messages, &["anthropic-beta", "anthropic-version"]),
        (Protocol::Gemini, &[]),
    ] {
        let body = protocol.body(protocol.model(), &team.say(&format!("mark={protocol:?}")), false);
        let request = world.request(&team, &protocol.path(false)).json(&body);
        let request = sent.iter().fold(request, |request, (k, v)| request.header(*k, *v));
        assert_eq!(request.send().await.unwrap().status(), 200);
        let seen = world.upstream.ended(&format!("mark={protocol:?}")).await;
        for (name, value) in sent {
            let expected = passes.contains(&name).then_some(value);
            // Another value is not the client's, and so did not pass.
            let found = seen.header(name).filter(|found| *found == value);
            assert_eq!(found, expected, "{protocol:?}: {name}");
        }
        assert_eq!(seen.header("content-type"), Some("application/json"));
    }
    let plain = Protocol::Messages.body("claude-haiku-4-5", &team.say("mark=plain"), false);
    world.ask(&team, "/v1/messages", &plain).await;
    let seen = world.upstream.ended("mark=plain").await;
    assert_eq!(seen.header("anthropic-version"), Some("2023-06-01"), "where the client says none");
}

#[tokio::test]
async fn an_answer_keeps_its_headers_but_those_that_are_the_routers() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    for (protocol, stream) in PROTOCOLS.into_iter().flat_map(|p| [(p, false), (p, true)]) {
        let text = team.say("header=x-ratelimit-remaining:9 header=keep-alive:timeout=5");
        let body = protocol.body(protocol.model(), &text, stream);
        let request = world.request(&team, &protocol.path(stream)).json(&body);
        let answer = request.header("x-request-id", "call-42").send().await.unwrap();
        let header = |name: &str| answer.headers().get(name).and_then(|value| value.to_str().ok());
        assert_eq!(header("x-ratelimit-remaining"), Some("9"), "{protocol:?}");
        assert_eq!(header("x-request-id"), Some("call-42"));
        assert_eq!(header("set-cookie"), None);
        assert_eq!(header("keep-alive"), None);
        assert_eq!(header("x-clawrouter-upstream-provider"), Some(protocol.provider()));
        assert_eq!(header("x-clawrouter-content-retention"), Some("off"));
        assert_eq!(header("x-clawrouter-grant-failover"), None);
        assert_eq!(header("access-control-allow-origin"), Some("*"));
    }
}

#[tokio::test]
async fn retention_is_said_where_it_is_on() {
    let world = World::shared();
    let retains = json!({ "providers": ["openai"], "retainRequestContent": true });
    let team = world.team(retains).await;
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(""), false);
    let answer = world.ask(&team, "/v1/chat/completions", &body).await;
    assert_eq!(answer.headers()["x-clawrouter-content-retention"], "on; retention-days=30");
    let event = &world.events(&team, 1).await[0];
    assert_eq!(event["content_retained"], true, "{event}");
    let (tenant, reference) = (&event["tenant_id"], &event["content_ref"]);
    let path =
        format!("content?tenant={}&ref={}", tenant.as_str().unwrap(), reference.as_str().unwrap());
    let kept: Value = world.admin(&path).await;
    assert_eq!(kept["body"]["model"], "gpt-4.1-mini", "{kept}");
    assert_eq!(kept["policyId"], team.policy.as_str());
}

#[tokio::test]
async fn whose_user_is_exempt_from_retention_is_not_kept() {
    let world = World::shared();
    let retains = json!({ "providers": ["openai"], "retainRequestContent": true });
    let team = world.team(retains).await;
    let email = format!("{}@example.com", team.policy);
    let own = json!({ "policyId": team.policy, "principalId": email,
        "secretSha256": sha256_hex(team.secret()) });
    world.put(&format!("credentials/{}", team.policy), &own).await;
    for (number, exempt) in [true, false].into_iter().enumerate() {
        let body = json!({ "contentRetentionDisabled": exempt });
        world.put(&format!("access-users/{email}"), &body).await;
        let body = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(""), false);
        let answer = world.ask(&team, "/v1/chat/completions", &body).await;
        let said = if exempt { "off" } else { "on; retention-days=30" };
        assert_eq!(answer.headers()["x-clawrouter-content-retention"], said);
        let event = &world.events(&team, number + 1).await[number];
        assert_eq!(event["content_retained"], !exempt, "{event}");
        assert_eq!(event["content_ref"].is_null(), exempt, "{event}");
    }
}
