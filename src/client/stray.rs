//! Keys that were typed where something else was meant. Ids, labels and notes are stored and shown,
//! so a request that carries a key there is not sent.

use serde_json::Value;

use super::error::{Error, Result};
use super::transport::Outgoing;
use clawctl_wire::key::ProxyKey;

/// The members of a grant that are secrets. A router may have a key of another router for a grant.
const SECRETS: [&str; 4] = ["credential", "credentials", "accessToken", "refreshToken"];

/// Refuses a request with a key in its path, in a header that is no secret, or in its body.
pub(super) fn refuse(outgoing: &Outgoing) -> Result<()> {
    let found = |place| Err(Error::StrayKey { place });
    if holds_key(&decoded(&outgoing.path)) {
        return found("path");
    }
    let mut headers = outgoing.headers.values().filter(|value| !value.is_sensitive());
    if headers.any(|value| value.to_str().is_ok_and(holds_key)) {
        return found("headers");
    }
    // What is sent to a provider is the user's own, and is not stored.
    let is_stored = outgoing.path.starts_with("/v1/admin/");
    if is_stored && body_holds_key(&outgoing.body) {
        return found("body");
    }
    Ok(())
}

fn holds_key(text: &str) -> bool {
    ProxyKey::find_in(text).is_some()
}

fn body_holds_key(body: &[u8]) -> bool {
    // An escaped letter may be one of a key's.
    let may = |part: &[u8]| memchr::memmem::find(body, part).is_some();
    if !may(b"clawrouter-") && !may(b"ocpk_") && !may(b"\\u") {
        return false;
    }
    match serde_json::from_slice(body) {
        Ok(value) => value_holds_key(&value),
        Err(_) => holds_key(&String::from_utf8_lossy(body)),
    }
}

fn value_holds_key(value: &Value) -> bool {
    match value {
        Value::String(text) => holds_key(text),
        Value::Array(items) => items.iter().any(value_holds_key),
        Value::Object(members) => members.iter().any(|(name, value)| {
            holds_key(name) || (!SECRETS.contains(&name.as_str()) && value_holds_key(value))
        }),
        _ => false,
    }
}

/// A path as the router reads it.
fn decoded(path: &str) -> String {
    let hex = |byte: Option<&u8>| byte.and_then(|byte| char::from(*byte).to_digit(16));
    let bytes = path.as_bytes();
    let (mut decoded, mut at) = (Vec::with_capacity(bytes.len()), 0);
    while at < bytes.len() {
        let pair = (hex(bytes.get(at + 1)), hex(bytes.get(at + 2)));
        match (bytes[at], pair) {
            (b'%', (Some(high), Some(low))) => {
                decoded.push(u8::try_from(high * 16 + low).unwrap_or_default());
                at += 3;
            }
            (byte, _) => {
                decoded.push(byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use bytes::Bytes;
    use http::{HeaderMap, Method};

    use super::*;

    const KEY: &str = "clawrouter-live-alice-canary0canary0";

    fn sent(path: &str, body: &str) -> bool {
        let (path, body) = (path.to_owned(), Bytes::copy_from_slice(body.as_bytes()));
        let headers = HeaderMap::new();
        let (method, repeatable, changes_nothing) = (Method::PUT, true, false);
        let outgoing = Outgoing { method, path, headers, body, repeatable, changes_nothing };
        refuse(&outgoing).is_ok()
    }

    #[test]
    fn a_key_is_not_sent_where_something_else_is_meant() {
        let path = "/v1/admin/policies/team";
        assert!(sent(path, r#"{"label":"clawrouter-live-alice","note":"ocpk_live_x"}"#));
        assert!(!sent(&format!("/v1/admin/policies/{KEY}"), ""));
        assert!(!sent("/v1/admin/credentials/ocpk%5Flive_alice_canary0canary0", ""));
        assert!(!sent(path, &format!(r#"{{"a":["note {KEY}!"]}}"#)));
        assert!(!sent(path, &format!(r#"{{"{KEY}":1}}"#)));
        let escaped = KEY.replace('-', "\\u002d");
        assert!(!sent(path, &format!(r#"{{"label":"{escaped}"}}"#)));
        assert!(!sent(path, &format!("no JSON: {KEY}")));
        // This is what the members are for.
        let grant = "/v1/admin/policies/team/upstream-grants/g";
        assert!(sent(grant, &format!(r#"{{"credential":"{KEY}","credentials":{{"a":"{KEY}"}}}}"#)));
        assert!(!sent(grant, &format!(r#"{{"credential":"{KEY}","label":"{KEY}"}}"#)));
        assert!(sent("/v1/chat/completions", &format!(r#"{{"messages":["is {KEY} mine?"]}}"#)));
    }
}
