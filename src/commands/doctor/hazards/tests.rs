use std::cell::RefCell;

use serde_json::{Value, json};

use super::*;
use clawctl_wire::credential::Credential;

/// The rows of a router, built piece by piece as it would send them.
#[derive(Default)]
struct Rows {
    policies: RefCell<Vec<Policy>>,
    credentials: RefCell<Vec<Credential>>,
    connections: RefCell<Vec<Connection>>,
    readiness: RefCell<Vec<Readiness>>,
    grants: RefCell<Vec<Grant>>,
    usage: RefCell<Option<AdminUsage>>,
}

const NOW: &str = "2026-11-20T19:00:00Z";

fn with(mut base: Value, more: Value) -> Value {
    let (Some(base_members), Value::Object(more)) = (base.as_object_mut(), more) else {
        panic!("objects are needed")
    };
    base_members.extend(more);
    base
}

impl Rows {
    fn policy(self, id: &str, more: Value) -> Self {
        let base = Policy::with_defaults(id, &ProviderScope::Only(["openai".to_owned()].into()));
        let base = with(serde_json::to_value(base).unwrap(), json!({"monthlyBudgetMicros": 50}));
        self.policies.borrow_mut().push(serde_json::from_value(with(base, more)).unwrap());
        self
    }

    fn key(self, id: &str, policy: &str, more: Value) -> Self {
        let base = json!({
            "credentialId": id, "policyId": policy, "enabled": true, "policyEnabled": true,
            "generationMatches": true, "active": true, "principalId": null,
        });
        self.credentials.borrow_mut().push(serde_json::from_value(with(base, more)).unwrap());
        self
    }

    fn grant(self, name: &str, more: Value) -> Self {
        let base = json!({
            "key": format!("oauth/team/{name}"), "scope": "policies", "scopeId": "team",
            "tokenRef": name, "enabled": true, "kind": "oauth", "provider": "openai",
            "label": null, "tokenType": "Bearer", "expiresAt": null, "accountId": null,
            "subscription": null, "createdAt": "", "updatedAt": "", "revokedAt": null,
            "hasCredential": false, "hasAccessToken": true, "hasRefreshToken": false,
            "refreshConfigured": false, "refreshTokenUrl": null, "clientIdConfig": null,
            "clientSecretConfig": null, "usable": true, "priority": 100, "weight": 1,
            "lastSelectedAt": null, "quotaStatus": "unknown", "quotaObservedAt": null,
            "cooldownUntil": null, "quotaSource": null, "lastProviderSignal": null,
        });
        self.grants.borrow_mut().push(serde_json::from_value(with(base, more)).unwrap());
        self
    }

    fn connection(self, id: &str, more: Value) -> Self {
        let base = json!({"providerId": id, "enabled": true, "label": null});
        self.connections.borrow_mut().push(serde_json::from_value(with(base, more)).unwrap());
        self
    }

    fn provider(self, id: &str, more: Value) -> Self {
        let base = json!({
            "id": id, "displayName": id, "class": "openai_compatible", "serviceKind": "model_provider",
            "requiredConfig": [], "optionalConfig": [], "missingConfig": [], "configPresent": true,
            "connectionEnabled": true, "oauthGrantRequired": false, "oauthGrantCount": 0,
            "upstreamGrantCount": 0, "openaiCompatible": true, "manifestRoutes": 1,
            "executableEndpoints": [], "modelCount": 1, "executable": true, "verified": false,
            "lastCheckedAt": null, "latencyMs": null, "status": "unverified", "reasons": [],
        });
        self.readiness.borrow_mut().push(serde_json::from_value(with(base, more)).unwrap());
        self
    }

    /// The state of every policy's budget.
    fn usage(self, budgets: &[(&str, Value)]) -> Self {
        let rows: Vec<Value> = budgets
            .iter()
            .map(|(id, budget)| {
                let policies = self.policies.borrow();
                let policy = policies.iter().find(|p| p.policy_id == *id).unwrap();
                let row = serde_json::to_value(policy).unwrap();
                with(row, json!({"kid": id, "budget": budget}))
            })
            .collect();
        let usage = json!({"policies": rows, "keys": [], "usage": {}});
        *self.usage.borrow_mut() = Some(serde_json::from_value(usage).unwrap());
        self
    }

    fn find(&self) -> Vec<Finding> {
        let (policies, credentials) = (self.policies.borrow(), self.credentials.borrow());
        let mut keys = Keys::new(&policies, NOW.parse().unwrap());
        credentials.iter().for_each(|key| keys.add(key));
        keys.has_successors();
        credentials.iter().for_each(|key| keys.add_again(key));
        find(&State {
            policies: &policies,
            keys: &keys,
            connections: &self.connections.borrow(),
            readiness: &self.readiness.borrow(),
            grants: &self.grants.borrow(),
            usage: self.usage.borrow().as_ref(),
            now: NOW.parse().unwrap(),
        })
    }

    /// Exactly one finding, of this kind, about these.
    #[track_caller]
    fn expect(&self, check: &str, level: Level, subjects: &[&str]) {
        let found = self.find();
        let shown: Vec<_> = found.iter().map(|f| (f.check, f.level, &f.subjects)).collect();
        assert_eq!(found.len(), 1, "{shown:?}");
        assert_eq!((found[0].check, found[0].level), (check, level), "{shown:?}");
        assert_eq!(found[0].subjects, subjects);
        assert!(found[0].why.is_some() && found[0].remedy.is_some(), "{check} says too little");
    }
}

/// One policy, one key and one provider without any hazard.
fn sound() -> Rows {
    Rows::default()
        .policy("team", json!({}))
        .key("alice", "team", json!({}))
        .provider("openai", json!({}))
}

fn counted(spent: u64, limit: u64) -> Value {
    json!({
        "configured": true, "ledger": "durable_object", "windowKey": "w", "limitMicros": limit,
        "spentMicros": spent, "remainingMicros": limit.saturating_sub(spent),
    })
}

#[test]
fn a_sound_state_has_no_hazards() {
    assert_eq!(sound().usage(&[("team", counted(39, 50))]).find(), []);
}

#[test]
fn keys_that_can_never_work() {
    sound().key("abc", "team", json!({})).expect("key.id", Level::Problem, &["abc"]);
    assert_eq!(sound().key("abc", "team", json!({"enabled": false})).find(), []);
    sound().key("bobby", "gone", json!({})).expect(
        "key.policy_missing",
        Level::Problem,
        &["bobby"],
    );
    let stale = json!({"generationMatches": false});
    sound().key("carol", "team", stale).expect("key.stale", Level::Problem, &["carol"]);
}

#[test]
fn policies_that_cost_more_than_was_meant() {
    let unlimited = json!({"monthlyBudgetMicros": null});
    sound().policy("free", unlimited.clone()).expect("policy.no_budget", Level::Warning, &["free"]);
    let off = with(unlimited, json!({"enabled": false}));
    assert_eq!(sound().policy("off", off).find(), []);
    let all = json!({"providers": []});
    sound().policy("ops", all).expect("policy.all_providers", Level::Warning, &["ops"]);
}

#[test]
fn disabled_policies_with_enabled_keys() {
    let rows = sound().policy("old", json!({"enabled": false}));
    assert_eq!(rows.find(), []);
    rows.key("dora", "old", json!({})).expect(
        "policy.disabled_with_keys",
        Level::Warning,
        &["old"],
    );
}

#[test]
fn keys_that_time_went_over() {
    let expired = json!({"expiresAt": "2026-11-20T18:59:59Z"});
    sound().key("eve_1", "team", expired).expect("key.expired", Level::Info, &["eve_1"]);
    let ends = |made: &str, end: &str| {
        sound().key("eve_2", "team", json!({"createdAt": made, "expiresAt": end}))
    };
    let soon = ends("2026-11-01T00:00:00Z", "2026-11-27T19:00:00Z");
    soon.expect("key.expires_soon", Level::Warning, &["eve_2"]);
    assert_eq!(ends("2026-11-01T00:00:00Z", "2026-11-27T19:00:01Z").find(), []);
    assert_eq!(ends("2026-11-20T00:00:00Z", "2026-11-21T00:00:00Z").find(), [], "made for a day");
    let idle = json!({"createdAt": "2026-10-01T00:00:00Z"});
    sound().key("idle", "team", idle.clone()).expect("key.never_used", Level::Info, &["idle"]);
    let used = with(idle, json!({"lastUsedAt": "2026-10-02T00:00:00Z"}));
    assert_eq!(sound().key("used", "team", used).find(), []);
    let young = json!({"createdAt": "2026-11-19T00:00:00Z"});
    assert_eq!(sound().key("young", "team", young).find(), []);
}

#[test]
fn budgets_that_run_out() {
    let high = sound().usage(&[("team", counted(40, 50))]);
    high.expect("budget.high", Level::Warning, &["team 80 %"]);
    let spent = sound().usage(&[("team", counted(50, 50))]);
    spent.expect("budget.exhausted", Level::Warning, &["team"]);
    let zero = sound().usage(&[("team", counted(0, 0))]);
    assert_eq!(zero.find(), []);
    let mut lost = counted(0, 50);
    lost["ledger"] = "unavailable".into();
    lost["spentMicros"] = Value::Null;
    sound().usage(&[("team", lost)]).expect("budget.unavailable", Level::Problem, &["team"]);
    let provider = json!({"monthlyBudgetMicros": 100, "spentMicros": 99, "remainingMicros": 1});
    sound().connection("openai", provider).expect(
        "budget.high",
        Level::Warning,
        &["provider openai 99 %"],
    );
}

#[test]
fn each_principal_has_a_budget_of_its_own() {
    let mut budget = counted(90, 50);
    budget["ledger"] = "per_principal".into();
    budget["breakdown"] = json!([
        with(counted(45, 50), json!({"principal": "a@x.example"})),
        with(counted(10, 50), json!({"principal": "b@x.example"})),
    ]);
    let rows = sound().usage(&[("team", budget)]);
    rows.expect("budget.high", Level::Warning, &["team (a@x.example) 90 %"]);
}

#[test]
fn providers_that_are_granted_in_vain() {
    let grant = json!({"providers": ["openai", "xai"]});
    let missing = json!({
        "executable": false, "status": "missing_config", "missingConfig": ["XAI_API_KEY"],
        "reasons": ["XAI_API_KEY is missing."],
    });
    let rows = sound().policy("more", grant.clone()).provider("xai", missing);
    rows.expect("provider.not_ready", Level::Warning, &["more"]);
    assert!(rows.find()[0].remedy.as_ref().unwrap().contains("XAI_API_KEY"));
    let off = json!({"executable": false, "status": "disabled"});
    let rows = sound().policy("more", grant.clone()).provider("xai", off);
    assert_eq!(rows.find()[0].remedy.as_deref(), Some("clawctl provider enable xai"));
    let unknown = sound().policy("more", grant).find();
    assert!(unknown[0].what.contains("does not know"), "{}", unknown[0].what);
}

#[test]
fn budgets_that_share_a_ledger() {
    let tenant = json!({"tenantId": "provider"});
    let budget = json!({"monthlyBudgetMicros": 100, "spentMicros": 0, "remainingMicros": 100});
    let rows = sound().policy("openai", tenant.clone()).connection("openai", budget);
    rows.expect("budget.shared_ledger", Level::Problem, &["policy openai", "provider openai"]);
    assert_eq!(sound().policy("openai", tenant).connection("openai", json!({})).find(), []);
    // A tenant's name may have a slash, and then reads like another tenant with its policy.
    let rows = sound()
        .policy("b", json!({"tenantId": "a", "budgetScope": "principal"}))
        .key("cccc", "b", json!({}))
        .policy("cccc", json!({"tenantId": "a/b"}));
    rows.expect("budget.shared_ledger", Level::Problem, &["policy b", "policy cccc"]);
}

#[test]
fn the_worst_comes_first() {
    let rows = sound()
        .key("old_1", "team", json!({"expiresAt": "2020-01-01T00:00:00Z"}))
        .policy("free", json!({"monthlyBudgetMicros": null}))
        .key("abc", "team", json!({}));
    let levels: Vec<_> = rows.find().iter().map(|finding| finding.level).collect();
    assert_eq!(levels, [Level::Problem, Level::Warning, Level::Info]);
}

#[test]
fn grants_that_can_no_longer_be_used_are_named() {
    let (over, later) = ("2026-11-20T18:59:59Z", "2026-11-20T19:00:01Z");
    let rows = Rows::default()
        .grant("fine", json!({ "expiresAt": later }))
        .grant("renewed", json!({ "expiresAt": over }))
        .grant("over", json!({ "expiresAt": over, "usable": false }))
        .grant("bare", json!({ "usable": false }))
        .grant("off", json!({ "enabled": false, "usable": false }));
    let found: Vec<_> = rows.find().into_iter().map(|f| (f.check, f.subjects.join(" "))).collect();
    let named = [("grant.expired", "policies/team/over"), ("grant.unusable", "policies/team/bare")];
    assert_eq!(found, named.map(|(check, about)| (check, about.to_owned())));
}

#[test]
fn keys_that_had_their_time() {
    let beside = |successor: &str, more: Value| {
        sound().key("bobby", "team", json!({})).key(successor, "team", more)
    };
    beside("bobby_20261101T0000", json!({})).expect("key.superseded", Level::Warning, &["bobby"]);
    // The overlap is young, or nothing has taken the place.
    assert_eq!(beside("bobby_20261120T1000", json!({})).find(), []);
    assert_eq!(
        beside("bobby_20261101T0000", json!({"enabled": false, "active": false})).find(),
        []
    );
    let lease = |id: &str| sound().key(id, "team", json!({}));
    let over = "ci_abcdef_until_20261120T185959";
    lease(over).expect("key.lease_over", Level::Warning, &[over]);
    assert_eq!(lease("ci_abcdef_until_20261120T190001").find(), []);
}
