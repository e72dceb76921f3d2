//! `leak scan`: keys in files, streams, what is staged and what was committed.

use std::process::Command;

use crate::harness::Sandbox;

/// Not a key of any router, and no text that a scanner of this repository should find: it is put
/// together here.
fn key(id: &str) -> String {
    ["clawrouter", "live", id, "S3cretCanary5527"].join("-")
}

fn git(sandbox: &Sandbox, words: &[&str]) {
    let status = Command::new("git")
        .args(["-c", "user.name=test", "-c", "user.email=test@example.com"])
        .args(["-c", "init.defaultBranch=main", "-c", "commit.gpgsign=false"])
        .args(words)
        .current_dir(sandbox.root())
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .output()
        .unwrap();
    assert!(status.status.success(), "{words:?}: {}", String::from_utf8_lossy(&status.stderr));
}

#[test]
fn keys_are_named_by_place_and_never_shown() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("deep/er")).unwrap();
    std::fs::write(sandbox.path("deep/er/.env"), format!("A=1\nKEY={}\n", key("alice"))).unwrap();
    std::fs::write(sandbox.path("deep/manual.md"), "`clawrouter-live-<id>-<secret>`").unwrap();
    let run = sandbox.run(&["leak", "scan", "deep"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("alice") && run.stdout.contains("deep/er/.env:2:5"), "{run}");
    assert!(!run.to_string().contains("S3cretCanary"), "{run}");
    assert!(!run.stdout.contains("manual"), "{run}");

    let run = sandbox.run(&["leak", "scan", "deep/manual.md"]);
    assert_eq!((run.code, run.stdout.as_str()), (Some(0), ""), "{run}");

    let run = sandbox.run_with_input(&["leak", "scan", "-o", "json"], &key("robert"));
    let rows: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((rows[0]["keyId"].as_str(), rows[0]["line"].as_u64()), (Some("robert"), Some(1)));
    assert!(!run.to_string().contains("S3cretCanary"), "{run}");
}

#[test]
fn what_cannot_be_read_is_no_clean_bill() {
    let sandbox = Sandbox::new();
    for verb in ["scan", "respond"] {
        let run = sandbox.run(&["leak", verb, "not-there"]);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run}");
        assert!(run.stderr.contains("cannot read `not-there`"), "{run}");
        assert!(!run.to_string().contains("No key was found"), "{run}");
    }
    // Among several, what was found is shown, and last that it is not all.
    std::fs::write(sandbox.path("build.log"), key("alice")).unwrap();
    std::fs::write(sandbox.path("clean.log"), "nothing\n").unwrap();
    for (there, found) in [("build.log", true), ("clean.log", false)] {
        let run = sandbox.run(&["leak", "scan", "not-there", there]);
        assert_eq!(run.code, Some(1), "{run}");
        assert_eq!(run.stdout.contains("alice"), found, "{run}");
        assert!(!run.to_string().contains("No key was found"), "{run}");
        let last = run.stderr.lines().last().unwrap();
        assert!(last.contains("the scan is incomplete: 1 file or folder"), "{run}");
    }
    let clean = sandbox.run(&["leak", "scan", "clean.log"]);
    assert_eq!(clean.code, Some(0), "{clean}");
    assert!(clean.stderr.contains("No key was found"), "{clean}");
}

#[test]
fn history_and_the_index_are_looked_at() {
    let sandbox = Sandbox::new();
    git(&sandbox, &["init", "-q"]);
    std::fs::write(sandbox.path("a file.txt"), "one\n").unwrap();
    git(&sandbox, &["add", "."]);
    git(&sandbox, &["commit", "-qm", "one"]);
    std::fs::write(sandbox.path("a file.txt"), format!("one\nK={}\n", key("alice"))).unwrap();
    git(&sandbox, &["add", "."]);

    let run = sandbox.run(&["leak", "scan", "--staged"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stdout.contains("a file.txt:2:3"), "{run}");

    git(&sandbox, &["commit", "-qm", &format!("say {}", key("robert"))]);
    std::fs::write(sandbox.path("a file.txt"), "one\n").unwrap();
    git(&sandbox, &["commit", "-qam", "take it out"]);
    assert_eq!(sandbox.run(&["leak", "scan", "--staged"]).code, Some(0));
    assert_eq!(sandbox.run(&["leak", "scan", "a file.txt"]).code, Some(0));

    // It is gone from the file, and still there for whoever clones.
    let rows = sandbox.run(&["leak", "scan", "--git", "HEAD", "-o", "json"]);
    assert_eq!(rows.code, Some(1), "{rows}");
    let rows: serde_json::Value = serde_json::from_str(&rows.stdout).unwrap();
    let seen: Vec<_> = rows
        .as_array()
        .unwrap()
        .iter()
        .map(|row| (row["keyId"].as_str(), row["path"].as_str()))
        .collect();
    assert!(seen.contains(&(Some("alice"), Some("a file.txt"))), "{rows}");
    assert!(seen.contains(&(Some("robert"), None)), "{rows}");

    let run = sandbox.run(&["leak", "scan", "--git", "HEAD~1..HEAD"]);
    assert_eq!(run.code, Some(0), "nothing was added there\n{run}");
    let run = sandbox.run(&["leak", "scan", "--git", "--output=x"]);
    assert_eq!(run.code, Some(2), "a range is never an option of git\n{run}");
    assert!(!sandbox.path("x").exists());
}

#[test]
fn a_scanner_can_read_the_report() {
    let sandbox = Sandbox::new();
    std::fs::write(sandbox.path("k v.env"), format!("\n{}", key("alice"))).unwrap();
    let run = sandbox.run(&["leak", "scan", "--sarif", "./k v.env"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(!run.to_string().contains("S3cretCanary"), "{run}");
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(report["version"], "2.1.0");
    let place = &report["runs"][0]["results"][0]["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "k%20v.env");
    assert_eq!(place["region"]["startLine"], 2);
}

/// A home with two keys that work, both of which stand in a log.
fn leaky() -> (Sandbox, Vec<String>) {
    let sandbox = Sandbox::new();
    sandbox.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
    let mut keys = Vec::new();
    for id in ["alice", "robert"] {
        sandbox.ok(&["key", "issue", id, "--policy", "team", "--to", &format!("file:{id}.key")]);
        keys.push(std::fs::read_to_string(sandbox.path(&format!("{id}.key"))).unwrap());
    }
    let log = format!("a {}\nb {} and {}\n", keys[0].trim(), keys[1].trim(), keys[0].trim());
    std::fs::write(sandbox.path("build.log"), log).unwrap();
    (sandbox, keys)
}

fn inspected(sandbox: &Sandbox, key: &str) -> Option<i32> {
    sandbox.run_with_input(&["key", "inspect", "--key-stdin"], key).code
}

#[test]
fn a_leaked_key_is_revoked_and_the_report_keeps_the_secret() {
    let (sandbox, keys) = leaky();
    let run = sandbox.run(&["leak", "respond", "build.log", "-o", "json"]);
    assert_eq!(run.code, Some(1), "they work still\n{run}");
    let cases: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(cases[0]["places"].as_array().map(Vec::len), Some(2), "{cases}");
    assert_eq!((&cases[0]["works"], &cases[0]["action"]), (&true.into(), &"none".into()));

    let words = ["leak", "respond", "build.log", "--revoke", "--report", "incident.md", "--yes"];
    let run = sandbox.run(&words);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(keys.iter().map(|key| inspected(&sandbox, key)).collect::<Vec<_>>(), [Some(33); 2]);
    assert!(run.stdout.contains("key alice was revoked, and does not work"), "{run}");
    assert!(!run.stdout.contains("key alice works"), "{run}");
    let report = std::fs::read_to_string(sandbox.path("incident.md")).unwrap();
    assert!(report.contains("## Key alice") && report.contains("build.log:1:3"), "{report}");
    for key in &keys {
        let secret = key.trim().rsplit('-').next().unwrap();
        assert!(!report.contains(secret) && !run.to_string().contains(secret));
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(
        &std::fs::metadata(sandbox.path("incident.md")).unwrap().permissions(),
    );
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(sandbox.run(&words).code, Some(2), "a report is not written over");
}

#[test]
fn a_key_that_leaked_is_not_brought_back_by_an_undo() {
    let (sandbox, keys) = leaky();
    let undo = |sandbox: &Sandbox| {
        let id = sandbox.json(&["log", "--noun", "key"])[0]["id"].as_str().unwrap().to_owned();
        sandbox.run(&["undo", &id, "--yes"])
    };
    sandbox.ok(&["leak", "respond", "build.log", "--revoke", "--yes"]);
    let run = undo(&sandbox);
    assert_eq!(run.code, Some(5), "{run}");
    assert!(run.stderr.contains("leaked") && run.stderr.contains("key rotate"), "{run}");
    assert_eq!(keys.iter().map(|key| inspected(&sandbox, key)).collect::<Vec<_>>(), [Some(33); 2]);
    // One that was revoked for another reason comes back.
    sandbox.ok(&["key", "enable", "alice"]);
    sandbox.ok(&["key", "revoke", "alice", "--yes"]);
    assert_eq!(undo(&sandbox).code, Some(0));
    assert_eq!(inspected(&sandbox, &keys[0]), Some(0));
}

#[test]
fn a_leaked_key_is_rotated_into_its_sink() {
    let (sandbox, keys) = leaky();
    let words = ["leak", "respond", "--rotate", "--to", "file:alice.key", "--yes"];
    let run = sandbox.run_with_input(&words, &keys[0]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(inspected(&sandbox, &keys[0]), Some(32), "the leaked one is dead");
    let fresh = std::fs::read_to_string(sandbox.path("alice.key")).unwrap();
    assert_ne!(fresh, keys[0]);
    assert_eq!(inspected(&sandbox, &fresh), Some(0));
    // Found once more, it is not rotated once more.
    let run = sandbox.run_with_input(&words, &keys[0]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(inspected(&sandbox, &fresh), Some(0));
}
