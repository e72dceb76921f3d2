use std::fs;
use std::time::{Duration, Instant};

use super::super::testing::{KEY, World, key, write};
use super::*;

fn run(world: &World, command: &str) -> Result<(), SinkError> {
    run_in(world.surroundings(), command)
}

fn run_in(surroundings: Surroundings, command: &str) -> Result<(), SinkError> {
    let mut sink = ExecSink::new(command, Arc::new(surroundings));
    sink.check().unwrap();
    let done = sink.deliver(&key());
    assert!(matches!(sink.undo(), Err(NotUndone::Impossible { .. })));
    done
}

#[test]
fn the_command_reads_the_key_and_a_newline() {
    let world = World::new();
    let file = world.path("got");
    run(&world, &format!("cat > '{}'", file.display())).unwrap();
    assert_eq!(fs::read_to_string(&file).unwrap(), format!("{KEY}\n"));
    run(&world, &format!("read -r K; test \"$K\" = {KEY}")).unwrap();
    // Who counts the bytes of the key does not read the newline, and has the key nevertheless.
    run(&world, &format!("head -c {} >/dev/null", KEY.len())).unwrap();
}

#[test]
fn what_the_command_prints_is_kept_off_stdout() {
    let world = World::new();
    run(&world, "cat >/dev/null; echo printed; echo said >&2").unwrap();
    let output = world.read("output");
    assert!(output.contains("printed\n") && output.contains("said\n"), "{output}");
}

#[test]
fn a_command_that_fails_is_a_failure_with_its_status() {
    let world = World::new();
    let failed = |command: &str| run(&world, command).unwrap_err();
    assert_eq!(failed("cat >/dev/null; exit 3").to_string(), "the command ended with status 3");
    assert!(matches!(failed("exit 9"), SinkError::CommandFailed { status: 9 }));
    let missing = failed("no-such-program-here");
    assert!(matches!(missing, SinkError::CommandFailed { status: 127 }));
    assert!(missing.hint().unwrap().contains("no such program"));
    let killed = failed("cat >/dev/null; kill -s KILL $$");
    assert_eq!(killed.to_string(), "the command was ended by signal 9");
}

#[test]
fn a_command_that_did_not_read_the_key_does_not_have_it() {
    let world = World::new();
    for command in ["true", ":", "exec <&-", "head -c 10 >/dev/null", "sleep 0.1"] {
        let error = run(&world, command).unwrap_err();
        assert!(matches!(error, SinkError::CommandDidNotRead), "{command}: {error}");
    }
}

#[test]
fn sigpipe_ends_a_command_as_it_does_in_a_shell() {
    let world = World::new();
    let error = run(&world, "cat >/dev/null; kill -s PIPE $$").unwrap_err();
    assert!(matches!(error, SinkError::CommandKilled { signal: 13 }), "{error}");
}

#[test]
fn a_command_that_hangs_is_stopped_with_all_that_it_started() {
    let world = World::new();
    let late = world.path("late");
    let mut surroundings = world.surroundings();
    surroundings.command_limit = Duration::from_millis(200);
    let began = Instant::now();
    let command = format!("cat >/dev/null; (sleep 2; echo x > '{}') | cat", late.display());
    let error = run_in(surroundings, &command).unwrap_err();
    assert!(matches!(error, SinkError::CommandTooSlow { .. }), "{error}");
    assert!(began.elapsed() < Duration::from_millis(1_800), "{:?}", began.elapsed());
    std::thread::sleep(Duration::from_millis(2_200));
    assert!(!late.exists(), "what it started goes on");
}

#[test]
fn on_a_terminal_a_hanging_command_is_stopped_too() {
    let world = World::new();
    let mut surroundings = world.surroundings();
    surroundings.command_limit = Duration::from_millis(100);
    surroundings.terminal = world.path("output");
    let error = run_in(surroundings, "exec sleep 60").unwrap_err();
    assert!(matches!(error, SinkError::CommandTooSlow { .. }), "{error}");
}

#[test]
fn the_key_is_neither_an_argument_nor_in_the_environment() {
    let world = World::new();
    let script = "cat >/dev/null; ps -ww -o args= -p $$ || cat /proc/$$/cmdline; env";
    let mut surroundings = world.surroundings();
    surroundings.path.push(":/usr/bin:/bin");
    run_in(surroundings, script).unwrap();
    let output = world.read("output");
    assert!(output.contains("cmdline") && output.contains("PATH="), "{output}");
    assert!(!output.contains("Canary"));
}

#[test]
fn what_is_withheld_is_not_inherited() {
    let world = World::new();
    // Every test process has this variable from cargo or the shell; it stands for a token.
    let script = "cat >/dev/null; echo \"home=$HOME.\"";
    let mut surroundings = world.surroundings();
    surroundings.withheld = vec!["HOME".to_owned()];
    run_in(surroundings, script).unwrap();
    assert_eq!(world.read("output"), "home=.\n");
}

#[test]
fn without_a_shell_the_check_fails() {
    let world = World::new();
    let mut surroundings = world.surroundings();
    surroundings.path = "bin:relative".into();
    let mut sink = ExecSink::new("cat", Arc::new(surroundings));
    let error = sink.check().unwrap_err();
    assert_eq!(error.to_string(), "there is no `sh` in the PATH");
    sink.undo().unwrap();
    write(&world.path("bin/sh2"), "", 0o644);
    assert!(world.surroundings().find("sh2").is_none(), "it is not executable");
}
