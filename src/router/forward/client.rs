//! The connections to providers, kept and used again.

use std::collections::HashMap;
use std::sync::{Mutex, Once, PoisonError};
use std::time::Duration;

use reqwest::redirect::Policy;
use url::{Host, Url};

/// How long a provider may take to accept a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_secs(10);

/// How long an unused connection is kept, and how many of them to one host.
const IDLE_TIMEOUT: Duration = Duration::from_secs(90);
const IDLE_MAX: usize = 128;

/// How many addresses are remembered. There are few, unless clients put names into their paths.
const ADDRESSES_MAX: usize = 256;

/// The clients for what is on this machine, and for all else.
pub(crate) struct Clients {
    near: reqwest::Client,
    far: reqwest::Client,
    /// Addresses as they were read: reading one takes longer than most of what a request needs.
    addresses: Mutex<HashMap<String, Url>>,
}

impl Clients {
    pub(crate) fn new() -> Result<Self, reqwest::Error> {
        install_crypto();
        let common = || {
            reqwest::Client::builder()
                // A redirect could carry an upstream secret elsewhere.
                .redirect(Policy::none())
                .referer(false)
                // What a provider compresses is passed on as it came.
                .no_gzip()
                .no_brotli()
                .no_zstd()
                .no_deflate()
                .tcp_nodelay(true)
                .connect_timeout(CONNECT_TIMEOUT)
                .pool_idle_timeout(IDLE_TIMEOUT)
                .pool_max_idle_per_host(IDLE_MAX)
        };
        // A proxy is for the way out; what is on this machine is reached directly.
        let (near, far) = (common().no_proxy().build()?, common().build()?);
        Ok(Self { near, far, addresses: Mutex::default() })
    }

    /// An address, if it is one.
    pub(super) fn parsed(&self, address: String) -> Option<Url> {
        let mut known = self.addresses.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(url) = known.get(&address) {
            return Some(url.clone());
        }
        let url: Url = address.parse().ok()?;
        if known.len() >= ADDRESSES_MAX {
            known.clear();
        }
        known.insert(address, url.clone());
        Some(url)
    }

    pub(crate) fn for_url(&self, url: &Url) -> &reqwest::Client {
        if is_near(url) { &self.near } else { &self.far }
    }
}

/// Whether an address is on this very machine.
pub(crate) fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// rustls asks for one process-wide provider, also where only plain http is spoken.
fn install_crypto() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An error means that a provider is already there, which serves as well.
        let _ = rustls::crypto::ring::default_provider().install_default();
    });
}
