//! `connect` for clients: what is printed, what is merged into their files, and the way back.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use crate::harness::{Run, Sandbox};

/// A home whose router has a key for two providers, and the key in a file.
fn home() -> Sandbox {
    let sandbox = Sandbox::new().with("OPENAI_API_KEY", "o").with("ANTHROPIC_API_KEY", "a");
    let scope = ["--provider", "openai,anthropic", "--budget", "$5", "--to", "file:alice.key"];
    sandbox.ok(&[&["key", "issue", "alice"], &scope[..]].concat());
    sandbox
}

fn key(sandbox: &Sandbox) -> String {
    read(&sandbox.path("alice.key")).trim().to_owned()
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).unwrap_or_else(|e| panic!("{}: {e}", path.display()))
}

fn write(path: &Path, text: &str) {
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::fs::write(path, text).unwrap();
}

fn mode(path: &Path) -> u32 {
    std::fs::metadata(path).unwrap().permissions().mode() & 0o7777
}

#[test]
fn a_client_is_told_only_of_models_that_the_key_can_use() {
    let sandbox = home();
    let scope = ["--provider", "anthropic", "--model", "anthropic/claude-haiku-4-5"];
    let rest = ["--no-budget", "--to", "file:haiku.key"];
    sandbox.ok(&[&["key", "issue", "haiku"], &scope[..], &rest[..]].concat());
    let openclaw = sandbox.json(&["connect", "openclaw", "--key-id", "haiku"]);
    assert_eq!(openclaw["models"], serde_json::json!(["clawrouter/anthropic/claude-haiku-4-5"]));
    let held = sandbox.json(&["connect", "openclaw", "--key-file", "haiku.key"]);
    assert_eq!(held["models"], openclaw["models"], "the router says the same to the key itself");
    let claude = sandbox.json(&["connect", "claude-code", "--key-id", "haiku"]);
    let settings: serde_json::Value =
        serde_json::from_str(claude["text"].as_str().unwrap()).unwrap();
    for pin in ["ANTHROPIC_DEFAULT_OPUS_MODEL", "ANTHROPIC_DEFAULT_HAIKU_MODEL"] {
        assert_eq!(settings["env"][pin], "claude-haiku-4-5", "{settings}");
    }
    let codex = sandbox.run(&["connect", "codex", "--key-id", "haiku"]);
    assert_eq!(codex.code, Some(3), "{codex}");
    assert!(codex.stderr.contains("Responses API"), "{codex}");
    let wrong = sandbox.run(&["connect", "curl", "--key-id", "haiku", "--model", "openai/gpt-5.6"]);
    assert_eq!(wrong.code, Some(3), "{wrong}");
}

#[test]
fn no_secret_is_ever_printed() {
    let sandbox = home();
    let secret = key(&sandbox);
    for client in ["openclaw", "codex", "claude-code", "env", "curl", "python", "node"] {
        for format in ["table", "json", "yaml"] {
            let run =
                sandbox.run(&["connect", client, "--key-file", "alice.key", "-o", format, "-v"]);
            assert_eq!(run.code, Some(0), "{client}\n{run}");
            assert!(!run.to_string().contains(&secret), "{client}\n{run}");
            assert!(run.stdout.contains("127.0.0.1:8787"), "{client}\n{run}");
        }
    }
}

const OPENCLAW: &str = "{\n  // the family agent\n  agents: {\n    defaults: { model: { primary: \
                        'anthropic/claude-opus-4-8', fallbacks: ['x/y'] } }, // keep\n  },\n}\n";

#[test]
fn a_file_is_merged_into_and_put_back_byte_for_byte() {
    let sandbox = home();
    let cases = [
        ("openclaw", ".openclaw/openclaw.json", OPENCLAW),
        ("codex", ".codex/config.toml", "# mine\nmodel = \"o3\" # fast\n\n[tui]\nx = 1\n"),
        ("claude-code", ".claude/settings.json", "{\n\t\"permissions\": {\"allow\": []}\n}\n"),
    ];
    for (client, file, before) in cases {
        let path = sandbox.path(file);
        write(&path, before);
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
        let merge = ["connect", client, "--key-id", "alice", "--write"];
        let dry = sandbox.ok(&[&merge[..], &["--dry-run"]].concat());
        assert!(dry.contains("would be changed"), "{dry}");
        assert_eq!(read(&path), before, "a dry run writes nothing");
        sandbox.ok(&merge);
        let after = read(&path);
        for line in before.lines().filter(|line| line.contains("//") || line.contains('#')) {
            let comment = &line[line.find("//").or(line.find('#')).unwrap()..];
            assert!(after.contains(comment), "{client}: {after}");
        }
        assert!(after.contains("127.0.0.1:8787"), "{after}");
        assert_eq!(mode(&path), 0o644);
        let again = sandbox.ok(&merge);
        assert!(again.contains("is so already"), "{again}");
        sandbox.ok(&["connect", client, "--undo"]);
        assert_eq!(read(&path), before, "{client}");
        let nothing = sandbox.run(&["connect", client, "--undo"]);
        assert_eq!(nothing.code, Some(3), "{nothing}");
    }
}

#[test]
fn an_undo_does_not_take_back_what_others_wrote() {
    let sandbox = home();
    let path = sandbox.path(".codex/config.toml");
    write(&path, "model = \"o3\"\n");
    sandbox.ok(&["connect", "codex", "--key-id", "alice", "--write"]);
    let mine = format!("{}[tui]\nx = 1\n", read(&path));
    write(&path, &mine);
    let run = sandbox.run(&["connect", "codex", "--undo"]);
    assert_eq!(run.code, Some(5), "{run}");
    assert_eq!(read(&path), mine);
    let hint = run.stderr.lines().find(|line| line.contains("diff ")).unwrap();
    let backup = hint.split_whitespace().find(|word| word.ends_with(".backup")).unwrap();
    assert_eq!(read(Path::new(backup)), "model = \"o3\"\n");
    assert_eq!(mode(Path::new(backup)), 0o600);
}

#[test]
fn a_key_is_written_only_where_it_was_asked_for_and_only_for_its_owner() {
    let sandbox = home();
    let secret = key(&sandbox);
    for (client, file) in [
        ("openclaw", ".openclaw/openclaw.json"),
        ("codex", ".codex/config.toml"),
        ("claude-code", ".claude/settings.json"),
        ("env", ".env"),
    ] {
        let path = sandbox.path(file);
        write(&path, "");
        std::fs::set_permissions(&path, PermissionsExt::from_mode(0o644)).unwrap();
        sandbox.ok(&["connect", client, "--key-file", "alice.key", "--write"]);
        assert!(!read(&path).contains(&secret), "{client}");
        let inline = ["connect", client, "--key-file", "alice.key", "--write", "--inline-key"];
        let run = sandbox.run(&inline);
        assert_eq!(run.code, Some(0), "{client}\n{run}");
        assert!(!run.to_string().contains(&secret), "{client}\n{run}");
        assert!(read(&path).contains(&secret), "{client}");
        assert_eq!(mode(&path), 0o600, "{client}");
        // Back to the variable: the key is gone from the file, and from what is said.
        if client != "env" {
            let back = sandbox.run(&["connect", client, "--key-id", "alice", "--write"]);
            assert!(!back.to_string().contains(&secret), "{client}\n{back}");
            sandbox.ok(&["connect", client, "--undo"]);
            assert_eq!(mode(&path), 0o600);
        }
    }
    let alone = sandbox.run(&["connect", "codex", "--key-file", "alice.key", "--inline-key"]);
    assert_eq!(alone.code, Some(2), "without `--write` it would be for everybody to see\n{alone}");
    let nobody = sandbox.run(&["connect", "codex", "--write", "--inline-key"]);
    assert_eq!(nobody.code, Some(2), "{nobody}");
}

#[test]
fn what_cannot_be_edited_is_left_alone() {
    let sandbox = home();
    for (client, file, text) in [
        ("openclaw", ".openclaw/openclaw.json", "{ models: 3 }"),
        ("openclaw", ".openclaw/openclaw.json", "{ models: {}, 'models': {} }"),
        ("codex", ".codex/config.toml", "model = \n"),
        ("claude-code", ".claude/settings.json", "{\"env\": []}"),
        ("env", ".env", "OPENAI_BASE_URL=a\nOPENAI_BASE_URL=b\n"),
    ] {
        let path = sandbox.path(file);
        write(&path, text);
        let run = sandbox.run(&["connect", client, "--key-id", "alice", "--write"]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains(file), "{run}");
        assert_eq!(read(&path), text);
    }
}

#[test]
fn the_places_of_the_clients_can_be_moved() {
    let mut sandbox = home();
    sandbox.set("CODEX_HOME", &sandbox.path("c").display().to_string());
    sandbox.set("CLAUDE_CONFIG_DIR", &sandbox.path("d").display().to_string());
    sandbox.set("OPENCLAW_STATE_DIR", &sandbox.path("e").display().to_string());
    for (client, file) in [
        ("codex", "c/config.toml"),
        ("claude-code", "d/settings.json"),
        ("openclaw", "e/openclaw.json"),
    ] {
        sandbox.ok(&["connect", client, "--key-id", "alice", "--write"]);
        assert_eq!(mode(&sandbox.path(file)), 0o600, "a new file is private");
        sandbox.ok(&["connect", client, "--undo"]);
        assert!(!sandbox.path(file).exists());
    }
    sandbox.ok(&["connect", "codex", "--key-id", "alice", "--write", "--file", "here.toml"]);
    assert!(sandbox.path("here.toml").exists());
}

/// What a shell makes of `eval "$(clawctl env …)"`.
fn evaluated(sandbox: &Sandbox, shell: &str, words: &str, show: &str) -> Run {
    let binary = env!("CARGO_BIN_EXE_clawctl");
    let script = match shell {
        "fish" => format!("'{binary}' env --shell fish {words} | source; {show}"),
        _ => format!("eval \"$('{binary}' env --shell {shell} {words})\"; {show}"),
    };
    let like = sandbox.command(&[]);
    let mut command = std::process::Command::new(shell);
    command.arg("-c").arg(script).env_clear();
    for (name, value) in like.get_envs() {
        if let Some(value) = value {
            command.env(name, value);
        }
    }
    match command.output() {
        Ok(output) => Run::from(output),
        Err(_) => Run { stdout: String::new(), stderr: "no such shell".into(), code: None },
    }
}

#[test]
fn a_shell_gets_the_addresses_and_the_key() {
    let mut sandbox = home();
    let secret = key(&sandbox);
    sandbox.set("ALICE", &secret);
    let printed = sandbox.run(&["env", "--key-env", "ALICE", "--shell", "sh"]);
    assert!(!printed.to_string().contains(&secret), "the key is only named\n{printed}");
    let show =
        "printf '%s|%s|%s' \"$OPENAI_BASE_URL\" \"$ANTHROPIC_API_KEY\" \"$CLAWROUTER_API_KEY\"";
    for shell in ["sh", "bash", "zsh", "fish"] {
        let run = evaluated(&sandbox, shell, "--key-env ALICE", show);
        if run.code.is_some() {
            let expected = format!("http://127.0.0.1:8787/v1|{secret}|{secret}");
            assert_eq!(run.stdout, expected, "{shell}: {}", run.stderr);
        }
    }
    let gone =
        evaluated(&sandbox, "sh", "--key-env ALICE --unset", "printf '%s' \"$OPENAI_API_KEY\"");
    assert_eq!(gone.stdout, "", "{gone}");
    for bad in [
        ["env", "--key-env", "NOT_SET"],
        ["env", "--key-env", "A;id"],
        ["env", "--key-env", "OPENAI_API_KEY"],
    ] {
        let run = sandbox.run(&bad);
        assert_eq!((run.code, run.stdout.as_str()), (Some(2), ""), "{run}");
    }
}

#[test]
fn the_known_router_is_offered_and_taken_with_yes() {
    let sandbox = Sandbox::new();
    write(&sandbox.path("t"), "some-admin-token-of-mine");
    let words = ["context", "add", "oc", "--token-file", "t", "--no-check"];
    let run = sandbox.run(&words);
    assert_eq!(run.code, Some(2), "{run}");
    assert!(run.stderr.contains("https://clawrouter.openclaw.ai"), "{run}");
    sandbox.ok(&[&words[..], &["--yes"]].concat());
    let shown = sandbox.json(&["context", "show", "oc"]);
    assert_eq!(shown["url"], "https://clawrouter.openclaw.ai");
}

#[test]
fn a_grant_of_another_policy_makes_no_model_usable() {
    let sandbox = home();
    let words = ["policy", "create", "other", "--provider", "groq", "--no-budget"];
    sandbox.ok(&words);
    sandbox.ok(&["policy", "scope", "alice", "--add-provider", "groq"]);
    let put = ["grant", "put", "policies/other/main", "--provider", "groq", "--credential-stdin"];
    assert_eq!(sandbox.run_with_input(&put, "g\n").code, Some(0));
    let told = sandbox.json(&["connect", "openclaw", "--key-id", "alice"]);
    let held = sandbox.json(&["connect", "openclaw", "--key-file", "alice.key"]);
    assert_eq!(told["models"], held["models"], "the router says the same to the key itself");
    let named = ["connect", "curl", "--key-id", "alice", "--model", "groq/gpt-oss-120b"];
    let named = sandbox.run(&named);
    assert_eq!(named.code, Some(3), "{named}");
    assert!(named.stderr.contains("only other policies and tenants have grants"), "{named}");
    let put = ["grant", "put", "policies/alice/main", "--provider", "groq", "--credential-stdin"];
    assert_eq!(sandbox.run_with_input(&put, "g\n").code, Some(0));
    let told = sandbox.json(&["connect", "openclaw", "--key-id", "alice"]);
    let groq = serde_json::json!("clawrouter/groq/gpt-oss-120b");
    assert!(told["models"].as_array().unwrap().contains(&groq), "{told}");
}

/// A program in the place of OpenClaw, which notes how it was called and answers with a report.
fn openclaw(sandbox: &mut Sandbox, report: &str) {
    let script = format!(
        "#!/bin/sh\ncd {0}\necho \"$@\" > args\ncat > patch\n\
         printf %s \"$CLAWROUTER_API_KEY\" > seen\nprintf '%s' '{report}'\n",
        sandbox.root().display()
    );
    write(&sandbox.path("bin/openclaw"), &script);
    let path = sandbox.path("bin/openclaw");
    std::fs::set_permissions(&path, PermissionsExt::from_mode(0o755)).unwrap();
    let folder = sandbox.path("bin").display().to_string();
    sandbox.set("PATH", &format!("{folder}:/usr/bin:/bin"));
}

#[test]
fn openclaw_checks_the_patch_where_it_is_installed() {
    let mut sandbox = home();
    openclaw(&mut sandbox, r#"{"ok":true,"errors":[]}"#);
    let words = ["connect", "openclaw", "--key-file", "alice.key", "--project", "shop"];
    let told = sandbox.json(&words);
    let notes = told["notes"].to_string();
    assert!(notes.contains("OpenClaw accepts the patch"), "{told}");
    assert!(notes.contains("openclaw config patch --file"), "{told}");
    assert_eq!(read(&sandbox.path("args")), "config patch --stdin --dry-run --json\n");
    assert_eq!(read(&sandbox.path("patch")), told["text"].as_str().unwrap());
    assert_eq!(read(&sandbox.path("seen")), key(&sandbox), "it can look the key up");
    let patch: serde_json::Value = serde_json::from_str(told["text"].as_str().unwrap()).unwrap();
    let provider = &patch["models"]["providers"]["clawrouter"];
    assert_eq!(provider["headers"]["X-ClawRouter-Project-Id"], "shop");
    assert_eq!(provider["apiKey"]["id"], "CLAWROUTER_API_KEY", "{patch}");
    let report = r#"{"ok":false,"errors":[{"kind":"resolvability","message":"NAME is missing"}]}"#;
    openclaw(&mut sandbox, report);
    let run = sandbox.run(&[&words[..], &["--write"]].concat());
    assert_eq!(run.code, Some(0), "{run}");
    assert!(run.stderr.contains("NAME is missing"), "{run}");
    sandbox.ok(&["connect", "openclaw", "--undo"]);
    let report = r#"{"ok":false,"errors":[{"kind":"schema","message":"no such setting"}]}"#;
    openclaw(&mut sandbox, report);
    let run = sandbox.run(&[&words[..], &["--write"]].concat());
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("no such setting"), "{run}");
    assert!(!sandbox.path(".openclaw/openclaw.json").exists(), "nothing is written");
}

/// A router elsewhere does not say whether it has a key of its own beside the grants of others.
#[test]
fn a_model_that_cannot_be_judged_from_here_is_offered_with_a_note() {
    let mut house = Sandbox::new().with("OPENAI_API_KEY", "o");
    let token = house.ok(&["router", "token", "rotate", "--yes"]);
    house.ok(&[
        "key",
        "issue",
        "alice",
        "--provider",
        "openai",
        "--budget",
        "$50",
        "--to",
        "file:k",
    ]);
    house.ok(&["policy", "create", "other", "--provider", "openai", "--no-budget"]);
    let put = ["grant", "put", "policies/other/main", "--provider", "openai", "--credential-stdin"];
    assert_eq!(house.run_with_input(&put, "g\n").code, Some(0));
    let served = house.serve();
    house.set("OPENAI_API_KEY", "");
    let here = house.run(&["connect", "codex", "--key-id", "alice"]);
    assert_eq!(here.code, Some(0), "the served router has a key of its own\n{here}");
    assert!(!here.to_string().contains("Not checked"), "{here}");
    let laptop = Sandbox::new().with("CLAWROUTER_ADMIN_TOKEN", token.trim());
    for more in [&[][..], &["--model", "openai/gpt-5.6"], &["--write"]] {
        let words =
            [&["connect", "codex", "--key-id", "alice", "--url", &served.url], more].concat();
        let run = laptop.run(&words);
        assert_eq!(run.code, Some(0), "{run}");
        assert!(run.to_string().contains("Not checked: openai/gpt-5.6"), "{run}");
    }
}

#[test]
fn a_client_sends_its_name_and_project_and_does_not_retry_for_minutes() {
    let sandbox = home();
    let path = sandbox.path(".claude/settings.json");
    let before = "{\n  \"env\": { \"A\": \"b\" }\n}\n";
    write(&path, before);
    let words = ["connect", "claude-code", "--key-id", "alice", "--project", "shop", "--write"];
    sandbox.ok(&words);
    let after: serde_json::Value = serde_json::from_str(&read(&path)).unwrap();
    assert_eq!(after["env"]["CLAUDE_CODE_MAX_RETRIES"], "2", "{after}");
    let headers = "X-ClawRouter-Client: claude-code\nX-ClawRouter-Project-Id: shop";
    assert_eq!(after["env"]["ANTHROPIC_CUSTOM_HEADERS"], headers, "{after}");
    assert_eq!(after["env"]["A"], "b");
    sandbox.ok(&["connect", "claude-code", "--undo"]);
    assert_eq!(read(&path), before);
    sandbox.ok(&["connect", "codex", "--key-id", "alice", "--project", "shop", "--write"]);
    let codex = read(&sandbox.path(".codex/config.toml"));
    let headers = "X-ClawRouter-Client = \"codex\"\nX-ClawRouter-Project-Id = \"shop\"\n";
    assert!(codex.contains(headers), "{codex}");
    for bad in [["codex", "two words"], ["env", "shop"]] {
        let run = sandbox.run(&["connect", bad[0], "--key-id", "alice", "--project", bad[1]]);
        assert_eq!(run.code, Some(2), "{run}");
    }
}

#[test]
fn what_is_said_of_a_key_is_true_of_one_that_stands_in_the_file() {
    let sandbox = home();
    for client in ["env", "claude-code", "codex", "openclaw"] {
        let words = ["connect", client, "--key-file", "alice.key", "--write", "--inline-key"];
        let run = sandbox.run(&words);
        assert_eq!(run.code, Some(0), "{client}: {run}");
        for untrue in ["in none of these lines", "is set too", "export it"] {
            assert!(!run.stderr.contains(untrue), "{client}: {run}");
        }
    }
}
