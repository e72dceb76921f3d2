use proptest::prelude::*;

use super::*;
use clawctl_wire::binding::{Binding, BindingKey};
use clawctl_wire::connection::Connection;
use clawctl_wire::fusion::FusionConfig;
use clawctl_wire::model::ModelPattern;
use clawctl_wire::money::Micros;
use clawctl_wire::policy::{Policy, ProviderScope, default_grant_routing};
use clawctl_wire::rule::{Rule, RuleKind};
use clawctl_wire::user::AccessUser;

/// What the table says of one thing makes the same of another one, and names what is written.
fn check<R: Resource>(wanted: &R, start: &R) {
    let mut edit = R::Edit::default();
    for member in R::MEMBERS {
        if let Some(value) = (member.get)(wanted) {
            (member.set)(&mut edit, &value);
        }
    }
    let made = R::apply(&edit, start);
    assert_eq!(made.sent(Offers::ALL), wanted.sent(Offers::ALL));
    assert!(made.is_like(wanted));
    let body = wanted.sent(Offers::ALL);
    for member in R::MEMBERS.iter().filter(|it| !it.wire.is_empty()) {
        assert!(body.get(member.wire).is_some(), "{} {}", R::KIND.noun, member.wire);
    }
}

fn some_text() -> impl Strategy<Value = String> {
    "[a-z]{1,6}"
}

proptest! {
    #[test]
    fn a_table_reads_what_it_says(
        (yes, no, number) in (any::<bool>(), any::<bool>(), 0..1_000_000_u64),
        amounts in proptest::collection::vec(proptest::option::of(0..1_000_000_u64), 2),
        (one, two) in (some_text(), some_text()),
        names in proptest::collection::btree_set(some_text(), 1..3),
    ) {
        let names: Vec<_> = names.into_iter().collect();
        let scope = ProviderScope::Only(names.iter().cloned().collect());
        let plain = Policy::with_defaults("it", &ProviderScope::All);
        let mut routing = default_grant_routing();
        routing["failover"] = no.into();
        routing["staleAfterSeconds"] = (30 + number % 600).into();
        routing["eligibleGrants"] = serde_json::json!({ "openai": names });
        let policy = Policy {
            enabled: yes,
            monthly_budget_micros: amounts[0].map(Micros),
            request_cost_micros: amounts[1].map(Micros),
            tenant_id: one.clone(),
            token_role: two.clone(),
            retain_request_content: no,
            grant_routing: routing,
            models: yes.then(|| vec![ModelPattern::parse(&one).unwrap()]),
            ..Policy::with_defaults("it", &scope)
        };
        check(&policy, &plain);
        check(&plain, &policy);
        let read = serde_json::json!({ "providerId": "it", "enabled": true, "label": null });
        let plain: Connection = serde_json::from_value(read).unwrap();
        let label = no.then(|| two.clone());
        let budget = Some(amounts[0].map(Micros));
        let there = Connection { enabled: yes, label, monthly_budget_micros: budget, ..plain.clone() };
        check(&there, &plain);
        check(&plain, &there);
        let plain = AccessUser::with_defaults("a@b");
        let user = AccessUser {
            enabled: yes,
            tenant_id: one.clone(),
            groups: names.clone(),
            content_retention_disabled: no,
            ..plain.clone()
        };
        check(&user, &plain);
        check(&plain, &user);
        let plain = Binding::with_defaults(&BindingKey::of_group(&one, &two).unwrap());
        let binding = Binding { enabled: yes, priority: number, ..plain.clone() };
        check(&binding, &plain);
        check(&plain, &binding);
        let plain = Rule::with_defaults("it", RuleKind::ExactEmail, "a@b");
        let rule = Rule {
            enabled: yes,
            kind: RuleKind::GithubOrg,
            subject: one.clone(),
            groups: names.clone(),
            policy_ids: names.clone(),
            priority: number,
            revoke_on_loss: no,
            provenance: two.clone(),
            ..plain.clone()
        };
        check(&rule, &plain);
        check(&plain, &rule);
        let plain = FusionConfig::default();
        let config = FusionConfig {
            enabled: yes,
            adviser_models: names,
            aggregator_model: one,
            max_output_tokens: number,
            temperature: 1.5,
            ..plain.clone()
        };
        check(&config, &plain);
        check(&plain, &config);
    }
}
