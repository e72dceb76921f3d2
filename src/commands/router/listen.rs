//! Where the router listens, and who may reach it there.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};

use crate::error::{Error, Result};

/// Reads `127.0.0.1:8787`, `[::1]:8787` or `localhost:8787`.
pub(super) fn parse(text: &str) -> Result<SocketAddr, String> {
    let named =
        text.strip_prefix("localhost:").map(|port| format!("{}:{port}", Ipv4Addr::LOCALHOST));
    named.as_deref().unwrap_or(text).parse().map_err(|_| {
        "write an address and a port, such as `127.0.0.1:8787` or `[::1]:8787`".to_owned()
    })
}

/// Reads a host name or an address, as clients have it between `//` and the next `/`.
pub(super) fn parse_host(text: &str) -> Result<String, String> {
    let is_name = |c: char| c.is_ascii_alphanumeric() || "-._:[]".contains(c);
    if !text.is_empty() && text.chars().all(is_name) {
        return Ok(text.to_owned());
    }
    Err("write a host name or an address, such as `host.docker.internal`".to_owned())
}

/// Refuses to be reached from elsewhere unless that was said.
pub(super) fn check(address: SocketAddr, allow_remote: bool) -> Result<()> {
    if address.ip().is_loopback() || allow_remote {
        return Ok(());
    }
    Err(Error::usage(format!("`{address}` can be reached from other machines, in plain http"))
        .hint("listen on `127.0.0.1:8787`, and put TLS in front of it")
        .hint("or say `--allow-remote` if something else protects it"))
}

/// Why the address could not be had.
pub(super) fn refused(address: SocketAddr, e: io::Error) -> Error {
    let error = |what: &str| Error::failed(format!("cannot listen on `{address}`: {what}"));
    match e.kind() {
        io::ErrorKind::AddrInUse => error("another program has that port")
            .hint(format!("choose another one: `--listen {}:8788`", address.ip()))
            .hint("a router that is running already needs no second one"),
        io::ErrorKind::PermissionDenied => {
            error("it takes more rights").hint("choose a port of 1024 or above")
        }
        io::ErrorKind::AddrNotAvailable => {
            error("this machine does not have that address").hint("`ip address` shows those it has")
        }
        _ => error("the system refused").cause(e),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_loopback_is_open_by_default() {
        let allowed = |text: &str| check(parse(text).unwrap(), false).is_ok();
        for local in ["127.0.0.1:1", "localhost:8787", "[::1]:8787", "127.9.9.9:1"] {
            assert!(allowed(local), "{local}");
        }
        for far in ["0.0.0.0:8787", "[::]:8787", "10.0.0.1:80"] {
            assert!(!allowed(far) && check(parse(far).unwrap(), true).is_ok(), "{far}");
        }
        for bad in ["8787", "localhost", "example.com:80", "127.0.0.1:99999"] {
            assert!(parse(bad).is_err(), "{bad}");
        }
    }
}
