use proptest::prelude::*;
use serde_json::json;

use super::*;
use clawctl_wire::money::MICROS_MAX;

fn now() -> Timestamp {
    "2026-11-20T19:00:00Z".parse().unwrap()
}

/// One policy in the shape of `GET /v1/admin/usage`.
fn usage(scope: &str, limit: serde_json::Value, budget: serde_json::Value) -> AdminUsage {
    let row = json!({
        "kid": "team", "policyId": "team", "enabled": true, "providers": ["openai"],
        "tenantId": "acme", "tokenRole": "service", "monthlyBudgetMicros": limit,
        "requestCostMicros": null, "budgetScope": scope, "retainRequestContent": true,
        "grantRouting": {}, "budget": budget,
    });
    let usage = json!({ "policies": [row], "keys": [], "usage": {} });
    serde_json::from_value(usage).unwrap()
}

fn status(ledger: &str, limit: Option<u64>, spent: Option<u64>) -> serde_json::Value {
    let left = limit.zip(spent).map(|(limit, spent)| limit.saturating_sub(spent));
    json!({
        "configured": limit.is_some(), "ledger": ledger, "windowKey": "acme/team/2026-11",
        "limitMicros": limit, "spentMicros": spent, "remainingMicros": left,
    })
}

#[test]
fn unlimited_zero_and_not_known_are_three_states() {
    let check = |limit: Option<u64>, budget, state, figures: [Option<u64>; 3]| {
        let rows = rows(&usage("policy", json!(limit), budget), &[], now());
        assert_eq!(rows.len(), 1);
        assert_eq!(rows[0].state, state);
        let micros = |figure: Option<Micros>| figure.map(|amount| amount.0);
        let found = [
            micros(rows[0].limit_micros),
            micros(rows[0].spent_micros),
            micros(rows[0].remaining_micros),
        ];
        assert_eq!(found, figures, "{state:?}");
    };
    let none = [None, None, None];
    check(None, status("unmetered", None, None), State::Unlimited, none);
    check(Some(0), status("blocked", Some(0), None), State::Blocked, [Some(0), None, Some(0)]);
    check(Some(0), status("blocked", None, None), State::Blocked, [Some(0), None, Some(0)]);
    check(Some(9), status("unavailable", Some(9), None), State::Unknown, [Some(9), None, None]);
    // Even a number that comes along with it is not believed.
    check(Some(9), status("unavailable", Some(9), Some(4)), State::Unknown, [Some(9), None, None]);
    check(
        Some(9),
        status("durable_object", Some(9), Some(4)),
        State::Open,
        [Some(9), Some(4), Some(5)],
    );
    check(
        Some(9),
        status("durable_object", Some(9), Some(9)),
        State::Exhausted,
        [Some(9), Some(9), Some(0)],
    );
    check(
        Some(9),
        status("durable_object", Some(9), Some(12)),
        State::Exhausted,
        [Some(9), Some(12), Some(0)],
    );
    check(Some(9), status("durable_object", Some(9), None), State::Unknown, [Some(9), None, None]);
    check(
        Some(9),
        status("some_new_ledger", Some(9), Some(1)),
        State::Open,
        [Some(9), Some(1), Some(8)],
    );
}

#[test]
fn a_budget_for_each_principal_is_a_row_for_each() {
    let part = |principal: &str, spent: u64| {
        let mut part = status("durable_object", Some(10), Some(spent));
        part["principal"] = principal.into();
        part["windowKey"] = format!("acme/team/{principal}/2026-11").into();
        part
    };
    let mut budget = status("per_principal", Some(10), None);
    budget["breakdown"] = json!([part("ada@example.com", 10), part("team_ci", 3)]);
    let found = rows(&usage("principal", json!(10), budget.clone()), &[], now());
    let read: Vec<_> = found
        .iter()
        .map(|row| (row.principal.as_deref().unwrap(), row.state, row.remaining_micros.unwrap().0))
        .collect();
    assert_eq!(read, [("ada@example.com", State::Exhausted, 0), ("team_ci", State::Open, 7)]);
    assert_eq!(found[0].window, "2026-11");

    budget["breakdown"] = json!([]);
    let found = rows(&usage("principal", json!(10), budget.clone()), &[], now());
    assert_eq!((found[0].state, found[0].spent_micros), (State::Unused, None));
    assert_eq!(found[0].remaining_micros, Some(Micros(10)));

    // Without a breakdown nobody knows who spent what.
    budget.as_object_mut().unwrap().remove("breakdown");
    let found = rows(&usage("principal", json!(10), budget), &[], now());
    assert_eq!((found.len(), found[0].state), (1, State::Unknown));
}

#[test]
fn a_blocked_or_unlimited_policy_is_one_row_however_many_share_it() {
    let mut blocked = status("blocked", Some(0), None);
    blocked["breakdown"] = json!([]);
    let found = rows(&usage("principal", json!(0), blocked), &[], now());
    assert_eq!((found[0].state, &found[0].scope), (State::Blocked, &Sharing::Principal));
    let unlimited = status("unmetered", None, None);
    let found = rows(&usage("principal", json!(null), unlimited), &[], now());
    assert_eq!(found[0].state, State::Unlimited);
}

#[test]
fn a_providers_budget_has_the_same_states() {
    let check = |connection: serde_json::Value, state| {
        let connection: Connection = serde_json::from_value(connection).unwrap();
        let row = provider_row(&connection, now());
        assert_eq!(row.state, state, "{connection:?}");
        assert_eq!(row.provider_id.as_deref(), Some("xai"));
    };
    let base = json!({"providerId": "xai", "enabled": true, "label": null});
    let with = |limit: serde_json::Value, spent: serde_json::Value| {
        let mut row = base.clone();
        row["monthlyBudgetMicros"] = limit;
        row["spentMicros"] = spent;
        row
    };
    check(base.clone(), State::Unlimited);
    check(with(json!(null), json!(null)), State::Unlimited);
    check(with(json!(0), json!(null)), State::Blocked);
    check(with(json!(5), json!(null)), State::Unknown);
    check(with(json!(5), json!(2)), State::Open);
    check(with(json!(5), json!(7)), State::Exhausted);
}

#[test]
fn unknown_is_null_in_json_and_never_zero() {
    let found = rows(&usage("policy", json!(9), status("unavailable", Some(9), None)), &[], now());
    let json = serde_json::to_value(&found[0]).unwrap();
    assert_eq!(json["state"], "unknown");
    assert_eq!(json["limitMicros"], 9);
    for member in ["spentMicros", "remainingMicros", "usedPercent"] {
        assert!(json[member].is_null() && json.get(member).is_some(), "{member}");
    }
    assert_eq!((&json["window"], &json["daysLeft"]), (&json!("2026-11"), &json!(11)));
}

proptest! {
    #[test]
    fn what_is_left_and_the_percentage_never_lie(
        limit in prop_oneof![0..100_u64, 0..=MICROS_MAX],
        spent in prop_oneof![0..100_u64, 0..=MICROS_MAX],
    ) {
        let figures = Figures::of(Some(Micros(limit)), Some(Micros(spent)), true);
        let left = figures.remaining.unwrap().0;
        prop_assert_eq!(left, limit.saturating_sub(spent));
        prop_assert_eq!(figures.state == State::Blocked, limit == 0);
        prop_assert_eq!(figures.state == State::Open, left > 0);
        match figures.percent {
            None => prop_assert_eq!(limit, 0),
            Some(percent) => {
                prop_assert_eq!(percent >= 100, spent >= limit);
                prop_assert!(u128::from(percent) * u128::from(limit) <= u128::from(spent) * 100);
                prop_assert!((u128::from(percent) + 1) * u128::from(limit) > u128::from(spent) * 100);
            }
        }
    }
}

#[test]
fn a_scope_that_is_not_known_keeps_its_name() {
    let status = status("durable_object", Some(9), Some(1));
    let found = rows(&usage("household", json!(9), status), &[], now()).remove(0);
    assert_eq!(found.scope, Sharing::Other("household".to_owned()));
    assert_eq!(serde_json::to_value(found).unwrap()["scope"], "household");
}
