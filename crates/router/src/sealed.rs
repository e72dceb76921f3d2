//! What is sealed in a database, and whether the key at hand is the one for it.

use super::grant::seal::SealError;
use super::router::Router;
use super::store::{StoreError, grants, meta};

/// The upstream secrets of a database at a glance. Nothing was opened for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sealed {
    /// How many grants have secrets.
    pub grants: u64,
    /// Tells the key that they are sealed under from others.
    pub key_mark: Option<String>,
}

impl Router {
    pub fn sealed(&self) -> Result<Sealed, StoreError> {
        self.core.store.read(|db| {
            let (grants, key_mark) = (grants::sealed_count(db)?, meta::sealing_key_mark(db)?);
            Ok(Sealed { grants, key_mark })
        })
    }

    /// Opens every grant. Gives the names of those that cannot be, each with the reason.
    pub fn unopened(&self) -> Result<Vec<(String, String)>, StoreError> {
        let records = self.core.store.read(grants::all)?;
        let tried = records.into_iter().filter(|record| record.sealed.is_some());
        let failed = tried.filter_map(|record| {
            let error: SealError = record.secrets(&self.forwarder.grants.sealer).err()?;
            Some((record.key.to_string(), error.to_string()))
        });
        Ok(failed.collect())
    }
}
