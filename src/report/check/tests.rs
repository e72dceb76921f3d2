use proptest::prelude::*;

use super::*;
use crate::report::budget::provider_row;
use clawctl_wire::connection::Connection;

const LATE: &str = "2026-11-29T00:00:00Z";

fn row(limit: Option<u64>, spent: Option<u64>, now: &str) -> BudgetRow {
    let connection: Connection = serde_json::from_value(serde_json::json!({
        "providerId": "openai", "enabled": true, "label": null,
        "monthlyBudgetMicros": limit, "spentMicros": spent,
    }))
    .unwrap();
    provider_row(&connection, now.parse().unwrap())
}

fn check(limit: Option<u64>, spent: Option<u64>, need: Option<u64>, now: &str) -> Check {
    let demand = Demand { warn_percent: 80, need: need.map(Micros) };
    judge(row(limit, spent, now), &demand, now.parse().unwrap())
}

#[test]
fn each_state_has_its_verdict() {
    let verdict = |limit, spent, need, now, expected| {
        let found = check(limit, spent, need, now);
        assert_eq!(found.verdict, expected, "{spent:?} of {limit:?}: {}", found.reason);
    };
    verdict(None, None, Some(1_000_000), LATE, Verdict::Ok);
    verdict(Some(0), None, None, LATE, Verdict::Exhausted);
    verdict(Some(100), None, None, LATE, Verdict::Unknown);
    verdict(Some(100), Some(0), None, LATE, Verdict::Ok);
    verdict(Some(100), Some(79), None, LATE, Verdict::Ok);
    verdict(Some(100), Some(80), None, LATE, Verdict::Warning);
    verdict(Some(100), Some(100), None, LATE, Verdict::Exhausted);
    verdict(Some(100), Some(120), None, LATE, Verdict::Exhausted);
    verdict(Some(100), Some(50), Some(50), LATE, Verdict::Ok);
    verdict(Some(100), Some(50), Some(51), LATE, Verdict::Exhausted);
    verdict(Some(100), Some(50), None, "2026-11-11T00:00:00Z", Verdict::WillRunOut);
    verdict(Some(100), Some(90), None, "2026-11-11T00:00:00Z", Verdict::WillRunOut);
    verdict(Some(100), Some(90), None, "2026-11-01T12:00:00Z", Verdict::Warning);
}

#[test]
fn the_level_of_the_warning_is_not_rounded() {
    let demand = Demand { warn_percent: 80, need: None };
    let now: Timestamp = LATE.parse().unwrap();
    let verdict = |spent| judge(row(Some(999_999), Some(spent), LATE), &demand, now).verdict;
    assert_eq!(verdict(799_999), Verdict::Ok);
    assert_eq!(verdict(800_000), Verdict::Warning);
}

#[test]
fn the_day_on_which_it_runs_out_is_said() {
    let found = check(Some(100_000_000), Some(50_000_000), None, "2026-11-11T00:00:00Z");
    assert_eq!(
        found.reason,
        "$50.00 of $100.00 left; at this month's pace it is used up on 2026-11-21, and it resets \
         on 2026-12-01"
    );
    assert_eq!(found.runs_out_at, Some("2026-11-21T00:00:00Z".parse().unwrap()));
}

#[test]
fn severity_is_in_order() {
    let mut all =
        [Verdict::Exhausted, Verdict::Ok, Verdict::Unknown, Verdict::Warning, Verdict::WillRunOut];
    all.sort();
    assert_eq!(
        all,
        [Verdict::Ok, Verdict::Warning, Verdict::WillRunOut, Verdict::Unknown, Verdict::Exhausted]
    );
}

#[test]
fn the_worst_binds_and_of_equals_the_one_with_the_least_left() {
    let binding = |rows: Vec<BudgetRow>| {
        let demand = Demand { warn_percent: 80, need: None };
        let checks = judge_all(rows, &demand, LATE.parse().unwrap());
        assert!(checks.iter().filter(|check| check.binds).count() <= 1);
        checks.iter().position(|check| check.binds)
    };
    let ok = || row(Some(100), Some(10), LATE);
    assert_eq!(binding(vec![ok(), row(Some(50), Some(1), LATE)]), Some(1));
    assert_eq!(binding(vec![row(Some(1000), Some(900), LATE), ok()]), Some(0));
    assert_eq!(binding(vec![row(None, None, LATE), ok()]), Some(1));
    assert_eq!(binding(vec![row(None, None, LATE)]), None);
    assert_eq!(binding(Vec::new()), None);
}

proptest! {
    #[test]
    fn enough_is_never_called_too_little(
        limit in 1..1_000_000_u64,
        spent in 0..2_000_000_u64,
        need in 0..1_000_000_u64,
    ) {
        let found = check(Some(limit), Some(spent), Some(need), LATE);
        let left = limit.saturating_sub(spent);
        prop_assert_eq!(found.verdict == Verdict::Exhausted, left == 0 || left < need);
    }
}
