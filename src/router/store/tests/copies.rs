//! Backups, and putting one back.

use std::fs;

use rusqlite::Connection;

use super::super::migrate::APPLICATION_ID;
use super::super::{BackupError, Claim, OpenError, RestoreError, restore};
use super::{open, policy_ids, put_policy, scratch};

#[test]
fn a_backup_is_whole_and_overwrites_nothing() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "before");
    let backup = dir.path().join("backup.db");
    store.backup(&backup).unwrap();
    put_policy(&store, "after");
    assert!(matches!(store.backup(&backup), Err(BackupError::Exists(_))));
    // One file, readable without anything beside it.
    let names: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("backup") || name.starts_with(".clawctl"))
        .collect();
    assert_eq!(names, ["backup.db"]);
    assert_eq!(policy_ids(&open(&backup).unwrap()), ["before"]);
    let nowhere = store.backup(&dir.path().join("no/such/backup.db"));
    assert!(matches!(nowhere, Err(BackupError::File { .. })));
}

#[test]
fn a_restore_puts_back_what_was() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "before");
    let backup = dir.path().join("backup.db");
    store.backup(&backup).unwrap();
    put_policy(&store, "after");
    // Also under a process that has the file open just now.
    restore(&backup, &path).unwrap();
    assert_eq!(policy_ids(&store), ["before"]);
    put_policy(&store, "later");
    drop(store);
    assert_eq!(policy_ids(&open(&path).unwrap()), ["before", "later"]);

    let elsewhere = dir.path().join("new/place/router.db");
    restore(&backup, &elsewhere).unwrap();
    let restored = open(&elsewhere).unwrap();
    assert_eq!(policy_ids(&restored), ["before"]);
    let db = restored.take().unwrap();
    let journal: String = db.query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(journal, "wal");
}

#[test]
fn a_damaged_database_is_set_aside_and_replaced() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "before");
    let backup = dir.path().join("backup.db");
    store.backup(&backup).unwrap();
    store.checkpoint().unwrap();
    drop(store);
    fs::write(&path, "not a database at all ".repeat(500)).unwrap();
    restore(&backup, &path).unwrap();
    assert_eq!(policy_ids(&open(&path).unwrap()), ["before"]);
    assert!(dir.path().join("router.db.damaged").exists());
}

#[test]
fn what_is_no_backup_changes_nothing() {
    let (dir, path) = scratch();
    put_policy(&open(&path).unwrap(), "present");
    let source = dir.path().join("source.db");
    let check = |expected: &str| {
        let error = restore(&source, &path).unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
        assert_eq!(policy_ids(&open(&path).unwrap()), ["present"], "{expected}");
    };
    check("cannot be opened");
    fs::write(&source, "text ".repeat(500)).unwrap();
    check("is not a database");
    fs::write(&source, "").unwrap();
    check("has nothing in it");
    fs::remove_file(&source).unwrap();
    Connection::open(&source).unwrap().execute_batch("CREATE TABLE notes (x)").unwrap();
    check("another program");
    fs::remove_file(&source).unwrap();
    let newer = format!("PRAGMA application_id = {APPLICATION_ID}; PRAGMA user_version = 99");
    Connection::open(&source).unwrap().execute_batch(&newer).unwrap();
    check("schema version 99");
    assert!(matches!(restore(&path, &path), Err(RestoreError::Same(_))));
    let foreign = dir.path().join("foreign.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE notes (x)").unwrap();
    let error = restore(&path, &foreign).unwrap_err();
    assert!(matches!(error, RestoreError::Target(OpenError::Foreign { .. })), "{error}");
}

#[test]
fn a_restore_waits_for_nobody_who_serves() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    let backup = dir.path().join("backup.db");
    store.backup(&backup).unwrap();
    let serving = Claim::shared(&path).unwrap().unwrap();
    let second = Claim::shared(&path).unwrap();
    assert!(second.is_some(), "two servers may share a file");
    assert!(matches!(restore(&backup, &path), Err(RestoreError::Serving(_))));
    drop((serving, second));
    let restoring = Claim::exclusive(&path).unwrap();
    assert!(restoring.is_some());
    assert!(Claim::shared(&path).unwrap().is_none());
}
