use std::os::unix::fs::symlink;

use super::*;

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<String> =
        entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_beside_a_file_is_named_after_it_and_gone_afterwards() {
    let folder = folder();
    let path = folder.path().join(".env");
    let locked = lock(&path).unwrap();
    let draft = locked.draft(b"A=1\n", Access::PRIVATE).unwrap();
    let there = names(folder.path());
    assert_eq!(there.len(), 2, "{there:?}");
    assert_eq!(there[0], ".env.clawctl-lock");
    assert!(there[1].starts_with(".env.clawctl-tmp-"), "{there:?}");
    let mode = |name: &str| fs::metadata(folder.path().join(name)).unwrap().mode() & 0o777;
    assert_eq!((mode(&there[0]), mode(&there[1])), (0o600, 0o600));
    draft.replace().unwrap();
    drop(locked);
    assert_eq!(names(folder.path()), [".env"]);
}

#[test]
fn many_writers_lose_no_line() {
    const WRITERS: usize = 8;
    let folder = folder();
    let path = folder.path().join("lines");
    std::thread::scope(|scope| {
        for writer in 0..WRITERS {
            let path = &path;
            scope.spawn(move || {
                for round in 0..10 {
                    let locked = lock(path).unwrap();
                    let mut text = fs::read_to_string(path).unwrap_or_default();
                    text.push_str(&format!("{writer} {round}\n"));
                    locked.replace(text.as_bytes(), Access::PRIVATE).unwrap();
                }
            });
        }
    });
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text.lines().collect::<std::collections::HashSet<_>>().len(), WRITERS * 10);
    assert_eq!(names(folder.path()), ["lines"]);
}

#[test]
fn what_a_killed_writer_left_is_removed_by_the_next_and_only_then() {
    let folder = folder();
    let path = folder.path().join(".env");
    let left = folder.path().join(".env.clawctl-tmp-killed");
    let of_another = folder.path().join(".env.local.clawctl-tmp-killed");
    let leave = || {
        fs::write(&left, "KEY=canary").unwrap();
        fs::write(&of_another, "").unwrap();
        fs::write(folder.path().join(".env.clawctl-lock"), "").unwrap();
    };
    leave();
    drop(lock(&path).unwrap());
    assert_eq!(names(folder.path()), [".env.local.clawctl-tmp-killed"]);

    leave();
    let unfinished = unfinished_in(folder.path()).unwrap();
    assert_eq!(
        unfinished.into_iter().collect::<Vec<_>>(),
        [path.clone(), folder.path().join(".env.local")]
    );
    let held = Lock::wait(&beside(&path, LOCK)).unwrap();
    assert_eq!(sweep(&path).unwrap(), 0, "its writer may live");
    assert!(left.exists());
    drop(held);
    assert_eq!(sweep(&path).unwrap(), 1);
    assert_eq!(names(folder.path()), [".env.local.clawctl-tmp-killed"]);
    assert_eq!(sweep(&folder.path().join("no/such/file")).unwrap(), 0);
}

#[test]
fn a_lock_file_that_is_a_link_is_not_followed() {
    let folder = folder();
    let victim = folder.path().join("victim");
    symlink(&victim, folder.path().join("key.clawctl-lock")).unwrap();
    assert!(lock(&folder.path().join("key")).is_err());
    assert!(!victim.exists());
}

#[test]
fn an_incomplete_line_stays_alone() {
    let folder = folder();
    let path = folder.path().join("journal");
    fs::write(&path, "{\"a\":1}\n{\"tor").unwrap();
    lock(&path).unwrap().append(b"{\"b\":2}\n", 0o600, true).unwrap();
    lock(&path).unwrap().append(b"{\"c\":3}\n", 0o600, false).unwrap();
    let text = fs::read_to_string(&path).unwrap();
    assert_eq!(text, "{\"a\":1}\n{\"tor\n{\"b\":2}\n{\"c\":3}\n");
}

#[test]
fn a_long_name_is_written_too() {
    let folder = folder();
    let path = folder.path().join("n".repeat(250));
    replace(&path, b"text", Access::PRIVATE).unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"text");
    assert!(create_new(&path, b"other", Access::PRIVATE).is_err());
    assert_eq!(fs::read(&path).unwrap(), b"text");
}
