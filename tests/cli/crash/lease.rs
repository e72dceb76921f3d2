//! A lease that is cut off anywhere: either its key is revoked, or its id says when it ends.

use super::*;

/// How many go through the requests at the same time: most of them wait for a time limit.
const WORLDS: usize = 4;

#[test]
fn a_lease_survives_a_fault_at_every_request() {
    let words = ["key", "exec", "--policy", "team", "--ttl", "1h", "--", "true"];
    let count = count_requests(&World::remote(), &words, Flavour::Extended);
    assert!((5..20).contains(&count), "{count} requests");
    std::thread::scope(|scope| {
        for first in 1..=WORLDS {
            scope.spawn(move || {
                let world = World::remote();
                for number in (first..=count).step_by(WORLDS) {
                    Fault::ALL.iter().for_each(|fault| befalls(&world, &words, *fault, number));
                }
            });
        }
    });
}

fn befalls(world: &World, words: &[&str], fault: Fault, number: usize) {
    let when = format!("{fault:?} at request {number}");
    let run = run_into(world, words, (fault, number), Flavour::Extended);
    let left = world.enabled_ids();
    let says_so = |id: &String| run.stderr.contains(&format!("clawctl key revoke {id}"));
    match fault {
        Fault::KilledBefore | Fault::KilledAfter => assert_eq!(run.code, None, "{when}"),
        Fault::AnswerLost | Fault::Doubled => {
            assert_eq!(run.code, Some(0), "{when}\n{run}");
            assert_eq!(left, [""; 0], "{when}\n{run}");
        }
        Fault::AnswerLate => assert!(left.iter().all(says_so), "{when}\n{run}"),
    }
    assert!(left.len() <= 1, "{when}: {left:?}");
    for id in left {
        let end = clawctl_wire::lineage::lease_end(&id);
        assert!(end.is_some(), "{when}: {id} does not say when it ends");
        let _ = world.operator.ok(&["key", "revoke", &id, "--yes"]);
    }
}

#[test]
fn a_lease_on_the_embedded_router_survives_kills_at_any_time() {
    let world = World::embedded();
    let words = ["key", "exec", "--policy", "team", "--ttl", "1h", "--", "true"];
    let began = Instant::now();
    assert_eq!(world.operator.run(&words).code, Some(0));
    let whole = began.elapsed() + Duration::from_millis(5);
    let (kills, mut killed, mut overdue) = (60, 0, 0);
    for number in 0..kills {
        let when = format!("killed after {number}/{kills} of {whole:?}");
        let run = killed_after(&world.operator, &words, whole * number / kills);
        let left = world.enabled_ids();
        match run.code {
            None => killed += 1,
            Some(code) => {
                assert_eq!((code, &left[..]), (0, &[][..]), "{when}: it was over\n{run}");
            }
        }
        assert!(left.len() <= 1, "{when}: {left:?}");
        for id in left {
            overdue += 1;
            let end = clawctl_wire::lineage::lease_end(&id);
            assert!(end.is_some(), "{when}: {id} does not say when it ends");
            let _ = world.operator.ok(&["key", "revoke", &id, "--yes"]);
        }
    }
    assert!(killed > 0, "every run was over before it was killed");
    assert!(overdue > 0, "no kill met a key that was enabled");
    assert_eq!(world.pending(), [""; 0]);
}
