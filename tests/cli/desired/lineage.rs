//! Keys that were rotated: what a manifest says of the first holds for those that took its place.

use std::fs;

use super::{Sandbox, ends, write};

const MANIFEST: &str = "version: 1
policies:
  team: { providers: [openai], budget: $5 }
  other: { providers: [openai], budget: $5 }
keys:
  alpha_ci: { policy: team, principal: ci@example.com, to: 'file:alpha.key' }
  beta_ci: { policy: team, principal: ci@example.com, to: 'file:beta.key' }
";

/// Gives a key a successor, and gives its id.
fn succeed(home: &Sandbox, id: &str, file: &str) -> String {
    let to = format!("file:{file}");
    let issued = home.json(&["key", "rotate", id, "--overlap", "--to", &to]);
    issued["keyId"].as_str().unwrap_or_else(|| panic!("{issued}")).to_owned()
}

fn enabled(home: &Sandbox) -> Vec<String> {
    let keys = home.json(&["key", "list"]);
    let keys = keys.as_array().unwrap().iter().filter(|key| key["enabled"] == true);
    keys.map(|key| key["credentialId"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn a_rotated_key_is_pruned_with_its_successors() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", MANIFEST);
    ends(&home.run(&["apply", "--yes"]), 0);
    let alpha = succeed(&home, "alpha_ci", "alpha.key");
    let beta = succeed(&home, "beta_ci", "beta.key");
    ends(&home.run(&["key", "rotate", "alpha_ci", "--finish", "--yes"]), 0);
    assert_eq!(enabled(&home), [alpha.as_str(), "beta_ci", &beta]);
    // Nobody is advised to enable the one that was retired.
    let calm = home.run(&["diff", "--prune"]);
    ends(&calm, 0);
    assert!(calm.stdout.contains(&format!("alpha_ci is retired; {alpha} took its")), "{calm}");
    assert!(!calm.stdout.contains("enabled: true"), "{calm}");
    let alone: String = MANIFEST
        .lines()
        .filter(|line| !line.contains("alpha_ci"))
        .fold(String::new(), |text, line| text + line + "\n");
    write(&home, "clawrouter.yaml", &alone);
    let plan = home.run(&["diff", "--prune"]);
    ends(&plan, 10);
    assert!(plan.stdout.contains(&format!("- disable key {alpha}")), "{plan}");
    ends(&home.run(&["apply", "--prune", "--yes"]), 0);
    assert_eq!(enabled(&home), ["beta_ci", &beta], "the key that is named keeps its successor");
    ends(&home.run(&["diff", "--prune"]), 0);
    let held = fs::read_to_string(home.path("alpha.key")).unwrap();
    assert_eq!(home.run_with_input(&["key", "inspect", "--key-stdin"], &held).code, Some(33));
}

#[test]
fn what_a_manifest_says_of_a_rotated_key_holds_for_its_successor() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", MANIFEST);
    ends(&home.run(&["apply", "--yes"]), 0);
    let alpha = succeed(&home, "alpha_ci", "alpha.key");
    ends(&home.run(&["key", "rotate", "alpha_ci", "--finish", "--yes"]), 0);
    let policy = |id: &str| home.json(&["key", "show", id])["policyId"].clone();
    let moved = MANIFEST.replace("alpha_ci: { policy: team", "alpha_ci: { policy: other");
    write(&home, "clawrouter.yaml", &moved);
    ends(&home.run(&["apply", "--yes"]), 0);
    assert_eq!((policy(&alpha), policy("alpha_ci")), ("other".into(), "team".into()));
    ends(&home.run(&["diff"]), 0);
    // One that took the place works already, so the old one is not enabled again.
    write(
        &home,
        "clawrouter.yaml",
        &moved.replace("policy: other", "policy: other, enabled: true"),
    );
    ends(&home.run(&["diff"]), 0);
    write(
        &home,
        "clawrouter.yaml",
        &moved.replace("policy: other", "policy: other, enabled: false"),
    );
    ends(&home.run(&["apply", "--yes"]), 0);
    assert_eq!(enabled(&home), ["beta_ci"]);
}
