//! A write to the record of a ClawRouter console's administrator makes an ordinary user of it, for
//! good. So does a rule that reaches it, and once there is a record, any rule.

use serde_json::json;

use super::{with_ada, words};
use crate::harness::Sandbox;

const ADMIN: &str = "admin@local";

fn refused(sandbox: &Sandbox, words: &[&str]) {
    let run = sandbox.run(&[words, &["--yes"]].concat());
    assert_eq!(run.code, Some(2), "{words:?}\n{run}");
    assert!(run.stderr.contains("locks the administrator"), "{words:?}\n{run}");
    assert!(run.stderr.contains("clawctl binding put --user admin@local"), "{words:?}\n{run}");
}

#[test]
fn nobody_writes_to_the_administrators_record_by_accident() {
    let sandbox = with_ada();
    for words in [
        ["user", "set", ADMIN, "--create"].as_slice(),
        &["user", "set", " Admin@Local", "--tenant", "acme"],
        &["user", "grant", ADMIN, "--policy", "team", "--create"],
        &["user", "enable", ADMIN],
        &["user", "disable", ADMIN, "--dry-run"],
        &["rule", "put", "all", "--domain", "local", "--add-group", "eng"],
        &["rule", "put", "one", "--email", "Admin@local", "--add-group", "eng", "--dry-run"],
        &["rule", "reconcile", ADMIN],
    ] {
        refused(&sandbox, words);
    }
    assert_eq!(sandbox.json(&["user", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(sandbox.json(&["rule", "list"]), json!([]));
    // The way that is named instead leaves the record alone.
    sandbox.ok(&["binding", "put", "--user", ADMIN, "--policy", "team"]);
    assert_eq!(sandbox.json(&["user", "list"]).as_array().unwrap().len(), 1);
}

#[test]
fn a_rule_that_matches_no_one_there_is_guarded_by_what_it_could_reach() {
    let sandbox = with_ada();
    sandbox.ok(&["rule", "put", "eng", "--domain", "example.com", "--add-group", "eng"]);
    refused(&sandbox, &["rule", "put", "eng", "--domain", "local"]);
    sandbox.ok(&["rule", "put", "eng", "--domain", "local", "--disabled", "--yes"]);
    refused(&sandbox, &["rule", "enable", "eng"]);
    sandbox.ok(&["rule", "put", "eng", "--domain", "localhost"]);
    sandbox.ok(&["rule", "enable", "eng"]);
}

#[test]
fn once_there_is_a_record_of_it_every_rule_reaches_it() {
    let sandbox = with_ada();
    sandbox.ok(&["rule", "put", "eng", "--domain", "example.com"]);
    let made = sandbox.json(&["user", "set", ADMIN, "--create", "--lock-out-console", "--yes"]);
    assert_eq!(words(&made), ["LOCKS OUT", "CREATES"]);
    let unasked = sandbox.run(&["user", "disable", ADMIN, "--lock-out-console"]);
    assert_eq!(unasked.code, Some(7), "{unasked}");
    for words in [
        ["rule", "put", "eng", "--priority", "7"].as_slice(),
        &["rule", "put", "new", "--domain", "example.org"],
        &["rule", "disable", "eng"],
        &["rule", "enable", "eng", "--dry-run"],
        &["rule", "reconcile", "--all"],
    ] {
        refused(&sandbox, words);
    }
    sandbox.ok(&["rule", "reconcile", "ada@example.com"]);
    let forced =
        sandbox.json(&["rule", "put", "eng", "--priority", "7", "--lock-out-console", "--yes"]);
    assert_eq!(words(&forced)[0], "LOCKS OUT");
    sandbox.ok(&["rule", "reconcile", "--all", "--lock-out-console", "--yes"]);
}
