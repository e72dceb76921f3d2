//! A rotation with a successor: whatever happens, the old key works, and no successor works that
//! nobody holds.

use super::*;

/// The successors of a key that are switched on.
fn successors(world: &World, id: &str) -> Vec<String> {
    let ids = world.enabled_ids();
    ids.into_iter().filter(|other| other.starts_with(&format!("{id}_2"))).collect()
}

#[track_caller]
fn check(world: &World, case: &Case, when: &str) {
    let old = case.old.as_ref().unwrap();
    assert!(world.works(old), "{when}: the old key of {case:?} does not work");
    let held = case.held();
    for id in successors(world, &case.id) {
        let holds = held.as_ref().is_some_and(|key| key.contains(&id) && world.works(key));
        assert!(holds, "{when}: {id} is switched on, and the sink has {held:?}");
    }
}

fn interrupt(flavour: Flavour, faults: &[Fault]) {
    let world = World::remote();
    let words = |case: &Case| -> Vec<String> {
        let words = ["key", "rotate", &case.id, "--overlap", "--to", &case.to()];
        words.map(str::to_owned).to_vec()
    };
    let calm = words(&Case::old(&world, "calm", Sink::File));
    let count = count_requests(&world, &strs(&calm), flavour);
    assert!((8..30).contains(&count), "{count} requests");
    for (turn, fault) in faults.iter().enumerate() {
        for number in 1..=count {
            let sink = [Sink::File, Sink::EnvFile][(number + turn) % 2];
            let case = Case::old(&world, &format!("case_{turn}_{number}"), sink);
            let when = format!("{fault:?} at request {number} ({flavour:?}, {sink:?})");
            let words = words(&case);
            let run = run_into(&world, &strs(&words), (*fault, number), flavour);
            check(&world, &case, &when);
            world.check_secrets(&case, &when);
            if run.code != Some(0) {
                // The id may have been begun a minute ago; what finishes it knows.
                let resume = ["key", "rotate", &case.id, "--overlap", "--resume"];
                let run = world.operator.run(&resume);
                if run.code == Some(3) {
                    let run = world.operator.run(&strs(&words));
                    assert_eq!(run.code, Some(0), "{when}: begun again\n{run}");
                } else {
                    assert_eq!(run.code, Some(0), "{when}: resumed\n{run}");
                }
            }
            check(&world, &case, &when);
            assert_eq!(successors(&world, &case.id).len(), 1, "{when}");
            assert!(world.works(&case.held().unwrap()), "{when}");
            let run = world.operator.run(&["key", "rotate", &case.id, "--overlap", "--resume"]);
            assert_eq!(run.code, Some(3), "{when}: something is left\n{run}");
        }
    }
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn a_successor_survives_a_fault_at_every_request() {
    interrupt(Flavour::Extended, &Fault::ALL);
}

#[test]
fn a_successor_on_a_plain_router_survives_lost_and_doubled_answers() {
    interrupt(Flavour::Plain, &ANSWER_FAULTS);
}

/// Whoever revoked the old key did not want a successor that nobody has yet.
#[test]
fn a_rotation_whose_old_key_was_revoked_can_be_ended() {
    let world = World::remote();
    let words = |case: &Case| -> Vec<String> {
        let words = ["key", "rotate", &case.id, "--overlap", "--to", &case.to()];
        words.map(str::to_owned).to_vec()
    };
    let calm = words(&Case::old(&world, "calm", Sink::File));
    let count = count_requests(&world, &strs(&calm), Flavour::Extended);
    let mut ends = std::collections::BTreeSet::new();
    for fault in [Fault::KilledBefore, Fault::KilledAfter] {
        for number in 1..=count {
            let case = Case::old(&world, &format!("case_{}_{number}", fault as u8), Sink::File);
            let when = format!("{fault:?} at request {number}");
            let _ = run_into(&world, &strs(&words(&case)), (fault, number), Flavour::Extended);
            let _ = world.operator.ok(&["key", "revoke", &case.id, "--yes"]);
            let resume = ["key", "rotate", &case.id, "--overlap", "--resume"];
            let run = world.operator.run(&resume);
            ends.insert(run.code);
            let successors = successors(&world, &case.id);
            match run.code {
                // It works, and is held.
                Some(0) => assert!(world.works(&case.held().unwrap()), "{when}\n{run}"),
                Some(3 | 5) => assert_eq!(successors, [""; 0], "{when}\n{run}"),
                _ => panic!("{when}\n{run}"),
            }
            assert!(!world.works(case.old.as_ref().unwrap()), "{when}");
            let run = world.operator.run(&resume);
            assert_eq!(run.code, Some(3), "{when}: something is left\n{run}");
            if successors.is_empty() {
                let run = world.operator.run(&[
                    "key",
                    "rotate",
                    &case.id,
                    "--yes",
                    "--force",
                    "--to",
                    &case.to(),
                ]);
                assert_eq!(run.code, Some(0), "{when}\n{run}");
            }
        }
    }
    assert_eq!(ends.into_iter().collect::<Vec<_>>(), [Some(0), Some(3), Some(5)]);
    assert_eq!(world.pending(), [""; 0]);
}
