//! The life of a key, from its issue to its end.

use std::os::unix::fs::PermissionsExt;

use serde_json::json;

use crate::harness::Sandbox;

fn with_team() -> Sandbox {
    let sandbox = Sandbox::new();
    sandbox.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
    sandbox
}

#[test]
fn a_piped_key_stands_alone_on_stdout() {
    let sandbox = Sandbox::new();
    let words = ["key", "issue", "alice", "--provider", "openai", "--model", "openai/gpt-5*"];
    let run = sandbox.run(&[words.as_slice(), &["--budget", "$50"]].concat());
    assert_eq!(run.code, Some(0), "{run}");
    let key = run.stdout.strip_suffix('\n').unwrap();
    let secret = key.strip_prefix("clawrouter-live-alice-").unwrap();
    assert!(secret.len() >= 43 && secret.bytes().all(|b| b.is_ascii_alphanumeric()), "{key}");
    assert!(!run.stderr.contains(secret), "{}", run.stderr);
    let inspected = sandbox.run_with_input(&["key", "inspect", "--key-stdin"], key);
    assert_eq!(inspected.code, Some(0), "{inspected}");
    let policy = sandbox.json(&["policy", "show", "alice"]);
    assert_eq!(policy["models"], json!(["openai/gpt-5*"]));
    assert_eq!(policy["monthlyBudgetMicros"], 50_000_000);
}

#[test]
fn every_format_reveals_the_key_once() {
    let sandbox = with_team();
    let issue = |id: &str, format: &str| {
        sandbox.ok(&["key", "issue", id, "--policy", "team", "-o", format])
    };
    let object: serde_json::Value = serde_json::from_str(&issue("key_json", "json")).unwrap();
    assert!(object["key"].as_str().unwrap().starts_with("clawrouter-live-key_json-"));
    assert_eq!(object["policyId"], "team");
    let line: serde_json::Value = serde_json::from_str(&issue("key_line", "jsonl")).unwrap();
    assert!(line["key"].is_string());
    let csv = issue("key_csv", "csv");
    let (head, row) = csv.trim().split_once('\n').unwrap();
    let at = head.split(',').position(|name| name == "key").unwrap();
    assert!(row.split(',').nth(at).unwrap().starts_with("clawrouter-live-key_csv-"), "{csv}");
    assert!(issue("key_yaml", "yaml").contains("key: \"clawrouter-live-key_yaml-"));
}

#[test]
fn a_key_goes_to_all_its_sinks() {
    let sandbox = with_team();
    std::fs::write(sandbox.path(".env"), "# ours\nOTHER=1\nROUTER_KEY=\n").unwrap();
    std::fs::set_permissions(sandbox.path(".env"), PermissionsExt::from_mode(0o600)).unwrap();
    let words = ["key", "issue", "alice", "--policy", "team"];
    let sinks = ["--to", "file:k", "--to", "env-file:.env:ROUTER_KEY", "--to", "exec:cat > got"];
    let run = sandbox.run(&[words.as_slice(), &sinks].concat());
    assert_eq!(run.code, Some(0), "{run}");
    let key = std::fs::read_to_string(sandbox.path("k")).unwrap();
    assert!(!run.stdout.contains(&key) && !run.stderr.contains(&key), "{run}");
    assert_eq!(std::fs::metadata(sandbox.path("k")).unwrap().permissions().mode() & 0o777, 0o600);
    let env = std::fs::read_to_string(sandbox.path(".env")).unwrap();
    assert_eq!(env, format!("# ours\nOTHER=1\nROUTER_KEY={key}\n"));
    assert_eq!(std::fs::read_to_string(sandbox.path("got")).unwrap(), format!("{key}\n"));
    assert_eq!(sandbox.run(&["key", "inspect", "--key-file", "k"]).code, Some(0));
}

#[test]
fn a_key_that_cannot_be_delivered_is_not_valid() {
    let sandbox = with_team();
    let words =
        ["key", "issue", "alice", "--policy", "team", "--to", "file:k", "--to", "exec:exit 3"];
    let run = sandbox.run(&words);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("--resume"), "{run}");
    assert_eq!(run.stdout, "");
    assert!(!sandbox.path("k").exists(), "the other sink is as it was");
    assert_eq!(sandbox.json(&["key", "show", "alice"])["enabled"], false);
    let again = sandbox.run(&["key", "issue", "alice", "--policy", "team"]);
    assert_eq!(again.code, Some(5), "{again}");
    assert!(again.stderr.contains("--resume"), "{again}");
    sandbox.ok(&["key", "issue", "alice", "--resume", "--to", "file:k"]);
    assert_eq!(sandbox.run(&["key", "inspect", "--key-file", "k"]).code, Some(0));
    assert_eq!(sandbox.run(&["key", "issue", "alice", "--resume"]).code, Some(3), "all is done");
}

#[test]
fn an_unusable_sink_is_found_before_anything_is_sent() {
    let sandbox = with_team();
    let words = ["key", "issue", "alice", "--policy", "team", "--to", "file:nowhere/k"];
    let run = sandbox.run(&words);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("mkdir -p"), "{run}");
    assert_eq!(sandbox.json(&["key", "list"]), json!([]));
}

#[test]
fn a_rotation_kills_the_old_secret_and_keeps_the_rest() {
    let sandbox = with_team();
    let words = ["key", "issue", "alice", "--policy", "team", "--principal", "Ada@Example.com"];
    sandbox.ok(&[words.as_slice(), &["--label", "laptop", "--expires", "90d", "--to", "file:old"]]
        .concat());
    let before = sandbox.json(&["key", "show", "alice"]);
    let asked = sandbox.run(&["key", "rotate", "alice", "--to", "file:new"]);
    assert_eq!(asked.code, Some(7), "{asked}");
    assert!(!sandbox.path("new").exists());
    sandbox.ok(&["key", "rotate", "alice", "--to", "file:new", "--yes"]);
    assert_eq!(sandbox.run(&["key", "inspect", "--key-file", "old"]).code, Some(32));
    assert_eq!(sandbox.run(&["key", "inspect", "--key-file", "new"]).code, Some(0));
    assert_eq!(sandbox.json(&["key", "show", "alice"]), before);
    assert_eq!(before["principalId"], "ada@example.com");
}

#[test]
fn a_rotation_that_cannot_be_delivered_leaves_the_old_secret_valid() {
    let sandbox = with_team();
    sandbox.ok(&["key", "issue", "alice", "--policy", "team", "--to", "file:k"]);
    let old = std::fs::read(sandbox.path("k")).unwrap();
    let words = ["key", "rotate", "alice", "--yes", "--to", "file:k", "--to", "exec:false"];
    let run = sandbox.run(&words);
    assert_eq!(run.code, Some(1), "{run}");
    assert_eq!(std::fs::read(sandbox.path("k")).unwrap(), old, "put back");
    assert_eq!(sandbox.run(&["key", "inspect", "--key-file", "k"]).code, Some(0));
    assert_eq!(sandbox.run(&["key", "rotate", "alice", "--resume"]).code, Some(3), "nothing left");
}

#[test]
fn every_fault_of_a_key_has_its_exit_code() {
    let sandbox = with_team();
    sandbox.ok(&["key", "issue", "alice", "--policy", "team", "--to", "file:k"]);
    let inspect = |key: &str| sandbox.run_with_input(&["key", "inspect", "--key-stdin"], key);
    let check = |key: &str, code, said: &str| {
        let run = inspect(key);
        assert_eq!(run.code, Some(code), "{run}");
        assert!(run.stdout.contains(said), "{run}");
    };
    let key = std::fs::read_to_string(sandbox.path("k")).unwrap();
    check("sk-something-else", 30, "this is not a key");
    check("clawrouter-live-abc-1234567890", 30, "shorter than 4");
    check("clawrouter-live-nobody-1234567890", 31, "knows no key nobody");
    check(&format!("{key}x"), 32, "its secret is another one");
    sandbox.ok(&["key", "revoke", "alice", "--yes"]);
    check(&key, 33, "is revoked");
    sandbox.ok(&["key", "enable", "alice"]);
    check(&key, 0, "key alice works");
    sandbox.ok(&["policy", "disable", "team", "--yes"]);
    check(&key, 34, "the policy of key alice is disabled");
    for run in [inspect(&key), inspect("sk-something-else")] {
        assert!(!run.to_string().contains(&key[22..]), "no secret in {run}");
    }
}

#[test]
fn a_key_moves_with_its_secret() {
    let sandbox = with_team();
    sandbox.ok(&["policy", "create", "other", "--provider", "xai", "--no-budget"]);
    sandbox.ok(&["key", "issue", "alice", "--policy", "team", "--to", "file:k"]);
    let moved = sandbox.json(&["key", "move", "alice", "--policy", "other", "--yes"]);
    assert_eq!(moved["effects"][0]["word"], "MOVES");
    let inspected = sandbox.json(&["key", "inspect", "--key-file", "k"]);
    assert_eq!(inspected["inspection"]["providers"], json!(["xai"]));
}

#[test]
fn lists_are_filtered_and_several_keys_revoked() {
    let sandbox = with_team();
    for id in ["alpha", "beta", "gamma"] {
        sandbox.ok(&["key", "issue", id, "--policy", "team", "--to", &format!("file:{id}.key")]);
    }
    let run = sandbox.run(&["key", "revoke", "alpha", "nobody", "beta", "--yes"]);
    assert_eq!(run.code, Some(1), "one of them failed\n{run}");
    let ids = |more: &[&str]| {
        let words =
            [&["key", "list", "-o", "csv", "--columns", "credentialId", "--no-header"], more];
        sandbox.ok(&words.concat())
    };
    assert_eq!(ids(&["--state", "active"]), "gamma\n");
    assert_eq!(ids(&["--state", "revoked"]), "alpha\nbeta\n");
    assert_eq!(ids(&["--policy", "te*"]), "alpha\nbeta\ngamma\n");
    assert_eq!(ids(&["--policy", "x*"]), "");
}

#[test]
#[cfg(target_os = "linux")]
fn a_crash_leaves_no_core_file() {
    let sandbox = with_team();
    let sink = "exec:cat >/dev/null; cat /proc/$PPID/limits > limits";
    sandbox.ok(&["key", "issue", "alice", "--policy", "team", "--to", sink]);
    let limits = std::fs::read_to_string(sandbox.path("limits")).unwrap();
    let line = limits.lines().find(|line| line.starts_with("Max core file size")).unwrap();
    let words: Vec<_> = line.split_whitespace().collect();
    assert_eq!(words[4..6], ["0", "0"], "{line}");
}
