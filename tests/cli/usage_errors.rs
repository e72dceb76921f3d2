//! Bad input is told clearly, and before anything is sent.

use crate::harness::Sandbox;
use crate::proxy::ask;

/// Runs against a router that nobody may call: any connection would be an error of another kind.
fn refused(words: &[&str]) -> String {
    let sandbox = Sandbox::new().with("CLAWROUTER_BASE_URL", "http://127.0.0.1:9");
    let run = sandbox.run(words);
    assert_eq!(run.code, Some(2), "{words:?}\n{run}");
    assert_eq!(run.stdout, "", "{words:?}");
    run.to_string()
}

#[test]
fn what_is_wrong_by_itself_is_refused_before_anything_is_sent() {
    let mut told = String::new();
    for words in [
        ["key", "issue", "team-alpha", "--policy", "p"].as_slice(),
        &["key", "issue", "abc", "--policy", "p"],
        &["key", "issue", "alice", "--policy", "p", "--provider", "openai"],
        &["key", "issue", "alice", "--policy", "p", "--principal", "nobody"],
        &["key", "issue", "alice", "--policy", "p", "--expires", "yesterday"],
        &["key", "issue", "alice", "--policy", "p", "--expires", "2001-01-01"],
        &["key", "issue", "alice", "--policy", "p", "--to", "fiel:x"],
        &["key", "issue", "alice", "--policy", "p", "--to", "env-file:.env:1BAD"],
        &["key", "issue", "alice", "--provider", "openai", "--all-providers", "--no-budget"],
        &["policy", "create", "x.y", "--provider", "openai", "--no-budget"],
        &["policy", "create", "x", "--provider", "openai", "--budget", "-5"],
        &["policy", "create", "x", "--provider", "openai", "--budget", "0.0000001"],
        &["policy", "create", "x", "--provider", "openai", "--budget", "50000000"],
        &["policy", "create", "x", "--provider", "openai", "--budget", "lots"],
        &["policy", "create", "x", "--provider", "openai", "--budget", "$99999999999"],
        &["policy", "create", "x", "--provider", "openai", "--model", "a b", "--no-budget"],
        &["policy", "set", "x"],
        &["policy", "scope", "x"],
        &["policy", "list", "--columns", "policyId,budgt"],
        &["policy", "list", "--timeout", "soon"],
        &["policy", "list", "--url", "not a url"],
        &["policy", "list", "--url", "router.example"],
        &["policy", "list", "--url", "https://user:pass@router.example"],
        &["policy", "list", "--context", "a", "--url", "https://x.example"],
        &["polcy", "list"],
        &["key", "issue", "alice", "--buget", "5"],
        &["key", "revoke"],
    ] {
        told.push_str(&format!("$ clawctl {}\n{}\n", words.join(" "), refused(words)));
    }
    insta::assert_snapshot!("refused_before_sending", told);
}

#[test]
fn what_only_the_router_knows_is_told_with_a_suggestion() {
    let sandbox = Sandbox::new();
    sandbox.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
    let mut told = String::new();
    for (words, code) in [
        (["policy", "create", "x", "--provider", "opnai", "--no-budget"].as_slice(), 2),
        (&["policy", "create", "x", "--provider", "openai"], 2),
        (&["policy", "create", "x", "--budget", "$5"], 2),
        (&["policy", "create", "team", "--provider", "openai", "--budget", "$5"], 5),
        (&["policy", "show", "nowhere"], 3),
        (&["policy", "scope", "team", "--remove-provider", "openai"], 2),
        (&["policy", "scope", "team", "--remove-provider", "xai"], 2),
        (&["policy", "scope", "team", "--remove-model", "openai/*"], 2),
        (&["policy", "disable", "team"], 7),
        (&["key", "issue", "alice"], 2),
        (&["key", "issue", "alice", "--policy", "nowhere"], 3),
        (&["key", "issue", "team", "--provider", "xai", "--budget", "$5"], 5),
        (&["key", "show", "nobody"], 3),
        (&["key", "rotate", "nobody"], 3),
        (&["key", "revoke", "nobody", "--yes"], 3),
        (&["key", "issue", "alice", "--resume"], 3),
        (&["key", "inspect"], 2),
        (&["provider", "disable", "opnai", "--yes"], 2),
        (&["budget", "check", "--policy", "nowhere"], 3),
        (&["policy", "list", "--context", "prod"], 3),
    ] {
        let run = sandbox.run(words);
        assert_eq!(run.code, Some(code), "{words:?}\n{run}");
        told.push_str(&format!("$ clawctl {}\n{run}\n", words.join(" ")));
    }
    insta::assert_snapshot!("told_with_a_suggestion", told);
}

#[test]
fn a_pattern_that_matches_nothing_is_refused_unless_it_is_accepted() {
    let sandbox = Sandbox::new();
    let create = |id, model, more: &[&str]| {
        let words =
            ["policy", "create", id, "--provider", "openai", "--no-budget", "--model", model];
        sandbox.run(&[&words[..], more].concat())
    };
    let fine = create("a", "openai/gpt-5*", &[]);
    assert_eq!((fine.code, fine.stderr.as_str()), (Some(0), ""));
    for (model, says, hint) in [
        ("gpt-5", "matches no model that this router knows", "`openai/gpt-5*`"),
        ("opnai/*", "matches no model that this router knows", "--allow-unknown-model"),
        ("anthropic/*", "matches no model of the providers in scope", "--provider anthropic"),
    ] {
        let refused = create("b", model, &[]);
        assert_eq!(refused.code, Some(2), "{refused}");
        assert!(refused.stderr.contains(says) && refused.stderr.contains(hint), "{refused}");
    }
    let issue = ["key", "issue", "alice", "--provider", "openai", "--no-budget"];
    let refused = sandbox.run(&[&issue[..], &["--model", "gpt-5"]].concat());
    assert_eq!((refused.code, refused.stdout.as_str()), (Some(2), ""), "{refused}");
    let refused = sandbox.run(&["policy", "scope", "a", "--add-model", "gpt-5"]);
    assert_eq!(refused.code, Some(2), "{refused}");
    let issued = sandbox.run(&[&issue[..], &["--to", "file:key"]].concat());
    assert!(issued.stderr.contains("set `OPENAI_API_KEY` for the router"), "{issued}");
    assert_eq!(sandbox.json(&["policy", "list"]).as_array().unwrap().len(), 2, "nothing was sent");

    let accepted = create("b", "openai/*-next", &["--allow-unknown-model"]);
    assert_eq!(accepted.code, Some(0), "{accepted}");
    let passed_on = create("d", "openai/gpt-9", &[]);
    assert!(passed_on.stderr.contains("passed on by its prefix, without a price"), "{passed_on}");
}

#[test]
fn a_key_in_an_argument_reaches_neither_the_router_nor_a_file() {
    let sandbox = Sandbox::new();
    let issue = ["key", "issue", "alice", "--provider", "openai", "--budget", "$5"];
    let key = sandbox.ok(&issue).trim().to_owned();
    let old_form = key.replace("clawrouter-live-alice-", "ocpk_live_alice_");
    let create = ["policy", "create", "team", "--provider", "openai", "--no-budget"];
    let put = format!("/v1/admin/policies/{old_form}");
    let escaped = format!("/v1/admin/policies/{}", old_form.replace('_', "%5F"));
    std::fs::write(sandbox.path("body.json"), format!("{{\"label\":\"is {key}\"}}")).unwrap();
    for words in [
        [&create[..], &["--tenant", &key]].concat(),
        [&create[..], &["--role", &key]].concat(),
        [&create[..], &["--model", &key, "--allow-unknown-model"]].concat(),
        vec!["key", "issue", "bobby", "--policy", "alice", "--label", &key],
        vec!["key", "issue", "bobby", "--policy", "alice", "--principal", &old_form],
        vec!["key", "issue", &old_form, "--policy", "alice"],
        vec!["api", "PUT", &put, "-f", "providers=openai"],
        vec!["api", "PUT", &escaped, "-f", "providers=openai"],
        vec!["api", "PUT", "/v1/admin/policies/team", "--input", "body.json"],
    ] {
        let run = sandbox.run(&words);
        assert_eq!(run.code, Some(2), "{words:?}\n{run}");
        assert_eq!(run.stdout, "");
    }
    std::fs::remove_file(sandbox.path("body.json")).unwrap();
    // Another client is told by the router.
    let token = sandbox.ok(&["router", "token", "rotate", "--yes"]).trim().to_owned();
    let served = sandbox.serve();
    let policy = serde_json::json!({ "enabled": true, "providers": ["openai"] });
    let (status, body) = ask(&served.url, "PUT", &put, Some(&token), Some(&policy));
    assert_eq!(status, 400, "{body}");
    let mut with_tenant = policy.clone();
    with_tenant["tenantId"] = format!("of {key}").into();
    let path = "/v1/admin/policies/team";
    let (status, body) = ask(&served.url, "PUT", path, Some(&token), Some(&with_tenant));
    assert_eq!(status, 400, "{body}");
    let (status, body) = ask(&served.url, "PUT", path, Some(&token), Some(&policy));
    assert_eq!(status, 200, "{body}");
    let _ = served.stop();
    let secret = key.rsplit('-').next().unwrap();
    let mut folders = vec![sandbox.root().to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let found = bytes.windows(secret.len()).any(|part| part == secret.as_bytes());
            assert!(!found, "{} holds the secret", path.display());
        }
    }
}

#[test]
fn a_contexts_file_with_an_unknown_key_is_refused_by_its_line() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("clawctl")).unwrap();
    let text = "current = \"prod\"\n[contexts.prod]\nurl = \"https://x.example\"\ntoken = \"no\"\n";
    std::fs::write(sandbox.path("clawctl/config.toml"), text).unwrap();
    let run = sandbox.run(&["policy", "list"]);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("config.toml:4:1") && run.stderr.contains("token"), "{run}");
}

#[test]
fn a_database_that_is_none_is_told_apart() {
    let sandbox = Sandbox::new();
    std::fs::create_dir_all(sandbox.path("clawctl")).unwrap();
    let database = sandbox.path("clawctl/router.db");
    std::fs::write(&database, "this is no database, but long enough to look at".repeat(99))
        .unwrap();
    let run = sandbox.run(&["policy", "list"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("router.db") && run.stderr.contains("restore"), "{run}");
    std::fs::remove_file(&database).unwrap();
    sandbox.ok(&["policy", "create", "team", "--provider", "openai", "--budget", "$5"]);
    sandbox.ok(&["router", "backup", "copy.db"]);
    let mut bytes = std::fs::read(sandbox.path("copy.db")).unwrap();
    for byte in &mut bytes[4096..] {
        *byte ^= 0x5a;
    }
    for wal in ["clawctl/router.db-wal", "clawctl/router.db-shm"] {
        let _ = std::fs::remove_file(sandbox.path(wal));
    }
    std::fs::write(&database, bytes).unwrap();
    let run = sandbox.run(&["policy", "list"]);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(!run.stderr.contains("panicked"), "{run}");
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let sandbox = Sandbox::new();
    for n in 0..40 {
        let id = format!("policy_with_a_long_name_{n}");
        sandbox.ok(&["policy", "create", &id, "--provider", "openai", "--no-budget"]);
    }
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let mut command = sandbox.command(&["policy", "list", "-o", "json"]);
    let status = command.stdout(writer).stderr(std::process::Stdio::null()).status().unwrap();
    assert_eq!(status.code(), Some(0));
}

#[test]
fn a_key_that_was_typed_as_an_argument_is_not_repeated() {
    let sandbox = Sandbox::new();
    let key = "clawrouter-live-alice-canary0canary0canary0";
    for words in [
        ["key", "show", key].as_slice(),
        &["key", "issue", key],
        &["key", "inspect", key],
        &["key", "revoke", key, "--yes"],
        &["policy", "show", key],
        &["context", "add", key],
        &["context", "use", key],
        &["policy", "list", "--context", key],
        &["policy", "list", "--url", key],
        &["api", "GET", key],
        &["completions", key],
        &[key],
    ] {
        let run = sandbox.run(words);
        assert_ne!(run.code, Some(0), "{words:?}");
        assert!(!run.to_string().contains("canary0"), "{run}");
    }
}
