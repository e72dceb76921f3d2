//! Upstream grants, as an operator handles them.

use std::io::{Read, Write};

use serde_json::{Value, json};

use crate::harness::{Run, Sandbox};
use crate::token_server::{Mood, TokenServer};

const MAIN: &str = "policies/team/main";

fn with_team() -> Sandbox {
    let sandbox = Sandbox::new();
    let words = ["policy", "create", "team", "--provider", "openai", "--no-budget"];
    sandbox.ok(&[words.as_slice(), &["--tenant", "acme"]].concat());
    sandbox
}

fn put(sandbox: &Sandbox, name: &str, more: &[&str]) -> Run {
    let words = ["grant", "put", name, "--provider", "openai", "--credential-stdin"];
    sandbox.run_with_input(&[words.as_slice(), more].concat(), "sk-1\n")
}

/// The words of the effects of a change, from its JSON.
fn effects(changed: &Value) -> Vec<&str> {
    let effects = changed["effects"].as_array().unwrap();
    effects.iter().map(|effect| effect["word"].as_str().unwrap()).collect()
}

fn json_of(run: &Run) -> Value {
    assert_eq!(run.code, Some(0), "{run}");
    serde_json::from_str(&run.stdout).unwrap_or_else(|error| panic!("{error}: {run}"))
}

#[test]
fn a_grant_is_named_in_three_ways() {
    let sandbox = with_team();
    for (name, more, stored) in [
        (MAIN, &[][..], "oauth/team/main"),
        ("spare", &["--policy", "team"], "oauth/team/spare"),
        ("shared key.1", &["--tenant", "acme"], "oauth/tenants/acme/shared key.1"),
    ] {
        let changed = json_of(&put(&sandbox, name, &[more, &["-o", "json"]].concat()));
        assert_eq!((&changed["now"]["key"], &changed["created"]), (&json!(stored), &json!(true)));
    }
    let listed = sandbox.ok(&["grant", "list", "-o", "csv", "--columns", "grant,provider,state"]);
    assert_eq!(
        listed,
        "grant,provider,state\npolicies/team/main,openai,usable\npolicies/team/spare,openai,usable\n\
         tenants/acme/shared key.1,openai,usable\n"
    );
    let tenants = sandbox.json(&["grant", "list", "--tenant", "acme"]);
    assert_eq!(tenants.as_array().unwrap().len(), 1);
    for bad in ["main", "teams/a/b", "policies/team/a/b", "policies/tenants/x"] {
        assert_eq!(put(&sandbox, bad, &[]).code, Some(2), "{bad}");
    }
    assert_eq!(sandbox.run(&["grant", "show", "policies/team/none"]).code, Some(3));
}

#[test]
fn an_edit_touches_what_is_named_and_nothing_else() {
    let sandbox = with_team();
    let first = ["--label", "main", "--priority", "5", "--weight", "2.5", "--account", "acc"];
    json_of(&put(
        &sandbox,
        MAIN,
        &[first.as_slice(), &["--token-scope", "a,b", "-o", "json"]].concat(),
    ));
    let before = sandbox.json(&["grant", "show", MAIN]);
    let changed = sandbox.json(&["grant", "set", MAIN, "--label", "renamed"]);
    assert_eq!(changed["fields"].as_array().unwrap().len(), 1, "{changed}");
    let after = sandbox.json(&["grant", "show", MAIN]);
    let mut expected = before;
    expected["label"] = "renamed".into();
    expected["updatedAt"] = after["updatedAt"].clone();
    assert_eq!(after, expected);
    let off = sandbox.json(&["grant", "set", MAIN, "--disable", "--yes"]);
    assert_eq!(effects(&off), ["DISABLES", "REFUSES"]);
    // Another label does not bring it back, which a plain write would.
    let still = sandbox.json(&["grant", "set", MAIN, "--no-label"]);
    assert_eq!(
        (&still["now"]["enabled"], &still["now"]["kind"]),
        (&json!(false), &json!("api_key"))
    );
    let on = sandbox.json(&["grant", "set", MAIN, "--enable"]);
    assert_eq!(effects(&on), ["RE-ENABLES"]);
    assert_eq!(sandbox.run(&["grant", "set", MAIN]).code, Some(2), "nothing was named");
    let same = sandbox.json(&["grant", "set", MAIN, "--enable", "--dry-run"]);
    assert_eq!((&same["dryRun"], same.get("request")), (&json!(false), None), "it is so already");
    let said = sandbox.ok(&["grant", "set", MAIN, "--enable", "--dry-run"]);
    assert!(said.contains("unchanged: it is already so"), "{said}");
}

#[test]
fn what_cannot_be_taken_back_is_asked_about() {
    let sandbox = with_team();
    json_of(&put(&sandbox, MAIN, &["-o", "json"]));
    let run = sandbox.run(&["grant", "revoke", MAIN]);
    assert_eq!(run.code, Some(7), "{run}");
    assert!(run.stderr.contains("ERASES") && run.stderr.contains("REFUSES"), "{run}");
    let dry = sandbox.json(&["grant", "revoke", MAIN, "--dry-run"]);
    assert_eq!(effects(&dry), ["ERASES", "REFUSES"]);
    assert_eq!(sandbox.json(&["grant", "show", MAIN])["hasCredential"], true, "nothing was sent");
    json_of(&put(&sandbox, "spare", &["--tenant", "acme", "-o", "json"]));
    let revoked = sandbox.json(&["grant", "revoke", MAIN, "--yes"]);
    assert_eq!(effects(&revoked), ["ERASES"], "the tenant's is left");
    assert_eq!(revoked["now"]["hasCredential"], false);
    assert_eq!(sandbox.run(&["grant", "set", MAIN, "--enable"]).code, Some(5), "it has no secret");
    let again = json_of(&put(&sandbox, MAIN, &["-o", "json"]));
    assert_eq!(effects(&again), ["RE-ENABLES"]);
    let moved = put(&sandbox, MAIN, &["--provider", "xai"]);
    assert_eq!(moved.code, Some(2), "a flag is given once: {moved}");
    let words = ["grant", "put", MAIN, "--provider", "xai", "--credential-stdin"];
    assert_eq!(sandbox.run_with_input(&words, "sk-2").code, Some(7), "its requests go elsewhere");
}

#[test]
fn the_original_falls_back_and_a_dry_run_says_so() {
    let sandbox = with_team();
    json_of(&put(&sandbox, MAIN, &["-o", "json"]));
    let plain = plain_router(&sandbox);
    let mut operator = Sandbox::new();
    operator.set("CLAWROUTER_BASE_URL", &plain);
    operator.set("CLAWROUTER_ADMIN_TOKEN", "any");
    let dry = operator.json(&["grant", "revoke", MAIN, "--dry-run"]);
    assert_eq!(effects(&dry), ["ERASES", "FALLS BACK"]);
    assert!(dry["effects"][1]["text"].as_str().unwrap().contains("operator's own key"), "{dry}");
}

/// A router that offers no extension and has what this sandbox has.
fn plain_router(sandbox: &Sandbox) -> String {
    let grants = sandbox.ok(&["api", "GET", "/v1/admin/upstream-grants"]);
    let policies = sandbox.ok(&["api", "GET", "/v1/admin/policies"]);
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut head = [0; 8192];
            let read = stream.read(&mut head).unwrap_or(0);
            let head = String::from_utf8_lossy(&head[..read]).into_owned();
            let body = match head.split(' ').nth(1) {
                Some("/v1/health") => r#"{"ok":true,"service":"clawrouter-edge"}"#,
                Some("/v1/admin/policies") => policies.as_str(),
                _ => grants.as_str(),
            };
            let length = body.len();
            let answer = format!(
                "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
            );
            let _ = stream.write_all(answer.as_bytes());
        }
    });
    url
}

#[test]
fn secrets_come_by_every_way_but_the_command_line() {
    let mut sandbox = with_team();
    sandbox.set("UP_ID", "AKIA-1");
    sandbox.set("UP_KEY", "secret-1");
    std::fs::write(sandbox.path("token"), "st-1\n").unwrap();
    let words = ["grant", "put", "aws", "--policy", "team", "--provider", "aws-bedrock"];
    let fields = ["--field-env", "accessKeyId=UP_ID", "--field-env", "secretAccessKey=UP_KEY"];
    let file = ["--field-file", "sessionToken=token"];
    let changed = sandbox.json(&[words.as_slice(), &fields, &file].concat());
    let names = json!(["accessKeyId", "secretAccessKey", "sessionToken"]);
    assert_eq!(changed["now"]["credentialFields"], names);
    assert_eq!(changed["now"]["kind"], "api_key");
    let run = sandbox.run(&["grant", "put", MAIN, "--provider", "openai"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("--credential-stdin"), "{run}");
    let two =
        ["grant", "put", MAIN, "--provider", "openai", "--credential-stdin", "--field-stdin", "x"];
    assert_eq!(sandbox.run_with_input(&two, "sk").code, Some(2));
    let dry = put(&sandbox, MAIN, &["--dry-run"]);
    assert!(
        dry.stdout.contains("\"credential\": \"[secret]\"") && !dry.stdout.contains("sk-1"),
        "{dry}"
    );
    assert_eq!(sandbox.run(&["grant", "show", MAIN]).code, Some(3), "nothing was sent");
}

#[test]
fn a_pair_of_tokens_is_renewed_on_demand() {
    let (sandbox, tokens) = (with_team(), TokenServer::start());
    let url = tokens.chain("cli", 3600);
    std::fs::write(sandbox.path("at"), "cli-at-0").unwrap();
    std::fs::write(sandbox.path("rt"), "cli-rt-0").unwrap();
    let words =
        ["grant", "put", MAIN, "--provider", "openai", "--expires", "1h", "--token-url", &url];
    let from = ["--client-id", "ours", "--access-token-file", "at", "--refresh-token-file", "rt"];
    let made = sandbox.json(&[words.as_slice(), &from].concat());
    assert_eq!(
        (&made["now"]["kind"], &made["now"]["refreshTokenUrl"]),
        (&json!("oauth"), &json!(url))
    );
    let renewed = sandbox.json(&["grant", "refresh", MAIN]);
    assert_eq!(renewed["scopes"], json!(["read", "write"]));
    assert_eq!(tokens.asked("cli")[0]["refresh_token"], "cli-rt-0");
    // The next one was kept, by a process that has long ended.
    let _ = sandbox.json(&["grant", "refresh", MAIN]);
    assert!(tokens.is_intact("cli"), "{:?}", tokens.asked("cli"));
    tokens.feels("cli", Mood::Refuses);
    let refused = sandbox.run(&["grant", "refresh", MAIN]);
    assert_eq!(refused.code, Some(6), "{refused}");
    assert!(
        refused.stderr.contains("invalid_grant") && !refused.stderr.contains("-rt-"),
        "{refused}"
    );
    assert_eq!(tokens.asked("cli").len(), 3, "a refusal is not asked for again");
    json_of(&put(&sandbox, "plain", &["--policy", "team", "-o", "json"]));
    assert_eq!(sandbox.run(&["grant", "refresh", "policies/team/plain"]).code, Some(1));
}

#[test]
fn a_provider_is_asked_for_its_limits_where_its_manifest_says_how() {
    let sandbox = with_team();
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let heard = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut head = [0; 8192];
        let read = stream.read(&mut head).unwrap();
        let body = r#"{"limits":{"day":{"used":25}},"credit":"12.5"}"#;
        let answer = format!("HTTP/1.1 200 OK\r\ncontent-length: {}\r\n\r\n{body}", body.len());
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8_lossy(&head[..read]).into_owned()
    });
    let manifest = format!(
        r#"
schema: clawrouter.service-provider.v1
id: acme
displayName: Acme
service: {{ configKeys: [ACME_API_KEY] }}
baseUrls: {{ default: "{url}" }}
auth:
  schemes:
    - {{ type: bearer, header: Authorization, format: "Bearer ${{secret}}", secretKind: api_key }}
endpoints:
  chat_completions:
    {{ path: /v1/chat/completions, requestFormat: openai.chat_completions, responseFormat: openai.chat_completions }}
capabilities:
  - {{ id: llm.chat, endpoint: chat_completions }}
quota:
  probes:
    - grantKinds: [api_key]
      url: "{url}/limits"
      headers: {{ x-account: "${{grant.accountId}}" }}
      windows:
        - {{ id: day, kind: requests, fixedLimit: 100, usedPointer: /limits/day/used }}
        - {{ id: credit, kind: credits, remainingPointer: /credit }}
"#
    );
    let folder = sandbox.path("clawctl/providers");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("acme.yaml"), manifest).unwrap();
    let words = ["grant", "put", MAIN, "--provider", "acme", "--credential-stdin"];
    json_of(&sandbox.run_with_input(&[words.as_slice(), &["-o", "json"]].concat(), "sk-acme"));
    let lacking = sandbox.run(&["grant", "quota", MAIN]);
    assert_eq!(lacking.code, Some(1), "{lacking}");
    assert!(lacking.stderr.contains("accountId"), "{lacking}");
    let _ = sandbox.json(&["grant", "set", MAIN, "--account", "a-1"]);
    let seen = sandbox.json(&["grant", "quota", MAIN]);
    let head = heard.join().unwrap().to_lowercase();
    assert!(head.starts_with("get /limits") && head.contains("bearer sk-acme"), "{head}");
    assert!(head.contains("x-account: a-1"), "{head}");
    assert_eq!(seen["quotaSource"], "provider_probe");
    assert_eq!(seen["quotaWindows"][0]["remaining"], 75);
    assert_eq!(seen["quotaWindows"][1]["remaining"], 12.5);
    let listed = sandbox.ok(&["grant", "list", "--columns", "grant,quota"]);
    assert!(listed.contains("75% of day"), "{listed}");
    let failed = sandbox.run(&["grant", "quota", MAIN]);
    assert_eq!(failed.code, Some(6), "nobody is there any more: {failed}");
}

#[test]
fn what_terms_forbid_is_said_once_and_agreed_to() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["policy", "create", "team", "--provider", "clawpool", "--no-budget"]);
    let words = ["grant", "put", MAIN, "--provider", "clawpool", "--credential-stdin"];
    let run = sandbox.run_with_input(&words, "pool-key");
    assert_eq!(run.code, Some(7), "{run}");
    assert!(run.stderr.contains("terms do not permit"), "{run}");
    assert_eq!(sandbox.run(&["grant", "show", MAIN]).code, Some(3), "nothing was sent");
    let agreed = sandbox.run_with_input(&[words.as_slice(), &["--yes"]].concat(), "pool-key");
    assert_eq!(agreed.code, Some(0), "{agreed}");
    let again = sandbox.run(&["provider", "enable", "clawpool"]);
    assert_eq!(again.code, Some(0), "{again}");
    assert!(!again.stderr.contains("terms"), "it is said once: {again}");
    let other = sandbox.run(&["provider", "set", "claude-max-proxy", "--label", "local"]);
    assert_eq!(other.code, Some(7), "each provider has its own: {other}");
}

#[test]
fn a_browser_is_needed_to_sign_in_at_a_provider() {
    let sandbox = with_team();
    let run = sandbox.run(&["grant", "authorize", MAIN, "--provider", "openai"]);
    assert_eq!(run.code, Some(4), "{run}");
    assert!(run.stderr.contains("grant put policies/team/main"), "{run}");
}

#[test]
fn a_copy_of_the_database_is_nothing_without_its_key() {
    let sandbox = with_team();
    let key = sandbox.path("clawctl/router.db.key");
    assert!(!key.exists(), "no key is made before there is something to seal");
    json_of(&put(&sandbox, MAIN, &["-o", "json"]));
    let status = sandbox.json(&["status"]);
    assert_eq!(status["settings"]["sealingKey"]["value"], key.display().to_string());
    let backup = sandbox.run(&["router", "backup", "copy.db"]);
    assert_eq!(backup.code, Some(0), "{backup}");
    assert!(backup.stderr.contains("router.db.key"), "{backup}");
    let copy = std::fs::read(sandbox.path("copy.db")).unwrap();
    assert!(!copy.windows(4).any(|part| part == b"sk-1"));

    let thief = Sandbox::new();
    std::fs::copy(sandbox.path("copy.db"), thief.path("copy.db")).unwrap();
    let restored = thief.run(&["router", "restore", "copy.db", "--yes"]);
    assert_eq!(restored.code, Some(0), "{restored}");
    assert!(restored.stderr.contains("cannot be opened here"), "{restored}");
    let found = thief.run(&["doctor", "-o", "json"]);
    assert!(found.stdout.contains("grant.sealed"), "{found}");
    let more = put(&thief, "policies/team/more", &[]);
    assert_eq!(more.code, Some(1), "no second key is made: {more}");
    std::fs::copy(&key, thief.path("clawctl/router.db.key")).unwrap();
    let found = thief.run(&["doctor", "-o", "json"]);
    assert!(!found.stdout.contains("grant.sealed"), "{found}");
    assert_eq!(put(&thief, "policies/team/more", &[]).code, Some(0));
}

#[test]
fn processes_that_seal_the_first_secret_at_once_agree_on_the_key() {
    let sandbox = with_team();
    let runs: Vec<Run> = std::thread::scope(|scope| {
        let putting = (0..6).map(|index| {
            let sandbox = &sandbox;
            scope.spawn(move || put(sandbox, &format!("policies/team/r{index}"), &[]))
        });
        let all: Vec<_> = putting.collect();
        all.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for run in runs {
        assert_eq!(run.code, Some(0), "{run}");
    }
    let found = sandbox.run(&["doctor", "-o", "json"]);
    assert!(!found.stdout.contains("grant.sealed"), "{found}");
}

#[test]
fn a_grant_of_nobody_is_warned_of() {
    let sandbox = with_team();
    for (name, words) in [
        ("policies/taem/main", "there is no policy `taem`"),
        ("tenants/acne/main", "no policy belongs to a tenant `acne`"),
    ] {
        let run = put(&sandbox, name, &[]);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(run.stderr.contains(words), "{run}");
    }
    for name in [MAIN, "tenants/acme/main"] {
        let run = put(&sandbox, name, &[]);
        assert!(!run.stderr.contains("nothing is sent"), "{run}");
    }
}

#[test]
fn a_revocation_that_is_only_shown_has_no_body() {
    let sandbox = with_team();
    assert_eq!(put(&sandbox, MAIN, &[]).code, Some(0));
    let run = sandbox.run(&["grant", "revoke", MAIN, "--dry-run"]);
    assert!(run.stdout.ends_with("/policies/team/main/revoke\n"), "{run}");
}

#[test]
fn grants_can_be_read_on_a_narrow_terminal() {
    let sandbox = with_team().with("COLUMNS", "80");
    let label = ["--label", "the one for nights"];
    assert_eq!(put(&sandbox, "policies/team/a-rather-long-name", &label).code, Some(0));
    let run = sandbox.run(&["grant", "list"]);
    let row = run.stdout.lines().nth(1).unwrap_or_default();
    assert!(row.starts_with("policies/team/a-rather-long-name  openai  "), "{run}");
    assert!(run.stderr.contains("`label`"), "what is left out is said\n{run}");
    let wide = sandbox.run(&["grant", "list", "--columns", "grant,label"]);
    assert!(wide.stdout.contains("the one for nights"), "{wide}");
}
