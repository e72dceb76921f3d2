use serde_json::json;

use super::{with_ada, words};

#[test]
fn an_edit_of_a_rule_touches_nothing_else() {
    let sandbox = with_ada();
    let put = |more: &[&str]| sandbox.json(&[&["rule", "put", "eng"], more].concat());
    let made = put(&[
        "--domain",
        "@Example.com",
        "--add-group",
        "eng,Vip",
        "--add-policy",
        "team",
        "--priority",
        "7",
        "--keep-on-loss",
        "--provenance",
        "by hand",
    ]);
    assert_eq!(words(&made), ["GIVES", "RECONCILES"]);
    assert_eq!(
        made["effects"][0]["text"],
        "group eng, group vip, policy team to *@example.com (1 known user)"
    );
    let rule = || {
        let mut rule = sandbox.json(&["rule", "show", "eng"]);
        rule.as_object_mut().unwrap().remove("updatedAt");
        rule
    };
    let mut expected = rule();
    assert_eq!(expected["subject"], "example.com");
    assert_eq!(expected["matchingUsers"], json!(["ada@example.com"]));
    let changed = put(&["--add-policy", "ops", "--remove-group", "vip", "--yes"]);
    assert_eq!(words(&changed), ["GIVES", "TAKES", "RECONCILES"]);
    expected["policyIds"] = json!(["ops", "team"]);
    expected["groups"] = json!(["eng"]);
    assert_eq!(rule(), expected);
    let off = sandbox.json(&["rule", "disable", "eng", "--yes"]);
    assert_eq!(words(&off), ["TAKES", "RECONCILES"]);
    expected["enabled"] = json!(false);
    assert_eq!(rule(), expected);
    put(&["--priority", "8"]);
    expected["priority"] = json!(8);
    assert_eq!(rule(), expected, "it stays switched off");
    sandbox.ok(&["rule", "enable", "eng"]);
    expected["enabled"] = json!(true);
    assert_eq!(rule(), expected);
    let unchanged = put(&["--priority", "8"]);
    assert_eq!(unchanged["fields"], json!([]));
}

#[test]
fn a_rule_reaches_people_at_once_and_says_whose_they_are() {
    let sandbox = with_ada();
    sandbox.ok(&["rule", "put", "eng", "--domain", "example.com", "--add-policy", "team"]);
    let shown = sandbox.json(&["user", "show", "ada@example.com"]);
    assert_eq!(shown["groups"], json!(["assignment.eng", "devs", "night"]));
    let held = json!([{"policyId": "team", "group": "assignment.eng", "rule": "eng",
        "priority": 100}]);
    assert_eq!(shown["held"], held);
    assert_eq!(shown["matchingRules"], json!(["eng"]));
    let text = sandbox.ok(&["user", "show", "ada@example.com"]);
    assert!(text.contains("rule eng"), "{text}");
    let refused = sandbox.run(&["rule", "disable", "eng"]);
    assert_eq!(refused.code, Some(7), "{refused}");
    assert!(refused.stderr.contains("TAKES: policy team from *@example.com (1 known user)"));
}

#[test]
fn memberships_count_when_somebody_vouches_for_them() {
    let sandbox = with_ada();
    sandbox.ok(&["rule", "put", "gh", "--github-org", "OpenClaw", "--add-group", "oc"]);
    sandbox.ok(&["rule", "put", "core", "--github-team", "openclaw/core", "--add-group", "core"]);
    let reconcile = |more: &[&str]| {
        let words = [&["rule", "reconcile", "ada@example.com", "--yes"], more].concat();
        sandbox.json(&words)[0].clone()
    };
    let refused =
        sandbox.run(&["rule", "reconcile", "ada@example.com", "--github-org", "openclaw"]);
    assert_eq!(refused.code, Some(2), "{refused}");
    let member =
        reconcile(&["--verified", "--github-org", "openclaw", "--github-team", "openclaw/core"]);
    assert_eq!(member["gainedGroups"], json!(["core", "oc"]));
    let unknown = reconcile(&[]);
    assert_eq!(unknown["retainedRuleIds"], json!(["core", "gh"]));
    assert_eq!((&unknown["gainedGroups"], &unknown["lostGroups"]), (&json!([]), &json!([])));
    let left = reconcile(&["--verified", "--github-org", "openclaw"]);
    assert_eq!((&left["matchedRuleIds"], &left["lostGroups"]), (&json!(["gh"]), &json!(["core"])));
    let team = sandbox.run(&["rule", "put", "bad", "--github-team", "core"]);
    assert_eq!(team.code, Some(2), "{team}");
    let all = sandbox.run(&["rule", "reconcile", "--all"]);
    assert_eq!(all.code, Some(7), "{all}");
    let table = sandbox.ok(&["rule", "reconcile", "--all", "--yes"]);
    assert!(table.contains("RETAINED") && table.contains("ada@example.com"), "{table}");
}

#[test]
fn a_rule_needs_one_subject_and_policies_that_there_are() {
    let sandbox = with_ada();
    let check = |words: &[&str], code: i32| {
        let run = sandbox.run(&[&["rule", "put"], words].concat());
        assert_eq!(run.code, Some(code), "{words:?}\n{run}");
    };
    check(&["eng"], 2);
    check(&["bad-id", "--domain", "example.com"], 2);
    check(&["eng", "--domain", "example.com", "--email", "ada@example.com"], 2);
    check(&["eng", "--domain", "ada@example.com"], 2);
    check(&["eng", "--email", "ada"], 2);
    check(&["eng", "--domain", "example.com", "--add-policy", "ghost"], 3);
    assert_eq!(sandbox.json(&["rule", "list"]), json!([]));
}
