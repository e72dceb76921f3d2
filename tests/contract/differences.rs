//! Where routers may differ: what `/v1/health` lists, and nothing else.

use clawctl_wire::key::sha256_hex;
use serde_json::{Value, json};

use super::target::{As, Target};

/// Each extension that is listed keeps its promise; one that is not listed is not there.
pub(crate) fn extensions_keep_their_promises(t: &Target) {
    policy_models(t);
    read_one(t);
    list_pages(t);
    revisions(t);
    credentials(t);
}

fn policy_models(t: &Target) {
    let path = format!("/v1/admin/policies/{}", t.unique("models"));
    let body = json!({"providers": ["openai"], "models": ["openai/gpt-5*"]});
    let reply = t.put(&path, &body).body;
    if !t.has("policy.models") {
        assert!(reply.get("models").is_none(), "dropped without a word");
        return;
    }
    assert_eq!(reply["models"], json!(["openai/gpt-5*"]));
    let kept = t.put(&path, &json!({"providers": ["openai"]})).body;
    assert_eq!(kept["models"], json!(["openai/gpt-5*"]), "a program that knows no list keeps it");
    let cleared = t.put(&path, &json!({"providers": ["openai"], "models": null})).body;
    assert!(cleared.get("models").is_none());
    for bad in [json!([]), json!("openai/*"), json!([5]), json!([""]), json!(["a b"])] {
        let reply = t.put(&path, &json!({"providers": ["openai"], "models": bad}));
        assert_eq!((reply.status, reply.code()), (400, "invalid_policy"), "{bad}");
    }
}

fn read_one(t: &Target) {
    let id = t.unique("one");
    let path = format!("/v1/admin/policies/{id}");
    t.put(&path, &json!({"providers": ["openai"]}));
    let reply = t.get(&path, As::Admin);
    if !t.has("read.one") {
        assert_eq!((reply.status, reply.code()), (405, "method_not_allowed"));
        return;
    }
    assert_eq!((reply.status, &reply.body["policyId"]), (200, &json!(id)));
    let missing = t.get(&format!("/v1/admin/policies/{}", t.unique("none")), As::Admin);
    assert_eq!((missing.status, missing.code()), (404, "unknown_policy"));
    assert_eq!(t.get(&path, As::Nobody).status, 401);
}

fn list_pages(t: &Target) {
    let ids: Vec<_> = (0..5).map(|n| t.unique(&format!("page_{n}"))).collect();
    for id in &ids {
        t.put(&format!("/v1/admin/policies/{id}"), &json!({"providers": ["openai"]}));
        let key = json!({"policyId": id, "secretSha256": sha256_hex("canary-secret")});
        t.put(&format!("/v1/admin/credentials/{id}"), &key);
        let user = format!("/v1/admin/access-users/{id}%40example.com");
        t.put(&user, &json!({"enabled": true}));
    }
    for (list, id) in [
        ("policies", "policyId"),
        ("credentials", "credentialId"),
        ("access-users", "email"),
        ("credential-hashes", "credentialId"),
    ] {
        let path = format!("/v1/admin/{list}");
        let member = list.rsplit('-').next().unwrap();
        if !t.has("list.pages") {
            let reply = t.get(&format!("{path}?after=&limit=1"), As::Admin);
            if reply.status == 200 {
                assert!(reply.body[member].as_array().unwrap().len() >= 5, "ignored");
            }
            continue;
        }
        let (mut found, mut next) = (Vec::new(), String::new());
        loop {
            let page = t.get(&format!("{path}?limit=2&after={next}"), As::Admin);
            assert_eq!(page.status, 200, "{}", page.text);
            let rows = page.body[member].as_array().unwrap();
            assert!(rows.len() <= 2, "{}", page.text);
            found.extend(rows.iter().map(|row| row[id].as_str().unwrap().to_owned()));
            let Some(after) = page.body["next"].as_str() else { break };
            assert_eq!(found.last().map(String::as_str), Some(after));
            next = after.replace('@', "%40");
        }
        assert!(found.is_sorted_by(|a, b| a < b), "each once and in order: {found:?}");
        let ours = found.iter().filter(|found| ids.iter().any(|id| found.starts_with(id)));
        assert_eq!(ours.count(), 5, "{list}: {found:?}");
        let whole = t.get(&format!("{path}?limit=1&cursor=x"), As::Admin);
        assert!(whole.body[member].as_array().unwrap().len() >= 5, "nothing is cut off unasked");
        assert!(whole.body.get("next").is_none());
        for bad in ["limit=0", "limit=1001", "limit=x", "after=", "a=b", "limit=1&limit=2"] {
            let refused = t.get(&format!("{path}?after=&{bad}"), As::Admin);
            assert_eq!((refused.status, refused.code()), (400, "invalid_page"), "{bad}");
        }
    }
}

fn revisions(t: &Target) {
    let path = format!("/v1/admin/policies/{}", t.unique("rev"));
    let budget = std::cell::Cell::new(0);
    // Every write says something new: one that changes nothing need not make a revision.
    let put = |name: &str, value: &str| {
        budget.set(budget.get() + 1);
        let body = json!({"providers": ["openai"], "monthlyBudgetMicros": budget.get()});
        t.call("PUT", &path, As::Admin, &[(name, value)], &body.to_string())
    };
    let first = put("if-none-match", "*");
    assert_eq!(first.status, 200);
    if !t.has("revision") {
        assert_eq!(first.header("etag"), "");
        assert_eq!(put("if-match", "\"nonsense\"").status, 200, "ignored");
        return;
    }
    let etag = first.header("etag").to_owned();
    assert!(etag.starts_with('"') && etag.ends_with('"'), "{etag}");
    assert_eq!(put("if-none-match", "*").code(), "revision_mismatch");
    let second = put("if-match", &etag);
    assert_eq!(second.status, 200);
    let stale = put("if-match", &etag);
    assert_eq!((stale.status, stale.code()), (412, "revision_mismatch"));
    assert_eq!(t.get(&path, As::Admin).header("etag"), second.header("etag"));
    assert_eq!(put("if-match", "*").status, 200);
}

fn credentials(t: &Target) {
    let policy = t.unique("cpol");
    t.put(&format!("/v1/admin/policies/{policy}"), &json!({"providers": ["openai"]}));
    let id = t.unique("ckey");
    let path = format!("/v1/admin/credentials/{id}");
    let hash = sha256_hex("canary-secret");
    let body = json!({"policyId": policy, "secretSha256": hash, "label": "laptop",
        "expiresAt": "2999-01-01T00:00:00Z"});
    let reply = t.put(&path, &body).body;
    if !t.has("credential.metadata") {
        assert!(reply.get("label").is_none() && reply.get("expiresAt").is_none());
        return;
    }
    assert_eq!(
        (&reply["label"], &reply["expiresAt"]),
        (&json!("laptop"), &json!("2999-01-01T00:00:00Z"))
    );
    assert!(reply["createdAt"].is_string());
    let keep = json!({"policyId": policy, "keepSecret": true, "enabled": true});
    let kept = t.put(&path, &keep);
    assert_eq!(kept.status, 200, "{}", kept.text);
    assert_eq!(kept.body["label"], "laptop", "a program that knows no label keeps it");
    let key = format!("clawrouter-live-{id}-canary-secret");
    assert_eq!(t.get("/v1/key/inspect", As::Key(&key)).status, 200, "the secret was kept");
    let over = json!({"policyId": policy, "keepSecret": true, "expiresAt": "2001-01-01T00:00:00Z"});
    assert_eq!(t.put(&path, &over).body["active"], false);
    let expired = t.get("/v1/key/inspect", As::Key(&key));
    assert_eq!((expired.status, expired.code()), (403, "proxy_key_expired"));
    let cleared = json!({"policyId": policy, "keepSecret": true, "expiresAt": null, "label": null});
    let reply = t.put(&path, &cleared).body;
    assert!(reply.get("label").is_none_or(Value::is_null));
    assert_eq!(t.get("/v1/key/inspect", As::Key(&key)).status, 200);
    let both = json!({"policyId": policy, "keepSecret": true, "secretSha256": hash});
    assert_eq!(t.put(&path, &both).code(), "invalid_credential");
    let unknown = format!("/v1/admin/credentials/{}", t.unique("none"));
    let nothing_to_keep = json!({"policyId": policy, "keepSecret": true});
    assert_eq!(t.put(&unknown, &nothing_to_keep).code(), "invalid_credential");
}
