//! Opening and migrating, and what is refused.

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::super::migrate::{APPLICATION_ID, SCHEMA_VERSION};
use super::super::open::LOG_BYTES_KEPT;
use super::super::{
    OpenError, StoreError, connections, counts, credentials, events, grants, health, ledger,
    policies, users,
};
use super::{event, now, open, policy_ids, put_policy, scratch};
use crate::account::Account;
use clawctl_wire::grant::{GrantKey, GrantScope};
use clawctl_wire::money::Micros;
use clawctl_wire::policy::Policy;
use clawctl_wire::window::Month;

#[cfg(unix)]
fn mode(path: &Path) -> u32 {
    use std::os::unix::fs::PermissionsExt as _;
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

#[test]
#[cfg(unix)]
fn what_is_made_is_for_its_owner_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("a/b/router.db");
    let store = open(&path).unwrap();
    put_policy(&store, "team");
    assert_eq!(mode(&dir.path().join("a")), 0o700);
    assert_eq!(mode(&dir.path().join("a/b")), 0o700);
    for name in ["router.db", "router.db-wal", "router.db-shm"] {
        assert_eq!(mode(&dir.path().join("a/b").join(name)), 0o600, "{name}");
    }
    let backup = dir.path().join("backup.db");
    store.backup(&backup, now()).unwrap();
    assert_eq!(mode(&backup), 0o600);
}

#[test]
fn a_new_file_is_durable_and_of_the_newest_version() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let db = store.take().unwrap();
    let pragma = |name: &str| -> String {
        db.query_row(&format!("SELECT CAST(x.{name} AS TEXT) FROM pragma_{name} x"), [], |row| {
            row.get(0)
        })
        .unwrap()
    };
    assert_eq!(pragma("journal_mode"), "wal");
    assert_eq!(pragma("synchronous"), "2");
    assert_eq!(pragma("foreign_keys"), "1");
    assert_eq!(pragma("user_version"), SCHEMA_VERSION.to_string());
    assert_eq!(pragma("application_id"), APPLICATION_ID.to_string());
    assert_eq!(store.read(counts::read).unwrap().created_at, Some(now()));
    // Every further connection is as careful.
    let second = store.take().unwrap();
    let synchronous: u32 = second.query_row("PRAGMA synchronous", [], |row| row.get(0)).unwrap();
    assert_eq!(synchronous, 2);
}

/// What the versions of the schema before this one left behind, in order.
const FIXTURES: [&str; 3] = [
    include_str!("../fixtures/version_1.sql"),
    include_str!("../fixtures/version_2.sql"),
    include_str!("../fixtures/version_3.sql"),
];

fn left_behind(path: &Path, fixture: &str) {
    Connection::open(path).unwrap().execute_batch(fixture).unwrap();
}

#[test]
fn older_versions_are_brought_up_to_date_with_all_that_is_in_them() {
    assert_eq!(FIXTURES.len() + 1, SCHEMA_VERSION as usize, "each version has a fixture");
    for fixture in FIXTURES {
        let (_dir, path) = scratch();
        left_behind(&path, fixture);
        let store = open(&path).unwrap();
        let policy = store.read(|db| policies::find(db, "old_team")).unwrap().unwrap();
        assert_eq!((policy.generation.as_str(), policy.revision), ("aaaa", 7));
        assert_eq!(policy.policy.tenant_id, "acme");
        assert_eq!(policy.policy.models.unwrap()[0].as_str(), "openai/gpt-5*");
        let key = store.read(|db| credentials::find(db, "old_key")).unwrap().unwrap();
        assert_eq!(key.principal_id.as_deref(), Some("ada@localhost"));
        assert_eq!(key.expires_at, Some("2027-01-01T00:00:00Z".parse().unwrap()));
        let connection = store.read(|db| connections::find(db, "openai")).unwrap().unwrap();
        assert_eq!((connection.enabled, connection.label.as_deref()), (false, Some("frozen")));
        // What later versions added is there, and the day of its making is still known.
        store.write(|db| events::insert(db, &event("usage_1"))).unwrap();
        assert_eq!(store.read(users::all).unwrap(), []);
        let counts = store.read(counts::read).unwrap();
        assert_eq!(counts.usage_events, 1);
        assert_eq!(counts.created_at, Some("2026-11-01T00:00:00Z".parse().unwrap()));
    }
}

#[test]
fn what_version_2_knew_of_providers_is_kept() {
    let (_dir, path) = scratch();
    left_behind(&path, FIXTURES[1]);
    let known = open(&path).unwrap().read(health::all).unwrap();
    let openai = &known["openai"];
    assert_eq!((openai.status.as_str(), openai.status_code), ("failed", Some(500)));
}

#[test]
fn what_version_3_knew_of_traffic_is_kept() {
    let (_dir, path) = scratch();
    left_behind(&path, FIXTURES[2]);
    let store = open(&path).unwrap();
    let account = Account::Policy {
        tenant: "acme".into(),
        policy: "old_team".into(),
        principal: Some("ada@localhost".into()),
    };
    let then = "2026-11-01T00:00:30Z".parse().unwrap();
    let spent = |at| store.read(|db| ledger::spent(db, &account, Month::of(at), at)).unwrap();
    // What an open request has set aside counts until its time is over.
    assert_eq!((spent(then), spent(now())), (Micros(1500), Micros(1200)));
    let grant = GrantKey::new(GrantScope::Policies, "old_team", "main").unwrap();
    let grant = store.read(|db| grants::find(db, &grant)).unwrap().unwrap();
    assert_eq!((grant.enabled, grant.facts.label.as_deref()), (false, Some("first")));
}

#[test]
fn migrating_in_steps_ends_where_a_new_file_begins() {
    let schema = |path: &Path| -> Vec<String> {
        let db = Connection::open(path).unwrap();
        let mut statement = db
            .prepare("SELECT name || coalesce(sql, '') FROM sqlite_master ORDER BY name")
            .unwrap();
        let rows = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
        rows.map(|row| {
            let text = row.unwrap();
            // Comments inside a table are kept by SQLite; the fixtures have none.
            let lines = text.lines().filter(|line| !line.trim_start().starts_with("--"));
            lines.collect::<Vec<_>>().join("\n")
        })
        .collect()
    };
    let (_dir, fresh) = scratch();
    drop(open(&fresh).unwrap());
    for fixture in FIXTURES {
        let (_dir, old) = scratch();
        left_behind(&old, fixture);
        drop(open(&old).unwrap());
        assert_eq!(schema(&fresh), schema(&old));
    }
}

#[test]
fn a_file_that_is_not_ours_is_refused_and_left_as_it_is() {
    let (_dir, path) = scratch();
    let check = |bytes: &[u8], name: &str| {
        fs::write(&path, bytes).unwrap();
        let error = open(&path).err().unwrap();
        assert_eq!(fs::read(&path).unwrap(), bytes, "{name}");
        error
    };
    let text = check("no database ".repeat(100).as_bytes(), "text");
    assert!(matches!(text, OpenError::NotADatabase { .. }), "{text}");

    let make = |sql: &str| {
        let _ = fs::remove_file(&path);
        Connection::open(&path).unwrap().execute_batch(sql).unwrap();
        fs::read(&path).unwrap()
    };
    let tables = make("CREATE TABLE notes (text TEXT)");
    assert!(matches!(check(&tables, "tables"), OpenError::Foreign { .. }));
    let application = make("PRAGMA application_id = 42");
    assert!(matches!(check(&application, "application"), OpenError::Foreign { .. }));
    let version = make("PRAGMA user_version = 3");
    assert!(matches!(check(&version, "version"), OpenError::Foreign { .. }));

    let newer = make(&format!(
        "CREATE TABLE future (x); PRAGMA application_id = {APPLICATION_ID};
         PRAGMA user_version = 99"
    ));
    let error = check(&newer, "newer");
    assert!(matches!(error, OpenError::Newer { found: 99, .. }), "{error}");
    assert!(error.to_string().contains("schema version 99"), "{error}");
}

#[test]
fn an_empty_file_is_nobodys_and_becomes_ours() {
    let (_dir, path) = scratch();
    fs::write(&path, b"").unwrap();
    put_policy(&open(&path).unwrap(), "team");
    assert_eq!(policy_ids(&open(&path).unwrap()), ["team"]);
}

#[test]
fn a_damaged_file_is_called_so() {
    let (_dir, path) = scratch();
    open(&path).unwrap().checkpoint().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    bytes[100..4096].fill(0x5a);
    fs::write(&path, &bytes).unwrap();
    let error = open(&path).err().map(|error| error.to_string());
    let store = match error {
        Some(text) => {
            assert!(text.contains("damaged"), "{text}");
            return;
        }
        None => open(&path).unwrap(),
    };
    let error = store.read(policies::all).unwrap_err().to_string();
    assert!(error.contains("damaged"), "{error}");
}

#[test]
fn a_directory_is_no_database() {
    let dir = tempfile::tempdir().unwrap();
    let error = open(dir.path()).err().unwrap();
    assert!(error.to_string().ends_with("it is a directory"), "{error}");
    fs::write(dir.path().join("file"), b"").unwrap();
    let below = open(&dir.path().join("file/router.db")).err().unwrap();
    assert!(matches!(below, OpenError::File { .. } | OpenError::Directory { .. }), "{below}");
}

#[test]
fn a_write_that_fails_keeps_nothing() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "kept");
    let failed: Result<(), StoreError> = store.write(|db| {
        let record = store.read(|_| policies::find(db, "kept"))?.unwrap();
        let policy = Policy { policy_id: "lost".into(), ..record.policy };
        policies::put(db, &policies::PolicyRecord { policy, ..record }, now())?;
        Err(StoreError::Busy)
    });
    assert!(failed.is_err());
    assert_eq!(policy_ids(&store), ["kept"]);
}

#[test]
fn the_log_gives_its_room_back_after_a_burst() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    let log = dir.path().join("router.db-wal");
    let size = || log.metadata().unwrap().len();
    // As long as somebody reads an old state, nothing of the log can be given up.
    let reader = rusqlite::Connection::open(&path).unwrap();
    reader.execute_batch("BEGIN; SELECT count(*) FROM policies").unwrap();
    let mut n = 0;
    while size() < 3 * LOG_BYTES_KEPT {
        put_policy(&store, &format!("policy_{n}"));
        n += 1;
    }
    reader.execute_batch("COMMIT").unwrap();
    // It is moved into the file, and the next write begins it again.
    put_policy(&store, "next");
    put_policy(&store, "last");
    assert!(size() <= LOG_BYTES_KEPT, "{} bytes", size());
}
