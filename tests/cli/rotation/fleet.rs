//! Many keys at once.

use super::*;

/// The outcome of each key, by its id.
fn outcomes(run: &Run) -> Vec<(String, String)> {
    let rows = parsed(run);
    let word = |row: &Value, name: &str| row[name].as_str().unwrap().to_owned();
    rows.as_array().unwrap().iter().map(|row| (word(row, "keyId"), word(row, "outcome"))).collect()
}

fn pending(world: &World) -> Value {
    world.operator.json(&["status"])["pending"].clone()
}

#[test]
fn every_key_goes_where_it_was_delivered_before() {
    let world = World::new();
    let mut old = Vec::new();
    for number in 0..8 {
        old.push(world.issue(&format!("key_{number}"), &[]));
    }
    // Several keys in one dotenv file, of which none may lose the others.
    let env = world.operator.path(".env");
    for number in 0..6 {
        let to = format!("env-file:{}:KEY_{number}", env.display());
        let _ = world.operator.ok(&[
            "key",
            "issue",
            &format!("env_{number}"),
            "--policy",
            "team",
            "--to",
            &to,
        ]);
    }
    let shared = std::fs::read_to_string(&env).unwrap();
    let _ = world.operator.ok(&[
        "key",
        "issue",
        "other",
        "--policy",
        "each",
        "--to",
        &world.file("other"),
    ]);
    let run =
        world.operator.run(&["key", "rotate", "--all", "--policy", "te*", "--yes", "-o", "json"]);
    code(&run, 0);
    assert_eq!(outcomes(&run).len(), 14);
    assert!(outcomes(&run).iter().all(|(_, outcome)| outcome == "rotated"), "{run}");
    for (number, old) in old.iter().enumerate() {
        assert!(!world.works(old) && world.works(&world.held(&format!("key_{number}"))));
        hunt(world.operator.root(), secret_of(old), &[]);
    }
    let rewritten = std::fs::read_to_string(&env).unwrap();
    assert_eq!(rewritten.lines().count(), 6, "{rewritten}");
    for (old, new) in shared.lines().zip(rewritten.lines()) {
        let value = |line: &str| line.split_once('=').unwrap().1.to_owned();
        assert!(!world.works(&value(old)) && world.works(&value(new)), "{new}");
    }
    assert!(world.works(&world.held("other")), "it was left out");
    assert_eq!(pending(&world), json!([]));
    let left: Vec<_> = std::fs::read_dir(world.operator.path("clawctl/journal"))
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("fleet-"))
        .collect();
    assert_eq!(left, [""; 0]);
}

#[test]
fn where_a_key_has_no_known_sink_nothing_is_sent() {
    let world = World::new();
    world.issue("alice", &[]);
    let lost = world.register("lost", json!({"label": "by hand"}));
    let _ = world.operator.ok(&["key", "issue", "shown", "--policy", "team"]);
    world.proxy.behave();
    let run = world.operator.run(&["key", "rotate", "--all", "--yes"]);
    code(&run, 2);
    assert!(
        run.stderr.contains("`lost`, `shown`") || run.stderr.contains("lost` and `shown"),
        "{run}"
    );
    assert!(world.proxy.heard().iter().all(|heard| heard.line.starts_with("GET ")));
    // A template says it for all; without `{id}` two would share one file.
    let shared = format!("file:{}", world.operator.path("same").display());
    code(&world.operator.run(&["key", "rotate", "--all", "--yes", "--to", &shared]), 2);
    let to = format!("file:{}/{{id}}.key", world.operator.root().display());
    let run =
        world.operator.run(&["key", "rotate", "--all", "--label", "by*", "--yes", "--to", &to]);
    code(&run, 0);
    assert!(!world.works(&lost) && world.works(&world.held("lost.key")));
    assert!(world.works(&world.held("alice")));
}

#[test]
fn age_is_what_the_ids_this_machine_and_the_router_know() {
    let world = World::new();
    let to = format!("file:{}/{{id}}.key", world.operator.root().display());
    world.issue("fresh", &[]);
    world.register("alice_20260101T0000", json!({}));
    let words =
        ["key", "rotate", "--all", "--older-than", "90d", "--yes", "--to", &to, "-o", "json"];
    // The router knows when it was made, and that was just now.
    let run = world.operator.run(&words);
    code(&run, 0);
    assert_eq!(outcomes(&run), []);
    let young = words.map(|word| if word == "90d" { "1ms" } else { word });
    let run = world.operator.run(&young);
    code(&run, 0);
    let expected = ["alice_20260101T0000", "fresh"];
    assert_eq!(outcomes(&run), expected.map(|id| (id.to_owned(), "rotated".to_owned())));
    // The time of a rotation is left out of the name.
    assert!(world.works(&world.held("alice.key")));
}

#[test]
fn a_key_that_fails_stops_no_other_and_is_taken_up_by_the_next_run() {
    let world = World::new();
    for id in ["alice", "bobby", "carol"] {
        world.issue(id, &[]);
    }
    let old: Vec<String> = ["alice", "bobby", "carol"].map(|id| world.held(id)).to_vec();
    // What is a folder cannot be replaced by a file.
    std::fs::remove_file(world.operator.path("bobby")).unwrap();
    std::fs::create_dir(world.operator.path("bobby")).unwrap();
    let words = ["key", "rotate", "--all", "--yes", "-o", "json"];
    let run = world.operator.run(&words);
    code(&run, 1);
    let expected = |bobby: &str, others: &str| {
        [("alice", others), ("bobby", bobby), ("carol", others)]
            .map(|(id, outcome)| (id.to_owned(), outcome.to_owned()))
    };
    assert_eq!(outcomes(&run), expected("failed", "rotated"));
    assert!(world.works(&old[1]) && !world.works(&old[0]));
    // Another selection would forget what is left of this one.
    let run = world.operator.run(&["key", "rotate", "--all", "--id", "al*", "--yes"]);
    code(&run, 5);
    // So would other places, or another kind of key: they are not passed over in silence.
    let elsewhere = format!("file:{}/{{id}}.new", world.operator.root().display());
    let same = format!("file:{}/{{id}}", world.operator.root().display());
    for (more, said) in [
        (&["--to", &elsewhere][..], ".new"),
        (&["--resume", "--to", &elsewhere], ".new"),
        (&["--resume", "--test"], "keys for tests"),
        (&["--resume", "--id", "bo*"], "not finished"),
        (&["--resume", "--overlap"], "not finished"),
    ] {
        let run = world.operator.run(&[&["key", "rotate", "--all", "--yes"], more].concat());
        code(&run, 5);
        assert!(run.stderr.contains(said) && run.stderr.contains("--forget"), "{run}");
    }
    let run = world.operator.run(&["key", "rotate", "--all", "--resume", "--to", &same, "--yes"]);
    code(&run, 1);
    std::fs::remove_dir(world.operator.path("bobby")).unwrap();
    let after = world.held("alice");
    let run = world.operator.run(&words);
    code(&run, 0);
    assert_eq!(outcomes(&run), expected("rotated", "doneBefore"));
    assert_eq!(world.held("alice"), after, "it was rotated twice");
    assert!(!world.works(&old[1]) && world.works(&world.held("bobby")));
    code(&world.operator.run(&["key", "rotate", "--all", "--resume"]), 3);
}

#[test]
fn a_fleet_gets_successors_and_is_finished_on_evidence() {
    let world = World::new();
    let old: Vec<String> = ["alice", "bobby"].map(|id| world.issue(id, &[])).to_vec();
    let run = world.operator.run(&["key", "rotate", "--all", "--overlap", "--yes", "-o", "json"]);
    code(&run, 0);
    assert!(run.stderr.contains("2 old keys stay enabled"), "{run}");
    let rows = parsed(&run);
    assert!(rows[0]["successorId"].as_str().unwrap().starts_with("alice_2"), "{rows}");
    assert_eq!(world.enabled().len(), 4);
    let new: Vec<String> = ["alice", "bobby"].map(|id| world.held(id)).to_vec();
    assert!(old.iter().chain(&new).all(|key| world.works(key)));
    for key in &new {
        assert_eq!(world.use_key(key, "new"), 200);
    }
    assert_eq!(world.use_key(&old[1], "late"), 200);
    let finish = ["key", "rotate", "--all", "--finish", "--if-idle", "30m", "--yes", "-o", "json"];
    let run = world.operator.run(&finish);
    code(&run, 7);
    assert_eq!((world.works(&old[0]), world.works(&old[1])), (false, true), "{run}");
    // Only the newest of each is rotated again.
    let run = world.operator.run(&["key", "rotate", "--all", "--dry-run", "-o", "json"]);
    let ids: Vec<String> = outcomes(&run).into_iter().map(|(id, _)| id).collect();
    assert!(ids.len() == 2 && ids.iter().all(|id| id.contains("_2")), "{ids:?}");
    // Without evidence asked for, a use that was seen stops it all the same.
    let finish = ["key", "rotate", "--all", "--finish", "--yes", "-o", "json"];
    let run = world.operator.run(&finish);
    code(&run, 7);
    assert!(parsed(&run)[0]["doubts"][0].as_str().unwrap().contains("bobby was used at"), "{run}");
    assert!(world.works(&old[1]));
    code(&world.operator.run(&[&finish[..], &["--force"]].concat()), 0);
    assert!(!world.works(&old[1]));
}

#[test]
fn the_hint_to_finish_names_the_same_keys_and_no_others() {
    let world = World::new();
    for id in ["rot_one", "rot_two", "other"] {
        world.issue(id, &[]);
    }
    let words = ["key", "rotate", "--all", "--id", "rot_*", "--overlap", "--yes"];
    let run = world.operator.run(&words);
    code(&run, 0);
    let hint = "clawctl key rotate --all --id 'rot_*' --finish --if-idle 30m";
    assert!(run.stderr.contains(hint), "{run}");
}

#[test]
fn a_router_that_is_gone_stops_the_run_and_keeps_the_rest() {
    let world = World::new();
    for number in 0..6 {
        world.issue(&format!("key_{number}"), &[]);
    }
    let _ = world.proxy.follow(|_, heard| match heard.line.starts_with("PUT ") {
        true => Act::Answer(b"HTTP/1.1 401 X\r\ncontent-type: application/json\r\ncontent-length: 55\r\n\r\n{\"error\":{\"code\":\"admin_unauthorized\",\"message\":\"no!!\"}}".to_vec()),
        false => Act::Forward,
    });
    let words = ["key", "rotate", "--all", "--yes", "--concurrency", "1"];
    let run = world.operator.run(&words);
    code(&run, 4);
    assert!(run.stdout.contains("not begun"), "{run}");
    let puts = world.proxy.heard().iter().filter(|heard| heard.line.starts_with("PUT ")).count();
    assert_eq!(puts, 1, "the others would be refused as well");
    world.proxy.behave();
    code(&world.operator.run(&words), 0);
    for number in 0..6 {
        assert!(world.works(&world.held(&format!("key_{number}"))));
    }
}
