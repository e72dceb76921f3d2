//! `log` and `undo`: what was changed from here, and what can be taken back.

use super::*;

fn log(world: &World) -> Vec<Value> {
    world.operator.json(&["log"]).as_array().unwrap().clone()
}

fn last(world: &World) -> (String, Value) {
    let entry = log(world).remove(0);
    (entry["id"].as_str().unwrap().to_owned(), entry)
}

#[test]
fn every_change_is_written_down_with_its_effect_and_without_a_secret() {
    let world = World::new();
    let key = world.issue("alice", &[]);
    let _ = world.operator.ok(&["policy", "set", "team", "--budget", "$60"]);
    let _ = world.operator.ok(&["key", "rotate", "alice", "--yes", "--to", &world.file("alice")]);
    let _ = world.operator.ok(&[
        "api",
        "PUT",
        "/v1/admin/connections/openai",
        "-f",
        "enabled:=true",
        "--yes",
    ]);
    let entries = log(&world);
    let shown: Vec<(String, String)> = entries
        .iter()
        .map(|entry| {
            let words = |name: &str| entry[name].as_str().unwrap_or_default().to_owned();
            (words("command"), format!("{} {}", words("noun"), words("name")))
        })
        .collect();
    let expected = [
        ("api", "provider openai"),
        ("key rotate", "key alice"),
        ("policy set", "policy team"),
        ("key issue", "key alice"),
        ("key issue", "key alice"),
    ];
    assert_eq!(shown, expected.map(|(a, b)| (a.to_owned(), b.to_owned())));
    for entry in &entries {
        assert_eq!(entry["outcome"], "done", "{entry}");
        assert!(entry["who"].as_str().unwrap().starts_with("ada@"), "{entry}");
        assert_eq!(entry["router"], world.proxy.url.as_str());
        assert!(entry["requestId"].is_string(), "{entry}");
    }
    assert_eq!(entries[2]["effects"][0], "RAISES: the budget of the month");
    assert_eq!(entries[3]["effects"][0], "ENABLES: it was delivered, and works");
    assert_eq!(entries[4]["before"]["seen"], "absent");
    let text = world.operator.ok(&["log", "--noun", "policy", "-o", "csv"]);
    assert!(text.contains("budget $50.00 → $60.00") && text.lines().count() == 2, "{text}");
    let changes =
        std::fs::read_to_string(world.operator.path("clawctl/changes/changes.jsonl")).unwrap();
    for secret in [secret_of(&key), secret_of(&world.held("alice")), world.token.as_str()] {
        assert!(!changes.contains(secret));
    }
    for long in changes.split(|c: char| !c.is_ascii_alphanumeric()) {
        assert!(long.len() < 40, "{long} looks like a secret or its hash");
    }
}

#[test]
fn a_refusal_and_a_lost_answer_are_told_apart() {
    let world = World::new();
    let _ =
        world.operator.run(&["api", "PUT", "/v1/admin/policies/team", "-f", "enabled:=5", "--yes"]);
    assert_eq!(last(&world).1["outcome"], "refused");
    let _ = world.proxy.follow(|_, heard| match heard.line.starts_with("PUT ") {
        true => Act::HoldAnswer,
        false => Act::Forward,
    });
    let run =
        world.operator.run(&["policy", "set", "team", "--budget", "$60", "--timeout", "300ms"]);
    code(&run, 6);
    world.proxy.behave();
    let (id, entry) = last(&world);
    assert_eq!(entry["outcome"], "unknown");
    let run = world.operator.run(&["undo", &id, "--yes"]);
    code(&run, 5);
    assert!(run.stderr.contains("nobody knows"), "{run}");
}

#[test]
fn a_change_is_taken_back_if_nobody_touched_it_since() {
    let world = World::new();
    let policy = |world: &World| world.admin("GET", "policies/team", None);
    let before = policy(&world);
    let _ = world.operator.ok(&["policy", "set", "team", "--no-budget", "--yes"]);
    let (id, _) = last(&world);
    let run = world.operator.run(&["undo", &id, "--dry-run"]);
    code(&run, 0);
    assert_ne!(policy(&world), before);
    let run = world.operator.run(&["undo", &id[..6], "--yes"]);
    code(&run, 0);
    assert_eq!(policy(&world), before);
    assert_eq!(log(&world)[1]["undoneBy"], log(&world)[0]["id"]);
    let run = world.operator.run(&["undo", &id, "--yes"]);
    code(&run, 0);
    assert!(run.stderr.contains("already"), "{run}");
    // Somebody else comes in between.
    let _ = world.operator.ok(&["policy", "set", "team", "--budget", "$70", "--yes"]);
    let (id, _) = last(&world);
    let mut theirs = before.clone();
    theirs["monthlyBudgetMicros"] = json!(80_000_000);
    world.admin("PUT", "policies/team", Some(&theirs));
    let run = world.operator.run(&["undo", &id, "--yes"]);
    code(&run, 5);
    assert!(run.stderr.contains("monthlyBudgetMicros is 80000000, not 70000000"), "{run}");
    assert_eq!(policy(&world)["monthlyBudgetMicros"], 80_000_000);
}

#[test]
fn keys_are_taken_back_on_routers_of_both_kinds() {
    for plain in [false, true] {
        let world = World::new();
        if plain {
            world.plain();
        }
        let key = world.issue("alice", &[]);
        let _ = world.operator.ok(&["key", "revoke", "alice", "--yes"]);
        let (id, _) = last(&world);
        assert!(!world.works(&key));
        code(&world.operator.run(&["undo", &id, "--yes"]), 0);
        assert!(world.works(&key), "plain: {plain}");
        let _ = world.operator.ok(&["key", "move", "alice", "--policy", "each", "--yes"]);
        let (id, _) = last(&world);
        code(&world.operator.run(&["undo", &id, "--yes"]), 0);
        assert_eq!(world.operator.json(&["key", "show", "alice"])["policyId"], "team");
        assert!(world.works(&key), "plain: {plain}");
        // The secret of before is nowhere.
        let _ =
            world.operator.ok(&["key", "rotate", "alice", "--yes", "--to", &world.file("alice")]);
        let (id, _) = last(&world);
        let run = world.operator.run(&["undo", &id, "--yes"]);
        code(&run, 5);
        assert!(run.stderr.contains("not kept anywhere"), "{run}");
    }
}

#[test]
fn what_was_created_is_switched_off() {
    let world = World::new();
    let _ =
        world.operator.ok(&["policy", "create", "fresh", "--provider", "openai", "--budget", "$1"]);
    let (id, entry) = last(&world);
    assert_eq!(entry["effects"][0], "CREATES");
    code(&world.operator.run(&["undo", &id, "--yes"]), 0);
    assert_eq!(world.admin("GET", "policies/fresh", None)["enabled"], false);
    let run = world.operator.run(&["undo", "0000000000"]);
    code(&run, 3);
}

#[test]
fn it_can_be_switched_off_and_stops_nothing_when_it_fails() {
    let mut world = World::new();
    let changes = world.operator.path("clawctl/changes");
    world.operator.set("CLAWCTL_JOURNAL", "off");
    let _ = world.operator.ok(&["policy", "set", "team", "--budget", "$60"]);
    assert!(!changes.exists());
    world.operator.set("CLAWCTL_JOURNAL", "on");
    std::fs::create_dir_all(changes.parent().unwrap()).unwrap();
    std::fs::write(&changes, "a file in its place").unwrap();
    let run = world.operator.run(&["policy", "set", "team", "--budget", "$70"]);
    code(&run, 0);
    assert!(run.stderr.contains("could not be written down"), "{run}");
    assert_eq!(world.admin("GET", "policies/team", None)["monthlyBudgetMicros"], 70_000_000);
}

#[test]
fn what_no_request_changes_is_written_down_and_cannot_be_taken_back() {
    let home = Sandbox::new().with("USER", "ada");
    let token = home.ok(&["router", "token", "rotate", "--yes"]).trim().to_owned();
    let mine = "a-token-of-my-own-0123456789";
    let run = home.run_with_input(&["router", "token", "set", "--token-stdin", "--yes"], mine);
    code(&run, 0);
    let _ = home.ok(&["router", "backup", "before.db"]);
    let _ = home.ok(&["router", "restore", "before.db", "--yes"]);
    let dry = home.run(&["router", "restore", "before.db", "--dry-run"]);
    code(&dry, 0);
    let entries = home.json(&["log", "--noun", "router"]);
    let shown: Vec<_> = entries
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            assert_eq!(entry["outcome"], "done", "{entry}");
            assert!(entry["router"].as_str().unwrap().starts_with("embedded:"), "{entry}");
            assert!(entry["effects"][0].as_str().unwrap().starts_with("REPLACES"), "{entry}");
            (entry["command"].as_str().unwrap(), entry["name"].as_str().unwrap())
        })
        .collect();
    let expected = [
        ("router restore", "database"),
        ("router token set", "admin token"),
        ("router token rotate", "admin token"),
    ];
    assert_eq!(shown, expected);
    for (entry, why) in [(0, "another database"), (1, "a hash of the token"), (2, "a hash of the")]
    {
        let id = entries[entry]["id"].as_str().unwrap();
        let run = home.run(&["undo", id, "--yes"]);
        code(&run, 5);
        assert!(run.stderr.contains(why), "{run}");
    }
    let changes = std::fs::read_to_string(home.path("clawctl/changes/changes.jsonl")).unwrap();
    assert!(!changes.contains(&token) && !changes.contains(mine), "{changes}");
    let off = Sandbox::new().with("CLAWCTL_JOURNAL", "off");
    let _ = off.ok(&["router", "token", "rotate", "--yes"]);
    assert_eq!(off.json(&["log"]), json!([]));
}
