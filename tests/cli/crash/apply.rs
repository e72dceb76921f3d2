//! `apply` that is killed, cut off or doubled at any of its requests: run again, it finishes, no
//! secret is lost, and nothing is made twice.

use std::time::Duration;

use super::strs;
use super::world::{Case, Fault, Flavour, Sink, World, count_requests, killed_after, run_into};

/// Writes a manifest of a policy and two keys of this name, and gives the words that apply it.
fn manifest(world: &World, name: &str) -> (Vec<String>, [Case; 2]) {
    let cases = [Sink::File, Sink::EnvFile];
    let cases = cases.map(|sink| Case::new(world, &format!("{name}_{}", sink as u8), sink));
    let [one, two] = &cases;
    let text = format!(
        "version: 1\npolicies:\n  {name}: {{ providers: [openai], budget: $5 }}\n  team: {{ role: \
         {name} }}\nkeys:\n  {}: {{ policy: {name}, to: '{}' }}\n  {}: {{ policy: team, to: '{}' \
         }}\n",
        one.id,
        one.to(),
        two.id,
        two.to()
    );
    let path = world.operator.path(&format!("{name}.yaml"));
    std::fs::write(&path, text).unwrap();
    let path = path.display().to_string();
    let words = ["apply", "-f", &path, "--yes", "-q", "--concurrency", "1"].map(str::to_owned);
    (words.to_vec(), cases)
}

/// Runs it again, and looks at everything that was promised.
#[track_caller]
fn check_finished(world: &World, words: &[String], cases: &[Case; 2], when: &str) {
    for case in cases {
        world.check_interrupted(case, when);
    }
    let held: Vec<_> =
        cases.iter().map(|case| case.held().filter(|key| world.works(key))).collect();
    let run = world.operator.run(&strs(words));
    assert_eq!(run.code, Some(0), "{when}: again\n{run}");
    for (case, held) in cases.iter().zip(held) {
        world.check_finished(case, "issue", when);
        if held.is_some() {
            assert_eq!(case.held(), held, "{when}: a key that worked was made anew");
        }
    }
    let diff = world.operator.run(&["diff", "-f", &words[2]]);
    assert_eq!(diff.code, Some(0), "{when}\n{diff}");
    let lock = std::fs::read_to_string(words[2].replace(".yaml", ".lock")).unwrap();
    assert!(!lock.contains("making"), "{when}\n{lock}");
    // The policy and both keys; `team` was there before.
    assert_eq!(lock.matches("\"made\"").count(), 3, "{when}\n{lock}");
}

fn interrupt(flavour: Flavour, faults: &[Fault]) {
    let world = World::remote();
    let (calm, _) = manifest(&world, "calm");
    let count = count_requests(&world, &strs(&calm), flavour);
    assert!((15..80).contains(&count), "{count} requests");
    for (turn, fault) in faults.iter().enumerate() {
        // A kill at every one; of the other faults each meets every second.
        let every = if fault.kills() { 1 } else { 2 };
        for number in (1 + turn % every..=count).step_by(every) {
            let (words, cases) = manifest(&world, &format!("case_{turn}_{number}"));
            let when = format!("{fault:?} at request {number} of {count} ({flavour:?})");
            let run = run_into(&world, &strs(&words), (*fault, number), flavour);
            assert!(!run.stderr.contains("clawrouter-live-"), "{when}\n{run}");
            if fault.kills() {
                assert_eq!(run.code, None, "{when}\n{run}");
            }
            check_finished(&world, &words, &cases, &when);
        }
    }
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn an_apply_survives_a_kill_at_every_request() {
    interrupt(Flavour::Extended, &[Fault::KilledBefore, Fault::KilledAfter]);
}

#[test]
fn an_apply_survives_late_lost_and_doubled_answers() {
    interrupt(Flavour::Extended, &[Fault::AnswerLost, Fault::Doubled, Fault::AnswerLate]);
}

#[test]
fn an_apply_on_a_plain_router_survives_kills() {
    interrupt(Flavour::Plain, &[Fault::KilledAfter]);
}

#[test]
fn an_apply_survives_kills_at_any_time() {
    let world = World::embedded();
    let (calm, _) = manifest(&world, "calm");
    let began = std::time::Instant::now();
    assert_eq!(world.operator.run(&strs(&calm)).code, Some(0));
    let whole = began.elapsed() + Duration::from_millis(5);
    let (kills, mut killed) = (40, 0);
    for number in 0..kills {
        let (words, cases) = manifest(&world, &format!("case_{number}"));
        let run = killed_after(&world.operator, &strs(&words), whole * number / kills);
        killed += u32::from(run.code.is_none());
        let when = format!("killed after {number}/{kills} of {whole:?}");
        check_finished(&world, &words, &cases, &when);
    }
    assert!(killed > 0, "every run was over before it was killed");
    assert_eq!(world.pending(), [""; 0]);
}
