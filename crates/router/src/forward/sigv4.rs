//! Signing requests to AWS, by its Signature Version 4.

use std::fmt::{self, Write as _};

use http::header::{AUTHORIZATION, HOST, HeaderName};
use http::{HeaderMap, HeaderValue, Method};
use jiff::Timestamp;
use ring::hmac;
use sha2::{Digest as _, Sha256};
use url::Url;

const ALGORITHM: &str = "AWS4-HMAC-SHA256";
const X_AMZ_DATE: HeaderName = HeaderName::from_static("x-amz-date");
const X_AMZ_SECURITY_TOKEN: HeaderName = HeaderName::from_static("x-amz-security-token");

/// Headers that somebody on the way may change, and that are not signed for this reason.
const UNSIGNED: [&str; 5] =
    ["authorization", "connection", "user-agent", "x-amzn-trace-id", "transfer-encoding"];

/// Who signs, and for which of AWS's services.
#[derive(Clone, Copy)]
pub(crate) struct Signer<'a> {
    pub(crate) access_key: &'a str,
    pub(crate) secret_key: &'a str,
    pub(crate) session_token: Option<&'a str>,
    pub(crate) region: &'a str,
    pub(crate) service: &'a str,
}

/// What is signed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unsigned<'a> {
    pub(crate) method: &'a Method,
    pub(crate) url: &'a Url,
    pub(crate) headers: &'a HeaderMap,
    pub(crate) payload: &'a [u8],
}

impl Signer<'_> {
    /// The headers that have to be set on the request; nothing if a credential has characters in
    /// it that no header may have.
    pub(crate) fn sign(&self, request: Unsigned<'_>, now: Timestamp) -> Option<HeaderMap> {
        let moment = now.strftime("%Y%m%dT%H%M%SZ").to_string();
        let date = &moment[..8];
        let mut added = HeaderMap::new();
        added.insert(X_AMZ_DATE, HeaderValue::from_str(&moment).ok()?);
        if let Some(token) = self.session_token.filter(|token| !token.is_empty()) {
            added.insert(X_AMZ_SECURITY_TOKEN, secret(token)?);
        }
        let (names, canonical) = canonical(request, &added)?;
        let scope = format!("{date}/{}/{}/aws4_request", self.region, self.service);
        let to_sign =
            format!("{ALGORITHM}\n{moment}\n{scope}\n{}", Hex(&Sha256::digest(canonical)));
        let signature = self.key(date);
        let signature = hmac::sign(&signature, to_sign.as_bytes());
        let authorization = format!(
            "{ALGORITHM} Credential={}/{scope}, SignedHeaders={names}, Signature={}",
            self.access_key,
            Hex(signature.as_ref()),
        );
        added.insert(AUTHORIZATION, secret(&authorization)?);
        Some(added)
    }

    /// A key that is good for one day, one region and one service.
    fn key(&self, date: &str) -> hmac::Key {
        let first = format!("AWS4{}", self.secret_key);
        let mut key = hmac::Key::new(hmac::HMAC_SHA256, first.as_bytes());
        for part in [date, self.region, self.service, "aws4_request"] {
            let next = hmac::sign(&key, part.as_bytes());
            key = hmac::Key::new(hmac::HMAC_SHA256, next.as_ref());
        }
        key
    }
}

impl fmt::Debug for Signer<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Signer({}, {}, redacted)", self.region, self.service)
    }
}

fn secret(text: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(text).ok()?;
    value.set_sensitive(true);
    Some(value)
}

/// The names of the signed headers, and the request in the one form that both sides sign.
fn canonical(request: Unsigned<'_>, added: &HeaderMap) -> Option<(String, String)> {
    let Unsigned { method, url, headers, payload } = request;
    let mut signed: Vec<(&str, String)> = Vec::new();
    for name in headers.keys() {
        let known = UNSIGNED.contains(&name.as_str()) || *name == HOST || added.contains_key(name);
        if !known {
            signed.push((name.as_str(), values(headers, name)?));
        }
    }
    for name in added.keys() {
        signed.push((name.as_str(), values(added, name)?));
    }
    signed.push((HOST.as_str(), host(url)?));
    signed.sort_unstable();
    let names = signed.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(";");

    let mut text = format!("{method}\n");
    // The path is encoded once more than it is on the wire; only S3 wants it otherwise.
    encode(&mut text, url.path(), b"/");
    text.push('\n');
    text.push_str(&query(url.query().unwrap_or("")));
    text.push('\n');
    for (name, value) in &signed {
        let _ = writeln!(text, "{name}:{value}");
    }
    let _ = write!(text, "\n{names}\n{}", Hex(&Sha256::digest(payload)));
    Some((names, text))
}

/// All values of a header, with their white space made single.
fn values(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let mut joined = String::new();
    for value in headers.get_all(name) {
        if !joined.is_empty() {
            joined.push(',');
        }
        let words = value.to_str().ok()?.split_ascii_whitespace();
        joined.push_str(&words.collect::<Vec<_>>().join(" "));
    }
    Some(joined)
}

fn host(url: &Url) -> Option<String> {
    let host = url.host_str()?;
    Some(match url.port() {
        Some(port) => format!("{host}:{port}"),
        None => host.to_owned(),
    })
}

/// The parameters in the order of their names, then of their values. What is encoded on the wire
/// stays so.
fn query(query: &str) -> String {
    let mut pairs: Vec<(String, String)> = query
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            let encoded = |text: &str| {
                let mut out = String::new();
                encode(&mut out, text, b"%");
                out
            };
            (encoded(name), encoded(value))
        })
        .collect();
    pairs.sort_unstable();
    let pairs: Vec<_> = pairs.iter().map(|(name, value)| format!("{name}={value}")).collect();
    pairs.join("&")
}

fn encode(out: &mut String, text: &str, kept: &[u8]) {
    for byte in text.bytes() {
        let is_plain = byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
        if is_plain || kept.contains(&byte) {
            out.push(char::from(byte));
        } else {
            let _ = write!(out, "%{byte:02X}");
        }
    }
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

#[cfg(test)]
mod tests;
