//! What everything in a router is handed down: its database, its providers, its clock and what it
//! was configured with.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::OnceLock;

use hyper::body::Bytes;
use url::Url;

use super::manifest::Manifests;
use super::options::{Clock, Environment, Options, SealingKey};
use super::outbound::Clients;
use super::refusal::Refusal;
use super::server::Server;
use super::store::{OpenError, Store, StoreError, meta};
use clawctl_wire::key::is_sha256_hex;

pub(crate) struct Core {
    pub(crate) store: Store,
    /// Read on first use: revoking a key needs no manifest.
    manifests: OnceLock<Manifests>,
    pub(crate) providers_dir: Option<PathBuf>,
    pub(crate) upstreams: Vec<(String, Url)>,
    defers: bool,
    /// The other process that serves the database, once that was asked.
    server: OnceLock<Option<Server>>,
    pub(crate) environment: Environment,
    /// The hash of the administrator's token, where one was given.
    given_token_sha256: Option<String>,
    pub(crate) clock: Clock,
    pub(crate) retain_default: bool,
    pub(crate) retention_days: u32,
    /// The list of providers as everyone may see it, once it was written.
    pub(crate) providers_body: OnceLock<Bytes>,
    clients: OnceLock<Clients>,
}

impl Core {
    /// Opens the database, makes it if there is none, and brings its tables up to date. Returns the
    /// sealing key as well, which is not for everyone.
    pub(crate) fn open(options: Options) -> Result<(Self, SealingKey), OpenError> {
        let given_token_sha256 = match options.admin_token_sha256 {
            Some(hex) if !is_sha256_hex(hex.trim()) => return Err(OpenError::AdminTokenHash),
            hex => hex.map(|hex| hex.trim().to_ascii_lowercase()),
        };
        let manifests = OnceLock::new();
        if !options.upstreams.is_empty() {
            let mut loaded = Manifests::load(options.providers_dir.as_deref());
            for (id, url) in &options.upstreams {
                loaded = loaded.with_base_url(id, url)?;
            }
            manifests.get_or_init(|| loaded);
        }
        let core = Self {
            store: Store::open(&options.database, (options.clock)(), options.retention_days)?,
            manifests,
            providers_dir: options.providers_dir,
            upstreams: options.upstreams,
            defers: options.defers,
            server: OnceLock::new(),
            environment: options.environment,
            given_token_sha256,
            clock: options.clock,
            retain_default: options.retain_default,
            retention_days: options.retention_days,
            providers_body: OnceLock::new(),
            clients: OnceLock::new(),
        };
        Ok((core, options.sealing_key))
    }

    /// The providers that this router knows.
    pub(crate) fn manifests(&self) -> &Manifests {
        self.manifests.get_or_init(|| match self.server() {
            Some(server) => {
                let mut loaded = Manifests::load(server.providers_dir.as_deref());
                for (id, url) in &server.upstreams {
                    // A file may have changed since that process was started.
                    let moved = url.parse().ok().map(|url| loaded.clone().with_base_url(id, &url));
                    if let Some(Ok(moved)) = moved {
                        loaded = moved;
                    }
                }
                loaded
            }
            None => Manifests::load(self.providers_dir.as_deref()),
        })
    }

    /// The process that serves the database, where this one is not it. Of several, the newest.
    pub(crate) fn server(&self) -> Option<&Server> {
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
    pub(crate) fn config(&self, name: &str) -> Option<String> {
        match self.server() {
            Some(server) => server.configured.contains(name).then(|| format!("<{name}>")),
            None => (self.environment)(name),
        }
    }

    /// Whether a configuration name has a value.
    pub(crate) fn is_configured(&self, name: &str) -> bool {
        is_value(self.config(name))
    }

    /// The configuration names that have a value in this process.
    pub(crate) fn configured_here(&self) -> BTreeSet<String> {
        let names = self.manifests().providers().flat_map(|provider| &provider.config_keys);
        names.filter(|name| is_value((self.environment)(name))).cloned().collect()
    }

    /// The names that the serving process has for a provider and this one has not.
    pub(crate) fn missing_here(&self, provider: &str) -> Vec<&str> {
        let Some(server) = self.server() else { return Vec::new() };
        let manifest = self.manifests().get(provider);
        let keys = manifest.into_iter().flat_map(|manifest| &manifest.provider.config_keys);
        let only_there =
            |key: &&String| server.configured.contains(*key) && !is_value((self.environment)(key));
        keys.filter(only_there).map(String::as_str).collect()
    }

    /// The hash of the administrator's token: the one that was given, or else the stored one.
    pub(crate) fn admin_token_sha256(&self) -> Result<Option<String>, StoreError> {
        match &self.given_token_sha256 {
            Some(hex) => Ok(Some(hex.clone())),
            None => self.store.read(meta::admin_token_sha256),
        }
    }

    /// The connections to providers, made when the first is needed.
    pub(crate) fn clients(&self) -> Result<&Clients, Refusal> {
        if let Some(clients) = self.clients.get() {
            return Ok(clients);
        }
        let clients = Clients::new().map_err(|_| {
            Refusal::internal("the connections to providers cannot be set up on this machine")
        })?;
        Ok(self.clients.get_or_init(|| clients))
    }
}

fn is_value(value: Option<String>) -> bool {
    value.is_some_and(|value| !value.trim().is_empty())
}
