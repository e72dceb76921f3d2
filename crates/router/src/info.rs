//! What there is to say of a router's database.

use std::fs;
use std::path::PathBuf;

use jiff::Timestamp;

use super::router::Router;
use super::store::{Claim, SCHEMA_VERSION, StoreError, counts};

/// A database at a glance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RouterInfo {
    pub database: PathBuf,
    pub size_bytes: u64,
    /// What is written but not yet in the database file itself.
    pub wal_bytes: u64,
    pub schema_version: u32,
    pub created_at: Option<Timestamp>,
    pub policies: u64,
    pub credentials: u64,
    pub connections: u64,
    pub usage_events: u64,
    /// Whether a process is serving this database now.
    pub serving: bool,
}

impl Router {
    pub fn info(&self) -> Result<RouterInfo, StoreError> {
        let database = self.core.store.path().to_owned();
        let mut log = database.clone().into_os_string();
        log.push("-wal");
        let counted = self.core.store.read(counts::read)?;
        // Where the lock cannot be looked at, nobody can hold it either.
        let serving = matches!(Claim::exclusive(&database), Ok(None));
        Ok(RouterInfo {
            size_bytes: fs::metadata(&database).map_or(0, |file| file.len()),
            wal_bytes: fs::metadata(&log).map_or(0, |file| file.len()),
            schema_version: SCHEMA_VERSION,
            created_at: counted.created_at,
            policies: counted.policies,
            credentials: counted.credentials,
            connections: counted.connections,
            usage_events: counted.usage_events,
            serving,
            database,
        })
    }
}
