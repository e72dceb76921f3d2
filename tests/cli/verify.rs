//! `verify enforcement`: on a router that enforces, and on one that only says so.

use serde_json::Value;

use crate::harness::{Sandbox, Served};
use crate::proxy::{Act, Proxy, ask};

const TOKEN: &str = "admin-token-of-the-verification";

/// A router with two providers that could be asked; where they would be, nobody listens.
fn router() -> (Sandbox, Served) {
    let home = Sandbox::new()
        .with("OPENAI_API_KEY", "not-a-key")
        .with("ANTHROPIC_API_KEY", "not-a-key")
        .with("CLAWROUTER_ADMIN_TOKEN_SHA256", &clawctl_wire::key::sha256_hex(TOKEN));
    let served = home.serve_with(&[
        "--upstream",
        "openai=http://127.0.0.1:9",
        "--upstream",
        "anthropic=http://127.0.0.1:9",
    ]);
    (home, served)
}

fn operator(url: &str) -> Sandbox {
    Sandbox::new().with("CLAWROUTER_BASE_URL", url).with("CLAWROUTER_ADMIN_TOKEN", TOKEN)
}

fn verdicts(rows: &Value, claim: &str) -> Vec<(String, String)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    rows.as_array()
        .unwrap()
        .iter()
        .filter(|row| row["claim"] == claim)
        .map(|row| (text(&row["family"]), text(&row["verdict"])))
        .collect()
}

/// Both are there, and both are off.
fn left_behind(url: &str) -> (Value, Value) {
    let one = |path: &str| {
        let (status, body) = ask(url, "GET", path, Some(TOKEN), None);
        assert_eq!(status, 200, "{path}");
        body["enabled"].clone()
    };
    (one("/v1/admin/policies/clawctl_verify"), one("/v1/admin/credentials/clawctl_verify"))
}

#[test]
fn a_router_that_enforces_is_proved_to() {
    let (_home, served) = router();
    let admin = operator(&served.url);
    for _ in 0..2 {
        let rows = admin.json(&["verify", "enforcement"]);
        let held = |families: &[&str]| -> Vec<(String, String)> {
            families.iter().map(|family| ((*family).to_owned(), "held".to_owned())).collect()
        };
        let spending = ["chat", "responses", "embeddings", "messages", "native", "proxy"];
        let all =
            ["chat", "responses", "embeddings", "messages", "count_tokens", "native", "proxy"];
        assert_eq!(verdicts(&rows, "budget"), held(&spending));
        assert_eq!(verdicts(&rows, "provider_scope"), held(&all));
        assert_eq!(verdicts(&rows, "model_scope"), held(&all));
        assert_eq!(verdicts(&rows, "revocation"), held(&["chat"]));
        assert_eq!(left_behind(&served.url), (Value::Bool(false), Value::Bool(false)));
    }
}

#[test]
fn a_router_that_lets_through_is_found_out() {
    let (_home, served) = router();
    let proxy = Proxy::start(&served.url);
    let lie = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 2\r\n\r\n{}";
    let _ = proxy.follow(move |_, heard| {
        let is_chat = heard.line.starts_with("POST /v1/chat/completions");
        if is_chat { Act::Answer(lie.to_vec()) } else { Act::Forward }
    });
    let run = operator(&proxy.url).run(&["verify", "enforcement", "-o", "json"]);
    assert_eq!(run.code, Some(1), "{run}");
    let rows: Value = serde_json::from_str(&run.stdout).unwrap();
    for claim in ["budget", "provider_scope", "model_scope"] {
        let verdicts = verdicts(&rows, claim);
        assert_eq!(verdicts[0], ("chat".to_owned(), "broken".to_owned()), "{claim}");
        assert!(verdicts[1..].iter().all(|(_, verdict)| verdict == "held"), "{verdicts:?}");
    }
    assert_eq!(left_behind(&served.url), (Value::Bool(false), Value::Bool(false)));
}

#[test]
fn where_nothing_is_ready_nothing_is_claimed() {
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["verify", "enforcement"]);
    assert_eq!(run.code, Some(7), "{run}");
    assert!(run.stderr.contains("Nothing was proved of budgets"), "{run}");
    let run = sandbox.run(&["verify", "enforcement", "--dry-run"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stdout.contains("would be tried"), "{run}");
}
