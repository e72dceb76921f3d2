//! Keys, budgets and upstream credentials on a disk that is full: no key works that nobody holds,
//! and nothing changes that is said to have failed.

use std::fs::Permissions;
use std::mem;
use std::os::unix::fs::PermissionsExt as _;

use super::*;
use crate::crash::world::{Case, Sink, World};

/// A router elsewhere, and an operator whose disk can be filled.
fn world() -> World {
    let mut world = World::remote();
    let operator = mem::replace(&mut world.operator, Sandbox::new());
    world.operator = operator.after_unsharing(SMALL_DISK);
    world
}

/// Runs a command with ever more room until it succeeds. Gives how often it failed; nothing where
/// this user may not mount anything.
fn until_it_succeeds(mut run: impl FnMut(usize, &str) -> Option<bool>) -> Option<usize> {
    (0..PAGES_MAX)
        .find_map(|pages| match run(pages, &format!("with {pages} pages left")) {
            Some(true) => Some(Some(pages)),
            Some(false) => None,
            None => Some(None),
        })
        .expect("it never succeeds")
}

fn check_key(verb: &str, sink: Sink) {
    let mut world = world();
    let failures = until_it_succeeds(|pages, when| {
        let id = format!("case_{pages}");
        let case = match verb {
            "issue" => Case::new(&world, &id, sink),
            _ => Case::old(&world, &id, sink),
        };
        if sink == Sink::EnvFile && verb == "issue" {
            fs::write(&case.path, "OTHER=1\n").unwrap();
            fs::set_permissions(&case.path, Permissions::from_mode(0o600)).unwrap();
        }
        let policy = if verb == "issue" { &["--policy", "team"][..] } else { &[] };
        let to = case.to();
        let words = [&["key", verb, id.as_str(), "--yes", "--to", to.as_str()], policy].concat();
        let run = case.hears(with_pages(&mut world.operator, pages, &words)?);
        let when = format!("{verb} to {sink:?} {when}\n{run}");
        assert_eq!(drafts(world.operator.root()), [""; 0], "{when}");
        world.check_interrupted(&case, &when);
        if sink == Sink::EnvFile {
            assert!(fs::read_to_string(&case.path).unwrap().starts_with("OTHER=1\n"), "{when}");
        }
        if run.code == Some(0) {
            world.check_finished(&case, verb, &when);
            return Some(true);
        }
        check_words(&run, &when);
        let begun = world.pending().contains(&case.id);
        assert_eq!(begun, run.stderr.contains("--resume"), "{when}");
        world.check_resumed(&case, verb, &words, &when);
        Some(false)
    });
    assert!(failures != Some(0), "{verb} to {sink:?} was never without room");
}

#[test]
fn an_issue_loses_no_key() {
    Sink::ALL.iter().for_each(|sink| check_key("issue", *sink));
}

#[test]
fn a_rotation_loses_no_key() {
    Sink::ALL.iter().for_each(|sink| check_key("rotate", *sink));
}

#[test]
fn a_fleet_loses_no_key() {
    let mut world = world();
    let mut cases: Vec<_> =
        ["alice", "bobby"].iter().map(|id| Case::old(&world, id, Sink::File)).collect();
    let to = format!("file:{}/{{id}}.File", world.operator.root().display());
    let words = ["key", "rotate", "--all", "--yes", "--to", &to, "--concurrency", "1"];
    let failures = until_it_succeeds(|pages, when| {
        for case in &mut cases {
            case.old = case.held();
        }
        let run = with_pages(&mut world.operator, pages, &words)?;
        let when = format!("{when}\n{run}");
        cases.iter().for_each(|case| world.check_interrupted(case, &when));
        let again = (run.code != Some(0)).then(|| world.operator.run(&words));
        assert!(again.as_ref().is_none_or(|run| run.code == Some(0)), "{when}\nagain: {again:?}");
        cases.iter().for_each(|case| world.check_finished(case, "rotate", &when));
        Some(again.is_none())
    });
    assert!(failures != Some(0), "it was never without room");
}

#[test]
fn a_change_that_fails_has_changed_nothing() {
    let mut world = world();
    let failures = until_it_succeeds(|pages, when| {
        let before = world.policy("team")["monthlyBudgetMicros"].clone();
        let budget = format!("${}", 100 + pages);
        let words = ["policy", "set", "team", "--budget", &budget, "--yes"];
        let run = with_pages(&mut world.operator, pages, &words)?;
        let after = world.policy("team")["monthlyBudgetMicros"].clone();
        assert_eq!(before != after, run.code == Some(0), "{when}\n{run}");
        // What was noted of it can be read.
        let _ = world.operator.json(&["log"]);
        Some(run.code == Some(0) && !run.stderr.contains("No space left"))
    });
    assert!(failures != Some(0), "it was never without room");
}

/// The embedded router's file fills the disk, together with what its command writes.
#[test]
fn the_embedded_router_loses_nothing() {
    let mut home = on_a_small_disk();
    home.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
    let failures = until_it_succeeds(|pages, when| {
        let (policy, id) = (format!("crew_{pages}"), format!("key_{pages}"));
        let to = format!("file:{id}.key");
        let create = ["policy", "create", &policy, "--provider", "openai", "--budget", "$5"];
        let issue = ["key", "issue", &id, "--policy", "team", "--to", &to];
        let created = with_pages(&mut home, pages, &create)?;
        let issued = with_pages(&mut home, pages, &issue)?;
        let when = format!("{when}\n{created}{issued}");
        assert_eq!(drafts(home.root()), [""; 0], "{when}");
        let policies = home.json(&["policy", "list"]);
        let is_there = policies.as_array().unwrap().iter().any(|it| it["policyId"] == *policy);
        assert_eq!(is_there, created.code == Some(0), "{when}");
        let keys = home.json(&["key", "list"]);
        for key in keys.as_array().unwrap().iter().filter(|key| key["enabled"] == true) {
            let file = format!("{}.key", key["credentialId"].as_str().unwrap());
            let inspected = home.run(&["key", "inspect", "--key-file", &file]);
            assert_eq!(inspected.code, Some(0), "{when}\n{inspected}");
        }
        for run in [&created, &issued].into_iter().filter(|run| run.code != Some(0)) {
            check_words(run, &when);
        }
        if issued.code != Some(0) {
            let resumed = home.run(&["key", "issue", &id, "--resume", "--yes"]);
            if resumed.code != Some(0) {
                home.ok(&issue);
            }
        }
        Some(created.code == Some(0) && issued.code == Some(0))
    });
    assert!(failures != Some(0), "it was never without room");
}

/// Its key is made first, then what is sealed under it.
#[test]
fn an_upstream_credential_that_fails_is_not_there() {
    let mut home = on_a_small_disk();
    let list = |home: &Sandbox| home.json(&["grant", "list"]).as_array().unwrap().len();
    home.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$50"]);
    let words = ["grant", "put", "main", "--policy", "team", "--provider", "openai"];
    let words = [&words[..], &["--credential-stdin", "--yes"]].concat();
    let failures = until_it_succeeds(|pages, when| {
        let run = with_pages_and_input(&mut home, pages, &words, "sk-not-a-real-one")?;
        let when = format!("{when}\n{run}");
        assert_eq!(list(&home), usize::from(run.code == Some(0)), "{when}");
        assert!(!run.to_string().contains("sk-not"), "{when}");
        if run.code != Some(0) {
            check_words(&run, &when);
        }
        Some(run.code == Some(0))
    });
    assert!(failures != Some(0), "it was never without room");
}
