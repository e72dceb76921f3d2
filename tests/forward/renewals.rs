//! Access tokens that end: they are renewed once, in time, and never lost.

use reqwest::RequestBuilder;
use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::protocol::Protocol;
use crate::token_server::{Mood, TokenServer};
use crate::world::{ADMIN_TOKEN, Team, World, client, refusal};

const PATH: &str = "/v1/chat/completions";

/// A grant whose access token is `NAME-at-0` and ends at this distance from now, in seconds.
async fn grant(world: &World, team: &Team, url: &str, name: &str, ends: i64, priority: u32) {
    let end = jiff::Timestamp::from_second(now() + ends).unwrap();
    let body = json!({
        "provider": "openai", "kind": "oauth", "accessToken": format!("{name}-at-0"),
        "refreshToken": format!("{name}-rt-0"), "expiresAt": end.to_string(),
        "priority": priority,
        "refresh": { "tokenUrl": url, "clientId": "ours", "extraParams": { "audience": "api" } },
    });
    world.put(&format!("upstream-grants/policies/{}/{name}", team.policy), &body).await;
}

fn now() -> i64 {
    let elapsed = std::time::SystemTime::UNIX_EPOCH.elapsed().unwrap();
    i64::try_from(elapsed.as_secs()).unwrap()
}

fn body(team: &Team) -> Value {
    Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(""), false)
}

/// The statuses of requests that are sent at the same time.
async fn at_once(requests: impl Iterator<Item = RequestBuilder>, team: &Team) -> Vec<u16> {
    let mut asked = JoinSet::new();
    for request in requests {
        let request = request.json(&body(team));
        asked.spawn(async { request.send().await.unwrap().status().as_u16() });
    }
    asked.join_all().await
}

/// What the provider was shown, in order.
fn used(world: &World, team: &Team) -> Vec<String> {
    let seen = world.upstream.seen(&team.policy);
    let tokens = seen.iter().filter_map(|seen| seen.header("authorization").map(str::to_owned));
    tokens.collect()
}

async fn shown(world: &World, team: &Team, name: &str) -> Value {
    let list = world.admin("upstream-grants").await;
    let key = format!("oauth/{}/{name}", team.policy);
    list["grants"].as_array().unwrap().iter().find(|grant| grant["key"] == key).unwrap().clone()
}

#[tokio::test]
async fn a_token_is_renewed_once_before_it_is_sent() {
    let (world, tokens) = (World::shared(), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let url = tokens.chain("once", 3600);
    grant(&world, &team, &url, "once", -5, 1).await;
    assert_eq!(at_once((0..8).map(|_| world.request(&team, PATH)), &team).await, [200; 8]);
    let asked = tokens.asked("once");
    assert_eq!(asked.len(), 1, "{asked:?}");
    let form = |name: &str| asked[0].get(name).map(String::as_str);
    assert_eq!(form("grant_type"), Some("refresh_token"));
    assert_eq!(form("refresh_token"), Some("once-rt-0"));
    assert_eq!(form("client_id"), Some("ours"));
    assert_eq!(form("audience"), Some("api"));
    assert_eq!(used(&world, &team), ["Bearer once-at-1"; 8]);
    let grant = shown(&world, &team, "once").await;
    assert_eq!(grant["scopes"], json!(["read", "write"]));
    assert_eq!(grant["selectedCount"], 8, "a renewed grant is the same grant");
    assert!(grant["expiresAt"].as_str().unwrap() > "2026", "{grant}");
    assert!(!grant.to_string().contains("rt-1"), "no token is told");
}

#[tokio::test]
async fn a_setting_of_the_router_is_not_sent_to_an_address_of_an_administrators() {
    let (world, tokens) = (World::shared(), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let url = tokens.chain("theft", 3600);
    let path = format!("upstream-grants/policies/{}/theft", team.policy);
    let with = |name: &str| {
        json!({ "provider": "openai", "kind": "oauth", "accessToken": "theft-at-0",
            "refreshToken": "theft-rt-0", "refresh": { "tokenUrl": url, "clientSecretConfig": name } })
    };
    for name in ["OPENAI_API_KEY", "ANTHROPIC_API_KEY", "PATH", "CLAWROUTER_ADMIN_TOKEN_SHA256"] {
        let request = client().put(format!("{}/v1/admin/{path}", world.url())).json(&with(name));
        let answer = request.bearer_auth(ADMIN_TOKEN).send().await.unwrap();
        assert_eq!(refusal(answer).await, (400, "invalid_upstream_grant".to_owned()), "{name}");
    }
    // A row that an earlier version wrote sends nothing either.
    grant(&world, &team, &url, "theft", -5, 1).await;
    let database = rusqlite::Connection::open(world.sandbox.path("clawctl/router.db")).unwrap();
    let sql = "UPDATE grants SET record = json_set(record, '$.refresh.clientSecretConfig', 'PATH')
               WHERE scope_id = ?1";
    assert_eq!(database.execute(sql, [&team.policy]).unwrap(), 1);
    let refresh = client().post(format!("{}/v1/admin/{path}/refresh", world.url()));
    let answer = refresh.bearer_auth(ADMIN_TOKEN).send().await.unwrap();
    assert_eq!(refusal(answer).await, (400, "grant_refresh_unavailable".to_owned()));
    let answer = world.ask(&team, PATH, &body(&team)).await;
    assert_eq!(refusal(answer).await, (400, "grant_refresh_unavailable".to_owned()));
    assert_eq!(tokens.asked("theft").len(), 0);
}

#[tokio::test]
async fn a_refresh_token_stays_with_the_address_that_it_was_given_for() {
    let (world, tokens) = (World::shared(), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let (home, away) = (tokens.chain("home", 3600), tokens.chain("away", 3600));
    grant(&world, &team, &home, "home", 3600, 1).await;
    let path = format!("upstream-grants/policies/{}/home", team.policy);
    let moved = json!({ "kind": "oauth", "refresh": { "tokenUrl": away, "clientId": "ours" } });
    let request = client().put(format!("{}/v1/admin/{path}", world.url())).json(&moved);
    let answer = request.bearer_auth(ADMIN_TOKEN).send().await.unwrap();
    assert_eq!(refusal(answer).await, (400, "invalid_upstream_grant".to_owned()));
    let refresh = client().post(format!("{}/v1/admin/{path}/refresh", world.url()));
    assert_eq!(refresh.bearer_auth(ADMIN_TOKEN).send().await.unwrap().status(), 200);
    assert_eq!((tokens.asked("home").len(), tokens.asked("away").len()), (1, 0));
}

#[tokio::test]
async fn an_administrator_is_told_when_a_provider_refuses_a_renewal() {
    let (world, tokens) = (World::shared(), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let url = tokens.chain("refused", 3600);
    tokens.feels("refused", Mood::Refuses);
    grant(&world, &team, &url, "refused", 3600, 1).await;
    let path = format!("/v1/admin/upstream-grants/policies/{}/refused/refresh", team.policy);
    let refresh = client().post(format!("{}{path}", world.url())).bearer_auth(ADMIN_TOKEN);
    let answer = refresh.send().await.unwrap();
    assert_eq!(refusal(answer).await, (502, "grant_refresh_failed".to_owned()));
}

#[tokio::test]
async fn two_processes_renew_it_once() {
    let (world, tokens) = (World::with(&[]), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let url = tokens.chain("shared", 3600);
    let other = world.another_router(&[]);
    for round in 1..=3 {
        // The same grant again, with a token that has ended; the chain of tokens goes on.
        let body_of = json!({ "kind": "oauth", "expiresAt": "2020-01-01T00:00:00Z" });
        if round == 1 {
            grant(&world, &team, &url, "shared", -5, 1).await;
        } else {
            let path = format!("upstream-grants/policies/{}/shared", team.policy);
            world.put(&path, &body_of).await;
        }
        let urls = [world.url().to_owned(), other.url.clone()];
        let asks = urls.iter().cycle().take(12);
        let asks = asks.map(|url| client().post(format!("{url}{PATH}")).bearer_auth(&team.key));
        assert_eq!(at_once(asks, &team).await, [200; 12], "round {round}");
        assert_eq!(tokens.asked("shared").len(), round, "one renewal for both");
    }
    assert!(tokens.is_intact("shared"));
    drop(other);
}

#[tokio::test]
async fn a_token_that_cannot_be_renewed_is_refused_or_replaced() {
    let (world, tokens) = (World::shared(), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let url = tokens.chain("over", 3600);
    tokens.feels("over", Mood::Refuses);
    grant(&world, &team, &url, "over", -5, 1).await;
    let failed = (502, "grant_refresh_failed".to_owned());
    let answer = world.ask(&team, PATH, &body(&team)).await;
    let text = format!("{:?}", answer.headers());
    assert_eq!(refusal(answer).await, failed, "{text}");
    // It rests for a while: its provider is not asked by every request.
    let unavailable = (503, "upstream_grant_pool_unavailable".to_owned());
    assert_eq!(refusal(world.ask(&team, PATH, &body(&team)).await).await, unavailable);
    assert_eq!(tokens.asked("over").len(), 1);
    let spare = json!({ "provider": "openai", "kind": "api_key", "credential": "spare-key", "priority": 2 });
    world.put(&format!("upstream-grants/policies/{}/spare", team.policy), &spare).await;
    let path = format!("upstream-grants/policies/{}/over", team.policy);
    world.put(&path, &json!({ "kind": "oauth", "accessToken": "over-at-0" })).await;
    let answer = world.ask(&team, PATH, &body(&team)).await;
    assert_eq!(answer.status(), 200);
    assert_eq!(answer.headers()["x-clawrouter-grant-failover"], "1");
    assert_eq!(used(&world, &team), ["Bearer spare-key"]);
}

#[tokio::test]
async fn a_token_that_still_holds_is_used_when_its_renewal_fails() {
    let (world, tokens) = (World::shared(), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let url = tokens.chain("holds", 3600);
    tokens.feels("holds", Mood::Refuses);
    grant(&world, &team, &url, "holds", 30, 1).await;
    for _ in 0..3 {
        assert_eq!(world.ask(&team, PATH, &body(&team)).await.status(), 200);
    }
    assert_eq!(used(&world, &team), ["Bearer holds-at-0"; 3]);
    assert_eq!(tokens.asked("holds").len(), 1, "it is not tried with every request");
}

#[tokio::test]
async fn a_refresh_token_follows_no_redirect() {
    let (world, tokens) = (World::shared(), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    tokens.chain("elsewhere", 3600);
    let url = tokens.chain("moved", 3600);
    tokens.feels("moved", Mood::Redirects);
    grant(&world, &team, &url, "moved", -5, 1).await;
    let failed = (502, "grant_refresh_failed".to_owned());
    assert_eq!(refusal(world.ask(&team, PATH, &body(&team)).await).await, failed);
    assert_eq!(tokens.asked("elsewhere").len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kill_during_a_renewal_loses_no_token() {
    let (mut world, tokens) = (World::with(&[]), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let url = tokens.chain("killed", 3600);
    grant(&world, &team, &url, "killed", -5, 1).await;
    tokens.feels("killed", Mood::Stalls);
    let (request, asking) = (world.request(&team, PATH).json(&body(&team)), &tokens);
    let hung = tokio::spawn(async move { request.send().await });
    tokio::task::block_in_place(|| asking.hears("killed", 1));
    world.kill_and_restart();
    assert!(hung.await.unwrap().is_err(), "the router died under the request");
    tokens.feels("killed", Mood::Fair);
    assert_eq!(world.ask(&team, PATH, &body(&team)).await.status(), 200);
    assert!(tokens.is_intact("killed"), "{:?}", tokens.asked("killed"));
    // What was handed out is on disk before it is used, so a kill right after that loses nothing.
    world.kill_and_restart();
    let refresh =
        format!("{}/v1/admin/upstream-grants/policies/{}/killed/refresh", world.url(), team.policy);
    let answer = client().post(refresh).bearer_auth(ADMIN_TOKEN).send().await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(tokens.is_intact("killed"));
    assert_eq!(world.ask(&team, PATH, &body(&team)).await.status(), 200);
    assert_eq!(used(&world, &team).last().unwrap(), "Bearer killed-at-2");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_leaves_does_not_stop_a_renewal() {
    let (world, tokens) = (World::shared(), TokenServer::start());
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let url = tokens.chain("left", 3600);
    grant(&world, &team, &url, "left", -5, 1).await;
    tokens.feels("left", Mood::Stalls);
    let request = world.request(&team, PATH).json(&body(&team));
    let leaving = tokio::spawn(async move { request.send().await });
    tokio::task::block_in_place(|| tokens.hears("left", 1));
    leaving.abort();
    let _ = leaving.await;
    tokens.feels("left", Mood::Fair);
    assert_eq!(world.ask(&team, PATH, &body(&team)).await.status(), 200);
    assert!(tokens.is_intact("left"), "the token that came was kept: {:?}", tokens.asked("left"));
    assert_eq!(used(&world, &team), ["Bearer left-at-1"]);
}
