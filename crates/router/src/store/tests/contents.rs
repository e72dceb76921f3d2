//! How long bodies are kept, and how much of them.

use std::fs;
use std::path::{Path, PathBuf};

use jiff::SignedDuration;

use super::super::contents::{self, ContentRecord};
use super::super::{Db, Store};
use super::{now, open, scratch};

fn record(n: u32, bytes: usize) -> ContentRecord {
    ContentRecord {
        reference: format!("content_{n}"),
        tenant: "t".to_owned(),
        expires_at: now() + SignedDuration::from_hours(i64::from(n)),
        json: "x".repeat(bytes),
    }
}

fn kept(store: &Store) -> Vec<u32> {
    let find = |db: &Db, n| contents::find(db, "t", &format!("content_{n}"), now());
    store
        .read(|db| {
            Ok::<_, super::super::StoreError>(
                (1..10).filter(|&n| find(db, n).unwrap().is_some()).collect(),
            )
        })
        .unwrap()
}

#[test]
fn the_oldest_make_room() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let put = |n, bytes| {
        store.write(|db| contents::put_within(db, &record(n, bytes), 100)).unwrap();
    };
    put(1, 40);
    put(2, 40);
    put(3, 20);
    assert_eq!(kept(&store), [1, 2, 3]);
    put(4, 50);
    assert_eq!(kept(&store), [3, 4]);
    assert_eq!(store.read(contents::size).unwrap(), 70);
    // One that is larger than all may be leaves nothing, itself included.
    put(5, 101);
    assert_eq!(kept(&store), [0_u32; 0]);
    assert_eq!(store.read(contents::size).unwrap(), 0);
}

/// Where a text stands in the files of a folder.
fn found_in(folder: &Path, text: &str) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let holds =
        |path: &PathBuf| memchr::memmem::find(&fs::read(path).unwrap(), text.as_bytes()).is_some();
    entries.filter(holds).map(|path| path.file_name().unwrap().display().to_string()).collect()
}

#[test]
fn no_byte_of_an_expired_request_stays_in_the_files_or_gets_into_a_backup() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    // Some are in the page of their row, some need many pages; what lasts lies between.
    let canary = "canary-of-a-request-4471";
    for n in 0..60 {
        let hours = if n % 3 == 0 { 9 } else { 1 };
        let text = if hours == 1 { canary } else { "lasting" };
        let json = text.repeat(1 + (n as usize * 53) % 700);
        let kept = ContentRecord { reference: format!("content_{n}"), json, ..record(hours, 0) };
        store.write(|db| contents::put(db, &kept)).unwrap();
    }
    assert!(!found_in(dir.path(), canary).is_empty());
    let later = now() + SignedDuration::from_hours(2);
    // Before anybody has dropped it from the database.
    let backup = dir.path().join("backup.db");
    store.backup(&backup, later).unwrap();
    assert!(!found_in(dir.path(), canary).contains(&"backup.db".to_owned()));
    assert!(found_in(dir.path(), "lasting").contains(&"backup.db".to_owned()));
    assert_eq!(store.write(|db| contents::drop_expired(db, later, 500)), Ok(40));
    store.checkpoint().unwrap();
    assert_eq!(found_in(dir.path(), canary), [""; 0]);
    store.backup(&dir.path().join("second.db"), later).unwrap();
    assert_eq!(found_in(dir.path(), canary), [""; 0]);
}

#[test]
fn one_belongs_to_its_tenant_and_ends_in_time() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    store.write(|db| contents::put(db, &record(1, 10))).unwrap();
    let found = |tenant: &str, seconds: i64| {
        let at = now() + SignedDuration::from_secs(seconds);
        store.read(|db| contents::find(db, tenant, "content_1", at)).unwrap().is_some()
    };
    assert!(found("t", 3599));
    assert!(!found("t", 3600));
    assert!(!found("u", 0));
    for n in 2..=5 {
        store.write(|db| contents::put(db, &record(n, 10))).unwrap();
    }
    let later = now() + SignedDuration::from_hours(3);
    assert_eq!(store.write(|db| contents::drop_expired(db, later, 2)), Ok(2));
    assert_eq!(store.write(|db| contents::drop_expired(db, later, 2)), Ok(1));
    assert_eq!(store.write(|db| contents::drop_expired(db, later, 2)), Ok(0));
    assert_eq!(kept(&store), [4, 5]);
    assert_eq!(store.read(contents::size).unwrap(), 20);
}
