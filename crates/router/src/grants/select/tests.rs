use proptest::prelude::{Strategy as _, any, prop_assert, prop_assert_eq, proptest};
use serde_json::json;

use super::*;

fn at(seconds: i64) -> Timestamp {
    let start: Timestamp = "2026-11-20T12:00:00Z".parse().unwrap();
    start + SignedDuration::from_secs(seconds)
}

fn key(name: &str) -> GrantKey {
    format!("policies/team/{name}").parse().unwrap()
}

fn keys(names: &[&str]) -> Vec<GrantKey> {
    names.iter().map(|name| key(name)).collect()
}

fn all<'k>(keys: &'k [GrantKey]) -> Vec<Candidate<'k>> {
    keys.iter()
        .map(|key| Candidate { key, usable: true, priority: 100, weight: 1.0, state: None })
        .collect()
}

fn plain() -> Circumstances<'static> {
    Circumstances { excluded: &[], sticky: None, turn: 0, random: 0.0, now: at(0) }
}

/// The reference that is chosen, or else the word for it.
fn chosen(routing: &Value, candidates: &[Candidate<'_>], known: &Circumstances<'_>) -> String {
    match select(&Routing::of(routing, "openai"), candidates, known) {
        Choice::Chosen(place) => candidates[place].key.token_ref.clone(),
        Choice::NoneAvailable => "none available".to_owned(),
        Choice::NoGrants => "no grants".to_owned(),
    }
}

fn used(times: u64, last: i64) -> State {
    State { selected_count: times, last_selected_at: Some(at(last)), ..State::of("r") }
}

fn seen(left: u64, observed: i64) -> State {
    let window = clawctl_wire::grant::QuotaWindow {
        id: "rpm".into(),
        kind: "requests".into(),
        unit: None,
        window: None,
        remaining: Some(left.into()),
        limit: Some(100.into()),
        reset_at: None,
    };
    State { observed_at: Some(at(observed)), windows: vec![window], ..State::of("r") }
}

#[test]
fn nothing_arranged_means_the_environment() {
    let check = |routing: Value, usable: Option<bool>, expected: &str| {
        let keys = keys(&["a"]);
        let mut candidates = all(&keys);
        match usable {
            Some(usable) => candidates[0].usable = usable,
            None => candidates.clear(),
        }
        assert_eq!(chosen(&routing, &candidates, &plain()), expected, "{routing} {usable:?}");
    };
    check(json!({}), None, "no grants");
    check(json!({"eligibleGrants": {"anthropic": []}}), None, "no grants");
    check(json!({"eligibleGrants": {"openai": ["a"]}}), None, "none available");
    check(json!({"staleState": "deny"}), None, "none available");
    check(json!({}), Some(true), "a");
    check(json!({}), Some(false), "none available");
    check(json!({"environmentFallback": true}), Some(false), "no grants");
    check(json!({"environmentFallback": true}), Some(true), "a");
}

#[test]
fn a_lower_number_goes_first() {
    let keys = keys(&["a", "b", "c"]);
    let mut candidates = all(&keys);
    candidates[0].priority = 200;
    let routing = json!({"strategy": "priority"});
    assert_eq!(chosen(&routing, &candidates, &plain()), "b");
    let tried = [key("b"), key("c")];
    let known = Circumstances { excluded: &tried, ..plain() };
    assert_eq!(chosen(&routing, &candidates, &known), "a");
    let eligible = json!({"strategy": "priority", "eligibleGrants": {"openai": ["c"]}});
    assert_eq!(chosen(&eligible, &candidates, &plain()), "c");
}

#[test]
fn each_strategy_spreads_in_its_own_way() {
    let keys = keys(&["a", "b", "c"]);
    let (often, seldom, lately) = (used(9, 0), used(2, -60), used(2, -5));
    let mut candidates = all(&keys);
    candidates[0].state = Some(&often);
    candidates[1].state = Some(&lately);
    candidates[2].state = Some(&seldom);
    assert_eq!(chosen(&json!({"strategy": "least_used"}), &candidates, &plain()), "c");

    let robin = |turn| {
        let known = Circumstances { turn, ..plain() };
        chosen(&json!({"strategy": "round_robin"}), &candidates, &known)
    };
    assert_eq!([robin(0), robin(1), robin(2), robin(3)], ["a", "b", "c", "a"]);

    candidates[2].weight = 2.0;
    let weighted = |random| {
        let known = Circumstances { random, ..plain() };
        chosen(&json!({"strategy": "weighted_random"}), &candidates, &known)
    };
    assert_eq!([weighted(0.0), weighted(0.24), weighted(0.25)], ["a", "a", "b"]);
    assert_eq!([weighted(0.5), weighted(0.999)], ["c", "c"]);
}

#[test]
fn most_remaining_tries_the_unknown_before_what_is_nearly_spent() {
    let check = |states: [Option<&State>; 3], expected: &str| {
        let keys = keys(&["a", "b", "c"]);
        let mut candidates = all(&keys);
        for (candidate, state) in candidates.iter_mut().zip(states) {
            candidate.state = state;
        }
        let routing = json!({"strategy": "most_remaining", "staleAfterSeconds": 60});
        assert_eq!(chosen(&routing, &candidates, &plain()), expected);
    };
    let (full, half, little, old) = (seen(100, 0), seen(50, 0), seen(10, 0), seen(100, -61));
    let busy = used(3, 0);
    check([Some(&half), Some(&full), None], "b");
    check([Some(&little), Some(&half), None], "b");
    check([Some(&little), None, Some(&little)], "b");
    check([Some(&half), Some(&old), None], "a");
    check([Some(&busy), None, None], "b");
}

#[test]
fn stale_grants_can_be_kept_out() {
    let keys = keys(&["a", "b"]);
    let (old, fresh) = (seen(90, -61), seen(5, -60));
    let mut candidates = all(&keys);
    let routing = json!({"staleState": "deny", "staleAfterSeconds": 60});
    assert_eq!(chosen(&routing, &candidates, &plain()), "none available");
    candidates[0].state = Some(&old);
    candidates[1].state = Some(&fresh);
    assert_eq!(chosen(&routing, &candidates, &plain()), "b");
}

/// The facts of a candidate, at random.
#[derive(Debug, Clone)]
struct Dice {
    usable: bool,
    excluded: bool,
    rests: bool,
    priority: u64,
    weight: f64,
    left: Option<u64>,
}

fn dice() -> impl proptest::strategy::Strategy<Value = Dice> {
    let facts = (any::<bool>(), any::<bool>(), any::<bool>(), 0..3_u64, 1..100_u32);
    (facts, proptest::option::of(0..100_u64)).prop_map(
        |((usable, excluded, rests, priority, weight), left)| Dice {
            usable,
            excluded,
            rests,
            priority,
            weight: f64::from(weight) / 10.0,
            left,
        },
    )
}

proptest! {
    #[test]
    fn what_is_chosen_may_be_chosen(
        rolls in proptest::collection::vec(dice(), 0..12),
        strategy in proptest::sample::select(
            vec!["priority", "round_robin", "least_used", "most_remaining", "weighted_random"],
        ),
        sticky in proptest::option::of("[a-z]{1,8}"),
        turn in any::<u64>(),
        random in 0.0..1.0_f64,
    ) {
        let names: Vec<String> = (0..rolls.len()).map(|n| format!("r{n:02}")).collect();
        let keys: Vec<_> = names.iter().map(|name| key(name)).collect();
        let states: Vec<State> = rolls.iter().map(|roll| {
            let mut state = roll.left.map_or_else(|| State::of("r"), |left| seen(left, 0));
            state.cooldown_until = roll.rests.then(|| at(60));
            state
        }).collect();
        let excluded: Vec<_> = keys.iter().zip(&rolls)
            .filter(|(_, roll)| roll.excluded).map(|(key, _)| key.clone()).collect();
        let candidates: Vec<_> = keys.iter().zip(&rolls).zip(&states)
            .map(|((key, roll), state)| Candidate {
                key,
                usable: roll.usable,
                priority: roll.priority,
                weight: roll.weight,
                state: Some(state),
            })
            .collect();
        let may = |roll: &Dice| roll.usable && !roll.excluded && !roll.rests;
        let best = rolls.iter().filter(|roll| may(roll)).map(|roll| roll.priority).min();
        let routing = json!({"strategy": strategy});
        let known = Circumstances {
            excluded: &excluded, sticky: sticky.as_deref(), turn, random, now: at(0),
        };
        match select(&Routing::of(&routing, "openai"), &candidates, &known) {
            Choice::Chosen(place) => {
                prop_assert!(may(&rolls[place]));
                prop_assert_eq!(Some(rolls[place].priority), best);
            }
            Choice::NoneAvailable => prop_assert!(best.is_none() && !rolls.is_empty()),
            Choice::NoGrants => prop_assert!(rolls.is_empty()),
        }
    }

    #[test]
    fn only_those_move_whose_grant_drops_out(
        count in 2..10_usize,
        gone in 0..10_usize,
        whom in "[a-z0-9@.]{1,20}",
        strategy in proptest::sample::select(vec!["most_remaining", "weighted_random"]),
    ) {
        let keys: Vec<_> = (0..count).map(|n| key(&format!("r{n}"))).collect();
        let routing = json!({"strategy": strategy});
        let known = Circumstances { sticky: Some(&whom), ..plain() };
        let mut candidates = all(&keys);
        let before = chosen(&routing, &candidates, &known);
        let gone = gone % count;
        candidates[gone].usable = false;
        let after = chosen(&routing, &candidates, &known);
        let dropped = &candidates[gone].key.token_ref;
        prop_assert_eq!(after == before, dropped != &before);
        candidates[gone].usable = true;
        candidates.reverse();
        prop_assert_eq!(chosen(&routing, &candidates, &known), before);
    }
}

#[test]
fn many_people_spread_over_all_grants() {
    let keys = keys(&["a", "b", "c"]);
    let candidates = all(&keys);
    let mut counts = std::collections::BTreeMap::new();
    for n in 0..300 {
        let whom = format!("user{n}@example.com");
        let known = Circumstances { sticky: Some(&whom), ..plain() };
        *counts.entry(chosen(&json!({}), &candidates, &known)).or_insert(0) += 1;
    }
    assert!(counts.len() == 3 && counts.values().all(|count| *count > 60), "{counts:?}");
}
