//! For which names a router answers.
//!
//! A page in a browser can give its own name the address of this machine, and then counts as being
//! from where the router is. It cannot hide which name it asked for.

use std::net::IpAddr;

use http::header::HOST;
use http::request::Parts;

/// The names under which a router may be asked.
#[derive(Debug, Clone, Default)]
pub enum Hosts {
    #[default]
    Any,
    /// Those of this machine, and these.
    LoopbackAnd(Vec<String>),
}

impl Hosts {
    /// Whether a request may be answered. One that names nobody is from no browser.
    pub(super) fn admit(&self, head: &Parts) -> bool {
        let Self::LoopbackAnd(more) = self else { return true };
        if let Some(authority) = head.uri.authority() {
            return is_known(authority.as_str(), more);
        }
        let mut named = head.headers.get_all(HOST).into_iter();
        named.all(|value| value.to_str().is_ok_and(|text| is_known(text, more)))
    }
}

fn is_known(authority: &str, more: &[String]) -> bool {
    let name = without_port(authority.trim());
    let bare = name.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')).unwrap_or(name);
    if let Ok(address) = bare.parse::<IpAddr>() {
        return address.to_canonical().is_loopback() || is_listed(name, more);
    }
    let name = name.trim_end_matches('.').to_ascii_lowercase();
    name == "localhost" || name.ends_with(".localhost") || is_listed(&name, more)
}

fn is_listed(name: &str, more: &[String]) -> bool {
    more.iter().any(|listed| without_port(listed).eq_ignore_ascii_case(name))
}

fn without_port(authority: &str) -> &str {
    match authority.rsplit_once(':') {
        // What ends with a bracket is an address whose colons are its own.
        Some((name, port)) if !port.ends_with(']') && !name.contains(':') => name,
        Some((name, port)) if !port.ends_with(']') && name.ends_with(']') => name,
        _ => authority,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admits(hosts: &Hosts, target: &str, named: &[&str]) -> bool {
        let mut request = http::Request::get(target);
        for name in named {
            request = request.header(HOST, *name);
        }
        hosts.admit(&request.body(()).unwrap().into_parts().0)
    }

    #[test]
    fn only_names_of_this_machine_are_known() {
        let here = Hosts::LoopbackAnd(Vec::new());
        for name in [
            "127.0.0.1",
            "127.0.0.1:8787",
            "127.9.9.9:1",
            "localhost",
            "LOCALHOST:8787",
            "[::1]",
            "[::1]:8787",
            "localhost.:80",
            "app.localhost:8787",
            "[::ffff:127.0.0.1]:1",
        ] {
            assert!(admits(&here, "/", &[name]), "{name}");
            assert!(!admits(&here, "/", &[name, "example.com"]), "{name}");
        }
        for name in [
            "example.com",
            "example.com:8787",
            "localhost.example.com",
            "0.0.0.0:8787",
            "10.0.0.1",
            "127.0.0.1.example.com",
            "notlocalhost",
            "[::]:8787",
            "",
            "[::1",
            "::2",
        ] {
            assert!(!admits(&here, "/", &[name]), "{name}");
            assert!(admits(&Hosts::Any, "/", &[name]), "{name}");
        }
        assert!(admits(&here, "/", &[]));
        assert!(!admits(&here, "http://example.com/", &["localhost"]));
        assert!(admits(&here, "http://localhost/", &["example.com"]));
    }

    #[test]
    fn more_names_can_be_listed() {
        let names = ["host.docker.internal", "Router.Example.com:443", "10.0.0.1"];
        let here = Hosts::LoopbackAnd(names.map(str::to_owned).to_vec());
        for name in ["host.docker.internal:8787", "router.example.com", "10.0.0.1:1", "localhost"] {
            assert!(admits(&here, "/", &[name]), "{name}");
        }
        assert!(!admits(&here, "/", &["example.com"]));
    }
}
