//! What is remembered of who may, and when it is forgotten.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};

use http::HeaderMap;

use super::super::connections::{self, ConnectionRecord};
use super::super::users::{self, UserRecord};
use super::super::{Store, StoreError, credentials, restore};
use super::{now, open, policy_ids, put_policy, scratch};
use crate::auth;
use clawctl_wire::key::sha256_hex;

const SECRET: &str = "first-secret_0001";

fn put_key(store: &Store, id: &str, policy: &str, enabled: bool) {
    let record = credentials::CredentialRecord {
        id: id.to_owned(),
        secret_sha256: sha256_hex(SECRET),
        policy_id: policy.to_owned(),
        generation: "g".to_owned(),
        enabled,
        principal_id: None,
        label: None,
        expires_at: None,
        revision: 1,
        created_at: now(),
        last_used_at: None,
    };
    store.write(|db| credentials::put(db, &record, now())).unwrap();
}

/// The outcome of a request with a key: the policy that it is under, or the code of the refusal.
fn ask(store: &Store, id: &str) -> Result<String, &'static str> {
    let key = format!("clawrouter-live-{id}-{SECRET}");
    let headers = HeaderMap::from_iter([(http::header::AUTHORIZATION, key.parse().unwrap())]);
    let authority = store.authority().unwrap();
    let holder = auth::key_from(&authority, &headers, now(), |_| ());
    holder.map(|holder| holder.policy.policy.policy_id.clone()).map_err(|refusal| refusal.code)
}

#[test]
fn what_another_process_revokes_is_refused_at_once() {
    let (_dir, path) = scratch();
    let (here, there) = (open(&path).unwrap(), open(&path).unwrap());
    assert_eq!(ask(&here, "alice"), Err("unknown_proxy_key"));
    put_policy(&there, "team");
    put_key(&there, "alice", "team", true);
    for _ in 0..20 {
        assert_eq!(ask(&here, "alice"), Ok("team".to_owned()));
        there.write(|db| credentials::disable(db, "alice", 2, now())).unwrap();
        assert_eq!(ask(&here, "alice"), Err("proxy_key_revoked"));
        put_key(&there, "alice", "team", true);
    }
}

#[test]
fn what_did_not_change_is_not_read_again() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "team");
    put_key(&store, "alice", "team", true);
    let first = store.authority().unwrap();
    let held = first.holder("alice").unwrap().unwrap();
    // That a key was used is no change of what it may.
    store.write(|db| credentials::touch(db, "alice", now())).unwrap();
    let second = store.authority().unwrap();
    assert!(Arc::ptr_eq(&first, &second));
    let again = second.holder("alice").unwrap().unwrap();
    assert!(Arc::ptr_eq(&held.credential, &again.credential));

    struct Loaded;
    let loads = AtomicU32::new(0);
    let load = |authority: &super::super::Authority| {
        let loaded = authority.cached(|_| {
            loads.fetch_add(1, Ordering::SeqCst);
            Ok(Loaded)
        });
        loaded.unwrap()
    };
    assert!(Arc::ptr_eq(&load(&first), &load(&second)));
    put_policy(&store, "other");
    load(&store.authority().unwrap());
    assert_eq!(loads.load(Ordering::SeqCst), 2);
}

#[tokio::test]
async fn requests_that_come_at_once_share_a_look_that_is_newer_than_all_of_them() {
    let (_dir, path) = scratch();
    let (here, there) = (open(&path).unwrap(), open(&path).unwrap());
    put_policy(&there, "team");
    put_key(&there, "alice", "team", true);
    for looks in 1..4 {
        let ask = || async {
            let known = here.authority_for_many().await.unwrap();
            known.holder("alice").unwrap().unwrap().credential.enabled
        };
        let answers = tokio::join!(ask(), ask(), ask());
        let is_enabled = looks != 2;
        assert_eq!(answers, (is_enabled, is_enabled, is_enabled));
        assert_eq!(here.latest.looks_begun(), looks);
        put_key(&there, "alice", "team", looks != 1);
    }
}

#[test]
fn a_switch_of_a_provider_is_seen() {
    let (_dir, path) = scratch();
    let (here, there) = (open(&path).unwrap(), open(&path).unwrap());
    let enabled = |store: &Store| {
        let connections = store.authority().unwrap().connections().unwrap();
        connections.get("openai").map(|connection| connection.enabled)
    };
    assert_eq!(enabled(&here), None);
    for enabled_now in [false, true, false] {
        let record = ConnectionRecord { enabled: enabled_now, label: None, monthly_budget: None };
        there.write(|db| connections::put(db, "openai", &record, now())).unwrap();
        assert_eq!(enabled(&here), Some(enabled_now));
    }
}

#[test]
fn who_is_exempt_from_being_kept_is_seen_and_nothing_else_of_people_counts() {
    let (_dir, path) = scratch();
    let (here, there) = (open(&path).unwrap(), open(&path).unwrap());
    put_policy(&there, "team");
    put_key(&there, "alice", "team", true);
    let own = credentials::CredentialRecord {
        principal_id: Some("ada@example.com".to_owned()),
        ..there.read(|db| credentials::find(db, "alice")).unwrap().unwrap()
    };
    there.write(|db| credentials::put(db, &own, now())).unwrap();
    let put = |exempt: bool, groups: &[&str]| {
        let mut record = UserRecord::fresh("ada@example.com");
        record.user.content_retention_disabled = exempt;
        record.user.groups = groups.iter().map(|name| (*name).to_owned()).collect();
        there.write(|db| users::put(db, &record, now())).unwrap();
        let authority = here.authority().unwrap();
        let is_exempt = authority.holder("alice").unwrap().unwrap().is_exempt;
        (authority, is_exempt)
    };
    assert!(!put(false, &[]).1);
    for exempt in [true, false, true] {
        let (changed, seen) = put(exempt, &[]);
        assert_eq!(seen, exempt);
        assert!(Arc::ptr_eq(&changed, &put(exempt, &["devs"]).0), "groups decide about no request");
    }
}

#[test]
fn a_change_in_the_middle_of_a_request_is_noticed() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "team");
    let authority = store.authority().unwrap();
    assert!(!authority.is_outdated());
    put_key(&store, "alice", "team", true);
    // What is read now is newer than what was, and is not remembered as if it were not.
    assert!(authority.holder("alice").unwrap().is_some());
    assert!(authority.is_outdated());
    store.write(|db| credentials::disable(db, "alice", 2, now())).unwrap();
    assert!(!authority.holder("alice").unwrap().unwrap().credential.enabled);
    assert!(!store.authority().unwrap().is_outdated());
}

#[test]
fn what_cannot_be_read_is_not_remembered() {
    let (_dir, path) = scratch();
    let store = open(&path).unwrap();
    let authority = store.authority().unwrap();
    let failed = authority.cached::<u8>(|_| Err(StoreError::Busy));
    assert_eq!(failed.err(), Some(StoreError::Busy));
    assert_eq!(*authority.cached::<u8>(|_| Ok(7)).unwrap(), 7);
}

#[test]
fn a_database_that_is_put_back_is_not_taken_for_the_one_before() {
    let (dir, path) = scratch();
    let store = open(&path).unwrap();
    put_policy(&store, "team");
    put_key(&store, "alice", "team", true);
    let backup = dir.path().join("backup.db");
    store.backup(&backup, now()).unwrap();
    // As many changes as will be undone, so that plain counting would not tell.
    store.write(|db| credentials::disable(db, "alice", 2, now())).unwrap();
    assert_eq!(ask(&store, "alice"), Err("proxy_key_revoked"));
    restore(&backup, &path, now()).unwrap();
    store.write(|db| credentials::disable(db, "nobody", 2, now())).unwrap();
    assert_eq!(policy_ids(&store), ["team"]);
    assert_eq!(ask(&store, "alice"), Ok("team".to_owned()));
}
