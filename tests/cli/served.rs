//! `router serve`: the same file behind HTTP, beside the commands that use it in-process.

use std::process::Stdio;

use crate::harness::{Sandbox, finish, signal};

fn token_file(sandbox: &Sandbox, token: &str) -> String {
    let path = sandbox.path("admin.token");
    std::fs::write(&path, token).unwrap();
    path.display().to_string()
}

#[test]
fn the_token_of_the_first_serve_is_shown_once_and_works() {
    let sandbox = Sandbox::new();
    let served = sandbox.serve();
    let url = served.url.clone();
    let wrong = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", "wrong");
    let run = wrong.run(&["policy", "list", "--url", &url]);
    assert_eq!(run.code, Some(4), "{run}");
    let (code, stdout, stderr) = served.stop();
    assert_eq!(code, Some(0), "{stderr}");
    let token = stdout.trim();
    assert!(token.len() >= 32 && !stderr.contains(token), "{stderr}");
    let again = sandbox.serve();
    let admin = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", token);
    admin.ok(&["policy", "list", "--url", &again.url]);
    let (_, stdout, _) = again.stop();
    assert_eq!(stdout, "", "a token is shown once");
}

#[test]
fn both_ways_in_see_each_others_writes_at_once() {
    let sandbox = Sandbox::new();
    sandbox.ok(&[
        "key",
        "issue",
        "alice",
        "--provider",
        "openai",
        "--budget",
        "$5",
        "--to",
        "file:k",
    ]);
    let served = sandbox.serve();
    let outside = Sandbox::new();
    let key = sandbox.path("k").display().to_string();
    let inspect =
        || outside.run(&["key", "inspect", "--key-file", &key, "--url", &served.url]).code;
    assert_eq!(inspect(), Some(0));
    sandbox.ok(&["key", "revoke", "alice", "--yes"]);
    assert_eq!(inspect(), Some(33), "obeyed by the next request");
    sandbox.ok(&["key", "enable", "alice"]);
    assert_eq!(inspect(), Some(0));
    sandbox.ok(&["policy", "disable", "alice", "--yes"]);
    assert_eq!(inspect(), Some(34));
}

#[test]
fn a_context_is_proved_before_it_is_saved_and_used_by_every_command() {
    let sandbox = Sandbox::new();
    let served = sandbox.serve();
    let url = served.url.clone();
    let laptop = Sandbox::new();
    let bad = token_file(&laptop, "not-the-token");
    let refused = laptop.run(&["context", "add", "dev", &url, "--token-file", &bad]);
    assert_eq!(refused.code, Some(4), "{refused}");
    assert!(!laptop.path("clawctl/config.toml").exists(), "nothing is saved");
    let (_, stdout, _) = served.stop();
    let served = sandbox.serve();
    let good = token_file(&laptop, stdout.trim());
    laptop.ok(&["context", "add", "dev", &served.url, "--token-file", &good, "--use"]);
    laptop.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
    assert_eq!(sandbox.json(&["policy", "list"])[0]["policyId"], "team", "it is over there");
    let embedded = laptop.ok(&["policy", "list", "--context", "embedded", "-o", "json"]);
    assert_eq!(embedded.trim(), "[]", "and not here");
    let status = laptop.ok(&["status"]);
    assert!(status.contains("dev") && !status.contains(stdout.trim()), "{status}");
    laptop.ok(&["context", "remove", "dev", "--yes"]);
    assert_eq!(laptop.json(&["policy", "list"]), serde_json::json!([]));
}

#[test]
fn a_token_without_a_keychain_is_said_to_be_in_a_file() {
    let sandbox = Sandbox::new();
    let token = sandbox.ok(&["router", "token", "rotate", "--yes"]);
    let served = sandbox.serve();
    let laptop = Sandbox::new();
    let token = token_file(&laptop, token.trim());
    let added = laptop.ok(&["context", "add", "dev", &served.url, "--token-file", &token]);
    let shown = laptop.ok(&["context", "show", "dev"]);
    for said in [added, shown] {
        assert!(said.contains("in the credentials file (0600, not encrypted)"), "{said}");
    }
    assert_eq!(laptop.json(&["context", "show", "dev"])["adminToken"], "file");
}

/// Which router it is may have been settled by a variable or a choice of long ago.
#[test]
fn what_is_hard_to_take_back_says_on_which_router_it_is() {
    let sandbox = Sandbox::new();
    let served = sandbox.serve();
    let laptop = Sandbox::new();
    let (url, stdout) = (served.url.clone(), sandbox.ok(&["router", "token", "rotate", "--yes"]));
    let token = token_file(&laptop, stdout.trim());
    laptop.ok(&["context", "add", "dev", &url, "--token-file", &token, "--use"]);
    laptop.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
    let asked = laptop.run(&["policy", "disable", "team"]);
    assert_eq!(asked.code, Some(7), "{asked}");
    assert!(asked.stderr.contains(&format!("The router is dev, at {url}.")), "{asked}");
    let done = laptop.run(&["policy", "set", "team", "--no-budget", "--yes", "--url", &url]);
    assert_eq!(done.code, Some(4), "a context's token is not for an address\n{done}");
    let done = laptop.run(&["policy", "set", "team", "--no-budget", "--yes"]);
    assert_eq!(done.code, Some(0), "{done}");
    assert!(done.stderr.contains("The router is dev"), "{done}");
}

#[test]
fn an_address_in_use_and_a_public_one_are_refused() {
    let sandbox = Sandbox::new();
    let served = sandbox.serve();
    let address = served.url.trim_start_matches("http://").to_owned();
    let other = Sandbox::new();
    let run = other.run(&["router", "serve", "--listen", &address]);
    assert_ne!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("another program has that port"), "{run}");
    let public = other.run(&["router", "serve", "--listen", "0.0.0.0:0"]);
    assert_eq!(public.code, Some(2), "{public}");
    assert!(public.stderr.contains("--allow-remote"), "{public}");
    let unknown = other.run(&["router", "serve", "--upstream", "opnai=http://127.0.0.1:1"]);
    assert_eq!(unknown.code, Some(2), "{unknown}");
}

#[test]
fn it_stops_on_both_signals() {
    for name in ["TERM", "INT"] {
        let sandbox = Sandbox::new();
        let served = sandbox.serve();
        signal(served.pid(), name);
        let (code, ..) = served.stop();
        assert_eq!(code, Some(0), "SIG{name}");
    }
}

#[test]
fn a_backup_is_a_whole_router_and_can_be_restored() {
    let sandbox = Sandbox::new();
    sandbox.ok(&[
        "key",
        "issue",
        "alice",
        "--provider",
        "openai",
        "--budget",
        "$5",
        "--to",
        "file:k",
    ]);
    let served = sandbox.serve();
    sandbox.ok(&["router", "backup", "copy.db"]);
    let over = sandbox.run(&["router", "backup", "copy.db"]);
    assert_ne!(over.code, Some(0), "a backup is not written over\n{over}");
    drop(served);
    sandbox.ok(&["key", "revoke", "alice", "--yes"]);
    assert_eq!(sandbox.run(&["key", "inspect", "--key-file", "k"]).code, Some(33));
    let asked = sandbox.run(&["router", "restore", "copy.db"]);
    assert_eq!(asked.code, Some(7), "{asked}");
    assert!(
        asked.stderr.contains("would be valid again: 1 key revoked since the backup: alice"),
        "{asked}"
    );
    let restored = sandbox.run(&["router", "restore", "copy.db", "--yes", "-o", "json"]);
    assert_eq!(restored.code, Some(0), "{restored}");
    let warning = "valid again: 1 key revoked since the backup: alice";
    assert!(restored.stderr.contains(warning), "{restored}");
    let result: serde_json::Value = serde_json::from_str(&restored.stdout).unwrap();
    assert_eq!(result["revived"]["keys"], serde_json::json!(["alice"]));
    assert_eq!(sandbox.run(&["key", "inspect", "--key-file", "k"]).code, Some(0));
    std::fs::write(sandbox.path("junk"), "junk").unwrap();
    let junk = sandbox.run(&["router", "restore", "junk", "--yes"]);
    assert_eq!(junk.code, Some(1), "{junk}");
    assert_eq!(sandbox.run(&["key", "inspect", "--key-file", "k"]).code, Some(0));
}

#[test]
fn many_processes_write_to_one_new_file_at_once() {
    let sandbox = Sandbox::new();
    let children: Vec<_> = (0..8)
        .map(|n| {
            let id = format!("policy_{n}");
            let words = ["policy", "create", &id, "--provider", "openai", "--no-budget"];
            let mut command = sandbox.command(&words);
            command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
            command.spawn().unwrap()
        })
        .collect();
    for child in children {
        let run = finish(child);
        assert_eq!(run.code, Some(0), "{run}");
    }
    assert_eq!(sandbox.json(&["policy", "list"]).as_array().unwrap().len(), 8);
}
