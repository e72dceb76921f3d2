//! The file itself: what opening it, copying it and putting a copy back must keep.

mod authority;
mod contents;
mod copies;
mod corrupted;
mod events;
mod ledger;
mod opening;

use std::path::{Path, PathBuf};

use jiff::Timestamp;
use tempfile::TempDir;

use super::credentials::CredentialRecord;
use super::{OpenError, Store, policies};
use clawctl_wire::policy::{Policy, ProviderScope};
use clawctl_wire::usage_event::UsageEvent;

fn now() -> Timestamp {
    "2026-11-20T12:00:00Z".parse().unwrap()
}

fn scratch() -> (TempDir, PathBuf) {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("router.db");
    (dir, path)
}

fn open(path: &Path) -> Result<Store, OpenError> {
    Store::open(path, now(), 90)
}

fn put_policy(store: &Store, id: &str) {
    let record = policies::PolicyRecord {
        policy: Policy::with_defaults(id, &ProviderScope::All),
        generation: "g".into(),
        revision: 1,
    };
    store.write(|db| policies::put(db, &record, now())).unwrap();
}

/// An enabled one, with a hash that says whose it is.
fn credential(id: &str, policy: &str) -> CredentialRecord {
    CredentialRecord {
        id: id.to_owned(),
        secret_sha256: format!("hash of {id}"),
        policy_id: policy.to_owned(),
        generation: "g".into(),
        enabled: true,
        principal_id: None,
        label: None,
        expires_at: None,
        revision: 1,
        created_at: now(),
        last_used_at: None,
    }
}

fn policy_ids(store: &Store) -> Vec<String> {
    let records = store.read(policies::all).unwrap();
    records.into_iter().map(|record| record.policy.policy_id).collect()
}

fn event(id: &str) -> UsageEvent {
    let members = serde_json::json!({"id": id, "occurred_at_ms": now().as_millisecond()});
    serde_json::from_value(members).unwrap()
}
