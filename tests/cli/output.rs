//! What is printed: help, tables at two widths, formats. Snapshots of the whole text.

use crate::harness::Sandbox;

/// Takes out what differs from run to run.
fn steady(text: &str, sandbox: &Sandbox) -> String {
    let home = sandbox.root().display().to_string();
    let text = text.replace(&home, "HOME");
    // Times to the minute become one fixed time of the same width.
    let mut out = String::new();
    let mut rest = text.as_str();
    while let Some(at) = rest.find("20") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        let shape: String =
            from.chars().take(16).map(|c| if c.is_ascii_digit() { '9' } else { c }).collect();
        if shape == "9999-99-99 99:99" {
            out.push_str("YYYY-MM-DD HH:MM");
            rest = &from[16..];
        } else {
            out.push_str("20");
            rest = &from[2..];
        }
    }
    out.push_str(rest);
    out
}

fn furnished() -> Sandbox {
    let sandbox = Sandbox::new().with("OPENAI_API_KEY", "not-a-key");
    let ok = |words: &[&str]| sandbox.ok(words);
    ok(&[
        "policy",
        "create",
        "team_alpha",
        "--provider",
        "openai,anthropic",
        "--budget",
        "$250",
        "--tenant",
        "acme",
        "--per-principal",
        "--model",
        "openai/gpt-5*,anthropic/claude-haiku-4-5",
    ]);
    ok(&["policy", "create", "ops", "--all-providers", "--no-budget"]);
    ok(&["policy", "create", "frozen", "--provider", "xai", "--budget", "0"]);
    ok(&["policy", "disable", "frozen", "--yes"]);
    ok(&[
        "key",
        "issue",
        "alpha_ci",
        "--policy",
        "team_alpha",
        "--principal",
        "ci@example.com",
        "--label",
        "pipeline",
        "--to",
        "file:a",
    ]);
    ok(&["key", "issue", "operator", "--policy", "ops", "--to", "file:b"]);
    ok(&["key", "issue", "sleeper", "--policy", "frozen", "--to", "file:c"]);
    ok(&["key", "revoke", "operator", "--yes"]);
    ok(&["provider", "disable", "replicate", "--label", "incident 12", "--yes"]);
    ok(&["budget", "set", "--provider", "openai", "$2000"]);
    sandbox
}

#[test]
fn tables_fit_80_and_120_columns() {
    let mut sandbox = furnished();
    for width in ["80", "120"] {
        sandbox.set("COLUMNS", width);
        let mut seen = String::new();
        for words in [
            ["policy", "list"].as_slice(),
            &["policy", "show", "team_alpha"],
            &["key", "list"],
            &["key", "show", "alpha_ci"],
            &["key", "inspect", "--key-file", "a"],
            &["provider", "list"],
            &["provider", "show", "openai"],
            &["catalog", "list", "--policy", "team_alpha"],
            &["catalog", "show", "openai/gpt-5.5"],
            &["tenant", "list"],
            &["context", "list"],
            &["budget", "list"],
            &["budget", "check"],
            &["usage", "summary"],
            &["doctor"],
            &["status"],
            &["policy", "set", "team_alpha", "--no-budget", "--dry-run"],
        ] {
            let run = sandbox.run(words);
            for line in run.stdout.lines() {
                let wide = line.chars().count();
                assert!(wide <= width.parse().unwrap(), "{words:?} is {wide} wide\n{run}");
            }
            seen.push_str(&format!("$ clawctl {}\n{run}\n", words.join(" ")));
        }
        let seen = steady(&seen, &sandbox);
        // The month goes on, and so do its days and hours.
        let filters = [
            (r"\d{4}-\d\d-\d\dT[\d:.]+Z", "TIME"),
            (r"\d{4}-\d\d-\d\d\b", "DATE"),
            (r"\d{4}-\d\d( +)\d+\b", "MONTH DAYS"),
            (r"\d{4}-\d\d\b", "MONTH"),
            (r"in \d+ days?", "in N days"),
            (r"\d+(\.\d+)? [kM]B", "SIZE"),
            (r"in +\d+ ms", "in N ms"),
        ];
        insta::with_settings!({filters => filters}, {
            insta::assert_snapshot!(format!("tables_at_{width}"), seen);
        });
    }
}

#[test]
fn every_list_is_the_same_in_every_format() {
    let sandbox = furnished();
    for noun in ["policy", "key", "provider", "tenant", "budget", "catalog", "context"] {
        let list = |format: &str| sandbox.ok(&[noun, "list", "-o", format]);
        let rows: Vec<serde_json::Value> = serde_json::from_str(&list("json")).unwrap();
        assert!(!rows.is_empty(), "{noun}");
        let lines: Vec<serde_json::Value> =
            list("jsonl").lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(rows, lines, "{noun}");
        let yaml: Vec<serde_json::Value> = serde_saphyr::from_str(&list("yaml")).unwrap();
        assert_eq!(yaml.len(), rows.len(), "{noun}");
        assert_eq!(list("csv").lines().count(), rows.len() + 1, "{noun}");
    }
}

#[test]
fn columns_are_chosen_for_people_and_programs_alike() {
    let sandbox = furnished();
    let words = ["policy", "list", "--columns", "tenantId,policyId"];
    let table = sandbox.ok(&words);
    assert!(table.starts_with("TENANT"), "{table}");
    let rows = sandbox.json(&words);
    assert_eq!(rows[0], serde_json::json!({"policyId": "frozen", "tenantId": "default"}));
    let csv = sandbox.ok(&[words.as_slice(), &["-o", "csv", "--no-header"]].concat());
    assert_eq!(csv.lines().next(), Some("default,frozen"));
}

#[test]
fn colour_follows_the_flag_and_carries_no_meaning_alone() {
    let sandbox = furnished();
    let plain = sandbox.ok(&["policy", "list"]);
    assert!(!plain.contains('\x1b'));
    let colored = sandbox.ok(&["policy", "list", "--color", "always"]);
    assert!(colored.contains('\x1b'));
    let mut bare = String::new();
    let mut inside = false;
    for c in colored.chars() {
        match c {
            '\x1b' => inside = true,
            'm' if inside => inside = false,
            c if !inside => bare.push(c),
            _ => {}
        }
    }
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&bare), words(&plain), "the same words without colour");
}

#[test]
fn help_is_as_it_was_read_last() {
    let sandbox = Sandbox::new();
    let mut command = <clawctl::cli::Cli as clap::CommandFactory>::command();
    command.build();
    for noun in command.get_subcommands() {
        let mut pages = String::new();
        let mut page = |words: &[&str]| {
            let words = [words, &["--help"]].concat();
            let text = sandbox.ok(&words);
            // The global options stand in every page; once is enough to read them.
            let own = text.split("Global options:").next().unwrap().trim_end().to_owned();
            assert!(text.contains("Global options:"), "{words:?}");
            pages.push_str(&format!("$ clawctl {}\n{own}\n\n", words.join(" ")));
        };
        page(&[noun.get_name()]);
        for verb in noun.get_subcommands() {
            page(&[noun.get_name(), verb.get_name()]);
            for deeper in verb.get_subcommands() {
                page(&[noun.get_name(), verb.get_name(), deeper.get_name()]);
            }
        }
        insta::assert_snapshot!(format!("help_{}", noun.get_name()), pages);
    }
    insta::assert_snapshot!("help", sandbox.ok(&["--help"]));
}

#[test]
fn every_verb_shows_an_example() {
    let mut command = <clawctl::cli::Cli as clap::CommandFactory>::command();
    command.build();
    fn walk(command: &clap::Command, trail: &str) {
        let trail = format!("{trail} {}", command.get_name());
        if command.get_subcommands().next().is_none() {
            let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(after.contains("Example"), "{trail} has no example");
        }
        command.get_subcommands().for_each(|inner| walk(inner, &trail));
    }
    walk(&command, "");
    command.debug_assert();
}

#[test]
fn no_cell_of_csv_is_a_formula_to_a_spreadsheet() {
    let sandbox = Sandbox::new();
    let label = "=HYPERLINK(\"http://example.com\")";
    let issue = ["key", "issue", "evil", "--provider", "openai", "--no-budget", "--to", "file:k"];
    sandbox.ok(&[&issue[..], &["--label", label]].concat());
    let csv = sandbox.ok(&["key", "list", "-o", "csv", "--columns", "credentialId,label"]);
    let line = "evil,\"'=HYPERLINK(\"\"http://example.com\"\")\"";
    assert_eq!(csv.lines().nth(1), Some(line), "{csv}");
    let rows = sandbox.json(&["key", "list"]);
    assert_eq!(rows[0]["label"], label, "JSON is as it was given");
}
