//! Upstream credentials of policies and tenants: which is taken, and what follows when it fails.

use serde_json::{Value, json};

use crate::protocol::Protocol;
use crate::world::{Team, World, refusal};

const PATH: &str = "/v1/chat/completions";

async fn grant(world: &World, scope: &str, name: &str, priority: u32, secret: &str) {
    let body = json!({ "provider": "openai", "kind": "api_key", "credential": secret,
        "priority": priority });
    world.put(&format!("upstream-grants/{scope}/{name}"), &body).await;
}

fn body(team: &Team, orders: &str) -> Value {
    Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(orders), false)
}

#[tokio::test]
async fn a_grant_is_used_instead_of_the_environment() {
    let world = World::shared();
    let policy = json!({ "providers": ["openai"], "tenantId": "of_grants" });
    let (team, other) = (world.team(policy.clone()).await, world.team(policy).await);
    grant(&world, "tenants/of_grants", "shared", 100, "tenant-canary-1").await;
    grant(&world, &format!("policies/{}", team.policy), "own", 1, "policy-canary-1").await;
    for (team, secret) in [(&team, "Bearer policy-canary-1"), (&other, "Bearer tenant-canary-1")] {
        assert_eq!(world.ask(team, PATH, &body(team, "")).await.status(), 200);
        let seen = world.upstream.ended(&team.policy).await;
        assert_eq!(seen.header("authorization"), Some(secret));
    }
    let listed = world.admin("upstream-grants").await.to_string();
    assert!(!listed.contains("canary"), "{listed}");
}

#[tokio::test]
async fn a_refused_grant_is_replaced_once_and_left_alone_for_a_while() {
    let world = World::shared();
    for status in [401, 403, 429] {
        let team = world.team(json!({ "providers": ["openai"] })).await;
        let scope = format!("policies/{}", team.policy);
        grant(&world, &scope, "first", 1, "secret-of-the-bad").await;
        grant(&world, &scope, "second", 2, "secret-of-the-good").await;
        let orders = format!("refuse=bad status={status} header=retry-after:60");
        let answer = world.ask(&team, PATH, &body(&team, &orders)).await;
        assert_eq!(answer.status(), 200, "{status}");
        assert_eq!(answer.headers()["x-clawrouter-grant-failover"], "1");
        let answer = world.ask(&team, PATH, &body(&team, &orders)).await;
        assert_eq!(answer.status(), 200, "{status}");
        assert!(!answer.headers().contains_key("x-clawrouter-grant-failover"), "{status}");
        let seen = world.upstream.seen(&team.policy);
        let used: Vec<_> = seen.iter().filter_map(|seen| seen.header("authorization")).collect();
        let (bad, good) = ("Bearer secret-of-the-bad", "Bearer secret-of-the-good");
        assert_eq!(used, [bad, good, good], "{status}");
        world.events(&team, 2).await;
    }
}

#[tokio::test]
async fn without_failover_the_refusal_stands() {
    let world = World::shared();
    let routing = json!({ "strategy": "priority", "failover": false });
    let team = world.team(json!({ "providers": ["openai"], "grantRouting": routing })).await;
    let scope = format!("policies/{}", team.policy);
    grant(&world, &scope, "first", 1, "secret-of-the-bad").await;
    grant(&world, &scope, "second", 2, "secret-of-the-good").await;
    let answer = world.ask(&team, PATH, &body(&team, "refuse=bad status=429")).await;
    assert_eq!(answer.status(), 429);
    let answer = world.ask(&team, PATH, &body(&team, "refuse=bad status=429")).await;
    assert_eq!(answer.status(), 200, "the first one rests");
}

#[tokio::test]
async fn what_is_wrong_with_the_request_is_not_the_grants_fault() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let scope = format!("policies/{}", team.policy);
    grant(&world, &scope, "first", 1, "secret-of-the-bad").await;
    grant(&world, &scope, "second", 2, "secret-of-the-good").await;
    for status in [400, 500] {
        let orders = format!("refuse=bad status={status}");
        assert_eq!(world.ask(&team, PATH, &body(&team, &orders)).await.status(), status);
    }
    assert_eq!(world.upstream.seen(&team.policy).len(), 2);
}

#[tokio::test]
async fn a_pool_of_which_nothing_is_left_refuses() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let scope = format!("policies/{}", team.policy);
    grant(&world, &scope, "only", 1, "secret-of-the-bad").await;
    let orders = "refuse=bad status=429 header=retry-after:60";
    assert_eq!(world.ask(&team, PATH, &body(&team, orders)).await.status(), 429);
    let unavailable = (503, "upstream_grant_pool_unavailable".to_owned());
    assert_eq!(refusal(world.ask(&team, PATH, &body(&team, "")).await).await, unavailable);
    let revoke = crate::world::client()
        .post(format!("{}/v1/admin/upstream-grants/{scope}/only/revoke", world.url()))
        .bearer_auth(crate::world::ADMIN_TOKEN);
    assert_eq!(revoke.send().await.unwrap().status(), 200);
    // And not with what the environment has: that is not what this policy was given.
    assert_eq!(refusal(world.ask(&team, PATH, &body(&team, "")).await).await, unavailable);
    assert_eq!(world.upstream.seen(&team.policy).len(), 1);
}
