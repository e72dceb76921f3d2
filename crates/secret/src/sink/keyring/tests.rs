use super::super::testing::{KEY, World, key};
use super::*;
use crate::keychain::fake::Fake;

fn sink(world: &World) -> KeyringSink {
    KeyringSink::new("clawctl", "alice", Arc::new(world.surroundings()), Replaces::Anything)
}

fn entry(world: &World) -> Option<String> {
    world.keychain.entries().get("clawctl|alice").cloned()
}

fn put(world: &World, text: &str) {
    world.keychain.entries().insert("clawctl|alice".into(), text.into());
}

#[test]
fn an_entry_is_made_and_taken_back() {
    let world = World::new();
    let mut sink = sink(&world);
    assert_eq!(sink.check().unwrap(), None);
    sink.undo().unwrap();
    sink.deliver(&key()).unwrap();
    assert_eq!(entry(&world).as_deref(), Some(KEY));
    sink.undo().unwrap();
    assert_eq!(entry(&world), None);
}

#[test]
fn an_entry_is_replaced_and_put_back() {
    let world = World::new();
    put(&world, "old");
    let mut sink = sink(&world);
    assert_eq!(sink.check().unwrap(), Some(Warning::WillReplaceEntry));
    sink.deliver(&key()).unwrap();
    assert_eq!(entry(&world).as_deref(), Some(KEY));
    sink.undo().unwrap();
    assert_eq!(entry(&world).as_deref(), Some("old"));
}

#[test]
fn an_undo_spares_what_somebody_else_wrote() {
    let world = World::new();
    let mut sink = sink(&world);
    sink.deliver(&key()).unwrap();
    put(&world, "theirs");
    let error = sink.undo().unwrap_err().to_string();
    assert!(error.ends_with("was changed by another program meanwhile"), "{error}");
    assert_eq!(entry(&world).as_deref(), Some("theirs"));
}

#[test]
fn a_keychain_that_refuses_leaves_nothing_to_undo() {
    let mut world = World::new();
    world.keychain = Arc::new(Fake { read_only: true, ..Fake::default() });
    put(&world, "old");
    let mut sink = sink(&world);
    sink.check().unwrap();
    let error = sink.deliver(&key()).unwrap_err();
    assert!(error.to_string().contains("refused access"), "{error}");
    sink.undo().unwrap();
    assert_eq!(entry(&world).as_deref(), Some("old"));
}

#[test]
fn a_silent_keychain_fails_the_check() {
    let mut world = World::new();
    world.keychain = Arc::new(Fake { silent: true, ..Fake::default() });
    let error = sink(&world).check().unwrap_err();
    assert!(error.to_string().starts_with("the keychain did not answer within"), "{error}");
    assert!(error.hint().unwrap().contains("unlock"));
}
