//! What a CI service reads.

use std::fs;

use super::{MANIFEST, ends, write};
use crate::harness::Sandbox;

#[test]
fn problems_are_annotations_and_failed_tests() {
    let home = Sandbox::new();
    write(&home, "m.yaml", "version: 1\npolicies:\n  team: { providers: [openai], bugdet: $5 }\n");
    let github = home.run(&["validate", "-f", "m.yaml", "-o", "github"]);
    ends(&github, 2);
    assert_eq!(
        github.stdout,
        "::error file=m.yaml,line=3,col=32,title=manifest::a policy has no member `bugdet`%0Adid you \
         mean `budget`?\n"
    );
    let junit = home.run(&["validate", "-f", "m.yaml", "-o", "junit"]);
    ends(&junit, 2);
    assert!(junit.stdout.starts_with("<?xml"), "{junit}");
    assert!(junit.stdout.contains("tests=\"1\" failures=\"1\""), "{junit}");
    assert!(
        junit.stdout.contains("<failure message=\"a policy has no member `bugdet`\">"),
        "{junit}"
    );
    let json = home.run(&["validate", "-f", "m.yaml", "-o", "json"]);
    ends(&json, 2);
    let json: serde_json::Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!(json["problems"][0]["line"], 3);
    assert_eq!(json["valid"], false);
}

#[test]
fn a_plan_is_annotations_a_summary_and_failed_tests() {
    let summary = Sandbox::new();
    let path = summary.path("summary.md").display().to_string();
    let home = Sandbox::new().with("GITHUB_STEP_SUMMARY", &path);
    write(&home, "m.yaml", MANIFEST);
    let plan = home.run(&["diff", "-f", "m.yaml", "-o", "github"]);
    ends(&plan, 10);
    assert!(
        plan.stdout.contains(
            "::warning file=m.yaml,line=8,col=3,title=create policy team_beta::UN-METERED"
        ),
        "{plan}"
    );
    let text = fs::read_to_string(&path).unwrap();
    assert!(
        text.contains("### Plan for") && text.contains("| create | policy team\\_beta |"),
        "{text}"
    );
    let junit = home.run(&["diff", "-f", "m.yaml", "-o", "junit"]);
    ends(&junit, 10);
    assert!(junit.stdout.contains("tests=\"5\" failures=\"5\""), "{junit}");
    let applied = home.run(&["apply", "-f", "m.yaml", "--yes", "-o", "junit"]);
    ends(&applied, 0);
    assert!(applied.stdout.contains("tests=\"5\" failures=\"0\""), "{applied}");
    let again = home.run(&["apply", "-f", "m.yaml", "--yes", "-o", "github"]);
    ends(&again, 0);
    assert_eq!(again.stdout, "nothing to do: 5 things are as wanted\n");
    assert!(fs::read_to_string(&path).unwrap().contains("### Applied for"));
}

#[test]
fn other_commands_say_that_they_write_no_report() {
    let home = Sandbox::new();
    for words in [&["key", "list"][..], &["export"], &["status"]] {
        let run = home.run(&[words, &["-o", "github"]].concat());
        ends(&run, 2);
        assert!(run.stderr.contains("`-o github` is for `validate`, `diff` and `apply`"), "{run}");
    }
}

#[test]
fn the_outcome_of_each_change_is_told_to_programs() {
    let home = Sandbox::new();
    write(&home, "m.yaml", MANIFEST);
    let plan: serde_json::Value =
        serde_json::from_str(&home.run(&["diff", "-f", "m.yaml", "-o", "json"]).stdout).unwrap();
    assert_eq!(plan["summary"]["create"], 4);
    assert_eq!(plan["changes"][0]["noun"], "provider");
    assert_eq!(plan["changes"][0]["fields"][0]["field"], "enabled");
    // The last key cannot be delivered; what comes before it is done.
    let failing = MANIFEST.replace("'env-file:.env:BETA'", "'exec:exit 3'");
    write(&home, "m.yaml", &failing);
    let run = home.run(&["apply", "-f", "m.yaml", "--yes", "-o", "json"]);
    ends(&run, 1);
    let told: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let outcome = |id: &str| {
        let changes = told["changes"].as_array().unwrap();
        changes.iter().find(|change| change["id"] == id).unwrap()["outcome"].clone()
    };
    assert_eq!(outcome("team_beta"), "done");
    assert_eq!(outcome("alpha_ci"), "done");
    assert_eq!(outcome("beta_ci"), "failed");
    write(&home, "m.yaml", MANIFEST);
    ends(&home.run(&["apply", "-f", "m.yaml", "--yes"]), 0);
    assert!(home.path(".env").exists());
    ends(&home.run(&["diff", "-f", "m.yaml"]), 0);
}
