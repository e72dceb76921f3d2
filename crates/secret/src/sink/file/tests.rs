use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use super::super::testing::{KEY, MARKER, World, in_second_process, key, mode, names, write};
use super::*;

fn sink(world: &World) -> FileSink {
    FileSink::new(&world.path("dir/key"), Replaces::Anything)
}

fn world() -> World {
    let world = World::new();
    fs::create_dir(world.path("dir")).unwrap();
    world
}

#[test]
fn a_new_file_is_for_its_owner_alone_and_can_be_taken_back() {
    let world = world();
    let mut sink = sink(&world);
    assert_eq!(sink.check().unwrap(), None);
    assert!(names(&world.path("dir")).is_empty(), "the check leaves nothing");
    sink.deliver(&key()).unwrap();
    assert_eq!(world.read("dir/key"), KEY);
    assert_eq!(mode(&world.path("dir/key")), 0o600);
    assert_eq!(names(&world.path("dir")), ["key"]);
    sink.undo().unwrap();
    assert!(names(&world.path("dir")).is_empty());
    sink.undo().unwrap();
}

#[test]
fn a_file_is_replaced_narrowed_and_put_back_with_its_mode() {
    for before in [0o600, 0o644, 0o400, 0o4755] {
        let world = world();
        let path = world.path("dir/key");
        write(&path, b"old\xff\n", before);
        let mut sink = sink(&world);
        let warning = sink.check().unwrap().unwrap();
        assert_eq!(matches!(warning, Warning::WillNarrow { .. }), before & 0o7177 != 0);
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"old\xff\n".to_vec(), before));
        sink.deliver(&key()).unwrap();
        assert_eq!((world.read("dir/key").as_str(), mode(&path)), (KEY, 0o600));
        assert_eq!(names(&world.path("dir")), ["key"], "no backup of the old secret");
        sink.undo().unwrap();
        assert_eq!((fs::read(&path).unwrap(), mode(&path)), (b"old\xff\n".to_vec(), before));
    }
}

#[test]
fn an_undo_spares_what_somebody_else_wrote() {
    let world = world();
    let mut sink = sink(&world);
    sink.deliver(&key()).unwrap();
    write(&world.path("dir/key"), "theirs", 0o600);
    let error = sink.undo().unwrap_err().to_string();
    assert!(error.ends_with("was changed by another program meanwhile"), "{error}");
    assert_eq!(world.read("dir/key"), "theirs");
}

#[test]
fn what_cannot_be_a_key_file_is_refused_by_the_check() {
    let world = world();
    let dir = world.path("dir").canonicalize().unwrap();
    write(&dir.join("file"), "x", 0o600);
    symlink(dir.join("file"), dir.join("link")).unwrap();
    symlink(dir.join("gone"), dir.join("dangling")).unwrap();
    write(&dir.join("big"), vec![0; 1024 * 1024 + 1], 0o600);
    let check = |name: &str, want: &str, hint: &str| {
        let mut sink = FileSink::new(&dir.join(name), Replaces::Anything);
        let error = sink.check().unwrap_err();
        let at = |text: String| text.replace(dir.to_str().unwrap(), "DIR");
        assert_eq!(at(error.to_string()), want);
        assert_eq!(at(error.hint().unwrap_or_default()), hint);
        assert_eq!(at(sink.deliver(&key()).unwrap_err().to_string()), want);
    };
    check("none/key", "the directory `DIR/none` does not exist", "run `mkdir -p DIR/none`");
    check("file/key", "cannot read `DIR/file/key`: Not a directory (os error 20)", "");
    check("../dir", "`DIR/../dir` is a directory", "name a file in it: `DIR/../dir/NAME`");
    check(
        "link",
        "`DIR/link` is a symbolic link to `DIR/file`",
        "name the file itself: `DIR/file`",
    );
    check(
        "dangling",
        "`DIR/dangling` is a symbolic link that leads nowhere",
        "remove it: `rm DIR/dangling`",
    );
    check(
        "big",
        "`DIR/big` has 1048577 bytes, more than the 1048576 that are kept for an undo",
        "",
    );
    let device = FileSink::new(Path::new("/dev/null"), Replaces::Anything).check().unwrap_err();
    assert_eq!(device.to_string(), "`/dev/null` is not a regular file");
    assert_eq!(fs::read_to_string(dir.join("file")).unwrap(), "x");
    assert!(fs::symlink_metadata(dir.join("gone")).is_err());
}

#[test]
fn a_directory_that_cannot_be_written_is_found_by_the_check() {
    let world = world();
    // Root may write anywhere, except where no file can be made at all.
    fs::set_permissions(world.path("dir"), PermissionsExt::from_mode(0o500)).unwrap();
    let bound = fs::write(world.path("dir/probe"), "").is_err();
    let path = if bound { world.path("dir/key") } else { "/proc/self/key".into() };
    let error = FileSink::new(&path, Replaces::Anything).check().unwrap_err();
    assert!(error.to_string().starts_with("cannot write in the directory `/"), "{error}");
    fs::set_permissions(world.path("dir"), PermissionsExt::from_mode(0o700)).unwrap();
}

#[test]
fn a_file_of_another_user_is_refused() {
    let world = world();
    let path = world.path("dir/key");
    write(&path, "x", 0o644);
    // Only root can give a file away.
    if std::os::unix::fs::chown(&path, Some(12_345), None).is_err() {
        return;
    }
    let error = sink(&world).check().unwrap_err();
    assert!(error.to_string().ends_with("belongs to another user (uid 12345)"), "{error}");
}

#[test]
fn a_file_made_since_we_looked_is_kept() {
    let world = world();
    let path = world.path("dir/key");
    let mut replacement = Replacement::at(&path);
    write(&path, "theirs", 0o600);
    let locked = replace::lock(&path).unwrap();
    let error = replacement.put(&locked, Before::Nothing, b"ours", Access::PRIVATE).unwrap_err();
    assert!(matches!(error, SinkError::Changed { .. }), "{error}");
    drop(locked);
    replacement.undo().unwrap();
    assert_eq!((world.read("dir/key").as_str(), names(&world.path("dir")).len()), ("theirs", 1));
}

#[test]
fn the_umask_neither_widens_nor_narrows_the_mode() {
    for umask in ["0", "022", "077", "0277", "0777"] {
        let world = world();
        let test = concat!(module_path!(), "::delivers_here");
        in_second_process(&format!("umask {umask}"), test, &world.path("dir"));
        let path = world.path("dir/key");
        assert_eq!((world.read("dir/key").as_str(), mode(&path)), (KEY, 0o600), "umask {umask}");
    }
}

#[test]
#[ignore = "it runs in a second process"]
fn delivers_here() {
    if Path::new(MARKER).exists() {
        let mut sink = FileSink::new(Path::new("key"), Replaces::Anything);
        sink.check().unwrap();
        sink.deliver(&key()).unwrap();
    }
}

#[test]
fn a_disk_that_takes_no_more_leaves_the_old_file() {
    let world = world();
    write(&world.path("dir/key"), "old", 0o600);
    // No file may grow past nothing, as on a full disk, and the signal that says so is ignored.
    let test = concat!(module_path!(), "::fails_to_deliver_here");
    in_second_process("trap '' XFSZ; ulimit -f 0", test, &world.path("dir"));
    assert_eq!(world.read("dir/key"), "old");
    assert_eq!(names(&world.path("dir")), ["key"], "no half-written file stays");
}

#[test]
#[ignore = "it runs in a second process"]
fn fails_to_deliver_here() {
    if Path::new(MARKER).exists() {
        let mut sink = FileSink::new(Path::new("key"), Replaces::Anything);
        sink.check().unwrap();
        let error = sink.deliver(&key()).unwrap_err();
        assert!(error.to_string().starts_with("cannot write `key`: File too large"), "{error}");
        sink.undo().unwrap();
    }
}
