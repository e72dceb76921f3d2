//! A fleet that is cut off anywhere is taken up by the same command: nothing is rotated twice, and
//! no key is lost.

use super::*;

const IDS: [&str; 3] = ["alice", "bobby", "carol"];

/// Three keys, and the command that rotates them all.
struct Fleet {
    world: World,
    cases: Vec<Case>,
    words: Vec<String>,
}

impl Fleet {
    fn new(more: &[&str]) -> Self {
        let world = World::remote();
        let cases: Vec<Case> = IDS.map(|id| Case::old(&world, id, Sink::File)).into();
        let to = format!("file:{}/{{id}}.File", world.operator.root().display());
        let words = ["key", "rotate", "--all", "--yes", "--to", &to].map(str::to_owned);
        let more = more.iter().map(|word| (*word).to_owned());
        Self { words: words.into_iter().chain(more).collect(), world, cases }
    }

    fn words(&self) -> Vec<&str> {
        strs(&self.words)
    }

    /// What the sinks hold is what there is to rotate from now on.
    fn settle(&mut self) {
        for case in &mut self.cases {
            case.old = case.held();
        }
    }

    /// Lets a fault befall one request, and checks that nothing is lost by it, nor done twice.
    fn befall(&mut self, fault: Fault, number: usize) {
        self.settle();
        let when = format!("{fault:?} at request {number}");
        let one_by_one = self.words.iter().any(|word| word == "--concurrency");
        let run = match one_by_one {
            true => run_into(&self.world, &self.words(), (fault, number), Flavour::Extended),
            false => run_towards(&self.world, &self.words(), (fault, number), Flavour::Extended),
        };
        match fault {
            Fault::KilledBefore | Fault::KilledAfter if !one_by_one => {
                assert!(matches!(run.code, None | Some(0)), "{when}\n{run}");
            }
            Fault::KilledBefore | Fault::KilledAfter => assert_eq!(run.code, None, "{when}\n{run}"),
            Fault::AnswerLate => assert_eq!(run.code, Some(6), "{when}\n{run}"),
            Fault::AnswerLost | Fault::Doubled => assert_eq!(run.code, Some(0), "{when}\n{run}"),
        }
        let mut rotated = Vec::new();
        for case in &self.cases {
            self.world.check_interrupted(case, &when);
            let held = case.held().filter(|key| self.world.works(key));
            rotated.push(held.filter(|key| Some(key) != case.old.as_ref()));
        }
        if run.code != Some(0) {
            let again = self.world.operator.run(&self.words());
            assert_eq!(again.code, Some(0), "{when}\n{again}");
        }
        for (case, rotated) in self.cases.iter().zip(rotated) {
            self.world.check_finished(case, "rotate", &when);
            let held = case.held().unwrap();
            assert!(self.world.works(&held), "{when}: {case:?}");
            assert_ne!(Some(&held), case.old.as_ref(), "{when}: {case:?} was left out");
            assert!(!self.world.works(case.old.as_ref().unwrap()), "{when}: {case:?}");
            // A key that had its turn does not get another one.
            assert!(rotated.is_none_or(|key| key == held), "{when}: {case:?} was rotated twice");
        }
        let over = self.world.operator.run(&["key", "rotate", "--all", "--resume", "--yes"]);
        assert_eq!(over.code, Some(3), "{when}\n{over}");
        assert_eq!(self.world.pending(), [""; 0], "{when}");
    }
}

#[test]
fn a_fleet_survives_a_kill_at_every_request() {
    let mut fleet = Fleet::new(&["--concurrency", "1"]);
    let count = count_requests(&fleet.world, &fleet.words(), Flavour::Extended);
    assert!((12..25).contains(&count), "{count} requests");
    for number in 1..=count {
        fleet.befall(Fault::KilledBefore, number);
        fleet.befall(Fault::KilledAfter, number);
    }
}

#[test]
fn a_fleet_survives_answers_that_are_lost_late_or_doubled() {
    let mut fleet = Fleet::new(&["--concurrency", "1"]);
    let count = count_requests(&fleet.world, &fleet.words(), Flavour::Extended);
    for number in 1..=count {
        let fault = [Fault::AnswerLost, Fault::AnswerLate, Fault::Doubled][number % 3];
        fleet.befall(fault, number);
    }
}

#[test]
fn keys_that_are_under_way_together_survive_a_kill() {
    let mut fleet = Fleet::new(&[]);
    let count = count_requests(&fleet.world, &fleet.words(), Flavour::Extended);
    for number in 1..=count {
        let fault = [Fault::KilledBefore, Fault::KilledAfter][number % 2];
        fleet.befall(fault, number);
    }
}

#[test]
fn a_fleet_survives_kills_at_any_time() {
    let world = World::embedded();
    let cases: Vec<Case> = IDS.map(|id| Case::old(&world, id, Sink::EnvFile)).into();
    let to = format!("env-file:{}/{{id}}.EnvFile:ROUTER_KEY", world.operator.root().display());
    let words = ["key", "rotate", "--all", "--yes", "--to", &to].map(str::to_owned).to_vec();
    let mut fleet = Fleet { world, cases, words };
    let whole = measure(&fleet.world, &vec![fleet.words.clone(); 3]);
    let kills = 24;
    let mut killed = 0;
    for number in 0..kills {
        fleet.settle();
        let time = whole * number / kills;
        let run = killed_after(&fleet.world.operator, &fleet.words(), time);
        killed += u32::from(run.code.is_none());
        let when = format!("killed after {number}/{kills} of {whole:?}");
        fleet.cases.iter().for_each(|case| fleet.world.check_interrupted(case, &when));
        if run.code != Some(0) {
            assert_eq!(fleet.world.operator.run(&fleet.words()).code, Some(0), "{when}");
        }
        for case in &fleet.cases {
            fleet.world.check_finished(case, "rotate", &when);
            assert!(!fleet.world.works(case.old.as_ref().unwrap()), "{when}: {case:?}");
        }
    }
    assert!(killed > 0, "every run of {whole:?} was over before it was killed");
}

/// While one process works on a key, another does not; and what is half way is known to both.
#[test]
fn a_key_that_is_half_way_in_a_fleet_is_not_rotated_alone() {
    let fleet = Fleet::new(&["--concurrency", "1"]);
    let held = fleet.world.proxy.follow(|_, heard| match heard.line.starts_with("PUT ") {
        true => Act::HoldRequest,
        false => Act::Forward,
    });
    let mut child = fleet.world.start(&fleet.words());
    held.recv_timeout(PATIENCE).unwrap();
    let busy = fleet.world.operator.run(&["key", "rotate", "alice", "--yes"]);
    assert_eq!(busy.code, Some(5), "{busy}");
    child.kill().unwrap();
    let _ = finish(child);
    fleet.world.proxy.behave();
    let run = fleet.world.operator.run(&["key", "rotate", "alice", "--yes"]);
    assert_eq!(run.code, Some(5), "{run}");
    assert!(run.stderr.contains("key rotate --all --resume"), "{run}");
    assert_eq!(fleet.world.pending(), ["alice"]);
    let run = fleet.world.operator.run(&["key", "rotate", "--all", "--resume", "--yes"]);
    assert_eq!(run.code, Some(0), "{run}");
    assert_eq!(fleet.world.pending(), [""; 0]);
}
