//! Users, their grants, bindings, and rules with their reconciliation.
//!
//! Every write of a rule looks at all users, and on a ClawRouter it makes an ordinary user of the
//! console's administrator. A router that knows one is not asked to: its rules are left alone.

use serde_json::{Value, json};

use super::target::{As, Target};

fn email(t: &Target, stem: &str) -> String {
    format!("{}@{}.example", t.unique(stem), t.unique("host"))
}

fn policy(t: &Target) -> String {
    let id = t.unique("held");
    t.put(&format!("/v1/admin/policies/{id}"), &json!({"providers": ["openai"]}));
    id
}

fn rows(t: &Target, path: &str, list: &str) -> Vec<Value> {
    let reply = t.get(&format!("/v1/admin/{path}"), As::Admin);
    assert_eq!(reply.status, 200, "{path}");
    reply.body[list].as_array().unwrap().clone()
}

pub(crate) fn a_user_put_keeps_what_it_leaves_out(t: &Target) {
    let address = email(t, "ada");
    let put = |path: &str, body: Value| {
        let reply = t.put(&format!("/v1/admin/access-users/{path}"), &body);
        assert_eq!(reply.status, 200, "{body}: {}", reply.text);
        reply.body
    };
    let shouted = address.to_uppercase().replace('@', "%40");
    let groups = json!(["Devs", " ops ", "devs"]);
    let all = json!({"tenantId": " acme ", "groups": groups, "contentRetentionDisabled": true});
    let expected = |tenant: &str, enabled: bool| {
        json!({"email": address, "role": "user", "tenantId": tenant, "enabled": enabled,
            "groups": ["devs", "ops"], "contentRetentionDisabled": true})
    };
    assert_eq!(put(&shouted, all), expected("acme", true));
    assert_eq!(put(&address, json!({})), expected("acme", true));
    assert_eq!(put(&address, json!({"enabled": false})), expected("acme", false));
    assert_eq!(
        put(&address, json!({"tenantId": null, "enabled": null})),
        expected("default", true)
    );
    assert_eq!(put(&address, json!({"role": "admin", "seats": 3})), expected("default", true));
    assert_eq!(put(&address, json!({"enabled": false})), expected("default", false));
    assert!(rows(t, "access-users", "users").contains(&expected("default", false)));
    for request in
        [("GET", "access-users"), ("DELETE", "access-users"), ("GET", "access-user-grants")]
    {
        let path = format!("/v1/admin/{}/{address}", request.1);
        let reply = t.call(request.0, &path, As::Admin, &[], "");
        assert_eq!((reply.status, reply.code()), (404, "route_not_found"), "{request:?}");
    }
}

pub(crate) fn a_user_takes_what_it_may_and_no_more(t: &Target) {
    let address = email(t, "bad");
    for route in ["access-users", "access-user-grants"] {
        let bad = t.put(&format!("/v1/admin/{route}/not-an-email"), &json!({}));
        assert_eq!((bad.status, bad.code()), (400, "invalid_access_user"));
        for body in [
            r#"{"groups":"x"}"#,
            r#"{"groups":null}"#,
            r#"{"enabled":"x"}"#,
            r#"{"contentRetentionDisabled":null}"#,
            r#"{"tenantId":""}"#,
            "[]",
        ] {
            let path = format!("/v1/admin/{route}/{address}");
            let reply = t.call("PUT", &path, As::Admin, &[], body);
            assert_eq!((reply.status, reply.code()), (400, "invalid_access_user"), "{body}");
        }
    }
    let known = rows(t, "access-users", "users");
    assert!(known.iter().all(|user| user["email"] != address.as_str()));
}

pub(crate) fn a_users_grants_are_what_the_last_write_named(t: &Target) {
    let (address, first, second) = (email(t, "held"), policy(t), policy(t));
    let grant = |body: Value| t.put(&format!("/v1/admin/access-user-grants/{address}"), &body);
    let held = |body: Value| -> Vec<(String, bool, u64)> {
        let reply = grant(body);
        assert_eq!(reply.status, 200, "{}", reply.text);
        assert_eq!(reply.body["user"]["email"], address.as_str());
        let bindings = reply.body["bindings"].as_array().unwrap().iter();
        let mut held: Vec<_> = bindings
            .map(|row| {
                assert_eq!(row["principalId"], address.as_str());
                let policy = row["policyId"].as_str().unwrap().to_owned();
                (policy, row["enabled"] == true, row["priority"].as_u64().unwrap())
            })
            .collect();
        held.sort();
        held
    };
    let row = |policy: &str, on: bool, priority| (policy.to_owned(), on, priority);
    let both = held(json!({"policyIds": [second, first], "tenantId": "acme"}));
    assert_eq!(both, [row(&first, true, 100), row(&second, true, 100)]);
    let binding = json!({"policyId": second, "principalType": "user", "principalId": address,
        "priority": 7});
    assert_eq!(t.put("/v1/admin/policy-bindings", &binding).status, 200);
    let one = held(json!({"policyIds": [second]}));
    assert_eq!(one, [row(&first, false, 100), row(&second, true, 7)]);
    assert_eq!(held(json!({})), [row(&first, false, 100), row(&second, false, 7)]);
    let ghost = t.unique("ghost");
    let unknown = grant(json!({"policyIds": [ghost]}));
    assert_eq!((unknown.status, unknown.code()), (404, "unknown_policy"));
    for bad in [json!(["a-b"]), json!(first)] {
        let reply = grant(json!({"policyIds": bad}));
        assert_eq!((reply.status, reply.code()), (400, "invalid_access_user"), "{bad}");
    }
    grant(json!({"enabled": false}));
}

pub(crate) fn a_binding_put_resets_what_it_leaves_out(t: &Target) {
    let (policy, group) = (policy(t), t.unique("group"));
    let put = |more: Value| {
        let mut body = json!({"policyId": policy, "principalType": "group", "principalId": group});
        body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        t.put("/v1/admin/policy-bindings", &body)
    };
    let bound = |on: bool, priority: u64| {
        json!({"policyId": policy, "principalType": "group", "principalId": group, "enabled": on,
            "priority": priority})
    };
    let loud = format!(" {} ", group.to_uppercase());
    assert_eq!(put(json!({"principalId": loud, "priority": 5})).body, bound(true, 5));
    assert_eq!(put(json!({})).body, bound(true, 100));
    for (member, bad) in [
        ("principalType", json!("team")),
        ("principalType", json!("user")),
        ("principalId", json!(" ")),
        ("principalId", json!(5)),
        ("policyId", json!(5)),
        ("policyId", json!("a-b")),
        ("priority", json!(-1)),
        ("priority", json!(1.5)),
        ("enabled", json!(1)),
    ] {
        let reply = put(json!({ member: bad }));
        assert_eq!((reply.status, reply.code()), (400, "invalid_policy_binding"), "{member} {bad}");
    }
    let unknown = put(json!({"policyId": t.unique("ghost")}));
    assert_eq!((unknown.status, unknown.code()), (404, "unknown_policy"));
    assert_eq!(put(json!({"enabled": false})).body, bound(false, 100));
    assert!(rows(t, "policy-bindings", "bindings").contains(&bound(false, 100)));
}

#[expect(clippy::print_stderr, reason = "what is not checked has to be said")]
fn may_write_rules(t: &Target) -> bool {
    let users = rows(t, "access-users", "users");
    let known = users.iter().any(|user| user["email"] == "admin@local");
    if known {
        eprintln!(
            "this router's console has an administrator, whom a rule would lock out: skipped"
        );
    }
    !known
}

pub(crate) fn a_rule_put_resets_what_it_leaves_out(t: &Target) {
    if !may_write_rules(t) {
        return;
    }
    let (id, policy, domain) = (t.unique("rule"), policy(t), format!("{}.example", t.unique("d")));
    let put = |body: Value| t.put(&format!("/v1/admin/assignment-rules/{id}"), &body);
    let all = json!({"kind": "email_domain", "subject": domain.to_uppercase(), "groups": ["Eng"],
        "policyIds": [policy, policy], "priority": 7, "revokeOnLoss": false, "provenance": " hand ",
        "enabled": false});
    let made = put(all).body;
    let facts = |rule: &Value, expected: Value| {
        for (name, value) in expected.as_object().unwrap() {
            assert_eq!(&rule[name], value, "{name} of {rule}");
        }
    };
    facts(
        &made,
        json!({"ruleId": id, "version": 1, "enabled": false, "kind": "email_domain",
        "subject": domain, "groups": ["eng"], "policyIds": [policy], "priority": 7,
        "revokeOnLoss": false, "provenance": "hand",
        "generatedGroup": format!("assignment.{id}")}),
    );
    let again = put(json!({"subject": "nobody@nowhere.example"})).body;
    facts(
        &again,
        json!({"enabled": true, "kind": "exact_email", "groups": [], "policyIds": [],
        "priority": 100, "revokeOnLoss": true, "provenance": "cloudflare_access",
        "createdAt": made["createdAt"]}),
    );
    for (member, bad) in [
        ("subject", json!(" ")),
        ("kind", json!("ldap")),
        ("groups", json!("g")),
        ("policyIds", json!([1])),
        ("priority", json!(1.5)),
        ("enabled", json!("no")),
        ("revokeOnLoss", json!(null)),
        ("provenance", json!("")),
    ] {
        let mut body = json!({"subject": "x@y"});
        body[member] = bad;
        let reply = put(body.clone());
        assert_eq!((reply.status, reply.code()), (400, "invalid_assignment_rule"), "{body}");
    }
    let ghost = put(json!({"subject": "x@y", "policyIds": [t.unique("ghost")]}));
    assert_eq!((ghost.status, ghost.code()), (404, "unknown_policy"));
    let bad_id = t.put("/v1/admin/assignment-rules/bad-id", &json!({"subject": "x@y"}));
    assert_eq!((bad_id.status, bad_id.code()), (400, "invalid_assignment_rule"));
    put(json!({"subject": "nobody@nowhere.example", "enabled": false}));
    let listed = rows(t, "assignment-rules", "rules");
    assert!(listed.iter().any(|rule| rule["ruleId"] == id.as_str() && rule["enabled"] == false));
}

pub(crate) fn rules_give_and_take_by_what_is_known(t: &Target) {
    if !may_write_rules(t) {
        return;
    }
    let (policy, domain) = (policy(t), format!("{}.example", t.unique("d")));
    let address = format!("ada@{domain}");
    let (by_domain, by_org) = (t.unique("domain"), t.unique("org"));
    let (eng, core, org) = (t.unique("eng"), t.unique("core"), t.unique("github"));
    t.put(&format!("/v1/admin/access-users/{address}"), &json!({"groups": ["manual"]}));
    let put = |id: &str, body: Value| {
        let reply = t.put(&format!("/v1/admin/assignment-rules/{id}"), &body);
        assert_eq!(reply.status, 200, "{body}: {}", reply.text);
    };
    let reconciled = |evidence: Option<Value>| {
        let mut body = json!({ "email": address });
        if let Some(orgs) = evidence {
            body["evidence"] = json!({"source": "github", "verified": true, "githubOrgs": orgs});
        }
        let path = "/v1/admin/assignment-rules/reconcile";
        let reply = t.call("POST", path, As::Admin, &[], &body.to_string());
        assert_eq!(reply.status, 200, "{}", reply.text);
        reply.body["results"].clone()
    };
    // Rules of other runs may be there; of these two only what is theirs is looked at.
    let own = |results: &Value| {
        let only = |member: &str| -> Vec<String> {
            let ids = results[0][member].as_array().unwrap().iter();
            let ids = ids.map(|id| id.as_str().unwrap().to_owned());
            ids.filter(|id| [&by_domain, &by_org].contains(&id)).collect()
        };
        (only("matchedRuleIds"), only("retainedRuleIds"))
    };
    let groups = || -> Vec<String> {
        let users = rows(t, "access-users", "users");
        let user = users.iter().find(|user| user["email"] == address.as_str()).unwrap();
        serde_json::from_value(user["groups"].clone()).unwrap()
    };
    let sorted = |names: &[&str]| {
        let mut names: Vec<_> = names.iter().map(|name| name.to_lowercase()).collect();
        names.sort();
        names
    };
    let domain_rule = json!({"kind": "email_domain", "subject": domain, "groups": [eng],
        "policyIds": [policy]});
    put(&by_domain, domain_rule);
    let generated = format!("assignment.{by_domain}");
    assert_eq!(groups(), sorted(&["manual", &eng, &generated]), "a write reaches every user");
    let bound = rows(t, "policy-bindings", "bindings")
        .into_iter()
        .find(|row| row["principalId"] == generated.as_str() && row["policyId"] == policy.as_str());
    assert_eq!(bound.unwrap()["enabled"], true);
    let org_rule = |enabled: bool| json!({"kind": "github_org", "subject": org, "groups": [core], "enabled": enabled});
    put(&by_org, org_rule(true));
    let (domain_only, org_too) = (vec![by_domain.clone()], vec![by_domain.clone(), by_org.clone()]);
    assert_eq!(own(&reconciled(None)), (domain_only.clone(), vec![]));
    let mut matched = own(&reconciled(Some(json!([org.to_uppercase()])))).0;
    matched.sort();
    let mut expected = org_too;
    expected.sort();
    assert_eq!(matched, expected);
    assert_eq!(groups(), sorted(&["manual", &eng, &generated, &core]));
    assert_eq!(own(&reconciled(None)), (domain_only.clone(), vec![by_org.clone()]));
    assert_eq!(own(&reconciled(Some(json!([])))), (domain_only, vec![]));
    assert_eq!(groups(), sorted(&["manual", &eng, &generated]));
    put(&by_org, org_rule(false));
    put(&by_domain, json!({"kind": "email_domain", "subject": domain, "enabled": false}));
    assert_eq!(groups(), ["manual"]);
    let bound = rows(t, "policy-bindings", "bindings")
        .into_iter()
        .find(|row| row["principalId"] == generated.as_str() && row["policyId"] == policy.as_str());
    assert_eq!(bound.unwrap()["enabled"], false);
    t.put(&format!("/v1/admin/access-users/{address}"), &json!({"enabled": false}));
}

pub(crate) fn a_reconciliation_takes_what_it_may_and_no_more(t: &Target) {
    let post =
        |body: &str| t.call("POST", "/v1/admin/assignment-rules/reconcile", As::Admin, &[], body);
    let unknown = post(&json!({"email": email(t, "ghost")}).to_string());
    assert_eq!((unknown.status, &unknown.body), (200, &json!({"results": []})));
    for body in [
        "{}",
        r#"{"all":true,"email":"a@b"}"#,
        r#"{"all":"yes"}"#,
        r#"{"email":5}"#,
        r#"{"email":"nobody"}"#,
        r#"{"all":true,"evidence":{"source":"github","verified":true}}"#,
        "[]",
    ] {
        let reply = post(body);
        assert_eq!((reply.status, reply.code()), (400, "invalid_assignment_reconcile"), "{body}");
    }
    for evidence in [
        r#"{"source":"github","verified":false}"#,
        r#"{"source":"gitlab","verified":true}"#,
        r#"{"source":"github","verified":true,"githubOrgs":"x"}"#,
        r#""github""#,
    ] {
        let reply = post(&format!(r#"{{"email":"ghost@x","evidence":{evidence}}}"#));
        let said = (reply.status, reply.code().to_owned());
        assert_eq!(said, (400, "invalid_assignment_evidence".to_owned()), "{evidence}");
    }
    let empty = post("");
    assert_eq!((empty.status, empty.code()), (400, "invalid_json"));
}
