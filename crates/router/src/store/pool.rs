//! Connections that are kept open for the next request.

use std::path::{Path, PathBuf};
use std::sync::Mutex;

use rusqlite::{Connection, TransactionBehavior};

use super::{Db, StoreError, locked, open};

/// How many connections are kept open.
const IDLE_MAX: usize = 4;

/// The connections to the file that are not in use, and how to open another.
pub(super) struct Pool {
    path: PathBuf,
    idle: Mutex<Vec<Connection>>,
}

impl Pool {
    pub(super) fn new(path: &Path, first: Connection) -> Self {
        Self { path: path.to_owned(), idle: Mutex::new(vec![first]) }
    }

    pub(super) fn path(&self) -> &Path {
        &self.path
    }

    pub(super) fn transaction<T, E: From<StoreError>>(
        &self,
        behavior: TransactionBehavior,
        work: impl FnOnce(&Db) -> Result<T, E>,
    ) -> Result<T, E> {
        let mut connection = self.take()?;
        let done = (|| {
            let transaction =
                connection.transaction_with_behavior(behavior).map_err(StoreError::from)?;
            let done = work(&transaction)?;
            transaction.commit().map_err(StoreError::from)?;
            Ok(done)
        })();
        self.give_back(connection);
        done
    }

    /// A connection of one's own, for work that is not one transaction.
    pub(super) fn take(&self) -> Result<Connection, StoreError> {
        let idle = locked(&self.idle).pop();
        idle.map_or_else(|| Ok(open::connect(&self.path)?), Ok)
    }

    pub(super) fn give_back(&self, connection: Connection) {
        let mut idle = locked(&self.idle);
        if idle.len() < IDLE_MAX {
            idle.push(connection);
        }
    }
}
