use std::path::PathBuf;

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::plan::action::{Operation, Turn, Verb};
use crate::plan::export::export;
use crate::plan::lock::{Lock, State};
use crate::plan::manifest::{Source, document, without_unknown_words};
use crate::resource::Offers;
use clawctl_wire::connection::Connection;
use clawctl_wire::credential::Credential;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::health::Extension;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::{MICROS_MAX, Micros};
use clawctl_wire::policy::{BudgetScope, Policy, ProviderScope};

const PROVIDERS: [&str; 4] = ["anthropic", "openai", "xai", "local-openai"];

fn manifest(text: &str) -> Manifest {
    let source =
        Source { name: "m.yaml".into(), folder: PathBuf::from("/m"), text: text.to_owned() };
    Manifest::read(&[source], &|_| None).unwrap_or_else(|e| panic!("{text}\n{:?}", e.problems))
}

fn connection(id: &str) -> Connection {
    serde_json::from_value(json!({"providerId": id, "enabled": true, "label": null})).unwrap()
}

fn live() -> Live {
    let mut offers = Offers::ALL.without(Extension::PolicyEnvironmentFallback);
    offers.retains = true;
    Live {
        providers: PROVIDERS.iter().map(|id| connection(id)).collect(),
        fusion: Some(FusionConfig::default()),
        offers,
        ..Live::default()
    }
}

fn policy(id: &str, budget: Option<u64>) -> Policy {
    let scope = ProviderScope::Only(["openai".to_owned()].into());
    Policy { monthly_budget_micros: budget.map(Micros), ..Policy::with_defaults(id, &scope) }
}

fn key(id: &str, policy: &str, enabled: bool) -> Credential {
    serde_json::from_value(json!({"credentialId": id, "policyId": policy, "enabled": enabled,
        "policyEnabled": true, "generationMatches": true, "active": enabled, "principalId": null}))
    .unwrap()
}

fn with(policies: &[Policy], keys: &[Credential]) -> Live {
    let policies = policies.iter().map(|it| (it.policy_id.clone(), it.clone())).collect();
    let mut live = Live { policies, ..live() };
    keys.iter().for_each(|key| live.add_key(key.clone(), true));
    live
}

fn known() -> Known<'static> {
    Known { terminal: true, ..Known::default() }
}

/// Verb, thing and words of effect of every action.
fn told(plan: &Plan) -> Vec<String> {
    let action = |action: &Action| {
        let words: Vec<_> = action.change.effects.iter().map(|effect| effect.kind.word()).collect();
        format!("{} {} {}", action.verb().as_str(), action.thing(), words.join(","))
    };
    plan.actions.iter().map(|it| action(it).trim_end().to_owned()).collect()
}

fn problems(text: &str, live: &Live, known: &Known<'_>) -> Vec<String> {
    let found = diff(&manifest(text), live, known).unwrap_err();
    let shown = |p: &Problem| format!("{}:{} {}", p.place.line, p.place.column, p.message);
    found.iter().map(shown).collect()
}

#[test]
fn what_is_not_named_is_left_alone() {
    let there = Policy { enabled: false, ..policy("team", Some(5)) };
    let live = with(&[there], &[key("alice", "team", false)]);
    let text =
        "version: 1\npolicies: { team: { tenant: default } }\nkeys: { alice: { policy: team } }\n";
    let plan = diff(&manifest(text), &live, &known()).unwrap();
    assert!(plan.actions.is_empty(), "{:?}", told(&plan));
    assert_eq!(plan.unchanged, 2);
}

/// A router takes words that this version does not know; what it exports can be read all the same.
#[test]
fn a_word_of_a_newer_router_is_left_out_of_an_export() {
    let mut team = policy("team", Some(5));
    team.grant_routing["strategy"] = json!("astrology");
    team.grant_routing["failover"] = json!(false);
    let mut live = with(&[team], &[]);
    let grant = json!({
        "key": "oauth/policies/team/main", "scope": "policies", "scopeId": "team",
        "tokenRef": "main", "provider": "openai", "kind": "weird", "enabled": false,
        "tokenType": "Bearer", "createdAt": "", "updatedAt": "", "hasCredential": true,
        "hasAccessToken": false, "hasRefreshToken": false, "refreshConfigured": false,
        "usable": false, "priority": 100, "weight": 1, "quotaStatus": "unknown",
    });
    live.grants.insert("policies/team/main".to_owned(), serde_json::from_value(grant).unwrap());
    let (sections, left_out) = without_unknown_words(export(&live));
    let text = document(&sections);
    let plan = diff(&manifest(&text), &live, &known()).unwrap();
    assert!(plan.actions.is_empty(), "{text}\n{:?}", told(&plan));
    assert_eq!(left_out, ["policy team: `strategy: astrology`"]);
    // A kind of grant is a word of the operator's, so any is kept.
    assert!(text.contains("weird"), "{text}");
}

#[test]
fn a_switch_that_somebody_turned_is_a_difference() {
    let off = Connection { enabled: false, ..connection("openai") };
    let there = Policy { enabled: false, ..policy("team", Some(5)) };
    let stale = Credential { generation_matches: false, ..key("stale", "team", true) };
    let mut live = with(&[there], &[key("alice", "team", false), stale]);
    live.providers = vec![off];
    let text = "version: 1
policies: { team: { enabled: true } }
keys: { alice: { policy: team, enabled: true }, stale: { policy: team } }
providers: { openai: { enabled: true } }
";
    let plan = diff(&manifest(text), &live, &known()).unwrap();
    let things: Vec<_> = plan.actions.iter().map(|it| it.thing().to_string()).collect();
    for thing in ["policy/team", "key/alice", "provider/openai"] {
        assert!(things.iter().any(|found| found == thing), "{thing}: {things:?}");
    }
    assert_eq!(things.len(), 3);
    assert!(plan.notes.iter().any(|note| note.starts_with("key stale is of an earlier")));
}

#[test]
fn effects_are_told_and_what_closes_comes_first() {
    let keys: Vec<_> = (0..14).map(|n| key(&format!("key_{n}"), "off", true)).collect();
    let live = with(&[policy("off", Some(5)), policy("team", Some(5))], &keys);
    let text = "version: 1
policies:
  new: { providers: [xai], budget: $1 }
  off: { enabled: false }
  team: { budget: none, tenant: acme, providers: all }
keys: { key_1: { policy: new } }
providers: { xai: { enabled: false } }
";
    let plan = diff(&manifest(text), &live, &known()).unwrap();
    assert_eq!(
        told(&plan),
        [
            "change provider/xai DISABLES",
            "change policy/off DISABLES",
            "create policy/new",
            "change policy/team WIDENS,UN-METERS,MOVES LEDGER,HIDES HISTORY",
            "change key/key_1 MOVES,WIDENS,NARROWS,RAISES",
        ]
    );
    assert_eq!(plan.actions[1].change.effects[0].text, "14 keys stop working at once");
    assert!(plan.actions.is_sorted_by_key(Action::turn));
    assert_eq!(plan.actions[0].turn(), Turn::Close);
}

#[test]
fn what_cannot_be_done_is_told_with_its_place_before_anything_is() {
    let live = with(&[policy("team", Some(5))], &[]);
    let check = |text: &str, expected: &[&str]| {
        assert_eq!(problems(text, &live, &Known::default()), expected, "{text}");
    };
    check(
        "version: 1\npolicies:\n  new: { tenant: acme }\n",
        &["3:3 policy `new` is not on this router yet, so more is needed"],
    );
    check(
        "version: 1\npolicies:\n  team:\n    providers: [openai, opnai]\n",
        &["4:25 this router knows no provider `opnai`"],
    );
    check(
        "version: 1\nproviders: { opnai: {} }\n",
        &["2:14 this router knows no provider `opnai`"],
    );
    check(
        "version: 1\nkeys: { alice: { policy: teem, to: stdout } }\n",
        &["2:26 there is no policy `teem`, neither here nor on the router"],
    );
    check(
        "version: 1\nkeys:\n  alice: { policy: team }\n",
        &["3:3 key `alice` is new, and nothing says where it goes"],
    );
    check(
        "version: 1\nkeys: { bob: { policy: team, to: stdout } }\n",
        &["2:9 `bob` has 3 of the 4 characters that the id of a key needs; the router would \
           store it, and refuse every request with the key"],
    );
    check(
        "version: 1\nkeys:\n  alice: { policy: team, to: file:a }\n  bobby: { policy: team, to: file:a }\n",
        &["4:3 keys `alice` and `bobby` would both go to file:/m/a"],
    );
    check(
        "version: 1\ngrants: { policies/team/main: { provider: openai, kind: api_key } }\n",
        &["2:11 grant `policies/team/main` has no secret on this router, and none is named"],
    );
}

#[test]
fn an_issue_that_was_cut_off_is_finished() {
    let live = with(&[policy("team", Some(5))], &[key("alice", "team", false)]);
    let text = "version: 1\nkeys: { alice: { policy: team, to: file:a } }\n";
    let how = |known: &Known<'_>| {
        let plan = diff(&manifest(text), &live, known).unwrap();
        plan.actions.into_iter().next().map(|action| match action.operation {
            Operation::Deliver(issue) => issue.how,
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(how(&known()), None, "a key that somebody revoked stays so");
    let unfinished =
        |delivered| Known { unfinished: [("alice".to_owned(), delivered)].into(), ..known() };
    for delivered in [true, false] {
        let expected = crate::plan::action::Beginning::Unfinished { delivered };
        assert_eq!(how(&unfinished(delivered)), Some(expected));
    }
    let mut lock = Lock::default();
    lock.of("r").put("key", "alice", State::Making, "f".into());
    let begun = Known { made: Some(lock.of("r")), ..known() };
    assert_eq!(how(&begun), Some(crate::plan::action::Beginning::Registered));
}

#[test]
fn only_what_this_manifest_made_is_pruned() {
    let policies = [policy("mine", Some(5)), policy("kept", Some(5)), policy("theirs", Some(5))];
    let keys = [key("my_key", "mine", true), key("their_key", "theirs", true)];
    let live = with(&policies, &keys);
    let mut lock = Lock::default();
    let made = lock.of("r");
    for (noun, id, state) in [
        ("policy", "mine", State::Made),
        ("policy", "kept", State::Made),
        ("policy", "gone", State::Made),
        ("policy", "theirs", State::Not),
        ("key", "my_key", State::Made),
    ] {
        made.put(noun, id, state, "f".into());
    }
    let text = "version: 1\npolicies: { kept: {} }\n";
    let prune = |prune| {
        let known = Known { made: Some(&*made), prune, ..known() };
        diff(&manifest(text), &live, &known).unwrap()
    };
    assert!(told(&prune(false)).is_empty());
    let plan = prune(true);
    assert_eq!(told(&plan), ["disable key/my_key REVOKES", "disable policy/mine DISABLES"]);
    assert!(plan.actions.iter().all(|action| action.verb() == Verb::Disable));
}

#[test]
fn a_router_that_wants_the_hash_gets_it_or_is_not_written_to() {
    let mut live =
        with(&[policy("team", None), policy("new", None)], &[key("alice", "team", true)]);
    live.offers = live.offers.without(Extension::CredentialKeepSecret);
    let text = "version: 1\nkeys: { alice: { policy: new } }\n";
    let found = problems(text, &live, &known());
    assert!(found[0].contains("wants the hash"), "{found:?}");
    let own_hashes = [("alice".to_owned(), "ab".repeat(32))].into();
    let plan = diff(&manifest(text), &live, &Known { own_hashes, ..known() }).unwrap();
    assert_eq!(told(&plan), ["change key/alice MOVES"]);
}

prop_compose! {
    fn any_policy()(
        enabled: bool,
        providers in proptest::sample::subsequence(PROVIDERS.to_vec(), 0..=4),
        models in proptest::option::of(proptest::collection::btree_set("[a-z]{1,6}/[a-z0-9*.:-]{1,8}", 0..4)),
        budget in proptest::option::of(0..=MICROS_MAX),
        cost in proptest::option::of(0..=MICROS_MAX),
        principal: bool,
        tenant in "\\PC{1,12}",
        role in "[!-~]([ -~]{0,10}[!-~])?",
        retain: bool,
        routing in proptest::option::of((30..=86_400_u64, any::<bool>(), 0..4_usize)),
    ) -> Policy {
        let scope = match providers.is_empty() {
            true => ProviderScope::All,
            false => ProviderScope::Only(providers.iter().map(|id| (*id).to_owned()).collect()),
        };
        let mut policy = Policy::with_defaults("x", &scope);
        policy.enabled = enabled;
        // An empty list is no state that a router can be brought to.
        policy.models = models.filter(|list| !list.is_empty()).map(|list| {
            list.iter().map(|text| ModelPattern::parse(text).unwrap()).collect()
        });
        policy.monthly_budget_micros = budget.map(Micros);
        policy.request_cost_micros = cost.map(Micros);
        policy.budget_scope = if principal { BudgetScope::Principal } else { BudgetScope::Policy };
        policy.tenant_id = match tenant.trim() { "" => "default".to_owned(), text => text.to_owned() };
        policy.token_role = role;
        policy.retain_request_content = retain;
        if let Some((seconds, failover, grants)) = routing {
            policy.grant_routing["staleAfterSeconds"] = seconds.into();
            policy.grant_routing["failover"] = failover.into();
            let refs: Vec<_> = (0..grants).rev().map(|n| format!("ref {n}")).collect();
            policy.grant_routing["eligibleGrants"] = json!({"openai": refs});
        }
        policy
    }
}

prop_compose! {
    fn any_live()(
        policies in proptest::collection::btree_map("[A-Za-z0-9_]{1,8}", any_policy(), 1..6),
        keys in proptest::collection::btree_map("[A-Za-z0-9_]{1,8}", (any::<bool>(), any::<prop::sample::Index>(),
            proptest::option::of("[a-z]{1,4}@[a-z]{1,5}"), proptest::option::of("[!-~é]([ -~é]{0,12}[!-~é])?"),
            proptest::option::of(-100_000_i64..4_000_000_000)), 0..8),
        connections in proptest::collection::vec((any::<bool>(), proptest::option::of("[!-~]{1,6}"), proptest::option::of(0..=MICROS_MAX)), 4),
        fusion in proptest::option::of((1_000..=120_000_u64, 0.0..2.0_f64)),
    ) -> Live {
        let ids: Vec<_> = policies.keys().cloned().collect();
        let keys = keys.into_iter().map(|(id, (enabled, policy, principal, label, expires))| {
            let mut key = key(&id, policy.get(&ids).as_str(), enabled);
            key.principal_id = principal;
            key.label = label;
            key.expires_at = expires.map(|at| jiff::Timestamp::from_second(at).unwrap());
            (id, key)
        });
        let providers = PROVIDERS.iter().zip(connections).map(|(id, (enabled, label, budget))| Connection {
            enabled, label, monthly_budget_micros: Some(budget.map(Micros)), ..connection(id)
        });
        Live {
            keys: keys.collect(),
            providers: providers.collect(),
            policies: policies.into_iter().map(|(id, policy)| (id.clone(), Policy { policy_id: id, ..policy })).collect(),
            fusion: Some(fusion.map_or_else(FusionConfig::default, |(adviser_timeout_ms, temperature)| {
                FusionConfig { adviser_timeout_ms, temperature, ..FusionConfig::default() }
            })),
            ..live()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn what_is_exported_is_what_is_there(live in any_live()) {
        let text = document(&export(&live));
        let plan = diff(&manifest(&text), &live, &Known::default());
        let plan = plan.unwrap_or_else(|e| panic!("{text}\n{e:?}"));
        prop_assert!(plan.actions.is_empty(), "{}\n{:?}", text, told(&plan));
        prop_assert_eq!(plan.unchanged > 0, true);
    }
}
