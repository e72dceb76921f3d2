use serde_json::json;

use super::{with_ada, words};

#[test]
fn an_edit_of_a_user_touches_nothing_else() {
    let sandbox = with_ada();
    let ada = || sandbox.json(&["user", "show", "ada@example.com"]);
    let before = ada();
    assert_eq!(before["groups"], json!(["devs", "night"]));
    assert_eq!(before["contentRetentionDisabled"], true);
    let edit = |more: &[&str]| sandbox.json(&[&["user", "set", "ada@example.com"], more].concat());
    let changed = edit(&["--add-group", "OPS", "--remove-group", "night", "--yes"]);
    assert_eq!(words(&changed), ["GAINS", "LOSES"]);
    let mut expected = before;
    expected["groups"] = json!(["devs", "ops"]);
    assert_eq!(ada(), expected);
    assert_eq!(words(&edit(&["--retention"])), ["RETAINS"]);
    expected["contentRetentionDisabled"] = json!(false);
    assert_eq!(words(&edit(&["--tenant", "other"])), ["MOVES"]);
    expected["tenantId"] = json!("other");
    let off = sandbox.json(&["user", "disable", "ada@example.com", "--yes"]);
    assert_eq!(words(&off), ["DISABLES"]);
    expected["enabled"] = json!(false);
    assert_eq!(ada(), expected);
    sandbox.ok(&["user", "enable", "ada@example.com"]);
    expected["enabled"] = json!(true);
    assert_eq!(ada(), expected);
}

#[test]
fn an_address_that_is_not_known_is_not_made_by_a_slip() {
    let sandbox = with_ada();
    let check = |words: &[&str], code: i32| {
        let run = sandbox.run(words);
        assert_eq!(run.code, Some(code), "{words:?}\n{run}");
    };
    check(&["user", "set", "aad@example.com", "--tenant", "acme"], 3);
    check(&["user", "grant", "aad@example.com", "--policy", "team"], 3);
    check(&["user", "disable", "aad@example.com", "--yes"], 3);
    check(&["user", "show", "aad@example.com"], 3);
    check(&["rule", "reconcile", "aad@example.com"], 3);
    check(&["user", "set", "ada", "--tenant", "acme"], 2);
    check(&["user", "set", "ada@example.com"], 2);
    check(&["user", "grant", "ada@example.com"], 2);
    check(&["binding", "put", "--policy", "team"], 2);
    check(&["binding", "put", "--policy", "ghost", "--group", "devs"], 3);
    check(&["binding", "disable", "--policy", "team", "--group", "devs", "--yes"], 3);
    check(&["user", "grant", "ada@example.com", "--policy", "ghost"], 3);
    check(&["tenant", "show", "nobody"], 3);
    assert_eq!(sandbox.json(&["user", "list"]).as_array().unwrap().len(), 1);
    assert_eq!(sandbox.json(&["binding", "list"]), json!([]));
}

#[test]
fn a_grant_adds_to_those_that_there_are() {
    let sandbox = with_ada();
    let grant = |more: &[&str]| {
        let words = [&["user", "grant", "ada@example.com"], more].concat();
        sandbox.json(&words)
    };
    assert_eq!(grant(&["--policy", "team"])["now"]["policyIds"], json!(["team"]));
    let both = grant(&["--policy", "ops"]);
    assert_eq!(both["now"]["policyIds"], json!(["ops", "team"]));
    assert_eq!(both["effects"][0]["text"], "1 direct grant: ops");
    // What is known of the user is sent with it, and stays.
    assert_eq!(both["now"]["groups"], json!(["devs", "night"]));
    assert_eq!(both["now"]["contentRetentionDisabled"], true);
    let taken = ["user", "grant", "ada@example.com", "--no-policies"];
    let refused = sandbox.run(&taken);
    assert_eq!(refused.code, Some(7), "{refused}");
    assert!(refused.stderr.contains("REVOKES: 2 direct grants: ops, team"), "{refused}");
    let one = grant(&["--remove-policy", "ops", "--yes"]);
    assert_eq!(one["now"]["policyIds"], json!(["team"]));
    let twice = sandbox.run(&["user", "grant", "ada@example.com", "--remove-policy", "ops"]);
    assert_eq!(twice.code, Some(2), "{twice}");
    assert_eq!(grant(&["--no-policies", "--yes"])["now"]["policyIds"], json!([]));
    let listed = sandbox.json(&["binding", "list", "--user", "ada@example.com"]);
    assert!(listed.as_array().unwrap().iter().all(|row| row["enabled"] == false), "{listed}");
}

#[test]
fn a_binding_keeps_its_priority_and_its_switch() {
    let sandbox = with_ada();
    let to = ["--policy", "team", "--group", "Devs"];
    let binding = |verb: &str, more: &[&str]| {
        sandbox.json(&[&["binding", verb], to.as_slice(), more].concat())
    };
    let made = binding("put", &["--priority", "7"]);
    assert_eq!(made["effects"][0]["text"], "team to group devs (1 known user)");
    let off = binding("disable", &["--yes"]);
    assert_eq!((&off["now"]["enabled"], &off["now"]["priority"]), (&json!(false), &json!(7)));
    let moved = binding("put", &["--priority", "8"]);
    assert_eq!((&moved["now"]["enabled"], &moved["now"]["priority"]), (&json!(false), &json!(8)));
    let on = binding("enable", &[]);
    assert_eq!((&on["now"]["enabled"], &on["now"]["priority"]), (&json!(true), &json!(8)));
    let shown = sandbox.json(&["user", "show", "ada@example.com"]);
    let held = json!([{"policyId": "team", "group": "devs", "rule": null, "priority": 8}]);
    assert_eq!(shown["held"], held);
    let refused = sandbox.run(&["binding", "disable", "--policy", "team", "--group", "devs"]);
    assert_eq!(refused.code, Some(7), "{refused}");
    assert!(refused.stderr.contains("REVOKES: team from group devs (1 known user)"), "{refused}");
}

#[test]
fn a_dry_run_sends_nothing() {
    let sandbox = with_ada();
    sandbox.ok(&["binding", "put", "--policy", "team", "--group", "devs"]);
    sandbox.ok(&["rule", "put", "eng", "--domain", "example.com", "--add-group", "eng"]);
    let state = || {
        let list = |noun: &str| sandbox.json(&[noun, "list"]);
        (list("user"), list("binding"), list("rule"))
    };
    let before = state();
    for words in [
        ["user", "set", "ada@example.com", "--tenant", "other"].as_slice(),
        &["user", "set", "new@example.com", "--create"],
        &["user", "grant", "ada@example.com", "--policy", "team"],
        &["user", "disable", "ada@example.com"],
        &["binding", "put", "--policy", "ops", "--user", "ada@example.com"],
        &["binding", "disable", "--policy", "team", "--group", "devs"],
        &["rule", "put", "eng", "--add-policy", "team"],
        &["rule", "put", "new", "--email", "ada@example.com", "--add-group", "vip"],
        &["rule", "disable", "eng"],
        &["rule", "reconcile", "--all"],
    ] {
        let words = [words, &["--dry-run"]].concat();
        let shown = sandbox.run(&words);
        assert_eq!(shown.code, Some(0), "{words:?}\n{shown}");
        assert!(shown.stdout.contains("/v1/admin/"), "{words:?}\n{shown}");
        assert!(shown.stderr.contains("dry run"), "{words:?}\n{shown}");
    }
    assert_eq!(state(), before);
    let words = ["user", "grant", "ada@example.com", "--policy", "team", "--dry-run"];
    let held = &sandbox.json(&words)["request"];
    assert_eq!(held["path"], "/v1/admin/access-user-grants/ada%40example.com");
    let body = json!({"contentRetentionDisabled": true, "enabled": true,
        "groups": ["devs", "eng", "night"], "policyIds": ["team"], "tenantId": "acme"});
    assert_eq!(held["body"], body, "everything is said");
}

#[test]
fn lists_are_filtered_and_come_in_every_format() {
    let sandbox = with_ada();
    sandbox.ok(&["user", "set", "bob@example.com", "--create"]);
    sandbox.ok(&["user", "grant", "bob@example.com", "--policy", "ops"]);
    let users = |more: &[&str]| {
        let words = [&["user", "list", "--columns", "email", "--no-header"], more].concat();
        sandbox.ok(&[words.as_slice(), &["-o", "csv"]].concat()).trim().replace("\r\n", "\n")
    };
    assert_eq!(users(&["--tenant", "acme"]), "ada@example.com");
    assert_eq!(users(&["--group", "DEVS"]), "ada@example.com");
    assert_eq!(users(&["--policy", "ops"]), "bob@example.com");
    assert_eq!(users(&["--disabled"]), "");
    let table = sandbox.ok(&["user", "list"]);
    assert!(table.contains("DIRECT GRANTS") && table.contains("devs, night"), "{table}");
    for (noun, format) in [("user", "yaml"), ("binding", "jsonl"), ("rule", "csv")] {
        sandbox.ok(&[noun, "list", "-o", format]);
    }
    let tenant = sandbox.json(&["tenant", "show", "default"]);
    assert_eq!((&tenant["policies"], &tenant["users"]), (&json!(2), &json!(["bob@example.com"])));
    let shown = sandbox.ok(&["tenant", "show", "default"]);
    assert!(shown.contains("bob@example.com") && shown.contains("unlimited"), "{shown}");
}

#[test]
fn a_shell_is_offered_the_names_that_there_are() {
    let sandbox = with_ada();
    sandbox.ok(&["rule", "put", "eng", "--domain", "example.com"]);
    let offered = |words: &[&str]| {
        let line = [&["--", "clawctl"], words].concat();
        let mut command = sandbox.command(&line);
        command.env("COMPLETE", "bash").env("_CLAP_COMPLETE_INDEX", (line.len() - 2).to_string());
        command.env("_CLAP_COMPLETE_COMP_TYPE", "9").env("_CLAP_COMPLETE_SPACE", "true");
        let output = command.output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(offered(&["user", "show", ""]).contains("ada@example.com"));
    assert!(offered(&["user", "set", "ada@example.com", "--remove-group", ""]).contains("night"));
    assert!(offered(&["rule", "show", ""]).contains("eng"));
    assert!(offered(&["tenant", "show", ""]).contains("default"));
    assert!(offered(&["binding", "put", "--user", ""]).contains("ada@example.com"));
    let bot = ["key", "issue", "bot_key", "--policy", "team", "--principal", "bot@example.com"];
    sandbox.ok(&bot);
    for words in [["key", "list", "--principal", ""], ["key", "issue", "--principal", ""]] {
        let offered = offered(&words);
        assert!(offered.contains("ada@example.com"), "{offered}");
        assert!(offered.contains("bot@example.com"), "{offered}");
    }
}
