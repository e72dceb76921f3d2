//! The same for users, their grants, bindings and rules, each with a merge rule of its own.

use std::collections::BTreeSet;

use clawctl::client::{
    BindingEdit, Client, Console, GrantsEdit, IfMissing, RuleEdit, SetEdit, UserEdit,
};
use clawctl_wire::binding::{Binding, BindingKey};
use clawctl_wire::policy::{Policy, ProviderScope};
use clawctl_wire::rule::{Rule, RuleKind};
use clawctl_wire::user::AccessUser;
use proptest::prelude::*;

use super::{Dialect, House, house, only_differs_in};

const ADA: &str = "ada@example.com";
const POLICIES: [&str; 3] = ["team_a", "team_b", "team_c"];
const GROUPS: [&str; 4] = ["devs", "night", "ops", "vip"];

async fn make_policies(client: &Client) {
    for id in POLICIES {
        let policy = Policy::with_defaults(id, &ProviderScope::All);
        let planned = client.plan_new(policy).await.unwrap();
        client.write(&planned).await.unwrap();
    }
}

fn some_of<const N: usize>(all: [&'static str; N]) -> impl Strategy<Value = BTreeSet<String>> {
    proptest::sample::subsequence(all.to_vec(), 0..=N)
        .prop_map(|names| names.into_iter().map(str::to_owned).collect())
}

fn set_edit<const N: usize>(all: [&'static str; N]) -> impl Strategy<Value = SetEdit> {
    (proptest::option::of(some_of(all)), some_of(all), some_of(all))
        .prop_map(|(only, add, remove)| SetEdit { only, add, remove })
}

/// Says everything of a user.
fn whole_user() -> impl Strategy<Value = UserEdit> {
    ("[a-z/é]{1,8}", any::<bool>(), some_of(GROUPS), any::<bool>()).prop_map(
        |(tenant, enabled, groups, exempt)| UserEdit {
            tenant: Some(tenant),
            enabled: Some(enabled),
            groups: SetEdit::only(groups),
            retention_disabled: Some(exempt),
        },
    )
}

/// Every edit that touches one field, with the name of the field on the wire.
fn user_edit() -> impl Strategy<Value = (&'static str, UserEdit)> {
    let none = UserEdit::default;
    prop_oneof![
        "[a-z]{1,8}".prop_map(move |t| ("tenantId", UserEdit { tenant: Some(t), ..none() })),
        any::<bool>().prop_map(move |b| ("enabled", UserEdit { enabled: Some(b), ..none() })),
        set_edit(GROUPS).prop_map(move |e| ("groups", UserEdit { groups: e, ..none() })),
        any::<bool>().prop_map(move |b| (
            "contentRetentionDisabled",
            UserEdit { retention_disabled: Some(b), ..none() }
        )),
        Just(("nothing", none())),
    ]
}

fn grants_edit() -> impl Strategy<Value = (&'static str, GrantsEdit)> {
    prop_oneof![
        set_edit(POLICIES)
            .prop_map(|policies| ("policyIds", GrantsEdit { policies, user: UserEdit::default() })),
        user_edit()
            .prop_map(|(named, user)| (named, GrantsEdit { policies: SetEdit::default(), user })),
    ]
}

fn binding_edit() -> impl Strategy<Value = (&'static str, BindingEdit)> {
    prop_oneof![
        any::<bool>()
            .prop_map(|b| ("enabled", BindingEdit { enabled: Some(b), ..BindingEdit::default() })),
        any::<u32>().prop_map(|n| (
            "priority",
            BindingEdit { priority: Some(n.into()), ..BindingEdit::default() }
        )),
        Just(("nothing", BindingEdit::default())),
    ]
}

prop_compose! {
    fn rule()(
        kind in proptest::sample::select(RuleKind::WORDS), subject in "[a-z@./]{1,9}",
        groups in some_of(GROUPS), policies in some_of(POLICIES), priority in any::<u32>(),
        enabled in any::<bool>(), revoke in any::<bool>(), provenance in "[a-z]{1,9}",
    ) -> Rule {
        Rule {
            groups: groups.into_iter().collect(),
            policy_ids: policies.into_iter().collect(),
            priority: priority.into(),
            enabled,
            revoke_on_loss: revoke,
            provenance,
            ..Rule::with_defaults("it", RuleKind::from(kind), &subject)
        }
    }
}

fn rule_edit() -> impl Strategy<Value = (&'static str, RuleEdit)> {
    let none = RuleEdit::default;
    prop_oneof![
        "[A-Z]{1,8}".prop_map(move |s| ("subject", RuleEdit { subject: Some(s), ..none() })),
        proptest::sample::select(RuleKind::WORDS)
            .prop_map(move |k| ("kind", RuleEdit { kind: Some(RuleKind::from(k)), ..none() })),
        set_edit(GROUPS).prop_map(move |e| ("groups", RuleEdit { groups: e, ..none() })),
        set_edit(POLICIES).prop_map(move |e| ("policyIds", RuleEdit { policies: e, ..none() })),
        any::<u32>()
            .prop_map(move |n| ("priority", RuleEdit { priority: Some(n.into()), ..none() })),
        any::<bool>()
            .prop_map(move |b| ("revokeOnLoss", RuleEdit { revoke_on_loss: Some(b), ..none() })),
        "[a-z]{1,8}".prop_map(move |w| ("provenance", RuleEdit { provenance: Some(w), ..none() })),
        any::<bool>().prop_map(move |b| ("enabled", RuleEdit { enabled: Some(b), ..none() })),
        Just(("nothing", none())),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_of_a_user_changes_what_it_names(
        start in whole_user(), (named, edit) in user_edit(), held in some_of(POLICIES),
    ) {
        let House { client, runtime, _folder } = house(Dialect::Plain);
        runtime.block_on(async {
            make_policies(&client).await;
            let start = GrantsEdit { policies: SetEdit::only(held), user: start };
            let new = client
                .plan_user_grants(ADA, &start, IfMissing::Create, Console::Guard)
                .await
                .unwrap();
            let before = client.write_user_grants(&new).await.unwrap();
            prop_assert_eq!(&before, &new.after);
            let planned =
                client.plan_put::<AccessUser>(ADA, &edit, IfMissing::Fail, Console::Guard).await.unwrap();
            client.write(&planned).await.unwrap();
            let after = client.user_grants(ADA).await.unwrap();
            prop_assert_eq!(&after.user, &edit.apply(&before.user));
            only_differs_in(named, &before.put_body(), &after.put_body())
        })?;
    }

    #[test]
    fn an_edit_of_a_users_grants_changes_what_it_names(
        start in whole_user(), held in some_of(POLICIES), priority in any::<u32>(),
        (named, edit) in grants_edit(),
    ) {
        let House { client, runtime, _folder } = house(Dialect::Plain);
        runtime.block_on(async {
            make_policies(&client).await;
            let start = GrantsEdit { policies: SetEdit::only(held), user: start };
            let new = client
                .plan_user_grants(ADA, &start, IfMissing::Create, Console::Guard)
                .await
                .unwrap();
            let before = client.write_user_grants(&new).await.unwrap();
            // A priority that somebody chose is not lost when grants are written as a whole.
            let key = BindingKey::of_user(ADA, POLICIES[0]).unwrap();
            let chosen = BindingEdit { priority: Some(priority.into()), enabled: None };
            let bound = client.plan_put::<Binding>(&key, &chosen, IfMissing::Create, Console::Guard).await.unwrap();
            let enabled = before.policy_ids.contains(POLICIES[0]);
            let bound = client.write(&bound).await.unwrap();
            let off = BindingEdit { enabled: Some(enabled), priority: None };
            let bound_as_before =
                client.plan_put::<Binding>(&key, &off, IfMissing::Fail, Console::Guard).await.unwrap();
            client.write(&bound_as_before).await.unwrap();
            let planned =
                client.plan_user_grants(ADA, &edit, IfMissing::Fail, Console::Guard).await.unwrap();
            let after = client.write_user_grants(&planned).await.unwrap();
            prop_assert_eq!(&after, &edit.apply(&before));
            only_differs_in(named, &before.put_body(), &after.put_body())?;
            prop_assert_eq!(client.one::<Binding>(&key).await.unwrap().priority, bound.priority);
            Ok(())
        })?;
    }

    #[test]
    fn an_edit_of_a_binding_changes_what_it_names(
        enabled in any::<bool>(), priority in any::<u32>(), group in any::<bool>(),
        (named, edit) in binding_edit(),
    ) {
        let House { client, runtime, _folder } = house(Dialect::Plain);
        runtime.block_on(async {
            make_policies(&client).await;
            let key = if group { BindingKey::of_group(" Devs", POLICIES[0]) }
                else { BindingKey::of_user(ADA, POLICIES[0]) };
            let key = key.unwrap();
            let start = BindingEdit { enabled: Some(enabled), priority: Some(priority.into()) };
            let new = client.plan_put::<Binding>(&key, &start, IfMissing::Create, Console::Guard).await.unwrap();
            let before = client.write(&new).await.unwrap();
            let expected =
                Binding { enabled, priority: priority.into(), ..Binding::with_defaults(&key) };
            prop_assert_eq!(&before, &expected);
            let planned = client.plan_put::<Binding>(&key, &edit, IfMissing::Fail, Console::Guard).await.unwrap();
            let after = client.write(&planned).await.unwrap();
            prop_assert_eq!(&after, &edit.apply(&before));
            only_differs_in(named, &before.put_body(), &after.put_body())
        })?;
    }

    #[test]
    fn an_edit_of_a_rule_changes_what_it_names(start in rule(), (named, edit) in rule_edit()) {
        let House { client, runtime, _folder } = house(Dialect::Plain);
        runtime.block_on(async {
            make_policies(&client).await;
            let new = client.plan_new_with(start.clone(), Console::Guard).await.unwrap();
            let before = client.write(&new).await.unwrap();
            prop_assert_eq!(before.put_body(), start.put_body());
            let planned = client.plan_put::<Rule>("it", &edit, IfMissing::Fail, Console::Guard).await.unwrap();
            let after = client.write(&planned).await.unwrap();
            prop_assert_eq!(after.put_body(), edit.apply(&before).put_body());
            only_differs_in(named, &before.put_body(), &after.put_body())
        })?;
    }
}

/// Where there is no precondition, the state is read once more before a write.
#[test]
fn a_write_on_top_of_another_is_refused() {
    let House { client, runtime, _folder } = house(Dialect::Plain);
    runtime.block_on(async {
        make_policies(&client).await;
        let changed = |e| matches!(e, clawctl::client::Error::Changed { .. });
        let exists = |e| matches!(e, clawctl::client::Error::Exists { .. });
        let tenant = |name: &str| UserEdit { tenant: Some(name.into()), ..UserEdit::default() };
        let plan = async |edit: UserEdit| {
            client
                .plan_put::<AccessUser>(ADA, &edit, IfMissing::Create, Console::Guard)
                .await
                .unwrap()
        };
        let (first, second) = (plan(tenant("a")).await, plan(tenant("b")).await);
        client.write(&first).await.unwrap();
        assert!(exists(client.write(&second).await.unwrap_err()));
        let (third, fourth) = (plan(tenant("c")).await, plan(tenant("d")).await);
        client.write(&third).await.unwrap();
        assert!(changed(client.write(&fourth).await.unwrap_err()));
        assert_eq!(client.one::<AccessUser>(ADA).await.unwrap().tenant_id, "c");

        let policies = SetEdit::only([POLICIES[0].to_owned()]);
        let edit = GrantsEdit { policies, user: UserEdit::default() };
        let grants =
            client.plan_user_grants(ADA, &edit, IfMissing::Fail, Console::Guard).await.unwrap();
        let key = BindingKey::of_user(ADA, POLICIES[1]).unwrap();
        let bind = async |priority| {
            let edit = BindingEdit { priority: Some(priority), enabled: None };
            client
                .plan_put::<Binding>(&key, &edit, IfMissing::Create, Console::Guard)
                .await
                .unwrap()
        };
        let (first, second) = (bind(1).await, bind(2).await);
        client.write(&first).await.unwrap();
        assert!(exists(client.write(&second).await.unwrap_err()));
        // The write of the whole list would have taken this grant away.
        assert!(changed(client.write_user_grants(&grants).await.unwrap_err()));
        assert!(client.one::<Binding>(&key).await.unwrap().enabled);

        let rule = |subject| Rule::with_defaults("it", RuleKind::ExactEmail, subject);
        let plan = async |subject| client.plan_new_with(rule(subject), Console::Guard).await;
        let (first, second) = (plan("a@b").await.unwrap(), plan("c@d").await.unwrap());
        client.write(&first).await.unwrap();
        assert!(exists(client.write(&second).await.unwrap_err()));
    });
}
