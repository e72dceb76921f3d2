//! Leaving word that a process serves a database, as [`Server`] says it.

use std::fs::{self, File, OpenOptions};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;
use std::sync::Arc;

use super::cause::Cause;
use super::core::Core;
use super::ids;
use super::router::Router;
use super::server::{Server, beside};
use super::store::{StoreError, meta};

/// The notice of this process. It is taken back when this is dropped.
pub struct Notice {
    core: Arc<Core>,
    lock: String,
    held: Option<File>,
}

impl Router {
    /// Leaves word that this process serves the database at an address.
    pub fn leave_notice(&self, address: SocketAddr) -> Result<Notice, StoreError> {
        let core = &self.core;
        let database = core.store.path();
        let unlocked = |error: std::io::Error| StoreError::Other(Cause::of(error));
        let lock = format!("server-{:016x}", ids::fresh() & u128::from(u64::MAX));
        let path = beside(database, &lock).ok_or_else(|| StoreError::Other("no name".into()))?;
        let file = make(&path).map_err(unlocked)?;
        let notice = Notice { core: Arc::clone(core), lock: lock.clone(), held: Some(file) };
        let upstreams = core.upstreams.iter();
        let server = Server {
            pid: std::process::id(),
            since: (core.clock)(),
            url: format!("http://{}", near(address)),
            providers_dir: core.providers_dir.clone(),
            upstreams: upstreams.map(|(id, url)| (id.clone(), url.to_string())).collect(),
            configured: core.configured_here(),
            lock,
        };
        let gone = core.store.write(|db| {
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
}

impl Drop for Notice {
    fn drop(&mut self) {
        let store = &self.core.store;
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
