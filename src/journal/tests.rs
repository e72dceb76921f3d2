use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use serde_json::Map;

use super::*;

const URL: &str = "https://router.example/";

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_700_000_000 + second).unwrap()
}

fn hash(byte: &str) -> String {
    byte.repeat(32)
}

fn plan(kind: Kind, url: &str, id: &str) -> Plan {
    Plan {
        kind,
        target: Target::new(url, Some("prod".into())),
        credential_id: id.into(),
        predecessor: None,
        key_mode: "live".into(),
        secret_sha256: hash("ab"),
        sinks: vec!["file:/run/key".into()],
        put: Intended {
            policy_id: "team".into(),
            enabled: true,
            principal_id: Some("ci@example.com".into()),
            label: None,
            expires_at: Some(at(9_000)),
            unknown: Map::from_iter([("later".to_owned(), 1.into())]),
        },
    }
}

fn journal() -> (tempfile::TempDir, Journal) {
    let dir = tempfile::tempdir().unwrap();
    let journal = Journal::at(&dir.path().join("a/journal"));
    (dir, journal)
}

fn names(journal: &Journal) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(&journal.dir)
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
fn an_issue_goes_through_its_steps_and_leaves_its_hash() {
    let (_dir, journal) = journal();
    let mut operation = journal.begin(plan(Kind::Issue, URL, "alice"), at(0)).unwrap();
    assert_eq!(mode(&journal.dir), 0o700);
    assert_eq!(mode(&journal.path(operation.entry())), 0o600);
    for (second, step) in [(1, Step::Registered), (2, Step::Delivered), (3, Step::Enabled)] {
        operation.advance(step, at(second)).unwrap();
        operation.advance(step, at(second)).unwrap();
        let found = journal.find(URL, "alice").unwrap().unwrap();
        assert_eq!((found.step, found.updated_at, found.began_at), (step, at(second), at(0)));
        assert_eq!(&found, operation.entry());
    }
    assert_eq!(journal.known_hash(URL, "alice").unwrap(), None);
    operation.finish(at(4)).unwrap();
    assert_eq!(journal.known_hash(URL, "alice").unwrap(), Some(hash("ab")));
    assert_eq!(journal.known_hash("https://other.example", "alice").unwrap(), None);
    assert_eq!(journal.find(URL, "alice").unwrap(), None);
    assert_eq!(names(&journal), ["issued"]);
    assert_eq!(mode(&journal.dir.join("issued")), 0o600);
}

#[test]
fn steps_are_taken_in_their_order() {
    let (_dir, journal) = journal();
    let mut issue = journal.begin(plan(Kind::Issue, URL, "alice"), at(0)).unwrap();
    for step in [Step::Delivered, Step::Enabled, Step::Replaced] {
        let error = issue.advance(step, at(1)).unwrap_err();
        assert!(matches!(error, JournalError::OutOfOrder { from: Step::Prepared, .. }));
    }
    let error = issue.finish(at(1)).unwrap_err();
    assert_eq!(error.to_string(), "the step `registered` does not follow `prepared`");
    let mut rotate = journal.begin(plan(Kind::Rotate, URL, "bobby"), at(0)).unwrap();
    assert!(rotate.advance(Step::Registered, at(1)).is_err());
    rotate.advance(Step::Delivered, at(1)).unwrap();
    rotate.advance(Step::Replaced, at(2)).unwrap();
    assert!(rotate.advance(Step::Delivered, at(3)).is_err());
    rotate.finish(at(3)).unwrap();
}

#[test]
fn what_was_cut_off_is_found_and_taken_up_again() {
    let (_dir, journal) = journal();
    let mut operation = journal.begin(plan(Kind::Issue, URL, "alice"), at(0)).unwrap();
    operation.advance(Step::Registered, at(1)).unwrap();
    drop(operation);
    let error = journal.begin(plan(Kind::Issue, URL, "alice"), at(2)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "`alice` was begun before and is not finished (registered reached)"
    );
    assert_eq!(error.hint().as_deref(), Some("finish it with `clawctl key issue alice --resume`"));
    let found = journal.find(URL, "alice").unwrap().unwrap();
    let mut operation = journal.resume(&found).unwrap();
    operation.restart(hash("cd"), at(3)).unwrap();
    assert_eq!(operation.entry().step, Step::Prepared);
    assert_eq!(operation.entry().put, plan(Kind::Issue, URL, "alice").put);
    operation.abandon().unwrap();
    assert!(matches!(journal.resume(&found), Err(JournalError::Gone { .. })));
    assert_eq!(journal.known_hash(URL, "alice").unwrap(), None);
    assert!(names(&journal).is_empty());
}

#[test]
fn routers_are_told_apart_by_where_they_are() {
    let (_dir, journal) = journal();
    for url in ["https://u:canary@a.example/x/?k=canary", "https://b.example", "embedded:/db"] {
        drop(journal.begin(plan(Kind::Issue, url, "alice"), at(0)).unwrap());
    }
    for url in ["https://A.example:443/x", "https://b.example/", "embedded:/db"] {
        assert_eq!(journal.pending(url).unwrap().entries.len(), 1, "{url}");
    }
    for name in names(&journal) {
        assert!(!fs::read_to_string(journal.dir.join(name)).unwrap().contains("canary"));
    }
}

#[test]
fn pending_operations_come_oldest_first() {
    let (_dir, journal) = journal();
    assert!(journal.pending(URL).unwrap().entries.is_empty());
    assert_eq!(journal.known_hash(URL, "alice").unwrap(), None);
    assert!(!journal.dir.exists(), "looking makes nothing");
    for (second, id) in [(5, "late"), (1, "early"), (3, "middle")] {
        drop(journal.begin(plan(Kind::Rotate, URL, id), at(second)).unwrap());
    }
    let pending = journal.pending(URL).unwrap();
    let ids: Vec<&str> = pending.entries.iter().map(|e| e.credential_id.as_str()).collect();
    assert_eq!(ids, ["early", "middle", "late"]);
}

#[test]
fn an_id_that_no_file_can_have_is_refused() {
    let (_dir, journal) = journal();
    for id in ["../../etc", "a-b-c-d", "abc", ""] {
        let error = journal.begin(plan(Kind::Issue, URL, id), at(0)).unwrap_err();
        assert!(matches!(error, JournalError::BadId(_)), "{id}");
    }
}

#[test]
fn damaged_files_are_named_and_the_others_are_read() {
    let (_dir, journal) = journal();
    drop(journal.begin(plan(Kind::Issue, URL, "alice"), at(0)).unwrap());
    let good = fs::read_to_string(journal.path(&journal.find(URL, "alice").unwrap().unwrap()));
    let good = good.unwrap();
    let write = |name: &str, text: &[u8]| fs::write(journal.dir.join(name), text).unwrap();
    write("bobby-1.json", &good.as_bytes()[..good.len() / 2]);
    write("bobby-2.json", b"");
    write("bobby-3.json", good.replace("\"version\": 1", "\"version\": 9").as_bytes());
    write("bobby-4.json", good.replace("prepared", "replaced").as_bytes());
    write("bobby-5.json", good.replace("\"alice\"", "\"../alice\"").as_bytes());
    write("bobby-6.json", b"\xff\0[[[[");
    write(".tmp-x", b"left by a crash");
    fs::create_dir(journal.dir.join("bobby-7.json")).unwrap();
    write("issued", b"{\"torn\":");
    let pending = journal.pending(URL).unwrap();
    assert_eq!(pending.entries.len(), 1);
    let said: Vec<String> = pending
        .unreadable
        .iter()
        .map(|file| file.to_string().replace(journal.dir.to_str().unwrap(), "DIR"))
        .collect();
    assert_eq!(said.len(), 8, "{said:#?}");
    assert!(said[0].starts_with("cannot read `DIR/bobby-1.json`: it is damaged at line "));
    assert_eq!(said[2], "cannot read `DIR/bobby-3.json`: it has version 9; this clawctl knows 1");
    assert_eq!(said[7], "cannot read `DIR/issued`: line 1 is damaged and was left out");
    // A file about this very id may be the operation that a new one would collide with.
    let error = journal.begin(plan(Kind::Issue, URL, "bobby"), at(1)).unwrap_err();
    assert!(error.hint().unwrap().starts_with("look at it, then remove it: `rm "), "{error}");
    assert!(journal.begin(plan(Kind::Issue, URL, "carol"), at(1)).is_ok());
}

#[test]
fn a_step_that_a_crash_cut_off_was_not_taken() {
    let (_dir, journal) = journal();
    let mut operation = journal.begin(plan(Kind::Issue, URL, "alice"), at(0)).unwrap();
    operation.advance(Step::Registered, at(1)).unwrap();
    let path = journal.path(operation.entry());
    operation.advance(Step::Delivered, at(2)).unwrap();
    drop(operation);
    let whole = fs::read(&path).unwrap();
    let before = whole.iter().rposition(|byte| *byte == b'\n').unwrap();
    for end in before..whole.len() {
        fs::write(&path, &whole[..end]).unwrap();
        let found = journal.find(URL, "alice").unwrap().unwrap();
        assert_eq!((found.step, found.updated_at), (Step::Registered, at(1)), "{end}");
        let mut operation = journal.resume(&found).unwrap();
        operation.advance(Step::Delivered, at(3)).unwrap();
        operation.advance(Step::Enabled, at(4)).unwrap();
        let found = journal.find(URL, "alice").unwrap().unwrap();
        assert_eq!((found.step, found.updated_at), (Step::Enabled, at(4)), "{end}");
    }
}

#[test]
fn a_torn_line_does_not_spoil_the_next() {
    let (_dir, journal) = journal();
    let mut operation = journal.begin(plan(Kind::Rotate, URL, "alice"), at(0)).unwrap();
    fs::write(journal.dir.join("issued"), b"{\"target\":\"https://rou").unwrap();
    operation.advance(Step::Delivered, at(1)).unwrap();
    operation.advance(Step::Replaced, at(1)).unwrap();
    operation.finish(at(1)).unwrap();
    assert_eq!(journal.known_hash(URL, "alice").unwrap(), Some(hash("ab")));
}

#[test]
fn an_index_that_grew_keeps_the_newest_of_each() {
    let (_dir, journal) = journal();
    let operation = journal.begin(plan(Kind::Issue, URL, "alice"), at(0)).unwrap();
    let mut entry = operation.entry().clone();
    for second in 0..40 {
        entry.credential_id = format!("key_{}", second % 4);
        entry.secret_sha256 = hash(&format!("{second:02}"));
        let line = Line::of(&entry, at(second));
        journal.index().with_limit(2_000).append_all([line]).unwrap();
    }
    assert!(fs::metadata(journal.dir.join("issued")).unwrap().len() < 2_400);
    for last in 36..40 {
        let known = journal.known_hash(URL, &format!("key_{}", last % 4)).unwrap();
        assert_eq!(known, Some(hash(&format!("{last:02}"))));
    }
}

#[test]
fn one_of_many_at_once_gets_the_credential() {
    let (_dir, journal) = journal();
    for round in 0..30 {
        let id = format!("alice_{round}");
        let begun: Vec<_> = thread::scope(|scope| {
            let begin = || journal.begin(plan(Kind::Issue, URL, &id), at(0));
            let threads: Vec<_> = (0..4).map(|_| scope.spawn(begin)).collect();
            threads.into_iter().map(|thread| thread.join().unwrap()).collect()
        });
        let (won, lost): (Vec<_>, Vec<_>) = begun.into_iter().partition(Result::is_ok);
        assert_eq!(won.len(), 1, "round {round}");
        for error in lost.into_iter().map(Result::unwrap_err) {
            assert!(matches!(error, JournalError::Busy { .. }), "{error}");
        }
        let entry = journal.find(URL, &id).unwrap().unwrap();
        assert!(matches!(journal.resume(&entry), Err(JournalError::Busy { .. })));
        drop(won);
        journal.resume(&entry).unwrap().abandon().unwrap();
    }
    assert!(names(&journal).is_empty(), "the locks are removed");
}

#[test]
fn many_keys_finish_at_once_and_no_hash_is_lost() {
    let (_dir, journal) = journal();
    thread::scope(|scope| {
        for worker in 0..4 {
            let journal = &journal;
            scope.spawn(move || {
                for key in 0..10 {
                    let id = format!("key_{worker}_{key}");
                    let mut one = journal.begin(plan(Kind::Rotate, URL, &id), at(key)).unwrap();
                    one.advance(Step::Delivered, at(key)).unwrap();
                    one.advance(Step::Replaced, at(key)).unwrap();
                    one.finish(at(key)).unwrap();
                }
            });
        }
    });
    for (worker, key) in (0..4).flat_map(|worker| (0..10).map(move |key| (worker, key))) {
        let known = journal.known_hash(URL, &format!("key_{worker}_{key}")).unwrap();
        assert_eq!(known, Some(hash("ab")));
    }
}

/// The last holder removes the lock file, so a thread may get hold of one that is gone already.
#[test]
fn a_lock_that_was_removed_locks_nobody_in() {
    let dir = tempfile::tempdir().unwrap();
    let inside = AtomicBool::new(false);
    let enter = || {
        for _ in 0..3_000 {
            let Ok(lock) = Lock::take(dir.path(), URL, "alice") else { continue };
            assert!(!inside.swap(true, Ordering::SeqCst), "two hold the same lock");
            thread::yield_now();
            inside.store(false, Ordering::SeqCst);
            drop(lock);
        }
    };
    thread::scope(|scope| {
        for _ in 0..4 {
            scope.spawn(enter);
        }
    });
}
