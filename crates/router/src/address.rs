//! Where an address leads, as far as it says so itself.

use url::{Host, Url};

/// Whether an address is on this very machine.
pub(crate) fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        None => false,
    }
}

/// Whether a secret may be sent to an address: over TLS, or without leaving this machine.
pub(crate) fn is_safe_address(url: &Url) -> bool {
    url.scheme() == "https" || (url.scheme() == "http" && is_near(url))
}
