//! `connect claude-max-proxy` and `connect clawpool`, with stand-ins for both.

use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use serde_json::json;

use crate::harness::Sandbox;

/// A server that knows a few paths, and writes down what it is asked.
struct StandIn {
    url: String,
    heard: Arc<Mutex<Vec<String>>>,
}

impl StandIn {
    fn start(routes: &'static [(&'static str, u16, &'static str)]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let heard = Arc::new(Mutex::new(Vec::new()));
        let heard_there = Arc::clone(&heard);
        // It ends with the process.
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let Ok(mut stream) = stream else { continue };
                let mut head = String::new();
                let mut reader = BufReader::new(stream.try_clone().unwrap());
                while reader.read_line(&mut head).is_ok_and(|count| count > 2) {}
                let path = head.split_whitespace().nth(1).unwrap_or_default().to_owned();
                heard_there.lock().unwrap().push(head);
                let known = routes.iter().find(|(known, ..)| *known == path);
                let (status, body) = known.map_or((404, "{}"), |(_, status, body)| (*status, body));
                let _ = write!(
                    stream,
                    "HTTP/1.1 {status} X\r\ncontent-type: application/json\r\nconnection: close\r\n\
                     content-length: {}\r\n\r\n{body}",
                    body.len()
                );
            }
        });
        Self { url, heard }
    }

    fn heard(&self) -> String {
        self.heard.lock().unwrap().join("\n")
    }
}

const MAX_PROXY: &[(&str, u16, &str)] = &[
    ("/health", 200, r#"{"status":"ok","provider":"claude-code-cli"}"#),
    ("/v1/models", 200, r#"{"data":[{"id":"claude-opus-4"},{"id":"claude-haiku-4"}]}"#),
];

#[test]
fn a_claude_max_proxy_is_looked_at_agreed_to_and_switched_on() {
    let proxy = StandIn::start(MAX_PROXY);
    let sandbox = Sandbox::new();
    sandbox.ok(&["provider", "disable", "claude-max-proxy", "--yes"]);
    let words = ["connect", "claude-max-proxy", "--at", &proxy.url];
    let asked = sandbox.run(&words);
    assert_eq!(asked.code, Some(7), "its terms have to be agreed to\n{asked}");
    assert!(asked.stderr.contains("terms"), "{asked}");
    let dry = sandbox.json(&[&words[..], &["--dry-run"]].concat());
    assert_eq!((&dry["switchedOn"], &dry["dryRun"]), (&true.into(), &true.into()), "{dry}");
    assert_eq!(sandbox.json(&["provider", "show", "claude-max-proxy"])["enabled"], false);
    let done = sandbox.json(&[&words[..], &["--yes"]].concat());
    assert_eq!(done["offers"], serde_json::json!(["claude-opus-4", "claude-haiku-4"]));
    assert!(done["notes"][0].as_str().unwrap().contains("--upstream claude-max-proxy="), "{done}");
    let models = done["models"].as_array().unwrap();
    assert!(models.iter().all(|row| row["ready"] == true) && models.len() == 3, "{done}");
    let again = sandbox.ok(&words);
    assert!(again.contains("was on already"), "who agreed is not asked again\n{again}");
}

/// On a machine where nobody connected anything, nothing that needs no key is ready by itself.
#[test]
fn a_provider_that_nobody_connected_is_not_ready() {
    let sandbox = Sandbox::new();
    assert_eq!(sandbox.json(&["provider", "list", "--ready"]), serde_json::json!([]));
    sandbox.ok(&["policy", "create", "all", "--all-providers", "--no-budget"]);
    let models = sandbox.ok(&["catalog", "list", "--policy", "all"]);
    assert!(!models.contains("claude-max-proxy") && !models.contains("clawpool"), "{models}");
    let refused = |words: &[&str]| {
        let run = sandbox.run(&[&["why", "--policy", "all", "-o", "json"], words].concat());
        let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
        (run.code, told["code"].as_str().unwrap_or_default().to_owned())
    };
    let max = ["--model", "claude-max-proxy/claude-haiku-4"];
    assert_eq!(refused(&max), (Some(40), "provider_disabled".to_owned()));
    let scrape = ["--route", "/v1/native/firecrawl/v2/scrape"];
    assert_eq!(refused(&scrape), (Some(40), "provider_not_configured".to_owned()));
    let asked = sandbox.run(&["provider", "enable", "claude-max-proxy"]);
    assert_eq!(asked.code, Some(7), "its terms are shown and have to be agreed to\n{asked}");
    assert!(asked.stderr.contains("terms"), "{asked}");
    assert_eq!(sandbox.json(&["provider", "list", "--ready"]), serde_json::json!([]));
    sandbox.ok(&["provider", "enable", "claude-max-proxy", "--yes"]);
    sandbox.ok(&["provider", "enable", "firecrawl"]);
    let ready = sandbox.json(&["provider", "list", "--ready"]);
    let ids: Vec<_> = ready.as_array().unwrap().iter().map(|row| &row["providerId"]).collect();
    assert_eq!(ids, ["claude-max-proxy", "firecrawl"]);
    assert_eq!(refused(&max), (Some(0), String::new()));
    assert_eq!(refused(&scrape), (Some(0), String::new()));
    assert!(sandbox.ok(&["catalog", "list", "--policy", "all"]).contains("claude-max-proxy"));
}

/// Where the served router was told to find it, and not where its manifest says.
#[test]
fn an_upstream_is_looked_for_where_the_served_router_reaches_it() {
    let proxy = StandIn::start(MAX_PROXY);
    let sandbox = Sandbox::new();
    let there = format!("claude-max-proxy={}", proxy.url);
    let _served = sandbox.serve_with(&["--upstream", &there]);
    let done = sandbox.json(&["connect", "claude-max-proxy", "--yes"]);
    assert_eq!((&done["place"], &done["notes"]), (&proxy.url.clone().into(), &json!([])), "{done}");
    let shown = sandbox.json(&["provider", "show", "claude-max-proxy"]);
    assert_eq!(shown["executable"], true, "{shown}");
    let signs = shown["health"].as_array().unwrap();
    assert!(signs.len() == 2 && signs.iter().all(|sign| sign["ok"] == true), "{shown}");
}

#[test]
fn the_unit_of_a_claude_max_proxy_has_a_folder_of_its_own() {
    let program = Sandbox::new();
    let path = program.path("claude-max-api");
    std::fs::write(&path, "#!/bin/sh\n").unwrap();
    std::fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    let sandbox = Sandbox::new().with("PATH", &program.root().display().to_string());
    let folder = sandbox.path("clawctl/claude-max-api");
    let unit = sandbox.ok(&["connect", "claude-max-proxy", "--service", "--for", "systemd"]);
    assert!(unit.contains(&format!("\nWorkingDirectory={}\n", folder.display())), "{unit}");
    let mode = std::os::unix::fs::PermissionsExt::mode(&folder.metadata().unwrap().permissions());
    assert_eq!(mode & 0o777, 0o700, "what it does there is nobody else's business");
}

#[test]
fn something_else_is_not_taken_for_a_claude_max_proxy() {
    let other = StandIn::start(&[("/health", 200, r#"{"status":"ok"}"#)]);
    let sandbox = Sandbox::new();
    let run = sandbox.run(&["connect", "claude-max-proxy", "--at", &other.url, "--yes"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("is no claude-max-api-proxy"), "{run}");
    let run = sandbox.run(&["connect", "claude-max-proxy", "--at", "http://127.0.0.1:1", "--yes"]);
    assert_eq!(run.code, Some(6), "{run}");
    assert!(run.stderr.contains("claude-max-api"), "{run}");
    let unit = sandbox.run(&["connect", "claude-max-proxy", "--service"]);
    assert_eq!(unit.code, Some(2), "it is not installed here\n{unit}");
}

const POOL_KEY: &str = "sk-ant-oat-cpk-canary-7731";

const POOL: &[(&str, u16, &str)] = &[("/v1/models", 200, r#"{"data":[{"id":"claude-opus-4-8"}]}"#)];

#[test]
fn a_pool_key_is_tried_and_kept_as_a_grant() {
    let pool = StandIn::start(POOL);
    let sandbox = Sandbox::new();
    sandbox.ok(&["policy", "create", "team", "--provider", "clawpool", "--no-budget"]);
    let words = ["connect", "clawpool", "--policy", "team", "--pool-key-stdin", "--at", &pool.url];
    let run = |more: &[&str], key: &str| {
        let run = sandbox.run_with_input(&[&words[..], more].concat(), key);
        assert!(!run.to_string().contains("canary"), "{run}");
        run
    };
    assert_eq!(run(&["--yes"], "sk-ant-something-else").code, Some(2));
    assert_eq!(pool.heard(), "", "what cannot be a key of it is not sent to it");
    assert_eq!(run(&[], POOL_KEY).code, Some(7), "the terms have to be agreed to");
    let dry = run(&["--dry-run", "-o", "json"], POOL_KEY);
    assert_eq!(dry.code, Some(0), "{dry}");
    assert_eq!(sandbox.json(&["grant", "list"]), serde_json::json!([]));
    let done = run(&["--yes", "-o", "json"], POOL_KEY);
    assert_eq!(done.code, Some(0), "{done}");
    let done: serde_json::Value = serde_json::from_str(&done.stdout).unwrap();
    assert_eq!(done["grant"]["name"], "policies/team/clawpool");
    assert!(pool.heard().to_lowercase().contains(&format!("authorization: bearer {POOL_KEY}")));
    assert!(!pool.heard().to_lowercase().contains("claude-cli"), "no identity is made up");
    let grants = sandbox.json(&["grant", "list"]);
    assert_eq!(grants[0]["provider"], "clawpool", "{grants}");
    let models = done["models"].as_array().unwrap();
    assert!(!models.is_empty() && models.iter().all(|row| row["ready"] == true), "{done}");
}

#[test]
fn a_key_that_the_pool_does_not_know_is_not_kept() {
    let pool = StandIn::start(&[("/v1/models", 401, r#"{"error":"Invalid pool key"}"#)]);
    let sandbox = Sandbox::new();
    sandbox.ok(&["policy", "create", "team", "--provider", "clawpool", "--no-budget"]);
    let words = ["connect", "clawpool", "--policy", "team", "--pool-key-stdin", "--at", &pool.url];
    let run = sandbox.run_with_input(&[&words[..], &["--yes"]].concat(), POOL_KEY);
    assert_eq!(run.code, Some(4), "{run}");
    assert_eq!(sandbox.json(&["grant", "list"]), serde_json::json!([]));
    let nobody = sandbox.run_with_input(&["connect", "clawpool", "--pool-key-stdin"], POOL_KEY);
    assert_eq!(nobody.code, Some(2), "{nobody}");
}

#[test]
fn what_cannot_be_reached_is_called_by_its_name() {
    let sandbox = Sandbox::new().with("POOL", "sk-ant-oat-cpk-1");
    sandbox.ok(&["policy", "create", "team", "--provider", "clawpool", "--no-budget"]);
    // Nothing listens there: the port was free a moment ago.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let pool = ["connect", "clawpool", "--policy", "team", "--pool-key-env", "POOL"];
    for (words, name) in [
        (&["connect", "claude-max-proxy"][..], "claude-max-api-proxy at"),
        (&pool[..], "the pool at"),
    ] {
        let run = sandbox.run(&[words, &["--at", &url]].concat());
        assert_eq!(run.code, Some(6), "{run}");
        assert!(run.stderr.contains(name) && !run.stderr.contains("the router at"), "{run}");
    }
}
