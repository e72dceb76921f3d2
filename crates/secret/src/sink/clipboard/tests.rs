use super::super::testing::{KEY, World, key};
use super::*;

fn sink(world: &World, wayland: bool, x11: bool) -> ClipboardSink {
    let mut surroundings = world.surroundings();
    (surroundings.wayland, surroundings.x11) = (wayland, x11);
    ClipboardSink::new(Arc::new(surroundings))
}

#[test]
fn the_tool_of_the_session_gets_the_bare_key() {
    for (program, wayland, x11) in [
        ("pbcopy", false, false),
        ("wl-copy", true, true),
        ("xclip", false, true),
        ("xsel", false, true),
    ] {
        let world = World::new();
        let got = world.path("got");
        world.program(program, &format!("cat > '{}'; echo noise", got.display()));
        let mut sink = sink(&world, wayland, x11);
        assert_eq!(sink.check().unwrap(), Some(Warning::ClipboardIsShared));
        sink.deliver(&key()).unwrap();
        assert_eq!(world.read("got"), KEY, "{program}");
        assert_eq!(world.read("output"), "");
        assert!(matches!(sink.undo(), Err(NotUndone::Impossible { .. })));
    }
}

#[test]
fn a_tool_of_another_session_is_not_used() {
    let world = World::new();
    world.program("wl-copy", "cat >/dev/null");
    let error = sink(&world, false, true).check().unwrap_err();
    assert_eq!(
        error.to_string(),
        "there is no clipboard tool for this session in the PATH (`pbcopy`, `xclip`, `xsel`)"
    );
    assert!(error.hint().is_some());
}

#[test]
fn a_tool_that_fails_is_a_failure() {
    let world = World::new();
    world.program("xclip", "exit 1");
    let mut sink = sink(&world, false, true);
    sink.check().unwrap();
    sink.undo().unwrap();
    let error = sink.deliver(&key()).unwrap_err();
    assert!(matches!(error, SinkError::CommandFailed { status: 1 }));
}
