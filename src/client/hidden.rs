//! What must not be shown of an answer: the secrets that this client sends, said back.
//!
//! A router, or something on the way to it, may repeat a request in its error page, in the target
//! of a redirect or in a request id. Words about an answer are therefore made of its text without
//! them. What a router stores and answers as data is not touched, because an edit sends it back.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue};
use zeroize::Zeroizing;

use super::transport::Answer;
use clawctl_secret::Secret;
use clawctl_secret::spelling::spellings;
use clawctl_wire::key::ProxyKey;

const HIDDEN: &[u8] = b"[secret]";

/// Every way of writing the secrets of a request, the longest first.
pub(super) struct Hidden {
    texts: Vec<Zeroizing<String>>,
}

impl Hidden {
    /// Those in header values that are marked as sensitive.
    pub(super) fn of<'a>(values: impl IntoIterator<Item = &'a HeaderValue>) -> Self {
        let mut hidden = Self { texts: Vec::new() };
        for value in values.into_iter().filter(|value| value.is_sensitive()) {
            let Ok(text) = value.to_str() else { continue };
            let secret = text.strip_prefix("Bearer ").unwrap_or(text);
            hidden.add(secret);
            if ProxyKey::parse(secret).is_ok() {
                // `clawrouter-live-<id>-<secret>`, or the same with underscores.
                let delimiter = if secret.starts_with("ocpk_") { '_' } else { '-' };
                secret.splitn(4, delimiter).skip(3).for_each(|part| hidden.add(part));
            }
        }
        hidden.sort();
        hidden
    }

    /// Those, and these that stand in the body.
    pub(super) fn and<'a>(mut self, secrets: impl IntoIterator<Item = &'a Secret>) -> Self {
        secrets.into_iter().for_each(|secret| self.add(secret.expose()));
        self.sort();
        self
    }

    fn sort(&mut self) {
        self.texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    }

    fn add(&mut self, secret: &str) {
        for text in spellings(secret) {
            if !self.texts.contains(&text) {
                self.texts.push(text);
            }
        }
    }

    /// The answer with `[secret]` for each of them, in its headers and its body.
    pub(super) fn hide(&self, mut answer: Answer) -> Answer {
        self.hide_in_headers(&mut answer.headers);
        if let Some(body) = self.replaced(&answer.body) {
            answer.body = Bytes::from(body);
        }
        answer
    }

    /// The same, but the body of a success stays as it came.
    pub(super) fn hide_in_refusal(&self, mut answer: Answer) -> Answer {
        if (200..300).contains(&answer.status) {
            self.hide_in_headers(&mut answer.headers);
            return answer;
        }
        self.hide(answer)
    }

    /// A text with `[secret]` for each of them.
    pub(super) fn hide_in_text(&self, text: String) -> String {
        let replaced = self.replaced(text.as_bytes());
        replaced.map_or(text, |bytes| String::from_utf8_lossy(&bytes).into_owned())
    }

    /// The same for text that may be anything.
    pub(super) fn hide_in_bytes<'b>(&self, bytes: &'b [u8]) -> Cow<'b, [u8]> {
        self.replaced(bytes).map_or(Cow::Borrowed(bytes), Cow::Owned)
    }

    pub(super) fn hide_in_headers(&self, headers: &mut HeaderMap) {
        for value in headers.values_mut() {
            let Some(bytes) = self.replaced(value.as_bytes()) else { continue };
            *value = HeaderValue::from_bytes(&bytes)
                .unwrap_or_else(|_| HeaderValue::from_static("[secret]"));
        }
    }

    /// Nothing if there is nothing to hide.
    fn replaced(&self, bytes: &[u8]) -> Option<Vec<u8>> {
        let mut replaced: Option<Vec<u8>> = None;
        for text in &self.texts {
            let there = replaced.as_deref().unwrap_or(bytes);
            if let Some(without) = replace(there, text.as_bytes()) {
                replaced = Some(without);
            }
        }
        replaced
    }
}

fn replace(bytes: &[u8], secret: &[u8]) -> Option<Vec<u8>> {
    let find = |rest: &[u8]| rest.windows(secret.len()).position(|part| part == secret);
    let mut rest = bytes;
    let mut without = Vec::new();
    while let Some(at) = find(rest) {
        without.extend_from_slice(&rest[..at]);
        without.extend_from_slice(HIDDEN);
        rest = &rest[at + secret.len()..];
    }
    if rest.len() == bytes.len() {
        return None;
    }
    without.extend_from_slice(rest);
    Some(without)
}

#[cfg(test)]
mod tests {
    use super::super::sensitive;
    use super::*;

    fn shown(sent: &str, status: u16, body: &str) -> String {
        let header = sensitive(sent).unwrap();
        let answer = Answer {
            status,
            headers: [("x-request-id".parse().unwrap(), body.parse().unwrap())]
                .into_iter()
                .collect(),
            body: Bytes::copy_from_slice(body.as_bytes()),
        };
        let answer = Hidden::of([&header]).hide_in_refusal(answer);
        let id = answer.headers["x-request-id"].to_str().unwrap();
        format!("{id} | {}", String::from_utf8_lossy(&answer.body))
    }

    #[test]
    fn a_secret_that_is_said_back_is_hidden_however_it_is_written() {
        let token = "canary+admin/\"token\"";
        let check = |body: &str, want: &str| {
            assert_eq!(shown(&format!("Bearer {token}"), 401, body), format!("{want} | {want}"));
        };
        check("no `Bearer canary+admin/\"token\"` here", "no `Bearer [secret]` here");
        check("?to=canary%2Badmin%2F%22token%22&", "?to=[secret]&");
        check(r#"{"m":"canary+admin/\"token\""}"#, r#"{"m":"[secret]"}"#);
        check("canary+admin", "canary+admin");
    }

    #[test]
    fn of_a_key_the_secret_alone_is_hidden_too() {
        let key = "clawrouter-live-alice-canary0canary0canary0";
        let sent = format!("Bearer {key}");
        let said = format!("{key} canary0canary0canary0 alice");
        assert_eq!(shown(&sent, 404, &said), "[secret] [secret] alice | [secret] [secret] alice");
    }

    #[test]
    fn data_and_short_words_stay_as_they_are() {
        let sent = "Bearer canary-token";
        assert_eq!(shown(sent, 200, "canary-token"), "[secret] | canary-token");
        assert_eq!(shown("Bearer dev", 401, "developer"), "developer | developer");
        let header = HeaderValue::from_static("not sensitive at all");
        assert!(Hidden::of([&header]).texts.is_empty());
    }
}
