use std::fs;
use std::io::{self, Write};

use super::super::testing::{KEY, World, key, names, write};
use super::*;

fn sinks(world: &World, specs: &[&str]) -> Sinks {
    let specs: Vec<SinkSpec> = specs
        .iter()
        .map(|text| text.replace("DIR", world.dir.path().to_str().unwrap()).parse().unwrap())
        .collect();
    let mut surroundings = world.surroundings();
    surroundings.terminal = world.path("tty");
    Sinks::new(&specs, surroundings, &Replaces::Anything)
}

fn deliver(sinks: &mut Sinks, stdout: &mut dyn Write) -> Result<(), DeliveryFailed> {
    let tty_frame = Frame { before: "[ ".into(), after: " ]\n".into() };
    sinks.deliver_all(&key(), &mut Reveal { stdout, stdout_frame: Frame::bare(), tty_frame })
}

fn in_dir(world: &World, text: &str) -> String {
    text.replace(world.dir.path().to_str().unwrap(), "DIR")
}

struct Gone;

impl Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const EVERY: [&str; 6] = [
    "stdout",
    "tty",
    "exec:cat >DIR/got",
    "file:DIR/key",
    "env-file:DIR/.env:KEY",
    "keyring:clawctl/alice",
];

#[test]
fn a_key_goes_to_every_sink() {
    let world = World::new();
    write(&world.path("tty"), "", 0o600);
    let mut sinks = sinks(&world, &EVERY);
    assert_eq!(sinks.check_all().unwrap().len(), 0);
    let mut out = Vec::new();
    deliver(&mut sinks, &mut out).unwrap();
    assert_eq!(out, format!("{KEY}\n").as_bytes());
    assert_eq!(world.read("tty"), format!("[ {KEY} ]\n"));
    assert_eq!(world.read("got"), format!("{KEY}\n"));
    assert_eq!(world.read("key"), KEY);
    assert_eq!(world.read(".env"), format!("KEY={KEY}\n"));
    assert_eq!(world.keychain.entries()["clawctl|alice"], KEY);
}

#[test]
fn after_a_failed_command_all_is_as_it_was_and_nothing_is_shown() {
    let world = World::new();
    write(&world.path("tty"), "", 0o600);
    write(&world.path("key"), "old key", 0o640);
    write(&world.path(".env"), "A=1\nKEY=old", 0o600);
    let mut specs = EVERY.to_vec();
    specs[2] = "exec:exit 4";
    let mut sinks = sinks(&world, &specs);
    sinks.check_all().unwrap();
    let mut out = Vec::new();
    let failed = deliver(&mut sinks, &mut out).unwrap_err();
    assert_eq!(
        failed.to_string(),
        "the key was not delivered to `exec:exit …`: the command ended with status 4"
    );
    let put_back: Vec<String> =
        failed.undone.put_back.iter().map(|name| in_dir(&world, name)).collect();
    assert_eq!(put_back, ["keyring:clawctl/alice", "env-file:DIR/.env:KEY", "file:DIR/key"]);
    assert_eq!(failed.undone.left.len(), 1);
    assert_eq!(
        failed.undone.left[0].to_string(),
        "`exec:exit …` may hold a key that will not work: what the command did cannot be undone"
    );
    assert!(out.is_empty() && world.read("tty").is_empty(), "no fallback to showing it");
    assert_eq!((world.read("key"), world.read(".env")), ("old key".into(), "A=1\nKEY=old".into()));
    assert!(world.keychain.entries().is_empty());
    assert!(!format!("{failed:?} {failed} {:?}", failed.hint()).contains("Canary"));
}

#[test]
fn a_reader_of_stdout_that_has_gone_undoes_the_rest() {
    let world = World::new();
    let mut sinks = sinks(&world, &["stdout", "file:DIR/key"]);
    sinks.check_all().unwrap();
    let failed = deliver(&mut sinks, &mut Gone).unwrap_err();
    assert_eq!((failed.sink.as_str(), failed.undone.left.len()), ("stdout", 0));
    assert_eq!(names(world.dir.path()), ["bin", "output"]);
}

#[test]
fn what_was_shown_is_named_among_what_is_left() {
    let world = World::new();
    write(&world.path("tty"), "", 0o600);
    let mut sinks = sinks(&world, &["tty", "stdout", "file:DIR/key"]);
    let failed = deliver(&mut sinks, &mut Gone).unwrap_err();
    assert_eq!(
        failed.undone.left.iter().map(|left| left.sink.as_str()).collect::<Vec<_>>(),
        ["tty"]
    );
}

#[test]
fn a_router_that_refuses_afterwards_has_all_put_back() {
    let world = World::new();
    write(&world.path("key"), "old", 0o600);
    let specs = ["file:DIR/key", "env-file:DIR/.env:A", "env-file:DIR/.env:B"];
    let mut sinks = sinks(&world, &specs);
    assert_eq!(sinks.check_all().unwrap().len(), 1, "the file will be replaced");
    deliver(&mut sinks, &mut io::sink()).unwrap();
    assert_eq!(world.read(".env"), format!("A={KEY}\nB={KEY}\n"));
    let undone = sinks.undo_all();
    assert_eq!((undone.put_back.len(), undone.left.len()), (3, 0));
    assert_eq!(world.read("key"), "old");
    assert!(!world.path(".env").exists());
}

#[test]
fn a_sink_that_is_not_ready_stops_everything() {
    let world = World::new();
    let mut sinks = sinks(&world, &["file:DIR/key", "file:DIR/none/key"]);
    let failed = sinks.check_all().unwrap_err();
    assert_eq!(
        in_dir(&world, &failed.to_string()),
        "the sink `file:DIR/none/key` cannot be used: the directory `DIR/none` does not exist"
    );
    assert_eq!(in_dir(&world, &failed.hint().unwrap()), "run `mkdir -p DIR/none`");
    assert_eq!(names(world.dir.path()), ["bin", "output"]);
}

#[test]
fn sinks_that_overwrite_each_other_are_refused() {
    let world = World::new();
    fs::create_dir(world.path("d")).unwrap();
    let check = |specs: &[&str], good: bool| {
        assert_eq!(sinks(&world, specs).check_all().is_ok(), good, "{specs:?}");
    };
    check(&["file:DIR/key", "file:DIR/key"], false);
    check(&["file:DIR/key", "file:DIR/d/../key"], false);
    check(&["file:DIR/key", "env-file:DIR/d/../key:A"], false);
    check(&["env-file:DIR/d/../e:A", "env-file:DIR/e:A"], false);
    check(&["stdout", "stdout"], false);
    check(&["file:DIR/key", "file:DIR/key2"], true);
    check(&["env-file:DIR/e:A", "env-file:DIR/e:B"], true);
}

#[test]
fn without_a_terminal_the_check_fails() {
    let world = World::new();
    let failed = sinks(&world, &["tty"]).check_all().unwrap_err();
    assert!(matches!(failed.error, SinkError::NoTerminal { .. }), "{failed}");
}

/// Allows what a made-up key of alice's is.
fn alices() -> Replaces {
    Replaces::Only(std::sync::Arc::new(|_, held| match held.contains("-alice-") {
        true => Ok(()),
        false => Err("something else".to_owned()),
    }))
}

#[test]
fn what_another_put_there_is_neither_replaced_by_the_check_nor_by_the_delivery() {
    let world = World::new();
    let places = ["file:DIR/key", "env-file:DIR/.env:KEY", "keyring:clawctl/alice"];
    let open = |place: &str| {
        let text = place.replace("DIR", world.dir.path().to_str().unwrap());
        Sinks::new(&[text.parse().unwrap()], world.surroundings(), &alices())
    };
    let theirs = "clawrouter-live-bobby-Canary3Canary4Canary5";
    let put = |text: &str| {
        write(&world.path("key"), text, 0o600);
        write(&world.path(".env"), format!("KEY={text}\n"), 0o600);
        let mut entries = world.keychain.entries();
        entries.insert("clawctl|alice".into(), text.into());
    };
    for place in places {
        // It came there after the check.
        let _ = fs::remove_file(world.path("key"));
        let _ = fs::remove_file(world.path(".env"));
        world.keychain.entries().clear();
        let mut sinks = open(place);
        sinks.check_all().unwrap();
        put(theirs);
        let failed = deliver(&mut sinks, &mut Vec::new()).unwrap_err();
        assert!(matches!(*failed.error, SinkError::Occupied { .. }), "{failed}");
        assert_eq!(world.read("key"), theirs);
        assert_eq!(world.read(".env"), format!("KEY={theirs}\n"));
        assert_eq!(world.keychain.entries()["clawctl|alice"], theirs);
        // It was there before.
        let refused = open(place).check_all().unwrap_err();
        assert!(matches!(refused.error, SinkError::Occupied { .. }), "{refused}");
        assert!(!refused.to_string().contains("Canary"), "{refused}");
        let mut sinks = open(place);
        sinks.replace_anything();
        deliver(&mut sinks, &mut Vec::new()).unwrap();
        put("clawrouter-live-alice-Canary6Canary7Canary8");
        deliver(&mut open(place), &mut Vec::new()).unwrap();
        put("");
        deliver(&mut open(place), &mut Vec::new()).unwrap();
    }
}
