//! Headers of a provider's answer that its client does not get.
//!
//! A provider answers the router. What it says to a browser or to a proxy would count for the router's
//! own address, for everyone who uses it and for everything else at that host.

use http::header::CONNECTION;
use http::{HeaderMap, HeaderName};

/// What the names of headers begin with of which none passes: the router's own, those of CORS, which
/// the router answers itself, and orders for a proxy in front of it.
const PREFIXES: [&str; 4] =
    ["x-clawrouter-", "access-control-", "x-accel-", "attribution-reporting-"];

/// How many headers the router adds to those of an answer: its own and those of CORS.
const ADDED: usize = 9;

/// The headers that pass.
pub(super) fn passed(upstream: &HeaderMap) -> HeaderMap {
    let mut passed = HeaderMap::with_capacity(upstream.len() + ADDED);
    for (name, value) in upstream {
        if !is_withheld(name.as_str()) && !is_of_the_connection(upstream, name) {
            passed.append(name, value.clone());
        }
    }
    passed
}

/// Whether the provider says that a header is for the next hop alone.
fn is_of_the_connection(upstream: &HeaderMap, name: &HeaderName) -> bool {
    let values = upstream.get_all(CONNECTION).into_iter().filter_map(|value| value.to_str().ok());
    let mut names = values.flat_map(|value| value.split(','));
    names.any(|named| named.trim().eq_ignore_ascii_case(name.as_str()))
}

fn is_withheld(name: &str) -> bool {
    let is_named = matches!(
        name,
        // Between the router and its provider.
        "connection" | "keep-alive" | "proxy-authenticate" | "proxy-authentication-info"
            | "proxy-authorization" | "proxy-connection" | "te" | "trailer" | "transfer-encoding"
            | "upgrade"
            // What a browser keeps, or forgets.
            | "clear-site-data" | "set-cookie" | "set-cookie2" | "set-login"
            // How a browser reaches this address from now on, and what it allows there.
            | "accept-ch" | "alt-svc" | "content-security-policy"
            | "content-security-policy-report-only" | "critical-ch" | "expect-ct" | "origin-trial"
            | "public-key-pins" | "public-key-pins-report-only" | "service-worker-allowed"
            | "speculation-rules" | "strict-transport-security"
            // Where a browser goes, and whom it tells.
            | "link" | "nel" | "refresh" | "report-to" | "reporting-endpoints" | "sourcemap"
            | "x-sourcemap"
            // What a browser asks its user: the provider means the router's key, not the client's.
            | "authentication-info" | "www-authenticate"
            // Orders for a proxy in front of the router: send this file, ask that address.
            | "x-lighttpd-send-file" | "x-lighttpd-send-tempfile" | "x-litespeed-location"
            | "x-reproxy-url" | "x-sendfile"
    );
    is_named || PREFIXES.iter().any(|prefix| name.starts_with(prefix))
}

#[cfg(test)]
mod tests {
    use http::HeaderValue;

    use super::*;

    #[test]
    fn what_the_connection_header_names_does_not_pass() {
        let mut headers = HeaderMap::new();
        for (name, value) in [
            ("connection", "X-Hop, close"),
            ("connection", "x-other-hop"),
            ("x-hop", "1"),
            ("x-other-hop", "1"),
            ("x-ratelimit-remaining", "9"),
            ("x-ratelimit-remaining", "8"),
        ] {
            headers.append(HeaderName::from_static(name), HeaderValue::from_static(value));
        }
        let passed = passed(&headers);
        assert_eq!(passed.len(), 2, "{passed:?}");
        assert_eq!(passed.get_all("x-ratelimit-remaining").iter().count(), 2);
    }
}
