//! What was pruned and is named again, what rules bring about, and people who are yet to come.

use serde_json::Value;

use super::{Sandbox, ends, write};

const EMPTY: &str = "version: 1\npolicies: { keep: { providers: [openai], budget: $1 } }\n";

const WHOLE: &str = "version: 1
policies:
  keep: { providers: [openai], budget: $1 }
  team: { providers: [openai], budget: $5 }
keys:
  team_ci: { policy: team, to: 'file:team.key' }
users:
  ada@example.com: { groups: [devs] }
bindings:
  - { group: devs, policy: team }
rules:
  eng: { domain: example.com, groups: [eng] }
";

fn lists(home: &Sandbox) -> Vec<(&'static str, Value)> {
    let shown = |noun: &'static str| (noun, home.json(&[noun, "list"]));
    ["policy", "user", "binding", "rule", "key"].map(shown).to_vec()
}

/// Of each noun, whether everything but what is called `keep` is enabled.
fn states(home: &Sandbox) -> Vec<(&'static str, bool)> {
    let lists = lists(home);
    let of = |(noun, list): (&'static str, Value)| {
        let rows = list.as_array().unwrap().clone();
        let ours: Vec<_> = rows.into_iter().filter(|row| row["policyId"] != "keep").collect();
        assert!(!ours.is_empty(), "{noun}");
        (noun, ours.iter().all(|row| row["enabled"] == true))
    };
    lists.into_iter().map(of).collect()
}

#[test]
fn what_was_pruned_comes_back_when_it_is_named_again() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", WHOLE);
    ends(&home.run(&["apply", "--yes"]), 0);
    write(&home, "clawrouter.yaml", EMPTY);
    ends(&home.run(&["apply", "--prune", "--yes"]), 0);
    assert!(states(&home).iter().all(|(_, enabled)| !enabled), "{:?}", states(&home));
    write(&home, "clawrouter.yaml", WHOLE);
    let plan = home.run(&["diff"]);
    ends(&plan, 10);
    assert_eq!(plan.stdout.matches("RE-ENABLES").count(), 4, "{plan}");
    assert!(plan.stdout.contains("key team_ci is switched off, and stays so"), "{plan}");
    ends(&home.run(&["apply"]), 7);
    ends(&home.run(&["apply", "--yes"]), 0);
    // A key was told to stop, and a file that does not say so does not bring it back.
    for (noun, enabled) in states(&home) {
        assert_eq!(enabled, noun != "key", "{noun}");
    }
    ends(&home.run(&["diff"]), 0);
    // What somebody else disables afterwards stays so, and that is said.
    let _ = home.ok(&["policy", "disable", "team", "--yes"]);
    let calm = home.run(&["diff"]);
    ends(&calm, 0);
    assert!(calm.stdout.contains("policy team is disabled, and stays so"), "{calm}");
}

#[test]
fn what_is_pruned_stays_so_where_the_manifest_says_so() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", WHOLE);
    ends(&home.run(&["apply", "--yes"]), 0);
    write(&home, "clawrouter.yaml", EMPTY);
    ends(&home.run(&["apply", "--prune", "--yes"]), 0);
    let off = WHOLE.replace("budget: $5", "budget: $5, enabled: false");
    write(&home, "clawrouter.yaml", &off);
    ends(&home.run(&["apply", "--yes"]), 0);
    assert_eq!(home.json(&["policy", "show", "team"])["enabled"], false);
}

#[test]
fn what_the_end_of_a_rule_takes_is_put_right_in_the_same_run() {
    let home = Sandbox::new();
    let with_rule = "version: 1
users: { ada@example.com: { groups: [eng] } }
rules: { eng: { domain: example.com, groups: [eng] } }
";
    write(&home, "clawrouter.yaml", with_rule);
    ends(&home.run(&["apply", "--yes"]), 0);
    let without = "version: 1\nusers: { ada@example.com: { groups: [eng] } }\n";
    write(&home, "clawrouter.yaml", without);
    let run = home.run(&["apply", "--prune", "--yes", "-o", "json"]);
    ends(&run, 0);
    assert!(run.stderr.contains("pass 2"), "{run}");
    let report: Value = serde_json::from_str(&run.stdout).unwrap();
    let passes: Vec<_> =
        report["changes"].as_array().unwrap().iter().map(|it| it["pass"].as_u64()).collect();
    assert_eq!(passes, [None, Some(2)], "{report}");
    assert_eq!(home.json(&["user", "show", "ada@example.com"])["groups"][0], "eng");
    ends(&home.run(&["diff", "--prune"]), 0);
}

#[test]
fn people_whom_the_same_plan_creates_are_counted() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", WHOLE);
    let plan = home.run(&["diff"]);
    ends(&plan, 10);
    assert!(plan.stdout.contains("GRANTS: team to group devs (1 known user)"), "{plan}");
    let given = "GIVES: group eng to *@example.com (1 known user)";
    assert!(plan.stdout.contains(given), "{plan}");
}

#[test]
fn a_rule_is_written_as_its_flags_are() {
    let home = Sandbox::new();
    write(&home, "clawrouter.yaml", "version: 1\nrules: { eng: { groups: [eng] } }\n");
    let refused = home.run(&["diff"]);
    ends(&refused, 2);
    assert!(refused.stderr.contains("such as `domain: example.com`"), "{refused}");
    let rule = |members: &str| {
        let text = format!("version: 1\nrules: {{ eng: {{ {members}, groups: [eng] }} }}\n");
        write(&home, "clawrouter.yaml", &text);
        home.run(&["diff", "-o", "json"])
    };
    let long = rule("kind: email_domain, subject: example.com");
    ends(&long, 10);
    for short in ["domain: example.com", "domain: '*@example.com'"] {
        assert_eq!(rule(short).stdout, long.stdout, "{short}");
    }
    ends(&rule("email: ada@example.com"), 10);
    ends(&rule("github_team: openclaw/core"), 10);
    for both in ["domain: example.com, kind: email_domain", "domain: a.com, email: a@b.com"] {
        let refused = rule(both);
        ends(&refused, 2);
        assert!(refused.to_string().contains("matches one thing"), "{refused}");
    }
}
