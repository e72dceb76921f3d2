//! `undo` that is cut off anywhere leaves what was, or what is to be; the next run ends it.

use super::*;

fn budget(world: &World) -> u64 {
    world.policy("team")["monthlyBudgetMicros"].as_u64().unwrap()
}

/// Changes the budget, and names the change.
fn change(world: &World) -> String {
    let _ = world.operator.ok(&["policy", "set", "team", "--budget", "$70", "--yes"]);
    let log = world.operator.json(&["log", "--command", "policy set"]);
    log[0]["id"].as_str().unwrap().to_owned()
}

#[test]
fn an_undo_survives_a_fault_at_every_request() {
    let world = World::remote();
    let id = change(&world);
    let count = count_requests(&world, &["undo", &id, "--yes"], Flavour::Extended);
    assert!((3..10).contains(&count), "{count} requests");
    for fault in Fault::ALL {
        for number in 1..=count {
            let when = format!("{fault:?} at request {number}");
            let id = change(&world);
            assert_eq!(budget(&world), 70_000_000);
            let words = ["undo", id.as_str(), "--yes"];
            let run = run_into(&world, &words, (fault, number), Flavour::Extended);
            assert!([50_000_000, 70_000_000].contains(&budget(&world)), "{when}");
            match fault {
                Fault::AnswerLost | Fault::Doubled => {
                    assert_eq!(run.code, Some(0), "{when}\n{run}");
                }
                Fault::AnswerLate => assert_eq!(run.code, Some(6), "{when}\n{run}"),
                _ => assert_eq!(run.code, None, "{when}\n{run}"),
            }
            let run = world.operator.run(&words);
            assert_eq!(run.code, Some(0), "{when}\n{run}");
            assert_eq!(budget(&world), 50_000_000, "{when}");
        }
    }
}

#[test]
fn an_undo_on_the_embedded_router_survives_kills_at_any_time() {
    let world = World::embedded();
    let id = change(&world);
    let began = Instant::now();
    let _ = world.operator.ok(&["undo", &id, "--yes"]);
    let whole = began.elapsed() + Duration::from_millis(5);
    let (kills, mut killed) = (40, 0);
    for number in 0..kills {
        let when = format!("killed after {number}/{kills} of {whole:?}");
        let id = change(&world);
        assert_eq!(budget(&world), 70_000_000, "{when}");
        let words = ["undo", id.as_str(), "--yes"];
        let run = killed_after(&world.operator, &words, whole * number / kills);
        killed += u32::from(run.code.is_none());
        assert!([50_000_000, 70_000_000].contains(&budget(&world)), "{when}: {}", budget(&world));
        let run = world.operator.run(&words);
        assert_eq!(run.code, Some(0), "{when}\n{run}");
        assert_eq!(budget(&world), 50_000_000, "{when}");
    }
    assert!(killed > 0, "every run was over before it was killed");
}
