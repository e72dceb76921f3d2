//! What one takes from the others: places, memory and descriptors.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::Instant;

use serde_json::json;
use tokio::task::JoinSet;

use crate::protocol::Protocol;
use crate::world::{PATIENCE, Team, World, refusal};

const PATH: &str = "/v1/chat/completions";

fn body(team: &Team, orders: &str, stream: bool) -> serde_json::Value {
    Protocol::Chat.body("openai/gpt-4.1-mini", &team.say(orders), stream)
}

#[tokio::test]
async fn one_key_leaves_places_for_the_others() {
    let world = World::with(&["--max-in-flight", "4", "--max-in-flight-per-key", "2"]);
    let greedy = world.team(json!({ "providers": ["openai"] })).await;
    let other = world.team(json!({ "providers": ["openai"] })).await;
    let mut streams = JoinSet::new();
    for _ in 0..2 {
        let endless = body(&greedy, "events=endless pause=5", true);
        let mut answer = world.ask(&greedy, PATH, &endless).await;
        assert_eq!(answer.status(), 200);
        streams.spawn(async move { while let Ok(Some(_)) = answer.chunk().await {} });
    }
    let answer = world.ask(&greedy, PATH, &body(&greedy, "", false)).await;
    assert!(answer.headers().contains_key("retry-after"));
    assert_eq!(refusal(answer).await, (429, "router_busy".to_owned()));
    assert_eq!(world.ask(&other, PATH, &body(&other, "", false)).await.status(), 200);
}

/// Four bodies of 8 MiB are as much as there is for one key.
#[tokio::test]
async fn the_bodies_of_one_key_leave_memory_for_the_others() {
    const BODY_BYTES: usize = 8 * 1024 * 1024;
    let world = World::with(&[]);
    let greedy = world.team(json!({ "providers": ["openai"] })).await;
    let other = world.team(json!({ "providers": ["openai"] })).await;
    let address = world.url().trim_start_matches("http://").to_owned();
    let unfinished: Vec<TcpStream> = (0..4)
        .map(|_| {
            let mut stream = TcpStream::connect(&address).unwrap();
            write!(
                stream,
                "POST {PATH} HTTP/1.1\r\nhost: {address}\r\nauthorization: Bearer {}\r\n\
                 content-length: {BODY_BYTES}\r\n\r\n",
                greedy.key
            )
            .unwrap();
            // All but the last byte: the router holds it, and waits.
            stream.write_all(&vec![b' '; BODY_BYTES - 1]).unwrap();
            stream
        })
        .collect();
    let large = |team: &Team| body(team, &format!("pad={}", "x".repeat(100_000)), false);
    let deadline = Instant::now() + PATIENCE;
    loop {
        // What is on its way to the router counts once it is there.
        let answer = world.ask(&greedy, PATH, &large(&greedy)).await;
        if answer.status() == 429 {
            assert!(answer.headers().contains_key("retry-after"));
            assert_eq!(refusal(answer).await.1, "router_busy");
            break;
        }
        assert!(Instant::now() < deadline, "the memory of one key has no end");
    }
    let answer = world.ask(&other, PATH, &large(&other)).await;
    assert_ne!(answer.status(), 429, "{}", answer.text().await.unwrap());
    // A small body is no matter.
    assert_eq!(world.ask(&greedy, PATH, &body(&greedy, "", false)).await.status(), 200);
    drop(unfinished);
    while world.ask(&greedy, PATH, &large(&greedy)).await.status() == 429 {
        assert!(Instant::now() < deadline, "the memory is not given back");
    }
}

/// Asks on a connection that stays open, and reads the whole answer.
fn status_of(stream: &mut TcpStream) -> std::io::Result<String> {
    write!(stream, "GET /v1/health HTTP/1.1\r\nhost: localhost\r\n\r\n")?;
    let mut head = String::new();
    while !head.ends_with("\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte)?;
        head.push(char::from(byte[0]));
    }
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    stream.read_exact(&mut vec![0; length.and_then(|text| text.parse().ok()).unwrap_or(0)])?;
    Ok(head[..12].to_owned())
}

/// One more than a soft limit of 160 descriptors would bear.
#[tokio::test]
async fn the_soft_limit_of_descriptors_is_raised() {
    const CLIENTS: usize = 200;
    let world = World::after("ulimit -S -n 160");
    let address = world.url().trim_start_matches("http://").to_owned();
    let mut clients: Vec<_> = (0..CLIENTS).map(|_| TcpStream::connect(&address).unwrap()).collect();
    for round in 0..2 {
        for client in &mut clients {
            client.set_read_timeout(Some(PATIENCE)).unwrap();
            let status = status_of(client).unwrap_or_else(|e| panic!("round {round}: {e}"));
            assert_eq!(status, "HTTP/1.1 200");
        }
    }
}

/// A client that cannot be served for want of descriptors is told to come again, and not that its
/// provider failed.
#[tokio::test]
async fn with_few_descriptors_nobody_hears_of_a_broken_provider() {
    let world = std::sync::Arc::new(World::after("ulimit -n 160"));
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let mut asking = JoinSet::new();
    for _ in 0..60 {
        let (world, team) = (std::sync::Arc::clone(&world), team.clone());
        asking.spawn(async move {
            refusal(world.ask(&team, PATH, &body(&team, "delay=200", false)).await).await
        });
    }
    let answers = asking.join_all().await;
    let count = |status: u16| answers.iter().filter(|answer| answer.0 == status).count();
    assert!(count(200) >= 30, "{answers:?}");
    let busy = answers.iter().filter(|answer| answer.1 == "router_busy").count();
    assert_eq!(count(200) + busy, answers.len(), "{answers:?}");
}
