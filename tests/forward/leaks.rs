//! Secrets of both sides, through everything that can happen to a request, and then looked for.

use serde_json::{Value, json};

use crate::protocol::PROTOCOLS;
use crate::world::{World, client, upstream_secret};

#[tokio::test]
async fn no_secret_is_in_any_answer_log_event_or_file() {
    let world = World::with_log();
    let team = world.team(json!({ "allProviders": true, "retainRequestContent": true })).await;
    let scope = format!("upstream-grants/policies/{}", team.policy);
    let granted = "grant-canary-of-openai-1183";
    for (name, secret) in [("one", granted), ("two", "grant-canary-of-openai-1184")] {
        let grant = json!({ "provider": "openai", "kind": "api_key", "credential": secret });
        world.put(&format!("{scope}/{name}"), &grant).await;
    }
    let mut answers = String::new();
    for (protocol, stream) in PROTOCOLS.into_iter().flat_map(|p| [(p, false), (p, true)]) {
        for orders in [
            "",
            "status=401 header=retry-after:0",
            "status=500 body=html",
            "end=drop",
            "end=garbage after=1",
            "end=error after=0",
            "usage=none",
        ] {
            let body = protocol.body(protocol.model(), &team.say(orders), stream);
            let request = world.request(&team, &protocol.path(stream)).json(&body);
            let answer = request.header("x-api-key", &team.key).send().await.unwrap();
            answers.push_str(&format!("{:?}", answer.headers()));
            answers.push_str(&answer.text().await.unwrap_or_default());
        }
    }
    let broken = world.request(&team, "/v1/chat/completions").body(team.key.clone());
    answers.push_str(&broken.send().await.unwrap().text().await.unwrap());
    let lost = format!("{}/v1/native/openai/{}", world.url(), team.key);
    let lost = client().get(lost).bearer_auth(&team.key).send().await.unwrap();
    answers.push_str(&lost.text().await.unwrap());
    for path in ["usage", "usage/events", "upstream-grants", "bootstrap", "provider-status"] {
        let told: Value = world.admin(path).await;
        answers.push_str(&told.to_string());
    }
    let secrets = |what: &str, text: &[u8]| {
        let mut wanted = vec![team.secret().to_owned(), "grant-canary-of-openai".to_owned()];
        wanted.extend(PROTOCOLS.map(|protocol| upstream_secret(protocol.provider())));
        for secret in wanted {
            let found = text.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "`{secret}` is in {what}");
        }
    };
    secrets("an answer", answers.as_bytes());
    let (sandbox, log) = world.stop();
    assert!(log.contains("/v1/chat/completions"), "requests are logged: {log}");
    secrets("the log", log.as_bytes());
    let mut folders = vec![sandbox.root().to_owned()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                files += 1;
                secrets(&entry.display().to_string(), &std::fs::read(&entry).unwrap());
            }
        }
    }
    assert!(files > 0, "the database was not found");
}
