//! What a stranger tries: keys that are nearly one, models that are nearly allowed, bodies made to
//! break the reader, and backups in the middle of all that.

use std::time::Duration;

use serde_json::{Value, json};
use tokio::task::JoinSet;

use crate::harness::Sandbox;
use crate::protocol::Protocol;
use crate::world::{ADMIN_TOKEN, Team, World, client};

const PATH: &str = "/v1/chat/completions";
const MODEL: &str = "openai/gpt-4.1-mini";

/// Header values that hold a team's key in a form that is none.
fn forms(team: &Team, other: &Team) -> Vec<String> {
    let (key, id, secret) = (team.key.as_str(), team.policy.as_str(), team.secret());
    let (theirs, short) = (other.policy.as_str(), &key[..key.len() - 1]);
    let backwards: String = secret.chars().rev().collect();
    let hash = clawctl_wire::key::sha256_hex(secret);
    vec![
        String::new(),
        "Bearer".to_owned(),
        "Bearer ".to_owned(),
        short.to_owned(),
        format!("{key}x"),
        format!("{key}-"),
        key.to_uppercase(),
        key.replace("clawrouter", "CLAWROUTER"),
        key.replace("-live-", "-Live-"),
        key.replace("-live-", "-prod-"),
        key.replace("clawrouter-live-", ""),
        format!("clawrouter-live-{theirs}-{secret}"),
        format!("clawrouter-live-nobody-{secret}"),
        format!("clawrouter-live-{}-{secret}", id.to_uppercase()),
        format!("clawrouter-live-{id}_-{secret}"),
        format!("clawrouter-live-{id}-{backwards}"),
        format!("clawrouter-live-{id}-{hash}"),
        format!("clawrouter-live-{id}-"),
        format!("clawrouter-live-{id}"),
        format!("clawrouter-live--{secret}"),
        format!("clawrouter-live-{secret}-{id}"),
        format!("clawrouter_live_{id}_{secret}"),
        format!("ocpk_live_{id}_{secret}"),
        format!("Basic {key}"),
        format!("Token {key}"),
        format!("Bearer Bearer {key}"),
        format!("Bearer \"{key}\""),
        format!("Bearer {key},{key}"),
        format!("Bearer {key};x=1"),
        key.replace('-', "%2D"),
        key.replacen('-', " ", 1),
        format!("Bearer {ADMIN_TOKEN}"),
        "Bearer eyJhbGciOiJub25lIn0.eyJzdWIiOiJhZG1pbiJ9.".to_owned(),
    ]
}

#[tokio::test]
async fn what_is_nearly_a_key_opens_nothing() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true })).await;
    let other = world.team(json!({ "allProviders": true })).await;
    let forms = forms(&team, &other);
    assert!(forms.len() >= 28);
    for form in &forms {
        for header in ["authorization", "x-api-key", "api-key", "x-goog-api-key"] {
            for path in [PATH, "/v1/models", "/v1/usage", "/v1/key/inspect"] {
                let url = format!("{}{path}", world.url());
                let request = match path {
                    PATH => {
                        client().post(url).json(&Protocol::Chat.body(MODEL, &team.say(""), false))
                    }
                    _ => client().get(url),
                };
                let answer = request.header(header, form).send().await.unwrap();
                assert_eq!(answer.status(), 401, "{header} {form} {path}");
                let said = answer.text().await.unwrap();
                assert!(!said.contains(team.secret()), "{said}");
            }
        }
    }
    // Nor does one stand anywhere but in a header.
    let url = format!("{}{PATH}?key={}&api_key={}", world.url(), team.key, team.key);
    let body = Protocol::Chat.body(MODEL, &team.say(""), false);
    assert_eq!(client().post(url).json(&body).send().await.unwrap().status(), 401);
    assert!(world.upstream.seen(&team.policy).is_empty(), "a provider was asked");
    assert_eq!(world.events(&team, 0).await.len(), 0);
}

/// Names that are nearly the one model in scope, or try to bring another along.
const NAMES: [&str; 17] = [
    "openai/gpt-5.4",
    "OPENAI/GPT-5.4",
    "gpt-5.4",
    "openai//gpt-5.4",
    "./openai/gpt-5.4",
    "openai/gpt-4.1-mini/../gpt-5.4",
    "openai/gpt-4.1-mini,openai/gpt-5.4",
    "openai/gpt-4.1-mini?model=gpt-5.4",
    "openai/gpt-4.1-mini#gpt-5.4",
    "openai%2Fgpt-5.4",
    "openai/gpt-4.1-mini*",
    "openai/gpt-4.1-mini-2025-04-14",
    "openai/*",
    "*",
    "",
    "anthropic/claude-haiku-4-5",
    "clawrouter/fusion",
];

#[tokio::test]
async fn a_model_out_of_scope_is_reached_by_no_spelling() {
    let world = World::shared();
    let team = world.team(json!({ "allProviders": true, "models": [MODEL] })).await;
    let chat = |model: &Value| {
        let mut body = Protocol::Chat.body("", &team.say(""), false);
        body["model"] = model.clone();
        body
    };
    let odd = [json!(null), json!(5), json!(["openai/gpt-5.4"]), json!({ "id": "openai/gpt-5.4" })];
    let models: Vec<Value> = NAMES.iter().map(|name| json!(name)).chain(odd).collect();
    let mut tries: Vec<(String, String)> = Vec::new();
    for model in &models {
        let mut responses = Protocol::Responses.body("", &team.say(""), false);
        responses["model"] = model.clone();
        tries.push((PATH.to_owned(), chat(model).to_string()));
        tries.push(("/v1/responses".to_owned(), responses.to_string()));
        tries.push(("/v1/native/openai/v1/chat/completions".to_owned(), chat(model).to_string()));
        let wrapped = json!({ "body": chat(model) });
        tries.push(("/v1/proxy/openai/chat_completions".to_owned(), wrapped.to_string()));
    }
    // Two members of one name, of which one reader takes the first and another the last.
    let text = chat(&json!(MODEL)).to_string();
    let twice = text.replacen('{', r#"{"model":"openai/gpt-5.4","#, 1);
    tries.push((PATH.to_owned(), twice));
    tries.push((PATH.to_owned(), text.trim_end_matches('}').to_owned() + r#","model":"gpt-5.4"}"#));
    assert!(tries.len() >= 65);
    for (path, body) in tries {
        let request = world.request(&team, &path).header("content-type", "application/json");
        let answer = request.body(body.clone()).send().await.unwrap();
        let status = answer.status();
        assert!(!status.is_server_error(), "{status} {path} {body}");
    }
    // Whatever was let through went to the one model that is allowed.
    for seen in world.upstream.seen(&team.policy) {
        let model = seen.json()["model"].clone();
        let text = String::from_utf8_lossy(&seen.body).into_owned();
        assert!(["gpt-4.1-mini", MODEL].iter().any(|it| model == *it), "{text}");
        assert_eq!(text.matches("\"model\"").count(), 1, "{text}");
    }
}

#[tokio::test]
async fn bombs_of_json_are_refused_and_the_router_goes_on() {
    let world = World::shared();
    let team = world.team(json!({ "providers": ["openai"] })).await;
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let bombs = [
        deep("[", "]"),
        deep(r#"{"a":"#, "}"),
        "[".repeat(1_000_000),
        format!(r#"{{"model":"{MODEL}","messages":{}}}"#, deep("[", "]")),
        format!(r#"{{"model":"{MODEL}","messages":[],"x":{}}}"#, "9".repeat(1_000_000)),
        format!(r#"{{"model":"{MODEL}","temperature":1e999999}}"#),
        format!(r#"{{"model":"{}"}}"#, "\\u0041".repeat(200_000)),
    ];
    let admin = |path: &str| {
        let url = format!("{}/v1/admin/{path}", world.url());
        client().put(url).bearer_auth(ADMIN_TOKEN)
    };
    for bomb in &bombs {
        let said = |status: u16| assert!((200..500).contains(&status), "{status} {}", &bomb[..40]);
        for path in [PATH, "/v1/responses", "/v1/messages", "/v1/proxy/openai/chat_completions"] {
            let request = world.request(&team, path).header("content-type", "application/json");
            said(request.body(bomb.clone()).send().await.unwrap().status().as_u16());
        }
        for path in ["policies/bomb", "credentials/bomb", "access-users/a@b.c", "fusion"] {
            let request = admin(path).header("content-type", "application/json");
            said(request.body(bomb.clone()).send().await.unwrap().status().as_u16());
        }
    }
    let body = Protocol::Chat.body(MODEL, &team.say(""), false);
    assert_eq!(world.ask(&team, PATH, &body).await.status(), 200);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_backup_under_load_is_a_whole_router() {
    const PRICE: u64 = 100;
    let world = World::with(&[]);
    let members = json!({ "providers": ["openai"], "requestCostMicros": PRICE,
        "monthlyBudgetMicros": PRICE * 100_000 });
    let team = world.team(members).await;
    let (stop, stopped) = tokio::sync::watch::channel(false);
    let mut asking = JoinSet::new();
    for _ in 0..4 {
        let body = Protocol::Chat.body(MODEL, &team.say(""), false);
        let (request, stopped) = (world.request(&team, PATH).json(&body), stopped.clone());
        asking.spawn(async move {
            while !*stopped.borrow() {
                let answer = request.try_clone().unwrap().send().await.unwrap();
                assert_eq!(answer.status(), 200);
            }
        });
    }
    while world.upstream.seen(&team.policy).len() < 10 {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    for number in 0..3 {
        let name = format!("backup_{number}.db");
        let run = {
            let words = ["router", "backup", &name];
            tokio::task::block_in_place(|| world.sandbox.run(&words))
        };
        assert_eq!(run.code, Some(0), "{run}");
    }
    stop.send(true).unwrap();
    while let Some(done) = asking.join_next().await {
        done.unwrap();
    }
    for number in 0..3 {
        let home = Sandbox::new();
        let from = world.sandbox.path(&format!("backup_{number}.db"));
        home.ok(&["router", "restore", from.to_str().unwrap(), "--yes"]);
        let database = rusqlite::Connection::open(home.path("clawctl/router.db")).unwrap();
        let check: String =
            database.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(check, "ok");
        let usage = home.json(&["api", "GET", "/v1/admin/usage"]);
        let spent = usage["policies"][0]["budget"]["spentMicros"].as_u64().unwrap();
        let count = usage["usage"]["summary"]["requestCount"].as_u64().unwrap();
        let open: u32 =
            database.query_row("SELECT COUNT(*) FROM reservations", [], |row| row.get(0)).unwrap();
        assert!(count >= 6 && spent >= count * PRICE, "{usage}");
        assert!(
            spent <= (count + u64::from(open.max(4))) * PRICE,
            "{spent} of {count} and {open} open"
        );
    }
}
