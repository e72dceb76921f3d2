//! Many commands at once on the same files, some of them killed: no update is lost, no file is
//! damaged, and no secret stays in a temporary file.

use std::collections::BTreeMap;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Child;
use std::time::Duration;

use serde_json::Value;

use crate::crash::world::start;
use crate::harness::{Run, Sandbox, finish};

fn home() -> Sandbox {
    let sandbox = Sandbox::new().with("OPENAI_API_KEY", "o").with("TOKEN", "made-up-token");
    let scope = ["--provider", "openai", "--budget", "$5"];
    let _ = sandbox.ok(&[&["policy", "create", "team"], &scope[..]].concat());
    sandbox
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn write(path: &Path, text: &str, mode: u32) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
}

/// The assignments of a dotenv file. Each name stands there once.
fn assignments(path: &Path) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for line in read(path).lines() {
        let (name, value) = line.split_once('=').unwrap_or_else(|| panic!("damaged: {line}"));
        let before = found.insert(name.to_owned(), value.trim_matches('"').to_owned());
        assert_eq!(before, None, "{name} is there twice");
    }
    found
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => found.extend(files(&path)),
            false => found.push(path),
        }
    }
    found
}

fn is_left(path: &Path) -> bool {
    path.file_name().unwrap().to_string_lossy().contains(".clawctl-")
}

fn all(sandbox: &Sandbox, commands: impl Iterator<Item = Vec<String>>) -> Vec<Run> {
    let children: Vec<Child> = commands
        .map(|words| start(sandbox, &words.iter().map(String::as_str).collect::<Vec<_>>()))
        .collect();
    children.into_iter().map(finish).collect()
}

fn words(text: &str) -> Vec<String> {
    text.split(' ').map(str::to_owned).collect()
}

#[test]
fn keys_that_are_issued_at_once_into_one_file_are_all_held() {
    const KEYS: usize = 16;
    let sandbox = home();
    let issue =
        |at| words(&format!("key issue key_{at} --policy team --to env-file:.env:KEY_{at}"));
    for (at, run) in all(&sandbox, (0..KEYS).map(issue)).into_iter().enumerate() {
        assert_eq!(run.code, Some(0), "{at}\n{run}");
    }
    let held = assignments(&sandbox.path(".env"));
    for at in 0..KEYS {
        let key = &held[&format!("KEY_{at}")];
        let run = sandbox.run_with_input(&["key", "inspect", "--key-stdin"], key);
        assert_eq!(run.code, Some(0), "{run}");
    }
    assert!(!files(sandbox.root()).iter().any(|path| is_left(path)));
}

#[test]
fn contexts_that_are_added_at_once_are_all_there_with_their_tokens() {
    const CONTEXTS: usize = 30;
    let sandbox = home();
    let add = |at| {
        words(&format!("context add ctx{at} http://127.0.0.1:{at} --no-check --token-env TOKEN"))
    };
    for run in all(&sandbox, (1..=CONTEXTS).map(add)) {
        assert_eq!(run.code, Some(0), "{run}");
    }
    let listed = sandbox.json(&["context", "list"]);
    assert_eq!(listed.as_array().unwrap().len(), CONTEXTS + 1);
    let stored: Value =
        serde_json::from_str(&read(&sandbox.path("clawctl/credentials.json"))).unwrap();
    assert_eq!(stored.as_object().unwrap().len(), CONTEXTS);
    // The second of two with one name and different addresses does not get the first one's token.
    let add = |at| {
        words(&format!("context add same http://127.0.0.1:7{at} --no-check --token-env TOKEN"))
    };
    let runs = all(&sandbox, (0..6).map(add));
    let count = |code| runs.iter().filter(|run| run.code == Some(code)).count();
    assert_eq!((count(0), count(5)), (1, 5), "{runs:?}");
    let stored: Value =
        serde_json::from_str(&read(&sandbox.path("clawctl/credentials.json"))).unwrap();
    let url = sandbox.json(&["context", "show", "same"])["url"].clone();
    assert_eq!(stored["same"]["origin"], url);
}

fn manifest(sandbox: &Sandbox, at: usize) -> String {
    let name = format!("m{at}.yaml");
    let policy = format!("  pol_{at}: {{ providers: [openai], budget: $5 }}\n");
    write(&sandbox.path(&name), &format!("version: 1\npolicies:\n{policy}"), 0o600);
    name
}

#[test]
fn manifests_that_are_applied_at_once_with_one_lock_are_all_remembered() {
    const RUNS: usize = 8;
    let sandbox = home();
    let apply = |at| {
        let name = manifest(&sandbox, at);
        words(&format!("apply -f {name} --lock shared.lock --yes"))
    };
    for run in all(&sandbox, (0..RUNS).map(apply)) {
        assert_eq!(run.code, Some(0), "{run}");
    }
    let lock = read(&sandbox.path("shared.lock"));
    for at in 0..RUNS {
        assert!(lock.contains(&format!("\"id\":\"pol_{at}\",\"state\":\"made\"")), "{lock}");
    }
}

#[test]
fn a_destination_that_holds_something_else_is_refused_before_anything_is_sent() {
    let sandbox = home();
    let theirs = "clawrouter-live-bobby-Canary0Canary1Canary2";
    write(&sandbox.path("bobby.key"), theirs, 0o600);
    write(&sandbox.path("prod.txt"), "what somebody needs\n", 0o644);
    write(&sandbox.path("x.env"), &format!("KEY={theirs}\nEMPTY=\nTEXT=some\n"), 0o600);
    let issue = |to: &str, more: &[&str]| {
        let words = ["key", "issue", "alice", "--policy", "team", "--to", to];
        sandbox.run(&[&words[..], more].concat())
    };
    let taken = ["file:bobby.key", "file:prod.txt", "env-file:x.env:KEY", "env-file:x.env:TEXT"];
    let before = ["bobby.key", "prod.txt", "x.env"].map(|name| read(&sandbox.path(name)));
    for to in taken {
        // `--yes` answers the usual questions, and this is none of them.
        for more in [&[][..], &["--yes"]] {
            let run = issue(to, more);
            assert_eq!(run.code, Some(5), "{to}\n{run}");
            assert!(run.stderr.contains("--force") && !run.stderr.contains("Canary"), "{run}");
            assert_eq!(run.stdout, "");
        }
    }
    let after = ["bobby.key", "prod.txt", "x.env"].map(|name| read(&sandbox.path(name)));
    assert_eq!(before, after);
    assert_eq!(sandbox.json(&["key", "list"]).as_array().unwrap().len(), 0, "nothing was sent");

    // An empty line is a place that waits for its key; so is an empty file.
    write(&sandbox.path("empty"), "", 0o600);
    let run = issue("env-file:x.env:EMPTY", &["--to", "file:empty"]);
    assert_eq!(run.code, Some(0), "{run}");
    let own = read(&sandbox.path("empty"));
    assert_eq!(assignments(&sandbox.path("x.env"))["EMPTY"], own);

    // A key is rotated into its own place, and into no other's.
    for to in ["env-file:x.env:EMPTY", "file:empty"] {
        let run = sandbox.run(&["key", "rotate", "alice", "--yes", "--to", to]);
        assert_eq!(run.code, Some(0), "{to}\n{run}");
    }
    for to in taken {
        let run = sandbox.run(&["key", "rotate", "alice", "--yes", "--to", to]);
        assert_eq!(run.code, Some(5), "{to}\n{run}");
        let run = sandbox.run(&["key", "rotate", "alice", "--overlap", "--to", to]);
        assert_eq!(run.code, Some(5), "{to}\n{run}");
    }
    assert_eq!(read(&sandbox.path("bobby.key")), theirs);
    let run =
        sandbox.run(&["key", "rotate", "alice", "--yes", "--force", "--to", "file:bobby.key"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(read(&sandbox.path("bobby.key")).starts_with("clawrouter-live-alice-"));
}

#[test]
fn apply_refuses_a_destination_that_holds_something_else() {
    let sandbox = home();
    write(&sandbox.path("bobby.key"), "clawrouter-live-bobby-Canary0Canary1Canary2", 0o600);
    let key = "keys:\n  alice: { policy: team, to: 'file:bobby.key' }\n";
    let policy = "policies:\n  team: { providers: [openai], budget: $5 }\n";
    write(&sandbox.path("m.yaml"), &format!("version: 1\n{policy}{key}"), 0o600);
    let run = sandbox.run(&["apply", "-f", "m.yaml", "--yes"]);
    assert_eq!(run.code, Some(5), "{run}");
    assert!(run.stderr.contains("key `bobby`"), "{run}");
    assert_eq!(sandbox.json(&["key", "list"]).as_array().unwrap().len(), 0, "nothing was sent");
}

/// Routers may have keys of one id, so the id alone does not say whose place it is.
#[test]
fn a_key_does_not_take_the_place_of_another_routers_key_of_the_same_id() {
    let sandbox = home();
    let staging = home();
    let token = staging.ok(&["router", "token", "rotate", "--yes"]).trim().to_owned();
    let served = staging.serve();
    let sandbox = sandbox.with("CLAWROUTER_ADMIN_TOKEN", &token);
    let issue = ["key", "issue", "app_1", "--policy", "team", "--to", "file:app.key"];
    let _ = sandbox.ok(&[&["--url", &served.url], &issue[..]].concat());
    let before = read(&sandbox.path("app.key"));
    let run = sandbox.run(&issue);
    assert_eq!(run.code, Some(5), "{run}");
    assert_eq!(read(&sandbox.path("app.key")), before);
}

#[test]
fn what_a_killed_command_left_beside_a_destination_is_removed() {
    let sandbox = home();
    let left = sandbox.path(".env.clawctl-tmp-killed");
    let leave = || {
        write(&left, "KEY=clawrouter-live-dead_1-Canary0Canary1Canary2\n", 0o600);
        write(&sandbox.path(".env.clawctl-lock"), "", 0o600);
    };
    leave();
    let _ = sandbox.ok(&["key", "issue", "alice", "--policy", "team", "--to", "env-file:.env:KEY"]);
    assert!(!left.exists(), "the next write removes it");
    leave();
    let run = sandbox.run(&["doctor"]);
    assert!(run.stdout.contains("removed 1 temporary file"), "{run}");
    assert!(!files(sandbox.root()).iter().any(|path| is_left(path)));
}

/// One of the commands of the storm.
fn command(sandbox: &Sandbox, at: usize) -> String {
    match at % 5 {
        0 | 1 => format!("key issue key_{at} --policy team --to env-file:.env:KEY_{at}"),
        2 => format!("context add ctx{at} http://127.0.0.1:{at} --no-check --token-env TOKEN"),
        3 => format!("apply -f {} --lock shared.lock --yes", manifest(sandbox, at)),
        _ => format!("connect env --key-id alice --write --file clients{}.env", at % 3),
    }
}

/// Fifty at once, half of them killed at moments that no test could name.
#[test]
fn fifty_commands_at_once_lose_nothing_when_they_are_killed() {
    const COMMANDS: usize = 50;
    let sandbox = home();
    let _ = sandbox.ok(&["key", "issue", "alice", "--policy", "team", "--to", "file:alice.key"]);
    let commands: Vec<String> = (1..=COMMANDS).map(|at| command(&sandbox, at)).collect();
    let children: Vec<Child> =
        commands.iter().map(|text| start(&sandbox, &text.split(' ').collect::<Vec<_>>())).collect();
    // The moments are the thing under test here; nothing is waited for.
    let mut seed = 0x2545_f491_4f6c_dd1d_u64;
    let mut runs = Vec::new();
    for (at, mut child) in children.into_iter().enumerate() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        if at % 2 == 0 {
            std::thread::sleep(Duration::from_millis((seed >> 33) % 120));
            child.kill().unwrap();
        }
        runs.push(finish(child));
    }
    let worked = |kind: &str| -> Vec<usize> {
        let done = commands.iter().zip(&runs).enumerate();
        done.filter(|(_, (text, run))| text.starts_with(kind) && run.code == Some(0))
            .map(|(at, _)| at + 1)
            .collect()
    };
    for (text, run) in commands.iter().zip(&runs) {
        let by_others = text.starts_with("connect") && run.code == Some(5);
        assert!(matches!(run.code, None | Some(0)) || by_others, "{text}\n{run}");
    }

    let pending = sandbox.json(&["status"])["pending"].clone();
    for entry in pending.as_array().unwrap() {
        let id = entry["credentialId"].as_str().unwrap();
        let run = sandbox.run(&["key", "issue", id, "--resume"]);
        assert_eq!(run.code, Some(0), "{id}\n{run}");
    }
    let run = sandbox.run(&["doctor"]);
    assert_eq!(run.code, Some(0), "{run}");
    let left: Vec<_> = files(sandbox.root()).into_iter().filter(|path| is_left(path)).collect();
    assert!(left.is_empty(), "{left:?}");

    let held = assignments(&sandbox.path(".env"));
    for at in worked("key issue") {
        assert!(held.contains_key(&format!("KEY_{at}")), "key_{at} was issued and is not held");
    }
    for key in sandbox.json(&["key", "list"]).as_array().unwrap() {
        let id = key["credentialId"].as_str().unwrap();
        if id == "alice" || key["enabled"] != true {
            continue;
        }
        let name = id.to_uppercase();
        let key = held.get(&name).unwrap_or_else(|| panic!("{id} is enabled and nobody holds it"));
        let run = sandbox.run_with_input(&["key", "inspect", "--key-stdin"], key);
        assert_eq!(run.code, Some(0), "{id}\n{run}");
    }

    let listed = sandbox.json(&["context", "list"]);
    let stored: Value = match worked("context").is_empty() {
        true => Value::Null,
        false => serde_json::from_str(&read(&sandbox.path("clawctl/credentials.json"))).unwrap(),
    };
    for at in worked("context") {
        let name = format!("ctx{at}");
        let there = listed.as_array().unwrap().iter().any(|row| row["name"] == *name);
        assert!(there && stored[&name]["admin_token"] == "made-up-token", "{name} is lost");
    }

    // The lock is read by the next run, and remembers what was made.
    let lock = std::fs::read_to_string(sandbox.path("shared.lock")).unwrap_or_default();
    for at in worked("apply") {
        assert!(
            lock.contains(&format!("\"id\":\"pol_{at}\",\"state\":\"made\"")),
            "pol_{at}\n{lock}"
        );
    }
    let last = manifest(&sandbox, 3);
    let run = sandbox.run(&["apply", "-f", &last, "--lock", "shared.lock", "--yes"]);
    assert_eq!(run.code, Some(0), "{run}");

    let changes = sandbox.json(&["log", "--limit", "1000"]);
    let changed = |name: &str| {
        changes.as_array().unwrap().iter().any(|it| it["name"] == *name && it["outcome"] == "done")
    };
    for (kind, prefix) in [("key issue", "key"), ("apply", "pol")] {
        for at in worked(kind) {
            assert!(changed(&format!("{prefix}_{at}")), "{prefix}_{at} is not in the log");
        }
    }
    for at in worked("connect") {
        let file = sandbox.path(&format!("clients{}.env", at % 3));
        assert!(read(&file).contains("127.0.0.1:8787"), "{}", file.display());
    }
}
