//! Desired state from files: what a person and a pipeline get.

mod carried;
mod examples;
mod lineage;
mod moments;
mod pruned;
mod races;
mod reports;
mod whole;

use std::fs;

use crate::harness::{Run, Sandbox};

/// Two teams, a provider, and two keys with a place to go.
const MANIFEST: &str = "version: 1
policies:
  team_alpha:
    providers: [openai, anthropic]
    models: [openai/gpt-5*, anthropic/claude-haiku-4-5]
    budget: $250
    budget_scope: principal
  team_beta: { providers: all, budget: none }
keys:
  alpha_ci: { policy: team_alpha, principal: CI@example.com, to: 'file:{id}.key' }
  beta_ci: { policy: team_beta, label: nightly, expires: 2099-01-31, to: 'env-file:.env:BETA' }
providers:
  xai: { enabled: false, budget: $20 }
";

fn write(home: &Sandbox, name: &str, text: &str) {
    fs::write(home.path(name), text).unwrap();
}

fn edit(home: &Sandbox, name: &str, from: &str, to: &str) {
    let text = fs::read_to_string(home.path(name)).unwrap();
    assert!(text.contains(from), "{name} has no {from:?}");
    write(home, name, &text.replace(from, to));
}

#[track_caller]
fn ends(run: &Run, code: i32) {
    assert_eq!(run.code, Some(code), "{run}");
}

#[test]
fn a_manifest_is_planned_applied_and_then_there_is_nothing_left_to_do() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", MANIFEST);
    let plan = home.run(&["diff"]);
    ends(&plan, 10);
    for said in ["+ create policy team_alpha", "UN-METERED", "~ change provider xai", "DISABLES"] {
        assert!(plan.stdout.contains(said), "{said}\n{plan}");
    }
    assert!(
        plan.stdout.ends_with("4 to create, 1 to change, 0 to disable; 0 as wanted\n"),
        "{plan}"
    );
    let unasked = home.run(&["apply"]);
    ends(&unasked, 7);
    ends(&home.run(&["diff", "-q"]), 10);
    let applied = home.run(&["apply", "--yes"]);
    ends(&applied, 0);
    assert!(applied.stdout.contains("key alpha_ci: done, delivered to file:"), "{applied}");
    assert!(applied.stdout.ends_with("5 done; 0 were as wanted\n"), "{applied}");
    assert!(!format!("{applied}").contains("clawrouter-live-"), "{applied}");
    for source in ["alpha_ci.key", ".env"] {
        let text = fs::read_to_string(home.path(source)).unwrap();
        let key = text.trim().trim_start_matches("BETA=").trim_matches(['"', '\'']);
        write(&home, "held", key);
        ends(&home.run(&["key", "inspect", "--key-file", "held", "-q"]), 0);
    }
    let shown = home.json(&["key", "show", "alpha_ci"]);
    assert_eq!(shown["principalId"], "ci@example.com");
    ends(&home.run(&["diff"]), 0);
    let again = home.run(&["apply"]);
    ends(&again, 0);
    assert_eq!(again.stdout, "nothing to do: 5 things are as wanted\n");
}

#[test]
fn a_dry_run_and_a_key_without_a_place_send_nothing() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", &MANIFEST.replace(", to: 'file:{id}.key'", ""));
    let refused = home.run(&["apply", "--yes"]);
    ends(&refused, 2);
    assert!(refused.stderr.contains("clawrouter.yaml:10:3: key `alpha_ci` is new"), "{refused}");
    assert_eq!(home.ok(&["policy", "list", "-o", "json"]), "[]\n");
    // One place for all that name none.
    let dry = home.run(&["apply", "--to", "file:given-{id}", "--dry-run"]);
    ends(&dry, 0);
    assert_eq!(home.ok(&["policy", "list", "-o", "json"]), "[]\n");
    ends(&home.run(&["apply", "--to", "file:given-{id}", "--yes"]), 0);
    assert!(home.path("given-alpha_ci").exists());
    assert!(!home.path("given-beta_ci").exists());
}

#[test]
fn a_sink_that_cannot_be_used_stops_everything_before_it_begins() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", &MANIFEST.replace("file:{id}.key", "file:no/such/{id}"));
    let refused = home.run(&["apply", "--yes"]);
    ends(&refused, 2);
    assert!(refused.stderr.contains("key `alpha_ci`"), "{refused}");
    assert_eq!(home.ok(&["policy", "list", "-o", "json"]), "[]\n");
}

#[test]
fn only_what_the_lock_says_that_the_file_made_is_pruned() {
    let home = Sandbox::new();
    let _ = home.ok(&["policy", "create", "theirs", "--provider", "openai", "--budget", "$1"]);
    write(&home, "clawrouter.yaml", MANIFEST);
    ends(&home.run(&["apply", "--yes"]), 0);
    let lock = fs::read_to_string(home.path("clawrouter.lock")).unwrap();
    assert_eq!(lock.lines().count(), 5, "{lock}");
    assert!(!lock.contains("clawrouter-live-") && !lock.contains("making"), "{lock}");
    let fewer = "version: 1\npolicies: { team_alpha: {} }\nkeys: { alpha_ci: {} }\n";
    write(&home, "clawrouter.yaml", fewer);
    ends(&home.run(&["diff"]), 0);
    let plan = home.run(&["diff", "--prune"]);
    ends(&plan, 10);
    assert!(plan.stdout.contains("- disable key beta_ci"), "{plan}");
    ends(&home.run(&["apply", "--prune", "--yes"]), 0);
    let enabled = |id: &str| home.json(&["policy", "show", id])["enabled"] == true;
    assert!(enabled("theirs") && enabled("team_alpha") && !enabled("team_beta"));
    assert_eq!(home.json(&["key", "show", "beta_ci"])["enabled"], false);
    ends(&home.run(&["diff", "--prune"]), 0);
    ends(&home.run_with_input(&["apply", "-f", "-", "--prune", "--yes"], fewer), 2);
}

#[test]
fn several_files_and_a_folder_are_one_manifest() {
    let home = Sandbox::new();
    fs::create_dir(home.path("teams")).unwrap();
    write(
        &home,
        "teams/a.yaml",
        "version: 1\npolicies: { a_one: { providers: all, budget: 0 } }\n",
    );
    write(
        &home,
        "teams/b.json",
        r#"{"version": 1, "policies": {"b_one": {"providers": ["xai"], "budget": "$5"}}}"#,
    );
    write(&home, "keys.yaml", "version: 1\nkeys: { some_key: { policy: b_one, to: 'file:k' } }\n");
    ends(&home.run(&["validate", "-f", "teams", "-f", "keys.yaml"]), 0);
    ends(&home.run(&["apply", "-f", "teams", "-f", "keys.yaml", "--yes"]), 0);
    assert!(home.path("teams/clawrouter.lock").exists());
    ends(&home.run(&["diff", "-f", "keys.yaml", "-f", "teams"]), 0);
}

#[test]
fn a_plan_that_was_reviewed_is_carried_out_exactly_or_not_at_all() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", MANIFEST);
    ends(&home.run(&["apply", "--plan-out", "plan.json"]), 0);
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(home.path("plan.json")).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    // The file may change now: what was reviewed counts.
    edit(&home, "clawrouter.yaml", "$250", "$999");
    ends(&home.run(&["apply", "plan.json", "--yes"]), 0);
    let policy = home.json(&["policy", "show", "team_alpha"]);
    assert_eq!(policy["monthlyBudgetMicros"], 250_000_000);
    // Carried out again, it finds everything done.
    ends(&home.run(&["apply", "plan.json"]), 0);
    ends(&home.run(&["diff", "--plan-out", "next.json"]), 10);
    let _ = home.ok(&["policy", "set", "team_alpha", "--budget", "$300", "--yes"]);
    let refused = home.run(&["apply", "next.json", "--yes"]);
    ends(&refused, 5);
    assert!(refused.stderr.contains("policy team_alpha"), "{refused}");
    ends(&home.run(&["apply", "clawrouter.yaml", "--yes"]), 2);
    let elsewhere = Sandbox::new();
    fs::copy(home.path("next.json"), elsewhere.path("next.json")).unwrap();
    ends(&elsewhere.run(&["apply", "next.json", "--yes"]), 5);
}

#[test]
fn a_revoked_key_is_not_brought_back_by_a_file_that_does_not_say_so() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", MANIFEST);
    ends(&home.run(&["apply", "--yes"]), 0);
    let _ = home.ok(&["key", "revoke", "alpha_ci", "--yes"]);
    let left = home.run(&["diff"]);
    ends(&left, 0);
    assert!(left.stdout.contains("key alpha_ci is switched off, and stays so"), "{left}");
    edit(&home, "clawrouter.yaml", "principal: CI@example.com", "enabled: true");
    let plan = home.run(&["diff"]);
    ends(&plan, 10);
    assert!(plan.stdout.contains("RE-ENABLES"), "{plan}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "this variable is the test's, not the program's")]
fn the_schema_that_is_checked_in_is_the_one_of_this_source() {
    let path =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schema/clawrouter.schema.json");
    let text = clawctl::commands::schema::text();
    if std::env::var_os("CLAWCTL_REGENERATE").is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &text).unwrap();
    }
    let remedy = "run `CLAWCTL_REGENERATE=1 cargo test --test cli schema_that_is_checked_in`";
    assert!(fs::read_to_string(&path).unwrap_or_default() == text, "it is out of date; {remedy}");
    assert_eq!(Sandbox::new().ok(&["schema"]), text);
}

#[test]
fn a_secret_that_is_not_set_is_wanted_where_it_can_be_given() {
    let home = Sandbox::new();
    let grant = "{ provider: openai, kind: api_key, credential: 'env:UPSTREAM' }";
    let policies = "policies: { team: { providers: [openai], budget: $1 } }";
    let text = format!("version: 1\n{policies}\ngrants: {{ policies/team/main: {grant} }}\n");
    write(&home, "clawrouter.yaml", &text);
    let refused = home.run(&["apply", "--yes"]);
    ends(&refused, 2);
    assert!(refused.stderr.contains("set `UPSTREAM` in the environment"), "{refused}");
    assert!(!refused.stderr.contains("stdin"), "{refused}");
    assert_eq!(home.ok(&["policy", "list", "-o", "json"]), "[]\n");
}

#[test]
fn a_bomb_of_yaml_or_json_is_a_problem_like_any_other() {
    let home = Sandbox::new();
    let deep = |open: &str, close: &str| open.repeat(100_000) + &close.repeat(100_000);
    let ten = |item: &str| [item; 10].join(",");
    let aliases = (1..10).fold(format!("x-0: &a0 [{}]\n", ten("x")), |text, level| {
        text + &format!("x-{level}: &a{level} [{}]\n", ten(&format!("*a{}", level - 1)))
    });
    for bomb in [
        format!("version: 1\n{aliases}policies: *a9\n"),
        "version: 1\nx-a: &a\n  b: *a\npolicies: *a\n".to_owned(),
        format!("version: 1\npolicies: {}", deep("[", "]")),
        format!("{{\"version\": 1, \"policies\": {}}}", deep("{\"a\":", "}")),
        format!("version: 1\npolicies:\n  {}", "- ".repeat(50_000)),
        format!("version: 1\npolicies: {}", "[".repeat(1_000_000)),
        format!("version: {}\n", "9".repeat(1_000_000)),
        "version: 1\nvars: { A: '${A}${A}' }\npolicies: { a: { budget: '${A}' } }\n".to_owned(),
    ] {
        write(&home, "clawrouter.yaml", &bomb);
        let refused = home.run(&["validate"]);
        let said = &refused.stderr[..refused.stderr.len().min(300)];
        assert_eq!(refused.code, Some(2), "{}: {said}", &bomb[..40]);
        assert!(refused.stderr.len() < 2_000, "it is repeated: {said}");
    }
}

#[test]
fn a_kind_of_grant_that_is_nearly_one_is_a_mistake() {
    let home = Sandbox::new().with("UPSTREAM", "sk-1");
    let grant = |kind: &str| {
        let members = format!("provider: openai, kind: {kind}, credential: env:UPSTREAM");
        write(
            &home,
            "m.yaml",
            &format!("version: 1\ngrants: {{ policies/a/b: {{ {members} }} }}\n"),
        );
        home.run(&["diff", "-f", "m.yaml"])
    };
    let refused = grant("api-key");
    ends(&refused, 2);
    assert!(refused.stderr.contains("did you mean `api_key`?"), "{refused}");
    // A router takes any word, and may have one of another program.
    ends(&grant("own_kind"), 10);
}
