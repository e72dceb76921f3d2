//! `why`: the chain of decisions, what it comes to, and what a script makes of it.

use serde_json::{Value, json};

use crate::harness::{Run, Sandbox};

/// A home with a key for everything at openai, which is configured.
fn home() -> (Sandbox, String) {
    let sandbox = Sandbox::new().with("OPENAI_API_KEY", "upstream-secret-7719");
    let words = ["key", "issue", "alice", "--provider", "openai", "--budget", "$5", "--to"];
    sandbox.ok(&[&words[..], &["file:key"]].concat());
    let key = std::fs::read_to_string(sandbox.path("key")).unwrap().trim().to_owned();
    (sandbox, key)
}

fn told(run: &Run) -> Value {
    serde_json::from_str(&run.stdout).unwrap_or_else(|e| panic!("{e}\n{run}"))
}

/// The marks of an explanation, by check.
fn mark<'t>(told: &'t Value, check: &str) -> Option<&'t str> {
    let steps = told["steps"].as_array().unwrap();
    steps.iter().find(|step| step["check"] == check).map(|step| step["mark"].as_str().unwrap())
}

#[test]
fn a_request_that_passes_says_what_it_would_reserve() {
    let (sandbox, key) = home();
    let words = ["why", "--model", "openai/gpt-5.6", "--in", "40k", "--out", "4k"];
    let run = sandbox.run_with_input(&[&words[..], &["--key-stdin", "-o", "json"]].concat(), &key);
    assert_eq!(run.code, Some(0), "{run}");
    let whole = told(&run);
    // A token for each byte that goes upstream and 1024 more, at 5 a million, or 6.25 where it is
    // written to a cache; and 4000 out at 30.
    let sent = json!({ "max_completion_tokens": 4_000, "model": "gpt-5.6",
        "messages": [{ "role": "user", "content": "a".repeat(160_000) }] });
    let input = sent.to_string().len() as u64 + 1_024;
    assert_eq!(whole["estimate"]["inputTokens"], input, "{whole}");
    assert_eq!(whole["estimate"]["outputTokens"], 4_000);
    assert_eq!(whole["reservedMicros"], (input * 6_250_000).div_ceil(1_000_000) + 120_000);
    assert_eq!((&whole["verdict"], &whole["status"]), (&json!("passes"), &json!(200)));
    assert_eq!(whole["path"], "/v1/chat/completions");
    assert_eq!(
        whole["budgets"],
        json!([{ "scope": "policy", "limitMicros": 5_000_000,
        "takenMicros": 0, "remainingMicros": 5_000_000 }])
    );
    assert_eq!(mark(&whole, "secret"), Some("passed"));
    assert_eq!(mark(&whole, "model_scope"), Some("skipped"));
    assert!(!run.stdout.contains("7719"), "{run}");
}

#[test]
fn a_refusal_is_told_with_its_reason_and_a_code_of_its_own() {
    let (sandbox, _) = home();
    let ask = |more: &[&str]| {
        let run = sandbox.run(&[&["why", "--key-id", "alice", "-o", "json"], more].concat());
        let whole = told(&run);
        let code = whole["code"].as_str().unwrap_or_default().to_owned();
        assert_eq!(run.code, Some(if code.is_empty() { 0 } else { 40 }), "{run}");
        assert_eq!(whole["reservedMicros"].as_u64().unwrap() > 0, code.is_empty(), "{run}");
        (whole["status"].as_u64().unwrap(), code)
    };
    let gpt = ["--model", "openai/gpt-5.6"];
    assert_eq!(ask(&[&gpt[..], &["--out", "1k"]].concat()), (200, String::new()));
    let refused = |status, code: &str| (status, code.to_owned());
    // 128 000 tokens out are the model's own limit, at 30 a million.
    sandbox.ok(&["policy", "set", "alice", "--budget", "$1"]);
    assert_eq!(ask(&gpt), refused(402, "budget_exhausted"));
    assert_eq!(ask(&["--model", "groq/gpt-oss-120b"]), refused(403, "provider_not_allowed"));
    assert_eq!(ask(&["--model", "openai/unheard-of"]), refused(400, "pricing_required"));
    assert_eq!(ask(&["--model", "nobody/knows"]), refused(404, "model_not_found"));
    assert_eq!(ask(&[&gpt[..], &["--in", "3m"]].concat()), refused(413, "request_too_large"));
    sandbox.ok(&["provider", "disable", "openai", "--yes"]);
    assert_eq!(ask(&gpt), refused(503, "provider_disabled"));
    sandbox.ok(&["key", "revoke", "alice", "--yes"]);
    assert_eq!(ask(&gpt), refused(403, "proxy_key_revoked"));
    let run = sandbox.run(&["why", "--key-id", "alice", "--model", "openai/gpt-5.6"]);
    assert_eq!(run.code, Some(40), "{run}");
    assert!(run.stdout.contains("403 proxy_key_revoked"), "{run}");
    assert!(run.stderr.contains("clawctl key enable alice"), "{run}");
}

#[test]
fn a_policy_can_be_asked_about_without_a_key() {
    let (sandbox, _) = home();
    let words = ["why", "--policy", "alice", "--model", "openai/gpt-5.6", "--out", "1k"];
    let whole = sandbox.json(&words);
    assert_eq!((&whole["policyId"], &whole["keyId"]), (&json!("alice"), &Value::Null));
    assert_eq!(mark(&whole, "key"), Some("skipped"));
    // Whose share of the budget it would be taken from, only a key says.
    sandbox.ok(&["policy", "set", "alice", "--budget-scope", "principal", "--yes"]);
    let run = sandbox.run(&[&words[..], &["-o", "json"]].concat());
    assert_eq!(run.code, Some(41), "{run}");
    let whole = told(&run);
    assert_eq!((&whole["verdict"], &whole["status"]), (&json!("unknown"), &Value::Null));
    assert_eq!(mark(&whole, "policy_ledger"), Some("unknown"));
    let run = sandbox.run(&["why", "--policy", "nobody", "--model", "openai/gpt-5.6"]);
    assert_eq!(run.code, Some(3), "{run}");
}

#[test]
fn bad_questions_are_refused_before_anything_is_asked() {
    let (sandbox, key) = home();
    for words in [
        &["why", "--key-id", "alice"][..],
        &["why", "--key-id", "alice", "--policy", "alice", "--model", "openai/gpt-5.6"],
        &["why", "--key-id", "alice", "--key-stdin", "--model", "openai/gpt-5.6"],
        &["why", "--key-id", "alice", "--model", "openai/gpt-5.6", "--in", "many"],
        &["why", "--key-id", "alice", "--model", "openai/gpt-5.6", "--route", "completions"],
        &["why", "--key-id", "alice", "--model", "openai/gpt-5.6", "--route", "/v1/models"],
        &["why", "--key-id", "alice", "--body-file", "nowhere.json"],
        &["why", "--key-id", "alice", "--body-file", "b", "--model", "openai/gpt-5.6"],
        &["why", "--key-stdin", "--body-file", "-"],
        &["why", "--model", "openai/gpt-5.6"],
    ] {
        let run = sandbox.run_with_input(words, &key);
        assert_eq!(run.code, Some(2), "{words:?}\n{run}");
        assert!(run.stdout.is_empty(), "{words:?}\n{run}");
    }
}

#[test]
fn a_body_of_ones_own_is_walked_as_it_is() {
    let (sandbox, _) = home();
    let body = json!({ "model": "openai/gpt-4.1-mini", "input": "hello", "max_output_tokens": 5 });
    std::fs::write(sandbox.path("body.json"), body.to_string()).unwrap();
    let whole = sandbox.json(&["why", "--key-id", "alice", "--body-file", "body.json"]);
    assert_eq!(whole["path"], "/v1/responses");
    assert_eq!(whole["bodyBytes"], body.to_string().len() as u64);
    let path = "/v1/native/openai/v1/responses";
    let words = ["why", "--key-id", "alice", "--route", path, "--body-file", "-", "-o", "json"];
    let run = sandbox.run_with_input(&words, &body.to_string());
    assert_eq!(told(&run)["path"], path, "{run}");
}

/// A router elsewhere is judged by what it shows, and comes to the same.
#[test]
fn a_router_elsewhere_is_asked_in_the_same_words() {
    let (sandbox, key) = home();
    enable_fusion(&sandbox);
    let out = ["--out", "1k", "-o", "json"];
    // The token is shown when the first serving ends.
    let (code, token, _) = sandbox.serve().stop();
    assert_eq!(code, Some(0));
    let served = sandbox.serve();
    let laptop = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", token.trim());
    for whose in [&["--key-stdin"][..], &["--key-id", "alice"], &["--policy", "alice"]] {
        for model in [
            "openai/gpt-5.6",
            "openai/unheard-of",
            "groq/gpt-oss-120b",
            "nobody/knows",
            "clawrouter/fusion",
        ] {
            let words = [&["why", "--model", model][..], whose, &out].concat();
            let here = sandbox.run_with_input(&words, &key);
            let elsewhere = [&words[..], &["--url", &served.url]].concat();
            let there = laptop.run_with_input(&elsewhere, &key);
            assert_eq!(here.code, there.code, "{words:?}\n{there}");
            let (here, there) = (told(&here), told(&there));
            for member in
                ["status", "code", "reservedMicros", "estimate", "budgets", "parts", "unseen"]
            {
                assert_eq!(here[member], there[member], "{member} of {words:?}");
            }
        }
    }
    let wrong = format!("{key}x");
    let words = ["why", "--model", "openai/gpt-5.6", "--key-stdin", "-o", "json", "--url"];
    let run = laptop.run_with_input(&[&words[..], &[&served.url]].concat(), &wrong);
    assert_eq!((run.code, &told(&run)["code"]), (Some(40), &json!("invalid_proxy_key")), "{run}");
}

const ADVISERS: [&str; 2] = ["groq/gpt-oss-120b", "openai/gpt-5.6"];

fn enable_fusion(sandbox: &Sandbox) {
    let [first, second] = ADVISERS;
    let words = ["fusion", "enable", "--adviser", first, "--adviser", second, "--aggregator"];
    sandbox.ok(&[&words[..], &["openai/gpt-4.1-mini", "--yes"]].concat());
}

/// A request for fusion is several, and each is decided about by itself.
#[test]
fn every_part_of_fusion_is_told_apart() {
    let (sandbox, _) = home();
    let words = ["why", "--key-id", "alice", "--model", "clawrouter/fusion", "--out", "1k"];
    let run = sandbox.run(&words);
    assert_eq!(run.code, Some(40), "{run}");
    assert!(run.stdout.contains("404 fusion_disabled"), "{run}");
    assert!(run.stderr.contains("clawctl fusion enable"), "{run}");

    enable_fusion(&sandbox);
    let whole = sandbox.json(&words);
    assert_eq!((&whole["verdict"], &whole["status"]), (&json!("passes"), &json!(200)), "{whole}");
    assert_eq!(
        (&whole["provider"], &whole["model"]),
        (&json!("openai"), &json!("openai/gpt-4.1-mini"))
    );
    let parts = whole["parts"].as_array().unwrap();
    let facts = |part: &Value| {
        ["stage", "index", "model", "verdict", "code"].map(|member| part[member].clone())
    };
    let [first, second] = ADVISERS;
    assert_eq!(
        parts.iter().map(facts).collect::<Vec<_>>(),
        [
            [
                json!("synthesizer"),
                Value::Null,
                json!("openai/gpt-4.1-mini"),
                json!("passes"),
                Value::Null
            ],
            [
                json!("adviser"),
                json!(1),
                json!(first),
                json!("refused"),
                json!("provider_not_allowed")
            ],
            [json!("adviser"), json!(2), json!(second), json!("passes"), Value::Null],
        ],
        "{whole}"
    );
    let micros = |part: &Value| part["reservedMicros"].as_u64().unwrap();
    assert_eq!(micros(&whole), parts.iter().map(micros).sum::<u64>());
    assert!(micros(&parts[0]) > 0 && micros(&parts[1]) == 0 && micros(&parts[2]) > 0, "{whole}");
    // What the one that answers takes is no longer there for an adviser.
    assert_eq!(parts[2]["budgets"][0]["takenMicros"], parts[0]["reservedMicros"]);

    let run = sandbox.run(&words);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(
        run.stdout.contains("1 of 2 advisers would be asked, and openai would answer."),
        "{run}"
    );
    assert!(run.stdout.contains("403 provider_not_allowed"), "{run}");
    let rows: Vec<_> = run.stdout.lines().skip_while(|line| !line.starts_with("PART")).collect();
    assert!(rows.iter().take(4).all(|row| row.chars().count() <= 80), "{run}");

    // Without the one that answers, nobody is asked.
    let scope = ["policy", "scope", "alice", "--add-provider", "groq", "--remove-provider"];
    sandbox.ok(&[&scope[..], &["openai", "--yes"]].concat());
    let run = sandbox.run(&[&words[..], &["-o", "json"]].concat());
    assert_eq!(
        (run.code, &told(&run)["code"]),
        (Some(40), &json!("provider_not_allowed")),
        "{run}"
    );
    assert_eq!(told(&run)["parts"].as_array().unwrap().len(), 1, "{run}");
}

#[test]
fn scripts_get_the_steps_as_rows() {
    let (sandbox, _) = home();
    let words = ["why", "--key-id", "alice", "--model", "openai/gpt-5.6", "--out", "1k"];
    let csv = sandbox.ok(&[&words[..], &["-o", "csv"]].concat());
    assert!(csv.starts_with("mark,check,detail\npassed,route,"), "{csv}");
    let some = sandbox.ok(&[&words[..], &["-o", "csv", "--columns", "check"]].concat());
    assert!(some.starts_with("check\nroute\nkey\n"), "{some}");
}
