//! Routers that are older than this program, and newer ones.

use super::server::{Act, Server, health, json};
use super::{against, check};

/// A router that has these admin routes, and no other.
fn with_routes(routes: &'static [(&'static str, &'static str)]) -> Server {
    Server::start(move |line| {
        let path = line.split(' ').nth(1).unwrap();
        if path == "/v1/health" {
            return health();
        }
        let found = routes.iter().find(|(route, _)| path == format!("/v1/admin/{route}"));
        match found {
            Some((_, body)) => json("200 OK", body),
            None => missing(),
        }
    })
}

fn missing() -> Act {
    json("404 Not Found", r#"{"error":{"code":"route_not_found","message":"no such route"}}"#)
}

const POLICY: &str = r#"{"policies":[{"policyId":"team","enabled":true,"providers":["openai"],
    "tenantId":"default","tokenRole":"service","monthlyBudgetMicros":null,"requestCostMicros":null,
    "budgetScope":"household","retainRequestContent":true,"grantRouting":{"strategy":"lunar"},
    "requestsPerMinute":60}],"nextPage":null}"#;

const KEY: &str = r#"{"credentials":[{"credentialId":"team_key","policyId":"team","enabled":true,
    "policyEnabled":true,"generationMatches":true,"active":true,"principalId":null,"color":"red"}]}"#;

const OVERVIEW: &str = r#"{"policiesTotal":1,"policiesActive":1,"keysTotal":1,"keysActive":1,
    "tenantsTotal":1,"providerCount":21,"openaiCompatibleProviders":13,"manifestRoutes":34,
    "monthlyBudgetMicros":0,"requestCostMicros":0,"robots":7}"#;

const READY: &str = r#"{"providers":[{"id":"openai","displayName":"OpenAI","class":"quantum",
    "serviceKind":"oracle","requiredConfig":[],"optionalConfig":[],"missingConfig":[],
    "configPresent":true,"connectionEnabled":true,"oauthGrantRequired":false,"oauthGrantCount":0,
    "upstreamGrantCount":0,"openaiCompatible":true,"manifestRoutes":3,
    "executableEndpoints":["telepathy"],"modelCount":5,"executable":true,"verified":false,
    "lastCheckedAt":null,"latencyMs":null,"status":"dreaming","reasons":[],"mood":"good"}]}"#;

const CONNECTIONS: &str =
    r#"{"connections":[{"providerId":"openai","enabled":true,"label":null,"region":"moon"}]}"#;

#[test]
fn what_an_older_router_lacks_is_said_by_the_doctor_and_by_the_command() {
    let server = with_routes(&[("policies", POLICY), ("credentials", KEY), ("overview", OVERVIEW)]);
    check(&against(&server, &["policy", "list"]), 0, &[]);
    check(&against(&server, &["key", "list"]), 0, &[]);
    for words in
        [["fusion", "show"], ["tenant", "list"], ["provider", "list"], ["provider", "check"]]
    {
        let run = against(&server, &words);
        check(&run, 3, &["route_not_found", "older or newer", "clawctl doctor"]);
    }
    let doctor = against(&server, &["doctor", "-o", "json"]);
    assert_eq!(doctor.code, Some(0), "{doctor}");
    for said in ["lacks a part of the admin API", "fusion", "upstream-grants", "provider-status"] {
        assert!(doctor.stdout.contains(said), "{said}\n{doctor}");
    }
    assert!(!doctor.stdout.contains("does not know it"), "{doctor}");
}

#[test]
fn a_router_is_exported_without_what_it_does_not_know() {
    let server = with_routes(&[
        ("policies", POLICY),
        ("credentials", KEY),
        ("connections", CONNECTIONS),
        ("access-users", r#"{"users":[]}"#),
    ]);
    let export = against(&server, &["export"]);
    check(&export, 0, &["does not know: grants, bindings, rules, fusion\n"]);
    assert!(export.stdout.contains("team_key:"), "{export}");

    let file = tempfile::NamedTempFile::with_suffix(".yaml").unwrap();
    let path = file.path().to_str().unwrap();
    let diff = |manifest: &str| {
        std::fs::write(path, manifest).unwrap();
        against(&server, &["diff", "-f", path])
    };
    check(&diff("version: 1\nproviders: { openai: { enabled: false } }\n"), 10, &[]);
    for (section, named) in [
        ("grants", "{ policies/team/main: { enabled: false } }"),
        ("bindings", "[{ group: staff, policy: team }]"),
        ("rules", "{ staff: { kind: exact_email, subject: ada@staff.example } }"),
        ("fusion", "{ enabled: true }"),
    ] {
        let run = diff(&format!("version: 1\n{section}: {named}\n"));
        check(&run, 2, &[&format!("this router does not know {section}")]);
    }
}

#[test]
fn what_a_newer_router_adds_stops_nobody() {
    let routes: &[_] = &[
        ("policies", POLICY),
        ("credentials", KEY),
        ("overview", OVERVIEW),
        ("provider-status", READY),
        ("connections", CONNECTIONS),
    ];
    let server = with_routes(routes);
    for words in [
        ["policy", "list", "-o", "table"],
        ["policy", "show", "team", "--quiet"],
        ["key", "list", "-o", "csv"],
        ["key", "show", "team_key", "--quiet"],
        ["provider", "list", "-o", "json"],
        ["provider", "list", "-o", "table"],
    ] {
        check(&against(&server, &words), 0, &[]);
    }
    let shown = against(&server, &["policy", "show", "team", "-o", "json"]);
    let shown: serde_json::Value = serde_json::from_str(&shown.stdout).unwrap();
    assert_eq!(shown["budgetScope"], "household");
    assert_eq!(shown["requestsPerMinute"], 60);
    let listed = against(&server, &["provider", "list", "-o", "json"]);
    assert!(listed.stdout.contains("dreaming"), "{listed}");
}

#[test]
fn a_check_on_a_router_that_remembers_nothing_takes_a_key() {
    const PROVIDERS: &str = r#"{"version":"clawrouter.provider-snapshot.v1","providers":[{
        "id":"openai","display_name":"OpenAI","capabilities":[{"id":"llm.chat",
        "endpoint":"chat_completions","methods":["POST"]}],"endpoints":[{"id":"chat_completions",
        "method":"POST","methods":["POST"],"path":"/v1/chat/completions",
        "request_format":"openai.chat_completions"}],"models":[{"id":"openai/tiny",
        "upstream":"tiny","capabilities":["llm.chat"]}],"auth":{"schemes":[{"type":"telepathy"}]}}]}"#;
    let server = Server::start(|line| match line.split(' ').nth(1).unwrap() {
        "/v1/health" => health(),
        "/v1/providers" => json("200 OK", PROVIDERS),
        "/v1/admin/provider-status" => json("200 OK", READY),
        "/v1/chat/completions" => json(
            "402 Payment Required",
            r#"{"error":{"code":"budget_exhausted","message":"nothing left"}}"#,
        ),
        _ => missing(),
    });
    let without = against(&server, &["provider", "check"]);
    check(&without, 2, &["no router remembers", "the key is missing", "--key-env"]);
    assert!(server.heard().iter().all(|heard| !heard.line.starts_with("POST")));
    let sandbox = super::Sandbox::new()
        .with("CLAWROUTER_ADMIN_TOKEN", super::TOKEN)
        .with("CHECK_KEY", "clawrouter-live-checker-canary-key-secret-1185");
    let words = ["provider", "check", "openai", "--key-env", "CHECK_KEY", "-o", "json"];
    let run = sandbox.run(&[words.as_slice(), &["--url", &server.url]].concat());
    check(&run, 1, &["1 request", "without a price"]);
    let rows: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(rows[0]["outcome"], "failed");
    assert_eq!(rows[0]["statusCode"], 402);
    assert_eq!(rows[0]["recorded"], false);
    assert_eq!(rows[0]["reason"], "nothing left");
    let asked: Vec<_> =
        server.heard().into_iter().filter(|heard| heard.line.starts_with("POST")).collect();
    assert_eq!(asked.len(), 1, "what costs money is not asked twice");
    let key = "Bearer clawrouter-live-checker-canary-key-secret-1185";
    assert_eq!(asked[0].header("authorization"), Some(key));
    assert!(asked[0].body.contains(r#""max_tokens":16"#), "{}", asked[0].body);
}

/// The errors of real routers and of what stands in front of them, each against a command.
#[test]
fn whatever_is_answered_is_an_error_that_can_be_read() {
    let errors: Vec<serde_json::Value> =
        serde_json::from_str(include_str!("../wire/fixtures/errors.json")).unwrap();
    for error in errors {
        let (status, body) = (error["status"].to_string(), error["body"].as_str().unwrap());
        let (line, body) = (format!("{status} Said So"), body.to_owned());
        let server = Server::start(move |asked| match asked.starts_with("GET /v1/health") {
            true => health(),
            false => json(&line, &body),
        });
        let run = against(&server, &["policy", "list"]);
        assert_eq!(run.code.map(i64::from), error["exit"].as_i64(), "{error}\n{run}");
        assert!(run.stderr.starts_with("error: "), "{error}\n{run}");
        assert!(!run.stderr.contains("panicked"), "{error}\n{run}");
    }
}
