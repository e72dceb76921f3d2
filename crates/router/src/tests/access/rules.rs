use serde_json::{Value, json};

use super::{binding, house};
use crate::tests::House;

fn rule(id: &str, kind: &str, subject: &str, more: Value) -> Value {
    let mut rule = json!({
        "ruleId": id, "version": 1, "enabled": true, "kind": kind, "subject": subject,
        "groups": [], "policyIds": [], "priority": 100, "revokeOnLoss": true,
        "provenance": "cloudflare_access", "createdAt": "2026-11-20T12:00:00.000Z",
        "updatedAt": "2026-11-20T12:00:00.000Z", "generatedGroup": format!("assignment.{id}"),
    });
    rule.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    rule
}

fn with_users(emails: &[&str]) -> House {
    let house = house();
    for email in emails {
        let body = json!({"groups": ["devs"]});
        house.does(&format!("PUT access-users/{email}"), body, json!({}));
    }
    house
}

impl House {
    fn groups(&self, email: &str) -> Vec<String> {
        let all = self.does("GET access-users", json!({}), json!({}));
        let groups = all.row("users", "email", email)["groups"].clone();
        serde_json::from_value(groups).unwrap()
    }

    fn reconciled(&self, body: Value) -> Value {
        self.does("POST assignment-rules/reconcile", body, json!({})).body["results"].clone()
    }
}

fn result(email: &str, matched: &[&str], retained: &[&str], groups: &[&str]) -> Value {
    json!({"email": email, "matchedRuleIds": matched, "retainedRuleIds": retained,
        "groups": groups})
}

#[test]
fn a_write_resets_what_it_leaves_out_but_when_the_rule_was_made() {
    let house = house();
    let check = |id: &str, body: Value, expected: Value| {
        let answer = house.does(&format!("PUT assignment-rules/{id}"), body.clone(), json!({}));
        assert_eq!(answer.body, expected, "{body}");
    };
    let body = json!({"kind": "email_domain", "subject": " Example.com ", "groups": ["Eng"],
        "policyIds": ["second_pol", "client_pol", "second_pol"], "provenance": " hand "});
    let more = json!({"groups": ["eng"], "policyIds": ["second_pol", "client_pol"],
        "provenance": "hand"});
    check("eng", body, rule("eng", "email_domain", "example.com", more));
    let body = json!({"subject": "ada@example.com", "groups": ["vip"], "revokeOnLoss": false,
        "priority": 1, "enabled": false});
    let more = json!({"groups": ["vip"], "revokeOnLoss": false, "priority": 1, "enabled": false});
    check("%20one", body, rule("one", "exact_email", "ada@example.com", more));
    check(
        "reconcile",
        json!({"kind": "github_org", "subject": "OpenClaw", "extra": 1}),
        rule("reconcile", "github_org", "openclaw", json!({})),
    );
    house.later(60);
    let body = json!({"kind": "email_domain", "subject": "example.com"});
    let later = json!({"updatedAt": "2026-11-20T12:01:00.000Z"});
    check("eng", body, rule("eng", "email_domain", "example.com", later));
    let all = house.does("GET assignment-rules", json!({}), json!({}));
    assert_eq!(all.ids("rules", "ruleId"), ["one", "eng", "reconcile"]);
}

#[test]
fn a_bad_rule_is_refused_and_reconciles_nobody() {
    let house = with_users(&["ada@example.com"]);
    let check = |body: Value| {
        let (code, body) = ("invalid_assignment_rule", body.to_string());
        house.refuses("PUT assignment-rules/x", &body, 400, code);
    };
    for body in [
        json!({}),
        json!({"subject": " "}),
        json!({"subject": null}),
        json!({"subject": "x", "kind": "ldap"}),
        json!({"subject": "x", "kind": null}),
        json!({"subject": "x", "groups": "g"}),
        json!({"subject": "x", "policyIds": [1]}),
        json!({"subject": "x", "priority": 1.5}),
        json!({"subject": "x", "priority": null}),
        json!({"subject": "x", "enabled": "no"}),
        json!({"subject": "x", "revokeOnLoss": null}),
        json!({"subject": "x", "provenance": ""}),
        json!([]),
    ] {
        check(body);
    }
    house.refuses("PUT assignment-rules/bad-id", "{}", 400, "invalid_assignment_rule");
    let unknown = json!({"subject": "ada@example.com", "groups": ["vip"], "policyIds": ["ghost"]});
    house.refuses("PUT assignment-rules/x", &unknown.to_string(), 404, "unknown_policy");
    for request in
        ["GET assignment-rules/x", "DELETE assignment-rules/x", "POST assignment-rules/x"]
    {
        house.refuses(request, "{}", 404, "route_not_found");
    }
    assert_eq!(house.list("assignment-rules", "rules"), json!([]));
    assert_eq!(house.groups("ada@example.com"), ["devs"]);
}

#[test]
fn every_write_of_a_rule_reaches_every_user_at_once() {
    let house = with_users(&["ada@example.com", "bob@other.com"]);
    let put = |id: &str, body: Value| {
        house.does(&format!("PUT assignment-rules/{id}"), body, json!({}));
    };
    put(
        "eng",
        json!({"kind": "email_domain", "subject": "example.com", "groups": ["eng"],
        "policyIds": ["second_pol"], "priority": 3}),
    );
    assert_eq!(house.groups("ada@example.com"), ["assignment.eng", "devs", "eng"]);
    assert_eq!(house.groups("bob@other.com"), ["devs"]);
    let bound = |policy, on, priority| binding("group", "assignment.eng", policy, on, priority);
    assert_eq!(house.list("policy-bindings", "bindings"), json!([bound("second_pol", true, 3)]));
    // A rule that loses its policies unbinds them; another one keeps what it gave.
    put("one", json!({"subject": "ada@example.com", "groups": ["vip"]}));
    put(
        "eng",
        json!({"kind": "email_domain", "subject": "example.com", "policyIds": ["client_pol"]}),
    );
    assert_eq!(house.groups("ada@example.com"), ["assignment.eng", "devs", "vip"]);
    let bindings = json!([bound("client_pol", true, 100), bound("second_pol", false, 100)]);
    assert_eq!(house.list("policy-bindings", "bindings"), bindings);
    put(
        "eng",
        json!({"kind": "email_domain", "subject": "example.com", "enabled": false,
        "policyIds": ["client_pol"]}),
    );
    assert_eq!(house.groups("ada@example.com"), ["devs", "vip"]);
    let bindings = json!([bound("client_pol", false, 100), bound("second_pol", false, 100)]);
    assert_eq!(house.list("policy-bindings", "bindings"), bindings);
}

#[test]
fn a_reconciliation_says_what_the_rules_mean_for_each() {
    let house = with_users(&["ada@example.com", "a@b"]);
    let put = |id: &str, body: Value| {
        house.does(&format!("PUT assignment-rules/{id}"), body, json!({}));
    };
    put("eng", json!({"kind": "email_domain", "subject": "example.com"}));
    put("one", json!({"subject": "ada@example.com", "groups": ["vip"], "priority": 1}));
    put("gh", json!({"kind": "github_org", "subject": "openclaw", "groups": ["oc"]}));
    let ada = |matched, retained, groups| result("ada@example.com", matched, retained, groups);
    let bystander = result("a@b", &[], &[], &["devs"]);
    let plain = ada(&["one", "eng"], &[], &["devs", "vip"]);
    assert_eq!(house.reconciled(json!({"all": true})), json!([bystander, plain]));
    let one = json!({"email": " Ada@example.com", "all": false});
    assert_eq!(house.reconciled(one.clone()), json!([plain]));
    assert_eq!(house.reconciled(json!({"email": "ghost@example.com"})), json!([]));
    let evidence = |orgs: Value| {
        json!({"email": "ada@example.com", "evidence": {
        "source": " GitHub ", "verified": true, "githubOrgs": orgs}})
    };
    let member = ada(&["one", "eng", "gh"], &[], &["devs", "oc", "vip"]);
    assert_eq!(house.reconciled(evidence(json!([" OpenClaw"]))), json!([member]));
    // Without evidence nothing is known, so the membership stays; with evidence against it, it goes.
    let kept = ada(&["one", "eng"], &["gh"], &["devs", "oc", "vip"]);
    assert_eq!(house.reconciled(one), json!([kept]));
    put("other", json!({"kind": "email_domain", "subject": "other.com"}));
    assert_eq!(house.groups("ada@example.com"), ["devs", "oc", "vip"]);
    assert_eq!(house.reconciled(evidence(Value::Null)), json!([plain]));
    // An edit by hand keeps what the rules gave, and they still know it for theirs.
    let body = json!({"groups": ["devs", "night", "vip"]});
    house.does("PUT access-users/ada@example.com", body, json!({}));
    put("one", json!({"subject": "ada@example.com"}));
    assert_eq!(house.groups("ada@example.com"), ["devs", "night"]);
}

#[test]
fn a_bad_reconciliation_is_refused() {
    let house = house();
    let check = |body: Value, code: &str| {
        house.refuses("POST assignment-rules/reconcile", &body.to_string(), 400, code);
    };
    let evidence = json!({"source": "github", "verified": true});
    for body in [
        json!({}),
        json!({"all": true, "email": "a@b"}),
        json!({"all": "yes"}),
        json!({"all": null}),
        json!({"email": 5}),
        json!({"email": "nobody"}),
        json!({"all": true, "evidence": evidence}),
        json!([]),
    ] {
        check(body, "invalid_assignment_reconcile");
    }
    for evidence in [
        json!({"source": "github", "verified": false}),
        json!({"source": "github"}),
        json!({"source": "gitlab", "verified": true}),
        json!({"source": "github", "verified": true, "githubTeams": "x"}),
        json!("github"),
        json!([]),
    ] {
        check(json!({"email": "a@b", "evidence": evidence}), "invalid_assignment_evidence");
    }
    house.refuses("POST assignment-rules/reconcile", "", 400, "invalid_json");
}

#[test]
fn the_start_of_a_console_has_them_all() {
    let house = with_users(&["ada@example.com"]);
    let body = json!({"subject": "ada@example.com", "policyIds": ["client_pol"]});
    house.does("PUT assignment-rules/one", body, json!({}));
    let all = house.does("GET bootstrap", json!({}), json!({})).body;
    for (member, path) in
        [("users", "access-users"), ("bindings", "policy-bindings"), ("rules", "assignment-rules")]
    {
        assert_eq!(all[member], house.list(path, member), "{member}");
        assert_eq!(all[member].as_array().unwrap().len(), 1, "{member}");
    }
}
