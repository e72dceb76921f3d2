//! How a local server says it is, and what its silence means.

use serde_json::{Value, json};

use crate::world::{Team, World, refusal};

/// As the bundled one of the same kind, at another place.
fn manifest(id: &str, url: &str) -> String {
    format!(
        "
schema: clawrouter.service-provider.v1
id: {id}
displayName: Local
baseUrls: {{ default: {url} }}
auth:
  schemes:
    - {{ type: bearer, header: Authorization, format: 'Bearer ${{secret}}', secretKind: api_key, required: false }}
routing: {{ modelPrefixes: [{id}/] }}
bodyQuirks: {{ emptyIsFailure: true }}
health: {{ paths: [/health, /v1/models] }}
endpoints:
  chat_completions:
    path: /v1/chat/completions
    requestFormat: openai.chat_completions
    responseFormat: openai.chat_completions
    streaming: sse
capabilities: [{{ id: llm.chat, endpoint: chat_completions }}]
models: {{ entries: [{{ id: {id}/one, upstream: one, capabilities: [llm.chat] }}] }}
"
    )
}

#[tokio::test]
async fn a_provider_that_can_say_how_it_is_is_asked_when_it_is_shown() {
    let world = World::with(&[]);
    let folder = world.sandbox.path("clawctl/providers");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("well.yaml"), manifest("well", &world.upstream.url())).unwrap();
    std::fs::write(folder.join("gone.yaml"), manifest("gone", "http://127.0.0.1:1")).unwrap();
    let well = world.sandbox.json(&["provider", "show", "well"]);
    let signs = well["health"].as_array().unwrap();
    let paths: Vec<_> = signs.iter().map(|sign| sign["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["/health", "/v1/models"]);
    assert!(signs.iter().all(|sign| sign["ok"] == true && sign["status"] == 200), "{well}");
    assert_eq!(signs[0]["detail"], "ok");
    let gone = world.sandbox.json(&["provider", "show", "gone"]);
    for sign in gone["health"].as_array().unwrap() {
        assert_eq!((&sign["ok"], &sign["status"]), (&json!(false), &Value::Null), "{gone}");
        assert!(sign["detail"].as_str().unwrap().contains("nobody answers"), "{gone}");
    }
    let shown = world.sandbox.ok(&["provider", "show", "well"]);
    assert!(shown.contains("GET /health"), "{shown}");
    let silent = world.sandbox.json(&["provider", "show", "openai"]);
    assert_eq!(silent["health"], json!([]), "nothing is asked of whoever has no such place");
}

#[tokio::test]
async fn an_answer_without_a_word_is_no_answer() {
    let url = "http://127.0.0.1:1";
    let world = World::with_provider("mute", &manifest("mute", url), &[]);
    let policy = json!({ "providers": ["mute"], "requestCostMicros": 5,
        "monthlyBudgetMicros": 1_000 });
    let body = |team: &Team, orders: &str, stream: bool| {
        json!({ "model": "mute/one", "stream": stream,
            "messages": [{ "role": "user", "content": team.say(orders) }] })
    };
    for stream in [false, true] {
        let team = world.team(policy.clone()).await;
        let path = "/v1/chat/completions";
        let answer = refusal(world.ask(&team, path, &body(&team, "size=0", stream)).await).await;
        assert_eq!(answer, (502, "provider_unavailable".to_owned()), "stream: {stream}");
        let answer = world.ask(&team, path, &body(&team, "", stream)).await;
        assert_eq!(answer.status(), 200);
        answer.text().await.unwrap();
        let events = world.events(&team, 2).await;
        assert_eq!(events[0]["status"], "provider_error", "{events:?}");
        assert_eq!(events[0]["actual_cost_micros"], 5, "it was sent, and answered after a fashion");
        assert_eq!(events[1]["status"], "success", "{events:?}");
        assert_eq!(world.spent(&team).await, 10, "stream: {stream}");
    }
}

/// Its terms were shown to nobody yet, and it answers for models that it does not have.
#[tokio::test]
async fn a_provider_with_terms_takes_only_its_own_models_once_it_is_connected() {
    let id = "claude-max-proxy";
    let upstream = crate::upstream::Upstream::start().unwrap();
    let world = World::with(&["--upstream", &format!("{id}={}", upstream.url())]);
    let team = world.team(json!({ "allProviders": true })).await;
    let (chat, native) = ("/v1/chat/completions", format!("/v1/native/{id}/v1/chat/completions"));
    let body = |model: &str| {
        json!({ "model": model,
            "messages": [{ "role": "user", "content": team.say("") }] })
    };
    let listed = body(&format!("{id}/claude-haiku-4"));
    let answer = refusal(world.ask(&team, chat, &listed).await).await;
    assert_eq!(answer, (503, "provider_disabled".to_owned()));
    let answer = refusal(world.ask(&team, &native, &body("claude-haiku-4")).await).await;
    assert_eq!(answer, (503, "provider_disabled".to_owned()));
    world.put(&format!("connections/{id}"), &json!({ "enabled": true })).await;
    for (path, model) in
        [(chat, format!("{id}/claude-haiku-4")), (&native, "claude-haiku-4".into())]
    {
        let answer = world.ask(&team, path, &body(&model)).await;
        assert_eq!(answer.status(), 200, "{path}: {}", answer.text().await.unwrap());
    }
    for (path, model) in [
        (chat, format!("{id}/claude-nope")),
        (&native, "claude-nope".to_owned()),
        (&native, format!("{id}/claude-nope")),
        (&native, "opus".to_owned()),
    ] {
        let answer = refusal(world.ask(&team, path, &body(&model)).await).await;
        assert_eq!(answer, (404, "model_not_found".to_owned()), "{path}: {model}");
    }
    assert_eq!(upstream.seen(&team.policy).len(), 2, "nothing else was passed on");
}
