//! What a serving process leaves in the database about itself.
//!
//! Other processes on the same file have another environment. What they say about readiness would
//! be untrue of the router that clients reach, so they judge by this notice while its process lives.
//! A lock on a file beside the database tells whether it does: the system lifts the lock when the
//! process ends, however it ends.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File, OpenOptions, TryLockError};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::store::{StoreError, meta};
use super::{Router, ids};

/// A process that serves the database. It holds names and addresses, and no secret.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Server {
    pub pid: u32,
    pub since: Timestamp,
    /// Where clients on this machine reach it.
    pub url: String,
    /// Where it found the user's own manifests.
    pub providers_dir: Option<PathBuf>,
    /// The base URLs that it was given in place of those of the manifests.
    pub upstreams: BTreeMap<String, String>,
    /// The configuration names that have a value there.
    pub configured: BTreeSet<String>,
    /// The name of the locked file, which lies beside the database.
    lock: String,
}

impl Server {
    fn is_alive(&self, database: &Path) -> bool {
        let Some(path) = beside(database, &self.lock) else { return false };
        let Ok(file) = File::open(path) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }
}

/// The notice of this process. It is taken back when this is dropped.
pub struct Notice {
    router: Arc<Router>,
    lock: String,
    held: Option<File>,
}

impl Router {
    /// Leaves word that this process serves the database at an address.
    pub fn leave_notice(self: &Arc<Self>, address: SocketAddr) -> Result<Notice, StoreError> {
        let database = self.store.path();
        let unlocked = |error: std::io::Error| StoreError::Other(error.to_string());
        let lock = format!("server-{:016x}", ids::fresh() & u128::from(u64::MAX));
        let path = beside(database, &lock).ok_or_else(|| StoreError::Other("no name".into()))?;
        let file = make(&path).map_err(unlocked)?;
        let notice = Notice { router: Arc::clone(self), lock: lock.clone(), held: Some(file) };
        let server = Server {
            pid: std::process::id(),
            since: (self.clock)(),
            url: format!("http://{}", near(address)),
            providers_dir: self.providers_dir.clone(),
            upstreams: self
                .upstreams
                .iter()
                .map(|(id, url)| (id.clone(), url.to_string()))
                .collect(),
            configured: self.configured(),
            lock,
        };
        let gone = self.store.write(|db| {
            let known = meta::servers(db)?;
            let (mut alive, gone): (Vec<_>, Vec<_>) =
                known.into_iter().partition(|server| server.is_alive(database));
            alive.push(server);
            meta::set_servers(db, &alive)?;
            Ok::<_, StoreError>(gone)
        })?;
        for path in gone.iter().filter_map(|server| beside(database, &server.lock)) {
            // The process was killed. What is left of it stands in nobody's way.
            let _ = fs::remove_file(path);
        }
        Ok(notice)
    }

    /// The process that serves the database, where this one is not it. Of several, the newest.
    pub fn server(&self) -> Option<&Server> {
        if !self.defers {
            return None;
        }
        let read = || {
            let database = self.store.path();
            // A notice that cannot be read is as good as none: nothing is decided by it alone.
            let servers = self.store.read(meta::servers).unwrap_or_default();
            servers.into_iter().rev().find(|server| server.is_alive(database))
        };
        self.server.get_or_init(read).as_ref()
    }

    /// The value of a configuration name, to decide by. Of another process only the names are
    /// known, and each stands for its value.
    pub(super) fn config(&self, name: &str) -> Option<String> {
        match self.server() {
            Some(server) => server.configured.contains(name).then(|| format!("<{name}>")),
            None => (self.environment)(name),
        }
    }

    /// The names that the serving process has for a provider and this one has not.
    pub fn missing_here(&self, provider: &str) -> Vec<&str> {
        let Some(server) = self.server() else { return Vec::new() };
        let manifest = self.manifests().get(provider);
        let keys = manifest.into_iter().flat_map(|manifest| &manifest.provider.config_keys);
        let only_there =
            |key: &&String| server.configured.contains(*key) && !is_value((self.environment)(key));
        keys.filter(only_there).map(String::as_str).collect()
    }

    fn configured(&self) -> BTreeSet<String> {
        let names = self.manifests().providers().flat_map(|provider| &provider.config_keys);
        names.filter(|name| is_value((self.environment)(name))).cloned().collect()
    }
}

impl Drop for Notice {
    fn drop(&mut self) {
        let store = &self.router.store;
        // Where this fails, the lock still says that the process is gone.
        let _ = store.write(|db| {
            let mut servers = meta::servers(db)?;
            servers.retain(|server| server.lock != self.lock);
            meta::set_servers(db, &servers)
        });
        if let Some(path) = beside(store.path(), &self.lock) {
            let _ = fs::remove_file(path);
        }
        drop(self.held.take());
    }
}

pub(super) fn is_value(value: Option<String>) -> bool {
    value.is_some_and(|value| !value.trim().is_empty())
}

/// A name that was read is not followed to another folder.
fn beside(database: &Path, lock: &str) -> Option<PathBuf> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || b == b'-';
    let name = database.file_name().filter(|_| lock.bytes().all(plain))?;
    let mut name = name.to_owned();
    name.push(".");
    name.push(lock);
    Some(database.with_file_name(name))
}

fn make(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let file = options.open(path)?;
    // Nobody else knows the name yet.
    file.try_lock()?;
    Ok(file)
}

/// The address as a client on this machine writes it.
fn near(address: SocketAddr) -> SocketAddr {
    let ip = match address.ip() {
        IpAddr::V4(ip) if ip.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(ip) if ip.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        ip => ip,
    };
    SocketAddr::new(ip, address.port())
}
