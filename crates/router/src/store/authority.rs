//! What decides about requests, remembered for as long as nobody changes it.
//!
//! Every change of a policy, a credential, a connection or a grant, and of who is exempt from the
//! keeping of contents, counts up one number in the database, whichever process makes it. A request reads that number, and what was read under the
//! same number before need not be read again.

use std::any::{Any, TypeId};
use std::collections::{BTreeMap, HashMap};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError, RwLock};

use rusqlite::Connection;
use rusqlite::TransactionBehavior::Deferred;

use super::connections::{self, ConnectionRecord};
use super::credentials::{self, CredentialRecord};
use super::policies::{self, PolicyRecord};
use super::pool::Pool;
use super::{Db, StoreError, locked, users};

/// How many credentials are remembered at once.
const HOLDERS_MAX: usize = 4_096;

/// A credential with its policy, if that exists.
#[derive(Debug, Clone)]
pub(crate) struct Registered {
    pub(crate) credential: Arc<CredentialRecord>,
    pub(crate) policy: Option<Arc<PolicyRecord>>,
    /// The contents of its requests are not kept, whatever the policy says.
    pub(crate) is_exempt: bool,
}

/// What is known of one state of the database. It is read as it is asked for.
pub(crate) struct Authority {
    pool: Arc<Pool>,
    version: i64,
    is_outdated: AtomicBool,
    holders: RwLock<HashMap<String, Registered>>,
    cached: Mutex<HashMap<TypeId, Arc<dyn Any + Send + Sync>>>,
}

impl Authority {
    fn new(pool: Arc<Pool>, version: i64) -> Self {
        Self {
            pool,
            version,
            is_outdated: AtomicBool::new(false),
            holders: RwLock::default(),
            cached: Mutex::default(),
        }
    }

    /// The credential of a key's id. Ids that are unknown are not remembered: anyone can make up
    /// any number of them.
    pub(crate) fn holder(&self, kid: &str) -> Result<Option<Registered>, StoreError> {
        let holders = self.holders.read().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = holders.get(kid) {
            return Ok(Some(known.clone()));
        }
        drop(holders);
        let (found, is_current) = self.load(|db| registered(db, kid))?;
        if let Some(found) = found.as_ref().filter(|_| is_current) {
            let mut holders = self.holders.write().unwrap_or_else(PoisonError::into_inner);
            if holders.len() >= HOLDERS_MAX {
                holders.clear();
            }
            holders.insert(kid.to_owned(), found.clone());
        }
        Ok(found)
    }

    pub(crate) fn connections(
        &self,
    ) -> Result<Arc<BTreeMap<String, ConnectionRecord>>, StoreError> {
        self.cached(connections::all)
    }

    /// Anything else that changes only with the number, one value of each type.
    pub(crate) fn cached<T: Any + Send + Sync>(
        &self,
        load: impl FnOnce(&Db) -> Result<T, StoreError>,
    ) -> Result<Arc<T>, StoreError> {
        let slot = TypeId::of::<T>();
        let known = locked(&self.cached).get(&slot).cloned();
        if let Some(known) = known.and_then(|known| known.downcast().ok()) {
            return Ok(known);
        }
        let (loaded, is_current) = self.load(load)?;
        let loaded = Arc::new(loaded);
        if is_current {
            let value: Arc<dyn Any + Send + Sync> = Arc::<T>::clone(&loaded);
            locked(&self.cached).insert(slot, value);
        }
        Ok(loaded)
    }

    /// Whether something was changed since, and a part of what was asked for is newer than the
    /// rest.
    #[cfg_attr(
        not(test),
        expect(
            dead_code,
            reason = "a request that mixes two states is refused or \
        admitted by the newer part, which is as good as having come a moment later"
        )
    )]
    pub(crate) fn is_outdated(&self) -> bool {
        self.is_outdated.load(Ordering::Relaxed)
    }

    /// Reads from the database, and says whether that still is in the state meant here.
    fn load<T>(
        &self,
        work: impl FnOnce(&Db) -> Result<T, StoreError>,
    ) -> Result<(T, bool), StoreError> {
        self.pool.transaction(Deferred, |db| {
            let is_current = version(db)? == self.version;
            if !is_current {
                self.is_outdated.store(true, Ordering::Relaxed);
            }
            Ok((work(db)?, is_current))
        })
    }
}

/// The authority that was asked for last.
#[derive(Default)]
pub(super) struct Latest(Mutex<Looks>);

#[derive(Default)]
struct Looks {
    /// How often the number was looked at.
    begun: u64,
    known: Option<Arc<Authority>>,
    connection: Option<Connection>,
}

impl Latest {
    /// How many looks were begun so far: what a later one sees is no older than this call.
    pub(super) fn looks_begun(&self) -> u64 {
        locked(&self.0).begun
    }

    /// As of a look that was begun after so many others. One that somebody else took since is as
    /// good as one's own.
    pub(super) fn get_after(
        &self,
        looks: u64,
        pool: &Arc<Pool>,
    ) -> Result<Arc<Authority>, StoreError> {
        let state = &mut *locked(&self.0);
        if let Some(known) = state.known.as_ref().filter(|_| state.begun > looks) {
            return Ok(Arc::clone(known));
        }
        state.begun += 1;
        // What is known was true before this look, and is again only if this look says so.
        let known = state.known.take();
        let connection = match state.connection.take() {
            Some(connection) => connection,
            None => pool.take()?,
        };
        let version = version(&connection)?;
        state.connection = Some(connection);
        let authority = match known {
            Some(known) if known.version == version => known,
            _ => Arc::new(Authority::new(Arc::clone(pool), version)),
        };
        state.known = Some(Arc::clone(&authority));
        Ok(authority)
    }
}

/// A credential with what belongs to it, as it is in the database.
pub(crate) fn registered(db: &Db, kid: &str) -> Result<Option<Registered>, StoreError> {
    let Some(credential) = credentials::find(db, kid)? else { return Ok(None) };
    let policy = policies::find(db, &credential.policy_id)?.map(Arc::new);
    let is_exempt = match &credential.principal_id {
        Some(principal) => users::is_exempt(db, principal)?,
        None => false,
    };
    Ok(Some(Registered { credential: Arc::new(credential), policy, is_exempt }))
}

/// Makes sure that nobody takes what he remembers for what is there now, after everything was put
/// in the place of something else. A version of the schema that does not count changes yet begins
/// to when it is opened.
pub(super) fn begin_anew(db: &Db) -> Result<(), rusqlite::Error> {
    if db.table_exists(None, "authority")? {
        db.execute("UPDATE authority SET version = abs(random() / 4)", [])?;
    }
    Ok(())
}

fn version(db: &Db) -> Result<i64, StoreError> {
    Ok(db.prepare_cached("SELECT version FROM authority")?.query_row([], |row| row.get(0))?)
}
