use std::fs;
use std::os::unix::fs::MetadataExt;

use super::super::testing::{KEY, World, key, mode, names, write};
use super::*;

fn sink(world: &World) -> EnvFileSink {
    EnvFileSink::new(&world.path(".env"), "KEY", Replaces::Anything)
}

#[test]
fn the_line_is_replaced_and_put_back_byte_for_byte() {
    for before in [0o600, 0o400, 0o700] {
        let world = World::new();
        let path = world.path(".env");
        let old = b"# \xff\r\nKEY = 'old' # why\r\n\r\nB=2";
        write(&path, old, before);
        let mut sink = sink(&world);
        sink.check().unwrap();
        assert_eq!(fs::read(&path).unwrap(), old);
        sink.deliver(&key()).unwrap();
        let new = format!("KEY = '{KEY}' # why\r\n\r\nB=2");
        assert_eq!(fs::read(&path).unwrap(), [b"# \xff\r\n", new.as_bytes()].concat());
        assert_eq!(mode(&path), before, "the mode stays");
        sink.undo().unwrap();
        assert_eq!((fs::read(&path).unwrap().as_slice(), mode(&path)), (&old[..], before));
    }
}

#[test]
fn a_missing_file_is_made_and_taken_back() {
    let world = World::new();
    let mut sink = sink(&world);
    sink.check().unwrap();
    assert!(!world.path(".env").exists());
    sink.deliver(&key()).unwrap();
    assert_eq!(world.read(".env"), format!("KEY={KEY}\n"));
    assert_eq!(mode(&world.path(".env")), 0o600);
    sink.undo().unwrap();
    assert_eq!(names(world.dir.path()), ["bin", "output"]);
}

#[test]
fn a_file_that_others_can_read_is_refused_with_the_remedy() {
    for open in [0o644, 0o640, 0o660, 0o606] {
        let world = World::new();
        write(&world.path(".env"), "KEY=old\n", open);
        let mut sink = sink(&world);
        let error = sink.check().unwrap_err();
        assert!(error.to_string().ends_with(&format!("(mode {open:04o})")), "{error}");
        assert!(error.hint().unwrap().starts_with("run `chmod 600 /"));
        assert!(sink.deliver(&key()).is_err());
        sink.undo().unwrap();
        assert_eq!(world.read(".env"), "KEY=old\n");
    }
}

#[test]
fn an_ambiguous_file_is_refused_before_anything_is_sent() {
    let world = World::new();
    write(&world.path(".env"), "KEY=canary\nKEY=canary\n", 0o600);
    let error = sink(&world).check().unwrap_err();
    assert!(error.to_string().ends_with("the name is set twice, on line 1 and on line 2"));
    assert!(error.hint().unwrap().starts_with("remove line 1 or line 2"));
    assert!(!format!("{error:?}").contains("canary"));
}

#[test]
fn the_file_stays_whose_it_was() {
    let world = World::new();
    let path = world.path(".env");
    write(&path, "KEY=old\n", 0o600);
    // Only root can give a file away, so elsewhere the owner is ours before and after.
    let _ = std::os::unix::fs::chown(&path, Some(12_345), Some(12_346));
    let owner = |path: &Path| (path.metadata().unwrap().uid(), path.metadata().unwrap().gid());
    let before = owner(&path);
    let mut sink = sink(&world);
    sink.check().unwrap();
    sink.deliver(&key()).unwrap();
    assert_eq!(owner(&path), before);
    sink.undo().unwrap();
    assert_eq!((owner(&path), world.read(".env").as_str()), (before, "KEY=old\n"));
}

#[test]
fn what_is_not_plain_is_not_written() {
    let world = World::new();
    for text in ["a b", "a\nB=1", "a\"", "$(x)", "ä"] {
        let error = sink(&world).deliver(&Secret::new(text.into())).unwrap_err();
        assert!(matches!(error, SinkError::NotPlain));
    }
    assert!(!world.path(".env").exists());
}
