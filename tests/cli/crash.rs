//! Promise 3: no secret is lost. Whatever is killed, cut off, late or doubled, there is never a
//! working key that nobody holds, and `--resume` finishes what was begun.

mod apply;
mod fleet;
mod later;
mod lease;
mod successor;
mod taking_back;
mod whole;
pub(crate) mod world;

use std::io;
use std::os::unix::fs::PermissionsExt;
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use crate::harness::{Run, finish};
use crate::proxy::{Act, Heard};
use world::{
    Case, Fault, Flavour, PATIENCE, Sink, World, count_requests, killed_after, run_into,
    run_towards, start,
};

/// The request was carried out, and the client does not learn it as it should.
const ANSWER_FAULTS: [Fault; 3] = [Fault::KilledAfter, Fault::AnswerLost, Fault::Doubled];

/// Every request of a command meets every fault. A kill does so with every sink; for the other
/// faults the sinks take turns, so that each meets each.
fn interrupt(flavour: Flavour, faults: &[Fault], verb: &str) {
    let world = World::of(flavour);
    let is_issue = verb == "issue";
    let make = |id: &str, sink: Sink| match is_issue {
        true => Case::new(&world, id, sink),
        false => Case::old(&world, id, sink),
    };
    let words = |case: &Case| -> Vec<String> {
        // With a scope, the policy is created on the way.
        let scope = if is_issue { &["--provider", "openai", "--budget", "$5"][..] } else { &[] };
        let words = ["key", verb, &case.id, "--yes", "--to", &case.to()].map(str::to_owned);
        words.into_iter().chain(scope.iter().map(|word| (*word).to_owned())).collect()
    };
    let calm = words(&make("calm", Sink::File));
    let count = count_requests(&world, &strs(&calm), flavour);
    assert!((5..20).contains(&count), "{count} requests");
    for (turn, fault) in faults.iter().enumerate() {
        for number in 1..=count {
            let sinks = match fault.kills() {
                true => Sink::ALL.to_vec(),
                false => vec![Sink::ALL[(number + turn) % 3]],
            };
            for sink in sinks {
                let case = make(&format!("case_{turn}_{number}_{}", sink as u8), sink);
                let when = format!("{fault:?} at request {number} ({flavour:?}, {sink:?})");
                let words = words(&case);
                let run = case.hears(run_into(&world, &strs(&words), (*fault, number), flavour));
                check_end(&world, &run, *fault, &case, &when);
                world.check_interrupted(&case, &when);
                world.check_resumed(&case, verb, &strs(&words), &when);
            }
        }
    }
    assert_eq!(world.pending(), [""; 0]);
}

/// Who survives a lost or a doubled answer succeeds; who fails says how to go on.
#[track_caller]
fn check_end(world: &World, run: &Run, fault: Fault, case: &Case, when: &str) {
    match fault {
        Fault::KilledBefore | Fault::KilledAfter => assert_eq!(run.code, None, "{when}\n{run}"),
        Fault::AnswerLost | Fault::Doubled => assert_eq!(run.code, Some(0), "{when}\n{run}"),
        Fault::AnswerLate => {
            assert_eq!(run.code, Some(6), "{when}\n{run}");
            let begun = world.pending().contains(&case.id);
            assert_eq!(begun, run.stderr.contains("--resume"), "{when}\n{run}");
        }
    }
    assert!(!run.stderr.contains("clawrouter-live-"), "{when}\n{run}");
}

pub(crate) fn strs(words: &[String]) -> Vec<&str> {
    words.iter().map(String::as_str).collect()
}

#[test]
fn an_issue_survives_a_fault_at_every_request() {
    interrupt(Flavour::Extended, &Fault::ALL, "issue");
}

#[test]
fn a_rotation_survives_a_fault_at_every_request() {
    interrupt(Flavour::Extended, &Fault::ALL, "rotate");
}

/// Without revisions nothing keeps a repeated write from being carried out twice.
#[test]
fn an_issue_on_a_plain_router_survives_lost_and_doubled_answers() {
    interrupt(Flavour::Plain, &ANSWER_FAULTS, "issue");
}

#[test]
fn a_rotation_on_a_plain_router_survives_lost_and_doubled_answers() {
    interrupt(Flavour::Plain, &ANSWER_FAULTS, "rotate");
}

/// As long as the longest of three undisturbed runs, so that the last kills come too late.
fn measure(world: &World, runs: &[Vec<String>]) -> Duration {
    let timed = runs.iter().map(|words| {
        let began = Instant::now();
        let run = world.operator.run(&strs(words));
        assert_eq!(run.code, Some(0), "{run}");
        began.elapsed()
    });
    timed.max().unwrap()
}

/// Kills the embedded router together with the command, at moments spread over its duration.
fn kill_at_any_time(verb: &str, kills: u32, make: impl Fn(&World, &str, Sink) -> Case) {
    let world = World::embedded();
    let words = |case: &Case| -> Vec<String> {
        let words = ["key", verb, &case.id, "--yes", "--to", &case.to()].map(str::to_owned);
        let policy = if verb == "issue" { &["--policy", "team"][..] } else { &[] };
        words.into_iter().chain(policy.iter().map(|word| (*word).to_owned())).collect()
    };
    let calm: Vec<_> =
        (0..3).map(|n| words(&make(&world, &format!("calm_{n}"), Sink::ALL[n]))).collect();
    let whole = measure(&world, &calm);
    let mut killed = 0;
    for number in 0..kills {
        let sink = Sink::ALL[usize::try_from(number).unwrap() % 3];
        let case = make(&world, &format!("case_{number}"), sink);
        let words = words(&case);
        let run = killed_after(&world.operator, &strs(&words), whole * number / kills);
        let run = case.hears(run);
        killed += u32::from(run.code.is_none());
        let when = format!("killed after {number}/{kills} of {whole:?}");
        world.check_interrupted(&case, &when);
        world.check_resumed(&case, verb, &strs(&words), &when);
    }
    assert!(killed > 0, "every run of {whole:?} was over before it was killed");
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn an_issue_survives_kills_at_any_time() {
    kill_at_any_time("issue", 36, Case::new);
}

#[test]
fn a_rotation_survives_kills_at_any_time() {
    kill_at_any_time("rotate", 36, Case::old);
}

/// A command that ends clawctl the first time that it runs, and takes the key otherwise.
fn killer(world: &World, id: &str, first: &str) -> (String, std::path::PathBuf) {
    let (mark, got) = (world.operator.path(&format!("{id}.mark")), world.operator.path(id));
    let (mark_shown, got_shown) = (mark.display(), got.display());
    let script = first.replace("GOT", &got_shown.to_string());
    let command = format!(
        "exec:if test ! -e {mark_shown}; then : >{mark_shown}; {script}; else cat >{got_shown}; fi"
    );
    (command, got)
}

#[test]
fn a_command_that_kills_clawctl_before_or_after_it_has_the_key_loses_nothing() {
    let world = World::embedded();
    let scripts =
        [("before", "kill -9 $PPID; cat >GOT"), ("after", "cat >GOT; kill -9 $PPID; sleep 0")];
    for (name, script) in scripts {
        let id = format!("issue_{name}");
        let (sink, got) = killer(&world, &id, script);
        let words = ["key", "issue", &id, "--policy", "team", "--to", &sink];
        let run = world.operator.run(&words);
        assert_eq!(run.code, None, "{name}: {run}");
        assert!(!world.is_enabled(&id), "{name}");
        assert_eq!(world.pending(), [id.as_str()]);
        let run = world.operator.run(&["key", "issue", &id, "--resume"]);
        assert_eq!(run.code, Some(0), "{name}: {run}");
        assert!(world.works(read(&got).trim()), "{name}");

        let case = Case::old(&world, &format!("rotate_{name}"), Sink::Stdout);
        let (sink, got) = killer(&world, &case.id, script);
        let run = world.operator.run(&["key", "rotate", &case.id, "--yes", "--to", &sink]);
        assert_eq!(run.code, None, "{name}: {run}");
        assert!(world.works(case.old.as_ref().unwrap()), "{name}");
        let run = world.operator.run(&["key", "rotate", &case.id, "--resume"]);
        assert_eq!(run.code, Some(0), "{name}: {run}");
        assert!(world.works(read(&got).trim()), "{name}");
        assert!(!world.works(case.old.as_ref().unwrap()), "{name}");
    }
    assert_eq!(world.pending(), [""; 0]);
}

fn read(path: &std::path::Path) -> String {
    std::fs::read_to_string(path).unwrap()
}

/// The key is nowhere, and the one that was there before is where it was.
#[track_caller]
fn check_undelivered(world: &World, case: &Case, run: &Run, when: &str) {
    assert_eq!(run.code, Some(1), "{when}\n{run}");
    assert!(run.stderr.contains("the key was not delivered to"), "{when}\n{run}");
    assert!(!format!("{}{}", run.stdout, run.stderr).contains("clawrouter-live-"), "{when}\n{run}");
    assert_eq!(case.held(), case.old, "{when}: the sink was not put back");
    match &case.old {
        None => assert!(!world.is_enabled(&case.id), "{when}"),
        Some(old) => assert!(world.works(old), "{when}"),
    }
}

#[test]
fn a_command_that_fails_or_does_not_read_leaves_the_earlier_sinks_as_they_were() {
    let world = World::embedded();
    for (number, (script, says)) in [
        ("exit 1", "status 1"),
        ("cat >/dev/null; exit 7", "status 7"),
        ("true", "did not read the whole key"),
        ("head -c 9 >/dev/null", "did not read the whole key"),
        ("kill -9 $$", "signal 9"),
        ("no-such-program-here", "status 127"),
    ]
    .into_iter()
    .enumerate()
    {
        let exec = format!("exec:{script}");
        for sink in [Sink::File, Sink::EnvFile] {
            let id = format!("issue_{number}_{}", sink as u8);
            let case = Case::new(&world, &id, sink);
            let run = world.operator.run(&[
                "key",
                "issue",
                &id,
                "--policy",
                "team",
                "--to",
                &case.to(),
                "--to",
                &exec,
            ]);
            check_undelivered(&world, &case, &run, script);
            assert!(run.stderr.contains(says) && run.stderr.contains("--resume"), "{run}");
            // Another sink takes it instead.
            let run = world.operator.run(&["key", "issue", &id, "--resume", "--to", &case.to()]);
            assert_eq!(run.code, Some(0), "{run}");
            world.check_finished(&case, "issue", script);

            let case = Case::old(&world, &format!("rotate_{number}_{}", sink as u8), sink);
            let run = world.operator.run(&[
                "key",
                "rotate",
                &case.id,
                "--yes",
                "--to",
                &case.to(),
                "--to",
                &exec,
            ]);
            check_undelivered(&world, &case, &run, script);
            // The router has heard nothing, so nothing is left to finish.
            world.check_finished(&case, "rotate", script);
        }
    }
    assert_eq!(world.pending(), [""; 0]);
}

/// Two file sinks; the folder of the second goes away after it was checked.
#[test]
fn a_file_that_cannot_be_written_any_more_leaves_the_other_as_it_was() {
    let world = World::remote();
    let case = Case::new(&world, "case", Sink::EnvFile);
    std::fs::write(&case.path, "OTHER=1\n").unwrap();
    std::fs::set_permissions(&case.path, std::fs::Permissions::from_mode(0o600)).unwrap();
    let folder = world.operator.path("folder");
    std::fs::create_dir(&folder).unwrap();
    let (to, second) = (case.to(), format!("file:{}/key", folder.display()));
    let gone = folder.clone();
    let _ = world.proxy.follow(move |_, heard| {
        if heard.line.starts_with("PUT /v1/admin/credentials/") && gone.is_dir() {
            std::fs::remove_dir(&gone).unwrap();
            std::fs::write(&gone, "a file now").unwrap();
        }
        Act::Forward
    });
    let words = ["key", "issue", "case", "--policy", "team", "--to", &to, "--to", &second];
    let run = world.operator.run(&words);
    check_undelivered(&world, &case, &run, "a folder that is gone");
    assert_eq!(read(&case.path), "OTHER=1\n");
    let run = world.operator.run(&["key", "issue", "case", "--resume", "--to", &to]);
    assert_eq!(run.code, Some(0), "{run}");
    assert!(read(&case.path).starts_with("OTHER=1\n"));
    world.check_finished(&case, "issue", "a folder that is gone");
}

/// Stdout is taken last, and refuses.
fn check_refusing_stdout(world: &World, number: u8, says: &str, stdout: impl Fn() -> Stdio) {
    let run = |words: &[&str]| {
        let mut command: Command = world.operator.command(words);
        command.stdin(Stdio::null()).stdout(stdout()).stderr(Stdio::piped());
        finish(command.spawn().unwrap())
    };
    for format in [&[][..], &["-o", "json"]] {
        let id = format!("issue_{number}_{}", format.len());
        let case = Case::new(world, &id, Sink::File);
        let to = case.to();
        let words = ["key", "issue", &id, "--policy", "team", "--to", &to, "--to", "stdout"];
        let failed = run(&[&words, format].concat());
        check_undelivered(world, &case, &failed, says);
        assert!(failed.stderr.contains(says), "{failed}");
        assert!(failed.stderr.contains("--resume"), "{failed}");
        let run_again = world.operator.run(&["key", "issue", &id, "--resume", "--to", &to]);
        assert_eq!(run_again.code, Some(0), "{run_again}");
        world.check_finished(&case, "issue", says);

        let case = Case::old(world, &format!("rotate_{number}_{}", format.len()), Sink::File);
        let to = case.to();
        let words = ["key", "rotate", &case.id, "--yes", "--to", &to, "--to", "stdout"];
        let failed = run(&[&words, format].concat());
        check_undelivered(world, &case, &failed, says);
        world.check_finished(&case, "rotate", says);
    }
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn a_stdout_that_takes_nothing_is_a_failed_delivery() {
    let world = World::embedded();
    check_refusing_stdout(&world, 1, "Broken pipe", || {
        let (reader, writer) = io::pipe().unwrap();
        drop(reader);
        writer.into()
    });
    if std::path::Path::new("/dev/full").exists() {
        check_refusing_stdout(&world, 2, "No space left", || {
            std::fs::File::options().write(true).open("/dev/full").unwrap().into()
        });
    }
}

#[test]
fn an_admin_token_that_stdout_does_not_take_does_not_become_valid() {
    let world = World::embedded();
    let (reader, writer) = io::pipe().unwrap();
    drop(reader);
    let mut command = world.operator.command(&["router", "token", "rotate", "--yes"]);
    command.stdin(Stdio::null()).stdout(writer).stderr(Stdio::piped());
    let run = finish(command.spawn().unwrap());
    drop(command);
    assert_eq!(run.code, Some(1), "{run}");
    assert!(run.stderr.contains("Broken pipe") && run.stderr.contains("still is"), "{run}");
    assert!(world.takes_the_token());
}

#[test]
fn of_two_that_issue_one_id_at_once_one_wins() {
    let world = World::embedded();
    for round in 0..5 {
        let id = format!("race_{round}");
        let cases = [Sink::File, Sink::EnvFile].map(|sink| Case::new(&world, &id, sink));
        let children = [&cases[0], &cases[1]].map(|case| {
            world.start(&["key", "issue", &id, "--policy", "team", "--to", &case.to()])
        });
        let runs = children.map(finish);
        let codes = [runs[0].code, runs[1].code];
        let winner = match codes {
            [Some(0), Some(5)] => 0,
            [Some(5), Some(0)] => 1,
            _ => panic!("{}{}", runs[0], runs[1]),
        };
        assert!(world.works(&cases[winner].held().unwrap()));
        assert_eq!(cases[1 - winner].held(), None);
        world.check_finished(&cases[winner], "issue", "after a race");
    }
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn of_two_that_rotate_one_key_at_once_the_sink_holds_what_works() {
    let world = World::embedded();
    for round in 0..5 {
        let case = Case::old(&world, &format!("race_{round}"), Sink::File);
        let to = case.to();
        let words = ["key", "rotate", &case.id, "--yes", "--to", &to];
        let runs = [world.start(&words), world.start(&words)].map(finish);
        // One after the other is as good as one refused.
        assert!(runs.iter().any(|run| run.code == Some(0)), "{}{}", runs[0], runs[1]);
        // The file may have been replaced while it was looked at.
        let lost =
            |run: &Run| run.code == Some(2) && run.stderr.contains("by another program meanwhile");
        let fair = |run: &Run| matches!(run.code, Some(0 | 5)) || lost(run);
        assert!(runs.iter().all(fair), "{}{}", runs[0], runs[1]);
        world.check_finished(&case, "rotate", "after a race");
        assert!(!world.works(case.old.as_ref().unwrap()));
    }
    assert_eq!(world.pending(), [""; 0]);
}

/// Does it write a key? A question whether the router can create one is not meant.
fn is_key_write(heard: &Heard) -> bool {
    let creates = heard.line.starts_with("POST /v1/admin/credentials ") && heard.body != b"{}";
    let rotates = heard.line.starts_with("POST ") && heard.line.contains("/rotate ");
    creates || rotates || heard.line.starts_with("PUT /v1/admin/credentials/")
}

/// Runs a colleague's command from another machine, just before a write of ours gets through.
fn overtake(world: &World, words: &[&str], theirs: &[&str]) -> (Run, Run) {
    let colleague = world.colleague();
    let theirs: Vec<String> = theirs.iter().map(|word| (*word).to_owned()).collect();
    let (done, outcome) = std::sync::mpsc::channel();
    let _ = world.proxy.follow(move |_, heard| {
        if is_key_write(heard) {
            // Only the first of our writes; the receiver takes one.
            let _ = done.send(finish(start(&colleague, &strs(&theirs))));
        }
        Act::Forward
    });
    let ours = world.operator.run(words);
    world.proxy.behave();
    (ours, outcome.recv_timeout(PATIENCE).unwrap())
}

#[test]
fn who_is_overtaken_by_an_issue_elsewhere_leaves_it_alone() {
    let world = World::remote();
    let case = Case::new(&world, "overtaken", Sink::File);
    let to = case.to();
    let words = ["key", "issue", "overtaken", "--policy", "team", "--to", &to];
    let (ours, theirs) =
        overtake(&world, &words, &["key", "issue", "overtaken", "--policy", "team"]);
    assert_eq!((ours.code, theirs.code), (Some(5), Some(0)), "{ours}{theirs}");
    assert!(world.works(theirs.stdout.trim()));
    assert_eq!(case.held(), None);
    // Nothing of ours is in force, so nothing is left to finish.
    assert_eq!(world.pending(), [""; 0]);
    assert!(ours.stderr.contains("another id"), "{ours}");
}

/// The entry must not keep the key from being rotated for ever.
#[test]
fn a_resume_that_was_overtaken_gives_the_key_up() {
    let world = World::remote();
    let case = Case::new(&world, "overtaken", Sink::File);
    let to = case.to();
    let words = ["key", "issue", "overtaken", "--policy", "team", "--to", &to];
    let held =
        world.proxy.follow(|_, heard| match heard.line.starts_with("PUT /v1/admin/credentials/") {
            true => Act::HoldRequest,
            false => Act::Forward,
        });
    let mut child = world.start(&words);
    held.recv_timeout(PATIENCE).unwrap();
    child.kill().unwrap();
    assert_eq!(finish(child).code, None);
    world.proxy.behave();
    let theirs = world.colleague().ok(&["key", "issue", "overtaken", "--policy", "team"]);
    let run = world.operator.run(&["key", "issue", "overtaken", "--resume"]);
    assert_eq!(run.code, Some(5), "{run}");
    assert!(world.works(theirs.trim()));
    assert_eq!(case.held(), None);
    assert_eq!(world.pending(), [""; 0]);
    assert_eq!(world.operator.run(&["key", "rotate", "overtaken", "--yes"]).code, Some(0));
}

/// What finishes an interrupted run can be interrupted itself.
fn interrupt_resumes(verb: &str, flavour: Flavour) {
    let world = World::of(flavour);
    let is_issue = verb == "issue";
    let cut_off = |id: &str, sink: Sink, write: usize| {
        let case = match is_issue {
            true => Case::new(&world, id, sink),
            false => Case::old(&world, id, sink),
        };
        let to = case.to();
        let mut words = vec!["key", verb, id, "--yes", "--to", &to];
        words.extend(if is_issue { &["--policy", "team"][..] } else { &[] });
        let writes = AtomicUsize::new(0);
        let held = world.proxy.follow(move |_, heard| {
            match is_key_write(heard) && writes.fetch_add(1, Ordering::Relaxed) + 1 == write {
                true => Act::HoldRequest,
                false => Act::Forward,
            }
        });
        let mut child = world.start(&words);
        held.recv_timeout(PATIENCE).unwrap();
        child.kill().unwrap();
        let _ = case.hears(finish(child));
        case
    };
    let resume = |id: &str| ["key", verb, id, "--resume"].map(str::to_owned).to_vec();
    // Before the first write, and after the delivery.
    for write in if is_issue { vec![1, 2] } else { vec![1] } {
        let calm = cut_off(&format!("calm_{write}"), Sink::File, write);
        let count = count_requests(&world, &strs(&resume(&calm.id)), flavour);
        assert!((3..20).contains(&count), "{count} requests");
        for fault in ANSWER_FAULTS {
            for number in 1..=count {
                let id = format!("case_{write}_{}_{number}", fault as u8);
                let case = cut_off(&id, Sink::ALL[number % 3], write);
                let words = resume(&id);
                let run = run_into(&world, &strs(&words), (fault, number), flavour);
                let run = case.hears(run);
                let when = format!("{fault:?} at request {number} of a resume at write {write}");
                check_end(&world, &run, fault, &case, &when);
                world.check_interrupted(&case, &when);
                world.check_resumed(&case, verb, &[], &when);
            }
        }
    }
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn a_resumed_issue_survives_a_fault_at_every_request() {
    interrupt_resumes("issue", Flavour::Extended);
}

#[test]
fn a_resumed_rotation_survives_a_fault_at_every_request() {
    interrupt_resumes("rotate", Flavour::Extended);
}

#[test]
fn who_is_overtaken_by_a_rotation_elsewhere_takes_the_key_back() {
    let world = World::remote();
    let case = Case::old(&world, "overtaken", Sink::File);
    let to = case.to();
    let words = ["key", "rotate", "overtaken", "--yes", "--to", &to];
    let (ours, theirs) = overtake(&world, &words, &["key", "rotate", "overtaken", "--yes"]);
    assert_eq!((ours.code, theirs.code), (Some(5), Some(0)), "{ours}{theirs}");
    assert!(world.works(theirs.stdout.trim()));
    assert_eq!(case.held(), case.old, "our new key was never valid");
    assert_eq!(world.pending(), [""; 0]);
}

#[test]
fn a_key_that_was_never_delivered_is_not_switched_on_by_another_command() {
    let world = World::embedded();
    let run =
        world.operator.run(&["key", "issue", "lost", "--policy", "team", "--to", "exec:exit 1"]);
    assert_eq!(run.code, Some(1), "{run}");
    let run = world.operator.run(&["key", "enable", "lost"]);
    assert_eq!(run.code, Some(5), "{run}");
    assert!(run.stderr.contains("clawctl key issue lost --resume"), "{run}");
    assert!(!world.is_enabled("lost"));
    let run = world.operator.run(&["key", "rotate", "lost", "--yes"]);
    assert_eq!(run.code, Some(5), "{run}");
    assert_eq!(run.stdout, "", "{run}");
}

/// The secret is gone by then, so there is nothing that another sink could be given.
#[test]
fn a_resume_after_the_delivery_takes_no_other_sinks() {
    for (verb, old) in [("issue", false), ("rotate", true)] {
        let world = World::remote();
        let case = match old {
            false => Case::new(&world, "done", Sink::File),
            true => Case::old(&world, "done", Sink::File),
        };
        let to = case.to();
        let mut words = vec!["key", verb, "done", "--yes", "--to", &to];
        words.extend(if old { &[][..] } else { &["--policy", "team"] });
        // The last write comes after the delivery.
        let (last, writes) = (if old { 1 } else { 2 }, AtomicUsize::new(0));
        let held = world.proxy.follow(move |_, heard| {
            let is_write = heard.line.starts_with("PUT /v1/admin/credentials/");
            match is_write && writes.fetch_add(1, Ordering::Relaxed) + 1 == last {
                true => Act::HoldRequest,
                false => Act::Forward,
            }
        });
        let mut child = world.start(&words);
        held.recv_timeout(PATIENCE).unwrap();
        child.kill().unwrap();
        assert_eq!(finish(child).code, None);
        world.proxy.behave();
        world.check_interrupted(&case, verb);
        let other = world.operator.path("other");
        let elsewhere = format!("file:{}", other.display());
        let run = world.operator.run(&["key", verb, "done", "--resume", "--to", &elsewhere]);
        assert_eq!(run.code, Some(2), "{run}");
        assert!(run.stderr.contains("already"), "{run}");
        assert!(!other.exists());
        let delivered = case.held();
        world.check_resumed(&case, verb, &words, verb);
        assert_eq!(case.held(), delivered, "it was delivered a second time");
    }
}
