//! A router that is killed at work: nothing is spent twice and nothing is forgotten.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::protocol::{PROTOCOLS, Protocol};
use crate::world::{Team, World};

/// What each request costs.
const PRICE: u64 = 100;

fn paying(budget: u64) -> Value {
    json!({ "allProviders": true, "requestCostMicros": PRICE, "monthlyBudgetMicros": budget })
}

/// Lets the time of all open reservations be over, as quarter of an hour would.
fn age_reservations(world: &World) {
    let path = world.sandbox.path("clawctl/router.db");
    let database = rusqlite::Connection::open(path).unwrap();
    database.busy_timeout(Duration::from_secs(10)).unwrap();
    database.execute("UPDATE reservations SET expires_at_ms = 1", ()).unwrap();
}

#[tokio::test]
async fn what_was_reserved_by_the_dead_is_counted_until_its_time_is_over() {
    let mut world = World::with(&[]);
    let team = world.team(paying(PRICE * 4)).await;
    let mut listening = JoinSet::new();
    for protocol in PROTOCOLS {
        let text = team.say("events=endless pause=5");
        let body = protocol.body(protocol.model(), &text, true);
        let mut answer = world.ask(&team, &protocol.path(true), &body).await;
        assert_eq!(answer.status(), 200, "{protocol:?}");
        listening.spawn(async move { while let Ok(Some(_)) = answer.chunk().await {} });
    }
    world.kill_and_restart();
    listening.join_all().await;
    assert_eq!(world.spent(&team).await, PRICE * 4, "what is open counts");
    let body = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(""), false);
    let ask = async || world.ask(&team, "/v1/chat/completions", &body).await.status().as_u16();
    assert_eq!(ask().await, 402);
    age_reservations(&world);
    assert_eq!(ask().await, 200, "what was open is free again");
    // That one, and nothing of what nobody can account for.
    world.events(&team, 2).await;
    assert_eq!(world.spent(&team).await, PRICE);
}

#[tokio::test]
async fn a_kill_under_load_loses_nothing_and_counts_nothing_twice() {
    let mut world = World::with(&[]);
    for round in 0..3_usize {
        let team = world.team_called(&format!("load_{round}"), paying(PRICE * 100_000)).await;
        let mut asking = JoinSet::new();
        for _ in 0..8 {
            let request = {
                let body = Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(""), false);
                world.request(&team, "/v1/chat/completions").json(&body)
            };
            asking.spawn(async move {
                let mut answered = 0_usize;
                while let Ok(answer) = request.try_clone().unwrap().send().await {
                    if answer.status() != 200 || answer.bytes().await.is_err() {
                        break;
                    }
                    answered += 1;
                }
                answered
            });
        }
        // Not before there is something to lose.
        while world.upstream.seen(&team.policy).len() < 20 * (round + 1) {
            tokio::time::sleep(Duration::from_millis(1)).await;
        }
        world.kill_and_restart();
        let answered: usize = asking.join_all().await.into_iter().sum();
        let passed = world.upstream.seen(&team.policy).len();
        let counted = settled(&world, &team).await;
        let spent = world.spent(&team).await;
        let in_flight = spent / PRICE - counted;
        assert!(in_flight <= 8, "{in_flight} open, of 8 that can be");
        assert!(
            spent >= PRICE * u64::try_from(passed).unwrap(),
            "{passed} came to the provider, {spent} micros were set aside before"
        );
        assert!(counted + in_flight >= u64::try_from(answered).unwrap(), "an answer is free");
        age_reservations(&world);
        assert_eq!(world.spent(&team).await, PRICE * counted, "events and ledger say the same");
    }
}

/// How many requests there are events of.
async fn settled(world: &World, team: &Team) -> u64 {
    let usage = world.usage(team).await;
    let summary = &usage["usage"]["summary"];
    assert_eq!(summary["requestCount"], summary["successCount"], "{summary}");
    let count = summary["requestCount"].as_u64().unwrap();
    assert_eq!(summary["actualCostMicros"], count * PRICE, "{summary}");
    count
}
