//! Backups, and putting one back.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::super::credentials::{self, CredentialRecord};
use super::super::migrate::APPLICATION_ID;
use super::super::{BackupError, Claim, OpenError, RestoreError, Revived, preview, restore};
use super::{credential, now, open, policy_ids, put_policy, scratch};

#[test]
fn a_backup_is_whole_and_overwrites_nothing() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "before");
    let backup = dir.path().join("backup.db");
    store.backup(&backup, now()).unwrap();
    put_policy(&store, "after");
    assert!(matches!(store.backup(&backup, now()), Err(BackupError::Exists(_))));
    // One file, readable without anything beside it.
    let names: Vec<_> = fs::read_dir(dir.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("backup") || name.starts_with(".clawctl"))
        .collect();
    assert_eq!(names, ["backup.db"]);
    assert_eq!(policy_ids(&open(&backup).unwrap()), ["before"]);
    let nowhere = store.backup(&dir.path().join("no/such/backup.db"), now());
    assert!(matches!(nowhere, Err(BackupError::File { .. })));
}

#[test]
fn a_restore_puts_back_what_was() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "before");
    let backup = dir.path().join("backup.db");
    store.backup(&backup, now()).unwrap();
    put_policy(&store, "after");
    // Also under a process that has the file open just now.
    restore(&backup, &path, now()).unwrap();
    assert_eq!(policy_ids(&store), ["before"]);
    put_policy(&store, "later");
    drop(store);
    assert_eq!(policy_ids(&open(&path).unwrap()), ["before", "later"]);

    let elsewhere = dir.path().join("new/place/router.db");
    restore(&backup, &elsewhere, now()).unwrap();
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
    store.backup(&backup, now()).unwrap();
    store.checkpoint().unwrap();
    drop(store);
    fs::write(&path, "not a database at all ".repeat(500)).unwrap();
    restore(&backup, &path, now()).unwrap();
    assert_eq!(policy_ids(&open(&path).unwrap()), ["before"]);
    assert!(dir.path().join("router.db.damaged").exists());
}

#[test]
fn a_log_without_its_database_does_not_get_into_the_restored_one() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "before");
    let backup = dir.path().join("backup.db");
    store.backup(&backup, now()).unwrap();
    store.checkpoint().unwrap();
    for n in 0..40 {
        put_policy(&store, &format!("later_{n}"));
    }
    drop(store);
    let log = dir.path().join("router.db-wal");
    let left = fs::read(&log).unwrap();
    assert!(!left.is_empty());
    for empty_file in [false, true] {
        fs::remove_file(&path).unwrap();
        fs::write(&log, &left).unwrap();
        if empty_file {
            fs::write(&path, "").unwrap();
        }
        assert_eq!(restore(&backup, &path, now()).unwrap(), None);
        let restored = open(&path).unwrap();
        assert_eq!(policy_ids(&restored), ["before"]);
        let db = restored.take().unwrap();
        let whole: String = db.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(whole, "ok");
    }
    for aside in ["router.db.damaged-wal", "router.db.damaged-2-wal"] {
        assert_eq!(fs::read(dir.path().join(aside)).unwrap(), left, "{aside}");
    }
}

#[test]
fn what_was_set_aside_before_is_kept() {
    let (dir, path) = scratch();
    let backup = dir.path().join("backup.db");
    let store = open(&path).unwrap();
    store.backup(&backup, now()).unwrap();
    store.checkpoint().unwrap();
    drop(store);
    for text in ["first ", "second ", "third "] {
        fs::write(&path, text.repeat(500)).unwrap();
        restore(&backup, &path, now()).unwrap();
    }
    for (name, text) in [("", "first "), ("-2", "second "), ("-3", "third ")] {
        let aside = dir.path().join(format!("router.db.damaged{name}"));
        assert_eq!(fs::read_to_string(&aside).unwrap(), text.repeat(500), "{name}");
    }
    assert_eq!(policy_ids(&open(&path).unwrap()), [""; 0]);
}

#[test]
fn a_backup_that_is_not_made_of_ours_alone_is_refused() {
    let (dir, path) = scratch();
    put_policy(&open(&path).unwrap(), "present");
    let backup = dir.path().join("backup.db");
    let make = |change: &str| {
        let _ = fs::remove_file(&backup);
        open(&path).unwrap().backup(&backup, now()).unwrap();
        Connection::open(&backup).unwrap().execute_batch(change).unwrap();
    };
    for (change, told) in [
        (
            "CREATE TRIGGER back_door AFTER UPDATE ON credentials
             BEGIN UPDATE credentials SET enabled = 1; END",
            "trigger `back_door`",
        ),
        ("CREATE VIEW everything AS SELECT * FROM credentials", "view `everything`"),
        ("CREATE INDEX odd ON policies (abs(revision))", "index `odd`"),
        ("DROP TRIGGER credentials_changed", "no trigger `credentials_changed`"),
    ] {
        make(change);
        let error = restore(&backup, &path, now()).unwrap_err();
        assert!(matches!(error, RestoreError::Strange { .. }), "{change}: {error}");
        assert!(error.to_string().contains(told), "{error}");
        assert_eq!(policy_ids(&open(&path).unwrap()), ["present"]);
    }
    make("");
    restore(&backup, &path, now()).unwrap();
}

#[test]
fn what_was_taken_away_since_the_backup_is_named() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    for policy in ["team", "frozen"] {
        put_policy(&store, policy);
    }
    let end = "2026-11-20T12:00:00Z";
    let put = |id: &str, change: &dyn Fn(&mut CredentialRecord)| {
        let mut record = credential(id, "team");
        change(&mut record);
        store.write(|db| credentials::put(db, &record, now())).unwrap();
    };
    for id in ["revoked", "rotated", "both", "kept"] {
        put(id, &|_| {});
    }
    put("over", &|record| record.expires_at = Some(end.parse().unwrap()));
    put("already", &|record| record.enabled = false);
    put("stale", &|record| record.generation = "other".into());
    let backup = dir.path().join("backup.db");
    store.backup(&backup, now()).unwrap();
    for id in ["revoked", "over", "stale", "both"] {
        put(id, &|record| record.enabled = false);
    }
    put("rotated", &|record| record.secret_sha256 = "new".into());
    put("new", &|record| record.enabled = false);
    let sql = "UPDATE policies SET enabled = 0 WHERE id = 'frozen';
               INSERT INTO connections VALUES ('openai', 0, NULL, NULL, 0);
               INSERT INTO connections VALUES ('xai', 1, NULL, NULL, 0)";
    store.take().unwrap().execute_batch(sql).unwrap();
    let names = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
    let revived = Revived {
        keys: names(&["both", "revoked"]),
        secrets: names(&["rotated"]),
        policies: names(&["frozen"]),
        providers: names(&["openai"]),
        grants: vec![],
    };
    assert_eq!(preview(&backup, &path, now()).unwrap(), Some(revived.clone()));
    assert_eq!(restore(&backup, &path, now()).unwrap(), Some(revived));
    assert_eq!(restore(&backup, &path, now()).unwrap(), Some(Revived::default()));
}

#[test]
fn a_backup_that_fails_leaves_nothing_behind() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    for n in 0..400 {
        put_policy(&store, &format!("policy_{n}"));
    }
    store.checkpoint().unwrap();
    drop(store);
    // What comes first in the file can be copied.
    let mut bytes = fs::read(&path).unwrap();
    let end = bytes.len() - 64 * 1024;
    bytes[end..].fill(0xa5);
    fs::write(&path, bytes).unwrap();
    let store = open(&path).unwrap();
    let before = names(dir.path());
    let failed = store.backup(&dir.path().join("backup.db"), now());
    assert!(matches!(failed, Err(BackupError::Store(_))), "{failed:?}");
    assert_eq!(names(dir.path()), before);
}

fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).unwrap();
    let mut names: Vec<_> =
        entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn what_is_no_backup_changes_nothing() {
    let (dir, path) = scratch();
    put_policy(&open(&path).unwrap(), "present");
    let source = dir.path().join("source.db");
    let check = |expected: &str| {
        let error = restore(&source, &path, now()).unwrap_err().to_string();
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
    assert!(matches!(restore(&path, &path, now()), Err(RestoreError::Same(_))));
    let foreign = dir.path().join("foreign.db");
    Connection::open(&foreign).unwrap().execute_batch("CREATE TABLE notes (x)").unwrap();
    let error = restore(&path, &foreign, now()).unwrap_err();
    assert!(matches!(error, RestoreError::Target(OpenError::Foreign { .. })), "{error}");
}

#[test]
fn a_restore_waits_for_nobody_who_serves() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    let backup = dir.path().join("backup.db");
    store.backup(&backup, now()).unwrap();
    let serving = Claim::shared(&path).unwrap().unwrap();
    let second = Claim::shared(&path).unwrap();
    assert!(second.is_some(), "two servers may share a file");
    assert!(matches!(restore(&backup, &path, now()), Err(RestoreError::Serving(_))));
    drop((serving, second));
    let restoring = Claim::exclusive(&path).unwrap();
    assert!(restoring.is_some());
    assert!(Claim::shared(&path).unwrap().is_none());
}
